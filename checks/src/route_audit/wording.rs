//! How the rules of the gate name things, so that they all do it alike.

use kernel::Outcome;

use crate::route_audit::{Claim, Fleet};

impl Fleet {
    /// An outcome without findings that is undecided while a configuration cannot be read: for the
    /// rules that speak about all claims at once.
    #[must_use]
    pub fn outcome(&self, examined: usize) -> Outcome {
        Outcome { examined, undecided: self.unread.clone(), ..Outcome::default() }
    }

    /// The owners of claims: `a`, `b` and `c`, each once, in the order given.
    #[must_use]
    pub fn owners_of(&self, claims: &[&Claim]) -> String {
        listed(claims.iter().map(|it| self.owner(it.owner)))
    }

    /// The files of claims, each once, in the order given.
    #[must_use]
    pub fn files_of(&self, claims: &[&Claim]) -> String {
        listed(claims.iter().map(|it| it.place.path.as_str()))
    }
}

/// Names in backticks with commas and a final `and`, each once.
pub fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    let quoted: Vec<String> = unique.iter().map(|it| format!("`{it}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
