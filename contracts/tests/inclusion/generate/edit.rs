//! Small edits of a schema.

use serde_json::{Value, json};

use super::Maker;

/// A small edit: a schema that is likely to be near the first one.
pub(crate) fn edited(maker: &mut Maker<'_>, schema: &Value) -> Value {
    let mut edited = schema.clone();
    for _ in 0..=maker.random.below(2) {
        edit(maker, &mut edited);
    }
    edited
}

fn edit(maker: &mut Maker<'_>, schema: &mut Value) {
    match schema {
        Value::Object(members) if !members.is_empty() => {
            let names: Vec<String> = members
                .keys()
                .filter(|it| !it.starts_with("$ref") && *it != "minimum" && *it != "maximum")
                .cloned()
                .collect();
            let Some(name) = (!names.is_empty()).then(|| maker.random.pick(&names).clone()) else {
                return;
            };
            if maker.random.percent(25) && name != "definitions" && name != "r" && name != "s" {
                members.remove(&name);
            } else if let Some(inner) = members.get_mut(&name) {
                edit(maker, inner);
            }
        }
        Value::Array(items) if items.len() > 1 && maker.random.percent(40) => {
            items.remove(maker.random.below(items.len()));
        }
        Value::Array(items) if !items.is_empty() => {
            let idx = maker.random.below(items.len());
            edit(maker, &mut items[idx]);
        }
        Value::Bool(it) => *it = !*it,
        Value::Number(it) if it.as_u64().is_some_and(|it| it < 5) => {
            let count = it.as_u64().unwrap_or(0);
            *schema = json!(if maker.random.percent(50) { count + 1 } else { count.max(1) });
        }
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {}
    }
}
