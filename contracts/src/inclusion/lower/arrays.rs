//! Keywords of arrays.

use crate::{
    inclusion::{
        Dialect,
        lower::classes::{KeywordClass, Keywords},
        schema::SchemaId,
    },
    store::Kind,
};

impl Keywords<'_, '_> {
    /// All keywords of arrays but `unevaluatedItems`.
    pub(super) fn items(&mut self) {
        self.positions();
        let min = self.count("minItems").unwrap_or(0);
        let max = self.count("maxItems");
        let part = self.lowering.schemas.item_count(min, max);
        self.add(KeywordClass::Array, part);
        if self.flag("uniqueItems") {
            let part = self.lowering.schemas.unique();
            self.add(KeywordClass::Array, part);
        }
        self.contains();
    }

    /// The keyword of the tuple in this dialect, and that of the items beyond it.
    pub(super) fn tuple_keywords(&self) -> (Option<&'static str>, Option<&'static str>) {
        let items = self.keyword("items");
        let is_list = items.is_some_and(|it| self.lowering.store().kind(it) == Kind::Array);
        match self.place.dialect {
            Dialect::Draft2020 => (Some("prefixItems"), Some("items")),
            Dialect::Oas20 | Dialect::Oas30 => (None, Some("items")),
            Dialect::Draft4 | Dialect::Draft6 | Dialect::Draft7 | Dialect::Draft2019 if is_list => {
                (Some("items"), Some("additionalItems"))
            }
            Dialect::Draft4 | Dialect::Draft6 | Dialect::Draft7 | Dialect::Draft2019 => {
                (None, Some("items"))
            }
        }
    }

    fn positions(&mut self) {
        let (tuple, rest) = self.tuple_keywords();
        let has_tuple = tuple.is_some_and(|it| self.keyword(it).is_some());
        let prefix = tuple.and_then(|it| self.lower_list(it)).unwrap_or_default();
        let n_prefix = prefix.len() as u64;
        for (idx, schema) in (0..).zip(prefix) {
            let part = self.lowering.schemas.item(idx, schema);
            self.add(KeywordClass::Inside, part);
        }
        if let Some(schema) = rest.and_then(|it| self.lower_keyword(it)) {
            let part = self.lowering.schemas.items_from(n_prefix, schema);
            let beyond = has_tuple || schema == SchemaId::FALSE;
            self.add(if beyond { KeywordClass::Array } else { KeywordClass::Inside }, part);
        }
    }

    fn contains(&mut self) {
        if !self.place.dialect.has_draft6() {
            return;
        }
        let Some(schema) = self.lower_keyword("contains") else { return };
        let counted = matches!(self.place.dialect, Dialect::Draft2019 | Dialect::Draft2020);
        let min = if counted { self.count("minContains") } else { None };
        let max = if counted { self.count("maxContains") } else { None };
        let part = self.lowering.schemas.contains(schema, min.unwrap_or(1), max);
        // Before 2020-12, an item that `contains` found still counted as not looked at.
        let part = if self.place.dialect == Dialect::Draft2019 {
            let inner = self.lowering.schemas.not(part);
            self.lowering.schemas.not(inner)
        } else {
            part
        };
        self.add(KeywordClass::Array, part);
    }
}
