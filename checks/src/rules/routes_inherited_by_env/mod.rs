use kernel::{Confirmed, Document, Finding, Level, Outcome, Related, RuleInfo, Side, Stop};
use wrangler::{Config, Inheritance, Unit, UnitId};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Fleet, Limited,
        config_witness::{EffectiveConfig, shown_route},
        is_deployed,
    },
    rule::Rule,
};

/// An environment that inherits the claims of another deployed Worker of its file.
pub(crate) struct RoutesInheritedByEnv;

impl Rule for RoutesInheritedByEnv {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "routes-inherited-by-env",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "An environment inherits the routes of production, so its deploy takes them over.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let (fleet, audit) = (cx.fleet(), &cx.policy.config.route_audit);
        let is_deployed = |it: &Unit| is_deployed(it, audit);
        let examined = fleet.workers.units().count();
        let mut limited = Limited::new(Outcome { examined, ..Outcome::default() }, audit);
        for (config, it) in fleet.workers.configs.iter().enumerate() {
            let inheritances = wrangler::inheritances(it, &is_deployed);
            for case in inheritances.iter().filter_map(|one| Case::of(fleet, (config, it), one)) {
                limited.add(|| case.finding())?;
            }
        }
        Ok(limited.finish())
    }
}

/// The inherited claims whose patterns are not refused; a refused one takes part in no other rule.
fn valid_claims(fleet: &Fleet, id: UnitId, inheritance: &Inheritance) -> Vec<usize> {
    let claims = fleet.claims_of(id);
    let is_valid = |it: &&usize| claims.get(**it).is_some_and(|it| it.target.is_ok());
    inheritance.claims.iter().filter(is_valid).copied().collect()
}

struct Case<'a> {
    document: &'a Document,
    unit: &'a Unit,
    env: &'a str,
    rightful: &'a Unit,
    claims: Vec<usize>,
}

impl<'a> Case<'a> {
    fn of(
        fleet: &'a Fleet,
        (index, config): (usize, &'a Config),
        inheritance: &Inheritance,
    ) -> Option<Self> {
        let id = UnitId { config: index, unit: inheritance.unit };
        let claims = valid_claims(fleet, id, inheritance);
        let unit = config.units.get(inheritance.unit)?;
        let rightful = config.units.get(inheritance.rightful)?;
        let env = unit.env.as_deref()?;
        let document = fleet.document_of(unit)?;
        (!claims.is_empty()).then_some(Self { document, unit, env, rightful, claims })
    }

    fn finding(&self) -> Result<Finding, Stop> {
        let Self { unit, env, .. } = self;
        let witness = EffectiveConfig {
            config: unit.path.clone(),
            env: Some((*env).to_owned()),
            name: unit.name.as_deref().map(str::to_owned),
            routes: unit.claims.iter().map(|it| shown_route(&it.declared)).collect(),
            declared: None,
        };
        let claims = self.claims.iter().filter_map(|it| unit.claims.get(*it));
        let related = claims.map(|it| Related {
            place: it.place.clone(),
            note: format!("inherited from {}", self.giver()),
        });
        Ok(Finding {
            place: unit.place.clone(),
            side: Side::Head,
            subject: unit.owner.to_string(),
            message: self.message(),
            remedy: format!("give `env.{env}` its own `routes`, `[]` if it needs none"),
            related: related.collect(),
            witness: Confirmed::by_replay(&witness, self.document)?,
            fix: None,
            details: None,
        })
    }

    fn message(&self) -> String {
        let count = self.claims.len();
        let noun = if count == 1 { "claim" } else { "claims" };
        let (env, owner) = (self.env, &self.unit.owner);
        format!("`env.{env}` (`{owner}`) inherits {count} {noun} of {}", self.giver())
    }

    /// Who has the claims by right: production is the top level of the file.
    fn giver(&self) -> String {
        match &self.rightful.env {
            Some(env) => format!("`env.{env}` (`{}`)", self.rightful.owner),
            None => "production".to_owned(),
        }
    }
}
