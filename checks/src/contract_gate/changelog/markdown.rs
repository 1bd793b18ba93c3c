use std::fmt::Write as _;

use contracts::Finding;
use kernel::Level;

use super::{Changelog, mark, spoken};
use crate::report::{code, fence, inline};

/// GitHub refuses longer comments than 65,536 characters; other text may stand around ours.
const MAX_CHARACTERS: usize = 60_000;
/// What the last sentence may take.
const RESERVE: usize = 200;

pub(super) fn write(changelog: &Changelog<'_>) -> String {
    let (before, after) = changelog.versions;
    let mut text = format!(
        "# {}: {} → {}\n\n{}. Smallest sufficient bump: {}.\n",
        inline(changelog.title),
        inline(before),
        inline(after),
        changelog.summary(),
        changelog.bump(),
    );
    for part in &changelog.comparison.undecided {
        let _ =
            write!(text, "\n- **undecided** {}: {}\n", code(&part.subject), inline(&part.detail));
    }
    let groups = changelog.groups();
    let mut n_left: usize = groups.iter().map(|it| it.findings.len()).sum();
    for group in groups {
        let mut heading = format!("\n## {}\n\n", code(group.name));
        for finding in group.findings {
            let entry = format!("{heading}{}", entry(finding));
            let length = text.chars().count() + entry.chars().count();
            if length > MAX_CHARACTERS - RESERVE {
                let _ = write!(text, "\nand {n_left} more, which do not fit here\n");
                return text;
            }
            text.push_str(&entry);
            heading.clear();
            n_left -= 1;
        }
    }
    text
}

fn entry(finding: &Finding) -> String {
    let mut text =
        format!("- **{}** {} `{}`\n", mark(finding), inline(&finding.message), finding.rule.id());
    if finding.operations.len() > 1 {
        let names: Vec<_> = finding.operations.iter().skip(1).take(20).map(|it| code(it)).collect();
        let _ =
            writeln!(text, "  <br>also {}{}", names.join(", "), more(finding.operations.len(), 21));
    }
    if finding.level > Level::Note {
        let _ = writeln!(text, "  <br>{}", inline(&finding.remedy));
    }
    let witness = spoken::evidence(&finding.evidence);
    let fence = fence(&witness);
    let witness: Vec<_> = witness.lines().map(|it| format!("  {it}")).collect();
    let _ = write!(
        text,
        "  <details><summary>witness</summary>\n\n  {fence}\n{}\n  {fence}\n\n  </details>\n",
        witness.join("\n"),
    );
    text
}

fn more(n_all: usize, n_shown: usize) -> String {
    n_all
        .checked_sub(n_shown)
        .filter(|it| *it > 0)
        .map_or(String::new(), |it| format!(" and {it} more"))
}
