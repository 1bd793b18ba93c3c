//! What a migration is known by: everything that it writes, but for its days.

use contracts::migration::Dates;
use kernel::Digest;

use crate::contract_gate::migrate::Change;

/// The digest of a plan. Days take no part: the same plan tomorrow is the same plan.
#[must_use]
pub fn plan_digest(changes: &[Change], dates: &Dates) -> String {
    let mut text = String::new();
    for change in changes {
        text.push_str(&without_days(change.path.as_str(), dates));
        text.push('\0');
        text.push_str(&without_days(without_seal(&change.after), dates));
        text.push('\0');
    }
    Digest::of(text.as_bytes()).to_string()
}

/// The first line of our files holds a digest of the rest, days included.
fn without_seal(text: &str) -> &str {
    match text.split_once('\n') {
        Some((first, rest)) if first.contains("checks:migrate v1 ") => rest,
        _ => text,
    }
}

fn without_days(text: &str, dates: &Dates) -> String {
    let mut text = text.to_owned();
    for (at, word) in [(dates.deprecated, "‹since›"), (dates.sunset, "‹until›")] {
        let date = at.date();
        // As contracts, routes (RFC 9745, RFC 8594) and people write a day.
        let forms = [
            at.to_string(),
            date.to_string(),
            format!("@{}", at.seconds()),
            date.strftime("%a, %d %b %Y").to_string(),
        ];
        for form in forms {
            text = text.replace(&form, word);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use kernel::RepoPath;

    use super::*;

    #[test]
    fn days_take_no_part_and_everything_else_does() {
        let digest = |since: &str, until: &str, rest: &str| {
            let dates = Dates {
                deprecated: format!("{since}T08:00:00Z").parse().unwrap(),
                sunset: format!("{until}T00:00:00Z").parse().unwrap(),
            };
            let body = format!("until {until}, since @{}, {rest}\n", dates.deprecated.seconds());
            let seal = Digest::of(body.as_bytes());
            let after = format!("// checks:migrate v1 {seal}\n{body}");
            let path = RepoPath::new(&format!("docs/{since}-shop.md")).unwrap();
            plan_digest(&[Change { path, before: None, after }], &dates)
        };
        let first = digest("2026-11-21", "2027-06-03", "a");
        assert_eq!(digest("2026-11-22", "2027-06-04", "a"), first);
        assert_ne!(digest("2026-11-21", "2027-06-03", "b"), first);
    }
}
