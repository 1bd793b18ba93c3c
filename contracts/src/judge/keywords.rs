//! The keywords of every dialect, in words of 2020-12. A keyword whose value means nothing is
//! left out, as validators do.

use serde_json::{Map, Value, json};

use super::{
    dialect::Dialect,
    format,
    schema::{Rewriting, Spot, add},
};

type Members = Map<String, Value>;
type Written = Result<(), String>;

const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// Rewrites one keyword that the dialect knows.
pub(super) fn rewrite(
    rewriting: &mut Rewriting<'_>,
    (keyword, value): (&str, &Value),
    (members, spot): (&Members, &Spot),
    out: &mut Members,
) -> Written {
    let holds_one = match keyword {
        "not"
        | "if"
        | "additionalProperties"
        | "propertyNames"
        | "unevaluatedProperties"
        | "contains"
        | "unevaluatedItems" => true,
        "items" => !(spot.dialect.knows("additionalItems") && value.is_array()),
        _ => false,
    };
    // A keyword whose value means nothing says nothing; in a list or a map it stands for `true`.
    if holds_one && !is_schema(value) || keyword == "prefixItems" && !value.is_array() {
        return Ok(());
    }
    match keyword {
        "allOf" | "anyOf" | "oneOf" => choices(rewriting, (keyword, value), spot, out)?,
        "not" => {
            let inner = rewriting.schema(value, &spot.same_but_plain(&["not"]))?;
            out.insert("not".to_owned(), inner);
        }
        "if" => condition(rewriting, members, spot, out)?,
        "properties" | "patternProperties" => {
            properties(rewriting, (keyword, value), spot, out)?;
        }
        "additionalProperties" | "propertyNames" | "unevaluatedProperties" => {
            let inner = rewriting.schema(value, &spot.inner(&[keyword]))?;
            out.insert(keyword.to_owned(), inner);
        }
        "items" | "prefixItems" | "contains" | "unevaluatedItems"
            if rewriting.reading.has_lists =>
        {
            lists(rewriting, (keyword, value), (members, spot), out)?;
        }
        "dependencies" | "dependentRequired" | "dependentSchemas" => {
            dependencies(rewriting, (keyword, value), spot, out)?;
        }
        "required" => {
            let names = names(value, spot);
            if let Some(names) = names {
                out.insert("required".to_owned(), names);
            }
        }
        _ => plain(keyword, value, out),
    }
    Ok(())
}

fn is_schema(value: &Value) -> bool {
    value.is_object() || value.is_boolean()
}

/// Keywords without schemas inside.
fn plain(keyword: &str, value: &Value, out: &mut Members) {
    let taken = match keyword {
        "const" => Some(value.clone()),
        "enum" => value.is_array().then(|| value.clone()),
        "pattern" => value.is_string().then(|| value.clone()),
        "uniqueItems" => value.is_boolean().then(|| value.clone()),
        "multipleOf" => {
            let text = value.as_number().map(ToString::to_string);
            let is_positive = |it: &String| {
                let mantissa = it.split(['e', 'E']).next().unwrap_or_default();
                !it.starts_with('-') && mantissa.contains(|it| matches!(it, '1'..='9'))
            };
            text.filter(is_positive).map(|_| value.clone())
        }
        _ if keyword.starts_with("min") || keyword.starts_with("max") => natural(value),
        _ => None,
    };
    if let Some(value) = taken {
        out.insert(keyword.to_owned(), value);
    }
}

/// A whole number from zero on, however it is written; nothing has more parts than 64 bits count.
fn natural(value: &Value) -> Option<Value> {
    let text = value.as_number()?.to_string();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{}{fraction}", whole.trim_start_matches('-'));
    let digits = digits.trim_start_matches('0');
    let digits_left = digits.trim_end_matches('0');
    if digits_left.is_empty() {
        return Some(Value::from(0));
    }
    let is_small = exponent.starts_with('-');
    let exponent = exponent.parse::<i64>().unwrap_or(if is_small { -i64::MAX } else { i64::MAX });
    let n_zeros = i64::try_from(digits.len() - digits_left.len()).unwrap_or(i64::MAX);
    let n_fraction = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let n_zeros = exponent.saturating_add(n_zeros).saturating_sub(n_fraction);
    if mantissa.starts_with('-') || n_zeros < 0 {
        return None;
    }
    let zeros = "0".repeat(usize::try_from(n_zeros.min(20)).unwrap_or(0));
    Some(Value::from(format!("{digits_left}{zeros}").parse().unwrap_or(u64::MAX)))
}

/// `type`, bounds of numbers and formats, which hang together.
pub(super) fn scalars(
    rewriting: &Rewriting<'_>,
    members: &Members,
    spot: &Spot,
    out: &mut Members,
) {
    if let Some(types) = types(members, spot.dialect) {
        out.insert("type".to_owned(), types);
    }
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        let bound_value = members.get(bound).filter(|it| it.is_number());
        let exclusive_value = members.get(exclusive);
        if spot.dialect.has_boolean_bounds() {
            let is_exclusive = exclusive_value == Some(&Value::Bool(true));
            let keyword = if is_exclusive { exclusive } else { bound };
            out.extend(bound_value.map(|it| (keyword.to_owned(), it.clone())));
        } else {
            out.extend(bound_value.map(|it| (bound.to_owned(), it.clone())));
            let exclusive_value = exclusive_value.filter(|it| it.is_number());
            out.extend(exclusive_value.map(|it| (exclusive.to_owned(), it.clone())));
        }
    }
    let Some(format) = members.get("format").and_then(Value::as_str) else { return };
    if let Some((min, max)) = format::range(format, rewriting.formats) {
        add(out, "allOf", json!({"minimum": min, "maximum": max}));
    }
    if let Some(name) = format::exact(format, rewriting.formats) {
        out.insert("format".to_owned(), Value::from(name));
    }
}

fn types(members: &Members, dialect: Dialect) -> Option<Value> {
    let mut types: Vec<&str> = match members.get("type")? {
        // A file of 2.0 is any text.
        Value::String(name) if dialect == Dialect::Oas20 && name == "file" => vec!["string"],
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().map(Value::as_str).collect::<Option<_>>()?,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
    };
    if types.is_empty() || !types.iter().all(|it| TYPES.contains(it)) {
        return None;
    }
    let word = if dialect == Dialect::Oas20 { "x-nullable" } else { "nullable" };
    let is_nullable = dialect.is_openapi() && members.get(word) == Some(&Value::Bool(true));
    if is_nullable {
        types.push("null");
    }
    types.sort_unstable();
    types.dedup();
    Some(Value::from(types))
}

/// The names that are required and sent.
fn names(value: &Value, spot: &Spot) -> Option<Value> {
    let names = value.as_array()?;
    let names: Option<Vec<&str>> = names.iter().map(Value::as_str).collect();
    let mut names: Vec<_> = names?.into_iter().filter(|it| !spot.is_unsent(it)).collect();
    names.sort_unstable();
    names.dedup();
    Some(Value::from(names))
}

fn choices(
    rewriting: &mut Rewriting<'_>,
    (keyword, value): (&str, &Value),
    spot: &Spot,
    out: &mut Members,
) -> Written {
    each(rewriting, (keyword, value), |idx| spot.same(&[keyword, idx]), out)
}

/// Adds the schemas of a list to a keyword.
fn each(
    rewriting: &mut Rewriting<'_>,
    (keyword, list): (&str, &Value),
    spot: impl Fn(&str) -> Spot,
    out: &mut Members,
) -> Written {
    for (idx, schema) in list.as_array().into_iter().flatten().enumerate() {
        let schema = rewriting.schema(schema, &spot(&idx.to_string()))?;
        add(out, keyword, schema);
    }
    Ok(())
}

fn condition(
    rewriting: &mut Rewriting<'_>,
    members: &Members,
    spot: &Spot,
    out: &mut Members,
) -> Written {
    for keyword in ["if", "then", "else"] {
        let Some(value) = members.get(keyword).filter(|it| is_schema(it)) else { continue };
        let inner =
            if keyword == "if" { spot.same_but_plain(&[keyword]) } else { spot.same(&[keyword]) };
        out.insert(keyword.to_owned(), rewriting.schema(value, &inner)?);
    }
    Ok(())
}

fn properties(
    rewriting: &mut Rewriting<'_>,
    (keyword, value): (&str, &Value),
    spot: &Spot,
    out: &mut Members,
) -> Written {
    let Some(members) = value.as_object() else { return Ok(()) };
    let mut written = Map::new();
    for (name, schema) in members {
        let is_name = keyword == "properties";
        if is_name && spot.is_unsent(name) {
            continue;
        }
        // No instance has this member, so its schema says nothing.
        let is_absent = is_name && !rewriting.reading.words.contains(name);
        let inner = if is_absent {
            Value::Bool(true)
        } else {
            rewriting.schema(schema, &spot.inner(&[keyword, name]))?
        };
        written.insert(name.clone(), inner);
    }
    out.insert(keyword.to_owned(), Value::Object(written));
    Ok(())
}

fn lists(
    rewriting: &mut Rewriting<'_>,
    (keyword, value): (&str, &Value),
    (members, spot): (&Members, &Spot),
    out: &mut Members,
) -> Written {
    let has_tuples = keyword == "items" && spot.dialect.knows("additionalItems");
    if value.is_array() && (has_tuples || keyword == "prefixItems") {
        each(rewriting, ("prefixItems", value), |idx| spot.inner(&[keyword, idx]), out)?;
        let rest = members.get("additionalItems").filter(|it| keyword == "items" && is_schema(it));
        if let Some(rest) = rest {
            let rest = rewriting.schema(rest, &spot.inner(&["additionalItems"]))?;
            out.insert("items".to_owned(), rest);
        }
        return Ok(());
    }
    if keyword == "contains" && spot.dialect == Dialect::Draft2019 {
        // Before 2020-12 an item that `contains` found was still unevaluated; `not` forgets it.
        let inner = rewriting.schema(value, &spot.inner(&[keyword]))?;
        let mut contains = Map::from_iter([("contains".to_owned(), inner)]);
        for bound in ["minContains", "maxContains"] {
            let count = members.get(bound).and_then(natural);
            contains.extend(count.map(|it| (bound.to_owned(), it)));
        }
        add(out, "allOf", json!({"not": {"not": contains}}));
        return Ok(());
    }
    let inner = rewriting.schema(value, &spot.inner(&[keyword]))?;
    out.insert(keyword.to_owned(), inner);
    Ok(())
}

fn dependencies(
    rewriting: &mut Rewriting<'_>,
    (keyword, value): (&str, &Value),
    spot: &Spot,
    out: &mut Members,
) -> Written {
    let Some(members) = value.as_object() else { return Ok(()) };
    for (name, wanted) in members {
        let is_list = wanted.is_array() && keyword != "dependentSchemas";
        let (keyword, written) = if is_list {
            ("dependentRequired", names(wanted, spot).unwrap_or_else(|| json!([])))
        } else if keyword == "dependentRequired" {
            continue;
        } else {
            let inner = rewriting.schema(wanted, &spot.same(&[keyword, name]))?;
            ("dependentSchemas", inner)
        };
        let map = out.entry(keyword).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(map) = map {
            map.insert(name.clone(), written);
        }
    }
    Ok(())
}
