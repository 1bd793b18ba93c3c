//! Exact JSON values, each kept once: equal values have one id.

use hashbrown::HashTable;
use serde_json::{Map, Value};

use crate::{
    NodeId, Store,
    decimal::Decimal,
    inclusion::{hash_of, types::TypeSet},
    store::Kind,
};

/// A text of [`Constants`]: equal texts have one id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub(crate) u32);

/// A value of [`Constants`]: equal JSON values (`1` and `1.0`, members in any order) have one id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConstantId(pub(crate) u32);

/// A JSON value whose parts are kept once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Constant {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// A number too big to reckon with; only equal to itself.
    Huge(TextId),
    /// A text.
    Text(TextId),
    /// A list.
    Array(Box<[ConstantId]>),
    /// Members, sorted by the id of their name.
    Object(Box<[(TextId, ConstantId)]>),
}

/// An arena of texts and values.
#[derive(Default)]
pub struct Constants {
    texts: Vec<Box<str>>,
    known_texts: HashTable<TextId>,
    values: Vec<Constant>,
    known_values: HashTable<ConstantId>,
}

impl Constants {
    /// Keeps a text.
    pub fn text(&mut self, text: &str) -> TextId {
        let texts = &mut self.texts;
        let at = |id: TextId, texts: &[Box<str>]| {
            texts.get(id.0 as usize).map_or("", |it| it).to_owned()
        };
        let hash = hash_of(text);
        if let Some(id) = self
            .known_texts
            .find(hash, |it| texts.get(it.0 as usize).is_some_and(|known| known.as_ref() == text))
        {
            return *id;
        }
        let id = TextId(u32::try_from(texts.len()).unwrap_or(u32::MAX));
        texts.push(text.into());
        self.known_texts.insert_unique(hash, id, |it| hash_of(at(*it, texts).as_str()));
        id
    }

    /// The text of an id.
    #[must_use]
    pub fn str(&self, id: TextId) -> &str {
        self.texts.get(id.0 as usize).map_or("", |it| it)
    }

    /// Keeps a value whose parts are kept already.
    pub fn keep(&mut self, constant: Constant) -> ConstantId {
        let values = &mut self.values;
        let hash = hash_of(&constant);
        let same = |it: &ConstantId| values.get(it.0 as usize) == Some(&constant);
        if let Some(id) = self.known_values.find(hash, same) {
            return *id;
        }
        let id = ConstantId(u32::try_from(values.len()).unwrap_or(u32::MAX));
        values.push(constant);
        self.known_values
            .insert_unique(hash, id, |it| values.get(it.0 as usize).map_or(0, hash_of));
        id
    }

    /// Keeps an object; the members come in any order.
    pub fn object(&mut self, mut members: Vec<(TextId, ConstantId)>) -> ConstantId {
        members.sort_unstable();
        self.keep(Constant::Object(members.into()))
    }

    /// Keeps a value.
    pub fn value(&mut self, value: &Value) -> ConstantId {
        let constant = match value {
            Value::Null => Constant::Null,
            Value::Bool(it) => Constant::Bool(*it),
            Value::Number(it) => self.number(&it.to_string()),
            Value::String(it) => Constant::Text(self.text(it)),
            Value::Array(items) => Constant::Array(items.iter().map(|it| self.value(it)).collect()),
            Value::Object(members) => {
                let members = members.iter().map(|(name, it)| (self.text(name), self.value(it)));
                let members = members.collect();
                return self.object(members);
            }
        };
        self.keep(constant)
    }

    /// Keeps a value of a store.
    pub fn node(&mut self, store: &Store, node: NodeId) -> ConstantId {
        match store.kind(node) {
            Kind::Array => {
                let items = store.items(node).iter().map(|it| self.node(store, *it)).collect();
                self.keep(Constant::Array(items))
            }
            Kind::Object => {
                let members =
                    store.members(node).map(|(name, it)| (self.text(name), self.node(store, it)));
                let members = members.collect();
                self.object(members)
            }
            Kind::Number => {
                let constant = self.number(store.as_number(node).unwrap_or_default());
                self.keep(constant)
            }
            Kind::Null | Kind::Bool | Kind::String => self.value(&store.value(node)),
        }
    }

    fn number(&mut self, text: &str) -> Constant {
        Decimal::parse(text).map_or_else(|| Constant::Huge(self.text(text)), Constant::Number)
    }

    /// What an id stands for.
    #[must_use]
    pub fn get(&self, id: ConstantId) -> &Constant {
        self.values.get(id.0 as usize).unwrap_or(&Constant::Null)
    }

    /// The kind of a value; a huge number counts as whole.
    #[must_use]
    pub fn kind(&self, id: ConstantId) -> TypeSet {
        match self.get(id) {
            Constant::Null => TypeSet::NULL,
            Constant::Bool(_) => TypeSet::BOOLEAN,
            Constant::Number(it) if !it.is_integer() => TypeSet::FRACTION,
            Constant::Number(_) | Constant::Huge(_) => TypeSet::INTEGER,
            Constant::Text(_) => TypeSet::STRING,
            Constant::Array(_) => TypeSet::ARRAY,
            Constant::Object(_) => TypeSet::OBJECT,
        }
    }

    /// The value of a member of an object.
    #[must_use]
    pub fn member(&self, id: ConstantId, name: TextId) -> Option<ConstantId> {
        let Constant::Object(members) = self.get(id) else { return None };
        let idx = members.binary_search_by_key(&name, |it| it.0).ok()?;
        members.get(idx).map(|it| it.1)
    }

    /// The value as `serde_json` has it, members by name.
    #[must_use]
    pub fn to_value(&self, id: ConstantId) -> Value {
        match self.get(id) {
            Constant::Null => Value::Null,
            Constant::Bool(it) => Value::Bool(*it),
            Constant::Number(it) => Value::Number(it.to_number()),
            Constant::Huge(it) => serde_json::from_str(self.str(*it)).unwrap_or(Value::Null),
            Constant::Text(it) => Value::String(self.str(*it).to_owned()),
            Constant::Array(items) => items.iter().map(|it| self.to_value(*it)).collect(),
            Constant::Object(members) => {
                let mut members: Vec<_> =
                    members.iter().map(|(name, it)| (self.str(*name), *it)).collect();
                members.sort_unstable();
                let members =
                    members.into_iter().map(|(name, it)| (name.to_owned(), self.to_value(it)));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}
