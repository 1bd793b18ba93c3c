//! Exact decimals: every number a document can write, compared by value.
//!
//! Nothing here allocates by the size of an exponent: where the exact result would need more than
//! [`MAX_DIGITS`] digits, the answer is `None`, "too big".

mod arithmetic;
#[cfg(test)]
mod tests;

use std::{cmp::Ordering, fmt};

use num_bigint::{BigInt, Sign};
use num_integer::Integer;

/// The most digits that a mantissa may have, and the most zeros that are written out to align two numbers.
pub const MAX_DIGITS: usize = 10_000;

/// Beyond it, the exponent of a number is not read: sums of exponents must stay in 64 bits.
const MAX_EXPONENT: i64 = i64::MAX / 8;

/// A decimal number without rounding: `mantissa × 10^exponent`.
///
/// The mantissa is no multiple of ten and zero has the exponent 0, so equality and hash are those of the value:
/// `1`, `1.0` and `10e-1` are one number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: BigInt,
    exponent: i64,
}

impl Decimal {
    /// Reads the text of a JSON number; `None` if it is none, or one too big to reckon with.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) =
            text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (significand, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((significand, exponent)) => (significand, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match significand.split_once('.') {
            Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
            Some(_) => return None,
            None => (significand, ""),
        };
        if !is_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
            return None;
        }
        let digits = format!("{whole}{fraction}");
        let digits_up_to_last = digits.trim_end_matches('0');
        let stripped = i64::try_from(digits.len() - digits_up_to_last.len()).ok()?;
        let core = digits_up_to_last.trim_start_matches('0');
        if core.is_empty() {
            return Some(Self::zero());
        }
        if core.len() > MAX_DIGITS {
            return None;
        }
        let exponent =
            exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(stripped)?;
        let magnitude: BigInt = core.parse().ok()?;
        let mantissa = if negative { -magnitude } else { magnitude };
        (exponent.abs() <= MAX_EXPONENT).then_some(Self { mantissa, exponent })
    }

    /// The number 0.
    #[must_use]
    pub fn zero() -> Self {
        Self { mantissa: BigInt::ZERO, exponent: 0 }
    }

    /// The number 1.
    #[must_use]
    pub fn one() -> Self {
        Self::from(1_i64)
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.mantissa.sign() == Sign::NoSign
    }

    /// Whether it is below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.mantissa.sign() == Sign::Minus
    }

    /// Whether it is above 0.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.mantissa.sign() == Sign::Plus
    }

    /// Whether it is a whole number, however written: `1.0` and `1e400` are.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self.clone() } else { self.clone() }
    }

    /// As a small integer, if it is one.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        if !(0..=18).contains(&self.exponent) {
            return None;
        }
        let factor = 10_i64.checked_pow(u32::try_from(self.exponent).ok()?)?;
        i64::try_from(&self.mantissa).ok()?.checked_mul(factor)
    }

    /// As a number of `serde_json`, in the shortest exact form.
    #[must_use]
    pub fn to_number(&self) -> serde_json::Number {
        self.to_string()
            .parse()
            .expect("the printed form is a JSON number, and those are kept as text")
    }

    /// Brings `mantissa × 10^exponent` to its normal form; `None` if it is too big.
    fn normalised(mut mantissa: BigInt, mut exponent: i64) -> Option<Self> {
        if mantissa.sign() == Sign::NoSign {
            return Some(Self::zero());
        }
        // Strip zeros by halving powers, so that a long row of them costs few divisions.
        for power in [4_096_u32, 256, 16, 1] {
            // A power of ten has more than three bits for each of its zeros.
            if mantissa.bits() <= u64::from(power) * 3 {
                continue;
            }
            let divisor = BigInt::from(10).pow(power);
            let (mut quotient, mut rest) = mantissa.div_rem(&divisor);
            while rest.sign() == Sign::NoSign {
                exponent = exponent.checked_add(i64::from(power))?;
                mantissa = quotient;
                (quotient, rest) = mantissa.div_rem(&divisor);
            }
        }
        let fits = exponent.abs() <= MAX_EXPONENT && digits_at_least(&mantissa) <= MAX_DIGITS;
        fits.then_some(Self { mantissa, exponent })
    }

    /// The mantissa with `zeros` zeros behind it; `None` if that is too long.
    fn shifted(&self, zeros: i64) -> Option<BigInt> {
        if self.is_zero() {
            return Some(BigInt::ZERO);
        }
        let zeros = u32::try_from(zeros).ok().filter(|zeros| *zeros as usize <= MAX_DIGITS)?;
        Some(&self.mantissa * BigInt::from(10).pow(zeros))
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self::normalised(BigInt::from(value), 0).expect("64 bits are a few digits")
    }
}

impl From<u64> for Decimal {
    fn from(value: u64) -> Self {
        Self::normalised(BigInt::from(value), 0).expect("64 bits are a few digits")
    }
}

impl std::ops::Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        Self { mantissa: -self.mantissa, exponent: self.exponent }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_sign = self.mantissa.sign().cmp(&other.mantissa.sign());
        if by_sign != Ordering::Equal || self.is_zero() {
            return by_sign;
        }
        let by_magnitude = compare_magnitude(self, other);
        if self.is_negative() { by_magnitude.reverse() } else { by_magnitude }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.magnitude().to_string();
        let sign = if self.is_negative() { "-" } else { "" };
        let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
        // The bounds of ECMAScript, whose short forms everyone knows.
        if (0..=20).contains(&self.exponent) {
            let zeros = "0".repeat(usize::try_from(self.exponent).unwrap_or(0));
            return write!(formatter, "{sign}{digits}{zeros}");
        }
        let point = length.saturating_add(self.exponent);
        if self.exponent < 0 && point > 0 {
            let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
            return write!(formatter, "{sign}{whole}.{fraction}");
        }
        if self.exponent < 0 && point > -6 {
            let zeros = "0".repeat(usize::try_from(-point).unwrap_or(0));
            return write!(formatter, "{sign}0.{zeros}{digits}");
        }
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        write!(formatter, "{sign}{first}{dot}{rest}e{}", point - 1)
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn parse_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !is_digits(digits) {
        return None;
    }
    let exponent: i64 = digits
        .trim_start_matches('0')
        .parse()
        .or_else(|error| match digits.trim_matches('0') {
            "" => Ok(0),
            _ => Err(error),
        })
        .ok()?;
    Some(if negative { -exponent } else { exponent })
}

/// A lower bound of the number of digits that is at most one too small.
fn digits_at_least(mantissa: &BigInt) -> usize {
    // log10(2) = 0.30102999566…; a number of b bits is at least 2^(b-1).
    usize::try_from(mantissa.bits().saturating_sub(1).saturating_mul(30_102) / 100_000)
        .unwrap_or(usize::MAX)
        + 1
}

fn compare_magnitude(one: &Decimal, other: &Decimal) -> Ordering {
    let length = |decimal: &Decimal| i64::try_from(decimal.mantissa.bits()).unwrap_or(i64::MAX);
    // Decimal places of the first digit, bounded from below and above by the binary length.
    let lowest = |decimal: &Decimal| decimal.exponent + (length(decimal) - 1) * 3 / 10;
    let highest = |decimal: &Decimal| decimal.exponent + length(decimal) / 3 + 1;
    if lowest(one) > highest(other) {
        return Ordering::Greater;
    }
    if lowest(other) > highest(one) {
        return Ordering::Less;
    }
    // Here the exponents differ by no more than the digits that both have.
    let exponent = one.exponent.min(other.exponent);
    let align = |decimal: &Decimal| {
        let zeros = u32::try_from(decimal.exponent - exponent).unwrap_or(u32::MAX);
        decimal.mantissa.magnitude() * num_bigint::BigUint::from(10_u32).pow(zeros)
    };
    align(one).cmp(&align(other))
}
