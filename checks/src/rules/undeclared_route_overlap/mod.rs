use kernel::{Confirmed, Finding, Level, Outcome, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Meeting,
        witness::UrlWithTwoOwners,
        wording::{expired, related},
    },
    rule::Rule,
};

/// A route that takes URLs from a route of another owner, unsigned.
pub(crate) struct UndeclaredRouteOverlap;

impl Rule for UndeclaredRouteOverlap {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "undeclared-route-overlap",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A route takes URLs from the route of another Worker, and no allowance in `checks.toml` signs it.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = fleet.outcome(fleet.n_routes());
        cx.overlaps().undeclared.tell(&mut outcome, |it| finding(cx, it))?;
        Ok(outcome)
    }
}

fn finding(cx: &Context<'_>, meeting: &Meeting) -> Result<Option<Finding>, Stop> {
    let fleet = cx.fleet();
    let (Some(winner), Some(loser)) = (fleet.claim(meeting.winner), fleet.claim(meeting.loser))
    else {
        return Ok(None);
    };
    let claims = [winner, loser];
    let [(pattern, owner), (other, other_owner)] = claims.map(|it| fleet.named(it));
    let witness = UrlWithTwoOwners {
        url: meeting.url.clone(),
        winner: Some(owner.to_owned()),
        claims: claims.map(|it| fleet.show(it)).into(),
    };
    let mut related = related([loser], "loses these URLs");
    related.extend(expired(cx.audit(), meeting.expired));
    Ok(Some(Finding {
        place: winner.place.clone(),
        side: Side::Head,
        subject: format!("{owner} {pattern} over {other_owner} {other}"),
        message: format!("`{pattern}` of `{owner}` takes URLs from `{other}` of `{other_owner}`"),
        remedy: "sign it in `allowed-overlaps`, or move the route".to_owned(),
        related,
        witness: Confirmed::by_replay(&witness, &fleet.texts(&claims))?,
        fix: None,
        details: None,
    }))
}
