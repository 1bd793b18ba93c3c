use std::sync::Arc;

use kernel::{Finding, Level, Outcome, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    route_audit::{Fleet, Grave, Told, wording::related},
    rule::Rule,
};

/// A route that others of higher specificity cover, one of them of another owner.
pub(crate) struct RouteNeverReached;

impl Rule for RouteNeverReached {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "route-never-reached",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A route gets no request, because more specific routes of another Worker take all of its URLs.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = fleet.outcome(fleet.n_routes());
        let graves = Told::first_of(fleet.graves(true), cx.audit());
        let others = if graves.found.is_empty() { Arc::default() } else { fleet.raw_patterns() };
        graves.tell(&mut outcome, |it| Ok(Some(finding(fleet, it, &others)?)))?;
        Ok(outcome)
    }
}

fn finding(fleet: &Fleet, grave: &Grave<'_>, others: &Arc<[String]>) -> Result<Finding, Stop> {
    let (dead, owner) = fleet.named(grave.dead);
    let killers: Vec<String> = grave.named.iter().map(|it| named(fleet.named(it))).collect();
    let take = if killers.len() == 1 { "takes" } else { "take" };
    let issue = if grave.is_known_issue() {
        " (a known issue of Cloudflare: `x*` outranks `x/*`)"
    } else {
        ""
    };
    let killers = killers.join(" and ");
    let patterns: Vec<String> =
        grave.named.iter().map(|it| format!("`{}`", fleet.named(it).0)).collect();
    Ok(Finding {
        place: grave.dead.place.clone(),
        side: Side::Head,
        subject: format!("{owner} {dead}"),
        message: format!(
            "no URL reaches `{dead}` of `{owner}`: {killers} {take} all of them first{issue}"
        ),
        remedy: format!("remove it, or narrow {}", patterns.join(" or ")),
        related: related(grave.killers.iter().copied(), "outranks it"),
        witness: fleet.confirm(grave, others)?,
        fix: None,
        details: None,
    })
}

fn named((pattern, owner): (&str, &str)) -> String {
    format!("`{pattern}` of `{owner}`")
}
