//! JSON values of both revisions, each kept once.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A value of a [`Store`], in the order and spelling of its first occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// `null`, which every store has.
    pub const NULL: Self = Self(0);
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// An exact decimal.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// Members in the order of the text.
    Object,
}

enum Node {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    Array(Vec<NodeId>),
    Object(Vec<(String, NodeId)>),
}

/// An arena of values. Equal texts are one node; [`Store::same`] is equality of JSON values:
/// members in any order, `1` and `1.0` alike.
#[derive(Default)]
pub struct Store {
    nodes: Vec<Node>,
    known: BTreeMap<String, NodeId>,
}

impl Store {
    /// A store without values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a value.
    pub fn insert(&mut self, value: &Value) -> NodeId {
        let text = value.to_string();
        if let Some(id) = self.known.get(&text) {
            return *id;
        }
        let node = match value {
            Value::Null => Node::Null,
            Value::Bool(it) => Node::Bool(*it),
            Value::Number(it) => Node::Number(it.to_string()),
            Value::String(it) => Node::String(it.clone()),
            Value::Array(items) => Node::Array(items.iter().map(|it| self.insert(it)).collect()),
            Value::Object(members) => Node::Object(
                members.iter().map(|(name, it)| (name.clone(), self.insert(it))).collect(),
            ),
        };
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        self.known.insert(text, id);
        id
    }

    fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(id.0 as usize).unwrap_or(&Node::Null)
    }

    /// What the value is.
    #[must_use]
    pub fn kind(&self, id: NodeId) -> Kind {
        match self.node(id) {
            Node::Null => Kind::Null,
            Node::Bool(_) => Kind::Bool,
            Node::Number(_) => Kind::Number,
            Node::String(_) => Kind::String,
            Node::Array(_) => Kind::Array,
            Node::Object(_) => Kind::Object,
        }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self, id: NodeId) -> Option<bool> {
        if let Node::Bool(it) = self.node(id) { Some(*it) } else { None }
    }

    /// The text, if it is one (and has no lone surrogate).
    #[must_use]
    pub fn as_str(&self, id: NodeId) -> Option<&str> {
        if let Node::String(it) = self.node(id) { Some(it) } else { None }
    }

    /// The number as written, if it is one.
    #[must_use]
    pub fn as_number(&self, id: NodeId) -> Option<&str> {
        if let Node::Number(it) = self.node(id) { Some(it) } else { None }
    }

    /// The items; none if it is no list.
    #[must_use]
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        if let Node::Array(it) = self.node(id) { it } else { &[] }
    }

    /// The members in the order of the text; none if it is no object.
    pub fn members(&self, id: NodeId) -> impl Iterator<Item = (&str, NodeId)> {
        let members = if let Node::Object(it) = self.node(id) { it.as_slice() } else { &[] };
        members.iter().map(|(name, it)| (name.as_str(), *it))
    }

    /// One member.
    #[must_use]
    pub fn get(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.members(id).find(|it| it.0 == name).map(|it| it.1)
    }

    /// Are they one JSON value? Costs a comparison of two numbers.
    #[must_use]
    pub fn same(&self, left: NodeId, right: NodeId) -> bool {
        left == right || self.value(left) == self.value(right)
    }

    /// The value as `serde_json` has it.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Value {
        match self.node(id) {
            Node::Null => Value::Null,
            Node::Bool(it) => Value::Bool(*it),
            Node::Number(it) => serde_json::from_str(it).unwrap_or(Value::Null),
            Node::String(it) => Value::String(it.clone()),
            Node::Array(items) => items.iter().map(|it| self.value(*it)).collect(),
            Node::Object(members) => {
                let pairs = members.iter().map(|(name, it)| (name.clone(), self.value(*it)));
                Value::Object(pairs.collect::<Map<_, _>>())
            }
        }
    }
}
