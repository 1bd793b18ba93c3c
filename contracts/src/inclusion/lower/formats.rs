//! What `format` demands, where it is checked.

use crate::{decimal::Decimal, pattern::is_valid_ecma};

/// Is it a pattern of ECMA-262?
pub(super) fn is_pattern(pattern: &str) -> bool {
    is_valid_ecma(pattern)
}

/// The smallest and the largest number of an integer format of the OpenAPI format registry.
pub(super) fn range(format: &str) -> Option<(Decimal, Decimal)> {
    let (low, high) = match format {
        "int8" => ("-128", "127"),
        "int16" => ("-32768", "32767"),
        "int32" => ("-2147483648", "2147483647"),
        "int64" => ("-9223372036854775808", "9223372036854775807"),
        "uint8" => ("0", "255"),
        "uint16" => ("0", "65535"),
        "uint32" => ("0", "4294967295"),
        "uint64" => ("0", "18446744073709551615"),
        _ => return None,
    };
    Decimal::parse(low).zip(Decimal::parse(high))
}

const DAYS: &str = r"(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
const TIME: &str =
    r"(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)";
const OCTET: &str = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)";
const ATOM: &str = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL: &str = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/// The pattern of a format whose texts have an exact grammar.
pub(super) fn grammar(format: &str) -> Option<String> {
    Some(match format {
        // RFC 3339.
        "date" => format!("^{DAYS}$"),
        "time" => format!("^{TIME}$"),
        "date-time" => format!("^{DAYS}[Tt]{TIME}$"),
        // RFC 4122.
        "uuid" => "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$".to_owned(),
        // RFC 2673.
        "ipv4" => format!(r"^{OCTET}(?:\.{OCTET}){{3}}$"),
        "ipv6" => ipv6(),
        // RFC 5321: a dot-string of atoms, and a domain.
        "email" => format!(r"^{ATOM}(?:\.{ATOM})*@{LABEL}(?:\.{LABEL})*$"),
        // RFC 1123.
        "hostname" => format!(r"^{LABEL}(?:\.{LABEL})*$"),
        // RFC 4648.
        "byte" => "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$".to_owned(),
        "base64url" => {
            "^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}(?:==)?|[A-Za-z0-9_-]{3}=?)?$".to_owned()
        }
        _ => return None,
    })
}

/// RFC 4291: eight groups, one run of which may be left out; the last two may be an IPv4 address.
fn ipv6() -> String {
    let group = "[0-9A-Fa-f]{1,4}";
    let v4 = format!(r"{OCTET}(?:\.{OCTET}){{3}}");
    let tail = format!("(?:{group}:{group}|{v4})");
    let groups = |count: usize| match count {
        0 => String::new(),
        1 => group.to_owned(),
        _ => format!("{group}(?::{group}){{{}}}", count - 1),
    };
    let mut forms = vec![format!("(?:{group}:){{6}}{tail}")];
    for n_before in 0..=7 {
        let before = groups(n_before);
        for n_after in 0..=7 - n_before {
            forms.push(format!("{before}::{}", groups(n_after)));
        }
        // The address counts as two groups.
        for n_after in 0..(6_usize.saturating_sub(n_before)) {
            let colon = if n_after == 0 { "" } else { ":" };
            forms.push(format!("{before}::{}{colon}{v4}", groups(n_after)));
        }
    }
    format!("^(?:{})$", forms.join("|"))
}
