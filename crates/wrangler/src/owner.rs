use std::collections::{BTreeMap, BTreeSet};

use crate::{Unit, UnitId, UnitKind, Workers};

/// One name that configurations of different folders deploy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameClash {
    /// The name.
    pub name: Box<str>,
    /// Workers and Pages projects have names of their own.
    pub kind: UnitKind,
    /// The units that deploy it, in order.
    pub units: Vec<UnitId>,
}

/// Names that deployed units of different folders share, in order of the names.
///
/// An unset account may be any; two that are set and differ keep the names apart.
#[must_use]
pub fn name_clashes(workers: &Workers, is_deployed: &dyn Fn(&Unit) -> bool) -> Vec<NameClash> {
    let mut groups: BTreeMap<(&str, UnitKind), Vec<(UnitId, &Unit)>> = BTreeMap::new();
    for (id, unit) in workers.units().filter(|(_, it)| is_deployed(it)) {
        if let Some(name) = &unit.name {
            groups.entry((name, unit.kind)).or_default().push((id, unit));
        }
    }
    let clash = |((name, kind), units): ((&str, UnitKind), Vec<(UnitId, &Unit)>)| {
        let members = clashing(&units);
        (!members.is_empty()).then(|| NameClash { name: name.into(), kind, units: members })
    };
    groups.into_iter().filter_map(clash).collect()
}

/// The units that have a partner in another folder, whose account may be the same.
fn clashing(units: &[(UnitId, &Unit)]) -> Vec<UnitId> {
    // Each account with the folders it is used in, so that many units need no pairwise loop.
    let mut folders: BTreeMap<Option<&str>, BTreeSet<&str>> = BTreeMap::new();
    for (_, unit) in units {
        folders.entry(unit.account.as_deref()).or_default().insert(unit.path.folder());
    }
    let has_partner = |unit: &Unit| {
        let elsewhere = |it: &BTreeSet<&str>| it.iter().any(|it| *it != unit.path.folder());
        let account = unit.account.as_deref();
        let is_open = |it: Option<&str>| account.is_none() || it.is_none() || it == account;
        folders.iter().any(|(other, used)| is_open(*other) && elsewhere(used))
    };
    units.iter().filter(|(_, it)| has_partner(it)).map(|(id, _)| *id).collect()
}

/// Gives each unit its owner, once all units are known.
pub(crate) fn name_owners(workers: &mut Workers) {
    let mut accounts: BTreeMap<Box<str>, BTreeSet<Box<str>>> = BTreeMap::new();
    for (_, unit) in workers.units() {
        if let (Some(name), Some(account)) = (&unit.name, &unit.account) {
            accounts.entry(name.clone()).or_default().insert(account.clone());
        }
    }
    let is_shared = |name: &str| accounts.get(name).is_some_and(|it| it.len() > 1);
    for unit in workers.configs.iter_mut().flat_map(|it| &mut it.units) {
        unit.owner = match (&unit.name, &unit.account) {
            (Some(name), Some(account)) if is_shared(name) => format!("{account}/{name}").into(),
            (Some(name), _) => name.clone(),
            (None, _) => format!("<unnamed {}>", unit.address()).into(),
        };
    }
}
