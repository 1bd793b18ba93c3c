//! How the rules of the gate name things, so that they all do it alike.

use kernel::{Outcome, Related};

use crate::{
    config::RouteAudit,
    route_audit::{Claim, Fleet},
};

impl Fleet {
    /// An outcome without findings that is undecided while a configuration cannot be read: for the
    /// rules that speak about all claims at once.
    #[must_use]
    pub fn outcome(&self, examined: usize) -> Outcome {
        Outcome { examined, undecided: self.unread.clone(), ..Outcome::default() }
    }

    /// How many routes the rules on pairs examine.
    #[must_use]
    pub fn n_routes(&self) -> usize {
        self.routes.routes().len()
    }

    /// How many units the other rules examine.
    #[must_use]
    pub fn n_units(&self) -> usize {
        self.workers.units().count()
    }

    /// Claims by owner and pattern, so that a witness does not depend on the names of files.
    #[must_use]
    pub fn sorted<'a>(&self, mut claims: Vec<&'a Claim>) -> Vec<&'a Claim> {
        claims.sort_by_key(|it| (self.owner(it.owner), &*it.raw, &it.place));
        claims
    }

    /// A valid claim as messages name it: the normalised pattern and its owner.
    #[must_use]
    pub fn named<'a>(&'a self, claim: &'a Claim) -> (&'a str, &'a str) {
        let pattern = claim.pattern().map_or(&*claim.raw, |it| it.text());
        (pattern, self.owner(claim.owner))
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

/// Other claims of a finding.
pub fn related<'a>(claims: impl IntoIterator<Item = &'a Claim>, note: &str) -> Vec<Related> {
    let related = |it: &Claim| Related { place: it.place.clone(), note: note.to_owned() };
    claims.into_iter().map(related).collect()
}

/// The allowance that once signed an overlap, for its finding to name.
#[must_use]
pub fn expired(audit: &RouteAudit, position: Option<usize>) -> Option<Related> {
    let allowance = audit.allowed_overlaps.get(position?)?;
    let note = format!("this allowance expired on {}", allowance.expires?);
    Some(Related { place: allowance.place.clone(), note })
}
