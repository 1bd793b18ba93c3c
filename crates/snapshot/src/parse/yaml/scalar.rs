//! The core schema of YAML 1.2 (<https://yaml.org/spec/1.2.2/#103-core-schema>).

use kernel::Kind;
use saphyr_parser::{ScalarStyle, Tag};

/// The value of a scalar; an error says what its tag asks for.
pub(super) fn resolve(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> Result<Kind, &'static str> {
    let is_plain = style == ScalarStyle::Plain;
    let string = || Kind::String(text.into());
    let Some(tag) = tag else {
        return Ok(if is_plain { plain(text) } else { string() });
    };
    if !is_core(tag) {
        return Ok(string());
    }
    let kind = plain(text);
    match (&*tag.suffix, &kind) {
        ("null", Kind::Null) | ("bool", Kind::Bool(_)) | ("int" | "float", Kind::Number(_)) => {
            Ok(kind)
        }
        ("null" | "bool" | "int" | "float" | "seq" | "map", _) => {
            Err("expected a value that fits its tag")
        }
        _ => Ok(string()),
    }
}

/// Is this the key that merges mappings?
pub(super) fn is_merge(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> bool {
    let is_tagged = tag.is_some_and(|it| is_core(it) && it.suffix == "merge");
    text == "<<" && (is_tagged || (tag.is_none() && style == ScalarStyle::Plain))
}

/// Does the tag ask for something that is no list or mapping?
pub(super) fn is_scalar_tag(tag: &Tag) -> bool {
    is_core(tag) && matches!(&*tag.suffix, "null" | "bool" | "int" | "float" | "str")
}

fn is_core(tag: &Tag) -> bool {
    tag.is_yaml_core_schema()
}

fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        _ if is_number(text) => Kind::Number(text.into()),
        _ => Kind::String(text.into()),
    }
}

fn is_number(text: &str) -> bool {
    let all = |digits: &str, test: fn(&u8) -> bool| {
        !digits.is_empty() && digits.bytes().all(|it| test(&it))
    };
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, u8::is_ascii_hexdigit);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, |it| (b'0'..=b'7').contains(it));
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF")
        || matches!(text, ".nan" | ".NaN" | ".NAN")
        || is_decimal(unsigned)
}

/// Digits with at most one point, then perhaps an exponent.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    let is_exponent = |it: &str| {
        let digits = it.strip_prefix(['-', '+']).unwrap_or(it);
        !digits.is_empty() && is_digits(digits)
    };
    has_digits && is_digits(whole) && is_digits(fraction) && exponent.is_none_or(is_exponent)
}
