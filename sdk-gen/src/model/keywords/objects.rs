//! Keywords of objects.

use contracts::{Kind, Located, NodeId};

use crate::model::{
    Origin, Property, Required, Step, dialect, keywords::Keywords, reading::Hidden,
    shape::ObjectRules,
};

/// All keywords of objects.
const WORDS: &[&str] = &[
    "properties",
    "patternProperties",
    "additionalProperties",
    "required",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "minProperties",
    "maxProperties",
    "propertyNames",
    "unevaluatedProperties",
];

impl<'a> Keywords<'_, 'a, '_> {
    pub(super) fn members(&mut self) {
        let store = self.model.store;
        let is_word = |name: &str| WORDS.contains(&name) && !self.is_of_parameter(name);
        if !store.members(self.node).any(|it| is_word(it.0)) {
            return;
        }
        let mut rules = ObjectRules {
            properties: self.properties(),
            required: self.required(),
            additional: self.below("additionalProperties"),
            min: self.count("minProperties").filter(|it| *it > 0),
            max: self.count("maxProperties"),
            ..ObjectRules::default()
        };
        if dialect::is_json_schema(self.around.dialect) {
            rules.patterns = self.patterns();
        }
        if dialect::has_draft6(self.around.dialect) {
            rules.names = self.below("propertyNames");
        }
        if dialect::has_dependencies(self.around.dialect) {
            self.dependencies("dependencies", &mut rules);
        }
        if dialect::has_draft2019(self.around.dialect) {
            self.dependencies("dependentRequired", &mut rules);
            self.dependencies("dependentSchemas", &mut rules);
            rules.unevaluated = self.below("unevaluatedProperties");
        }
        self.shape.object = Some(Box::new(rules));
    }

    /// A parameter of Swagger is its own schema, and says by `required` that it has to be there.
    fn is_of_parameter(&self, name: &str) -> bool {
        let is_use = self.model.unit(self.around.unit).origin == Origin::Use;
        let is_flag = |it: NodeId| self.model.store.kind(it) == Kind::Bool;
        name == "required"
            && self.around.step == Step::Root
            && is_use
            && self.keyword(name).is_some_and(is_flag)
    }

    /// The members of a keyword whose value is an object.
    fn named(&mut self, keyword: &'static str) -> Vec<(&'a str, NodeId)> {
        let Some(node) = self.keyword(keyword) else { return Vec::new() };
        let store = self.model.store;
        if store.kind(node) != Kind::Object {
            self.invalid(keyword, "no object of schemas");
            return Vec::new();
        }
        store.members(node).collect()
    }

    fn properties(&mut self) -> Vec<Property<'a>> {
        let mut found = Vec::new();
        for (name, node) in self.named("properties") {
            let shape = self.build(node, Step::Named("properties", name));
            let (read_only, write_only) = self.flags(name, node);
            found.push(Property { name, shape, read_only, write_only });
        }
        found
    }

    /// Whether a member is only read, and whether it is only written.
    fn flags(&mut self, name: &str, node: NodeId) -> (bool, bool) {
        let store = self.model.store;
        let may_be = ["readOnly", "writeOnly", "$ref", "allOf"];
        if !may_be.iter().any(|it| store.get(node, it).is_some()) {
            return (false, false);
        }
        let at = self.at();
        let pointer = at.pointer.child("properties").child(name);
        let at = Located { file: at.file, pointer, node };
        self.model.flags(&at, self.around.dialect)
    }

    fn required(&mut self) -> Vec<Required<'a>> {
        let node = self.keyword("required").filter(|_| !self.is_of_parameter("required"));
        let Some(node) = node else { return Vec::new() };
        let store = self.model.store;
        let items = store.items(node);
        if store.kind(node) != Kind::Array || items.iter().any(|it| store.as_str(*it).is_none()) {
            self.invalid("required", "no list of names");
            return Vec::new();
        }
        let hidden = self.hidden();
        let mut found: Vec<Required<'a>> = Vec::new();
        for name in items.iter().filter_map(|it| store.as_str(*it)) {
            if found.iter().any(|it| it.name == name) {
                continue;
            }
            let of_name = |it: &&Hidden| it.name == name;
            let read_only = hidden.iter().filter(of_name).any(|it| it.read_only);
            let write_only = hidden.iter().filter(of_name).any(|it| it.write_only);
            found.push(Required { name, read_only, write_only });
        }
        found
    }

    fn patterns(&mut self) -> Vec<(crate::model::Pattern<'a>, crate::model::ShapeId)> {
        let mut found = Vec::new();
        for (text, node) in self.named("patternProperties") {
            let shape = self.build(node, Step::Named("patternProperties", text));
            let pattern = self.compiled("patternProperties", text);
            found.extend(pattern.map(|it| (it, shape)));
        }
        found
    }

    fn dependencies(&mut self, keyword: &'static str, rules: &mut ObjectRules<'a>) {
        let store = self.model.store;
        for (name, node) in self.named(keyword) {
            if store.kind(node) == Kind::Array {
                let names = store.items(node).iter().filter_map(|it| store.as_str(*it)).collect();
                rules.dependent_required.push((name, names));
            } else {
                let shape = self.build(node, Step::Named(keyword, name));
                rules.dependent_schemas.push((name, shape));
            }
        }
    }
}
