//! The policy in force, and which rules take part in a run.

use kernel::{Level, Need, RepoPath, Undecided};

use crate::{
    config::{Config, ConfigError, Difference},
    gates,
    rule::Rule,
    rules::RULES,
};

/// What holds in this run.
#[derive(Debug)]
pub struct Policy {
    /// The settings in force: head's, or in CI the stricter of base's and head's.
    pub config: Config,
    /// Where the policy lies.
    pub path: RepoPath,
    /// By which keys head permits more than base.
    pub differences: Vec<Difference>,
    /// Keys of base's file that this version does not know.
    pub unknown_at_base: Vec<ConfigError>,
    /// Base has a `checks.toml` that cannot be read.
    pub base_unreadable: Option<Undecided>,
    /// Does loosening deny, or only warn?
    pub is_enforced: bool,
    /// Head has a `checks.toml` and base has none.
    pub is_introduced: bool,
}

/// Which rules the user asked for; empty lists mean all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// `--gate`.
    pub gates: Vec<String>,
    /// `--rule`.
    pub rules: Vec<String>,
}

/// A rule with its part in this run.
#[derive(Clone, Copy)]
pub struct Planned {
    /// The rule.
    pub rule: &'static dyn Rule,
    /// Its level in force.
    pub level: Level,
}

impl Policy {
    /// The level of a rule in this run.
    #[must_use]
    pub fn level(&self, rule: &dyn Rule) -> Level {
        let info = rule.info();
        if self.config.is_gate_off(info.gate) {
            return Level::Off;
        }
        let level = self.config.level(info.id).unwrap_or(info.level);
        if info.id == "policy-weakened" && !self.is_enforced {
            level.min(Level::Warn)
        } else {
            level
        }
    }

    /// The rules that take part, in the order of the report.
    #[must_use]
    pub fn plan(&self, selection: &Selection) -> Vec<Planned> {
        let is_asked = |rule: &dyn Rule| {
            let info = rule.info();
            let by_gate = selection.gates.iter().any(|it| it == info.gate);
            let by_rule = selection.rules.iter().any(|it| it == info.id);
            let everything = selection.gates.is_empty() && selection.rules.is_empty();
            everything || by_gate || by_rule || info.gate == gates::POLICY
        };
        let mut plan: Vec<Planned> = RULES
            .iter()
            .filter(|it| is_asked(**it))
            .map(|it| Planned { rule: *it, level: self.level(*it) })
            .collect();
        plan.sort_by_key(|it| (it.rule.info().gate, it.rule.info().id));
        plan
    }
}

impl Planned {
    /// Rules that judge the run itself come after those that judge the repository.
    #[must_use]
    pub fn phase(&self) -> Phase {
        let info = self.rule.info();
        if info.gate != gates::POLICY {
            Phase::Repository
        } else if info.needs.contains(&Need::Findings) {
            Phase::Waivers
        } else {
            Phase::Policy
        }
    }
}

/// When a rule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Reads the repository.
    Repository,
    /// Judges what was read, and the policy.
    Policy,
    /// Judges the waivers, when all other findings are known.
    Waivers,
}
