use serde::{Deserialize, Serialize};

/// What a rule promises, as data: pages, tables and the configuration schema come from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleInfo {
    /// Kebab-case name of the fault, so that "allow `route-claimed-twice`" reads well.
    pub id: &'static str,
    /// The gate it belongs to.
    pub gate: &'static str,
    /// What a finding does, unless `checks.toml` says otherwise.
    pub level: Level,
    /// The first version that had it.
    pub since: &'static str,
    /// What it cannot do without, besides the files at head.
    pub needs: &'static [Need],
    /// One sentence: what it finds.
    pub summary: &'static str,
    /// The `rule.md` beside the code, whose examples are executed as tests.
    pub docs: &'static str,
}

/// What a finding of a rule does to the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not run.
    Off,
    /// Told, not counted.
    Note,
    /// Told and counted; the verdict stays green.
    Warn,
    /// Makes the verdict red.
    Deny,
}

impl Level {
    /// The word used in `checks.toml` and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// What a rule needs besides the files at head; without it the rule is off or undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// The older side of the comparison.
    Base,
    /// The network, that is `--live`.
    Live,
    /// The findings of all other rules.
    Findings,
}
