use kernel::{Confirmed, Finding, Level, Outcome, Related, RuleInfo, Side, Stop};
use routes::Twins;

use crate::{
    context::Context,
    gates,
    route_audit::{Claim, Fleet, witness::UrlWithTwoOwners},
    rule::Rule,
};

/// One normalised pattern with two or more owners.
pub(crate) struct RouteClaimedTwice;

impl Rule for RouteClaimedTwice {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "route-claimed-twice",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "Two Workers claim one route pattern, so the last deploy decides who answers.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = fleet.outcome(fleet.routes.routes().len());
        for twins in fleet.routes.twins() {
            outcome.findings.extend(finding(fleet, &twins)?);
        }
        Ok(outcome)
    }
}

/// One finding for one pattern; it stands at the last claim, the others are related.
fn finding(fleet: &Fleet, twins: &Twins) -> Result<Option<Finding>, Stop> {
    let claims: Vec<&Claim> = twins.routes.iter().filter_map(|it| fleet.claim(*it)).collect();
    let Some((last, others)) = claims.split_last() else { return Ok(None) };
    let witness = UrlWithTwoOwners {
        url: twins.url.clone(),
        winner: None,
        claims: claims.iter().map(|it| fleet.show(it)).collect(),
    };
    let pattern = last.pattern().map_or("", |it| it.text());
    let related =
        others.iter().map(|it| Related { place: it.place.clone(), note: "the other claim".into() });
    Ok(Some(Finding {
        place: last.place.clone(),
        side: Side::Head,
        subject: pattern.to_owned(),
        message: format!("`{pattern}` is claimed by {}", fleet.owners_of(&claims)),
        remedy: format!("keep it in one of {}", fleet.files_of(&claims)),
        related: related.collect(),
        witness: Confirmed::by_replay(&witness, &fleet.texts(&claims))?,
        fix: None,
    }))
}
