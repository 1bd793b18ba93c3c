//! What the tags of discriminators select, for who looks for a value that a dispatcher takes.

use crate::{
    Located, NodeId,
    inclusion::{
        lower::{
            SchemaPlace, Tags, View,
            classes::{KeywordClass, Keywords},
        },
        schema::SchemaId,
        types::TypeSet,
    },
};

impl Keywords<'_, '_> {
    /// `discriminator`: a tag is one of those that are known, and its schema fits too. Without a
    /// choice the schema itself has a tag: its name.
    pub(super) fn tags(&mut self) {
        let Some(node) = self.keyword("discriminator") else { return };
        self.lowering.n_bound += 1;
        let store = self.lowering.store();
        let name = store.get(node, "propertyName").unwrap_or(node);
        let Some(name) = store.as_str(name).map(str::to_owned) else { return };
        let (choices, has_choices) = self.choices();
        let mut known: Vec<(String, Option<SchemaPlace>)> = choices;
        let mapping = store.get(node, "mapping");
        if !has_choices {
            known.extend(self.own_name().map(|it| (it, None)));
            known.extend(self.heirs(mapping));
        }
        for (tag, target) in mapping.into_iter().flat_map(|it| store.members(it)) {
            let place = self.selected(target);
            known.extend(place.map(|it| (tag.to_owned(), Some(it))));
        }
        if known.is_empty() {
            return;
        }
        let part = self.of_tags(&name, &known);
        self.add(KeywordClass::Value, part);
    }

    fn of_tags(&mut self, name: &str, known: &[(String, Option<SchemaPlace>)]) -> SchemaId {
        let view = View { tags: Tags::Done, ..self.view };
        let mut parts = Vec::new();
        let mut constants = Vec::new();
        for (tag, place) in known {
            let schemas = &mut self.lowering.schemas;
            let constant = schemas.constants.value(&tag.as_str().into());
            constants.push(constant);
            let Some(place) = place else { continue };
            let value = schemas.constants(vec![constant]);
            let member = schemas.property(name, value);
            let having = schemas.required(name);
            let object = schemas.types(TypeSet::OBJECT);
            let has_tag = schemas.all([object, having, member]);
            let has_not = schemas.not(has_tag);
            let target = self.lowering.reference(place, view);
            parts.push(self.lowering.schemas.any([has_not, target]));
        }
        let schemas = &mut self.lowering.schemas;
        let values = schemas.constants(constants);
        parts.push(schemas.property(name, values));
        schemas.all(parts)
    }

    /// The alternatives that have a name, and whether there are any at all.
    fn choices(&mut self) -> (Vec<(String, Option<SchemaPlace>)>, bool) {
        let store = self.lowering.store();
        let lists = ["oneOf", "anyOf"].into_iter().filter_map(|it| self.keyword(it));
        let all: Vec<NodeId> = lists.flat_map(|it| store.items(it).iter().copied()).collect();
        let mut found = Vec::new();
        for reference in all.iter().filter_map(|it| store.get(*it, "$ref")) {
            let name = store.as_str(reference).and_then(|it| it.rsplit('/').next());
            let place = self.lowering.follow(&self.place, reference);
            found.extend(name.zip(place).map(|(name, it)| (name.to_owned(), Some(it))));
        }
        (found, !all.is_empty())
    }

    /// The components that build upon the schema, under their names; a mapping knows better.
    fn heirs(&mut self, mapping: Option<NodeId>) -> Vec<(String, Option<SchemaPlace>)> {
        let (store, revision) = (self.lowering.store(), self.place.revision);
        let is_mapped = |it: &str| mapping.is_some_and(|map| store.get(map, it).is_some());
        let heirs = self.lowering.contract(revision).heirs(store, &self.place.at);
        let heirs = heirs.iter().filter(|it| !is_mapped(&it.0));
        let place = |it: &(String, Located)| {
            (it.0.clone(), Some(self.lowering.place(revision, it.1.clone())))
        };
        heirs.map(place).collect()
    }

    /// What a mapping names: a component, or a reference.
    fn selected(&mut self, target: NodeId) -> Option<SchemaPlace> {
        let store = self.lowering.store();
        let text = store.as_str(target)?;
        if let Some(at) = self.component(text) {
            return Some(self.lowering.place(self.place.revision, at));
        }
        self.lowering.follow(&self.place, target)
    }

    fn component(&self, name: &str) -> Option<Located> {
        self.lowering.contract(self.place.revision).schema(self.lowering.store(), name)
    }

    /// The name of the schema itself, if it is a component.
    fn own_name(&self) -> Option<String> {
        let name = self.place.at.pointer.names().last()?;
        self.component(&name).filter(|it| *it == self.place.at).map(|_| name)
    }
}
