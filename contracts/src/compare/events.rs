//! All operations, webhooks and callbacks of both sides, one with the other.

use std::collections::BTreeMap;

use kernel::Level;

use crate::{
    Direction, Evidence, Finding, HttpExchange, Pointer, Revision, Rule, Spot,
    compare::{
        exchange::{self, Special},
        lifecycle,
        matching::{Directory, Found},
        parameters::{self, because_of},
        question::SchemaQuestion,
        request, response,
        sample::Sampler,
        security, signs, text,
        work::{Cause, Pair, Work},
    },
    operations::{
        self, Fit, Listed, Operation, Parameter, Place, Reading, Server, callbacks, expand,
    },
};

/// A new operation that takes requests away from an older one.
pub(crate) struct Shadow {
    /// Its name.
    pub label: String,
    /// The older one.
    pub over: Listed,
    /// The new one.
    pub by: Listed,
    /// What breaks for those requests.
    pub findings: Vec<Finding>,
    /// What may break.
    pub questions: Vec<SchemaQuestion>,
}

/// What the walk found besides the root causes.
#[derive(Default)]
pub(crate) struct Walk {
    /// Operations and events of base.
    pub n_operations: usize,
    /// New operations at addresses that others answered.
    pub shadows: Vec<Shadow>,
}

/// Compares everything that is no schema, and gathers the schemas to be compared.
pub(crate) fn compare(work: &mut Work) -> Walk {
    let mut walk = Walk::default();
    calls(work, &mut walk);
    webhooks(work, &mut walk);
    walk
}

fn calls(work: &mut Work, walk: &mut Walk) {
    let by = work.settings.servers;
    let base = Directory::of(work.base, operations::calls(work.base), by);
    let head = Directory::of(work.head, operations::calls(work.head), by);
    let globals = globals_differ(work);
    let paths = base.operations.iter().chain(&head.operations).map(|it| it.path.as_str());
    work.literals = paths.flat_map(|it| it.split('/')).map(ToOwned::to_owned).collect();
    let mut known = vec![false; head.operations.len()];
    for (operation, servers) in base.operations.iter().zip(&base.servers) {
        walk.n_operations += 1;
        let answered = head.answers(operation, servers, by);
        let mut found = answered.found;
        found.retain(|it| admits(work, &head, it));
        let is_gone = found.is_empty();
        if is_gone {
            found.extend(head.same_path(operation));
        }
        let Some(first) = found.first().and_then(|it| head.operations.get(it.idx)) else {
            removed(work, operation);
            continue;
        };
        for server in &answered.lost {
            unserved(work, (operation, first), server);
        }
        for found in found {
            if let Some(flag) = known.get_mut(found.idx) {
                *flag = true;
            }
            let Some(other) = head.operations.get(found.idx) else { continue };
            if globals || differ(work, operation, other, &found.fits) {
                let pair = (operation, other);
                both(work, walk, pair, found.fits);
            }
        }
    }
    for (idx, operation) in head.operations.iter().enumerate() {
        if known.get(idx) == Some(&true) {
            continue;
        }
        shadows(work, walk, (&base, &head), idx);
        added(work, operation);
    }
    served(work, (&base, &head));
}

/// Do the members of the whole contract differ that an operation inherits?
fn globals_differ(work: &mut Work) -> bool {
    let (base, head) = (work.base.contract.root(), work.head.contract.root());
    let names = ["security", "securityDefinitions", "consumes", "produces"];
    let differs = |work: &mut Work, name: &str| {
        let (one, other) = (work.base.member(&base, name), work.head.member(&head, name));
        !work.same_option(one.as_ref(), other.as_ref())
    };
    let schemes = |reading: Reading, root| {
        let components = reading.member(root, "components")?;
        reading.member(&components, "securitySchemes")
    };
    let (one, other) = (schemes(work.base, &base), schemes(work.head, &head));
    let is_read_otherwise = work.base.contract.version != work.head.contract.version;
    is_read_otherwise
        || names.iter().any(|it| differs(work, it))
        || !work.same_option(one.as_ref(), other.as_ref())
}

/// Can two operations differ at all? If not, nothing about them is worked out.
fn differ(work: &mut Work, base: &Listed, head: &Listed, fits: &BTreeMap<String, Fit>) -> bool {
    let is_renamed = fits.iter().any(|(name, fit)| *fit != Fit::Parameter(name.clone()));
    if is_renamed || base.path != head.path || !work.same(&base.at, &head.at) {
        return true;
    }
    let (one, other) = (work.base.chain(&base.item), work.head.chain(&head.item));
    let inherited = ["parameters", "x-stability-level"];
    one.len() != other.len()
        || one.iter().zip(&other).any(|(one, other)| {
            inherited.iter().any(|name| {
                let (one, other) = (work.base.member(one, name), work.head.member(other, name));
                !work.same_option(one.as_ref(), other.as_ref())
            })
        })
}

/// Does the answering operation take the texts that stand where it has parameters?
fn admits(work: &Work, head: &Directory, found: &Found) -> bool {
    let literals = found.fits.iter().filter_map(|(name, fit)| match fit {
        Fit::Literal(text) => Some((name.as_str(), text.as_str())),
        Fit::Parameter(_) => None,
    });
    let literals: Vec<_> = literals.collect();
    let Some(operation) = head.operations.get(found.idx).filter(|_| !literals.is_empty()) else {
        return true;
    };
    let operation = expand(work.head, operation);
    literals.iter().all(|it| signs::admits(work.head, &operation, *it))
}

fn both(
    work: &mut Work,
    walk: &mut Walk,
    (base, head): (&Listed, &Listed),
    fits: BTreeMap<String, Fit>,
) {
    let (base, head) = (expand(work.base, base), expand(work.head, head));
    let request = Direction::ToProvider;
    let label = base.listed.label();
    let fixed = chosen(work, work.base, &base);
    let pair = Pair { base: &base, head: &head, label, request, fits, fixed };
    compare_pair(work, &pair);
    called_back(work, walk, (&base.listed, &head.listed), 0);
}

/// All about two operations but their schemas.
fn compare_pair(work: &mut Work, pair: &Pair) {
    parameters::compare(work, pair);
    request::compare(work, pair);
    response::compare(work, pair);
    security::compare(work, pair);
    lifecycle::compare(work, pair);
    signs::compare(work, pair);
}

/// Values of free path parameters that no other path has as a literal.
fn chosen(work: &Work, reading: Reading, operation: &Operation) -> BTreeMap<String, String> {
    let sampler = Sampler { reading, direction: Direction::ToProvider };
    let is_free = |it: &&Parameter| it.place == Place::Path && it.content.is_none();
    let value = |it: &Parameter| {
        let others = sampler.others(it.schema.as_ref());
        let texts = others.iter().map(|value| text::line(&it.name, value, it.serialization, true));
        let mut free = texts.filter(|it| !work.literals.contains(it));
        Some((it.name.clone(), free.next()?))
    };
    operation.parameters.iter().filter(is_free).filter_map(value).collect()
}

fn removed(work: &mut Work, operation: &Listed) {
    let label = operation.label();
    let is_over = lifecycle::is_over(work.base, &operation.at, work.settings.now);
    let expanded = expand(work.base, operation);
    let base = Some(operation.at.spot());
    let head = operation.item.spot();
    let special = Special { fixed: chosen(work, work.base, &expanded), ..Special::default() };
    let request = exchange::request(work.base, &expanded, Direction::ToProvider, &special);
    let because = because_of(work, (base.clone(), work.head.surviving(&head)));
    let cause = Cause {
        rule: Rule::OperationRemoved,
        operation: &label,
        subject: label.clone(),
        message: format!("`{label}` does not answer any more"),
        remedy: "keep the operation until its sunset is over, deprecated".to_owned(),
        base,
        head: Some(head),
        evidence: Evidence::Exchange(HttpExchange {
            direction: Direction::ToProvider,
            operation: label.clone(),
            accepted_by: Revision::Base,
            refused_by: Revision::Head,
            request,
            response: None,
            because,
        }),
    };
    let level = if is_over { Level::Note } else { Rule::OperationRemoved.level() };
    work.tell_at(level, cause);
}

/// Nothing answers at a base URL of base.
fn unserved(work: &mut Work, (base, head): (&Listed, &Listed), server: &Server) {
    let label = base.label();
    let expanded = expand(work.base, base);
    let fixed = chosen(work, work.base, &expanded);
    let special = Special { server: Some(server), fixed, ..Special::default() };
    let request = exchange::request(work.base, &expanded, Direction::ToProvider, &special);
    let servers = Pointer::root().child("servers");
    let there = Spot { file: head.at.file, pointer: servers };
    let (base, head) = (Some(server.at.spot()), Some(there));
    let because =
        because_of(work, (base.clone(), head.as_ref().and_then(|it| work.head.surviving(it))));
    work.tell(Cause {
        rule: Rule::ServerRemoved,
        operation: &label,
        subject: format!("servers#{}", server.url()),
        message: format!("nothing is served at `{}` any more", server.url()),
        remedy: format!("keep `{}` among the servers", server.url()),
        base,
        head,
        evidence: Evidence::Exchange(HttpExchange {
            direction: Direction::ToProvider,
            operation: label.clone(),
            accepted_by: Revision::Base,
            refused_by: Revision::Head,
            request,
            response: None,
            because,
        }),
    });
}

/// Base URLs that are new.
fn served(work: &mut Work, (base, head): (&Directory, &Directory)) {
    let by = work.settings.servers;
    let old: Vec<_> = base.servers.iter().flatten().map(|it| it.key(by)).collect();
    let mut new: BTreeMap<String, (Server, Vec<String>)> = BTreeMap::new();
    for (operation, servers) in head.operations.iter().zip(&head.servers) {
        for server in servers.iter().filter(|it| !old.contains(&it.key(by))) {
            let entry = new.entry(server.url()).or_insert_with(|| (server.clone(), Vec::new()));
            entry.1.push(operation.label());
        }
    }
    for (url, (server, operations)) in new {
        for operation in &operations {
            work.tell(Cause {
                rule: Rule::InputWidened,
                operation,
                subject: format!("servers#{url}"),
                message: format!("`{url}` is served now"),
                remedy: "nothing to do".to_owned(),
                base: None,
                head: Some(server.at.spot()),
                evidence: Evidence::Texts { base: None, head: Some(url.clone()) },
            });
        }
    }
}

fn added(work: &mut Work, operation: &Listed) {
    let label = operation.label();
    work.tell(Cause {
        rule: Rule::OperationAdded,
        operation: &label,
        subject: label.clone(),
        message: format!("`{label}` is new"),
        remedy: "nothing to do".to_owned(),
        base: None,
        head: Some(operation.at.spot()),
        evidence: Evidence::Texts { base: None, head: Some(label.clone()) },
    });
}

/// A new operation may answer requests that a template of base answered.
fn shadows(work: &mut Work, walk: &mut Walk, (base, head): (&Directory, &Directory), idx: usize) {
    let Some(new) = head.operations.get(idx) else { return };
    let by = work.settings.servers;
    for address in head.addresses(idx, by) {
        let Some(found) = base.answer(&new.method, &address) else { continue };
        let Some(old) = base.operations.get(found.idx) else { continue };
        shadow(work, walk, (old, new), found.fits);
        return;
    }
}

fn shadow(
    work: &mut Work,
    walk: &mut Walk,
    (old, new): (&Listed, &Listed),
    asked: BTreeMap<String, Fit>,
) {
    let base = expand(work.base, old);
    let mut fixed = BTreeMap::new();
    let mut fits = BTreeMap::new();
    for (name, fit) in asked {
        match fit {
            Fit::Literal(text) => {
                if !signs::admits(work.base, &base, (&name, &text)) {
                    return;
                }
                fixed.insert(name, text);
            }
            Fit::Parameter(other) => {
                fits.insert(other, Fit::Parameter(name));
            }
        }
    }
    let head = expand(work.head, new);
    let label = new.label();
    let request = Direction::ToProvider;
    let pair = Pair { base: &base, head: &head, label: label.clone(), request, fits, fixed };
    let (n_findings, n_questions) = (work.findings.len(), work.questions.len());
    compare_pair(work, &pair);
    walk.shadows.push(Shadow {
        label,
        over: old.clone(),
        by: new.clone(),
        findings: work.findings.split_off(n_findings),
        questions: work.questions.split_off(n_questions),
    });
}

fn webhooks(work: &mut Work, walk: &mut Walk) {
    let (base, head) = (operations::webhooks(work.base), operations::webhooks(work.head));
    let is_same = |one: &Listed, other: &Listed| one.path == other.path;
    events(work, walk, (&base, &head), (&is_same, 0));
}

fn called_back(work: &mut Work, walk: &mut Walk, (base, head): (&Listed, &Listed), depth: usize) {
    let one = callbacks(work.base, base, depth);
    let other = callbacks(work.head, head, depth);
    if one.is_empty() && other.is_empty() {
        return;
    }
    // A callback is known by where it goes; its name only matters if two go there.
    let is_same = |one: &Listed, other: &Listed| one.path == other.path;
    events(work, walk, (&one, &other), (&is_same, depth + 1));
}

type IsSame<'a> = &'a dyn Fn(&Listed, &Listed) -> bool;

fn events(
    work: &mut Work,
    walk: &mut Walk,
    (base, head): (&[Listed], &[Listed]),
    (is_same, depth): (IsSame, usize),
) {
    let mut taken = vec![false; head.len()];
    for event in base {
        walk.n_operations += 1;
        let fitting = |it: &(usize, &Listed)| {
            it.1.method == event.method && is_same(event, it.1) && taken.get(it.0) == Some(&false)
        };
        let fitting: Vec<_> = head.iter().enumerate().filter(fitting).collect();
        let named = fitting.iter().find(|it| name(it.1) == name(event));
        let Some((idx, other)) = named.or(fitting.first()).copied() else {
            silenced(work, event);
            continue;
        };
        if let Some(flag) = taken.get_mut(idx) {
            *flag = true;
        }
        if differ(work, event, other, &BTreeMap::new()) || globals_differ(work) {
            let (one, two) = (expand(work.base, event), expand(work.head, other));
            told(work, (&one, &two));
            if depth > 0 || !one.responses.is_empty() {
                called_back(work, walk, (event, other), depth + 1);
            }
        }
    }
    for (event, _) in head.iter().zip(&taken).filter(|it| !it.1) {
        added(work, event);
    }
}

fn name(event: &Listed) -> Option<&str> {
    match &event.event {
        operations::Event::Callback { name, .. } => Some(name),
        operations::Event::Call | operations::Event::Webhook => None,
    }
}

fn told(work: &mut Work, (base, head): (&Operation, &Operation)) {
    let pair = Pair {
        base,
        head,
        label: base.listed.label(),
        request: Direction::FromProvider,
        fits: BTreeMap::new(),
        fixed: BTreeMap::new(),
    };
    compare_pair(work, &pair);
}

/// An event that does not come any more.
fn silenced(work: &mut Work, event: &Listed) {
    let label = event.label();
    let is_over = lifecycle::is_over(work.base, &event.at, work.settings.now);
    let expanded = expand(work.base, event);
    let special = Special::default();
    let request = exchange::request(work.base, &expanded, Direction::FromProvider, &special);
    let base = Some(event.at.spot());
    let head = event.item.spot();
    let because = because_of(work, (base.clone(), work.head.surviving(&head)));
    let cause = Cause {
        rule: Rule::EventRemoved,
        operation: &label,
        subject: label.clone(),
        message: format!("`{label}` is not delivered any more"),
        remedy: "keep the event until its sunset is over, deprecated".to_owned(),
        base,
        head: Some(head),
        evidence: Evidence::Exchange(HttpExchange {
            direction: Direction::FromProvider,
            operation: label.clone(),
            accepted_by: Revision::Base,
            refused_by: Revision::Head,
            request,
            response: None,
            because,
        }),
    };
    let level = if is_over { Level::Note } else { Rule::EventRemoved.level() };
    work.tell_at(level, cause);
}
