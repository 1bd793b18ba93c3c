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
}

/// The commit of the release this binary belongs to; set when a release is built.
const REVISION: Option<&str> = option_env!("PROOFMARK_REVISION");

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
    Draft { path: "checks.toml", text }
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

/// The one required check: one job, always reporting, nothing to skip.
///
/// The gates are built before the checkout, so that no file of the repository steers the build.
#[must_use]
pub fn workflow() -> Draft {
    let Release { version, option, revision, comment } = Release::of(REVISION);
    let text = format!(
        "name: proofmark\n\
         on:\n  pull_request: {{}}\n  merge_group: {{}}\n  push:\n    branches: [main]\n\
         permissions: {{}}\n\
         concurrency:\n  group: proofmark-${{{{ github.ref }}}}\n  cancel-in-progress: true\n\
         jobs:\n  checks:\n    name: checks\n    runs-on: ubuntu-24.04\n    timeout-minutes: 20\n\
         \x20   permissions:\n      contents: read\n\
         \x20   steps:\n\
         \x20     - name: Build the gates of {version}\n\
         \x20       run: cargo install --locked --git {SOURCE} {option} {revision} \
         --root \"$RUNNER_TEMP/proofmark\" checks\n\
         \x20     - name: Check out all history, so that base and head can be compared\n\
         \x20       uses: actions/checkout@{CHECKOUT}\n\
         \x20       with:\n          fetch-depth: 0\n          persist-credentials: false\n\
         \x20     - name: Judge\n\
         \x20       uses: proofmark/proofmark/actions/checks@{revision} # {comment}\n\
         \x20       with:\n          binary: ${{{{ runner.temp }}}}/proofmark/bin/checks\n"
    );
    Draft { path: ".github/workflows/proofmark.yml", text }
}

/// How a workflow names the release that it builds and runs.
struct Release<'a> {
    version: &'static str,
    option: &'static str,
    revision: &'a str,
    comment: &'static str,
}

impl<'a> Release<'a> {
    /// By its commit, if the binary knows it; else by its tag.
    fn of(commit: Option<&'a str>) -> Self {
        let version = concat!("v", env!("CARGO_PKG_VERSION"));
        match commit {
            Some(revision) => Self { version, option: "--rev", revision, comment: version },
            None => Self { version, option: "--tag", revision: version, comment: UNPINNED },
        }
    }
}

/// Where releases are built from.
const SOURCE: &str = "https://github.com/proofmark/proofmark";

/// Said of a tag, which can be moved.
const UNPINNED: &str =
    "zizmor: ignore[unpinned-uses] or put the commit of this tag, here and above";

/// The commit of `actions/checkout` that templates use, with its version.
const CHECKOUT: &str = "8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_builds_and_runs_the_same_release() {
        let example = include_str!("../../../examples/shop/.github/workflows/checks.yml");
        let draft = workflow();
        let steps = draft.text.split_once("    steps:\n").unwrap().1;
        assert!(example.ends_with(steps), "the example does not end with\n{steps}");
    }

    #[test]
    fn a_release_is_named_once() {
        let check = |commit: Option<&str>, expected: (&str, &str)| {
            let it = Release::of(commit);
            assert_eq!((it.option, it.revision), expected);
        };
        check(Some("0123"), ("--rev", "0123"));
        check(None, ("--tag", concat!("v", env!("CARGO_PKG_VERSION"))));
    }
}
