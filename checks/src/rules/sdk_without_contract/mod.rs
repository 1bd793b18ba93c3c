use kernel::{Confirmed, Finding, Level, Outcome, Place, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    rule::Rule,
    sdk_sync::{listing, missing_pair::MissingPair, sdks, sdks::Lonely},
};

/// An SDK has no contract that yields it.
pub(crate) struct SdkWithoutContract;

impl Rule for SdkWithoutContract {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "sdk-without-contract",
            gate: gates::SDK_SYNC,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "An SDK has no contract that yields it.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let sdks = sdks(cx)?;
        let n_all = sdks.sdks.len() + sdks.lonely.len();
        let mut outcome = Outcome { examined: n_all, ..Outcome::default() };
        for lonely in &sdks.lonely {
            let Lonely { out, contract, service, sign } = lonely;
            let (contract, missing) = (contract.clone(), "contract");
            let named =
                contract.as_ref().map_or_else(String::new, |it| format!(", such as `{it}`"));
            let witness = MissingPair { contract, out: out.clone(), missing };
            outcome.findings.push(Finding {
                place: Place::start_of(sign),
                side: Side::Head,
                subject: out.clone(),
                message: format!("`{out}` is an SDK that no contract of the policy yields"),
                remedy: format!(
                    "remove the folder, bring its contract back{named}, or name `{service}` in `skip` of `[gates.sdk-sync]` with a reason"
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
