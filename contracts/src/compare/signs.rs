//! What generated code takes from an operation besides the wire: names, groups, result types.

use std::collections::BTreeSet;

use crate::{
    Direction, Evidence, Located, Pointer, Rule, Spot,
    compare::work::{Cause, Pair, Work},
    operations::{Fit, Operation, Reading},
};

/// Compares the names of two operations that answer the same requests.
pub(crate) fn compare(work: &mut Work, pair: &Pair) {
    operation_id(work, pair);
    tags(work, pair);
    names(work, pair);
    if pair.request == Direction::ToProvider {
        results(work, pair);
    }
}

fn operation_id(work: &mut Work, pair: &Pair) {
    let id = |reading: Reading, at| reading.text(at, "operationId").map(ToOwned::to_owned);
    let base = id(work.base, &pair.base.listed.at);
    let head = id(work.head, &pair.head.listed.at);
    let Some(was) = base.clone().filter(|_| base != head) else { return };
    let message = match &head {
        Some(is) => format!("`operationId` was `{was}` and is `{is}` now"),
        None => format!("`operationId` was `{was}` and is gone"),
    };
    let remedy = format!("keep `operationId: {was}`");
    tell(
        work,
        pair,
        Told {
            rule: Rule::OperationIdChanged,
            inner: None,
            message,
            remedy,
            symbols: (base, head),
            member: "operationId",
        },
    );
}

fn tags(work: &mut Work, pair: &Pair) {
    let list = |reading: Reading, at| reading.texts(at, "tags").unwrap_or_default();
    let base = list(work.base, &pair.base.listed.at);
    let head = list(work.head, &pair.head.listed.at);
    // Generators group by the first tag, or by all of them; a further one only adds a group.
    let is_kept = base.first() == head.first() && base.iter().all(|it| head.contains(it));
    if is_kept {
        return;
    }
    let text = |it: &[String]| (!it.is_empty()).then(|| it.join(", "));
    let message = match (text(&base), text(&head)) {
        (Some(was), Some(is)) => format!("the tags were `{was}` and are `{is}` now"),
        (Some(was), None) => format!("the tags `{was}` are gone"),
        (None, is) => format!("the operation has the tags `{}` now", is.unwrap_or_default()),
    };
    tell(
        work,
        pair,
        Told {
            rule: Rule::TagChanged,
            inner: None,
            message,
            remedy: "keep the tags in their order".to_owned(),
            symbols: (text(&base), text(&head)),
            member: "tags",
        },
    );
}

/// Parameters of the path are known by their position; generated code knows them by name.
fn names(work: &mut Work, pair: &Pair) {
    let renamed = pair.fits.iter().filter_map(|(head, fit)| match fit {
        Fit::Parameter(base) if base != head => Some((base.clone(), head.clone())),
        Fit::Parameter(_) | Fit::Literal(_) | Fit::Pieces(_) => None,
    });
    for (was, is) in renamed.collect::<Vec<_>>() {
        tell(
            work,
            pair,
            Told {
                rule: Rule::ParameterRenamed,
                inner: Some(format!("path.{was}")),
                message: format!("path parameter `{was}` is called `{is}` now"),
                remedy: format!("keep the name `{was}`"),
                symbols: (Some(was), Some(is)),
                member: "parameters",
            },
        );
    }
}

/// Another type joins those that a call can result in.
fn results(work: &mut Work, pair: &Pair) {
    let base = types(work.base, pair.base);
    let head = types(work.head, pair.head);
    let is_old = |it: &&(String, Located)| {
        base.iter().any(|old| old.0 == it.0 || work.base.store.same(old.1.node, it.1.node))
    };
    let Some((name, at)) = head.iter().find(|it| !is_old(it)) else { return };
    let statuses = |it: &Operation| -> BTreeSet<String> {
        let all = it.responses.iter().filter(|it| it.status.is_success());
        all.map(|it| it.status.to_string()).collect()
    };
    // A type that changes in its place is told where it is compared.
    if base.is_empty() || statuses(pair.head).is_subset(&statuses(pair.base)) {
        return;
    }
    let list = |all: &[(String, Located)]| {
        let names: Vec<_> = all.iter().map(|it| it.0.as_str()).collect();
        Some(names.join(" | "))
    };
    let cause = Cause {
        rule: Rule::SuccessTypeChanged,
        operation: &pair.label,
        subject: format!("{}#success", pair.label),
        message: format!("`{name}` joins the types of success"),
        remedy: "give the new result an operation of its own".to_owned(),
        base: Some(pair.base.listed.at.spot()),
        head: Some(at.spot()),
        evidence: Evidence::Symbol { base: list(&base), head: list(&head) },
    };
    work.tell(cause);
}

/// Name and place of each type that success can have.
fn types(reading: Reading, operation: &Operation) -> Vec<(String, Located)> {
    let successes = operation.responses.iter().filter(|it| it.status.is_success());
    let media = successes.flat_map(|it| it.contents.iter().map(move |media| (it.status, media)));
    let named = |(status, media): (_, &crate::operations::Media)| {
        let schema = media.schema.clone()?;
        let name = reading.text(&schema, "$ref").and_then(|it| it.rsplit('/').next());
        Some((name.map_or_else(|| format!("body of {status}"), ToOwned::to_owned), schema))
    };
    let mut found: Vec<(String, Located)> = media.filter_map(named).collect();
    found.dedup_by(|one, other| one.0 == other.0);
    found
}

struct Told {
    rule: Rule,
    inner: Option<String>,
    message: String,
    remedy: String,
    symbols: (Option<String>, Option<String>),
    member: &'static str,
}

fn tell(work: &mut Work, pair: &Pair, told: Told) {
    let Told { rule, inner, message, remedy, symbols, member } = told;
    let spot = |at: &Located| Spot { file: at.file, pointer: at.pointer.child(member) };
    let base = work.base.surviving(&spot(&pair.base.listed.at));
    let subject = inner.map_or_else(|| pair.label.clone(), |it| format!("{}#{it}", pair.label));
    work.tell(Cause {
        rule,
        operation: &pair.label,
        subject,
        message,
        remedy,
        base,
        head: Some(spot(&pair.head.listed.at)),
        evidence: Evidence::Symbol { base: symbols.0, head: symbols.1 },
    });
}

/// The member `info.version`.
pub(crate) fn version(reading: Reading) -> Option<String> {
    let info = reading.member(&reading.contract.root(), "info")?;
    reading.text(&info, "version").map(ToOwned::to_owned)
}

/// Where the version is written.
pub(crate) fn version_spot() -> Spot {
    Spot { file: crate::FileId::ROOT, pointer: Pointer::root().child("info").child("version") }
}
