//! What the schema of a value takes, where no search is about it: a text in a path, a sample.

use serde_json::Value;

use crate::{
    Answer, Budgets, Direction, Formats, Located, Revision,
    inclusion::{Inclusion, SchemaId, Tags, TypeSet, View},
    operations::Reading,
};

/// A text that is one item in every style.
pub(crate) const BARE: &str = r"^[^,;.|&=\s]*$";

/// The values of the schemas of one side.
pub(crate) struct Values<'a> {
    engine: Inclusion<'a>,
    view: View,
}

impl<'a> Values<'a> {
    /// Those that one of the two sends.
    pub(crate) fn of(reading: Reading<'a>, direction: Direction, formats: Formats) -> Self {
        let Reading { store, contract } = reading;
        let engine = Inclusion::new(store, contract, contract, Budgets::default());
        Self { engine, view: View { direction: Some(direction), formats, tags: Tags::Ignored } }
    }

    /// Does a schema take a value? Nothing if that is not known.
    pub(crate) fn takes(&mut self, schema: &Located, value: &Value) -> Option<bool> {
        let schema = self.lowered(schema);
        let value = self.engine.lowering.schemas.constant(value);
        match self.engine.includes(value, schema) {
            Answer::Included => Some(true),
            Answer::NotIncluded(_) => Some(false),
            Answer::Undecided(_) => None,
        }
    }

    /// Is it certain that a schema takes nothing?
    pub(crate) fn is_empty(&mut self, schema: &Located) -> bool {
        let schema = self.lowered(schema);
        self.engine.is_empty(schema) == Answer::Included
    }

    /// A value that a schema takes, if one can be found.
    pub(crate) fn some(&mut self, schema: &Located) -> Option<Value> {
        let schema = self.lowered(schema);
        match self.engine.is_empty(schema) {
            Answer::NotIncluded(value) => Some(value),
            Answer::Included | Answer::Undecided(_) => None,
        }
    }

    /// A list or object that a schema takes, with so many parts, each of which is one text.
    pub(crate) fn some_plain(
        &mut self,
        schema: &Located,
        kind: TypeSet,
        least: u64,
    ) -> Option<Value> {
        let schema = self.lowered(schema);
        let schemas = &mut self.engine.lowering.schemas;
        let text = schemas.types(TypeSet::STRING | TypeSet::NUMBER | TypeSet::BOOLEAN);
        let wanted = [
            schema,
            schemas.types(kind),
            schemas.items(text),
            schemas.other_properties(Vec::new(), Vec::new(), text),
            schemas.item_count(least, None),
            schemas.property_count(least, None),
        ];
        let wanted = schemas.all(wanted);
        match self.engine.is_empty(wanted) {
            Answer::NotIncluded(value) => Some(value),
            Answer::Included | Answer::Undecided(_) => None,
        }
    }

    /// Is it certain that no list of a schema has two items?
    pub(crate) fn has_one_item(&mut self, schema: &Located) -> bool {
        let schema = self.lowered(schema);
        let schemas = &mut self.engine.lowering.schemas;
        let more = [schema, schemas.types(TypeSet::ARRAY), schemas.item_count(2, None)];
        let more = schemas.all(more);
        self.engine.is_empty(more) == Answer::Included
    }

    /// A text of a pattern that a schema does not take, but none of these; nothing if it takes all.
    pub(crate) fn other_text(
        &mut self,
        schema: &Located,
        pattern: &str,
        known: &[String],
    ) -> Result<Option<String>, ()> {
        let schema = self.lowered(schema);
        let schemas = &mut self.engine.lowering.schemas;
        let known: Vec<_> = known.iter().map(|it| schemas.constant(&it.as_str().into())).collect();
        let pattern = schemas.pattern(&format!("^{pattern}$"));
        let mut wanted = vec![schemas.types(TypeSet::STRING), pattern, schemas.not(schema)];
        wanted.extend(known.into_iter().map(|it| schemas.not(it)));
        let wanted = schemas.all(wanted);
        match self.engine.is_empty(wanted) {
            Answer::NotIncluded(value) => Ok(value.as_str().map(str::to_owned)),
            Answer::Included => Ok(None),
            Answer::Undecided(_) => Err(()),
        }
    }

    /// A list of one text that has a separator in it.
    pub(crate) fn some_cut(&mut self, schema: &Located, separators: &str) -> Option<Value> {
        let schema = self.lowered(schema);
        let schemas = &mut self.engine.lowering.schemas;
        let cut = schemas.pattern(&format!("^[^{separators}]+[{separators}][^{separators}]+$"));
        let cut = [schemas.types(TypeSet::STRING), cut];
        let cut = schemas.all(cut);
        let wanted = [
            schema,
            schemas.types(TypeSet::ARRAY),
            schemas.item_count(1, None),
            schemas.items(cut),
        ];
        let wanted = schemas.all(wanted);
        match self.engine.is_empty(wanted) {
            Answer::NotIncluded(value) => Some(value),
            Answer::Included | Answer::Undecided(_) => None,
        }
    }

    fn lowered(&mut self, schema: &Located) -> SchemaId {
        let place = self.engine.lowering.place(Revision::Base, schema.clone());
        self.engine.lowering.lower(&place, self.view)
    }
}
