//! One run, from two revisions to a report.

mod advance;
mod judged;
pub(crate) mod parallel;
mod settings;
mod world;

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Side, Timestamp, Undecided};

pub(crate) use self::settings::refuse_unknown;
pub use self::{
    advance::Advance,
    settings::{ContractInputs, RunError, Settings, read_policy},
    world::{Base, BaseChoice, World, WorldError},
};
use crate::{
    context::{Older, Reader, Scope},
    contract_gate::Readable,
    gates,
    policy::Policy,
    report::Report,
    route_audit::live::LiveHeads,
    run::judged::Judgement,
};

/// A finished run: the report, and what proofs are made from.
pub struct Run<'world> {
    /// What is told.
    pub report: Report,
    /// What each gate looked at, by gate.
    pub scopes: BTreeMap<&'static str, Scope<'world>>,
    /// What held.
    pub policy: Policy,
    /// The instant.
    pub now: Timestamp,
    /// What the live URLs answered, if they were asked.
    pub live: Option<LiveHeads>,
}

/// Judges one revision against another.
pub fn run<'world>(world: &'world World, settings: &Settings) -> Result<Run<'world>, RunError> {
    let policy = read_policy(world, settings)?;
    let plan = policy.plan(&settings.selection);
    let mut scopes: BTreeMap<_, _> =
        plan.iter().map(|it| (it.rule.info().gate, scope(world, settings))).collect();
    if let (Some(scope), Some(folder)) = (scopes.get_mut(gates::CONTRACT_GATE), &settings.cache) {
        let limits = &policy.config.contract_gate.limits;
        scope.remember(Readable::of(folder.clone(), world, limits));
    }
    let mut judgement = Judgement::new(world, &policy, settings, &scopes);
    judgement.all(&plan)?;
    let report = judgement.report();
    let live = scopes.get(gates::ROUTE_AUDIT).and_then(Scope::live).cloned();
    Ok(Run { report, scopes, policy, now: settings.now, live })
}

fn scope<'world>(world: &'world World, settings: &Settings) -> Scope<'world> {
    let base = match &world.base {
        Base::Found { snapshot, .. } => Older::Reader(Reader::new(snapshot, Side::Base)),
        Base::Declined => Older::Declined,
        Base::Missing(undecided) => Older::Missing(Undecided::clone(undecided)),
    };
    let scope = Scope::new(Reader::new(&world.head, Side::Head), base);
    let scope = scope.with_jobs(settings.jobs, Arc::clone(&settings.advance));
    scope.with_typescript(settings.typescript.clone())
}
