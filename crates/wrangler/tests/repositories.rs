//! What whole public repositories hold, counted by the facts of this engine.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod documents;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use kernel::{Document, RepoPath};
use wrangler::{Unit, Workers};

/// Facts that appear at least once; every repository that is not named has none at all.
const FOUND: [(&str, &[(&str, usize)]); 5] = [
    (
        "cloudflare__workers-sdk",
        &[("capture", 1), ("dangling", 5), ("name clash", 14), ("pages rule", 1), ("ring", 1)],
    ),
    ("cloudflare__workers-rs", &[("dangling", 1), ("unreadable", 4)]),
    ("cloudflare__wrangler-action", &[("name clash", 1)]),
    ("orval-labs__orval", &[("dangling", 1), ("name clash", 1)]),
    ("web3-storage__reads", &[("dangling", 2)]),
];

#[test]
fn public_repositories_hold_what_was_counted_by_hand() {
    let Some(corpora) = documents::corpora() else { return };
    let expected: BTreeMap<_, _> = FOUND.into_iter().collect();
    let mut n_repositories = 0;
    for entry in fs::read_dir(corpora.join("wrangler/repos")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let found = facts(&folder);
        let found: Vec<_> = found.iter().map(|(fact, count)| (*fact, *count)).collect();
        assert_eq!(found, expected.get(&*name).copied().unwrap_or_default(), "{name}");
        n_repositories += 1;
    }
    assert_eq!(n_repositories, 12);
}

fn facts(folder: &Path) -> BTreeMap<&'static str, usize> {
    let mut paths = Vec::new();
    walk(folder, "", &mut paths);
    let mut counts = BTreeMap::new();
    let mut count = |fact, n: usize| {
        if n > 0 {
            *counts.entry(fact).or_default() += n;
        }
    };
    let mut configs = Vec::new();
    for path in &paths {
        let text = fs::read_to_string(folder.join(path)).unwrap();
        match documents::parse(path, text.trim_start_matches('\u{feff}')) {
            Err(_) => count("unreadable", 1),
            Ok(it) if wrangler::is_pages_routes(path) => {
                count("pages rule", wrangler::pages_routes_faults(&it.root).len());
            }
            Ok(it) => configs.push(it),
        }
    }
    let all = |_: &Unit| true;
    let workers = Workers::read(&configs.iter().collect::<Vec<_>>());
    let configs_of_name: Vec<_> = paths.iter().map(|it| RepoPath::new(it).unwrap()).collect();
    count("capture", wrangler::captures(&configs_of_name).len());
    count("dangling", wrangler::dangling_services(&workers, &|_| false).len());
    count("ring", wrangler::service_rings(&workers, &all).len());
    count("name clash", wrangler::name_clashes(&workers, &all).len());
    count("misplaced", configs.iter().map(n_misplaced).sum());
    for config in &workers.configs {
        count("inherited", wrangler::inheritances(config, &all).len());
        count("ignored route", wrangler::ignored_routes(config).count());
        count("problem", config.problems.len());
    }
    for (_, unit) in workers.units() {
        let rules = unit.run_worker_first.as_ref();
        count("asset rule", rules.map_or(0, |it| wrangler::asset_rule_faults(&it.value).len()));
        count("fault", unit.claims.iter().filter(|it| it.fault.is_some()).count());
    }
    counts
}

fn n_misplaced(document: &Document) -> usize {
    wrangler::misplaced_keys(document).len()
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    let entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    for path in entries {
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            walk(&path, &format!("{name}/"), found);
        } else if wrangler::is_config(&name) || wrangler::is_pages_routes(&name) {
            found.push(name);
        }
    }
}
