use kernel::{Confirmed, Finding, Level, Outcome, RuleInfo, Side, Stop};
use routes::Twins;

use crate::{
    context::Context,
    gates,
    route_audit::{Claim, Fleet, Told, witness::UrlWithTwoOwners, wording::related},
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
        let mut outcome = fleet.outcome(fleet.n_routes());
        let twins = Told::first_of(fleet.routes.twins(), cx.audit());
        twins.tell(&mut outcome, |it| finding(fleet, it))?;
        Ok(outcome)
    }
}

/// One finding for one pattern; it stands at the last claim, the others are related.
fn finding(fleet: &Fleet, twins: &Twins) -> Result<Option<Finding>, Stop> {
    let claims: Vec<&Claim> = twins.routes.iter().filter_map(|it| fleet.claim(*it)).collect();
    let Some((last, others)) = claims.split_last() else { return Ok(None) };
    let sorted = fleet.sorted(claims.clone());
    let witness = UrlWithTwoOwners {
        url: twins.url.clone(),
        winner: None,
        claims: sorted.iter().map(|it| fleet.show(it)).collect(),
    };
    let (pattern, _) = fleet.named(last);
    Ok(Some(Finding {
        place: last.place.clone(),
        side: Side::Head,
        subject: pattern.to_owned(),
        message: format!("`{pattern}` is claimed by {}", fleet.owners_of(&sorted)),
        remedy: format!("keep it in one of {}", fleet.files_of(&claims)),
        related: related(others.iter().copied(), "the other claim"),
        witness: Confirmed::by_replay(&witness, &fleet.texts(&sorted))?,
        fix: None,
        details: None,
    }))
}
