use kernel::{Level, Outcome, RuleInfo, Stop};

use crate::{context::Context, gates, rule::Rule};

/// A route of a wildcard host over a custom or Pages domain of another owner.
pub(crate) struct WildcardOverCustomDomain;

impl Rule for WildcardOverCustomDomain {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "wildcard-over-custom-domain",
            gate: gates::ROUTE_AUDIT,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[],
            summary: "A wildcard route may run before the Worker or Pages project whose custom domain it covers.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = Outcome { examined: fleet.n_routes(), ..Outcome::default() };
        let verb = "may run";
        let remedy = "exclude the host, or sign it in `allowed-overlaps`";
        cx.overlaps()
            .wildcards_over_domains
            .tell(&mut outcome, |it| cx.intrusion(it, verb, remedy))?;
        Ok(outcome)
    }
}
