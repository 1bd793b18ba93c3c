//! Sums, products and multiples of exact decimals, all bounded.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;

use super::{Decimal, MAX_DIGITS, digits_at_least};

impl Decimal {
    /// The sum.
    #[must_use]
    pub fn add(&self, other: &Self) -> Option<Self> {
        if self.is_zero() {
            return Some(other.clone());
        }
        if other.is_zero() {
            return Some(self.clone());
        }
        let exponent = self.exponent.min(other.exponent);
        let sum =
            self.shifted(self.exponent - exponent)? + other.shifted(other.exponent - exponent)?;
        Self::normalised(sum, exponent)
    }

    /// The difference.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Option<Self> {
        self.add(&-other.clone())
    }

    /// The product.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Option<Self> {
        if digits_at_least(&self.mantissa) + digits_at_least(&other.mantissa) > MAX_DIGITS + 2 {
            return None;
        }
        Self::normalised(
            &self.mantissa * &other.mantissa,
            self.exponent.checked_add(other.exponent)?,
        )
    }

    /// Whether it is a whole number of steps; of a step that is 0, only 0 is.
    ///
    /// Decided for exponents of any size.
    #[must_use]
    pub fn is_multiple_of(&self, step: &Self) -> bool {
        if self.is_zero() || step.is_zero() {
            return self.is_zero();
        }
        // A mantissa is no multiple of ten, so finer digits than those of the step always leave a rest.
        let Ok(zeros) = u64::try_from(self.exponent - step.exponent) else { return false };
        let modulus = step.mantissa.magnitude();
        let power = num_bigint::BigUint::from(10_u32).modpow(&zeros.into(), modulus);
        let rest = (self.mantissa.magnitude() % modulus * power) % modulus;
        rest == num_bigint::BigUint::ZERO
    }

    /// How many whole steps lie below it: the quotient, rounded towards minus infinity. The step is positive.
    #[must_use]
    pub fn floor_div(&self, step: &Self) -> Option<BigInt> {
        if !step.is_positive() {
            return None;
        }
        if self.is_zero() {
            return Some(BigInt::ZERO);
        }
        if self.abs() < *step {
            return Some(if self.is_negative() { BigInt::from(-1) } else { BigInt::ZERO });
        }
        let exponent = self.exponent.min(step.exponent);
        let dividend = self.shifted(self.exponent - exponent)?;
        Some(dividend.div_floor(&step.shifted(step.exponent - exponent)?))
    }

    /// The smallest multiple of `step` that is not below `bound`, and not `bound` itself if that is excluded.
    /// `None` if it is too big to tell, or the step is not positive.
    #[must_use]
    pub fn next_multiple_above(bound: &Self, step: &Self, exclusive: bool) -> Option<Self> {
        if !step.is_positive() {
            return None;
        }
        if bound.is_multiple_of(step) {
            return if exclusive { bound.add(step) } else { Some(bound.clone()) };
        }
        let steps = Self::normalised(bound.floor_div(step)? + 1, 0)?;
        steps.mul(step)
    }

    /// The largest multiple of `step` that is not above `bound`, and not `bound` itself if that is excluded.
    /// `None` if it is too big to tell, or the step is not positive.
    #[must_use]
    pub fn next_multiple_below(bound: &Self, step: &Self, exclusive: bool) -> Option<Self> {
        Self::next_multiple_above(&-bound.clone(), step, exclusive).map(|above| -above)
    }

    /// The least common multiple of two positive numbers.
    #[must_use]
    pub fn lcm(&self, other: &Self) -> Option<Self> {
        if !self.is_positive() || !other.is_positive() {
            return None;
        }
        // Shared so that the common case of huge but equal steps needs no digits.
        if self.is_multiple_of(other) {
            return Some(self.clone());
        }
        if other.is_multiple_of(self) {
            return Some(other.clone());
        }
        let exponent = self.exponent.min(other.exponent);
        let here = self.shifted(self.exponent - exponent)?;
        let there = other.shifted(other.exponent - exponent)?;
        let common = here.lcm(&there);
        debug_assert_ne!(common.sign(), Sign::Minus, "both are positive");
        Self::normalised(common, exponent)
    }
}
