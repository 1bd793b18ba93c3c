//! Keywords of values that have no values inside, and of constants.

use crate::{
    Formats, NodeId,
    decimal::Decimal,
    inclusion::{
        Dialect,
        lower::{
            classes::{KeywordClass, Keywords},
            formats,
        },
        schema::{Schema, SchemaId},
        types::TypeSet,
    },
    store::Kind,
};

impl Keywords<'_, '_> {
    /// `type`, and what makes it take `null`.
    pub(super) fn types(&mut self) {
        let Some(node) = self.keyword("type") else { return };
        if self.is_file(node) && self.view.direction.is_none() {
            // By itself it is like nothing else; in an exchange it is the text of a part or body.
            let text = self.lowering.schemas.text("file");
            let opaque = self.lowering.schemas.keep(Schema::Opaque(text));
            return self.add(KeywordClass::Type, opaque);
        }
        let Some(types) = self.type_set(node) else {
            self.invalid("type", node);
            return;
        };
        let types = if self.is_nullable() { types | TypeSet::NULL } else { types };
        let part = self.lowering.schemas.types(types);
        self.add(KeywordClass::Type, part);
    }

    fn is_file(&self, node: NodeId) -> bool {
        let store = self.lowering.store();
        self.place.dialect == Dialect::Oas20 && store.as_str(node) == Some("file")
    }

    fn type_set(&self, node: NodeId) -> Option<TypeSet> {
        let store = self.lowering.store();
        let named = |it: NodeId| store.as_str(it).and_then(TypeSet::named);
        if store.kind(node) == Kind::Array {
            let items = store.items(node);
            let types: Option<Vec<_>> = items.iter().map(|it| named(*it)).collect();
            let types = types.filter(|it| !it.is_empty())?;
            return Some(types.into_iter().fold(TypeSet::NONE, |sum, it| sum | it));
        }
        if self.is_file(node) {
            return Some(TypeSet::STRING);
        }
        named(node)
    }

    /// OpenAPI 3.0.3 (proposal Clarify-Nullable): `nullable` adds null to a `type` beside it, and
    /// has no effect elsewhere. Swagger 2.0 has `x-nullable` by convention.
    fn is_nullable(&self) -> bool {
        let keyword = match self.place.dialect {
            Dialect::Oas30 => "nullable",
            Dialect::Oas20 => "x-nullable",
            Dialect::Draft4
            | Dialect::Draft6
            | Dialect::Draft7
            | Dialect::Draft2019
            | Dialect::Draft2020 => return false,
        };
        self.keyword(keyword).and_then(|it| self.lowering.store().as_bool(it)) == Some(true)
    }

    /// `enum`, `const`
    pub(super) fn values(&mut self) {
        let store = self.lowering.store();
        if let Some(node) = self.keyword("enum") {
            if store.kind(node) == Kind::Array {
                let constants = &mut self.lowering.schemas.constants;
                let values =
                    store.items(node).iter().map(|it| constants.node(store, *it)).collect();
                let part = self.lowering.schemas.constants(values);
                self.add(KeywordClass::Value, part);
            } else {
                self.invalid("enum", node);
            }
        }
        if let Some(node) = self.keyword("const").filter(|_| self.place.dialect.has_draft6()) {
            let value = self.lowering.schemas.constants.node(store, node);
            let part = self.lowering.schemas.constants(vec![value]);
            self.add(KeywordClass::Value, part);
        }
    }

    /// The keywords of numbers.
    pub(super) fn numbers(&mut self) {
        let boolean = self.place.dialect.has_boolean_bounds();
        for (name, exclusive_name, upper) in
            [("minimum", "exclusiveMinimum", false), ("maximum", "exclusiveMaximum", true)]
        {
            let exclusive = boolean && self.flag(exclusive_name);
            self.bound(name, upper, exclusive);
            if !boolean {
                self.bound(exclusive_name, upper, true);
            }
        }
        if let Some(node) = self.keyword("multipleOf") {
            match self.decimal(node).filter(Decimal::is_positive) {
                Some(step) => {
                    let part = self.lowering.schemas.multiple_of(step);
                    self.add(KeywordClass::Number, part);
                }
                None => self.invalid("multipleOf", node),
            }
        }
        self.number_format();
    }

    fn bound(&mut self, name: &str, upper: bool, exclusive: bool) {
        let Some(node) = self.keyword(name) else { return };
        if self.lowering.store().kind(node) != Kind::Number {
            self.invalid(name, node);
            return;
        }
        let schemas = &mut self.lowering.schemas;
        let part = match self.lowering.store.as_number(node).and_then(Decimal::parse) {
            Some(bound) if upper => schemas.maximum(bound, exclusive),
            Some(bound) => schemas.minimum(bound, exclusive),
            None => {
                let text = schemas.text("number too big");
                schemas.keep(Schema::Opaque(text))
            }
        };
        self.add(KeywordClass::Number, part);
    }

    fn number_format(&mut self) {
        if self.view.formats == Formats::None {
            return;
        }
        let Some((low, high)) = self.format().and_then(formats::range) else { return };
        let low = self.lowering.schemas.minimum(low, false);
        let high = self.lowering.schemas.maximum(high, false);
        let part = self.lowering.schemas.all([low, high]);
        self.add(KeywordClass::Number, part);
    }

    fn format(&self) -> Option<&str> {
        self.lowering.store.as_str(self.keyword("format")?)
    }

    /// The keywords of texts.
    pub(super) fn texts(&mut self) {
        let min = self.count("minLength").unwrap_or(0);
        let max = self.count("maxLength");
        let part = self.lowering.schemas.length(min, max);
        self.add(KeywordClass::String, part);
        if let Some(node) = self.keyword("pattern") {
            let store = self.lowering.store();
            match store.as_str(node).filter(|it| formats::is_pattern(it)) {
                Some(pattern) => {
                    let part = self.lowering.schemas.pattern(pattern);
                    self.add(KeywordClass::String, part);
                }
                None => self.invalid("pattern", node),
            }
        }
        if self.view.formats == Formats::All {
            let pattern = self.format().and_then(formats::grammar);
            let part = pattern.map_or(SchemaId::TRUE, |it| self.lowering.schemas.pattern(&it));
            self.add(KeywordClass::String, part);
        }
    }

    /// A keyword whose value is `true`.
    pub(super) fn flag(&mut self, name: &str) -> bool {
        let Some(node) = self.keyword(name) else { return false };
        let value = self.lowering.store().as_bool(node);
        if value.is_none() {
            self.invalid(name, node);
        }
        value == Some(true)
    }

    /// A keyword whose value is a count.
    pub(super) fn count(&mut self, name: &str) -> Option<u64> {
        let node = self.keyword(name)?;
        let count = self.decimal(node).filter(|it| it.is_integer() && !it.is_negative());
        let Some(count) = count else {
            self.invalid(name, node);
            return None;
        };
        // No value has more parts than 64 bits can count.
        Some(count.to_i64().and_then(|it| u64::try_from(it).ok()).unwrap_or(u64::MAX))
    }

    fn decimal(&self, node: NodeId) -> Option<Decimal> {
        self.lowering.store().as_number(node).and_then(Decimal::parse)
    }
}
