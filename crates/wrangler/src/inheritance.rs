use crate::{Claim, Config, Unit};

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
/// The top level is the rightful owner while it is deployed, else the first environment. An
/// environment whose own `route` is ignored is left out: that is the fault to repair there.
/// Claims refused by their shape are left out too.
#[must_use]
pub fn inheritances(config: &Config, is_deployed: &dyn Fn(&Unit) -> bool) -> Vec<Inheritance> {
    let candidates = config.units.iter().enumerate();
    let candidates = candidates.filter(|(_, it)| it.ignored_route.is_none() && is_deployed(it));
    candidates.filter_map(|(index, _)| inheritance(config, index, is_deployed)).collect()
}

fn inheritance(
    config: &Config,
    unit: usize,
    is_deployed: &dyn Fn(&Unit) -> bool,
) -> Option<Inheritance> {
    let owner = &config.units.get(unit)?.owner;
    let mut claims = Vec::new();
    let mut rightful: Option<usize> = None;
    for (index, claim) in config.units.get(unit)?.claims.iter().enumerate() {
        let is_other = |it: &Unit| is_deployed(it) && it.owner != *owner;
        let elder = elder_of(config, unit, claim, &is_other).filter(|_| claim.fault.is_none());
        if let Some(elder) = elder {
            claims.push(index);
            rightful = Some(rightful.map_or(elder, |it| it.min(elder)));
        }
    }
    rightful.map(|rightful| Inheritance { unit, claims, rightful })
}

/// The deployed unit before this one that has the same claim, if this one only inherits it.
///
/// Such a claim stands aside: no rule on claims but `routes-inherited-by-env` speaks of it.
#[must_use]
pub fn elder_copy(
    config: &Config,
    unit: usize,
    claim: usize,
    is_deployed: &dyn Fn(&Unit) -> bool,
) -> Option<usize> {
    let claim = config.units.get(unit)?.claims.get(claim)?;
    elder_of(config, unit, claim, is_deployed)
}

/// The environments whose own `route` has no effect, in the order of the file.
pub fn ignored_routes(config: &Config) -> impl Iterator<Item = IgnoredRoute<'_>> {
    config.units.iter().enumerate().filter_map(|(unit, it)| {
        it.ignored_route.as_ref().map(|route| IgnoredRoute { unit, route })
    })
}

fn elder_of(
    config: &Config,
    unit: usize,
    claim: &Claim,
    is_wanted: &dyn Fn(&Unit) -> bool,
) -> Option<usize> {
    let elders = config.units.iter().take(unit);
    claim.inherited.then_some(())?;
    elders.enumerate().find(|(_, it)| is_wanted(it) && has_copy(it, claim)).map(|(index, _)| index)
}

/// Does this unit have the claim too: the original, a copy, or a text of its own that is the same?
fn has_copy(unit: &Unit, claim: &Claim) -> bool {
    unit.claims.iter().any(|it| {
        let is_same_text = it.pattern.is_some()
            && it.pattern == claim.pattern
            && it.custom_domain == claim.custom_domain
            && it.fault.is_none();
        it.is_copy_of(claim) || is_same_text
    })
}
