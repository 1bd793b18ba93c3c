use kernel::{Level, Outcome, RuleInfo, Stop};

use crate::{context::Context, gates, rule::Rule};

/// A route of an exact host over a custom or Pages domain of another owner.
pub(crate) struct RouteOverCustomDomain;

impl Rule for RouteOverCustomDomain {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "route-over-custom-domain",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A route runs before the Worker or Pages project whose custom domain its host is.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = fleet.outcome(fleet.n_routes());
        let verb = "runs";
        let remedy = "sign it in `allowed-overlaps`, or move it";
        cx.overlaps().over_domains.tell(&mut outcome, |it| cx.intrusion(it, verb, remedy))?;
        Ok(outcome)
    }
}
