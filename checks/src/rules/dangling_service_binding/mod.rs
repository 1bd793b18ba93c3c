use kernel::{Confirmed, Finding, Level, Outcome, RuleInfo, Side, Stop};
use wrangler::{Dangling, Unit};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Limited,
        binding_witness::{Bindings, DanglingTarget},
    },
    rule::Rule,
};

/// A service binding that points at a Worker which nothing here deploys.
pub(crate) struct DanglingServiceBinding;

impl Rule for DanglingServiceBinding {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "dangling-service-binding",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A service binding points at a Worker that no configuration here deploys.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let (fleet, audit) = (cx.fleet(), &cx.policy.config.route_audit);
        let examined = fleet.workers.units().count();
        let mut limited = Limited::new(fleet.outcome(examined), audit);
        let is_external = |name: &str| audit.external_services.iter().any(|it| it == name);
        let dangling = wrangler::dangling_services(&fleet.workers, &is_external);
        if dangling.is_empty() {
            return Ok(limited.finish());
        }
        let world = Bindings::read(&fleet.documents, &audit.external_services);
        for it in &dangling {
            if let Some(unit) = fleet.workers.unit(it.unit) {
                limited.add(|| finding(unit, it, &world))?;
            }
        }
        Ok(limited.finish())
    }
}

fn finding(unit: &Unit, dangling: &Dangling<'_>, world: &Bindings) -> Result<Finding, Stop> {
    let service = dangling.service;
    let witness = DanglingTarget {
        owner: unit.owner.to_string(),
        binding: service.binding.as_deref().map(str::to_owned),
        service: service.service.to_string(),
    };
    let binding = service.binding.as_deref().unwrap_or("?");
    let target = match &service.environment {
        Some(env) => format!("`{}` (environment `{env}`)", service.service),
        None => format!("`{}`", service.service),
    };
    Ok(Finding {
        place: service.place.clone(),
        side: Side::Head,
        subject: format!("{} {binding} -> {}", unit.owner, service.service),
        message: format!("`{binding}` points at {target}, which nothing here deploys"),
        remedy: "correct it, or list it in `external-services`".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, world)?,
        fix: None,
        details: None,
    })
}
