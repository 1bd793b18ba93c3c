//! What the first files say.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use crate::route_audit::{Claim, Fleet, Target};

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Where, from the root.
    pub path: &'static str,
    /// What it says, without the first line.
    pub text: String,
    /// Its first line carries the digest of the rest, so that a file of ours is known again.
    pub is_marked: bool,
}

impl Draft {
    /// A file whose comments start with `#`.
    #[must_use]
    pub fn marked(path: &'static str, text: String) -> Self {
        Self { path, text, is_marked: true }
    }

    /// A file that can hold no comment: only the very same bytes are ours.
    #[must_use]
    pub fn verbatim(path: &'static str, text: String) -> Self {
        Self { path, text, is_marked: false }
    }
}

/// A first `checks.toml`: the Workers that are internal already, the hosts with one owner.
#[must_use]
pub fn checks_toml(fleet: &Fleet) -> Draft {
    let mut audit = Table::new();
    let internal = internal(fleet);
    if !internal.is_empty() {
        audit.insert("internal", value(internal.into_iter().collect::<Array>()));
    }
    if !fleet.discovery.configs.is_empty() {
        audit.insert("require-proof", value("on-change"));
    }
    let hosts = public_hosts(fleet);
    if !hosts.is_empty() {
        audit.insert("public-hosts", Item::ArrayOfTables(hosts));
    }
    let mut gates = Table::new();
    gates.set_implicit(true);
    gates.insert("route-audit", Item::Table(audit));
    let mut document = DocumentMut::new();
    document.insert("gates", Item::Table(gates));
    let text = format!(
        "# What judges this repository. `checks config schema` describes every key.\n\n{document}"
    );
    Draft::marked("checks.toml", text)
}

/// Workers that others bind, that claim nothing and that nobody outside reaches.
fn internal(fleet: &Fleet) -> BTreeSet<&str> {
    let units = || fleet.workers.units().map(|(_, it)| it);
    let bound: BTreeSet<Box<str>> =
        units().flat_map(|it| &it.services).flat_map(wrangler::Service::targets).collect();
    let is_closed =
        |it: &&wrangler::Unit| it.claims.is_empty() && !it.on_workers_dev && !it.on_preview_urls;
    let closed = units().filter(is_closed).filter_map(|it| it.name.as_deref());
    let open: BTreeSet<&str> =
        units().filter(|it| !is_closed(it)).filter_map(|it| it.name.as_deref()).collect();
    closed.filter(|it| bound.contains(*it) && !open.contains(it)).collect()
}

/// Each host without a star that one owner claims, with how many of its claims cover it.
fn public_hosts(fleet: &Fleet) -> ArrayOfTables {
    let claims: Vec<&Claim> = fleet.claims.iter().filter(|it| it.takes_part()).collect();
    let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (host, found) in fleet.hosts() {
        if !host.starts_with('*') {
            owners.insert(host, found);
        }
    }
    let mut hosts = ArrayOfTables::new();
    for (host, owners) in owners {
        let covering = claims.iter().filter(|it| covers(it, host));
        let foreign = covering.clone().any(|it| !owners.contains(fleet.owner(it.owner)));
        let (Some(owner), 1, false) = (owners.first(), owners.len(), foreign) else { continue };
        let n_claims = i64::try_from(covering.count()).unwrap_or(i64::MAX);
        let mut table = Table::new();
        table.insert("host", value(host));
        table.insert("owner", value(*owner));
        table.insert("claims", value(n_claims));
        hosts.push(table);
    }
    hosts
}

fn covers(claim: &Claim, host: &str) -> bool {
    match &claim.target {
        Ok(Target::Route(pattern)) => pattern.host().takes(host),
        Ok(Target::Domain(domain)) => domain.host() == host,
        Err(_) => false,
    }
}
