//! Compares the shape of a file with the table of keys, once for all keys.

use crate::config::{ConfigError, Key, Setting, Shape, Value, did_you_mean};

/// The part of a setting that the table knows; unknown keys are noted, wrong shapes are errors.
pub(crate) fn known_part(
    setting: &Setting,
    key: &Key,
    unknown: &mut Vec<ConfigError>,
) -> Result<Setting, ConfigError> {
    let value = match (&key.shape, &setting.value) {
        (Shape::Table(keys), Value::Table(members)) => {
            Value::Table(known_members(members, keys, unknown)?)
        }
        (Shape::Tables(keys, required), Value::List(items)) => {
            let item = |it: &Setting| known_item(it, keys, required, unknown);
            Value::List(items.iter().map(item).collect::<Result<_, _>>()?)
        }
        (Shape::Texts, Value::List(items)) => {
            if let Some(wrong) = items.iter().find(|it| it.text().is_none()) {
                return Err(wrong_shape(wrong, key, "a string"));
            }
            Value::List(items.clone())
        }
        (Shape::Boolean, Value::Bool(_)) | (Shape::Text, Value::Text(_)) | (Shape::Anything, _) => {
            setting.value.clone()
        }
        (Shape::Count, Value::Integer(number)) if *number >= 0 => setting.value.clone(),
        (Shape::Day, Value::Text(text)) if kernel::parse_date(text).is_ok() => {
            setting.value.clone()
        }
        (Shape::Choice(words), Value::Text(text)) => {
            if !words.contains(&text.as_str()) {
                return Err(unknown_word(setting, key, words, text));
            }
            setting.value.clone()
        }
        (shape, _) => return Err(wrong_shape(setting, key, expected(shape))),
    };
    Ok(Setting { place: setting.place.clone(), side: setting.side, value })
}

fn known_members(
    members: &[(String, Setting)],
    keys: &[Key],
    unknown: &mut Vec<ConfigError>,
) -> Result<Vec<(String, Setting)>, ConfigError> {
    let mut known = Vec::new();
    for (name, setting) in members {
        let found = keys.iter().find(|it| it.name == name || it.name == "*");
        match found {
            Some(key) => known.push((name.clone(), known_part(setting, key, unknown)?)),
            None => unknown.push(unknown_key(setting, name, keys)),
        }
    }
    Ok(known)
}

fn known_item(
    item: &Setting,
    keys: &[Key],
    required: &[&str],
    unknown: &mut Vec<ConfigError>,
) -> Result<Setting, ConfigError> {
    let Value::Table(members) = &item.value else {
        let message = format!("expected a table, found {}", item.kind_name());
        return Err(ConfigError { place: item.place.clone(), message });
    };
    if let Some(missing) = required.iter().find(|it| item.get(it).is_none()) {
        let message = format!("`{missing}` is missing");
        return Err(ConfigError { place: item.place.clone(), message });
    }
    let value = Value::Table(known_members(members, keys, unknown)?);
    Ok(Setting { place: item.place.clone(), side: item.side, value })
}

fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::Boolean => "`true` or `false`",
        Shape::Count => "a whole number from 0 up",
        Shape::Text | Shape::Choice(_) => "a string",
        Shape::Day => "a day like 2027-03-31",
        Shape::Anything => "a value",
        Shape::Texts => "a list of strings",
        Shape::Table(_) => "a table",
        Shape::Tables(..) => "a list of tables",
    }
}

fn wrong_shape(setting: &Setting, key: &Key, expected: &str) -> ConfigError {
    let message = format!("`{}`: expected {expected}, found {}", key.name, setting.kind_name());
    ConfigError { place: setting.place.clone(), message }
}

fn unknown_word(setting: &Setting, key: &Key, words: &[&str], text: &str) -> ConfigError {
    let hint = did_you_mean(text, words.iter().copied())
        .map_or_else(String::new, |it| format!("; did you mean `{it}`?"));
    let words = words.join(", ");
    let message = format!("`{}`: `{text}` is none of {words}{hint}", key.name);
    ConfigError { place: setting.place.clone(), message }
}

fn unknown_key(setting: &Setting, name: &str, keys: &[Key]) -> ConfigError {
    let hint = did_you_mean(name, keys.iter().map(|it| it.name))
        .map_or_else(String::new, |it| format!("; did you mean `{it}`?"));
    ConfigError { place: setting.place.clone(), message: format!("unknown key `{name}`{hint}") }
}
