mod reason;
mod witness;

use kernel::{Confirmed, Finding, Level, Outcome, RuleInfo, Side, Stop};
use wrangler::{Config, Problem};

use crate::{
    context::Context,
    gates,
    route_audit::{Claim, Fleet, Refused, Told, is_deployed},
    rule::Rule,
};

/// A claim that wrangler or Cloudflare refuses, or that means nothing.
pub(crate) struct MalformedRoute;

impl Rule for MalformedRoute {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "malformed-route",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A route, or the shape of the configuration around it, is refused or never matches.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = Outcome { examined: fleet.n_units(), ..Outcome::default() };
        let refused = fleet.claims.iter().filter(|it| it.takes_part());
        let refused = refused.filter_map(|it| Some(Fault::Claim(it, it.target.as_ref().err()?)));
        let problems = fleet.workers.configs.iter().flat_map(|config| {
            let counts = config.problems.iter().filter(move |it| counts(cx, config, it));
            counts.map(move |it| Fault::Shape(config, it))
        });
        let told = Told::first_of(refused.chain(problems).collect(), cx.audit());
        told.tell(&mut outcome, |it| finding(fleet, it))?;
        Ok(outcome)
    }
}

enum Fault<'a> {
    Claim(&'a Claim, &'a Refused),
    Shape(&'a Config, &'a Problem),
}

/// Does the value belong to something that is deployed? The top level belongs to all units.
fn counts(cx: &Context<'_>, config: &Config, problem: &Problem) -> bool {
    let mut units = config.units.iter().filter(|it| problem.env.is_none() || it.env == problem.env);
    config.units.is_empty() || units.any(|it| is_deployed(it, cx.audit()))
}

fn finding(fleet: &Fleet, fault: &Fault<'_>) -> Result<Option<Finding>, Stop> {
    match fault {
        Fault::Claim(claim, refused) => Ok(Some(refused_claim(fleet, claim, refused)?)),
        Fault::Shape(config, problem) => wrong_shape(fleet, config, problem),
    }
}

fn refused_claim(fleet: &Fleet, claim: &Claim, refused: &Refused) -> Result<Finding, Stop> {
    let owner = fleet.owner(claim.owner);
    let raw = &claim.raw;
    let code = refused.code();
    let witness = witness::RejectedPattern { pattern: raw.to_string(), code };
    let world = witness::World::of_claim(fleet, claim);
    Ok(Finding {
        place: claim.place.clone(),
        side: Side::Head,
        subject: format!("{owner} {raw}"),
        message: format!("`{raw}`: {}", reason::of(refused)),
        remedy: reason::remedy(code).to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, &world)?,
        fix: None,
        details: None,
    })
}

/// A value that is no route at all: the file keeps wrangler from reading what was meant.
fn wrong_shape(fleet: &Fleet, config: &Config, problem: &Problem) -> Result<Option<Finding>, Stop> {
    let Some(document) = fleet.documents.get(&config.path) else { return Ok(None) };
    let mut units = config.units.iter();
    let unit = units.find(|it| it.env == problem.env).or(config.units.first());
    let owner =
        unit.map_or_else(|| format!("<unnamed {}>", config.path), |it| it.owner.to_string());
    let code = problem.kind.code();
    let witness = witness::RejectedPattern { pattern: problem.key(), code };
    let world = witness::World::of_value(document, &problem.steps);
    Ok(Some(Finding {
        place: problem.place.clone(),
        side: Side::Head,
        subject: format!("{owner} {}", problem.key()),
        message: problem.to_string(),
        remedy: reason::remedy(code).to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, &world)?,
        fix: None,
        details: None,
    }))
}
