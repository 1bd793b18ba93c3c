use std::borrow::Cow;

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
    let change = more as i128 - less as i128;
    if let Ok(it) = exponent.parse::<i64>() {
        return (i128::from(it) + change).to_string();
    }
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", exponent.trim_start_matches('+')),
    };
    let digits = digits.trim_start_matches('0');
    let change = if sign.is_empty() { change } else { -change };
    match digits.parse::<i128>() {
        Ok(it) if digits.len() < 30 => match it + change {
            0 => "0".to_owned(),
            it => format!("{sign}{it}"),
        },
        _ => format!("{sign}{}", shifted(digits, change)),
    }
}

/// Adds a small number to one of at least thirty digits, in time that grows with its length.
fn shifted(digits: &str, change: i128) -> String {
    const N_LOW: usize = 20;
    const LIMIT: i128 = 10_i128.pow(20);
    let (high, low) = digits.split_at(digits.len().saturating_sub(N_LOW));
    let low = low.parse::<i128>().unwrap_or_default() + change;
    let mut high = high.as_bytes().to_vec();
    let (from, to) = if low < 0 { (b'0', b'9') } else { (b'9', b'0') };
    if !(0..LIMIT).contains(&low) {
        let rippled = high.iter().rev().take_while(|it| **it == from).count();
        let border = high.len() - rippled;
        high.iter_mut().skip(border).for_each(|it| *it = to);
        match border.checked_sub(1).and_then(|it| high.get_mut(it)) {
            Some(it) if low < 0 => *it -= 1,
            Some(it) => *it += 1,
            None => high.insert(0, b'1'),
        }
    }
    let high = String::from_utf8(high).unwrap_or_default();
    format!("{}{:020}", high.trim_start_matches('0'), low.rem_euclid(LIMIT))
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

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

    #[test]
    fn long_exponents_are_added_as_integers_are() {
        let zeros = |n: usize| "0".repeat(n);
        let rows = [
            "9".repeat(19),
            "9".repeat(20),
            "9".repeat(29),
            "9".repeat(30),
            "9".repeat(45),
            format!("1{}", zeros(19)),
            format!("1{}", zeros(29)),
            format!("1{}", zeros(45)),
            format!("12{}3", zeros(40)),
            format!("0001{}7", zeros(30)),
        ];
        for digits in rows {
            for sign in ["", "-", "+"] {
                check_sums(&format!("{sign}{digits}"));
            }
        }
    }

    fn check_sums(exponent: &str) {
        let number: BigInt = exponent.trim_start_matches('+').parse().unwrap();
        let changes: [(usize, usize); 6] = [(0, 0), (1, 0), (0, 1), (5, 0), (0, 8), (1_000_000, 1)];
        for (more, less) in changes {
            let expected = (&number + more - less).to_string();
            assert_eq!(add(exponent, more, less), expected, "{exponent} {more} {less}");
        }
    }
}
