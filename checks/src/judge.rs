//! From outcomes to verdicts: waivers, `new-only`, levels, redaction.

use std::collections::BTreeSet;

use globset::GlobBuilder;
use kernel::{
    Finding, Level, Outcome, RuleInfo, Stop, Timestamp, Undecided, Verdict, Waiver, redact,
};
use serde_json::{Map, Value as Json};

use crate::{
    gates,
    policy::{Planned, WEAKENED},
    report::{FindingRecord, RelatedRecord, VerdictRecord, WaivedRecord},
    rules,
};

/// The rule that tells of documents nobody can read.
pub const UNREADABLE: &str = "unreadable-document";

/// What one rule saw, judged.
#[derive(Debug)]
pub struct Judged {
    /// The answer for the report.
    pub record: VerdictRecord,
    /// Subjects of all findings and missing things, as waivers see them.
    pub subjects: BTreeSet<String>,
    /// The subjects of what could not be decided.
    pub undecided: BTreeSet<String>,
    /// Findings that base had too and that `new-only` set aside.
    pub n_set_aside: usize,
    /// Was everything looked at, so that what is not found is not there?
    pub is_decided: bool,
}

/// What outcomes are judged by.
#[derive(Debug, Clone, Copy)]
pub struct Bench<'run> {
    /// Head's waivers.
    pub waivers: &'run [Waiver],
    /// Those of them that permit to loosen the policy.
    pub permits: &'run [Waiver],
    /// The instant of the run.
    pub now: Timestamp,
}

impl Bench<'_> {
    /// Turns what a rule saw into its verdict; `old` holds the fingerprints that base had, if
    /// only new findings count.
    ///
    /// A refuted witness is passed on: no verdict may be built on it.
    pub fn judge(
        &self,
        planned: &Planned,
        seen: Result<Outcome, Stop>,
        old: Option<&BTreeSet<String>>,
    ) -> Result<Judged, kernel::Refuted> {
        let mut outcome = match seen {
            Ok(outcome) => outcome,
            Err(Stop::Undecided(it)) => Outcome { undecided: vec![it], ..Outcome::default() },
            Err(Stop::Off(reason)) => return Ok(Judged::off(planned, Some(reason))),
            Err(Stop::Refuted(it)) => return Err(it),
        };
        let info = planned.rule.info();
        let findings = outcome.findings.iter().map(|it| &it.subject);
        let missing = outcome.undecided.iter().map(|it| &it.subject);
        let subjects = findings.chain(missing).cloned().collect();
        let n_all = outcome.findings.len();
        if let Some(old) = old {
            outcome.findings.retain(|it| !old.contains(&it.fingerprint(info.id)));
        }
        let n_set_aside = n_all - outcome.findings.len();
        let is_decided = outcome.undecided.is_empty() && outcome.omitted == 0;
        let undecided = outcome.undecided.iter().map(|it| it.subject.clone()).collect();
        let record = self.record(planned, outcome);
        Ok(Judged { record, subjects, undecided, n_set_aside, is_decided })
    }

    fn record(&self, planned: &Planned, mut outcome: Outcome) -> VerdictRecord {
        let info = planned.rule.info();
        let mut findings: Vec<_> =
            outcome.findings.into_iter().map(|it| self.finding(planned, it)).collect();
        findings.sort_by(|left, right| left.order().cmp(&right.order()));
        let is_red = findings.iter().any(|it| it.level == Level::Deny && it.waived.is_none());
        if planned.level == Level::Deny && !is_red && outcome.omitted > 0 {
            // What a budget left untold may hold a fault that no waiver names.
            outcome.undecided.push(untold(outcome.omitted));
        }
        let verdict = match (is_red, outcome.undecided.is_empty()) {
            (true, _) => Verdict::Red,
            (false, false) => Verdict::Undecided,
            (false, true) => Verdict::Green,
        };
        let is_waived = |it: &Undecided| self.waiver_of_open(info, &it.subject).is_some();
        VerdictRecord {
            rule: info.id,
            gate: info.gate,
            level: planned.level,
            verdict,
            examined: outcome.examined,
            omitted: outcome.omitted,
            reason: reason_of(&outcome.undecided),
            findings,
            is_undecided_waived: outcome.undecided.iter().all(is_waived),
        }
    }

    fn finding(&self, planned: &Planned, finding: Finding) -> FindingRecord {
        let rule = planned.rule.info().id;
        let region = finding.place.region;
        let fingerprint = finding.fingerprint(rule);
        let details = finding.details.map(|it| *it);
        FindingRecord {
            rule,
            level: details.as_ref().map_or(planned.level, |it| it.level),
            line: region.line,
            column: region.column,
            end_line: region.end_line,
            end_column: region.end_column,
            fingerprint,
            within: details.as_ref().map(|it| it.within.clone()),
            members: details.map_or_else(Map::new, |it| redacted_members(&it.members)),
            waived: self.waiver_of(rule, &finding.subject).map(|it| self.waived(it)),
            fix: finding.fix.is_some(),
            related: finding.related.iter().map(related).collect(),
            witness: redacted_json(&finding.witness.to_json()),
            side: finding.side,
            subject: redact(&finding.subject).into_owned(),
            message: redact(&finding.message).into_owned(),
            remedy: redact(&finding.remedy).into_owned(),
            path: finding.place.path,
            repair: finding.fix,
        }
    }

    fn waived(&self, waiver: &Waiver) -> WaivedRecord {
        let text = |it: &Option<String>| redact(it.as_deref().unwrap_or_default()).into_owned();
        WaivedRecord {
            reason: text(&waiver.reason),
            owner: text(&waiver.owner),
            expires: waiver.expires.map_or_else(String::new, |it| it.to_string()),
            days_left: waiver.expires.map_or(0, |it| self.now.days_until(it)),
        }
    }

    /// The waiver that passes over an open question. What is open about a contract is open for all
    /// rules of its gate: one waiver of any of them, or of the rule that tells what cannot be read,
    /// passes over it for all.
    #[must_use]
    pub fn waiver_of_open(&self, info: &RuleInfo, subject: &str) -> Option<&Waiver> {
        let own = self.waiver_of(info.id, subject);
        let is_about_contracts = [gates::CONTRACT_GATE, gates::SDK_SYNC].contains(&info.gate);
        let is_of_gate = |rule: &str| {
            rule == UNREADABLE || rules::find(rule).is_some_and(|it| it.info().gate == info.gate)
        };
        let shared = || {
            let waivers = self.waivers.iter().filter(|it| is_of_gate(&it.rule));
            let matches = |it: &Waiver| self.waiver_of(&it.rule, subject) == Some(it);
            waivers.into_iter().find(|it| matches(it))
        };
        own.or_else(|| shared().filter(|_| is_about_contracts))
    }

    /// The first waiver that counts today and matches. The waiver rules themselves take none.
    #[must_use]
    pub fn waiver_of(&self, rule: &str, subject: &str) -> Option<&Waiver> {
        let is_valid = |it: &&Waiver| {
            it.is_complete() && it.expires.is_some_and(|it| self.now.days_until(it) >= 0)
        };
        if rule == WEAKENED {
            // A loosening is named, key by key; globs do not count here.
            return self.permits.iter().find(|it| it.subject == subject);
        }
        let mut valid = self.waivers.iter().filter(is_valid).filter(|it| it.rule == rule);
        valid.find(|it| is_waivable(rule) && subject_matches(&it.subject, subject))
    }
}

/// Can findings of this rule be waived? Not those about waivers.
#[must_use]
pub fn is_waivable(rule: &str) -> bool {
    !rule.starts_with("waiver-")
}

/// Does a waiver's subject, exact or as a glob, name this subject?
#[must_use]
pub fn subject_matches(pattern: &str, subject: &str) -> bool {
    let as_glob = || GlobBuilder::new(pattern).literal_separator(false).build().ok();
    pattern == subject || as_glob().is_some_and(|it| it.compile_matcher().is_match(subject))
}

impl Judged {
    /// A rule that took no part.
    #[must_use]
    pub fn off(planned: &Planned, reason: Option<String>) -> Self {
        let info = planned.rule.info();
        let record = VerdictRecord {
            rule: info.id,
            gate: info.gate,
            level: Level::Off,
            verdict: Verdict::Off,
            examined: 0,
            omitted: 0,
            reason,
            findings: Vec::new(),
            is_undecided_waived: false,
        };
        let (subjects, undecided) = (BTreeSet::new(), BTreeSet::new());
        Self { record, subjects, undecided, n_set_aside: 0, is_decided: false }
    }
}

impl FindingRecord {
    fn order(&self) -> (&kernel::RepoPath, usize, usize, &str) {
        (&self.path, self.line, self.column, &self.subject)
    }
}

fn untold(n_omitted: usize) -> Undecided {
    let reason =
        format!("{n_omitted} more possible findings were left untold; raise `max-findings`");
    Undecided { subject: "max-findings".to_owned(), reason }
}

fn reason_of(undecided: &[Undecided]) -> Option<String> {
    let mut reasons: Vec<_> = undecided.iter().map(|it| redact(&it.reason)).collect();
    reasons.sort();
    reasons.dedup();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

fn related(related: &kernel::Related) -> RelatedRecord {
    RelatedRecord {
        path: related.place.path.clone(),
        line: related.place.region.line,
        column: related.place.region.column,
        note: redact(&related.note).into_owned(),
    }
}

fn redacted_members(members: &Map<String, Json>) -> Map<String, Json> {
    members.iter().map(|(name, it)| (redact(name).into_owned(), redacted_json(it))).collect()
}

/// The same JSON with every text redacted, whatever part of a witness it is.
#[must_use]
pub fn redacted_json(value: &Json) -> Json {
    match value {
        Json::String(text) => Json::String(redact(text).into_owned()),
        Json::Array(items) => items.iter().map(redacted_json).collect(),
        Json::Object(members) => redacted_members(members).into(),
        Json::Null | Json::Bool(_) | Json::Number(_) => value.clone(),
    }
}
