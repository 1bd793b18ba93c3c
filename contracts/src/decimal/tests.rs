use std::{
    cmp::Ordering,
    hash::{DefaultHasher, Hash, Hasher},
};

use num_bigint::BigInt;
use num_integer::Integer;
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};

use super::{Decimal, MAX_DIGITS};

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap_or_else(|| panic!("`{text}` is a number"))
}

fn hash(decimal: &Decimal) -> u64 {
    let mut hasher = DefaultHasher::new();
    decimal.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn equal_values_are_equal_however_written() {
    let rows: [&[&str]; 6] = [
        &["0", "-0", "0.0", "0e5", "-0.000e-7", "0e999999999"],
        &["1", "1.0", "10e-1", "0.1e1", "0.01E+2", "1e00", "1e0000000000000000000000000"],
        &["-20", "-2e1", "-0.2e2"],
        &["1e400", "10e399", "0.1e401"],
        &["-9223372036854776000", "-9223372036854776e3"],
        &["1e-999999999", "0.1e-999999998"],
    ];
    for row in rows {
        for text in row {
            assert_eq!(decimal(text), decimal(row[0]), "{text}");
            assert_eq!(hash(&decimal(text)), hash(&decimal(row[0])), "{text}");
            assert_eq!(decimal(text).cmp(&decimal(row[0])), Ordering::Equal, "{text}");
        }
    }
}

#[test]
fn what_is_no_json_number_or_too_big_is_not_read() {
    let long = "1".repeat(MAX_DIGITS + 1);
    let rows = [
        "",
        "-",
        "+1",
        "01",
        ".5",
        "5.",
        "1e",
        "1e+",
        "1.e1",
        "0x1",
        "NaN",
        "1 ",
        "--1",
        "1e1.0",
        "1e99999999999999999999",
    ];
    for text in rows.into_iter().chain([long.as_str()]) {
        assert_eq!(Decimal::parse(text), None, "{text}");
    }
    assert_eq!(decimal("0e99999999999999999").to_string(), "0");
    assert_eq!(decimal(&format!("1{}", "0".repeat(1_000_000))).to_string(), "1e1000000");
}

#[test]
fn the_printed_form_is_short_and_reads_back() {
    let rows = [
        ("1.0", "1"),
        ("-0", "0"),
        ("100", "100"),
        ("1e20", "100000000000000000000"),
        ("1e21", "1e21"),
        ("15e20", "1500000000000000000000"),
        ("1.50e400", "1.5e400"),
        ("0.5", "0.5"),
        ("-12.250", "-12.25"),
        ("0.000001", "0.000001"),
        ("0.0000001", "1e-7"),
        ("1.25e-30", "1.25e-30"),
        ("9223372036854775808", "9223372036854775808"),
        ("1e999999999", "1e999999999"),
    ];
    for (text, expected) in rows {
        assert_eq!(decimal(text).to_string(), expected);
        assert_eq!(decimal(expected), decimal(text));
        assert_eq!(
            decimal(text).to_number().to_string(),
            expected.replace("e2", "e+2").replace("e4", "e+4").replace("e9", "e+9")
        );
    }
}

#[test]
fn order_is_numeric_and_cheap() {
    let ascending = [
        "-1e999999999",
        "-1e400",
        "-11",
        "-2.5",
        "-1e-999999999",
        "0",
        "1e-999999999",
        "0.1",
        "0.25",
        "1",
        "1.0000001",
        "9.99",
        "10",
        "99",
        "100",
        "1e400",
        "1e999999999",
    ];
    for (idx, left) in ascending.iter().enumerate() {
        for (other, right) in ascending.iter().enumerate() {
            assert_eq!(decimal(left).cmp(&decimal(right)), idx.cmp(&other), "{left} {right}");
        }
    }
}

#[test]
fn huge_exponents_are_answered_or_too_big_but_never_written_out() {
    let huge = decimal("1e999999999");
    let one = Decimal::one();
    assert_eq!(huge.add(&one), None);
    assert_eq!(huge.sub(&huge), Some(Decimal::zero()));
    assert_eq!(huge.mul(&huge), Some(decimal("1e1999999998")));
    assert!(huge.is_multiple_of(&decimal("8")));
    assert!(!huge.is_multiple_of(&decimal("3")));
    assert!(huge.is_multiple_of(&decimal("1e-999999999")));
    assert!(!decimal("1e-999999999").is_multiple_of(&one));
    assert_eq!(
        Decimal::next_multiple_above(&decimal("1e-999999999"), &one, false),
        Some(one.clone())
    );
    assert_eq!(
        Decimal::next_multiple_below(&decimal("1e-999999999"), &one, false),
        Some(Decimal::zero())
    );
    assert_eq!(Decimal::next_multiple_above(&huge, &one, false), Some(huge.clone()));
    assert_eq!(Decimal::next_multiple_above(&huge, &one, true), None);
    assert_eq!(huge.lcm(&one), Some(huge.clone()));
    assert_eq!(huge.lcm(&decimal("3")), None);
}

#[test]
fn multiples_are_exact() {
    let above = [
        ("0.1", "0.3", false, "0.3"),
        ("0.3", "0.1", true, "0.4"),
        ("-0.35", "0.1", false, "-0.3"),
        ("7", "2.5", false, "7.5"),
        ("0", "3", true, "3"),
        ("-1", "3", false, "0"),
    ];
    for (bound, step, exclusive, expected) in above {
        assert_eq!(
            Decimal::next_multiple_above(&decimal(bound), &decimal(step), exclusive),
            Some(decimal(expected)),
            "{bound} {step}"
        );
    }
    let below = [
        ("0.1", "0.3", false, "0"),
        ("0.3", "0.1", true, "0.2"),
        ("-0.35", "0.1", false, "-0.4"),
        ("7", "2.5", false, "5"),
        ("0", "3", true, "-3"),
    ];
    for (bound, step, exclusive, expected) in below {
        assert_eq!(
            Decimal::next_multiple_below(&decimal(bound), &decimal(step), exclusive),
            Some(decimal(expected)),
            "{bound} {step}"
        );
    }
    assert_eq!(decimal("0.3").lcm(&decimal("0.2")), Some(decimal("0.6")));
    assert_eq!(decimal("4").lcm(&decimal("6")), Some(decimal("12")));
    assert!(decimal("0.3").is_multiple_of(&decimal("0.1")));
    assert!(!decimal("4.51").is_multiple_of(&decimal("0.02")));
    assert!(Decimal::zero().is_multiple_of(&Decimal::zero()));
    assert_eq!(Decimal::next_multiple_above(&Decimal::one(), &Decimal::zero(), false), None);
}

/// Mantissa and power of ten; the value is compared as an integer after scaling by 10^30.
fn small() -> impl Strategy<Value = (i64, i32)> {
    (proptest::num::i64::ANY.prop_map(|value| value >> (value & 63)), -12..=12)
}

fn text((mantissa, exponent): (i64, i32)) -> String {
    format!("{mantissa}e{exponent}")
}

fn scaled((mantissa, exponent): (i64, i32)) -> BigInt {
    BigInt::from(mantissa) * BigInt::from(10).pow(u32::try_from(exponent + 30).unwrap())
}

fn unscaled(value: &BigInt) -> Decimal {
    decimal(&format!("{value}e-30"))
}

proptest! {
    #[test]
    fn reckoning_agrees_with_big_integers(one in small(), other in small()) {
        let (left, right) = (decimal(&text(one)), decimal(&text(other)));
        let (big_left, big_right) = (scaled(one), scaled(other));
        prop_assert_eq!(left.cmp(&right), big_left.cmp(&big_right));
        prop_assert_eq!(left == right, big_left == big_right);
        prop_assert_eq!(left.add(&right).unwrap(), unscaled(&(&big_left + &big_right)));
        prop_assert_eq!(left.sub(&right).unwrap(), unscaled(&(&big_left - &big_right)));
        prop_assert_eq!(left.mul(&right).unwrap(), decimal(&format!("{}e-60", &big_left * &big_right)));
        prop_assert_eq!(decimal(&left.to_string()), left.clone());
        prop_assert_eq!(left.is_integer(), big_left.is_multiple_of(&BigInt::from(10).pow(30)));
        if right.is_positive() {
            prop_assert_eq!(left.is_multiple_of(&right), big_left.is_multiple_of(&big_right));
            prop_assert_eq!(left.floor_div(&right).unwrap(), big_left.div_floor(&big_right));
            let above = -(-&big_left).div_floor(&big_right) * &big_right;
            prop_assert_eq!(Decimal::next_multiple_above(&left, &right, false).unwrap(), unscaled(&above));
            let below = big_left.div_floor(&big_right) * &big_right;
            prop_assert_eq!(Decimal::next_multiple_below(&left, &right, false).unwrap(), unscaled(&below));
            let strictly = Decimal::next_multiple_above(&left, &right, true).unwrap();
            prop_assert!(strictly > left && strictly.is_multiple_of(&right));
            prop_assert!(strictly.sub(&right).unwrap() <= left);
            if left.is_positive() {
                prop_assert_eq!(left.lcm(&right).unwrap(), unscaled(&big_left.lcm(&big_right)));
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,12}|[-+.eE0-9]{0,24}") {
        if let Some(read) = Decimal::parse(&text) {
            prop_assert_eq!(Decimal::parse(&read.to_string()), Some(read));
        }
    }
}
