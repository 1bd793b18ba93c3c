//! Overlaps that the policy signs.

use std::collections::BTreeMap;

use kernel::Timestamp;
use routes::{Intersection, Owner, Pattern};

use crate::{config::Allowance, route_audit::Fleet};

/// The allowances of the policy, and which of them matched something.
pub(crate) struct Allowances<'a> {
    permits: Vec<Permit>,
    by_name: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    by_number: BTreeMap<(Owner, Owner), Vec<usize>>,
    matched: Vec<bool>,
}

struct Permit {
    within: Within,
    is_expired: bool,
}

enum Within {
    Anything,
    Pattern(Box<Pattern>),
    /// The text is no pattern: it holds nothing.
    Nothing,
}

/// What the policy says of one overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signature {
    /// It is permitted.
    Valid,
    /// It was, by the allowance at this position of the policy.
    Expired(usize),
    /// Nobody signed.
    Missing,
}

impl<'a> Allowances<'a> {
    pub(crate) fn new(allowances: &'a [Allowance], fleet: &Fleet, now: Timestamp) -> Self {
        let mut by_name: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (index, it) in allowances.iter().enumerate() {
            by_name.entry((&it.winner, &it.loser)).or_default().push(index);
        }
        let numbers: BTreeMap<&str, Owner> =
            (0..).zip(&fleet.owners).map(|(number, it)| (&**it, number)).collect();
        let by_number = by_name.iter().filter_map(|((winner, loser), indices)| {
            Some(((*numbers.get(winner)?, *numbers.get(loser)?), indices.clone()))
        });
        Self {
            permits: allowances.iter().map(|it| Permit::new(it, now)).collect(),
            by_number: by_number.collect(),
            by_name,
            matched: vec![false; allowances.len()],
        }
    }

    /// May the first owner's route take these URLs from the second owner's?
    pub(crate) fn of_routes(
        &mut self,
        owners: (Owner, Owner),
        shared: &Intersection<'_>,
    ) -> Signature {
        match self.by_number.get(&owners) {
            Some(indices) => sign(&self.permits, indices, &mut self.matched, shared),
            None => Signature::Missing,
        }
    }

    /// The same for owners by their names.
    pub(crate) fn of_names(
        &mut self,
        (winner, loser): (&str, &str),
        shared: &Intersection<'_>,
    ) -> Signature {
        match self.by_name.get(&(winner, loser)) {
            Some(indices) => sign(&self.permits, indices, &mut self.matched, shared),
            None => Signature::Missing,
        }
    }

    /// Positions of the allowances that matched nothing, expired or not.
    pub(crate) fn idle(&self) -> Vec<usize> {
        (0..).zip(&self.matched).filter(|(_, matched)| !**matched).map(|it| it.0).collect()
    }
}

impl Permit {
    fn new(allowance: &Allowance, now: Timestamp) -> Self {
        let within = match allowance.within.as_deref() {
            None => Within::Anything,
            Some(text) => Pattern::parse(text, None, &|_| false)
                .map_or(Within::Nothing, |it| Within::Pattern(Box::new(it))),
        };
        Self { within, is_expired: allowance.expires.is_some_and(|it| it < now.date()) }
    }

    fn holds(&self, shared: &Intersection<'_>) -> bool {
        match &self.within {
            Within::Anything => true,
            Within::Pattern(pattern) => shared.lies_within(pattern),
            Within::Nothing => false,
        }
    }
}

fn sign(
    permits: &[Permit],
    indices: &[usize],
    matched: &mut [bool],
    shared: &Intersection<'_>,
) -> Signature {
    let mut signature = Signature::Missing;
    for index in indices {
        let Some(permit) = permits.get(*index).filter(|it| it.holds(shared)) else { continue };
        if let Some(it) = matched.get_mut(*index) {
            *it = true;
        }
        signature = match signature {
            Signature::Valid => Signature::Valid,
            _ if !permit.is_expired => Signature::Valid,
            Signature::Expired(first) => Signature::Expired(first),
            Signature::Missing => Signature::Expired(*index),
        };
    }
    signature
}
