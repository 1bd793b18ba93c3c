//! What a breach is called, and what to do instead.

use crate::{Direction, blame::class::Class};

/// A breach, ready to be put into words. Values are compact JSON.
#[derive(Debug, Clone, Default)]
pub(crate) struct Breach {
    /// The place, as `` `sku` of `Order` ``.
    pub noun: String,
    /// The keyword that decides; empty for a boolean schema.
    pub keyword: String,
    /// The member, tag or variants concerned.
    pub names: Vec<String>,
    /// What base says there.
    pub base: Option<Said>,
    /// What head says there.
    pub head: Option<Said>,
    /// The values or kinds of values that make the difference.
    pub values: Vec<String>,
    /// The path of the contract.
    pub contract: String,
}

/// A keyword as it is written, its value as compact JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// The keyword.
    pub keyword: String,
    /// Its value.
    pub value: String,
}

/// Message and remedy.
pub(crate) struct Words {
    /// What is wrong.
    pub message: String,
    /// What to do instead.
    pub remedy: String,
}

/// Message and remedy of a breach.
pub(crate) fn words(class: Class, direction: Direction, breach: &Breach) -> Words {
    let (message, remedy) = match direction {
        Direction::ToProvider => input(class, breach),
        Direction::FromProvider => output(class, breach),
    };
    let remedy =
        format!("{remedy}, or add a new version: checks contract migrate {}", breach.contract);
    Words { message, remedy }
}

fn input(class: Class, it: &Breach) -> (String, String) {
    let noun = &it.noun;
    let names = quoted(&it.names);
    let values = it.values.join(", ");
    match class {
        Class::Type => (format!("{noun} no longer takes {values}"), keep(it)),
        Class::Value => match (it.keyword.as_str(), it.base.is_some()) {
            ("not", _) => (format!("{noun} no longer takes {values}"), undo(it)),
            (_, true) => (
                format!("{noun} no longer takes {values}"),
                format!("keep {values} in `{}`", it.keyword),
            ),
            (_, false) => {
                (format!("{noun} takes only {} now", value_of(it.head.as_ref())), undo(it))
            }
        },
        Class::Required => required_input(it, &names),
        Class::Refused => match it.keyword.as_str() {
            "propertyNames" => {
                (format!("{noun} no longer takes every member name"), keep_or_undo(it))
            }
            "maxProperties" => {
                (format!("{noun} no longer takes as many members"), keep_or_undo(it))
            }
            _ if it.names.is_empty() => (
                format!("{noun} now refuses every member that its schema does not list"),
                "keep it open to further members and ignore them".to_owned(),
            ),
            _ => (
                format!("{noun} now refuses the member {names}"),
                format!("keep {names} among its `properties`, even if nothing reads it"),
            ),
        },
        Class::Text => {
            (format!("{noun} no longer takes every text that it took"), keep_or_undo(it))
        }
        Class::Number => {
            (format!("{noun} no longer takes every number that it took"), keep_or_undo(it))
        }
        Class::List => {
            (format!("{noun} no longer takes every list that it took"), keep_or_undo(it))
        }
        Class::Variant if !it.names.is_empty() => (
            format!("{noun} no longer takes the variant {names}"),
            format!("keep {names} in `{}`", it.keyword),
        ),
        Class::Variant => {
            (format!("{noun} no longer takes every variant that it took"), keep_or_undo(it))
        }
        Class::Tag => (
            format!("tag {names} of {noun} no longer selects the type that it did"),
            format!("keep {names} and what it selects, in the `mapping` or as a component"),
        ),
    }
}

fn required_input(it: &Breach, names: &str) -> (String, String) {
    let noun = &it.noun;
    match it.keyword.as_str() {
        "required" => (
            format!("{noun} can no longer do without {names}"),
            format!("keep {names} optional and choose a value where it is left out"),
        ),
        "minProperties" => (format!("{noun} can no longer have as few members"), keep_or_undo(it)),
        _ if it.names.is_empty() => {
            (format!("{noun} can no longer be as it was beside some members"), keep_or_undo(it))
        }
        _ if it.values.is_empty() => (
            format!("{noun} with {names} can no longer be as it was"),
            format!("keep what `{}` asks beside {names}", it.keyword),
        ),
        _ => {
            let lacking = quoted(&it.values);
            (
                format!("{noun} with {names} can no longer do without {lacking}"),
                format!("keep {lacking} optional beside {names}"),
            )
        }
    }
}

fn required_output(it: &Breach, names: &str) -> (String, String) {
    let noun = &it.noun;
    match it.keyword.as_str() {
        "required" => (
            format!("{noun} is no longer sure to have {names}"),
            format!("keep {names} in `required` and always send it"),
        ),
        "minProperties" => (format!("{noun} may now have fewer members"), keep_or_undo(it)),
        _ if it.names.is_empty() => {
            (format!("{noun} may now be as it never was beside some members"), keep_or_undo(it))
        }
        _ if it.values.is_empty() => (
            format!("{noun} with {names} may now be as it never was"),
            format!("keep what `{}` promises beside {names}", it.keyword),
        ),
        _ => {
            let lacking = quoted(&it.values);
            (
                format!("{noun} with {names} is no longer sure to have {lacking}"),
                format!("keep {lacking} in `{}` of {names}", it.keyword),
            )
        }
    }
}

fn output(class: Class, it: &Breach) -> (String, String) {
    let noun = &it.noun;
    let names = quoted(&it.names);
    let values = it.values.join(", ");
    match class {
        Class::Type => (format!("{noun} may now be {values}"), keep(it)),
        Class::Value if it.keyword == "not" || it.head.is_some() => {
            (format!("{noun} may now be {values}, which was not announced"), keep_or_undo(it))
        }
        Class::Value => {
            let only = value_of(it.base.as_ref());
            (format!("{noun} may now be more than {only}"), keep_or_undo(it))
        }
        Class::Required => required_output(it, &names),
        Class::Refused => match it.keyword.as_str() {
            "propertyNames" => (format!("{noun} may now have new member names"), keep_or_undo(it)),
            "maxProperties" => (format!("{noun} may now have more members"), keep_or_undo(it)),
            _ if it.names.is_empty() => (
                format!("{noun} may now have members that its schema did not list"),
                "keep it closed".to_owned(),
            ),
            _ => (
                format!("{noun} may now have {names}, though it was closed"),
                format!("leave {names} out"),
            ),
        },
        Class::Text => (format!("{noun} may now be a text that it never was"), keep_or_undo(it)),
        Class::Number => {
            (format!("{noun} may now be a number that it never was"), keep_or_undo(it))
        }
        Class::List => (format!("{noun} may now be a list that it never was"), keep_or_undo(it)),
        Class::Variant if !it.names.is_empty() => (
            format!("{noun} may now be the variant {names}, which was not announced"),
            format!("leave {names} out"),
        ),
        Class::Variant => {
            (format!("{noun} may now be a variant that it never was"), keep_or_undo(it))
        }
        Class::Tag => (
            format!("tag {names} of {noun} now selects a type that it did not"),
            format!("keep the tags of {noun} as they were"),
        ),
    }
}

fn keep(it: &Breach) -> String {
    match (&it.base, &it.head) {
        (Some(base), Some(head)) if base == head => {
            format!("keep what stands behind `{}` as it was", base.keyword)
        }
        (Some(base), _) => format!("keep `{}: {}`", base.keyword, base.value),
        (None, Some(head)) => format!("drop `{}: {}`", head.keyword, head.value),
        (None, None) => "keep what base says".to_owned(),
    }
}

/// A pattern speaks for itself.
fn keep_or_undo(it: &Breach) -> String {
    match &it.base {
        Some(base) if base.keyword == "pattern" => format!("keep {}", code(&base.value)),
        Some(_) | None => keep(it),
    }
}

fn undo(it: &Breach) -> String {
    match &it.head {
        Some(head) if it.base.is_none() => format!("drop `{}: {}`", head.keyword, head.value),
        Some(_) | None => keep(it),
    }
}

fn value_of(said: Option<&Said>) -> String {
    said.map_or_else(|| "what is named".to_owned(), |it| code(&it.value))
}

/// A value in backticks, a text without its quotes.
pub(crate) fn code(json: &str) -> String {
    let bare = json.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(json);
    format!("`{bare}`")
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

/// A value as compact JSON that fits into a sentence.
pub(crate) fn compact(value: &serde_json::Value) -> String {
    const ROOM: usize = 80;
    let text = value.to_string();
    if text.chars().count() <= ROOM {
        return text;
    }
    text.chars().take(ROOM - 1).chain(['…']).collect()
}
