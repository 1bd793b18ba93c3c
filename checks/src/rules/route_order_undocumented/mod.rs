use kernel::{Confirmed, Finding, Level, Outcome, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    route_audit::{Fleet, Meeting, witness::UrlWithTwoOwners, wording::related},
    rule::Rule,
};

/// Two routes of one rank that take the same URLs.
pub(crate) struct RouteOrderUndocumented;

impl Rule for RouteOrderUndocumented {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "route-order-undocumented",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "Routes of two Workers take the same URLs at the same specificity, and no document says who answers.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = fleet.outcome(fleet.n_routes());
        cx.overlaps().undocumented.tell(&mut outcome, |it| finding(fleet, it))?;
        Ok(outcome)
    }
}

/// It stands at the later claim. Subject and message name the patterns by their texts, because
/// nothing else orders them.
fn finding(fleet: &Fleet, meeting: &Meeting) -> Result<Option<Finding>, Stop> {
    let (earlier, later) = (meeting.winner.min(meeting.loser), meeting.winner.max(meeting.loser));
    let (Some(earlier), Some(later)) = (fleet.claim(earlier), fleet.claim(later)) else {
        return Ok(None);
    };
    let mut claims = [earlier, later];
    claims.sort_by_key(|it| fleet.named(it));
    let [(left, left_owner), (right, right_owner)] = claims.map(|it| fleet.named(it));
    let witness = UrlWithTwoOwners {
        url: meeting.url.clone(),
        winner: None,
        claims: claims.map(|it| fleet.show(it)).into(),
    };
    Ok(Some(Finding {
        place: later.place.clone(),
        side: Side::Head,
        subject: format!("{left} | {right}"),
        message: format!(
            "nothing documented decides between `{left}` of `{left_owner}` and `{right}` of `{right_owner}`"
        ),
        remedy: "make one of them longer by a label or segment".to_owned(),
        related: related([earlier], "the other claim"),
        witness: Confirmed::by_replay(&witness, &fleet.texts(&claims))?,
        fix: None,
        details: None,
    }))
}
