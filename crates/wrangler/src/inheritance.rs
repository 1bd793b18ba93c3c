use std::collections::BTreeMap;

use crate::{Claim, Config, Slot, Unit};

/// An environment that has claims which another deployed unit of the file has too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inheritance {
    /// The index of the environment in its configuration.
    pub unit: usize,
    /// The indices of the claims it inherits and somebody else has.
    pub claims: Vec<usize>,
    /// The first deployed unit of another name that has one of them.
    pub rightful: usize,
}

/// An environment whose `route` loses to inherited `routes`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IgnoredRoute<'a> {
    /// The index of the environment in its configuration.
    pub unit: usize,
    /// The `route` that has no effect.
    pub route: &'a Claim,
}

/// The deployed environments that inherit claims of a deployed unit with another owner.
///
/// The top level is the rightful owner while it is deployed, else the first environment; another
/// environment of the rightful owner's name deploys the same script and is no fault. An
/// environment whose own `route` is ignored is left out: that is the fault to repair there.
/// Claims refused by their shape are left out too.
#[must_use]
pub fn inheritances(config: &Config, is_deployed: &dyn Fn(&Unit) -> bool) -> Vec<Inheritance> {
    let elders = Elders::of(config, is_deployed);
    let candidates = config.units.iter().enumerate();
    let candidates = candidates.filter(|(_, it)| it.ignored_route.is_none() && is_deployed(it));
    candidates.filter_map(|(index, _)| inheritance(&elders, index)).collect()
}

fn inheritance(elders: &Elders<'_>, unit: usize) -> Option<Inheritance> {
    let units = &elders.config.units;
    let inheritor = units.get(unit)?;
    let mut claims = Vec::new();
    let mut rightful: Option<usize> = None;
    for (index, _) in inheritor.claims.iter().enumerate().filter(|(_, it)| it.fault.is_none()) {
        let is_other = |it: &usize| units.get(*it).is_some_and(|it| it.owner != inheritor.owner);
        if let Some(elder) = elders.elder_copy(unit, index).filter(is_other) {
            claims.push(index);
            rightful = Some(rightful.map_or(elder, |it| it.min(elder)));
        }
    }
    rightful.map(|rightful| Inheritance { unit, claims, rightful })
}

/// Which deployed unit of a configuration has a claim first.
///
/// An index, because every claim of every environment asks.
pub struct Elders<'a> {
    config: &'a Config,
    by_entry: BTreeMap<(Option<&'a str>, Slot), usize>,
    by_text: BTreeMap<(&'a str, bool), usize>,
}

impl<'a> Elders<'a> {
    /// Looks at each claim of the deployed units once.
    #[must_use]
    pub fn of(config: &'a Config, is_deployed: &dyn Fn(&Unit) -> bool) -> Self {
        let mut elders = Self { config, by_entry: BTreeMap::new(), by_text: BTreeMap::new() };
        for (index, unit) in config.units.iter().enumerate().filter(|(_, it)| is_deployed(it)) {
            unit.claims.iter().for_each(|it| elders.note(index, it));
        }
        elders
    }

    fn note(&mut self, unit: usize, claim: &'a Claim) {
        self.by_entry.entry(entry(claim)).or_insert(unit);
        if let Some(text) = text(claim).filter(|_| claim.fault.is_none()) {
            self.by_text.entry(text).or_insert(unit);
        }
    }

    /// The first deployed unit before this one that has the same claim, if this one only
    /// inherits it: the original, a copy, or a text of its own that is the same.
    ///
    /// Such a claim stands aside: no rule on claims but `routes-inherited-by-env` speaks of it.
    #[must_use]
    pub fn elder_copy(&self, unit: usize, claim: usize) -> Option<usize> {
        let claim = self.config.units.get(unit)?.claims.get(claim)?;
        claim.inherited.then_some(())?;
        let by_entry = self.by_entry.get(&entry(claim));
        let by_text = text(claim).and_then(|it| self.by_text.get(&it));
        by_entry.into_iter().chain(by_text).copied().min().filter(|it| *it < unit)
    }
}

/// The environments whose own `route` has no effect, in the order of the file.
pub fn ignored_routes(config: &Config) -> impl Iterator<Item = IgnoredRoute<'_>> {
    config.units.iter().enumerate().filter_map(|(unit, it)| {
        it.ignored_route.as_ref().map(|route| IgnoredRoute { unit, route })
    })
}

/// The entry of the file that a claim is, or is a copy of.
fn entry(claim: &Claim) -> (Option<&str>, Slot) {
    (claim.written_in.as_deref(), claim.slot)
}

fn text(claim: &Claim) -> Option<(&str, bool)> {
    claim.pattern.as_deref().map(|it| (it, claim.custom_domain))
}
