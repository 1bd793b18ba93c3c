use kernel::{Document, Kind, Node, Place, Side};
use serde_json::json;

/// One value of `checks.toml` with its place; settings of two revisions can stand in one tree.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Where it is written.
    pub place: Place,
    /// In which revision.
    pub side: Side,
    /// What it says.
    pub value: Value,
}

/// What a [`Setting`] says.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number; never infinite, and never none.
    Float(f64),
    /// A text, or a date as written.
    Text(String),
    /// Anything that no key takes: `nan`, numbers without end.
    Other(&'static str),
    /// A list.
    List(Vec<Setting>),
    /// A table, in the order of the file.
    Table(Vec<(String, Setting)>),
}

impl PartialEq for Setting {
    /// Two settings are equal if they say the same, wherever they stand.
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Setting {
    /// The tree of a parsed document.
    #[must_use]
    pub fn from_node(document: &Document, node: &Node, side: Side) -> Self {
        let value = match &node.kind {
            Kind::Null => Value::Other("null"),
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(text) => number(text),
            Kind::String(text) | Kind::Datetime(text) => Value::Text(text.to_string()),
            Kind::List(items) => {
                Value::List(items.iter().map(|it| Self::from_node(document, it, side)).collect())
            }
            Kind::Table(entries) => {
                let member = |it: &kernel::Entry| {
                    (it.key.to_string(), Self::from_node(document, &it.value, side))
                };
                Value::Table(entries.iter().map(member).collect())
            }
        };
        Self { place: document.place(node.span), side, value }
    }

    /// The member of this name, if this is a table that has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.members().iter().find(|(key, _)| key == name).map(|(_, it)| it)
    }

    /// The setting at a dotted path of plain names.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Setting> {
        path.iter().try_fold(self, |it, name| it.get(name))
    }

    /// The members, in the order of the file; none if this is no table.
    #[must_use]
    pub fn members(&self) -> &[(String, Setting)] {
        if let Value::Table(members) = &self.value { members } else { &[] }
    }

    /// The items; none if this is no list.
    #[must_use]
    pub fn items(&self) -> &[Setting] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The text, if this is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        if let Value::Integer(number) = self.value { Some(number) } else { None }
    }

    /// The truth value, if this is one.
    #[must_use]
    pub fn truth(&self) -> Option<bool> {
        if let Value::Bool(value) = self.value { Some(value) } else { None }
    }

    /// The same as JSON, for witnesses and digests.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Bool(value) => json!(value),
            Value::Integer(number) => json!(number),
            Value::Float(number) => json!(number),
            Value::Text(text) => json!(text),
            Value::Other(_) => serde_json::Value::Null,
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Table(members) => {
                members.iter().map(|(key, it)| (key.clone(), it.to_json())).collect()
            }
        }
    }

    /// What a message calls this kind of value.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match &self.value {
            Value::Bool(_) => "a boolean",
            Value::Integer(_) => "a number",
            Value::Float(_) => "a number that is not whole",
            Value::Text(_) => "a string",
            Value::Other(name) => name,
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// A number as TOML writes it: with underscores, in base 16, 8 or 2, with a point or a power.
fn number(text: &str) -> Value {
    let digits = text.replace('_', "");
    let whole = [("0x", 16), ("0o", 8), ("0b", 2)]
        .into_iter()
        .find_map(|(prefix, radix)| Some(i64::from_str_radix(digits.strip_prefix(prefix)?, radix)))
        .unwrap_or_else(|| digits.parse());
    if let Ok(whole) = whole {
        return Value::Integer(whole);
    }
    let is_whole = !digits.contains(['.', 'e', 'E']);
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() && !is_whole => Value::Float(number),
        Ok(_) | Err(_) => Value::Other("a number beyond what is counted here"),
    }
}
