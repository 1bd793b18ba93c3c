use serde_json::Value;

use crate::Span;

/// A value of a parsed document, whatever its language, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes of the value.
    pub span: Span,
    /// The value.
    pub kind: Kind,
}

/// What a [`Node`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// JSON's and YAML's `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written: no digit is lost.
    Number(Box<str>),
    /// A text, with its escapes resolved.
    String(Box<str>),
    /// A date or time of TOML, as written.
    Datetime(Box<str>),
    /// A list; TOML's arrays of tables are lists of tables.
    List(Vec<Node>),
    /// A table, object or mapping, in the order of the file and without duplicates.
    Table(Vec<Entry>),
}

/// One member of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The name, with its escapes resolved.
    pub key: Box<str>,
    /// The bytes of the name.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// One step from a value to one inside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into the member of a table.
    Key(Box<str>),
    /// Into an item of a list, counted from 0.
    Index(usize),
}

/// Writes steps as a JSON pointer (RFC 6901).
#[must_use]
pub fn pointer(steps: &[Step]) -> String {
    let part = |step: &Step| match step {
        Step::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Step::Index(index) => format!("/{index}"),
    };
    steps.iter().map(part).collect()
}

impl Node {
    /// The member of this name, if this is a table that has one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|it| &it.value)
    }

    /// The member of this name with the place of its name.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_table()?.iter().find(|it| &*it.key == key)
    }

    /// The members, if this is a table.
    #[must_use]
    pub fn as_table(&self) -> Option<&[Entry]> {
        if let Kind::Table(entries) = &self.kind { Some(entries) } else { None }
    }

    /// The items, if this is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Node]> {
        if let Kind::List(items) = &self.kind { Some(items) } else { None }
    }

    /// The text, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Kind::String(text) = &self.kind { Some(text) } else { None }
    }

    /// The truth value, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Kind::Bool(value) = self.kind { Some(value) } else { None }
    }

    /// Is this `null`?
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind == Kind::Null
    }

    /// The value these steps lead to.
    #[must_use]
    pub fn at(&self, steps: &[Step]) -> Option<&Node> {
        steps.iter().try_fold(self, |node, step| match step {
            Step::Key(key) => node.get(key),
            Step::Index(index) => node.as_list()?.get(*index),
        })
    }

    /// What a message calls this kind of value: `a string`, `a table`.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Datetime(_) => "a date",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
        }
    }

    /// The value as JSON, for witnesses that show it as read; dates become texts.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(text) => {
                serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_string()))
            }
            Kind::String(text) | Kind::Datetime(text) => Value::String(text.to_string()),
            Kind::List(items) => items.iter().map(Node::to_json).collect(),
            Kind::Table(entries) => {
                entries.iter().map(|it| (it.key.to_string(), it.value.to_json())).collect()
            }
        }
    }
}
