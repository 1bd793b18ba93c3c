use kernel::{Confirmed, Finding, Level, Outcome, Related, RuleInfo, Side, Stop};
use wrangler::Unit;

use crate::{
    context::Context,
    gates,
    route_audit::{
        Exposure, Limited, config_witness::UnitWorld, exposures_of, fix_of, is_deployed,
        is_internal,
    },
    rule::Rule,
};

/// A Worker that is declared internal and answers the public.
pub(crate) struct InternalWorkerExposed;

impl Rule for InternalWorkerExposed {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "internal-worker-exposed",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A Worker that is to be reached by bindings only has a public address.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let (fleet, audit) = (cx.fleet(), &cx.policy.config.route_audit);
        let examined = fleet.workers.units().count();
        let mut limited = Limited::new(Outcome { examined, ..Outcome::default() }, audit);
        let is_judged = |it: &Unit| is_internal(it, audit) && is_deployed(it, audit);
        for (id, unit) in fleet.workers.units().filter(|(_, it)| is_judged(it)) {
            let Some(world) = UnitWorld::of(fleet, unit) else { continue };
            for surface in exposures_of(fleet, id, unit) {
                limited.add(|| finding(&world, unit, &surface))?;
            }
        }
        Ok(limited.finish())
    }
}

fn finding(world: &UnitWorld, unit: &Unit, surface: &Exposure) -> Result<Finding, Stop> {
    let Exposure { shown, place, others } = surface;
    let related =
        others.iter().map(|it| Related { place: it.clone(), note: "public here too".into() });
    Ok(Finding {
        place: place.clone(),
        side: Side::Head,
        subject: format!("{} {}", unit.owner, shown.surface.name()),
        message: format!("internal `{}` is public at `{}`", unit.owner, shown.host),
        remedy: remedy(unit, surface),
        related: related.collect(),
        witness: Confirmed::by_replay(shown, world)?,
        fix: surface.has_fix().then(|| fix_of(unit)),
        details: None,
    })
}

/// How this very surface is closed.
fn remedy(unit: &Unit, surface: &Exposure) -> String {
    if surface.has_fix() {
        "set `workers_dev = false` and `preview_urls = false`".to_owned()
    } else {
        format!("claim nothing: `{}` is to be reached by service bindings only", unit.owner)
    }
}
