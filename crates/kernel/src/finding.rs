use serde_json::{Map, Value};

use crate::{Confirmed, Digest, Fix, Level, Place};

/// One fault at one place. It cannot be built without a witness that was replayed.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Where the fault stands.
    pub place: Place,
    /// The revision that has this place; base only for things that vanished.
    pub side: Side,
    /// What the finding is about, in words that survive an edit elsewhere; waivers match it.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
    /// Other places that take part.
    pub related: Vec<Related>,
    /// The counterexample.
    pub witness: Confirmed,
    /// An edit that repairs it without changing what anybody owns.
    pub fix: Option<Fix>,
    /// What its gate tells besides.
    pub details: Option<Box<Details>>,
}

/// What one gate tells of its findings, and others do not.
#[derive(Debug, Clone, PartialEq)]
pub struct Details {
    /// The level of this very finding, which may not be that of its rule.
    pub level: Level,
    /// What the subject is a part of, such as the path of a contract: the same subject in another
    /// one is another finding.
    pub within: String,
    /// Further members of the finding in a report.
    pub members: Map<String, Value>,
}

/// Which revision a place belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The older state.
    Base,
    /// The state under judgement.
    Head,
}

/// Another place that takes part in a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// Its part in the fault.
    pub note: String,
}

impl Finding {
    /// Names the finding across edits: rule, subject and kind of witness (and what the subject is
    /// a part of); no lines, no wording.
    #[must_use]
    pub fn fingerprint(&self, rule: &str) -> String {
        let mut text = format!("{rule}\n{}\n{}", self.subject, self.witness.kind());
        if let Some(details) = &self.details {
            text.push_str(&format!("\n{}", details.within));
        }
        Digest::of(text.as_bytes()).to_string()
    }
}
