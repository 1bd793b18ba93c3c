//! Witnesses about who calls whom, replayed on the parsed files alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use kernel::{Document, RepoPath, Witness};
use routes::judge;
use serde::Serialize;

use crate::route_audit::config_judge::Reading;

/// Who is deployed here and who binds whom, as the judge reads it.
#[derive(Debug, Default)]
pub struct Bindings {
    known: BTreeSet<String>,
    written: Vec<Written>,
}

/// One service binding of one unit.
#[derive(Debug)]
struct Written {
    owner: Option<String>,
    binding: Option<String>,
    service: String,
    targets: BTreeSet<String>,
}

impl Bindings {
    /// Reads all files once.
    #[must_use]
    pub fn read(documents: &BTreeMap<RepoPath, Arc<Document>>, external: &[String]) -> Self {
        let mut bindings = Self::default();
        bindings.known.extend(external.iter().cloned());
        for reading in documents.values().flat_map(|it| Reading::all(it)) {
            let owner = reading.name();
            bindings.written.extend(reading.services().map(|it| Written {
                owner: owner.clone(),
                binding: it.binding.map(str::to_owned),
                service: it.service.to_owned(),
                targets: it.targets,
            }));
            bindings.known.extend(owner);
        }
        bindings
    }
}

/// A service binding whose target nothing here deploys.
#[derive(Debug, Serialize)]
pub struct DanglingTarget {
    /// Who has the binding.
    pub owner: String,
    /// Its name in the code.
    pub binding: Option<String>,
    /// The target.
    pub service: String,
}

impl Witness for DanglingTarget {
    const KIND: &'static str = "dangling-target";
    type World = Bindings;

    fn replay(&self, world: &Bindings) -> bool {
        let is_it = |it: &&Written| it.binding == self.binding && it.service == self.service;
        let is_dangling = |it: &Written| it.targets.is_disjoint(&world.known);
        world.written.iter().filter(is_it).any(is_dangling)
    }
}

/// Workers that bind each other in a ring.
#[derive(Debug, Serialize)]
pub struct BindingCycle {
    /// Their names; each binds the next one, and the last one binds the first.
    pub cycle: Vec<String>,
}

impl Witness for BindingCycle {
    const KIND: &'static str = "binding-cycle";
    type World = Bindings;

    fn replay(&self, world: &Bindings) -> bool {
        let binds = |from: &String, to: &String| {
            world.written.iter().any(|it| {
                it.owner.as_deref() == Some(script_name(from))
                    && it.targets.contains(script_name(to))
            })
        };
        let next = self.cycle.iter().cycle().skip(1);
        let unique: BTreeSet<&String> = self.cycle.iter().collect();
        unique.len() == self.cycle.len()
            && self.cycle.len() > 1
            && self.cycle.iter().zip(next).all(|(from, to)| binds(from, to))
    }
}

/// An owner without the account in front, which script names cannot hold.
fn script_name(owner: &str) -> &str {
    owner.rsplit('/').next().unwrap_or(owner)
}

/// A URL that a Worker fetches and that a route of another one owns.
#[derive(Debug, Serialize)]
pub struct UrlWithOwner {
    /// The URL, without anything of the variable that the route does not need.
    pub url: String,
    /// Whose route takes it.
    pub owner: String,
    /// The zone that both have routes in.
    pub zone: String,
}

/// The raw routes in dispute: who has them, pattern and zone as written.
#[derive(Debug)]
pub struct RoutesInZone {
    /// The Worker that has the variable.
    pub caller: String,
    /// Owner, pattern and zone name as written, of the route that takes the URL.
    pub taker: (String, String, Option<String>),
    /// Pattern and zone name as written, of a route of the caller.
    pub own: (String, Option<String>),
}

impl Witness for UrlWithOwner {
    const KIND: &'static str = "url-with-owner";
    type World = RoutesInZone;

    fn replay(&self, world: &RoutesInZone) -> bool {
        let (owner, pattern, zone) = &world.taker;
        let (own, own_zone) = &world.own;
        let Ok(url) = url::Url::parse(&self.url) else { return false };
        let is_bare = url.query().is_none() && url.username().is_empty();
        let in_zone = |host: &str| {
            let host = host.trim_start_matches(['*', '.']);
            host == self.zone || host.strip_suffix(&*self.zone).is_some_and(|it| it.ends_with('.'))
        };
        let is_own_in_zone = match own_zone {
            Some(zone) => zone.eq_ignore_ascii_case(&self.zone),
            None => in_zone(&host_of(own)),
        };
        is_bare
            && *owner == self.owner
            && *owner != world.caller
            && judge::takes(pattern, zone.as_deref(), &self.url)
            && in_zone(url.host_str().unwrap_or_default())
            && is_own_in_zone
    }
}

/// The host part of a pattern as written, in lower case.
fn host_of(pattern: &str) -> String {
    let rest = pattern.split_once("://").map_or(pattern, |(_, it)| it);
    rest.split('/').next().unwrap_or_default().to_lowercase()
}
