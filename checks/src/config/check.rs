//! Compares the shape of a file with the table of keys, once for all keys.

use crate::config::{ConfigError, Key, Setting, Shape, UnknownKey, Value, did_you_mean};

/// Walks through a file beside the table of keys.
#[derive(Default)]
pub(crate) struct Check {
    /// The names from the root to the value at hand.
    steps: Vec<String>,
    /// What the table does not know.
    pub(crate) unknown: Vec<UnknownKey>,
}

impl Check {
    /// The part of a setting that the table knows; unknown keys are noted, wrong shapes are errors.
    pub(crate) fn known_part(
        &mut self,
        setting: &Setting,
        key: &Key,
    ) -> Result<Setting, ConfigError> {
        let value = match (&key.shape, &setting.value) {
            (Shape::Table(keys), Value::Table(members)) => {
                Value::Table(self.known_members(members, keys)?)
            }
            (Shape::Tables(keys, required), Value::List(items)) => {
                let item = |(idx, it): (usize, &Setting)| {
                    self.steps.push(idx.to_string());
                    let known = self.known_item(it, keys, required);
                    self.steps.pop();
                    known
                };
                Value::List(items.iter().enumerate().map(item).collect::<Result<_, _>>()?)
            }
            (Shape::Texts, Value::List(items)) => {
                if let Some(wrong) = items.iter().find(|it| it.text().is_none()) {
                    return Err(wrong_shape(wrong, key, "a string"));
                }
                Value::List(items.clone())
            }
            (Shape::Choice(words), Value::Text(text)) if !words.contains(&text.as_str()) => {
                return Err(unknown_word(setting, key, words, text));
            }
            _ if is_taken(&key.shape, setting) => setting.value.clone(),
            (shape, _) => return Err(wrong_shape(setting, key, expected(shape))),
        };
        Ok(Setting { place: setting.place.clone(), side: setting.side, value })
    }

    fn known_members(
        &mut self,
        members: &[(String, Setting)],
        keys: &[Key],
    ) -> Result<Vec<(String, Setting)>, ConfigError> {
        let mut known = Vec::new();
        for (name, setting) in members {
            self.steps.push(name.clone());
            match keys.iter().find(|it| it.name == name || it.name == "*") {
                Some(key) => known.push((name.clone(), self.known_part(setting, key)?)),
                None => self.unknown.push(UnknownKey {
                    key: self.steps.join("."),
                    value: setting.to_json(),
                    error: unknown_key(setting, name, keys),
                }),
            }
            self.steps.pop();
        }
        Ok(known)
    }

    fn known_item(
        &mut self,
        item: &Setting,
        keys: &[Key],
        required: &[&str],
    ) -> Result<Setting, ConfigError> {
        let Value::Table(members) = &item.value else {
            let message = format!("expected a table, found {}", item.kind_name());
            return Err(ConfigError { place: item.place.clone(), message });
        };
        if let Some(missing) = required.iter().find(|it| item.get(it).is_none()) {
            let message = format!("`{missing}` is missing");
            return Err(ConfigError { place: item.place.clone(), message });
        }
        let value = Value::Table(self.known_members(members, keys)?);
        Ok(Setting { place: item.place.clone(), side: item.side, value })
    }
}

/// Does a shape without parts take this value?
fn is_taken(shape: &Shape, setting: &Setting) -> bool {
    match (shape, &setting.value) {
        (Shape::Boolean, Value::Bool(_)) | (Shape::Text | Shape::Choice(_), Value::Text(_)) => true,
        (Shape::Count, Value::Integer(number)) => *number >= 0,
        (Shape::Day, Value::Text(text)) => kernel::parse_date(text).is_ok(),
        (Shape::Anything, _) => is_whole_json(setting),
        _ => false,
    }
}

/// Can the value be compared as JSON, with all that is in it?
fn is_whole_json(setting: &Setting) -> bool {
    match &setting.value {
        Value::Other(_) => false,
        Value::List(items) => items.iter().all(is_whole_json),
        Value::Table(members) => members.iter().all(|(_, it)| is_whole_json(it)),
        Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Text(_) => true,
    }
}

fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::Boolean => "`true` or `false`",
        Shape::Count => "a whole number from 0 up",
        Shape::Text | Shape::Choice(_) => "a string",
        Shape::Day => "a day like 2027-03-31",
        Shape::Anything => "a value that JSON can say",
        Shape::Texts => "a list of strings",
        Shape::Table(_) => "a table",
        Shape::Tables(..) => "a list of tables",
    }
}

fn wrong_shape(setting: &Setting, key: &Key, expected: &str) -> ConfigError {
    let found = match setting.integer() {
        Some(number) => format!("`{number}`"),
        None if matches!(key.shape, Shape::Day) => "another value".to_owned(),
        None => setting.kind_name().to_owned(),
    };
    let message = format!("`{}`: expected {expected}, found {found}", key.name);
    ConfigError { place: setting.place.clone(), message }
}

fn unknown_word(setting: &Setting, key: &Key, words: &[&str], text: &str) -> ConfigError {
    let hint = hint(text, words.iter().copied());
    let words = words.join(", ");
    let message = format!("`{}`: `{text}` is none of {words}{hint}", key.name);
    ConfigError { place: setting.place.clone(), message }
}

fn unknown_key(setting: &Setting, name: &str, keys: &[Key]) -> ConfigError {
    let hint = hint(name, keys.iter().map(|it| it.name));
    ConfigError { place: setting.place.clone(), message: format!("unknown key `{name}`{hint}") }
}

fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    did_you_mean(word, known).map_or_else(String::new, |it| format!("; did you mean `{it}`?"))
}
