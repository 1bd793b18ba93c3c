//! Keywords that join schemas, and references.

use crate::{
    inclusion::{
        Dialect,
        lower::classes::{KeywordClass, Keywords},
        schema::{Schema, SchemaId},
    },
    store::Kind,
};

impl Keywords<'_, '_> {
    /// `allOf`, `anyOf`, `oneOf`, `not`, `if`
    pub(super) fn variants(&mut self) {
        if let Some(parts) = self.lower_list("allOf") {
            let part = self.lowering.schemas.all(parts);
            self.add(KeywordClass::Variant, part);
        }
        if self.place.dialect != Dialect::Oas20 {
            if let Some(parts) = self.lower_list("anyOf") {
                let part = self.lowering.schemas.any(parts);
                self.add(KeywordClass::Variant, part);
            }
            if let Some(parts) = self.lower_list("oneOf") {
                let part = self.lowering.schemas.one(parts);
                self.add(KeywordClass::Variant, part);
            }
            if let Some(inner) = self.lower_keyword("not") {
                let part = self.lowering.schemas.not(inner);
                self.add(KeywordClass::Value, part);
            }
        }
        if self.place.dialect.has_draft7() && self.keyword("if").is_some() {
            self.conditional();
        }
    }

    fn conditional(&mut self) {
        let Some(condition) = self.lower_keyword("if") else { return };
        let then = self.lower_keyword("then").unwrap_or(SchemaId::TRUE);
        let otherwise = self.lower_keyword("else").unwrap_or(SchemaId::TRUE);
        let part = self.lowering.schemas.if_then_else(condition, then, otherwise);
        self.add(KeywordClass::Variant, part);
    }

    fn may_be_unevaluated(&self) -> bool {
        matches!(self.place.dialect, Dialect::Draft2019 | Dialect::Draft2020)
    }

    /// References; tells whether there is a `$ref`.
    pub(super) fn references(&mut self) -> bool {
        let referred = self.plain_reference();
        let dynamic = match self.place.dialect {
            Dialect::Draft2020 => "$dynamicRef",
            Dialect::Draft2019 => "$recursiveRef",
            Dialect::Oas20
            | Dialect::Oas30
            | Dialect::Draft4
            | Dialect::Draft6
            | Dialect::Draft7 => return referred,
        };
        let Some(node) = self.keyword(dynamic) else { return referred };
        if self.lowering.store().kind(node) != Kind::String {
            self.invalid(dynamic, node);
            return referred;
        }
        if let Some(target) = self.lowering.follow_dynamic(&self.place, node) {
            let part = self.lowering.reference(&target, self.view);
            self.add(KeywordClass::Reference, part);
        }
        referred
    }

    fn plain_reference(&mut self) -> bool {
        let Some(node) = self.keyword("$ref") else { return false };
        if self.lowering.store().kind(node) != Kind::String {
            self.invalid("$ref", node);
            return false;
        }
        if let Some(target) = self.lowering.follow(&self.place, node) {
            let part = self.lowering.reference(&target, self.view);
            self.add(KeywordClass::Reference, part);
        }
        true
    }

    /// `unevaluatedProperties`, `unevaluatedItems`
    pub(super) fn unevaluated(&mut self) {
        if !self.may_be_unevaluated() {
            return;
        }
        let within = self.joined();
        if let Some(rest) = self.lower_keyword("unevaluatedProperties") {
            let part = self.lowering.schemas.keep(Schema::UnevaluatedProperties(within, rest));
            self.add(KeywordClass::Refused, part);
        }
        if let Some(rest) = self.lower_keyword("unevaluatedItems") {
            let part = self.lowering.schemas.keep(Schema::UnevaluatedItems(within, rest));
            self.add(KeywordClass::Array, part);
        }
    }
}
