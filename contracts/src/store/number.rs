use std::borrow::Cow;

use num_bigint::BigInt;

/// One spelling for each value of a JSON number: `-0` is `0`, `1.50e1` is `15`, `1e400` stays.
pub(super) fn canonical(text: &str) -> Cow<'_, str> {
    let is_plain = !text.ends_with('0') && text.bytes().all(|it| it.is_ascii_digit());
    if text == "0" || is_plain {
        return Cow::Borrowed(text);
    }
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |it| ("-", it));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let kept = digits.trim_end_matches('0');
    if kept.is_empty() {
        return Cow::Borrowed("0");
    }
    let exponent = add(exponent, digits.len() - kept.len(), fraction.len());
    let power = if exponent == "0" { String::new() } else { format!("e{exponent}") };
    Cow::Owned(format!("{sign}{kept}{power}"))
}

/// `exponent + more - less`; exponents may have any number of digits.
fn add(exponent: &str, more: usize, less: usize) -> String {
    if let Ok(it) = exponent.parse::<i64>() {
        return (i128::from(it) + more as i128 - less as i128).to_string();
    }
    let digits = exponent.trim_start_matches('+');
    let exponent = digits.parse::<BigInt>().unwrap_or_default();
    (exponent + more - less).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_has_one_spelling() {
        let rows = [
            ("0", "0"),
            ("-0", "0"),
            ("0.000e9", "0"),
            ("1", "1"),
            ("1.0", "1"),
            ("1e0", "1"),
            ("10e-1", "1"),
            ("0.1E+1", "1"),
            ("100", "1e2"),
            ("1E2", "1e2"),
            ("-12.50", "-125e-1"),
            ("1e400", "1e400"),
            ("-9223372036854776000", "-9223372036854776e3"),
            ("1e99999999999999999999", "1e99999999999999999999"),
            ("10e99999999999999999998", "1e99999999999999999999"),
            ("0.1e-99999999999999999999", "1e-100000000000000000000"),
        ];
        for (text, expected) in rows {
            assert_eq!(canonical(text), expected, "{text}");
        }
    }
}
