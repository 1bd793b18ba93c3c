use serde::{Deserialize, Serialize};

use crate::{Finding, Refuted};

/// What a rule saw. No findings is a good sign only if something was examined.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// How many subjects were looked at.
    pub examined: usize,
    /// How many possible findings a budget left untold.
    pub omitted: usize,
    /// The faults.
    pub findings: Vec<Finding>,
    /// What could not be decided; a rule with findings that deny is red all the same.
    pub undecided: Vec<Undecided>,
}

/// A question that this run cannot answer, and what is missing for an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undecided {
    /// What is missing, for example the path that cannot be read; waivers match it.
    pub subject: String,
    /// Why, with the remedy.
    pub reason: String,
}

/// Why a rule gave no outcome at all.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The question is beyond this run.
    #[error("{}", .0.reason)]
    Undecided(Undecided),
    /// The rule does not take part in this run.
    #[error("{0}")]
    Off(String),
    /// A witness did not replay: our bug, exit 2.
    #[error(transparent)]
    Refuted(#[from] Refuted),
}

/// The answer of one rule; undecided never passes for green.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The promise holds for everything examined.
    Green,
    /// The promise is broken.
    Red,
    /// There is no answer.
    Undecided,
    /// The rule did not take part.
    Off,
}

impl Verdict {
    /// The word used in reports and proofs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Red => "red",
            Self::Undecided => "undecided",
            Self::Off => "off",
        }
    }
}
