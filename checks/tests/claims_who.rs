//! `routes who` against the answers of miniflare's router.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failing test")]
#![allow(clippy::print_stdout, reason = "tests print their seed, and why they skip")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use checks::{
    config::{Config, ConfigFile},
    route_audit::{Fleet, Ownership, discovery::Discovery},
};
use kernel::{Digest, Document, RepoPath, Side};
use serde_json::{Value, json};
use snapshot::{Bounds, Format};

/// How many rows are asked of the built binary.
const N_ROWS_BY_BINARY: usize = 300;

fn corpus(name: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpora");
    #[expect(clippy::disallowed_methods, reason = "tests find their data")]
    let folder = std::env::var("PROOFMARK_CORPORA").map_or(PathBuf::from(beside), PathBuf::from);
    let text = fs::read_to_string(folder.join("wrangler").join(name)).ok();
    if text.is_none() {
        println!("skipped: no corpus `wrangler/{name}`");
    }
    text
}

/// The configurations of one row; insertion is the order of their paths.
fn files(row: &Value) -> Vec<(String, String)> {
    let workers = row["workers"].as_array().unwrap().iter().enumerate();
    let file = |(index, worker): (usize, &Value)| {
        let text = json!({"name": worker[0], "routes": worker[1]}).to_string();
        (format!("{index:04}/wrangler.json"), text)
    };
    workers.map(file).collect()
}

fn fleet(row: &Value, config: &Config) -> Fleet {
    let document = |(path, text): (String, String)| {
        let root = Format::Jsonc.parse(&text, &Bounds::default()).unwrap();
        let path = RepoPath::new(&path).unwrap();
        let digest = Digest::of(text.as_bytes());
        (path.clone(), Arc::new(Document::new(path, text.into(), digest, root)))
    };
    let documents: BTreeMap<_, _> = files(row).into_iter().map(document).collect();
    Fleet::of(Discovery::default(), documents, Vec::new(), &config.route_audit)
}

fn no_policy() -> Config {
    let path = RepoPath::new("checks.toml").unwrap();
    Config::of(ConfigFile::absent(&path, Side::Head).root)
}

/// Rows that miniflare answered, and that hold nothing we refuse.
fn has_refused(fleet: &Fleet) -> bool {
    fleet.claims.iter().any(|it| it.target.is_err())
}

#[test]
fn owners_are_those_of_miniflare() {
    let Some(text) = corpus("route-oracle.jsonl") else { return };
    let config = no_policy();
    let (mut n_equal, mut n_refused) = (0, 0);
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let Some(url) = row["url"].as_str() else { continue };
        let fleet = fleet(&row, &config);
        if row.get("error").is_some() || has_refused(&fleet) {
            n_refused += 1;
            continue;
        }
        let answer = Ownership::new(&fleet, &config).who(url).unwrap();
        assert_eq!(json!(answer.owner), row["winner"], "{line}");
        let order: Vec<(String, i64)> = answer
            .route
            .iter()
            .chain(&answer.tied)
            .chain(&answer.also)
            .map(|it| (it.pattern.clone(), it.specificity.unwrap()))
            .collect();
        let has_foreign_tie = answer.tied.iter().any(|it| Some(&it.owner) != answer.owner.as_ref());
        assert_eq!(answer.certain, !has_foreign_tie, "{line}");
        let is_sorted = order.windows(2).all(|it| it[0].1 >= it[1].1);
        assert!(is_sorted, "{line}");
        n_equal += 1;
    }
    println!("{n_equal} rows equal, {n_refused} hold what we refuse");
    assert!(n_equal > 11_000, "{n_equal}");
}

fn ask(folder: &Path, url: &str) -> Value {
    let out = Command::new(env!("CARGO_BIN_EXE_checks"))
        .args(["routes", "who", url, "--json", "--root"])
        .arg(folder)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

#[test]
fn the_built_binary_gives_the_same_answers() {
    let Some(text) = corpus("route-oracle.jsonl") else { return };
    let config = no_policy();
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().step_by(lines.len() / N_ROWS_BY_BINARY) {
        let row: Value = serde_json::from_str(line).unwrap();
        let Some(url) = row["url"].as_str() else { continue };
        let fleet = fleet(&row, &config);
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files(&row) {
            let full = folder.path().join(&path);
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, text).unwrap();
        }
        let document = ask(folder.path(), url);
        let expected = Ownership::new(&fleet, &config).who(url).unwrap();
        assert_eq!(document["answers"], json!([expected]), "{line}");
        if row.get("error").is_none() && !has_refused(&fleet) {
            assert_eq!(document["answers"][0]["owner"], row["winner"], "{line}");
        }
    }
}

#[test]
fn other_surfaces_answer_where_no_route_does() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let full = folder.path().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    };
    write("api/wrangler.toml", "name = \"api\"\nroutes = [\"*.shop.example/*\"]\n");
    write(
        "web/wrangler.toml",
        "name = \"web\"\nroutes = [{ pattern = \"www.shop.example\", custom_domain = true },\n\
         { pattern = \"store.example\", custom_domain = true }]\nworkers_dev = true\n",
    );
    write("off/wrangler.toml", "name = \"off\"\nroutes = [\"off.example/*\"]\n");
    write("pages/wrangler.toml", "name = \"site\"\npages_build_output_dir = \"dist\"\n");
    write(
        "checks.toml",
        "[gates.route-audit]\nundeployed = [\"off/wrangler.toml\"]\n\
         [gates.route-audit.pages-domains]\nsite = [\"site.example\"]\n",
    );
    let rows = [
        ("https://api.shop.example/x", json!("api"), json!("route"), true),
        // Nobody may call a wildcard over a custom domain a fact.
        ("https://www.shop.example/", json!("api"), json!("route"), false),
        ("https://store.example/", json!("web"), json!("custom-domain"), true),
        ("https://site.example/", json!("site"), json!("pages-domain"), true),
        ("https://web.team.workers.dev/", json!("web"), json!("workers.dev"), true),
        ("https://api.team.workers.dev/", json!(null), json!(null), true),
        ("https://site.pages.dev/", json!("site"), json!("pages.dev"), true),
        ("https://off.example/", json!(null), json!(null), true),
        ("https://nobody.example/", json!(null), json!(null), true),
    ];
    for (url, owner, surface, certain) in rows {
        let document = ask(folder.path(), url);
        let answer = &document["answers"][0];
        assert_eq!((&answer["owner"], &answer["surface"]), (&owner, &surface), "{url}");
        assert_eq!(answer["certain"], json!(certain), "{url}");
        assert_eq!(answer["route"].is_null(), owner.is_null(), "{url}");
    }
}

#[test]
fn a_text_that_is_no_url_is_told_and_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_checks"))
        .args(["routes", "who", "nonsense", "https://a.example/", "--json", "--root"])
        .arg(folder.path())
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(document["answers"][0]["url"], "nonsense");
    assert!(document["answers"][0]["error"].is_string());
    assert_eq!(document["answers"][1]["owner"], Value::Null);
    assert!(document.get("undecided").is_none());
}
