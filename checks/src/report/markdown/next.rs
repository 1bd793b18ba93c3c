//! What to do next: one step for each remedy, before anything else is told.

use crate::report::{
    FindingRecord, Report,
    markdown::{code, inline},
    tally::{self, Weight},
    text::{counted, cut, visible},
};

/// Steps that are written out; the rest is counted.
const MOST_STEPS: usize = 10;
/// Places that one step names.
const MOST_PLACES: usize = 3;

/// The steps, the worst first; nothing if nothing has to be done.
pub(super) fn steps(report: &Report) -> String {
    let findings = tally::worst_first(report);
    let red: Vec<_> = findings.into_iter().filter(|it| it.level == kernel::Level::Deny).collect();
    let open = tally::open(report).into_iter().filter(|it| it.weight == Weight::Counts);
    let mut lines: Vec<String> = by_remedy(&red).iter().map(|it| step(it)).collect();
    lines.extend(open.map(|it| format!("undecided: {}", inline(&cut(it.reason, 1_000)))));
    if lines.is_empty() {
        return String::new();
    }
    let n_more = lines.len().saturating_sub(MOST_STEPS);
    lines.truncate(MOST_STEPS);
    let mut text = "**Next**\n\n".to_owned();
    for (idx, line) in lines.iter().enumerate() {
        text.push_str(&format!("{}. {line}\n", idx + 1));
    }
    if n_more > 0 {
        text.push_str(&format!("\nand {} below\n", counted(n_more, "more step")));
    }
    let n_fixable = red.iter().filter(|it| it.fix).count();
    if n_fixable > 0 {
        text.push_str(&format!("\n`checks fix` repairs {n_fixable} of them.\n"));
    }
    text + "\n"
}

/// Findings with one remedy are one step.
fn by_remedy<'r>(findings: &[&'r FindingRecord]) -> Vec<Vec<&'r FindingRecord>> {
    let mut steps: Vec<Vec<&FindingRecord>> = Vec::new();
    for finding in findings {
        let is_same = |it: &&mut Vec<&FindingRecord>| {
            it.first().is_some_and(|it| it.remedy == finding.remedy)
        };
        match steps.iter_mut().find(is_same) {
            Some(step) => step.push(finding),
            None => steps.push(vec![finding]),
        }
    }
    steps
}

/// `keep it in one of …: services/api/wrangler.toml:7`
fn step(findings: &[&FindingRecord]) -> String {
    let remedy = findings.first().map_or_else(String::new, |it| inline(&cut(&it.remedy, 1_000)));
    let place = |it: &&FindingRecord| format!("{}:{}", visible(it.path.as_str()), it.line);
    let mut places: Vec<String> = findings.iter().map(place).collect();
    places.dedup();
    let n_more = places.len().saturating_sub(MOST_PLACES);
    let shown: Vec<String> = places.iter().take(MOST_PLACES).map(|it| code(it)).collect();
    let more = if n_more > 0 { format!(" and {n_more} more") } else { String::new() };
    format!("{}{more}: {remedy}", shown.join(", "))
}
