use kernel::{Confirmed, Finding, Level, Outcome, Place, RuleInfo, Side, Stop};
use wrangler::{Ring, Unit};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Fleet, Limited,
        binding_witness::{BindingCycle, Bindings},
        is_deployed,
    },
    rule::Rule,
};

/// Workers that bind each other in a ring.
pub(crate) struct ServiceBindingCycle;

impl Rule for ServiceBindingCycle {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "service-binding-cycle",
            gate: gates::ROUTE_AUDIT,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[],
            summary: "Workers bind each other in a ring, so none of them can be deployed first.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let (fleet, audit) = (cx.fleet(), &cx.policy.config.route_audit);
        let is_deployed = |it: &Unit| is_deployed(it, audit);
        let examined = fleet.workers.units().count();
        let mut limited = Limited::new(Outcome { examined, ..Outcome::default() }, audit);
        let rings = wrangler::service_rings(&fleet.workers, &is_deployed);
        if rings.is_empty() {
            return Ok(limited.finish());
        }
        let world = Bindings::read(&fleet.documents, &[]);
        for ring in &rings {
            if let Some(place) = place(fleet, ring) {
                limited.add(|| finding(ring, place, &world))?;
            }
        }
        Ok(limited.finish())
    }
}

fn place<'a>(fleet: &'a Fleet, ring: &Ring) -> Option<&'a Place> {
    fleet.workers.unit(ring.unit)?.services.get(ring.service).map(|it| &it.place)
}

fn finding(ring: &Ring, place: &Place, world: &Bindings) -> Result<Finding, Stop> {
    let closed = || ring.owners.iter().chain(ring.owners.first());
    let cycle: Vec<String> = ring.owners.iter().map(ToString::to_string).collect();
    let quoted: Vec<String> = closed().map(|it| format!("`{it}`")).collect();
    let names: Vec<&str> = closed().map(AsRef::as_ref).collect();
    Ok(Finding {
        place: place.clone(),
        side: Side::Head,
        subject: names.join(" -> "),
        message: quoted.join(" -> "),
        remedy: "break the ring: move what both need into a Worker of its own".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&BindingCycle { cycle }, world)?,
        fix: None,
        details: None,
    })
}
