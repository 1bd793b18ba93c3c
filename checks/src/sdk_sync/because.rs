//! Ties consumers that stop compiling to the findings of the contract gate, if that ran too.
//!
//! Only this gate's findings change: what the contract gate says never depends on consumers.

use std::collections::BTreeSet;

use kernel::Verdict;
use serde_json::{Value, json};

use crate::{
    gates,
    report::{FindingRecord, VerdictRecord},
};

/// The rule whose findings are tied.
const RULE: &str = "sdk-consumer-broken";
/// The member that holds the fingerprints.
pub(crate) const BECAUSE: &str = "because";
/// How many findings a note names.
const MAX_NAMED: usize = 5;

/// What a finding of the contract gate is about.
struct Promise {
    fingerprint: String,
    contract: String,
    line: usize,
    operations: BTreeSet<String>,
    is_of_sdks: bool,
    name: String,
}

/// Adds `because` to the findings about consumers; the note about what hurts none of them.
pub(crate) fn tie(verdicts: &mut [VerdictRecord]) -> Option<String> {
    let is_there = |it: &&VerdictRecord| it.verdict != Verdict::Off;
    let contracts = verdicts.iter().filter(|it| it.gate == gates::CONTRACT_GATE).filter(is_there);
    let contracts: Vec<&VerdictRecord> = contracts.collect();
    if contracts.is_empty() {
        return None;
    }
    let promises: Vec<Promise> =
        contracts.iter().flat_map(|it| &it.findings).map(Promise::of).collect();
    let own = verdicts.iter_mut().find(|it| it.rule == RULE)?;
    let mut hurt: BTreeSet<String> = BTreeSet::new();
    for finding in &mut own.findings {
        let tied = causes(&finding.witness, &promises);
        hurt.extend(tied.iter().cloned());
        finding.members.insert(BECAUSE.to_owned(), json!(tied));
    }
    let is_decided = matches!(own.verdict, Verdict::Green | Verdict::Red) && own.examined > 0;
    let idle = promises.iter().filter(|it| it.is_of_sdks && !hurt.contains(&it.fingerprint));
    let idle: Vec<&str> = idle.filter(|_| is_decided).map(|it| it.name.as_str()).collect();
    (!idle.is_empty()).then(|| {
        let named = idle.iter().take(MAX_NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = idle.len().saturating_sub(MAX_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("no consumer in this repository stops compiling because of {named}{more}")
    })
}

/// The findings at the very line of the contract, else those of the same operations.
fn causes(witness: &Value, promises: &[Promise]) -> Vec<String> {
    let path = witness.pointer("/contract/path").and_then(Value::as_str).unwrap_or_default();
    let line = witness.pointer("/contract/line").and_then(Value::as_u64);
    let operations = witness.get("operation").map(words).unwrap_or_default();
    let near: Vec<&Promise> = promises.iter().filter(|it| it.contract == path).collect();
    let is_at = |it: &&&Promise| line == u64::try_from(it.line).ok();
    let shares = |it: &&&Promise| !it.operations.is_disjoint(&operations);
    let mut found: Vec<&&Promise> = near.iter().filter(is_at).collect();
    if found.is_empty() {
        found = near.iter().filter(shares).collect();
    }
    let found: BTreeSet<String> = found.into_iter().map(|it| it.fingerprint.clone()).collect();
    found.into_iter().collect()
}

fn words(list: &Value) -> BTreeSet<String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

impl Promise {
    fn of(finding: &FindingRecord) -> Self {
        let category = finding.members.get("category").and_then(Value::as_str);
        Self {
            fingerprint: finding.fingerprint.clone(),
            contract: finding.within.clone().unwrap_or_default(),
            line: finding.line,
            operations: finding.members.get("operations").map(words).unwrap_or_default(),
            is_of_sdks: category == Some("sdk"),
            name: format!("`{}` of `{}`", finding.rule, finding.subject),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn promise(fingerprint: &str, line: usize, operations: &[&str]) -> Promise {
        Promise {
            fingerprint: fingerprint.to_owned(),
            contract: "a.json".to_owned(),
            line,
            operations: operations.iter().map(|it| (*it).to_owned()).collect(),
            is_of_sdks: false,
            name: String::new(),
        }
    }

    #[test]
    fn the_same_line_says_more_than_the_same_operation() {
        let promises = [promise("1", 3, &["GET /a"]), promise("2", 9, &["GET /a", "GET /b"])];
        let check = |path: &str, line: usize, operation: &str, expected: &[&str]| {
            let witness =
                json!({"contract": {"path": path, "line": line}, "operation": [operation]});
            assert_eq!(causes(&witness, &promises), expected, "{witness}");
        };
        check("a.json", 3, "GET /a", &["1"]);
        check("a.json", 4, "GET /a", &["1", "2"]);
        check("a.json", 4, "GET /b", &["2"]);
        check("a.json", 4, "GET /c", &[]);
        check("b.json", 3, "GET /a", &[]);
    }
}
