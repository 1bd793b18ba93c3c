//! Proofs are deterministic, and every forgery is refused.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use checks::{
    gates::{self, Gate},
    proof::{self, Pair, Sealed, Tree, Verified},
    run::{Base, Settings, World, run},
};
use kernel::{Digest, RepoPath, Timestamp, canonical_json};
use serde_json::{Value, json};
use snapshot::Repository;
use tempfile::TempDir;

/// What is edited, how, and the code it must give.
type Edit<'a> = (&'a str, &'a dyn Fn(&Shop), &'a str);

const NOW: &str = "2027-01-01T00:00:00Z";

/// A small repository on disk.
struct Shop(TempDir);

impl Shop {
    fn new(files: &[(&str, &str)]) -> Self {
        let shop = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            shop.write(path, text);
        }
        shop
    }

    /// Two Workers with a route each, a policy, a workflow and the files of Pages.
    fn green() -> Self {
        Self::new(&[
            ("api/wrangler.toml", "name = \"api\"\nroutes = [\"api.shop.example/*\"]\n"),
            ("jobs/wrangler.jsonc", "{\"name\": \"jobs\", \"workers_dev\": false}\n"),
            ("web/_routes.json", "{\"version\": 1, \"include\": [\"/*\"], \"exclude\": []}\n"),
            ("checks.toml", "[gates.route-audit]\nignore = [\"**/fixtures/**\"]\n"),
            ("fixtures/wrangler.toml", "name = \"api\"\n"),
            ("package.json", "{\"scripts\": {\"test\": \"vitest\"}}\n"),
            (
                ".github/workflows/deploy.yml",
                "jobs:\n  deploy:\n    steps:\n      - run: wrangler deploy\n",
            ),
        ])
    }

    fn red() -> Self {
        let shop = Self::green();
        shop.write(
            "jobs/wrangler.jsonc",
            "{\"name\": \"jobs\", \"route\": \"api.shop.example/*\"}\n",
        );
        shop
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let full = self.root().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }

    fn seal(&self, now: &str) -> Sealed {
        let head = Arc::new(Repository::open(self.root()).unwrap().worktree().unwrap());
        let world = World { repository: None, head, base: Base::Declined };
        let finished = run(&world, &Settings::alone(&config(), instant(now))).unwrap();
        proof::seal(&finished, gate(), false).unwrap()
    }

    fn verify(&self, pair: &Pair) -> Verified {
        let head = Arc::new(Repository::open(self.root()).unwrap().worktree().unwrap());
        let tree = Tree { head: &head, base: &|_| None, config: &config() };
        proof::verify(pair, gate(), &tree).unwrap()
    }
}

fn gate() -> &'static Gate {
    gates::find(gates::ROUTE_AUDIT).unwrap()
}

fn config() -> RepoPath {
    RepoPath::new("checks.toml").unwrap()
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn pair(sealed: &Sealed) -> Pair {
    Pair {
        stem: sealed.stem.clone(),
        text: Some(sealed.text.clone()),
        statement: Some(sealed.statement.clone()),
    }
}

/// An edited statement with a text and a digest that fit it.
fn resealed(sealed: &Sealed, edit: impl FnOnce(&mut Value)) -> Pair {
    let mut statement: Value = serde_json::from_str(&sealed.statement).unwrap();
    edit(&mut statement);
    let bytes = canonical_json(&statement);
    let digest = Digest::of(bytes.as_bytes());
    let text = proof::render_text(&statement, &sealed.stem, digest, false);
    Pair { stem: sealed.stem.clone(), text: Some(text), statement: Some(bytes) }
}

fn codes(verified: &Verified) -> Vec<&'static str> {
    verified.reasons.iter().map(|it| it.code).collect()
}

#[test]
fn an_honest_proof_is_valid_whatever_it_says() {
    for (shop, result) in [(Shop::green(), "PASSED"), (Shop::red(), "FAILED")] {
        let sealed = shop.seal(NOW);
        let verified = shop.verify(&pair(&sealed));
        assert_eq!(codes(&verified), [] as [&str; 0]);
        assert_eq!(verified.result.as_deref(), Some(result));
        assert!(sealed.text.lines().count() <= 40, "{}", sealed.text);
    }
}

#[test]
fn equal_inputs_and_instant_give_equal_bytes_in_any_folder() {
    let (one, two) = (Shop::green().seal(NOW), Shop::green().seal(NOW));
    assert_eq!(one, two);
    let later = Shop::green().seal("2027-01-01T00:00:01Z");
    let differing = |left: &str, right: &str| -> Vec<String> {
        let pairs = left.lines().zip(right.lines()).filter(|(left, right)| left != right);
        pairs.map(|(it, _)| it.trim().split(':').next().unwrap().to_owned()).collect()
    };
    assert_eq!(differing(&one.statement, &later.statement), ["\"timeVerified\""]);
    assert_eq!(differing(&one.text, &later.text), ["time", "statement", "statement-sha256"]);
}

#[test]
fn edits_of_the_tree_make_a_proof_stale() {
    let cases: &[Edit] = &[
        (
            "one byte",
            &|it| {
                it.write("api/wrangler.toml", "name = \"api\"\nroutes = [\"api.shop.example/\"]\n");
            },
            "config-changed",
        ),
        ("added", &|it| it.write("new/wrangler.toml", "name = \"new\"\n"), "config-added"),
        (
            "removed",
            &|it| fs::remove_file(it.root().join("jobs/wrangler.jsonc")).unwrap(),
            "config-removed",
        ),
        (
            "renamed",
            &|it| fs::rename(it.root().join("api"), it.root().join("edge")).unwrap(),
            "config-added",
        ),
        ("material", &|it| it.write("web/_routes.json", "{}"), "material-changed"),
        (
            "ignore",
            &|it| {
                it.write(
                    "checks.toml",
                    "[gates.route-audit]\nignore = [\"**/fixtures/**\", \"x\"]\n",
                );
            },
            "policy-changed",
        ),
        (
            "level",
            &|it| {
                it.write("checks.toml", "[gates.route-audit]\nignore = [\"**/fixtures/**\"]\n[rules.route-claimed-twice]\nlevel = \"warn\"\n");
            },
            "policy-changed",
        ),
        (
            "command",
            &|it| {
                it.write(
                    ".github/workflows/deploy.yml",
                    "jobs:\n  deploy:\n    steps:\n      - run: wrangler deploy --name other\n",
                );
            },
            "command-changed",
        ),
    ];
    for (name, edit, code) in cases {
        let shop = Shop::green();
        let sealed = shop.seal(NOW);
        edit(&shop);
        let found = codes(&shop.verify(&pair(&sealed)));
        assert!(found.contains(code), "{name}: {found:?}");
    }
}

#[test]
fn what_means_the_same_leaves_a_proof_fresh() {
    let cases: &[(&str, &str)] = &[
        (
            "checks.toml",
            "# A remark.\n[gates.route-audit]\nignore = [\"**/fixtures/**\"]\n\n[gates.policy]\nmax-waiver-days = 30\n",
        ),
        (
            ".github/workflows/deploy.yml",
            "name: other\njobs:\n  deploy:\n    steps:\n      - run: wrangler deploy\n",
        ),
        (
            "package.json",
            "{\"scripts\": {\"test\": \"vitest\"}, \"dependencies\": {\"hono\": \"4\"}}",
        ),
        ("README.md", "# x"),
    ];
    for (path, text) in cases {
        let shop = Shop::green();
        let sealed = shop.seal(NOW);
        shop.write(path, text);
        assert_eq!(codes(&shop.verify(&pair(&sealed))), [] as [&str; 0], "{path}");
    }
}

#[test]
fn forged_proofs_are_refused() {
    let shop = Shop::red();
    let sealed = shop.seal(NOW);
    let honest = pair(&sealed);
    let restamped = "api-route-audit-20270202-000000".to_owned();
    let elsewhere = Shop::new(&[("wrangler.toml", "name = \"other\"\n")]).seal(NOW);
    let edited_text = sealed.text.replace("RED", "GREEN");
    let spaced = sealed.statement.replacen("  \"", "   \"", 1);
    let cases: Vec<(&str, Pair, &str)> = vec![
        ("elsewhere", pair(&elsewhere), "config-removed"),
        ("restamped", Pair { stem: restamped, ..honest.clone() }, "name-time-mismatch"),
        ("no statement", Pair { statement: None, ..honest.clone() }, "statement-missing"),
        ("no text", Pair { text: None, ..honest.clone() }, "statement-missing"),
        ("text", Pair { text: Some(edited_text), ..honest.clone() }, "text-differs"),
        ("spaces", Pair { statement: Some(spaced), ..honest.clone() }, "statement-malformed"),
        ("no JSON", Pair { statement: Some("{".into()), ..honest.clone() }, "statement-malformed"),
        (
            "statement",
            Pair { statement: Some(elsewhere.statement), ..honest },
            "statement-digest-mismatch",
        ),
        (
            "type",
            resealed(&sealed, |it| it["predicateType"] = json!("x/v1")),
            "statement-malformed",
        ),
        (
            "owner",
            resealed(&sealed, |it| it["predicate"]["hosts"][0]["owners"] = json!(["api"])),
            "result-differs",
        ),
        (
            "worker",
            resealed(&sealed, |it| it["predicate"]["workers"][0]["owner"] = json!("x")),
            "result-differs",
        ),
        (
            "subject",
            resealed(&sealed, |it| drop(it["subject"].as_array_mut().unwrap().pop())),
            "config-added",
        ),
        (
            "digest",
            resealed(&sealed, |it| it["subject"][0]["digest"]["sha256"] = json!("0".repeat(64))),
            "config-changed",
        ),
        (
            "policy",
            resealed(&sealed, |it| {
                it["predicate"]["policy"]["digest"]["sha256"] = json!("0".repeat(64));
            }),
            "policy-changed",
        ),
        ("whitewashed", resealed(&sealed, whitewash), "result-differs"),
        (
            "earlier",
            resealed(&sealed, |it| it["predicate"]["timeVerified"] = json!("2026-01-01T00:00:00Z")),
            "name-time-mismatch",
        ),
        (
            "live",
            resealed(&sealed, |it| it["predicate"]["verificationResult"] = json!("PASSED")),
            "result-differs",
        ),
    ];
    for (name, forged, code) in cases {
        let found = codes(&shop.verify(&forged));
        assert!(found.contains(&code), "{name}: {found:?}");
    }
}

/// Red findings emptied, the result set to PASSED.
fn whitewash(statement: &mut Value) {
    statement["predicate"]["verificationResult"] = json!("PASSED");
    for verdict in statement["predicate"]["verdicts"].as_array_mut().unwrap() {
        verdict["findings"] = json!([]);
        verdict["verdict"] = json!("green");
    }
}

#[test]
fn a_proof_is_written_whole_or_not_at_all() {
    let shop = Shop::green();
    let sealed = shop.seal(NOW);
    let files = proof::write(shop.root(), &[sealed.clone()]).unwrap();
    assert_eq!(files.len(), 2);
    let before = listing(shop.root());
    let other = Sealed { stem: "other-20270101-000000".into(), ..sealed.clone() };
    let refused = proof::write(shop.root(), &[other, sealed]);
    assert!(refused.is_err(), "an existing name is taken");
    assert_eq!(listing(shop.root()), before, "nothing of a refused run is left");
}

fn listing(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(root.join("ops/proofs")).unwrap().map(|it| it.unwrap().path());
    files.map(|it| (it.display().to_string(), fs::read(&it).unwrap())).collect()
}

#[test]
fn no_configuration_means_no_proof() {
    let shop = Shop::new(&[("README.md", "# x")]);
    let head = Arc::new(Repository::open(shop.root()).unwrap().worktree().unwrap());
    let world = World { repository: None, head, base: Base::Declined };
    let finished = run(&world, &Settings::alone(&config(), instant(NOW))).unwrap();
    assert_eq!(proof::seal(&finished, gate(), false), None);
}

#[test]
fn no_secret_reaches_a_proof() {
    let secret = format!("ghp_{}", "a1B2c3".repeat(7));
    let shop = Shop::green();
    shop.write("api/wrangler.toml", &format!("name = \"api\"\nroutes = [\"api.shop.example/{secret}\"]\n[vars]\nTOKEN = \"{secret}\"\n"));
    shop.write(
        ".github/workflows/deploy.yml",
        &format!(
            "jobs:\n  a:\n    steps:\n      - run: wrangler deploy --var K:hush-hush {secret}\n"
        ),
    );
    let sealed = shop.seal(NOW);
    for text in [&sealed.statement, &sealed.text] {
        assert!(!text.contains(&secret) && !text.contains("hush-hush"), "{text}");
    }
    assert_eq!(codes(&shop.verify(&pair(&sealed))), [] as [&str; 0]);
}
