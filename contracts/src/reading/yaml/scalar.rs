//! The core schema of YAML 1.2 (<https://yaml.org/spec/1.2.2/#103-core-schema>), and where
//! YAML 1.1 reads something else (<https://yaml.org/type/>).

use num_bigint::BigUint;
use saphyr_parser::{ScalarStyle, Tag};

/// The value of a scalar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    /// A number in the grammar of JSON.
    Number(String),
    /// The text as it stands.
    Text,
}

/// Digits of a number in base 8 or 16: their decimal form costs time in the square of them.
const N_DIGITS: usize = 1_000;

/// The value of a scalar; an error says what is wrong with its tag.
pub(super) fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Scalar, String> {
    let Some(tag) = tag else {
        return Ok(if style == ScalarStyle::Plain { plain(text) } else { Scalar::Text });
    };
    if !tag.is_yaml_core_schema() {
        return if tag.handle.is_empty() && tag.suffix == "!" || is_plain_text_tag(tag) {
            Ok(Scalar::Text)
        } else {
            Err(format!("the tag `{tag}` has no meaning in JSON"))
        };
    }
    let scalar = plain(text);
    let fits = match &*tag.suffix {
        "str" | "merge" | "binary" | "timestamp" => return Ok(Scalar::Text),
        "null" => scalar == Scalar::Null,
        "bool" => matches!(scalar, Scalar::Bool(_)),
        "int" => matches!(&scalar, Scalar::Number(it) if !it.contains(['.', 'e', 'E'])),
        "float" => matches!(scalar, Scalar::Number(_)),
        other => return Err(format!("the tag `!!{other}` does not fit a scalar")),
    };
    if fits {
        Ok(scalar)
    } else {
        Err(format!("the value does not fit its tag `!!{}`", tag.suffix))
    }
}

/// The non-specific tag, which makes any scalar a text.
fn is_plain_text_tag(tag: &Tag) -> bool {
    tag.handle == "!" && tag.suffix.is_empty()
}

/// Is this the key that merges mappings?
pub(crate) fn is_merge(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> bool {
    let is_tagged = tag.is_some_and(|it| it.is_yaml_core_schema() && it.suffix == "merge");
    text == "<<" && (is_tagged || (tag.is_none() && style == ScalarStyle::Plain))
}

/// May a list or mapping carry the tag?
pub(super) fn fits_collection(tag: &Tag, is_list: bool) -> bool {
    let is_plain = is_plain_text_tag(tag) || (tag.handle.is_empty() && tag.suffix == "!");
    let fitting: &[&str] = if is_list { &["seq", "omap", "pairs"] } else { &["map", "set"] };
    is_plain || (tag.is_yaml_core_schema() && fitting.contains(&&*tag.suffix))
}

pub(super) fn plain(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Bool(true),
        "false" | "False" | "FALSE" => Scalar::Bool(false),
        _ => number(text).map_or(Scalar::Text, Scalar::Number),
    }
}

fn number(text: &str) -> Option<String> {
    if let Some(digits) = text.strip_prefix("0x") {
        return in_base(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return in_base(digits, 8);
    }
    decimal(text)
}

fn decimal(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.split_at_checked(1)? {
        ("-", rest) => ("-", rest),
        ("+", rest) => ("", rest),
        _ => ("", text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    let exponent_digits = exponent.map(|it| it.strip_prefix(['-', '+']).unwrap_or(it));
    let is_number = has_digits
        && are_digits(whole)
        && are_digits(fraction)
        && exponent_digits.is_none_or(|it| !it.is_empty() && are_digits(it));
    if !is_number {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    let exponent = exponent.map_or_else(String::new, |it| format!("e{it}"));
    Some(format!("{sign}{whole}{point}{fraction}{exponent}"))
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

fn in_base(digits: &str, base: u32) -> Option<String> {
    let fits = (1..=N_DIGITS).contains(&digits.len()) && digits.chars().all(|it| it.is_digit(base));
    let value = fits.then(|| BigUint::parse_bytes(digits.as_bytes(), base))??;
    Some(value.to_string())
}

/// What YAML 1.1 reads here, if it is not what YAML 1.2 reads; or what both read that JSON has not.
pub(super) fn other_reading(text: &str) -> Option<String> {
    let is_bool = match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    };
    if let Some(it) = is_bool {
        return Some(it.to_string());
    }
    let first = text.bytes().next()?;
    if !first.is_ascii_digit() && !matches!(first, b'-' | b'+' | b'.') {
        return None;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(format!("the number {text}"));
    }
    if is_date(text) {
        return Some("a date".to_owned());
    }
    let here = plain(text);
    let there = old_number(text, unsigned);
    match (here, there) {
        (Scalar::Number(_), Old::Text) => Some(format!("the text \"{text}\"")),
        (Scalar::Number(here), Old::Number(there)) if here != there => Some(there),
        (Scalar::Text, Old::Number(there)) => Some(there),
        (Scalar::Number(_) | Scalar::Text, Old::BaseSixty) => {
            Some("a number in base 60".to_owned())
        }
        _ => None,
    }
}

/// What YAML 1.1 takes for a number.
enum Old {
    Number(String),
    BaseSixty,
    Text,
}

fn old_number(text: &str, unsigned: &str) -> Old {
    let sign = if text.starts_with('-') { "-" } else { "" };
    let plain_digits = unsigned.replace('_', "");
    let based = |digits: &str, base| {
        let value = in_base(digits, base);
        value.map_or(Old::Text, |it| Old::Number(format!("{sign}{it}").replace("-0", "0")))
    };
    if let Some(digits) = plain_digits.strip_prefix("0b") {
        return based(digits, 2);
    }
    if let Some(digits) = plain_digits.strip_prefix("0x") {
        return based(digits, 16);
    }
    if unsigned.starts_with('_') {
        return Old::Text;
    }
    if is_base_sixty(&plain_digits) {
        return Old::BaseSixty;
    }
    let is_octal = plain_digits.len() > 1 && plain_digits.starts_with('0');
    if is_octal && are_digits(&plain_digits) {
        return based(plain_digits.trim_start_matches('0'), 8).or_zero(&plain_digits);
    }
    // A float of YAML 1.1 has a point, and a sign in its exponent.
    let (mantissa, exponent) = match plain_digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (&*plain_digits, None),
    };
    if exponent.is_some_and(|it| !it.starts_with(['-', '+']) || !mantissa.contains('.')) {
        return Old::Text;
    }
    let signed = format!("{}{plain_digits}", if text.starts_with('-') { "-" } else { "" });
    decimal(&signed).map_or(Old::Text, Old::Number)
}

impl Old {
    /// `00` has no digits left behind its zeros.
    fn or_zero(self, digits: &str) -> Self {
        if digits.bytes().all(|it| it == b'0') { Self::Number("0".to_owned()) } else { self }
    }
}

fn is_base_sixty(unsigned: &str) -> bool {
    let Some((first, rest)) = unsigned.split_once(':') else { return false };
    let rest = rest.split_once('.').map_or(rest, |it| it.0);
    let is_place = |it: &str| {
        matches!(it.len(), 1 | 2) && are_digits(it) && it.parse::<u8>().is_ok_and(|it| it < 60)
    };
    !first.is_empty() && are_digits(first) && rest.split(':').all(is_place)
}

/// `2024-01-31`, or the same with a time.
fn is_date(text: &str) -> bool {
    let (date, time) = match text.split_once(['T', 't', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let is_short = |it: &str| matches!(it.len(), 1 | 2) && are_digits(it);
    let is_exact = month.len() == 2 && day.len() == 2;
    let has_time = time.is_some_and(|it| {
        it.trim_start().split(':').next().is_some_and(is_short) && it.matches(':').count() >= 2
    });
    year.len() == 4
        && are_digits(year)
        && is_short(month)
        && is_short(day)
        && (has_time || (is_exact && time.is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_schema_of_yaml_1_2_decides() {
        let number = |it: &str| Scalar::Number(it.to_owned());
        let rows = [
            ("", Scalar::Null),
            ("~", Scalar::Null),
            ("Null", Scalar::Null),
            ("nULL", Scalar::Text),
            ("True", Scalar::Bool(true)),
            ("yes", Scalar::Text),
            ("on", Scalar::Text),
            ("n", Scalar::Text),
            ("12", number("12")),
            ("+12", number("12")),
            ("-0", number("-0")),
            ("012", number("12")),
            ("0o14", number("12")),
            ("0x1F", number("31")),
            ("-0x1F", Scalar::Text),
            ("0b11", Scalar::Text),
            ("1_000", Scalar::Text),
            ("1:30", Scalar::Text),
            ("2024-01-31", Scalar::Text),
            (".5", number("0.5")),
            ("1.", number("1")),
            ("1.e3", number("1e3")),
            ("-.5E-3", number("-0.5e-3")),
            ("1e400", number("1e400")),
            ("-9223372036854776000", number("-9223372036854776000")),
            (".", Scalar::Text),
            ("-", Scalar::Text),
            ("+", Scalar::Text),
            ("e3", Scalar::Text),
            ("1e", Scalar::Text),
            ("1.2.3", Scalar::Text),
            (".inf", Scalar::Text),
            (".nan", Scalar::Text),
            ("é", Scalar::Text),
        ];
        for (text, expected) in rows {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn what_yaml_1_1_reads_otherwise_is_known() {
        let rows = [
            ("no", Some("false")),
            ("On", Some("true")),
            ("y", Some("true")),
            ("012", Some("10")),
            ("-012", Some("-10")),
            ("00", None),
            ("08", Some("the text \"08\"")),
            ("1_000", Some("1000")),
            ("0b11", Some("3")),
            ("-0x1F", Some("-31")),
            ("0x1F", None),
            ("0o14", Some("the text \"0o14\"")),
            ("1:30", Some("a number in base 60")),
            ("1:99", None),
            ("12:30:45.5", Some("a number in base 60")),
            ("2024-01-31", Some("a date")),
            ("2024-01-31T10:00:00Z", Some("a date")),
            ("2024-1-3", None),
            ("1e3", Some("the text \"1e3\"")),
            ("1.5e3", Some("the text \"1.5e3\"")),
            ("1.5e+3", None),
            (".inf", Some("the number .inf")),
            ("404", None),
            ("0", None),
            ("-1.5", None),
            ("1.", None),
            ("+12", None),
            ("true", None),
            ("null", None),
            ("1.2.3", None),
            ("-", None),
            ("a", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(other_reading(text).as_deref(), expected, "{text}");
        }
    }
}
