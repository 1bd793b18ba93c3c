//! What changed between two revisions of a contract, for the people who use it.

mod html;
mod markdown;
pub(super) mod spoken;

use std::collections::BTreeMap;

use contracts::{Comparison, Finding};
use kernel::Level;
use serde_json::{Value, json};

/// The two revisions, and what the comparison said.
pub struct Changelog<'a> {
    /// The title of the contract, or its path.
    pub title: &'a str,
    /// `info.version` of both sides.
    pub versions: (&'a str, &'a str),
    /// What changed.
    pub comparison: &'a Comparison,
}

/// The changes that one operation (or event) shows, breaking ones first.
struct Group<'a> {
    name: &'a str,
    findings: Vec<&'a Finding>,
}

impl<'a> Changelog<'a> {
    /// Text for a job summary or a comment; what does not fit is counted.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::write(self)
    }

    /// One page without scripts and outside resources.
    #[must_use]
    pub fn html(&self) -> String {
        html::write(self)
    }

    /// The same as data.
    #[must_use]
    pub fn json(&self) -> Value {
        let changes = |it: &Group<'_>| it.findings.iter().map(|it| change(it)).collect::<Value>();
        let groups = self.groups();
        let groups = groups.iter().map(|it| json!({"operation": it.name, "changes": changes(it)}));
        json!({
            "schema": "checks-changelog/v1",
            "title": self.title,
            "base-version": self.versions.0,
            "head-version": self.versions.1,
            "bump": self.comparison.bump,
            "breaking": self.n_breaking(),
            "undecided": self.comparison.undecided,
            "groups": groups.collect::<Value>(),
        })
    }

    fn n_breaking(&self) -> usize {
        self.comparison.findings.iter().filter(|it| is_breaking(it)).count()
    }

    /// By operation, those with breaks first; a cause stands under the first operation it reaches.
    fn groups(&self) -> Vec<Group<'a>> {
        let mut by_name: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in self.comparison.findings.iter().filter(|it| it.level != Level::Off) {
            let name = finding.operations.first().map_or("the contract", String::as_str);
            by_name.entry(name).or_default().push(finding);
        }
        let sorted = |(name, mut findings): (&'a str, Vec<&'a Finding>)| {
            findings.sort_by_key(|it| (std::cmp::Reverse(it.level), it.rule, it.subject.clone()));
            Group { name, findings }
        };
        let mut groups: Vec<Group<'a>> = by_name.into_iter().map(sorted).collect();
        groups.sort_by_key(|it| !it.findings.iter().any(|it| is_breaking(it)));
        groups
    }

    /// How far the version has to rise, in one word.
    fn bump(&self) -> String {
        let word = serde_json::to_value(self.comparison.bump).ok();
        word.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// One sentence over everything.
    fn summary(&self) -> String {
        let n_all = self.comparison.findings.iter().filter(|it| it.level != Level::Off).count();
        let n_breaking = self.n_breaking();
        let changes = if n_all == 1 { "change" } else { "changes" };
        let undecided = match self.comparison.undecided.len() {
            0 => String::new(),
            n => format!(", {n} undecided"),
        };
        format!("{n_all} {changes}, {n_breaking} breaking{undecided}")
    }
}

fn is_breaking(finding: &Finding) -> bool {
    finding.level == Level::Deny
}

fn change(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.id(),
        "category": finding.rule.category(),
        "level": finding.level.name(),
        "breaking": is_breaking(finding),
        "subject": finding.subject,
        "message": finding.message,
        "remedy": finding.remedy,
        "operations": finding.operations,
        "witness": spoken::evidence(&finding.evidence),
    })
}

/// The word that stands before a change, so that colour is never needed.
fn mark(finding: &Finding) -> &'static str {
    match finding.level {
        Level::Deny => "BREAKING",
        Level::Warn => "warning",
        Level::Note | Level::Off => "note",
    }
}
