use std::sync::Arc;

use kernel::{Finding, Fix, Level, Outcome, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Claim, Fleet, Grave, Told,
        wording::{listed, related},
    },
    rule::Rule,
};

/// A route that other routes of its own Worker cover.
pub(crate) struct RedundantRoute;

impl Rule for RedundantRoute {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "redundant-route",
            gate: gates::ROUTE_AUDIT,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[],
            summary: "A route adds nothing, because more specific routes of the same Worker take all of its URLs.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = Outcome { examined: fleet.n_routes(), ..Outcome::default() };
        let graves = Told::first_of(fleet.graves(false), cx.audit());
        let others = if graves.found.is_empty() { Arc::default() } else { fleet.raw_patterns() };
        graves.tell(&mut outcome, |it| Ok(Some(finding(fleet, it, &others)?)))?;
        Ok(outcome)
    }
}

fn finding(fleet: &Fleet, grave: &Grave<'_>, others: &Arc<[String]>) -> Result<Finding, Stop> {
    let (dead, owner) = fleet.named(grave.dead);
    let killers = listed(grave.named.iter().map(|it| fleet.named(it).0));
    Ok(Finding {
        place: grave.dead.place.clone(),
        side: Side::Head,
        subject: format!("{owner} {dead}"),
        message: format!("`{dead}` adds nothing to {killers}"),
        remedy: "remove it".to_owned(),
        related: related(grave.killers.iter().copied(), "takes all of its URLs"),
        witness: fleet.confirm(grave, others)?,
        fix: fix(fleet, grave.dead),
        details: None,
    })
}

/// Removes the claim, if nobody loses anything by it: neither a unit of another owner that
/// inherits it, nor the Worker itself, which without claims would become public by default.
fn fix(fleet: &Fleet, claim: &Claim) -> Option<Fix> {
    let unit = fleet.unit_of(claim)?;
    let declared = fleet.declared(claim)?;
    let config = fleet.workers.configs.get(claim.unit.config)?;
    let has_it = |it: &&wrangler::Unit| it.claims.iter().any(|it| it.steps() == declared.steps());
    let mut holders = config.units.iter().filter(has_it);
    let is_harmless = !declared.inherited
        && (unit.claims.len() > 1 || unit.workers_dev.is_some())
        && holders.all(|it| it.owner == unit.owner);
    let at = declared.steps();
    is_harmless.then(|| Fix::Remove { path: unit.path.clone(), at })
}
