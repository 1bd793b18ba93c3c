//! Deprecation, sunset and stability (`x-sunset`, `x-stability-level`).

use kernel::{Timestamp, parse_date};

use crate::{
    Evidence, Located, Rule, Stability,
    compare::work::{Cause, Pair, Work},
    operations::{Listed, Reading},
};

/// A day in `x-sunset`: RFC 3339 date or date-time. Days until it, from an instant.
pub(crate) fn days_until(text: &str, now: Timestamp) -> Option<i64> {
    let date = parse_date(text).ok();
    let date = date.or_else(|| text.parse::<Timestamp>().ok().map(Timestamp::date));
    date.map(|it| now.days_until(it))
}

/// Is it deprecated, and its last day over?
pub(crate) fn is_over(reading: Reading, at: &Located, now: Timestamp) -> bool {
    let is_deprecated = reading.flag(at, "deprecated") == Some(true);
    let sunset = reading.text(at, "x-sunset").and_then(|it| days_until(it, now));
    is_deprecated && sunset.is_some_and(|it| it < 0)
}

/// What an operation promises of itself, said at its path if not at it.
pub(crate) fn stability(reading: Reading, listed: &Listed) -> Stability {
    let said = reading.text(&listed.at, "x-stability-level");
    let said = said.or_else(|| reading.text(&listed.item, "x-stability-level"));
    match said {
        Some("draft") => Stability::Draft,
        Some("alpha") => Stability::Alpha,
        Some("beta") => Stability::Beta,
        _ => Stability::Stable,
    }
}

/// Compares what two operations say of their own life.
pub(crate) fn compare(work: &mut Work, pair: &Pair) {
    let (base, head) = (&pair.base.listed, &pair.head.listed);
    let (was, is) = (stability(work.base, base), stability(work.head, head));
    if is < was {
        let name = |it: Stability| format!("{it:?}").to_lowercase();
        tell(
            work,
            pair,
            Told {
                rule: Rule::StabilityLowered,
                message: format!("the operation was `{}` and is `{}` now", name(was), name(is)),
                remedy: format!("keep `x-stability-level: {}`", name(was)),
                texts: (Some(name(was)), Some(name(is))),
                member: "x-stability-level",
            },
        );
    }
    let deprecated = |reading: Reading, at| reading.flag(at, "deprecated") == Some(true);
    let was = deprecated(work.base, &base.at);
    if deprecated(work.head, &head.at) {
        deprecation(work, pair, was, is);
    }
}

fn deprecation(work: &mut Work, pair: &Pair, was_deprecated: bool, stability: Stability) {
    let text = |reading: Reading, at| reading.text(at, "x-sunset").map(ToOwned::to_owned);
    let base = text(work.base, &pair.base.listed.at).filter(|_| was_deprecated);
    let head = text(work.head, &pair.head.listed.at);
    if !was_deprecated {
        tell(
            work,
            pair,
            Told {
                rule: Rule::OperationDeprecated,
                message: match &head {
                    Some(day) => format!("the operation is deprecated and ends on {day}"),
                    None => "the operation is deprecated".to_owned(),
                },
                remedy: "nothing to do".to_owned(),
                texts: (None, Some(head.clone().unwrap_or_else(|| "deprecated".to_owned()))),
                member: "deprecated",
            },
        );
    }
    let Some(day) = head else {
        let had_one = base.is_some();
        if had_one || work.settings.require_sunset && !was_deprecated {
            tell(
                work,
                pair,
                Told {
                    rule: Rule::SunsetMissing,
                    message: "the operation is deprecated without a last day".to_owned(),
                    remedy: "add `x-sunset: YYYY-MM-DD`".to_owned(),
                    texts: (base, None),
                    member: "deprecated",
                },
            );
        }
        return;
    };
    soon(work, pair, (base, &day), stability);
}

fn soon(work: &mut Work, pair: &Pair, (base, day): (Option<String>, &str), stability: Stability) {
    let now = work.settings.now;
    let Some(left) = days_until(day, now) else { return };
    let before = base.as_deref().and_then(|it| days_until(it, now));
    let notice = match stability {
        Stability::Stable => work.settings.stable_days,
        Stability::Beta => work.settings.beta_days,
        Stability::Draft | Stability::Alpha => 0,
    };
    if before == Some(left) {
        return;
    }
    let is_nearer = before.is_some_and(|it| left < it);
    let is_short = before.is_none() && left < i64::from(notice);
    if is_nearer || is_short {
        tell(
            work,
            pair,
            Told {
                rule: Rule::SunsetTooSoon,
                message: match &base {
                    Some(base) if is_nearer => {
                        format!("the last day moved nearer, from {base} to {day}")
                    }
                    _ => format!("the last day {day} leaves {left} days; {notice} were promised"),
                },
                remedy: match &base {
                    Some(base) if is_nearer => format!("keep `x-sunset: {base}` or a later day"),
                    _ => format!("move `x-sunset` to a day that is at least {notice} days away"),
                },
                texts: (base, Some(day.to_owned())),
                member: "x-sunset",
            },
        );
    }
}

struct Told {
    rule: Rule,
    message: String,
    remedy: String,
    texts: (Option<String>, Option<String>),
    member: &'static str,
}

fn tell(work: &mut Work, pair: &Pair, told: Told) {
    let Told { rule, message, remedy, texts, member } = told;
    let spot =
        |at: &Located| Some(crate::Spot { file: at.file, pointer: at.pointer.child(member) });
    let base = work
        .base
        .surviving(&spot(&pair.base.listed.at).unwrap_or_else(|| pair.base.listed.at.spot()));
    work.tell(Cause {
        rule,
        operation: &pair.label,
        subject: pair.label.clone(),
        message,
        remedy,
        base,
        head: spot(&pair.head.listed.at),
        evidence: Evidence::Texts { base: texts.0, head: texts.1 },
    });
}
