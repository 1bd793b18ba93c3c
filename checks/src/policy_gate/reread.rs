//! Reads a `checks.toml` again, by `toml_edit`, and looks single keys up.

use serde_json::{Value as Json, json};
use toml_edit::{DocumentMut, Item, TableLike, Value};

/// The text of a file, without byte order mark.
pub(crate) fn text_of(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()
}

/// What a text says at a dotted key; nothing if it does not say, or is no TOML.
pub(crate) fn lookup(text: &str, key: &str) -> Option<Json> {
    let document: DocumentMut = text.parse().ok()?;
    in_table(document.as_table(), key)
}

/// Every `[[waivers]]` of a text as JSON.
pub(crate) fn waivers(text: &str) -> Vec<Json> {
    match lookup(text, "waivers") {
        Some(Json::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// Names may hold dots, so each member is tried whose name the key starts with.
fn in_table(table: &dyn TableLike, key: &str) -> Option<Json> {
    table.iter().find_map(|(name, item)| match key.strip_prefix(name)? {
        "" => Some(of_item(item)),
        rest => below(item, rest.strip_prefix('.')?),
    })
}

fn below(item: &Item, key: &str) -> Option<Json> {
    if let Some(table) = item.as_table_like() {
        return in_table(table, key);
    }
    let (index, rest) = key.split_once('.')?;
    let index: usize = index.parse().ok()?;
    match item {
        Item::ArrayOfTables(tables) => in_table(tables.get(index)?, rest),
        Item::Value(Value::Array(items)) => in_table(items.get(index)?.as_inline_table()?, rest),
        Item::None | Item::Value(_) | Item::Table(_) => None,
    }
}

fn of_item(item: &Item) -> Json {
    match item {
        Item::None => Json::Null,
        Item::Value(value) => of_value(value),
        Item::Table(table) => of_table(table),
        Item::ArrayOfTables(tables) => tables.iter().map(|it| of_table(it)).collect(),
    }
}

fn of_table(table: &dyn TableLike) -> Json {
    table.iter().map(|(name, item)| (name.to_owned(), of_item(item))).collect()
}

fn of_value(value: &Value) -> Json {
    match value {
        Value::String(it) => json!(it.value()),
        Value::Integer(it) => json!(it.value()),
        Value::Float(it) => json!(it.value()),
        Value::Boolean(it) => json!(it.value()),
        Value::Datetime(it) => {
            let written = it.as_repr().and_then(|it| it.as_raw().as_str()).map(str::to_owned);
            json!(written.unwrap_or_else(|| it.value().to_string()))
        }
        Value::Array(items) => items.iter().map(of_value).collect(),
        Value::InlineTable(table) => of_table(table),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_however_they_are_written() {
        let check = |text: &str, key: &str, expected: Option<Json>| {
            assert_eq!(lookup(text, key), expected, "{key} in {text}");
        };
        check("[a.b]\nc = 1", "a.b.c", Some(json!(1)));
        check("a.b.c = [0x10, 1_0.5]", "a.b.c", Some(json!([16, 10.5])));
        check("a = {b = {c = 2027-03-31}}", "a.b.c", Some(json!("2027-03-31")));
        check("[a.\"b.c\"]\nd = true", "a.b.c.d", Some(json!(true)));
        check("[[a]]\nb = 1\n[[a]]\nb = 2", "a.1.b", Some(json!(2)));
        check("a = [{b = 1}]", "a.0.b", Some(json!(1)));
        check("a = 1", "a.b", None);
        check("a = ", "a", None);
        assert_eq!(waivers("[[waivers]]\nrule = 'x'"), [json!({"rule": "x"})]);
    }
}
