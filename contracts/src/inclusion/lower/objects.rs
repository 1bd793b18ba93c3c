//! Keywords of objects.

use crate::{
    NodeId,
    inclusion::{
        Dialect,
        constant::TextId,
        lower::{
            classes::{KeywordClass, Keywords, may_be_schema},
            formats,
        },
        schema::SchemaId,
    },
    store::Kind,
};

impl<'a> Keywords<'_, 'a> {
    /// All keywords of objects but `unevaluatedProperties`.
    pub(super) fn members(&mut self) {
        let names = self.properties();
        let patterns = self.pattern_properties();
        self.additional_properties(names, patterns);
        self.required();
        self.dependent();
        self.counts();
        if self.place.dialect.has_draft6()
            && let Some(names) = self.lower_keyword("propertyNames")
        {
            let part = self.lowering.schemas.property_names(names);
            self.add(KeywordClass::Refused, part);
        }
    }

    fn counts(&mut self) {
        let min = self.count("minProperties").unwrap_or(0);
        let part = self.lowering.schemas.property_count(min, None);
        self.add(KeywordClass::Required, part);
        let max = self.count("maxProperties");
        let part = self.lowering.schemas.property_count(0, max);
        self.add(KeywordClass::Refused, part);
    }

    /// The members of a keyword whose value is an object of schemas; what is none stands for `true`.
    pub(super) fn named_schemas(&mut self, keyword: &str) -> Vec<(&'a str, NodeId)> {
        let Some(node) = self.keyword(keyword) else { return Vec::new() };
        let store = self.lowering.store();
        if store.kind(node) != Kind::Object {
            self.invalid(keyword, node);
            return Vec::new();
        }
        let members: Vec<_> = store.members(node).collect();
        for (name, node) in members.iter().filter(|it| !may_be_schema(store, it.1)) {
            self.invalid_part(keyword, name, *node);
        }
        members
    }

    fn is_never_sent(&mut self, name: &str, node: NodeId) -> bool {
        if self.view.direction.is_none() {
            return false;
        }
        let member = self.below(&["properties", name], node);
        self.lowering.is_never_sent(&member, self.view.direction)
    }

    fn properties(&mut self) -> Vec<TextId> {
        let mut names = Vec::new();
        for (name, node) in self.named_schemas("properties") {
            if self.is_never_sent(name, node) {
                continue;
            }
            let schema = self.lower_below(&["properties", name], node);
            names.push(self.lowering.schemas.text(name));
            let part = self.lowering.schemas.property(name, schema);
            self.add(class_of(schema), part);
        }
        names
    }

    fn pattern_properties(&mut self) -> Vec<TextId> {
        if !self.place.dialect.is_json_schema() {
            return Vec::new();
        }
        let mut patterns = Vec::new();
        for (pattern, node) in self.named_schemas("patternProperties") {
            if !formats::is_pattern(pattern) {
                self.invalid_part("patternProperties", pattern, node);
                continue;
            }
            let schema = self.lower_below(&["patternProperties", pattern], node);
            patterns.push(self.lowering.schemas.text(pattern));
            let part = self.lowering.schemas.pattern_property(pattern, schema);
            self.add(class_of(schema), part);
        }
        patterns
    }

    fn additional_properties(&mut self, names: Vec<TextId>, patterns: Vec<TextId>) {
        if let Some(schema) = self.lower_keyword("additionalProperties") {
            let part = self.lowering.schemas.other_properties(names, patterns, schema);
            self.add(class_of(schema), part);
        }
    }

    fn required(&mut self) {
        let Some(node) = self.keyword("required") else { return };
        let Some(names) = self.names_sent(node) else {
            self.invalid("required", node);
            return;
        };
        for name in names {
            let part = self.lowering.schemas.required(name);
            self.add(KeywordClass::Required, part);
        }
    }

    /// Those of a list of names that are ever sent; `None` if it is no list of names.
    fn names_sent(&mut self, node: NodeId) -> Option<Vec<&'a str>> {
        let store = self.lowering.store();
        if store.kind(node) != Kind::Array {
            return None;
        }
        let names = store.items(node).iter().map(|it| store.as_str(*it));
        let mut names: Vec<_> = names.collect::<Option<_>>()?;
        let dropped = self.names_never_sent();
        names.retain(|name| !dropped.iter().any(|it| it == name));
        Some(names)
    }

    fn all_required(&mut self, node: NodeId) -> Option<SchemaId> {
        let names = self.names_sent(node)?;
        let parts: Vec<_> =
            names.into_iter().map(|it| self.lowering.schemas.required(it)).collect();
        Some(self.lowering.schemas.all(parts))
    }

    fn dependent(&mut self) {
        if self.place.dialect.has_dependencies() {
            for (name, node) in self.named_values("dependencies") {
                self.dependency("dependencies", &name, node);
            }
        }
        if matches!(self.place.dialect, Dialect::Draft2019 | Dialect::Draft2020) {
            for (name, node) in self.named_values("dependentRequired") {
                self.dependency("dependentRequired", &name, node);
            }
            for (name, node) in self.named_values("dependentSchemas") {
                self.dependency("dependentSchemas", &name, node);
            }
        }
    }

    fn named_values(&self, keyword: &str) -> Vec<(String, NodeId)> {
        let Some(node) = self.keyword(keyword) else { return Vec::new() };
        self.lowering.store().members(node).map(|(name, it)| (name.to_owned(), it)).collect()
    }

    fn dependency(&mut self, keyword: &str, name: &str, node: NodeId) {
        let is_list = self.lowering.store().kind(node) == Kind::Array;
        let then = match keyword {
            "dependentRequired" => self.all_required(node),
            "dependencies" if is_list => self.all_required(node),
            _ if self.is_schema(node) => Some(self.lower_below(&[keyword, name], node)),
            _ => None,
        };
        let Some(then) = then else {
            self.invalid_part(keyword, name, node);
            return;
        };
        let condition = self.lowering.schemas.having(name);
        let part = self.lowering.schemas.if_then_else(condition, then, SchemaId::TRUE);
        self.add(KeywordClass::Required, part);
    }
}

/// A member that may not be there is refused; of any other, something is said further in.
fn class_of(schema: SchemaId) -> KeywordClass {
    if schema == SchemaId::FALSE { KeywordClass::Refused } else { KeywordClass::Inside }
}
