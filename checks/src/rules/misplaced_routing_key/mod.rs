use kernel::{Confirmed, Document, Finding, Fix, Level, Outcome, RuleInfo, Side, Step, Stop};
use snapshot::Format;
use wrangler::{Config, MisplacedKey, Slot, Unit};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Limited,
        config_witness::{SwallowedKey, shown_route},
        format_of,
    },
    rule::Rule,
};

/// A routing key inside a table where wrangler does not look for it.
pub(crate) struct MisplacedRoutingKey;

impl Rule for MisplacedRoutingKey {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "misplaced-routing-key",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A routing key stands inside another table, so wrangler does not see it.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let outcome = Outcome { examined: fleet.workers.configs.len(), ..Outcome::default() };
        let mut limited = Limited::new(outcome, &cx.policy.config.route_audit);
        for config in &fleet.workers.configs {
            let Some(document) = fleet.documents.get(&config.path) else { continue };
            let keys = wrangler::misplaced_keys(document);
            for (key, unit) in keys.iter().filter_map(|it| Some((it, unit_of(config, it)?))) {
                limited.add(|| finding(document, unit, key))?;
            }
        }
        Ok(limited.finish())
    }
}

/// The unit that the key was meant for.
fn unit_of<'a>(config: &'a Config, key: &MisplacedKey) -> Option<&'a Unit> {
    config.units.iter().find(|it| it.env == key.env)
}

fn finding(document: &Document, unit: &Unit, key: &MisplacedKey) -> Result<Finding, Stop> {
    let witness = SwallowedKey {
        config: unit.path.clone(),
        key: key.key(),
        routes: routes_of(unit),
        workers_dev: unit.on_workers_dev,
    };
    Ok(Finding {
        place: key.place.clone(),
        side: Side::Head,
        subject: format!("{} {}", unit.owner, key.key()),
        message: format!("`{}` is read as `{}`, so {}", key.name, key.key(), effect(unit, key)),
        remedy: remedy(unit),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, document)?,
        fix: fix(document, key),
        details: None,
    })
}

/// What wrangler takes as routes; a `route` beside `routes` is refused and is none of them.
fn routes_of(unit: &Unit) -> Vec<serde_json::Value> {
    let is_beside = |slot: Slot| slot == Slot::Route && unit.declares.routes;
    let claims = unit.claims.iter().filter(|it| it.inherited || !is_beside(it.slot));
    claims.map(|it| shown_route(&it.declared)).collect()
}

fn effect(unit: &Unit, key: &MisplacedKey) -> &'static str {
    match &*key.name {
        "routes" | "route" if unit.claims.is_empty() => "the Worker has no routes",
        "services" if unit.services.is_empty() => "the Worker has no service bindings",
        _ => "it has no effect",
    }
}

fn remedy(unit: &Unit) -> String {
    let is_toml = format_of(&unit.path) == Format::Toml;
    match (&unit.env, is_toml) {
        (None, true) => "move it above the first table header".to_owned(),
        (None, false) => "move it to the root object".to_owned(),
        (Some(env), true) => format!("move it right below the header `[env.{env}]`"),
        (Some(env), false) => format!("move it to the object `env.{env}`"),
    }
}

/// A key of an environment is not moved by itself: at the top it would be production's.
fn fix(document: &Document, key: &MisplacedKey) -> Option<Fix> {
    let is_taken = |name: &str| document.root.get(name).is_some();
    let is_free = match &*key.name {
        "routes" | "route" => !is_taken("routes") && !is_taken("route"),
        name => !is_taken(name),
    };
    let is_below_env = matches!(key.steps.first(), Some(Step::Key(it)) if &**it == "env");
    let can_move = is_free && !is_below_env;
    can_move.then(|| Fix::Hoist { path: document.path.clone(), at: key.steps.clone() })
}
