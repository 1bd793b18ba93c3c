//! Formats that are checked: ranges of numbers, and texts with an exact grammar.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::Formats;

/// <https://spec.openapis.org/registry/format/>
const RANGES: &[(&str, i128, i128)] = &[
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint8", 0, u8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

/// A grammar: its name in the contract, its name for the validator, and what decides.
type Grammar = (&'static str, &'static str, fn(&str) -> bool);

pub(super) const GRAMMARS: &[Grammar] = &[
    ("base64url", "exact-base64url", is_base64url),
    ("byte", "exact-byte", is_base64),
    ("date", "exact-date", is_date),
    ("date-time", "exact-date-time", is_date_time),
    ("email", "exact-email", is_email),
    ("hostname", "exact-hostname", is_hostname),
    ("ipv4", "exact-ipv4", is_ipv4),
    ("ipv6", "exact-ipv6", is_ipv6),
    ("time", "exact-time", is_time),
    ("uuid", "exact-uuid", is_uuid),
];

/// The bounds of a numeric format.
pub(super) fn range(
    name: &str,
    formats: Formats,
) -> Option<(serde_json::Value, serde_json::Value)> {
    let row = RANGES.iter().find(|it| it.0 == name).filter(|_| formats != Formats::None)?;
    let number = |it: i128| serde_json::from_str(&it.to_string()).unwrap_or_default();
    Some((number(row.1), number(row.2)))
}

/// The validator's name of a format with an exact grammar.
pub(super) fn exact(name: &str, formats: Formats) -> Option<&'static str> {
    let row = GRAMMARS.iter().find(|it| it.0 == name).filter(|_| formats == Formats::All)?;
    Some(row.1)
}

/// A number of just so many digits.
fn digits(text: &str, n_digits: usize) -> Option<u32> {
    let is_number = text.len() == n_digits && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// RFC 3339 `full-date`.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut next = |n_digits| digits(parts.next()?, n_digits);
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else { return false };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return false,
    };
    parts.next().is_none() && (1..=last).contains(&day)
}

/// RFC 3339 `full-time`.
fn is_time(text: &str) -> bool {
    let Some((clock, zone)) =
        text.find(['Z', 'z', '+', '-']).and_then(|it| text.split_at_checked(it))
    else {
        return false;
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|it| it.is_ascii_digit());
    let mut parts = clock.split(':').map(|it| digits(it, 2));
    let (Some(Some(hour)), Some(Some(minute)), Some(Some(second)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let Some(offset) = offset_minutes(zone) else { return false };
    let utc = (i64::from(hour * 60 + minute) - offset).rem_euclid(24 * 60);
    let is_second = second < 60 || second == 60 && utc == 23 * 60 + 59;
    is_fraction && hour < 24 && minute < 60 && is_second
}

fn offset_minutes(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    (hours < 24 && minutes < 60).then(|| sign * i64::from(hours * 60 + minutes))
}

/// RFC 3339 `date-time`.
fn is_date_time(text: &str) -> bool {
    let parts = text.split_once(['T', 't']);
    parts.is_some_and(|(date, time)| is_date(date) && is_time(time))
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|it| it == b'-' || it.is_ascii_hexdigit())
}

fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// RFC 1123.
fn is_hostname(text: &str) -> bool {
    let is_label = |it: &str| {
        (1..=63).contains(&it.len())
            && !it.starts_with('-')
            && !it.ends_with('-')
            && it.bytes().all(|it| it == b'-' || it.is_ascii_alphanumeric())
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// RFC 5321 `Dot-string "@" Domain`.
fn is_email(text: &str) -> bool {
    let is_atom = |it: &str| {
        let is_letter = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&it);
        !it.is_empty() && it.bytes().all(is_letter)
    };
    let parts = text.split_once('@');
    parts.is_some_and(|(local, domain)| {
        local.len() <= 64 && local.split('.').all(is_atom) && is_hostname(domain)
    })
}

/// RFC 4648 §4.
fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || b"+/".contains(&it);
    text.len().is_multiple_of(4) && text.len() - body.len() <= 2 && body.bytes().all(is_letter)
}

/// RFC 4648 §5, with or without padding.
fn is_base64url(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || b"-_".contains(&it);
    let n_padding = text.len() - body.len();
    let is_padded = n_padding == 0 || n_padding <= 2 && text.len().is_multiple_of(4);
    is_padded && body.len() % 4 != 1 && body.bytes().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammars_take_what_their_texts_say() {
        for (format, good, bad) in [
            (
                "date",
                "2024-02-29 0000-01-01",
                "2023-02-29 2024-2-1 2024-13-01 2024-04-31 2024-01-01Z",
            ),
            (
                "time",
                "00:00:00Z 23:59:60z 12:00:00.5+01:30 00:59:60+01:00",
                "12:00:00 24:00:00Z 12:00:60Z 12:00:00.Z 12:00:00+1:00",
            ),
            (
                "date-time",
                "2024-02-29T00:00:00Z 2024-01-01t23:59:59.123-23:59",
                "2024-01-01 2024-01-01T00:00:00 2024-01-01_00:00:00Z",
            ),
            (
                "uuid",
                "00000000-0000-0000-0000-00000000000A",
                "00000000-0000-0000-0000-00000000000 0000000000000000-0000-0000-0000-0000 g0000000-0000-0000-0000-000000000000",
            ),
            ("ipv4", "0.0.0.0 255.255.255.255", "1.2.3 256.0.0.1 01.2.3.4"),
            ("ipv6", ":: ::1 1:2:3:4:5:6:7:8 ::ffff:1.2.3.4", "1:2 ::1%eth0 12345::"),
            ("hostname", "a a-b.example 1.2", "-a a- a..b a_b"),
            ("email", "a@b a.b+c@x.example", "a a@ @b a..b@c a@b_c .a@b"),
            ("byte", "YQ== YWI= YWJj", "YQ YQ= Y=== YW-j"),
            ("base64url", "YQ YQ== YW-_", "Y YW+j YQ="),
        ] {
            let row = GRAMMARS.iter().find(|it| it.0 == format).unwrap();
            for text in good.split(' ') {
                assert!((row.2)(text), "{format} takes {text}");
            }
            for text in bad.split(' ') {
                assert!(!(row.2)(text), "{format} refuses {text}");
            }
        }
        assert!(is_base64("") && !is_hostname("") && !is_date(""));
        assert!(!is_hostname(&"a".repeat(64)));
    }

    #[test]
    fn ranges_are_those_of_the_registry_unless_switched_off() {
        let text = |it: Option<(serde_json::Value, serde_json::Value)>| {
            it.map(|it| format!("{}..{}", it.0, it.1))
        };
        for (format, expected) in [
            ("int32", Some("-2147483648..2147483647")),
            ("int64", Some("-9223372036854775808..9223372036854775807")),
            ("uint64", Some("0..18446744073709551615")),
            ("float", None),
        ] {
            assert_eq!(text(range(format, Formats::Numeric)).as_deref(), expected);
            assert_eq!(range(format, Formats::None), None);
        }
        assert_eq!(exact("date", Formats::Numeric), None);
        assert_eq!(exact("date", Formats::All), Some("exact-date"));
        assert_eq!(exact("uri", Formats::All), None);
    }
}
