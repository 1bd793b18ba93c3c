use kernel::{Confirmed, Finding, Level, Outcome, Place, RuleInfo, Side, Stop};

use crate::{
    context::{Context, Failure},
    contract_gate::UnreadContract,
    gates,
    policy_gate::{Bytes, Unreadable},
    rule::Rule,
};

/// A document that a gate asked for and that is none.
pub(crate) struct UnreadableDocument;

impl Rule for UnreadableDocument {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "unreadable-document",
            gate: gates::POLICY,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A document that a gate asked for does not parse or is not UTF-8.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let mut outcome = Outcome { examined: cx.facts.n_documents, ..Outcome::default() };
        let at_head = cx.facts.failures.iter().filter(|it| it.side == Side::Head);
        // A document over a bound is no faulty one: the rules that need it are undecided.
        for failure in at_head.filter(|it| it.error.is_malformed()) {
            outcome.findings.push(finding(cx, failure)?);
        }
        let contracts = cx.facts.contracts.iter().filter(|it| it.side == Side::Head);
        for unread in contracts.filter(|it| !it.is_bound) {
            outcome.findings.push(contract_finding(unread)?);
        }
        let over_bound =
            cx.facts.contracts.iter().filter(|it| it.side == Side::Head && it.is_bound);
        outcome.undecided.extend(over_bound.map(UnreadContract::undecided));
        Ok(outcome)
    }
}

fn finding(cx: &Context<'_>, failure: &Failure) -> Result<Finding, Stop> {
    let path = &failure.path;
    let (region, expected) = (failure.error.region(), failure.error.expected());
    let (line, column) = (region.line, region.column);
    let bytes = cx.head().bytes(path).map_err(Stop::Undecided)?;
    let witness = Unreadable { path: path.clone(), line, column, expected: expected.clone() };
    let is_text = expected != "UTF-8";
    Ok(Finding {
        place: Place { path: path.clone(), region },
        side: Side::Head,
        subject: path.to_string(),
        message: if is_text {
            format!("`{path}` does not parse: {expected}")
        } else {
            format!("`{path}` is not UTF-8")
        },
        remedy: if is_text {
            format!("correct line {line}, column {column}")
        } else {
            format!("save it as UTF-8; line {line}, column {column} is not")
        },
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, &Bytes { bytes, format: failure.format })?,
        fix: None,
        details: None,
    })
}

/// A contract that nobody can read keeps no promise; the subject is the contract, wherever its
/// faulty file lies.
fn contract_finding(unread: &UnreadContract) -> Result<Finding, Stop> {
    let UnreadContract { contract, path, region, message, remedy, .. } = unread;
    Ok(Finding {
        place: Place { path: path.clone(), region: *region },
        side: Side::Head,
        subject: contract.to_string(),
        message: format!("the contract `{contract}` cannot be read: {message}"),
        remedy: remedy.clone(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&unread.witness(), unread)?,
        fix: None,
        details: None,
    })
}
