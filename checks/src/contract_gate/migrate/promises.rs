//! Which addresses keep a promise, and the requests that hold them to it.

use std::collections::BTreeSet;

use contracts::{
    Category, Evidence, Finding, HttpRequest, Store, compare_operation,
    migration::{names, requests},
};
use kernel::Level;

use super::planning::{Broken, Case, Kept};

/// An operation that must go on answering as base promised.
pub(super) struct Promise {
    /// As functions and files have it.
    pub(super) name: String,
    /// `POST /orders`
    pub(super) label: String,
    /// Whether that ends some day.
    pub(super) is_deprecated: bool,
    /// What broke for it, each with a request.
    pub(super) requests: Vec<(Finding, HttpRequest)>,
}

/// The operations that moved, and of each other cause the one that its witness speaks of.
pub(super) fn promises(case: &Case<'_>, kept: &Kept, broken: &Broken) -> Vec<Promise> {
    let moved: BTreeSet<String> =
        kept.moved.iter().map(|it| format!("{} {}", it.method.to_uppercase(), it.path)).collect();
    let is_kept = |it: &&Finding| it.operations.iter().all(|it| !moved.contains(it));
    let others = broken.findings.iter().filter(is_kept).filter_map(|it| witnessed(&it.evidence));
    let labels: BTreeSet<&str> = moved.iter().map(String::as_str).chain(others).collect();
    let ground = case.ground;
    let mut store = Store::new();
    let base =
        case.base_path().and_then(|it| ground.read(&mut store, it, &ground.files(&ground.base)));
    let head = case.record.head.as_ref();
    let head = head.and_then(|it| ground.read(&mut store, &it.path, &ground.files(&ground.head)));
    let (Some(base), Some(head)) = (base, head) else { return Vec::new() };
    let (base, head) = (&base.contract, &head.contract);
    let names = names(&broken.base);
    let promise = |label: &str| {
        let (method, path) = label.split_once(' ')?;
        let name = names.get(&(method.to_lowercase(), path.to_owned()))?.clone();
        let found = compare_operation(&mut store, (base, head), &ground.engine, label);
        let mut found = case.levelled(found);
        found.retain(|it| is_broken(case, it));
        if found.is_empty() {
            // What another operation took away shows only beside that one.
            let own = broken.findings.iter();
            let own = own.filter(|it| witnessed(&it.evidence) == Some(label));
            found.extend(own.cloned());
        }
        let is_deprecated = moved.contains(label);
        let requests = requests(&store, base, label, found);
        Some(Promise { name, label: label.to_owned(), is_deprecated, requests })
    };
    let promises: Vec<Promise> = labels.into_iter().filter_map(promise).collect();
    promises.into_iter().filter(|it| !it.requests.is_empty()).collect()
}

/// Does the report call it red too? A waived cause asks nobody for anything.
fn is_broken(case: &Case<'_>, finding: &Finding) -> bool {
    let is_wire = finding.rule.category() == Category::Wire;
    is_wire
        && finding.level == Level::Deny
        && case.denied.iter().any(|it| it.rule == finding.rule.id())
}

/// The operation that the witness of a finding calls.
fn witnessed(evidence: &Evidence) -> Option<&str> {
    match evidence {
        Evidence::Instance(it) => Some(&it.operation),
        Evidence::Exchange(it) => Some(&it.operation),
        Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => None,
    }
}
