use std::collections::{BTreeMap, BTreeSet};

use kernel::{Confirmed, Finding, Level, Outcome, Place, Related, RuleInfo, Side, Stop};
use wrangler::{Unit, UnitKind};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Fleet, Limited,
        config_witness::{PublicSurface, SurfaceKind, UnitWorld},
        fix_of, is_deployed, is_internal, unit_place,
    },
    rule::Rule,
};

/// A Worker that others bind, and that is public only because nobody said otherwise.
pub(crate) struct BoundWorkerPublicByDefault;

impl Rule for BoundWorkerPublicByDefault {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "bound-worker-public-by-default",
            gate: gates::ROUTE_AUDIT,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[],
            summary: "A Worker that is called by binding is public too, because `workers_dev` is unset.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let (fleet, audit) = (cx.fleet(), &cx.policy.config.route_audit);
        let examined = fleet.workers.units().count();
        let mut limited = Limited::new(Outcome { examined, ..Outcome::default() }, audit);
        let bound = bindings_by_target(fleet);
        for (_, unit) in fleet.workers.units() {
            let is_open = is_public_by_default(unit) && is_deployed(unit, audit);
            let bindings = unit.name.as_deref().and_then(|it| bound.get(it));
            if let Some(bindings) = bindings.filter(|_| is_open && !is_internal(unit, audit))
                && let Some(world) = UnitWorld::of(fleet, unit)
            {
                limited.add(|| finding(&world, unit, bindings))?;
            }
        }
        Ok(limited.finish())
    }
}

fn is_public_by_default(unit: &Unit) -> bool {
    unit.kind == UnitKind::Worker && unit.claims.is_empty() && unit.workers_dev.is_none()
}

/// The bindings of other Workers, by the name that they mean.
fn bindings_by_target(fleet: &Fleet) -> BTreeMap<Box<str>, Vec<&Place>> {
    let names: BTreeSet<&str> =
        fleet.workers.units().filter_map(|(_, it)| it.name.as_deref()).collect();
    let mut bound: BTreeMap<Box<str>, Vec<&Place>> = BTreeMap::new();
    for (_, unit) in fleet.workers.units() {
        for service in &unit.services {
            let target = service.targets().find(|it| names.contains(&**it));
            if let Some(target) = target.filter(|it| Some(it) != unit.name.as_ref()) {
                bound.entry(target).or_default().push(&service.place);
            }
        }
    }
    bound
}

fn finding(world: &UnitWorld, unit: &Unit, bindings: &[&Place]) -> Result<Finding, Stop> {
    let name = unit.name.as_deref().unwrap_or_default();
    let host = format!("{name}.*.workers.dev");
    let witness = PublicSurface { surface: SurfaceKind::WorkersDev, host, url: None };
    let related =
        bindings.iter().map(|it| Related { place: (*it).clone(), note: "bound here".to_owned() });
    Ok(Finding {
        place: unit_place(unit),
        side: Side::Head,
        subject: unit.owner.to_string(),
        message: format!("`{name}` is called by binding but public at `{}`", witness.host),
        remedy: "list it as internal or set `workers_dev`".to_owned(),
        related: related.collect(),
        witness: Confirmed::by_replay(&witness, world)?,
        fix: Some(fix_of(unit)),
        details: None,
    })
}
