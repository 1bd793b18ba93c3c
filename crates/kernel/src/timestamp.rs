use std::{fmt, str::FromStr};

use jiff::{civil::Date, tz::TimeZone};
use serde::{Serialize, Serializer};

/// An instant in whole seconds, written as RFC 3339 in UTC.
///
/// `main` reads the clock once; everything else gets the instant as a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(jiff::Timestamp);

/// The text is no instant or day we can read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no RFC 3339 time like `2027-03-31T12:00:00Z`")]
pub struct MalformedTime(String);

impl Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z; nothing for years before -9999 or after 9999.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        jiff::Timestamp::from_second(seconds).ok().map(Self)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0.as_second()
    }

    /// The day in UTC.
    #[must_use]
    pub fn date(self) -> Date {
        self.0.to_zoned(TimeZone::UTC).date()
    }

    /// The form in file names: `20270331-120000`.
    #[must_use]
    pub fn compact(self) -> String {
        self.0.strftime("%Y%m%d-%H%M%S").to_string()
    }

    /// Whole days from this instant's day to another day; negative if that is past.
    #[must_use]
    pub fn days_until(self, day: Date) -> i64 {
        day.duration_since(self.date()).as_secs().div_euclid(86_400)
    }
}

impl FromStr for Timestamp {
    type Err = MalformedTime;

    fn from_str(text: &str) -> Result<Self, MalformedTime> {
        let instant: jiff::Timestamp = text.parse().map_err(|_| MalformedTime(text.to_owned()))?;
        Self::from_seconds(instant.as_second()).ok_or_else(|| MalformedTime(text.to_owned()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads a day: `2027-03-31`.
pub fn parse_date(text: &str) -> Result<Date, MalformedTime> {
    let is_day = text.len() == 10;
    is_day.then(|| text.parse().ok()).flatten().ok_or_else(|| MalformedTime(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_survives_its_own_text() {
        for text in ["2027-03-31T23:59:59Z", "1970-01-01T00:00:00Z", "2024-02-29T00:00:00Z"] {
            let instant: Timestamp = text.parse().unwrap();
            assert_eq!(instant.to_string(), text);
        }
        let with_offset: Timestamp = "2027-04-01T01:30:00.75+02:00".parse().unwrap();
        assert_eq!(with_offset.to_string(), "2027-03-31T23:30:00Z");
        assert_eq!(with_offset.compact(), "20270331-233000");
        assert!("2027-03-31".parse::<Timestamp>().is_err());
    }

    #[test]
    fn days_are_counted_in_utc() {
        let now: Timestamp = "2027-03-30T23:59:59Z".parse().unwrap();
        assert_eq!(now.days_until(parse_date("2027-03-31").unwrap()), 1);
        assert_eq!(now.days_until(parse_date("2027-03-30").unwrap()), 0);
        assert_eq!(now.days_until(parse_date("2026-03-30").unwrap()), -365);
        assert_eq!(now.days_until(parse_date("9999-12-31").unwrap()), 2_911_989);
        assert!(parse_date("2027-02-30").is_err());
        assert!(parse_date("2027-02-03T00:00:00").is_err());
    }
}
