//! All operations, webhooks and callbacks of both sides, one with the other.

use std::collections::BTreeMap;

use crate::{
    Direction, Finding, UndecidedPart,
    compare::{
        fields, lifecycle,
        matching::{Directory, Found},
        parameters, path_values, pieces, presence,
        question::SchemaQuestion,
        request, response, security, signs,
        split::{Split, split},
        spread,
        work::{Pair, Work},
    },
    operations::{self, Address, Fit, Listed, Operation, Piece, Reading, callbacks, expand},
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

/// Compares everything that is no schema, and gathers the schemas to be compared: of all
/// operations, or of one that is called so.
pub(crate) fn compare(work: &mut Work, only: Option<&str>) -> Walk {
    let mut walk = Walk::default();
    calls(work, &mut walk, only);
    if only.is_none() {
        webhooks(work, &mut walk);
    }
    walk
}

fn calls(work: &mut Work, walk: &mut Walk, only: Option<&str>) {
    let by = work.settings.servers;
    let base = Directory::of(work.base, operations::calls(work.base), by);
    let head = Directory::of(work.head, operations::calls(work.head), by);
    let globals = globals_differ(work);
    let paths = base.operations.iter().chain(&head.operations).map(|it| it.path.as_str());
    work.literals = paths.flat_map(|it| it.split('/')).map(ToOwned::to_owned).collect();
    let new = head.beside(&base);
    let mut known = vec![false; head.operations.len()];
    let is_wanted = |it: &Listed| only.is_none_or(|only| it.label() == only);
    for (idx, operation) in base.operations.iter().enumerate() {
        if !is_wanted(operation) {
            continue;
        }
        walk.n_operations += 1;
        for idx in call(work, walk, (&base, &head), (idx, &new, globals)) {
            if let Some(flag) = known.get_mut(idx) {
                *flag = true;
            }
        }
    }
    if only.is_some() {
        return;
    }
    for (idx, operation) in head.operations.iter().enumerate() {
        if known.get(idx) == Some(&true) {
            continue;
        }
        shadows(work, walk, (&base, &head), idx);
        let outrun = outrun(work, (&base, &head), idx);
        presence::added(work, operation, outrun.as_deref());
    }
    presence::served(work, (&base, &head));
}

/// One operation of base. Hands back those of head that answer its requests.
fn call(
    work: &mut Work,
    walk: &mut Walk,
    (base, head): (&Directory, &Directory),
    (idx, new, globals): (usize, &[(String, Address)], bool),
) -> Vec<usize> {
    let by = work.settings.servers;
    let Some(operation) = base.operations.get(idx) else { return Vec::new() };
    if let Some(split) = split(work, (base, head), (idx, new)) {
        return in_parts(work, walk, (operation, head), split);
    }
    let servers = base.servers.get(idx).map(Vec::as_slice).unwrap_or_default();
    let answered = head.answers(operation, servers, by);
    let mut found = answered.found;
    found.retain(|it| admits(work, head, it));
    for it in &found {
        pieces::compare(work, (operation, servers), (head, it));
    }
    if found.is_empty() {
        found.extend(head.same_path(operation));
    }
    let Some(first) = found.first().and_then(|it| head.operations.get(it.idx)) else {
        presence::removed(work, operation, None);
        return Vec::new();
    };
    for server in &answered.lost {
        presence::unserved(work, (operation, first), server);
    }
    let mut known = Vec::new();
    for found in found {
        known.push(found.idx);
        let Some(other) = head.operations.get(found.idx) else { continue };
        if globals || differ(work, operation, other, &found.fits) {
            both(work, walk, (operation, other), (found.fits, None));
        }
    }
    known
}

/// An operation whose requests several operations of head answer.
fn in_parts(
    work: &mut Work,
    walk: &mut Walk,
    (operation, head): (&Listed, &Directory),
    split: Split,
) -> Vec<usize> {
    if let Some((server, case)) = split.lost {
        presence::removed(work, operation, Some((server, case)));
    }
    let first = split.parts.first().and_then(|it| head.operations.get(it.0.idx));
    for (server, first) in split.unserved.iter().filter_map(|it| Some((it, first?))) {
        presence::unserved(work, (operation, first), server);
    }
    let mut known: Vec<_> = head.same_path(operation).map(|it| it.idx).into_iter().collect();
    for (found, case) in split.parts {
        known.push(found.idx);
        let Some(other) = head.operations.get(found.idx) else { continue };
        both(work, walk, (operation, other), (found.fits, Some(case)));
    }
    known
}

/// A call that head's new path takes from a template of base only where routers choose the path
/// before the method, which OAS leaves open.
fn outrun(work: &Work, (base, head): (&Directory, &Directory), idx: usize) -> Option<String> {
    let new = head.operations.get(idx)?;
    let is_old = base.operations.iter().any(|it| it.path == new.path);
    if is_old {
        return None;
    }
    let addresses = head.addresses(idx, work.settings.servers);
    let mut templates = addresses.iter().flat_map(|it| {
        let found = base.answering_otherwise(&new.method, it).into_iter();
        found.filter(|found| head.exactly(base.method(found.idx), it).is_none())
    });
    let found =
        templates.find(|it| base.admits(work.base, it, work.settings.formats) != Some(false))?;
    base.operations.get(found.idx).map(Listed::label)
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
fn admits(work: &mut Work, head: &Directory, found: &Found) -> bool {
    let admits = head.admits(work.head, found, work.settings.formats);
    if let (None, Some(operation)) = (admits, head.operations.get(found.idx)) {
        work.undecided.push(UndecidedPart {
            subject: operation.label(),
            reason: "path-value".to_owned(),
            detail: "whether a path parameter takes the text of a concrete path is not known"
                .to_owned(),
        });
    }
    admits != Some(false)
}

fn both(
    work: &mut Work,
    walk: &mut Walk,
    (base, head): (&Listed, &Listed),
    (fits, case): (BTreeMap<String, Fit>, Option<BTreeMap<String, String>>),
) {
    let (mut base, mut head) = (expand(work.base, base), expand(work.head, head));
    let left = fields::align((work.base, &mut base), (work.head, &mut head));
    work.undecided.extend(left);
    let left = spread::align((work.base, &mut base), (work.head, &mut head));
    work.undecided.extend(left);
    let request = Direction::ToProvider;
    let label = base.listed.label();
    let mut fixed = presence::chosen(work, work.base, &base);
    fixed.extend(case.into_iter().flatten());
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
    let (base, head) = (expand(work.base, old), expand(work.head, new));
    let mut fixed = BTreeMap::new();
    let mut fits = BTreeMap::new();
    for (name, fit) in asked {
        match fit {
            Fit::Literal(text) => {
                let within = (work.base, work.settings.formats);
                if path_values::admits(within, &base, (&name, &text)) == Some(false) {
                    return;
                }
                fixed.insert(name, text);
            }
            Fit::Pieces(pieces) => {
                let values = presence::chosen(work, work.head, &head);
                fixed.insert(name, operations::filled(&pieces, &values));
                fits.extend(parts(&pieces));
            }
            Fit::Parameter(other) => {
                fits.insert(other, Fit::Parameter(name));
            }
        }
    }
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

/// Parameters that are parts of what another one was: none of them is that one.
fn parts(pieces: &[Piece]) -> BTreeMap<String, Fit> {
    let part = |it: &Piece| match it {
        Piece::Parameter(name) => Some((name.clone(), Fit::Pieces(pieces.to_vec()))),
        Piece::Literal(_) => None,
    };
    pieces.iter().filter_map(part).collect()
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
            presence::silenced(work, event);
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
        presence::added(work, event, None);
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
