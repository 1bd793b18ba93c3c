use kernel::{Confirmed, Document, Finding, Fix, Level, Outcome, Related, RuleInfo, Side, Stop};
use wrangler::{Claim, Unit};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Limited,
        config_witness::{EffectiveConfig, shown_route},
        is_deployed,
    },
    rule::Rule,
};

/// An environment whose `route` loses to inherited `routes`.
pub(crate) struct EnvRouteIgnored;

impl Rule for EnvRouteIgnored {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "env-route-ignored",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "The `route` of an environment has no effect, because it inherits `routes`.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let (fleet, audit) = (cx.fleet(), &cx.policy.config.route_audit);
        let examined = fleet.workers.units().count();
        let mut limited = Limited::new(Outcome { examined, ..Outcome::default() }, audit);
        for (_, unit) in fleet.workers.units().filter(|(_, it)| is_deployed(it, audit)) {
            if let Some(route) = &unit.ignored_route
                && let Some(document) = fleet.document_of(unit)
            {
                limited.add(|| finding(document, unit, route))?;
            }
        }
        Ok(limited.finish())
    }
}

fn finding(document: &Document, unit: &Unit, route: &Claim) -> Result<Finding, Stop> {
    let env = unit.env.as_deref().unwrap_or_default();
    let witness = EffectiveConfig {
        config: unit.path.clone(),
        env: Some(env.to_owned()),
        name: unit.name.as_deref().map(str::to_owned),
        routes: unit.claims.iter().map(|it| shown_route(&it.declared)).collect(),
        declared: Some(shown_route(&route.declared)),
    };
    let related = unit
        .claims
        .iter()
        .map(|it| Related { place: it.place.clone(), note: "inherited instead".to_owned() });
    let fix = Fix::Listify { path: unit.path.clone(), at: route.steps(), name: "routes".into() };
    Ok(Finding {
        place: route.place.clone(),
        side: Side::Head,
        subject: unit.owner.to_string(),
        message: format!("`env.{env}.route` has no effect"),
        remedy: format!("write `routes = [...]` in `env.{env}`"),
        related: related.collect(),
        witness: Confirmed::by_replay(&witness, document)?,
        fix: Some(fix),
        details: None,
    })
}
