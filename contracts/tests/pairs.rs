//! Real pairs of public contracts: nothing is found in a contract against itself, and the judge
//! confirms each break of one that changed.
#![expect(clippy::unwrap_used, reason = "test helpers outside of #[test] functions")]

use std::{
    collections::BTreeMap,
    io::BufReader,
    path::{Path, PathBuf},
    sync::Arc,
};

use contracts::{
    Category, Comparison, Evidence, Files, Finding, Limits, Settings, Store, compare,
    judge::{self, Ruling, Texts, World},
    read,
};
use kernel::{Level, RepoPath};

/// Larger pairs take longer than seconds in a build for tests; the soak takes all.
const LARGEST: usize = 1_800_000;

struct One(Arc<[u8]>);

impl Files for One {
    fn read(&self, _path: &RepoPath) -> Result<Arc<[u8]>, String> {
        Ok(self.0.clone())
    }
}

#[expect(clippy::disallowed_methods, reason = "a test finds its data by the environment")]
fn folder() -> Option<PathBuf> {
    let named = std::env::var("PROOFMARK_CORPORA").ok().map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora");
    let folder = named.unwrap_or_else(beside).join("contracts/pairs");
    folder.is_dir().then_some(folder)
}

#[expect(clippy::disallowed_methods, reason = "a soak is asked for by the environment")]
fn largest() -> usize {
    std::env::var("PROOFMARK_SOAK").map_or(LARGEST, |_| usize::MAX)
}

fn unpacked(path: &Path) -> Arc<[u8]> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).unwrap();
    lzma_rs::xz_decompress(&mut BufReader::new(file), &mut bytes).unwrap();
    bytes.into()
}

/// Base and head of each pair that is small enough.
fn pairs() -> Vec<(String, Arc<[u8]>, Arc<[u8]>)> {
    let Some(folder) = folder() else {
        println!("skipped: no corpora beside the repository");
        return Vec::new();
    };
    let mut found = Vec::new();
    for pair in std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if !pair.is_dir() || pair.ends_with("LICENSES") {
            continue;
        }
        let files = std::fs::read_dir(&pair).unwrap().map(|it| it.unwrap().path());
        let mut sides: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        for file in files.filter(|it| it.extension().is_some_and(|it| it == "xz")) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let side = if name.contains("base") { "base" } else { "head" };
            sides.insert(side.to_owned(), unpacked(&file));
        }
        let name = pair.file_name().unwrap().to_string_lossy().into_owned();
        if sides["base"].len() <= largest() {
            found.push((name, sides["base"].clone(), sides["head"].clone()));
        }
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn path() -> RepoPath {
    RepoPath::new("contracts/t.openapi.json").unwrap()
}

fn compared(base: &Arc<[u8]>, head: &Arc<[u8]>) -> Comparison {
    let mut store = Store::new();
    let mut contract = |bytes: &Arc<[u8]>| {
        read(&mut store, &path(), &One(bytes.clone()), &Limits::default()).unwrap().0
    };
    let (base, head) = (contract(base), contract(head));
    let settings = Settings::at("2027-01-01T00:00:00Z".parse().unwrap());
    compare(&mut store, &base, &head, &settings)
}

fn ruling(world: &World, finding: &Finding) -> Ruling {
    match &finding.evidence {
        Evidence::Instance(it) => world.rule_instance(it),
        Evidence::Exchange(it) => world.rule_exchange(it),
        Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => Ruling::Contradicted("nothing of the wire".to_owned()),
    }
}

#[test]
fn nothing_is_found_in_a_contract_against_itself() {
    for (name, base, head) in pairs() {
        for side in [base, head] {
            let comparison = compared(&side, &side);
            assert_eq!(comparison.findings, Vec::new(), "{name}");
            assert_eq!(comparison.undecided, Vec::new(), "{name}");
        }
    }
}

#[test]
fn each_break_of_a_real_contract_is_confirmed() {
    let mut faults = Vec::new();
    for (name, base, head) in pairs() {
        let start = std::time::Instant::now();
        let comparison = compared(&base, &head);
        let wire: Vec<&Finding> =
            comparison.findings.iter().filter(|it| it.rule.category() == Category::Wire).collect();
        println!(
            "{name}: {} findings, {} wire, {} deny, {} undecided, {} operations, {} schemas, {:?}",
            comparison.findings.len(),
            wire.len(),
            wire.iter().filter(|it| it.level == Level::Deny).count(),
            comparison.undecided.len(),
            comparison.n_operations,
            comparison.n_schemas,
            start.elapsed(),
        );
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &comparison.findings {
            *counts.entry(finding.rule.id()).or_default() += 1;
        }
        println!("  {counts:?}");
        for undecided in &comparison.undecided {
            println!("  {undecided:?}");
        }
        let texts = |bytes: &Arc<[u8]>| Texts::new(vec![(path(), bytes.clone())]);
        let world = World::new(texts(&base), texts(&head), judge::Settings::default());
        for finding in wire {
            let ruling = ruling(&world, finding);
            if ruling != Ruling::Confirmed {
                let evidence = format!("{:?}", finding.evidence);
                let evidence: String = evidence.chars().take(900).collect();
                faults.push(format!(
                    "{name}: {} {}: {ruling:?} {evidence}",
                    finding.rule.id(),
                    finding.subject
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
