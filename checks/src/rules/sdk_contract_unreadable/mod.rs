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
            let UnreadContract { contract, path, region, message, remedy, .. } = refused;
            outcome.findings.push(Finding {
                place: Place { path: path.clone(), region: *region },
                side: Side::Head,
                subject: contract.to_string(),
                message: format!("no SDK can be made from `{contract}`: {message}"),
                remedy: remedy.clone(),
                related: Vec::new(),
                witness: Confirmed::by_replay(&Ungenerated::of(refused), refused)?,
                fix: None,
                details: None,
            });
        }
        for left in &sdks.left {
            let UnreadContract { contract, path, region, message, remedy, .. } = left;
            let witness = Ungenerated::of(left);
            outcome.findings.push(Finding {
                place: Place { path: path.clone(), region: *region },
                side: Side::Head,
                subject: format!("{contract}#{}", witness.pointer),
                message: format!("the SDK of `{contract}` has `unknown` here: {message}"),
                remedy: remedy.clone(),
                related: Vec::new(),
                witness: Confirmed::by_replay(&witness, left)?,
                fix: None,
                details: None,
            });
        }
        Ok(outcome)
    }
}
