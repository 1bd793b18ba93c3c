//! The report as data: exactly what `--format json` writes.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Level, RepoPath, Side, Timestamp, Verdict};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::report::{ContractMember, SdkMember};

/// One run, as told. The schema is `docs/report.schema.json`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// `checks-report/v1`.
    pub schema: &'static str,
    /// Who judged.
    pub tool: Tool,
    /// Always `.`: paths are relative to the root that was judged.
    pub root: &'static str,
    /// The commit compared with, if any.
    pub base: Option<String>,
    /// The commit under judgement, or `worktree`.
    pub head: String,
    /// The instant of the run.
    pub now: Timestamp,
    /// Counts.
    pub summary: Summary,
    /// One for each rule, by gate and rule.
    pub verdicts: Vec<VerdictRecord>,
    /// Waivers that head has and base has not, and those that pass over an undecided verdict.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<NewWaiver>,
    /// Findings that base had too, where `new-only` sets them aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_only: Option<NewOnlyRecord>,
    /// What is told of contracts, if their gate took part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<ContractMember>,
    /// What is told of SDKs, if their gate took part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sdk: Option<SdkMember>,
    /// Sentences about the run as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Texts of the documents that findings point into, for reporters that show lines.
    #[serde(skip)]
    pub sources: BTreeMap<(RepoPath, bool), Arc<str>>,
    /// Undecided verdicts that count (in CI or `--strict`), after waivers.
    #[serde(skip)]
    pub undecided_counts: bool,
}

/// Who judged.
#[derive(Debug, Clone, Serialize)]
pub struct Tool {
    /// `checks`.
    pub name: &'static str,
    /// The version of the binary.
    pub version: &'static str,
}

/// Counts over a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Verdicts that are green.
    pub green: usize,
    /// Verdicts that are red.
    pub red: usize,
    /// Verdicts that are undecided.
    pub undecided: usize,
    /// Findings at level warn that are not waived.
    pub warnings: usize,
    /// Subjects examined, over all rules.
    pub examined: usize,
}

impl Summary {
    /// Counts over verdicts.
    #[must_use]
    pub fn of(verdicts: &[VerdictRecord]) -> Self {
        let mut summary = Self::default();
        for it in verdicts {
            summary.green += usize::from(it.verdict == Verdict::Green);
            summary.red += usize::from(it.verdict == Verdict::Red);
            summary.undecided += usize::from(it.verdict == Verdict::Undecided);
            summary.examined += it.examined;
            let is_warning = |it: &&FindingRecord| it.level == Level::Warn && it.waived.is_none();
            summary.warnings += it.findings.iter().filter(is_warning).count();
        }
        summary
    }
}

/// The answer of one rule.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct VerdictRecord {
    /// The rule.
    pub rule: &'static str,
    /// Its gate.
    pub gate: &'static str,
    /// Its level in force.
    pub level: Level,
    /// Green, red, undecided or off.
    pub verdict: Verdict,
    /// How many subjects it looked at.
    pub examined: usize,
    /// How many possible findings a budget left untold.
    pub omitted: usize,
    /// Why it is undecided or off.
    pub reason: Option<String>,
    /// The faults, by place and subject.
    pub findings: Vec<FindingRecord>,
    /// Undecided, but each missing thing is waived: the exit passes over it.
    #[serde(skip)]
    pub is_undecided_waived: bool,
}

/// One fault.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FindingRecord {
    /// The rule.
    pub rule: &'static str,
    /// Its level in force.
    pub level: Level,
    /// The file.
    pub path: RepoPath,
    /// First line, from 1.
    pub line: usize,
    /// First column, from 1, in characters.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// Column after the last character.
    pub end_column: usize,
    /// What it is about; waivers match it.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// Rule, subject and kind of witness, digested.
    pub fingerprint: String,
    /// The waiver that lets it stay.
    pub waived: Option<WaivedRecord>,
    /// `checks fix` can repair it.
    pub fix: bool,
    /// Other places that take part.
    pub related: Vec<RelatedRecord>,
    /// The counterexample, with its kind.
    pub witness: Value,
    /// What its gate tells besides.
    #[serde(flatten)]
    pub members: Map<String, Value>,
    /// What the subject is a part of, such as the path of a contract.
    #[serde(skip)]
    pub within: Option<String>,
    /// `base` if the place exists there only.
    #[serde(skip_serializing_if = "is_head", serialize_with = "side_name")]
    pub side: Side,
    /// Other revision's edit, for formats that carry fixes.
    #[serde(skip)]
    pub repair: Option<kernel::Fix>,
}

/// A waiver as a finding shows it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct WaivedRecord {
    /// Why.
    pub reason: String,
    /// By whom.
    pub owner: String,
    /// Until when.
    pub expires: String,
    /// Days from now to the last day.
    pub days_left: i64,
}

/// Another place of a finding.
#[derive(Debug, Clone, Serialize)]
pub struct RelatedRecord {
    /// The file.
    pub path: RepoPath,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// Its part in the fault.
    pub note: String,
}

/// A waiver that this change adds.
#[derive(Debug, Clone, Serialize)]
pub struct NewWaiver {
    /// The rule.
    pub rule: String,
    /// The subject, exact or glob.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub owner: String,
    /// Until when.
    pub expires: String,
}

/// What `new-only` set aside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NewOnlyRecord {
    /// Findings that base had too.
    pub set_aside: usize,
}

impl Report {
    /// The exit code: 0, or 1 if something is red or undecided and counts.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let fails = |it: &VerdictRecord| match it.verdict {
            Verdict::Red => true,
            Verdict::Undecided => {
                self.undecided_counts && it.level == Level::Deny && !it.is_undecided_waived
            }
            Verdict::Green | Verdict::Off => false,
        };
        u8::from(self.verdicts.iter().any(fails))
    }

    /// All findings, in the order of the report.
    pub fn findings(&self) -> impl Iterator<Item = &FindingRecord> {
        self.verdicts.iter().flat_map(|it| &it.findings)
    }
}

fn is_head(side: &Side) -> bool {
    *side == Side::Head
}

fn side_name<S: Serializer>(side: &Side, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(if *side == Side::Base { "base" } else { "head" })
}
