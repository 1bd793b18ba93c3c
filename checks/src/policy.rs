//! The policy in force, and which rules take part in a run.

use kernel::{Level, Need, RepoPath, Timestamp, Undecided, Waiver};

use crate::{
    config::{Config, Difference, Setting, UnknownKey},
    gates,
    judge::Bench,
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
    /// Head's own settings, whatever is in force.
    pub head: Setting,
    /// Where base's policy lies; none if base has none that can be read.
    pub base_path: Option<RepoPath>,
    /// By which keys head permits more than base.
    pub differences: Vec<Difference>,
    /// How many keys were compared with base's.
    pub n_compared: usize,
    /// Keys of base's file that this version does not know.
    pub unknown_at_base: Vec<UnknownKey>,
    /// Why base's policy is not known, though there may be one.
    pub base_unreadable: Option<Undecided>,
    /// The waivers that permit to loosen the policy itself.
    pub permits: Vec<Waiver>,
    /// Waivers that permitted so in an earlier change and are not needed any more.
    pub spent: Vec<Waiver>,
    /// Does loosening deny, or only warn?
    pub is_enforced: bool,
    /// Head has a `checks.toml` and base has none.
    pub is_introduced: bool,
}

/// The rule that tells when head's policy permits more than base's.
pub const WEAKENED: &str = "policy-weakened";

/// Which rules the user asked for; empty lists mean all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// `--gate`.
    pub gates: Vec<String>,
    /// `--rule`.
    pub rules: Vec<String>,
    /// Gates that are left out; the policy itself is always judged.
    pub skipped: Vec<String>,
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
    /// What holds if there is only head to go by.
    #[must_use]
    pub fn of_head(head: Setting, path: &RepoPath, is_enforced: bool) -> Self {
        Self {
            config: Config::of(head.clone()),
            path: path.clone(),
            head,
            base_path: None,
            differences: Vec::new(),
            n_compared: 0,
            unknown_at_base: Vec::new(),
            base_unreadable: None,
            permits: Vec::new(),
            spent: Vec::new(),
            is_enforced,
            is_introduced: false,
        }
    }

    /// The level of a rule in this run.
    ///
    /// Head cannot lower the rule that guards the policy while nobody knows what base says of it.
    #[must_use]
    pub fn level(&self, rule: &dyn Rule) -> Level {
        let info = rule.info();
        if self.config.is_gate_off(info.gate) {
            return Level::Off;
        }
        let level = self.config.level(info.id).unwrap_or(info.level);
        if info.gate == gates::CONTRACT_GATE {
            // It looks for what any service wants told; each finding has a level of its own.
            let gate = &self.config.contract_gate;
            gate.raised(level.max(gate.highest_level(info.id).unwrap_or(Level::Off)))
        } else if info.id != WEAKENED {
            level
        } else if !self.is_enforced {
            level.min(Level::Warn)
        } else if self.base_unreadable.is_some() {
            info.level
        } else {
            level
        }
    }

    /// What outcomes are judged by.
    #[must_use]
    pub fn bench(&self, now: Timestamp) -> Bench<'_> {
        Bench { waivers: &self.config.waivers, permits: &self.permits, now }
    }

    /// Head's waivers that permit to loosen the policy: complete, valid today, no longer than head
    /// and base allow, and added by this very change. What base has already is spent: it permitted
    /// another change, and a new one needs its own.
    pub(crate) fn permit_loosening(&mut self, base: Option<&Config>, now: Timestamp) {
        let own_limit = self.config.max_waiver_days;
        let limit = base.map_or(own_limit, |it| it.max_waiver_days.min(own_limit));
        let of_base = base.map_or(&[][..], |it| &it.waivers);
        let waivers = self.config.waivers.iter().filter(|it| it.rule == WEAKENED);
        let days_left = |it: &Waiver| it.expires.map_or(-1, |it| now.days_until(it));
        let counts = |it: &&Waiver| it.is_complete() && (0..=limit).contains(&days_left(it));
        let is_old = |it: &&Waiver| of_base.iter().any(|old| says_the_same(old, it));
        (self.spent, self.permits) = waivers.filter(counts).cloned().partition(|it| is_old(&it));
    }

    /// The rules that take part, in the order of the report.
    #[must_use]
    pub fn plan(&self, selection: &Selection) -> Vec<Planned> {
        let is_asked = |rule: &dyn Rule| {
            let info = rule.info();
            let by_gate = selection.gates.iter().any(|it| it == info.gate);
            let by_rule = selection.rules.iter().any(|it| it == info.id);
            let everything = selection.gates.is_empty() && selection.rules.is_empty();
            let is_skipped = selection.skipped.iter().any(|it| it == info.gate);
            (everything || by_gate || by_rule) && !is_skipped || info.gate == gates::POLICY
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

fn says_the_same(one: &Waiver, other: &Waiver) -> bool {
    let words = |it: &Waiver| {
        (it.rule.clone(), it.subject.clone(), it.reason.clone(), it.owner.clone(), it.expires)
    };
    words(one) == words(other)
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
