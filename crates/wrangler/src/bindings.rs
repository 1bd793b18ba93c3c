use std::collections::{BTreeMap, BTreeSet, VecDeque};

use kernel::{Place, Step};

use crate::{
    Unit, UnitId, Workers,
    groups::{Targets, strong_groups},
};

/// A service binding as its unit declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The name in the code of the Worker.
    pub binding: Option<Box<str>>,
    /// The Worker it points at.
    pub service: Box<str>,
    /// The environment of that Worker.
    pub environment: Option<Box<str>>,
    /// The entrypoint of that Worker.
    pub entrypoint: Option<Box<str>>,
    /// Where `service` stands.
    pub place: Place,
    /// The way to the binding in its file.
    pub steps: Vec<Step>,
}

impl Service {
    /// The names the target may have: `service-environment`, if an environment is given, and
    /// `service`.
    pub fn targets(&self) -> impl Iterator<Item = Box<str>> {
        let in_environment =
            self.environment.as_ref().map(|it| format!("{}-{it}", self.service).into());
        in_environment.into_iter().chain([self.service.clone()])
    }
}

/// A service binding whose target is no unit here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dangling<'a> {
    /// The unit that has the binding.
    pub unit: UnitId,
    /// The binding.
    pub service: &'a Service,
}

/// Workers that bind each other in a ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// The owners in the order of the bindings, the smallest first; the last binds the first.
    pub owners: Vec<Box<str>>,
    /// The unit of the first owner that binds the next one.
    pub unit: UnitId,
    /// The index of that binding among the services of the unit.
    pub service: usize,
}

/// The service bindings that point at nothing known, in the order of the configuration.
#[must_use]
pub fn dangling_services<'a>(
    workers: &'a Workers,
    is_external: &dyn Fn(&str) -> bool,
) -> Vec<Dangling<'a>> {
    let names: BTreeSet<&str> = workers.units().filter_map(|(_, it)| it.name.as_deref()).collect();
    let is_known = |it: &str| names.contains(it) || is_external(it);
    let of_unit = |(unit, it): (UnitId, &'a Unit)| {
        let dangling = it.services.iter().filter(|it| !it.targets().any(|it| is_known(&it)));
        dangling.map(|service| Dangling { unit, service }).collect::<Vec<_>>()
    };
    workers.units().flat_map(of_unit).collect()
}

/// One shortest ring through the smallest owner of each group of Workers that bind each other.
///
/// A Worker that binds itself is no ring.
#[must_use]
pub fn service_rings(workers: &Workers, is_deployed: &dyn Fn(&Unit) -> bool) -> Vec<Ring> {
    let graph = Graph::of(workers, is_deployed);
    let ring = |group: Vec<&str>| {
        let owners = graph.shortest_ring(group.first()?, &group)?;
        let edges = graph.edges.get(owners.first()?)?;
        let (unit, service) = *edges.get(owners.get(1)?)?;
        Some(Ring { owners: owners.into_iter().map(Into::into).collect(), unit, service })
    };
    strong_groups(&graph.targets()).into_iter().filter_map(ring).collect()
}

/// Who binds whom: owner, target, and the first binding that says so.
#[derive(Default)]
struct Graph<'a> {
    edges: BTreeMap<&'a str, BTreeMap<&'a str, (UnitId, usize)>>,
}

impl<'a> Graph<'a> {
    fn of(workers: &'a Workers, is_deployed: &dyn Fn(&Unit) -> bool) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&'a Unit>> = BTreeMap::new();
        for (_, unit) in workers.units().filter(|(_, it)| is_deployed(it)) {
            if let Some(name) = &unit.name {
                by_name.entry(name).or_default().push(unit);
            }
        }
        let mut graph = Self::default();
        for (id, unit) in workers.units().filter(|(_, it)| is_deployed(it)) {
            graph.add(id, unit, &by_name);
        }
        graph
    }

    fn add(&mut self, id: UnitId, unit: &'a Unit, by_name: &BTreeMap<&str, Vec<&'a Unit>>) {
        for (index, service) in unit.services.iter().enumerate() {
            let target = service.targets().find_map(|it| target(by_name.get(&*it)?, unit));
            if let Some(target) = target.filter(|it| it.owner != unit.owner) {
                let edges = self.edges.entry(&unit.owner).or_default();
                edges.entry(&target.owner).or_insert((id, index));
            }
        }
    }

    fn targets(&self) -> Targets<'a> {
        let targets = self.edges.iter();
        targets.map(|(owner, it)| (*owner, it.keys().copied().collect())).collect()
    }

    /// Breadth first from the start back to it, without leaving the group.
    fn shortest_ring(&self, start: &'a str, group: &[&'a str]) -> Option<Vec<&'a str>> {
        let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(owner) = queue.pop_front() {
            let next = self.edges.get(owner).into_iter().flat_map(BTreeMap::keys);
            let new = next.copied().filter(|it| group.binary_search(it).is_ok());
            let new: Vec<_> = new.filter(|it| !came_from.contains_key(it)).collect();
            if new.contains(&start) {
                return Some(way_back(&came_from, start, owner));
            }
            came_from.extend(new.iter().map(|it| (*it, owner)));
            queue.extend(new);
        }
        None
    }
}

/// The unit a binding of `unit` means among those of one name: accounts must not differ.
fn target<'a>(candidates: &[&'a Unit], unit: &Unit) -> Option<&'a Unit> {
    let is_open =
        |it: &&Unit| it.account.is_none() || unit.account.is_none() || it.account == unit.account;
    candidates.iter().copied().find(is_open)
}

fn way_back<'a>(
    came_from: &BTreeMap<&'a str, &'a str>,
    start: &'a str,
    end: &'a str,
) -> Vec<&'a str> {
    let mut way = vec![end];
    let mut owner = end;
    while owner != start {
        let Some(before) = came_from.get(owner) else { break };
        owner = before;
        way.push(owner);
    }
    way.reverse();
    way
}
