//! The rules on configurations over real repositories: what they find there is known.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};

use checks::{
    rule_test::{example_now, verdict_of},
    run::{BaseChoice, Settings, World, run},
};
use kernel::RepoPath;

/// Repository, rule, findings. What is not listed here has none.
const EXPECTED: &[(&str, &str, usize)] = &[
    ("cloudflare__workers-rs", "bound-worker-public-by-default", 1),
    ("cloudflare__workers-rs", "dangling-service-binding", 1),
    ("cloudflare__workers-sdk", "bound-worker-public-by-default", 27),
    ("cloudflare__workers-sdk", "config-captured", 1),
    ("cloudflare__workers-sdk", "dangling-service-binding", 5),
    ("cloudflare__workers-sdk", "malformed-pages-routes", 1),
    ("cloudflare__workers-sdk", "service-binding-cycle", 1),
    ("cloudflare__workers-sdk", "worker-name-claimed-twice", 14),
    ("cloudflare__wrangler-action", "worker-name-claimed-twice", 1),
    ("orval-labs__orval", "dangling-service-binding", 1),
    ("orval-labs__orval", "worker-name-claimed-twice", 1),
    ("web3-storage__reads", "dangling-service-binding", 2),
    ("web3-storage__reads", "var-points-at-route", 4),
];

const RULES: &[&str] = &[
    "bound-worker-public-by-default",
    "config-captured",
    "config-redirect-committed",
    "dangling-service-binding",
    "env-route-ignored",
    "internal-worker-exposed",
    "malformed-asset-rules",
    "malformed-pages-routes",
    "misplaced-routing-key",
    "programmatic-config",
    "route-set-out-of-band",
    "routes-inherited-by-env",
    "service-binding-cycle",
    "var-points-at-route",
    "worker-name-claimed-twice",
];

#[test]
fn findings_in_real_repositories_are_known() {
    let Some(corpora) = corpora() else {
        println!("skipped: no corpora beside the repository");
        return;
    };
    let folder = corpora.join("wrangler/repos");
    let mut names: Vec<String> = std::fs::read_dir(folder.as_path())
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 12);
    for name in names {
        let world = World::open(&folder.join(&name), &BaseChoice::Declined, None).unwrap();
        let config = RepoPath::new("checks.toml").unwrap();
        let report = run(&world, &Settings::alone(&config, example_now())).unwrap().report;
        for rule in RULES {
            let found = verdict_of(&report, rule).unwrap().findings.len();
            let expected = EXPECTED.iter().find(|it| (it.0, it.1) == (&*name, *rule));
            assert_eq!(found, expected.map_or(0, |it| it.2), "{name}: {rule}");
        }
    }
}

/// The folder of the corpora: named by the environment, or beside the repository.
#[allow(clippy::disallowed_methods, reason = "only a test looks there")]
fn corpora() -> Option<PathBuf> {
    let named = std::env::var("PROOFMARK_CORPORA").ok().map(PathBuf::from);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.parent()?;
    let beside = root.join("shared/corpora");
    [named, Some(beside)].into_iter().flatten().find(|it| it.join("wrangler/repos").is_dir())
}
