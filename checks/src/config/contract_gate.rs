//! The settings of the gate `contract-gate`, with types.

use std::collections::BTreeMap;

use contracts::{
    Budgets, ErrorStatuses, Formats, Limits, Servers, Settings, Stability, Undeclared,
};
use kernel::{Level, Timestamp};

use crate::config::Setting;

/// Where contracts lie, unless the project says otherwise.
const CONTRACTS: [&str; 2] = ["contracts/*.openapi.json", "contracts/*.openapi.yaml"];

/// Settings of the gate `contract-gate`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractGate {
    /// Globs of contracts; those with `!` in front take files out again.
    pub contracts: Vec<String>,
    /// What takes part in the address of an operation.
    pub servers: Servers,
    /// Which formats are checked.
    pub formats: Formats,
    /// Whether senders keep to names they know.
    pub undeclared: Undeclared,
    /// Whether new error codes break.
    pub error_statuses: ErrorStatuses,
    /// Below it, breaks of the wire are notes.
    pub stability_floor: Stability,
    /// Days of notice for what is stable.
    pub stable_days: u32,
    /// Days of notice for what is beta.
    pub beta_days: u32,
    /// Whether a deprecation has to name its last day.
    pub require_sunset: bool,
    /// Whether findings name who uses the broken operation.
    pub names_consumers: bool,
    /// How much a contract may be.
    pub limits: Limits,
    /// The budgets of one question.
    pub budgets: Budgets,
    /// Levels of single services, by service and rule.
    pub levels: BTreeMap<String, BTreeMap<String, Level>>,
    /// Where migrations are written.
    pub migrate: Migrate,
    /// Findings of this level and higher ones deny: an input of the action.
    pub denied_from: Level,
}

/// Where migrations are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrate {
    /// The folder of all services.
    pub services: String,
    /// The folder of checklists.
    pub docs: String,
    /// The folder of plans; none: inside the git folder.
    pub out: Option<String>,
}

impl ContractGate {
    pub(super) fn of(gate: Option<&Setting>) -> Self {
        let word = |name: &str| gate.and_then(|it| it.get(name)).and_then(Setting::text);
        let days = |name: &str, usual: u32| {
            let days = gate.and_then(|it| it.get(name)).and_then(Setting::integer);
            days.map_or(usual, |it| u32::try_from(it).unwrap_or(u32::MAX))
        };
        let flag =
            |name: &str| gate.and_then(|it| it.get(name)).and_then(Setting::truth) == Some(true);
        let contracts = gate.and_then(|it| it.get("contracts")).map(words);
        Self {
            contracts: contracts.unwrap_or_else(|| CONTRACTS.map(str::to_owned).to_vec()),
            servers: match word("servers") {
                Some("ignore") => Servers::Ignore,
                Some("path") => Servers::Path,
                _ => Servers::Exact,
            },
            formats: match word("formats") {
                Some("none") => Formats::None,
                Some("all") => Formats::All,
                _ => Formats::Numeric,
            },
            undeclared: match word("undeclared") {
                Some("any") => Undeclared::Any,
                _ => Undeclared::KnownNames,
            },
            error_statuses: match word("error-statuses") {
                Some("announced") => ErrorStatuses::Announced,
                _ => ErrorStatuses::Expected,
            },
            stability_floor: match word("stability-floor") {
                Some("draft") => Stability::Draft,
                Some("alpha") => Stability::Alpha,
                Some("stable") => Stability::Stable,
                _ => Stability::Beta,
            },
            stable_days: days("stable-days", 180),
            beta_days: days("beta-days", 31),
            require_sunset: flag("require-sunset"),
            names_consumers: word("consumers") != Some("off"),
            limits: limits(gate.and_then(|it| it.get("limits"))),
            budgets: budgets(gate.and_then(|it| it.get("budgets"))),
            levels: levels(gate.and_then(|it| it.get("levels"))),
            migrate: migrate(gate.and_then(|it| it.get("migrate"))),
            denied_from: Level::Deny,
        }
    }

    /// What the engine has to know, at an instant.
    #[must_use]
    pub fn settings(&self, now: Timestamp) -> Settings {
        Settings {
            servers: self.servers,
            formats: self.formats,
            undeclared: self.undeclared,
            error_statuses: self.error_statuses,
            stability_floor: self.stability_floor,
            stable_days: self.stable_days,
            beta_days: self.beta_days,
            require_sunset: self.require_sunset,
            budgets: self.budgets,
            ..Settings::at(now)
        }
    }

    /// The level of a rule for one service, if it has one of its own.
    #[must_use]
    pub fn level(&self, service: &str, rule: &str) -> Option<Level> {
        self.levels.get(service)?.get(rule).copied()
    }

    /// What a level amounts to in this run.
    #[must_use]
    pub fn raised(&self, level: Level) -> Level {
        let is_raised = level > Level::Off && level >= self.denied_from;
        if is_raised { Level::Deny } else { level }
    }

    /// The highest level that any service gives a rule.
    #[must_use]
    pub fn highest_level(&self, rule: &str) -> Option<Level> {
        self.levels.values().filter_map(|it| it.get(rule)).max().copied()
    }
}

pub(super) fn words(list: &Setting) -> Vec<String> {
    list.items().iter().filter_map(Setting::text).map(str::to_owned).collect()
}

fn count(table: Option<&Setting>, name: &str, usual: usize) -> usize {
    let number = table.and_then(|it| it.get(name)).and_then(Setting::integer);
    number.and_then(|it| usize::try_from(it).ok()).unwrap_or(usual)
}

fn limits(table: Option<&Setting>) -> Limits {
    let usual = Limits::default();
    Limits {
        bytes: count(table, "bytes", usual.bytes),
        depth: count(table, "depth", usual.depth),
        nodes: count(table, "nodes", usual.nodes),
        expanded_nodes: count(table, "expanded-nodes", usual.expanded_nodes),
        files: count(table, "files", usual.files),
        reference_chain: count(table, "reference-chain", usual.reference_chain),
    }
}

fn budgets(table: Option<&Setting>) -> Budgets {
    let usual = Budgets::default();
    Budgets {
        steps: count(table, "steps", usual.steps),
        automaton_states: count(table, "automaton-states", usual.automaton_states),
        branches: count(table, "branches", usual.branches),
        witness_bytes: count(table, "witness-bytes", usual.witness_bytes),
    }
}

fn levels(table: Option<&Setting>) -> BTreeMap<String, BTreeMap<String, Level>> {
    let of_rule = |(rule, it): &(String, Setting)| Some((rule.clone(), level_named(it.text()?)?));
    let of_service = |(service, it): &(String, Setting)| {
        (service.clone(), it.members().iter().filter_map(of_rule).collect())
    };
    table.map_or(&[][..], Setting::members).iter().map(of_service).collect()
}

/// The level of a word of `checks.toml`.
pub(super) fn level_named(word: &str) -> Option<Level> {
    [Level::Off, Level::Note, Level::Warn, Level::Deny].into_iter().find(|it| it.name() == word)
}

fn migrate(table: Option<&Setting>) -> Migrate {
    let text = |name: &str| Some(table?.get(name)?.text()?.to_owned());
    Migrate {
        services: text("services").unwrap_or_else(|| "services".to_owned()),
        docs: text("docs").unwrap_or_else(|| "docs/migrations".to_owned()),
        out: text("out"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_what_the_engine_calls_usual() {
        let gate = ContractGate::of(None);
        let now: Timestamp = "2027-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(gate.settings(now), Settings::at(now));
        assert_eq!(gate.limits, Limits::default());
    }
}
