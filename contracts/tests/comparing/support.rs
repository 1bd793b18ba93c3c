//! Two texts of one contract, read, compared and judged.

use std::sync::Arc;

use contracts::{
    Category, Comparison, Contract, Direction, Evidence, Files, Finding, Limits, Settings, Store,
    compare,
    judge::{self, Ruling, Texts, World},
    read,
};
use kernel::{Level, RepoPath};

/// A contract is one file.
struct One(Arc<[u8]>);

impl Files for One {
    fn read(&self, _path: &RepoPath) -> Result<Arc<[u8]>, String> {
        Ok(self.0.clone())
    }
}

/// Where it stands.
fn path() -> RepoPath {
    RepoPath::new("contracts/shop.openapi.json").unwrap()
}

/// The documented defaults, on a fixed day.
pub(crate) fn settings() -> Settings {
    Settings::at("2027-01-01T00:00:00Z".parse().unwrap())
}

/// A text, read into a store.
pub(crate) fn contract(store: &mut Store, text: &[u8]) -> Contract {
    let read = read(store, &path(), &One(text.into()), &Limits::default());
    read.unwrap_or_else(|err| panic!("{err}: {}", beginning(text))).0
}

fn beginning(text: &[u8]) -> String {
    String::from_utf8_lossy(text).chars().take(2_000).collect()
}

/// What is told of two texts.
pub(crate) fn compared(base: &[u8], head: &[u8], settings: &Settings) -> Comparison {
    let mut store = Store::new();
    let (base, head) = (contract(&mut store, base), contract(&mut store, head));
    compare(&mut store, &base, &head, settings)
}

/// What the judge sees of two texts.
pub(crate) fn world(base: &[u8], head: &[u8], settings: &Settings) -> World {
    let texts = |text: &[u8]| Texts::new(vec![(path(), text.into())]);
    let policy = judge::Settings { formats: settings.formats, servers: settings.servers };
    World::new(texts(base), texts(head), policy)
}

/// What the judge says of a break.
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

/// Who sends what breaks.
pub(crate) fn direction(finding: &Finding) -> Option<Direction> {
    match &finding.evidence {
        Evidence::Instance(it) => Some(it.direction),
        Evidence::Exchange(it) => Some(it.direction),
        Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => None,
    }
}

/// All that breaks, warns or tells of the wire.
pub(crate) fn wire(comparison: &Comparison) -> Vec<&Finding> {
    comparison.findings.iter().filter(|it| it.rule.category() == Category::Wire).collect()
}

/// The id of a break, `?` if it only warns and `-` if it only tells.
pub(crate) fn marked(finding: &Finding) -> String {
    let mark = match finding.level {
        Level::Deny => "",
        Level::Warn => "?",
        Level::Note | Level::Off => "-",
    };
    format!("{}{mark}", finding.rule.id())
}

/// What the judge, who sees the texts alone, does not confirm.
pub(crate) fn unconfirmed(
    base: &[u8],
    head: &[u8],
    settings: &Settings,
    findings: &[&Finding],
) -> Option<String> {
    let world = world(base, head, settings);
    findings.iter().find_map(|finding| {
        let ruling = ruling(&world, finding);
        let told = || {
            let evidence: String = format!("{:?}", finding.evidence).chars().take(900).collect();
            format!("{} {}: {ruling:?}: {evidence}", finding.rule.id(), finding.subject)
        };
        (ruling != Ruling::Confirmed).then(told)
    })
}
