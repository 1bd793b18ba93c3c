//! A report file, read back: data of somebody else, so every member is checked.

use kernel::{Level, RepoPath, Verdict};
use serde::Deserialize;
use serde_json::Value;

/// How long a report file may be.
pub const MAX_REPORT: u64 = 64 * 1024 * 1024;

/// The only form that is read.
const SCHEMA: &str = "checks-report/v1";

/// A report, as far as it is told on.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Told {
    /// Who judged.
    pub tool: Tool,
    /// The commit compared with.
    pub base: Option<String>,
    /// The commit under judgement, or `worktree`.
    pub head: String,
    /// The instant of the run.
    pub now: String,
    /// One for each rule.
    pub verdicts: Vec<VerdictOf>,
    /// Waivers that are new, or that pass over what is undecided.
    #[serde(default)]
    pub waivers: Vec<NewWaiver>,
}

/// Who judged.
#[derive(Debug, Clone, Deserialize)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A waiver of this change.
#[derive(Debug, Clone, Deserialize)]
pub struct NewWaiver {
    /// The rule.
    pub rule: String,
}

/// The answer of one rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct VerdictOf {
    /// The rule.
    pub rule: String,
    /// Its gate.
    pub gate: String,
    /// Its level in force.
    pub level: Level,
    /// Its answer.
    pub verdict: Verdict,
    /// How many subjects it looked at.
    pub examined: u64,
    /// Findings that a budget left untold.
    #[serde(default)]
    pub omitted: u64,
    /// Why it is undecided or off.
    pub reason: Option<String>,
    /// The faults.
    pub findings: Vec<Finding>,
}

/// One fault.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    /// The rule.
    pub rule: String,
    /// Its level in force.
    pub level: Level,
    /// The file.
    pub path: String,
    /// First line.
    pub line: u64,
    /// First column.
    pub column: u64,
    /// Last line.
    pub end_line: u64,
    /// Column after the last character.
    pub end_column: u64,
    /// What it is about.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// What it is known by.
    pub fingerprint: String,
    /// The waiver that lets it stay.
    pub waived: Option<Waived>,
    /// `checks fix` can repair it.
    #[serde(default)]
    pub fix: bool,
    /// The counterexample.
    pub witness: Value,
}

/// A waiver, as a finding shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct Waived {
    /// By whom.
    pub owner: String,
    /// Until when.
    pub expires: String,
}

/// How a report stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// All good.
    Green,
    /// Something is wrong.
    Red,
    /// Nothing is known to be wrong, and something is not known.
    Undecided,
}

/// Why a file is no report: nothing of it is published.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Another kind of document.
    #[error("its schema is {0}, and only `checks-report/v1` is published")]
    Schema(String),
    /// Not the members of a report.
    #[error("no report: {0}")]
    Malformed(String),
    /// A path that leads out of the repository.
    #[error("no report: {0}")]
    Path(#[from] kernel::MalformedPath),
}

/// Reads a report file.
pub fn read(bytes: &[u8]) -> Result<Told, ReportError> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|err| ReportError::Malformed(format!("it is not JSON: {err}")))?;
    let schema = value.get("schema").and_then(Value::as_str);
    if schema != Some(SCHEMA) {
        let named = schema.map_or_else(|| "not named".to_owned(), |it| format!("`{it}`"));
        return Err(ReportError::Schema(named));
    }
    let told: Told =
        serde_json::from_value(value).map_err(|err| ReportError::Malformed(err.to_string()))?;
    for finding in told.findings() {
        RepoPath::new(&finding.path)?;
    }
    Ok(told)
}

impl Told {
    /// All findings, in the order of the report.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.verdicts.iter().flat_map(|it| &it.findings)
    }

    /// Findings that no waiver covers, worst first.
    #[must_use]
    pub fn worst_first(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> =
            self.findings().filter(|it| it.waived.is_none()).collect();
        findings.sort_by_key(|it| std::cmp::Reverse(it.level));
        findings
    }

    /// The findings that make it red.
    #[must_use]
    pub fn red(&self) -> Vec<&Finding> {
        self.worst_first().into_iter().filter(|it| it.level == Level::Deny).collect()
    }

    /// Verdicts that nobody knows and nobody waived.
    pub fn open(&self) -> impl Iterator<Item = &VerdictOf> {
        let is_waived = |rule: &str| self.waivers.iter().any(|it| it.rule == rule);
        self.verdicts.iter().filter(move |it| {
            it.verdict == Verdict::Undecided && it.level == Level::Deny && !is_waived(&it.rule)
        })
    }

    /// How it stands as a whole.
    #[must_use]
    pub fn standing(&self) -> Standing {
        if self.verdicts.iter().any(|it| it.verdict == Verdict::Red) {
            Standing::Red
        } else if self.open().next().is_some() {
            Standing::Undecided
        } else {
            Standing::Green
        }
    }

    /// The gate that it is about; `checks` where there are several. The gate `policy` is in every
    /// report and gives no name to one.
    #[must_use]
    pub fn gate(&self) -> &str {
        let mut gates: Vec<&str> = self.verdicts.iter().map(|it| it.gate.as_str()).collect();
        gates.sort_unstable();
        gates.dedup();
        gates.retain(|it| *it != "policy");
        match gates.as_slice() {
            [one] if is_name(one) => one,
            _ => "checks",
        }
    }
}

/// A gate becomes a part of a marker, so its name is a name.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_lowercase() || it == b'-')
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// A report with one rule for each of these answers.
    pub(crate) fn report(answers: &[(&str, &str, &str)]) -> Value {
        let verdict = |(gate, rule, answer): &(&str, &str, &str)| {
            let finding = json!({
                "rule": rule, "level": "deny", "path": "jobs/wrangler.toml", "line": 3, "column": 1,
                "end-line": 3, "end-column": 9, "subject": "api.shop.example/*",
                "message": "`api.shop.example/*` is claimed by `api` and `jobs`",
                "remedy": "keep it in one of `api` and `jobs`", "fingerprint": "f1", "waived": null,
                "fix": false, "related": [], "witness": {"kind": "url-with-two-owners", "url": "https://api.shop.example/"},
            });
            let findings = if *answer == "red" { vec![finding] } else { Vec::new() };
            let reason = (*answer == "undecided").then_some("`base` is not in the clone");
            json!({"rule": rule, "gate": gate, "level": "deny", "verdict": answer, "examined": 2,
                   "omitted": 0, "reason": reason, "findings": findings})
        };
        json!({
            "schema": "checks-report/v1", "tool": {"name": "checks", "version": "0.1.0"}, "root": ".",
            "base": "b".repeat(40), "head": "worktree", "now": "2026-11-21T09:00:00Z",
            "summary": {}, "verdicts": answers.iter().map(verdict).collect::<Value>(),
        })
    }

    pub(crate) fn told(answers: &[(&str, &str, &str)]) -> Told {
        read(report(answers).to_string().as_bytes()).unwrap()
    }

    #[test]
    fn a_report_stands_as_its_worst_rule() {
        let check = |answers: &[(&str, &str, &str)], standing: Standing, gate: &str| {
            let told = told(answers);
            assert_eq!((told.standing(), told.gate()), (standing, gate), "{answers:?}");
        };
        let policy = ("policy", "waiver-idle", "green");
        check(&[policy], Standing::Green, "checks");
        check(&[("route-audit", "a", "green"), policy], Standing::Green, "route-audit");
        check(&[("route-audit", "a", "red"), policy], Standing::Red, "route-audit");
        check(&[("route-audit", "a", "undecided")], Standing::Undecided, "route-audit");
        let both = [("route-audit", "a", "red"), ("contract-gate", "b", "undecided")];
        check(&both, Standing::Red, "checks");
        check(&[("a --> b", "a", "off")], Standing::Green, "checks");
    }

    #[test]
    fn what_is_no_report_is_refused() {
        let check = |text: &str, words: &str| {
            let message = read(text.as_bytes()).unwrap_err().to_string();
            assert!(message.contains(words), "{message}");
        };
        check("{", "not JSON");
        check("[]", "not named");
        check(r#"{"schema": "checks-report/v2"}"#, "`checks-report/v2`");
        check(r#"{"schema": "checks-report/v1"}"#, "missing field");
        let mut outside = report(&[("route-audit", "a", "red")]);
        outside["verdicts"][0]["findings"][0]["path"] = "../x".into();
        check(&outside.to_string(), "no relative path");
    }

    #[test]
    fn a_waived_gap_does_not_count() {
        let mut report = report(&[("route-audit", "a", "undecided")]);
        report["waivers"] = json!([{"rule": "a", "subject": "base", "reason": "r", "owner": "@o", "expires": "2027-01-01"}]);
        let told = read(report.to_string().as_bytes()).unwrap();
        assert_eq!(told.standing(), Standing::Green);
    }
}
