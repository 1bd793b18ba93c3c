//! The rows of the router of miniflare, and what the documentation says.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failing test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use routes::{Pattern, Refusal, Route, RouteTable, Url, judge};
use serde_json::Value;

/// The patterns of the edge rows that we refuse, each with its code.
const REFUSED: &str = include_str!("data/refused.json");

/// One row: owners with their patterns, a URL, and who gets it.
struct Row {
    id: String,
    workers: Vec<(String, Vec<String>)>,
    url: Option<String>,
    winner: Option<String>,
    order: Vec<(String, String, i64)>,
}

/// The folder of corpora, or a line that says why the test did nothing.
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "tests find their data")]
fn corpus(name: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora");
    let folder = std::env::var("PROOFMARK_CORPORA").map_or(PathBuf::from(beside), PathBuf::from);
    let path = folder.join("wrangler").join(name);
    let text = fs::read_to_string(path).ok();
    if text.is_none() {
        println!("skipped: no corpus `wrangler/{name}`");
    }
    text
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn read_row(line: &str) -> Row {
    let value: Value = serde_json::from_str(line).unwrap();
    let workers = value["workers"].as_array().unwrap().iter().map(|worker| {
        let patterns = worker[1].as_array().unwrap().iter().map(text_of).collect();
        (text_of(&worker[0]), patterns)
    });
    let order = value["order"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| (text_of(&it[0]), text_of(&it[1]), it[2].as_i64().unwrap_or_default()));
    Row {
        id: text_of(&value["id"]),
        workers: workers.collect(),
        url: value["url"].as_str().map(str::to_owned),
        winner: value["winner"].as_str().map(str::to_owned),
        order: order.collect(),
    }
}

fn parse(pattern: &str, zone: Option<&str>) -> Result<Pattern, Refusal> {
    Pattern::parse(pattern, zone, &|_| false)
}

/// The patterns of the row by owner number, or those that are refused.
fn table(row: &Row, zone: Option<&str>) -> Result<RouteTable, Vec<(String, Refusal)>> {
    let mut refused = Vec::new();
    let mut routes = Vec::new();
    for (owner, (_, patterns)) in (0..).zip(&row.workers) {
        for raw in patterns {
            match parse(raw, zone) {
                Ok(pattern) => routes.push(Route { owner, pattern: pattern.into() }),
                Err(refusal) => refused.push((raw.clone(), refusal)),
            }
        }
    }
    if refused.is_empty() { Ok(RouteTable::new(routes)) } else { Err(refused) }
}

fn winner(row: &Row, table: &RouteTable) -> Option<String> {
    let url = Url::parse(row.url.as_deref()?).ok()?;
    let first = table.order(&url).first().copied()?;
    let owner = table.routes()[first.index()].owner;
    Some(row.workers[usize::try_from(owner).unwrap()].0.clone())
}

fn judged_takers(row: &Row) -> BTreeSet<&str> {
    let patterns = row.workers.iter().flat_map(|(_, patterns)| patterns);
    let url = row.url.as_deref().unwrap_or_default();
    patterns.filter(|it| judge::takes(it, None, url)).map(String::as_str).collect()
}

fn agree(row: &Row, table: &RouteTable) {
    assert_eq!(winner(row, table), row.winner, "{} {:?}", row.id, row.url);
    for (_, pattern, specificity) in &row.order {
        assert_eq!(parse(pattern, None).unwrap().specificity(), *specificity, "`{pattern}`");
        assert_eq!(judge::score(pattern), *specificity, "`{pattern}`");
    }
    let url = Url::parse(row.url.as_deref().unwrap()).unwrap();
    let taken: BTreeSet<String> = row
        .workers
        .iter()
        .flat_map(|(_, patterns)| patterns)
        .filter(|it| parse(it, None).unwrap().takes(&url))
        .cloned()
        .collect();
    assert_eq!(judged_takers(row), taken.iter().map(String::as_str).collect(), "{url}");
}

#[test]
fn every_row_of_the_router_has_our_owner() {
    let Some(text) = corpus("route-oracle.jsonl") else { return };
    let (mut equal, mut bare) = (0, 0);
    for row in text.lines().map(read_row).filter(|it| !it.id.starts_with("sp")) {
        match table(&row, None) {
            Ok(table) => {
                agree(&row, &table);
                equal += 1;
            }
            Err(refused) => {
                assert!(
                    refused.iter().all(|(_, it)| *it == Refusal::HostBareWildcard),
                    "{refused:?}"
                );
                bare += 1;
            }
        }
    }
    assert_eq!((equal, bare), (11_118, 168));
}

#[test]
fn every_edge_row_is_equal_or_refused_with_its_code() {
    let listed: BTreeMap<String, String> = serde_json::from_str(REFUSED).unwrap();
    for (pattern, code) in &listed {
        let refusal = parse(pattern, None).unwrap_err();
        assert_eq!(refusal.code(), code, "`{pattern}`");
        assert!(judge::is_rejected(pattern, code), "`{pattern}` {code}");
    }
    let Some(text) = corpus("route-oracle.jsonl") else { return };
    let mut seen = BTreeSet::new();
    for row in text.lines().map(read_row).filter(|it| it.id.starts_with("sp")) {
        match table(&row, None) {
            Ok(table) => agree(&row, &table),
            Err(refused) => {
                for (pattern, refusal) in refused {
                    assert_eq!(
                        listed.get(&pattern).map(String::as_str),
                        Some(refusal.code()),
                        "{pattern}"
                    );
                    seen.insert(pattern);
                }
            }
        }
    }
    assert_eq!(seen.len(), listed.len());
}

#[test]
fn documented_cases_are_as_documented_once_the_zone_is_given() {
    let (Some(text), Some(documented)) = (corpus("route-oracle.jsonl"), corpus("documented.json"))
    else {
        return;
    };
    let documented: BTreeMap<String, Option<String>> = serde_json::from_str(&documented).unwrap();
    let rows: Vec<Row> = text.lines().map(read_row).filter(|it| it.id.starts_with("doc")).collect();
    let differs = |row: &Row, zone| winner(row, &table(row, zone).unwrap()) != documented[&row.id];
    let different: Vec<&Row> = rows.iter().filter(|it| differs(it, None)).collect();
    assert_eq!(different.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["doc18"]);
    assert!(different.iter().all(|it| !differs(it, Some("example.com"))));
    assert_eq!(rows.len(), 24);
}
