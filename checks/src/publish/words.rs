//! A report in the words of a comment: what to do next comes first.

use std::fmt::Write as _;

use kernel::Level;

use super::told::{Finding, Standing, Told};
use crate::report::{
    exchange,
    markdown::escape::{code, inline},
    text::{counted, cut},
};

/// Findings that are written out; the rest is counted.
const MOST_FINDINGS: usize = 20;
/// Reasons that are written out.
const MOST_REASONS: usize = 10;
/// The part of a comment that links a migration.
const MIGRATION: &str = "<!-- proofmark:migration -->";
const MIGRATION_END: &str = "<!-- proofmark:migration-end -->";

/// One line: how it stands, and what that asks for.
#[must_use]
pub fn title(told: &Told) -> String {
    match told.standing() {
        Standing::Green => "green: nothing to do".to_owned(),
        Standing::Red => format!("red: {} to repair", counted(told.red().len(), "finding")),
        Standing::Undecided => {
            format!("undecided: {} without an answer", counted(told.open().count(), "rule"))
        }
    }
}

/// The whole text, without its marker.
#[must_use]
pub fn body(told: &Told) -> String {
    let mut text = format!("**Proofmark is {}.**\n", title(told));
    text.push_str(&steps(told));
    text.push_str(&reasons(told));
    let warnings = told.worst_first().iter().filter(|it| it.level == Level::Warn).count();
    if warnings > 0 {
        let _ = write!(text, "\n{}, told in the job's summary.\n", counted(warnings, "warning"));
    }
    text.push_str(&read(told));
    text
}

/// What to do, one step for each finding, the worst first.
fn steps(told: &Told) -> String {
    let red = told.red();
    let mut text = String::new();
    let n_fixable = red.iter().filter(|it| it.fix).count();
    if n_fixable > 0 {
        let _ = write!(text, "\n`checks fix` repairs {n_fixable} of them.\n");
    }
    if !red.is_empty() {
        text.push_str("\nNext:\n\n");
    }
    for (idx, finding) in red.iter().take(MOST_FINDINGS).enumerate() {
        text.push_str(&step(idx + 1, finding, told));
    }
    if red.len() > MOST_FINDINGS {
        let _ = write!(text, "\nand {} more: summary\n", red.len() - MOST_FINDINGS);
    }
    text
}

fn step(number: usize, finding: &Finding, told: &Told) -> String {
    let place = code(&format!("{}:{}", finding.path, finding.line));
    let remedy = inline(&cut(&finding.remedy, 1_000));
    let message = inline(&cut(&finding.message, 1_000));
    let base = told.base.as_ref().map_or_else(String::new, |it| format!(" --base {it}"));
    let replay = code(&format!("checks run --rule {}{base}", finding.rule));
    let witness = format!("{:#}", finding.witness);
    let witness = cut(&witness, 2_000);
    // Four letters of indent keep all of it in the step, and no fence inside can end ours.
    let witness = witness.replace("~~~", "~ ~ ~").replace('\n', "\n   ");
    let shown = exchange::in_one_line(&finding.witness).map(|it| cut(&it, 500).into_owned());
    let shown = shown.map_or_else(String::new, |it| format!("  \n   Witness: {}", code(&it)));
    format!(
        "{number}. {place}: {remedy}  \n   Why: {message} ({}){shown}\n   \
         <details><summary>witness and replay</summary>\n\n   ~~~json\n   {witness}\n   ~~~\n\n   {replay}\n\n   </details>\n",
        code(&finding.rule),
    )
}

/// What nobody knows, each reason once.
fn reasons(told: &Told) -> String {
    let mut reasons: Vec<&str> =
        told.open().map(|it| it.reason.as_deref().unwrap_or("no reason given")).collect();
    reasons.sort_unstable();
    reasons.dedup();
    if reasons.is_empty() {
        return String::new();
    }
    let mut text = "\nAnswer these, or waive them by the name of what is missing:\n\n".to_owned();
    for reason in reasons.iter().take(MOST_REASONS) {
        let _ = writeln!(text, "- {}", inline(&cut(reason, 1_000)));
    }
    if reasons.len() > MOST_REASONS {
        let _ = writeln!(text, "- and {} more", reasons.len() - MOST_REASONS);
    }
    text
}

/// What was read, in small letters.
fn read(told: &Told) -> String {
    let short = |it: &str| {
        let is_commit = it.len() >= 40 && it.bytes().all(|it| it.is_ascii_hexdigit());
        code(if is_commit { it.get(..12).unwrap_or(it) } else { it })
    };
    let base = told.base.as_deref().map_or_else(String::new, |it| format!(", base {}", short(it)));
    let examined: u64 = told.verdicts.iter().map(|it| it.examined).sum();
    // No time: the same answer tomorrow is the same text, and nobody is told twice.
    format!(
        "\n<sub>head {}{base}, {examined} examined, {}</sub>\n",
        short(&told.head),
        inline(&format!("{} {}", told.tool.name, told.tool.version)),
    )
}

/// The part that links the pull requests of migrations.
#[must_use]
pub fn migration_block(links: &[(String, String)]) -> String {
    let mut text = format!("{MIGRATION}\n**Merge this to keep what was promised:**\n\n");
    for (service, url) in links {
        let _ = writeln!(text, "- {url} for {}", code(service));
    }
    text.push_str("\nIt goes into this branch; after it the contract gate is green.\n");
    text + MIGRATION_END + "\n"
}

/// A new text, with the migration that an older one links in front.
#[must_use]
pub fn keep_migration(before: Option<&str>, text: &str) -> String {
    let Some((_, rest)) = before.and_then(|it| it.split_once(MIGRATION)) else {
        return text.to_owned();
    };
    let Some((block, _)) = rest.split_once(MIGRATION_END) else { return text.to_owned() };
    format!("{MIGRATION}{block}{MIGRATION_END}\n\n{text}")
}

/// The text without the part that links a migration.
#[must_use]
pub fn without_migration(text: &str) -> String {
    let Some((before, rest)) = text.split_once(MIGRATION) else { return text.to_owned() };
    let after = rest.split_once(MIGRATION_END).map_or("", |(_, it)| it);
    format!("{before}{}", after.trim_start_matches('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::told::tests::told;

    #[test]
    fn the_next_step_comes_before_its_reason() {
        let text = body(&told(&[("route-audit", "route-claimed-twice", "red")]));
        let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}\n{text}"));
        assert!(at("red: 1 finding to repair") < at("keep it in one of `api` and `jobs`"));
        assert!(at("keep it in one of") < at("is claimed by"));
        assert!(at("is claimed by") < at("url-with-two-owners"));
        assert!(text.contains("`checks run --rule route-claimed-twice --base bbb"), "{text}");
    }

    #[test]
    fn the_same_answer_tomorrow_is_the_same_text() {
        let today = told(&[("route-audit", "a", "red")]);
        let tomorrow = Told { now: "2026-11-22T09:00:00Z".to_owned(), ..today.clone() };
        assert_eq!(body(&today), body(&tomorrow));
    }

    #[test]
    fn green_is_short_and_undecided_says_what_to_do() {
        let text = body(&told(&[("route-audit", "a", "green")]));
        assert!(text.starts_with("**Proofmark is green: nothing to do.**\n"), "{text}");
        assert!(text.lines().count() <= 3, "{text}");
        let text = body(&told(&[("route-audit", "a", "undecided")]));
        assert!(text.contains("undecided: 1 rule without an answer"), "{text}");
        assert!(text.contains("- `base` is not in the clone"), "{text}");
    }

    #[test]
    fn a_linked_migration_survives_a_new_report() {
        let block = migration_block(&[("shop".into(), "https://shop.example/pull/8".into())]);
        let both = keep_migration(Some(&format!("{block}\nold")), "new\n");
        assert!(both.starts_with(MIGRATION) && both.ends_with("\nnew\n"), "{both}");
        assert_eq!(both.matches("pull/8").count(), 1);
        assert_eq!(without_migration(&both), "new\n");
        assert_eq!(keep_migration(Some("old"), "new"), "new");
        assert_eq!(keep_migration(None, "new"), "new");
    }
}
