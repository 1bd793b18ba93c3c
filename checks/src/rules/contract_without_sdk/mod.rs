use kernel::{Confirmed, Finding, Level, Outcome, Place, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    rule::Rule,
    sdk_sync::{listing, making::Service, missing_pair::MissingPair, sdks},
};

/// A contract has no SDK, and the policy does not skip it.
pub(crate) struct ContractWithoutSdk;

impl Rule for ContractWithoutSdk {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "contract-without-sdk",
            gate: gates::SDK_SYNC,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A contract has no SDK, and the policy does not skip it.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let sdks = sdks(cx)?;
        let mut outcome = Outcome { examined: sdks.sdks.len(), ..Outcome::default() };
        for sdk in sdks.sdks.iter().filter(|it| !it.drift.is_here) {
            let Service { contract, out, name, .. } = &sdk.made.service;
            let witness =
                MissingPair { contract: Some(contract.clone()), out: out.clone(), missing: "sdk" };
            outcome.findings.push(Finding {
                place: Place::start_of(contract),
                side: Side::Head,
                subject: contract.to_string(),
                message: format!("`{contract}` has no SDK in `{out}`"),
                remedy: format!(
                    "run `checks sdk generate --service {name}` and commit what it writes, or name it in `skip` of `[gates.sdk-sync]` with a reason"
                ),
                related: Vec::new(),
                witness: Confirmed::by_replay(&witness, &listing(cx, out))?,
                fix: None,
                details: None,
            });
        }
        Ok(outcome)
    }
}
