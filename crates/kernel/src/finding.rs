use crate::{Confirmed, Digest, Fix, Place};

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
    /// Names the finding across edits: rule, subject and kind of witness; no lines, no wording.
    #[must_use]
    pub fn fingerprint(&self, rule: &str) -> String {
        let text = format!("{rule}\n{}\n{}", self.subject, self.witness.kind());
        Digest::of(text.as_bytes()).to_string()
    }
}
