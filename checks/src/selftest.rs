//! Shows that every rule can go red here: one mutation each, against the repository as it is.
//!
//! Nothing is written or executed: a mutant is the snapshot of the work tree with a few other
//! contents, so that documents which no mutation touches are parsed once for all.

mod edit;
mod subject;
mod trial;

use std::sync::Arc;

use kernel::{Level, Need, RepoPath, Timestamp, canonical_json};
use serde::Serialize;
use snapshot::Snapshot;

use crate::{
    policy::Policy,
    rule::Rule,
    rule_page::{Mutation, Page},
    rules::RULES,
    run::{Base, RunError, Settings, World, read_policy},
    selftest::trial::Trial,
};

/// What to test, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// Only these gates; all if empty.
    pub gates: Vec<String>,
    /// Where the policy lies.
    pub config: RepoPath,
    /// The instant.
    pub now: Timestamp,
}

/// What became of every mutant.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Selftest {
    schema: &'static str,
    /// One for each mutation.
    pub mutants: Vec<Mutant>,
    /// How many turned their rule red.
    pub killed: usize,
    /// How many did not.
    pub survived: usize,
    /// Rules that were not tried.
    pub skipped: Vec<Skipped>,
}

/// One mutation, applied.
#[derive(Debug, Clone, Serialize)]
pub struct Mutant {
    /// The gate of its rule.
    pub gate: &'static str,
    /// The rule that must go red.
    pub rule: &'static str,
    /// Its heading on the rule's page.
    pub mutation: String,
    /// The mutated file.
    pub path: String,
    /// Did the rule see it, at the mutated place?
    pub killed: bool,
    /// The rules that saw something.
    pub got: Vec<&'static str>,
    /// What the run said instead of an answer.
    #[serde(skip)]
    pub complaint: Option<String>,
}

/// A rule that was not tried.
#[derive(Debug, Clone, Serialize)]
pub struct Skipped {
    /// The rule.
    pub rule: &'static str,
    /// Why.
    pub reason: String,
}

impl Selftest {
    /// Tries all rules of these gates on a revision.
    pub fn run(head: &Arc<Snapshot>, options: &Options) -> Result<Self, RunError> {
        let mut settings = Settings::alone(&options.config, options.now);
        settings.is_strict = true;
        let world = World { repository: None, head: Arc::clone(head), base: Base::Declined };
        let policy = read_policy(&world, &settings)?;
        let is_asked = |it: &&dyn Rule| {
            options.gates.is_empty() || options.gates.iter().any(|gate| gate == it.info().gate)
        };
        let mut rules: Vec<&dyn Rule> = RULES.iter().copied().filter(is_asked).collect();
        rules.sort_by_key(|it| (it.info().gate, it.info().id));
        let mut selftest = Self { schema: "checks-selftest/v1", ..Self::default() };
        for rule in rules {
            selftest.try_rule(rule, head, (&policy, options))?;
        }
        selftest.killed = selftest.mutants.iter().filter(|it| it.killed).count();
        selftest.survived = selftest.mutants.len() - selftest.killed;
        Ok(selftest)
    }

    fn try_rule(
        &mut self,
        rule: &'static dyn Rule,
        head: &Arc<Snapshot>,
        (policy, options): (&Policy, &Options),
    ) -> Result<(), RunError> {
        let info = rule.info();
        // The page of a rule is executed as a test: it parses.
        let page = Page::parse(info.docs).unwrap_or_default();
        let is_live = page.mutations.iter().any(|it| it.is_live);
        let reason = if policy.level(rule) == Level::Off {
            Some("switched off in `checks.toml`")
        } else if page.mutations.is_empty() {
            Some("its page has no mutation")
        } else if info.needs.contains(&Need::Live) && !is_live {
            Some("needs the network")
        } else {
            None
        };
        if let Some(reason) = reason {
            self.skipped.push(Skipped { rule: info.id, reason: reason.to_owned() });
            return Ok(());
        }
        for (title, mutations) in by_title(&page.mutations) {
            let trial = Trial { rule, title, mutations, head, options };
            self.mutants.push(trial.run()?);
        }
        Ok(())
    }

    /// The exit code: 0 if all were killed and at most 15 % of the rules skipped.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        u8::from(self.survived > 0 || self.is_mostly_skipped())
    }

    /// Were more than 15 % of the rules skipped?
    #[must_use]
    pub fn is_mostly_skipped(&self) -> bool {
        let rules: std::collections::BTreeSet<_> = self.mutants.iter().map(|it| it.rule).collect();
        self.skipped.len() * 100 > (rules.len() + self.skipped.len()) * 15
    }

    /// `checks-selftest/v1`.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Plain data with text keys always serialises.
        canonical_json(&serde_json::to_value(self).unwrap_or_default())
    }

    /// For people: what survived, what was skipped, and the counts.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for it in self.mutants.iter().filter(|it| !it.killed) {
            let got = if it.got.is_empty() { "nothing".to_owned() } else { it.got.join(", ") };
            let why = it.complaint.as_ref().map_or(String::new(), |it| format!(" ({it})"));
            text.push_str(&format!(
                "survived: `{}` does not see the mutation of `{}`; seen: {got}{why}\n",
                it.rule, it.path
            ));
        }
        for it in &self.skipped {
            text.push_str(&format!("skipped: `{}`: {}\n", it.rule, it.reason));
        }
        let n_skipped = self.skipped.len();
        text + &format!(
            "{} killed · {} survived · {n_skipped} skipped\n",
            self.killed, self.survived
        )
    }
}

/// The mutations of a page: those under one heading belong together.
fn by_title(mutations: &[Mutation]) -> Vec<(&str, Vec<&Mutation>)> {
    let mut groups: Vec<(&str, Vec<&Mutation>)> = Vec::new();
    for it in mutations {
        match groups.iter_mut().find(|(title, _)| *title == it.title) {
            Some((_, group)) => group.push(it),
            None => groups.push((&it.title, vec![it])),
        }
    }
    groups
}
