use std::collections::BTreeSet;

use kernel::{Place, Stop, Timestamp, Waiver, Witness};
use serde::Serialize;
use serde_json::Value as Json;

use crate::{
    config::Setting,
    context::Context,
    policy::Policy,
    policy_gate::reread::{text_of, waivers},
};

/// A waiver and the instant at which it is judged.
#[derive(Debug, Serialize)]
pub(crate) struct WaiverShown {
    /// The rule whose finding it lets stay.
    pub(crate) rule: String,
    /// Its subject.
    pub(crate) subject: String,
    /// Its last day, as written; null if it has none.
    pub(crate) expires: Option<String>,
    /// The instant of the run.
    pub(crate) now: Timestamp,
}

/// The text that the waiver stands in, and what is said to be wrong with it.
pub(crate) struct WaiverText {
    /// Head's `checks.toml`.
    pub(crate) text: String,
    /// The fault.
    pub(crate) fault: Fault,
}

/// What may be wrong with a waiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Reason, owner or expiry are not told.
    Incomplete,
    /// It lasts more days than this, from now.
    TooLong(i64),
    /// Its last day is over.
    Expired,
    /// Its rule found nothing but these, none of which it names.
    Idle(BTreeSet<String>),
    /// The same for the rule that takes no globs.
    Unnamed(BTreeSet<String>),
}

impl WaiverText {
    /// Head's text, as it is read now.
    pub(crate) fn read(cx: &Context<'_>, fault: Fault) -> Result<Self, Stop> {
        let bytes = cx.head().bytes(&cx.policy.path).map_err(Stop::Undecided)?;
        Ok(Self { text: text_of(&bytes), fault })
    }
}

/// A waiver of head with the places of what it says.
pub(crate) struct Written<'a> {
    /// What it says.
    pub(crate) waiver: &'a Waiver,
    setting: &'a Setting,
}

/// Head's waivers, in the order of the file.
pub(crate) fn written(policy: &Policy) -> impl Iterator<Item = Written<'_>> {
    let settings = policy.head.get("waivers").map_or(&[][..], Setting::items);
    // Every waiver has a rule and a subject, so that both lists have the same length.
    policy.config.waivers.iter().zip(settings).map(|(waiver, setting)| Written { waiver, setting })
}

impl Written<'_> {
    /// Where a member stands; the waiver itself if it has none.
    pub(crate) fn place_of(&self, member: &str) -> Place {
        self.setting.get(member).unwrap_or(self.setting).place.clone()
    }

    /// What a complete waiver has and this one has not.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let is_told = |it: Option<&str>| it.is_some_and(|it| !it.trim().is_empty());
        let waiver = self.waiver;
        let told = [
            ("reason", is_told(waiver.reason.as_deref())),
            ("owner", is_told(waiver.owner.as_deref())),
            ("last day", waiver.expires.is_some()),
        ];
        told.into_iter().filter(|(_, is_told)| !is_told).map(|(name, _)| name).collect()
    }

    /// What findings about this waiver are about.
    pub(crate) fn subject(&self) -> String {
        format!("{} {}", self.waiver.rule, self.waiver.subject)
    }

    /// The witness.
    pub(crate) fn shown(&self, now: Timestamp) -> WaiverShown {
        let expires = self.setting.get("expires").and_then(Setting::text).map(str::to_owned);
        let (rule, subject) = (self.waiver.rule.clone(), self.waiver.subject.clone());
        WaiverShown { rule, subject, expires, now }
    }
}

impl Witness for WaiverShown {
    const KIND: &'static str = "waiver";
    type World = WaiverText;

    fn replay(&self, world: &WaiverText) -> bool {
        let waivers = waivers(&world.text);
        waivers.iter().filter(|it| self.is(it)).any(|it| self.has(it, &world.fault))
    }
}

impl WaiverShown {
    fn is(&self, waiver: &Json) -> bool {
        let text = |name: &str| waiver.get(name).and_then(Json::as_str);
        text("rule") == Some(&self.rule)
            && text("subject") == Some(&self.subject)
            && text("expires") == self.expires.as_deref()
    }

    fn has(&self, waiver: &Json, fault: &Fault) -> bool {
        let is_blank = |name: &str| {
            waiver.get(name).and_then(Json::as_str).is_none_or(|it| it.trim().is_empty())
        };
        match fault {
            Fault::Incomplete => ["reason", "owner", "expires"].into_iter().any(is_blank),
            Fault::TooLong(limit) => self.days_left().is_some_and(|it| it > *limit),
            Fault::Expired => self.days_left().is_some_and(|it| it < 0),
            Fault::Unnamed(subjects) => !subjects.contains(&self.subject),
            Fault::Idle(subjects) => !subjects.iter().any(|it| names(&self.subject, it)),
        }
    }

    /// Days from today to the last day.
    fn days_left(&self) -> Option<i64> {
        let today = self.now.seconds().div_euclid(86_400);
        Some(day_number(self.expires.as_deref()?)? - today)
    }
}

/// The days from 1970-01-01 to `YYYY-MM-DD`, counted year by year and month by month.
fn day_number(text: &str) -> Option<i64> {
    let [year, month, day] = text.split('-').collect::<Vec<_>>().try_into().ok()?;
    let (year, month, day): (i64, usize, i64) =
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let is_leap = |it: i64| it % 4 == 0 && (it % 100 != 0 || it % 400 == 0);
    let length = |it: i64| if is_leap(it) { 366 } else { 365 };
    let years: i64 = if year < 1970 {
        -(year..1970).map(length).sum::<i64>()
    } else {
        (1970..year).map(length).sum()
    };
    let february = if is_leap(year) { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    Some(years + months.iter().take(month.checked_sub(1)?).sum::<i64>() + day - 1)
}

/// Does a waiver's subject name this one, letter by letter or by its stars? Other marks of globs
/// are left to the search.
fn names(pattern: &str, subject: &str) -> bool {
    let has_stars_only = !pattern.contains(['[', '{', '\\']);
    pattern == subject || (has_stars_only && stars_match(pattern.as_bytes(), subject.as_bytes()))
}

fn stars_match(pattern: &[u8], subject: &[u8]) -> bool {
    let (mut p, mut s, mut retry) = (0, 0, None);
    loop {
        match (pattern.get(p), subject.get(s)) {
            (Some(b'*'), _) => {
                p += 1;
                retry = Some((p, s));
            }
            (Some(b'?'), Some(_)) => (p, s) = (p + 1, s + 1),
            (Some(one), Some(other)) if one == other => (p, s) = (p + 1, s + 1),
            (None, None) => return true,
            _ => match retry {
                Some((after, taken)) if taken < subject.len() => {
                    (p, s) = (after, taken + 1);
                    retry = Some((after, taken + 1));
                }
                _ => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::parse_date;

    use super::*;
    use crate::judge::subject_matches;

    #[test]
    fn days_are_those_of_the_calendar() {
        let start: Timestamp = "1970-01-01T00:00:00Z".parse().unwrap();
        for text in
            ["1970-01-01", "1969-12-31", "1900-03-01", "2000-02-29", "2027-03-31", "9999-12-31"]
        {
            let expected = start.days_until(parse_date(text).unwrap());
            assert_eq!(day_number(text), Some(expected), "{text}");
        }
        assert_eq!(day_number("2027-03"), None);
    }

    #[test]
    fn what_the_judge_matches_the_search_matches() {
        let subjects = ["", "a", "b", "ab", "a/b", "api.example/x", "é", "a*"];
        let patterns =
            ["*", "**", "a", "a*", "?", "??", "a/*", "*b", "**/b", "a/**", "a?b", "*.example/*"];
        for pattern in patterns {
            for subject in subjects {
                let says = names(pattern, subject);
                assert!(!says || subject_matches(pattern, subject), "{pattern} on {subject}");
            }
        }
        assert!(names("a*c*", "abcd") && !names("a*c", "abcd") && names("x*", "x"));
    }

    #[test]
    fn a_fault_must_stand_in_the_text() {
        let text = "[[waivers]]\nrule = 'r'\nsubject = 's'\nreason = 'x'\nowner = '@o'\nexpires = 2027-03-31\n";
        let check = |now: &str, fault: Fault| {
            let (rule, subject) = ("r".to_owned(), "s".to_owned());
            let expires = Some("2027-03-31".to_owned());
            let witness = WaiverShown { rule, subject, expires, now: now.parse().unwrap() };
            witness.replay(&WaiverText { text: text.to_owned(), fault })
        };
        assert!(check("2027-04-01T00:00:00Z", Fault::Expired));
        assert!(!check("2027-03-31T23:59:59Z", Fault::Expired), "valid through its last day");
        assert!(check("2027-03-01T00:00:00Z", Fault::TooLong(29)));
        assert!(!check("2027-03-01T00:00:00Z", Fault::TooLong(30)));
        assert!(!check("2027-03-01T00:00:00Z", Fault::Incomplete));
        let idle = |it: &str| Fault::Idle(BTreeSet::from([it.to_owned()]));
        assert!(check("2027-03-01T00:00:00Z", idle("t")));
        assert!(!check("2027-03-01T00:00:00Z", idle("s")));
    }
}
