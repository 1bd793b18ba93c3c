//! What a project may choose; every default is the documented one.

use kernel::Timestamp;

/// What takes part in the address of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Servers {
    /// Scheme, host and prefix.
    #[default]
    Exact,
    /// The prefix only.
    Path,
    /// Neither.
    Ignore,
}

/// Which `format`s are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Formats {
    /// None: all annotate.
    None,
    /// Integer formats are ranges.
    #[default]
    Numeric,
    /// Besides, those with an exact grammar.
    All,
}

/// Whether a sender may use member names that only the other side declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Undeclared {
    /// It does not.
    #[default]
    KnownNames,
    /// It may: the strict reading.
    Any,
}

/// Whether a newly announced 4xx or 5xx breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ErrorStatuses {
    /// Clients treat an unknown code as its class (RFC 9110 §15).
    #[default]
    Expected,
    /// Only announced codes may come.
    Announced,
}

/// What a stability level promises, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stability {
    /// `draft`
    Draft,
    /// `alpha`
    Alpha,
    /// `beta`
    Beta,
    /// `stable`, also where nothing is said.
    #[default]
    Stable,
}

/// The policy of one comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// What takes part in an address.
    pub servers: Servers,
    /// Which formats are checked.
    pub formats: Formats,
    /// Whether senders keep to names they know.
    pub undeclared: Undeclared,
    /// Whether new error codes break.
    pub error_statuses: ErrorStatuses,
    /// Below it, breaks of WIRE are notes.
    pub stability_floor: Stability,
    /// Days between deprecation and sunset of what is stable.
    pub stable_days: u32,
    /// Days between deprecation and sunset of what is beta.
    pub beta_days: u32,
    /// Whether a deprecation has to name its last day.
    pub require_sunset: bool,
    /// The clock reading of the run.
    pub now: Timestamp,
    /// The budgets of one question.
    pub budgets: Budgets,
}

/// Counters, never clocks. Running out is undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// Steps of the search.
    pub steps: usize,
    /// States of one automaton.
    pub automaton_states: usize,
    /// Branches that are alive at once.
    pub branches: usize,
    /// Bytes of a witness.
    pub witness_bytes: usize,
}

impl Default for Budgets {
    fn default() -> Self {
        Self { steps: 200_000, automaton_states: 10_000, branches: 4_096, witness_bytes: 64 << 10 }
    }
}

impl Settings {
    /// The documented defaults at an instant.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self {
            servers: Servers::default(),
            formats: Formats::default(),
            undeclared: Undeclared::default(),
            error_statuses: ErrorStatuses::default(),
            stability_floor: Stability::Beta,
            stable_days: 180,
            beta_days: 31,
            require_sunset: false,
            now,
            budgets: Budgets::default(),
        }
    }
}
