use kernel::{Confirmed, Finding, Level, Outcome, Place, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    contract_gate::UnreadContract,
    gates,
    rule::Rule,
    sdk_sync::{sdks, ungenerated::Ungenerated},
};

/// A contract parses, but no SDK can be made from it, or from one of its schemas.
pub(crate) struct SdkContractUnreadable;

impl Rule for SdkContractUnreadable {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "sdk-contract-unreadable",
            gate: gates::SDK_SYNC,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A contract parses, but no SDK can be made from it, or from one of its schemas.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let sdks = sdks(cx)?;
        let n_all = sdks.sdks.len() + sdks.refused.len();
        let mut outcome = Outcome { examined: n_all, ..Outcome::default() };
        for refused in &sdks.refused {
            let contract = &refused.contract;
            let message = format!("no SDK can be made from `{contract}`: {}", refused.message);
            let witness = Ungenerated::of(refused);
            outcome.findings.push(finding(refused, contract.to_string(), message, &witness)?);
        }
        for left in &sdks.left {
            let contract = &left.contract;
            let message = format!("the SDK of `{contract}` has `unknown` here: {}", left.message);
            let witness = Ungenerated::of(left);
            let subject = format!("{contract}#{}", witness.pointer);
            outcome.findings.push(finding(left, subject, message, &witness)?);
        }
        Ok(outcome)
    }
}

fn finding(
    unread: &UnreadContract,
    subject: String,
    message: String,
    witness: &Ungenerated,
) -> Result<Finding, Stop> {
    Ok(Finding {
        place: Place { path: unread.path.clone(), region: unread.region },
        side: Side::Head,
        subject,
        message,
        remedy: unread.remedy.clone(),
        related: Vec::new(),
        witness: Confirmed::by_replay(witness, unread)?,
        fix: None,
        details: None,
    })
}
