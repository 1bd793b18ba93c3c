//! Operations, events and base URLs that come or go.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Level;

use crate::{
    Direction, Evidence, HttpExchange, HttpRequest, Pointer, Revision, Rule, Sides, Spot,
    compare::{
        evidence::because_of,
        exchange::{self, Special},
        lifecycle,
        matching::Directory,
        sample::Sampler,
        text,
        work::{Cause, Work},
    },
    operations::{Address, Listed, Operation, Parameter, Place, Reading, Server, expand},
};

/// Values of free path parameters that no other path has as a literal.
pub(crate) fn chosen(
    work: &Work,
    reading: Reading,
    operation: &Operation,
) -> BTreeMap<String, String> {
    let sampler = Sampler { reading, direction: Direction::ToProvider };
    let is_free = |it: &&Parameter| it.place == Place::Path && it.content.is_none();
    let value = |it: &Parameter| {
        let others = sampler.others(it.schema.as_ref());
        let texts = others.iter().map(|value| text::line(&it.name, value, it.serialization, true));
        let around = around(&operation.listed.path, &it.name);
        let whole = |text: &String| format!("{}{text}{}", around.0, around.1);
        let mut free = texts.filter(|it| !work.literals.contains(&whole(it)));
        Some((it.name.clone(), free.next()?))
    };
    operation.parameters.iter().filter(is_free).filter_map(value).collect()
}

/// What stands beside a parameter in its segment.
fn around<'p>(path: &'p str, name: &str) -> (&'p str, &'p str) {
    let parameter = format!("{{{name}}}");
    let segment = path.split('/').find(|it| it.contains(&parameter)).unwrap_or_default();
    segment.split_once(parameter.as_str()).unwrap_or_default()
}

/// An operation that does not answer any more, or not these values in its path.
pub(crate) fn removed(
    work: &mut Work,
    operation: &Listed,
    case: Option<(Server, BTreeMap<String, String>)>,
) {
    let label = operation.label();
    let what = case.as_ref().map_or_else(
        || label.clone(),
        |(_, it)| {
            let path = Address::parse(&operation.path).filled(it);
            format!("{} {path}", operation.method)
        },
    );
    let words = (
        format!("`{what}` does not answer any more"),
        "keep it with `deprecated: true` and an `x-sunset` until that day is over; `checks contract migrate` puts it back",
    );
    let expanded = expand(work.base, operation);
    let mut fixed = chosen(work, work.base, &expanded);
    let (server, case) = case.unzip();
    fixed.extend(case.into_iter().flatten());
    let special = Special { server: server.as_ref(), fixed, ..Special::default() };
    gone(work, &expanded, (Rule::OperationRemoved, Direction::ToProvider), words, &special);
}

/// Tells what base had and head has no more; a sunset that is over makes it a note.
fn gone(
    work: &mut Work,
    operation: &Operation,
    (rule, direction): (Rule, Direction),
    (message, remedy): (String, &str),
    special: &Special,
) {
    let listed = &operation.listed;
    let label = listed.label();
    let is_over = lifecycle::is_over(work.base, &listed.at, work.settings.now);
    let request = exchange::request(work.base, operation, direction, special);
    let Some(request) = request else { return };
    let base = Some(listed.at.spot());
    let head = listed.item.spot();
    let because = because_of(work, (base.clone(), work.head.surviving(&head)));
    let cause = Cause {
        rule,
        operation: &label,
        subject: label.clone(),
        message,
        remedy: remedy.to_owned(),
        base,
        head: Some(head),
        evidence: only_at_base(&label, direction, request, because),
    };
    let level = if is_over { Level::Note } else { rule.level() };
    work.tell_at(level, cause);
}

/// A request that base takes and head does not.
fn only_at_base(
    label: &str,
    direction: Direction,
    request: HttpRequest,
    because: Sides,
) -> Evidence {
    Evidence::Exchange(HttpExchange {
        direction,
        operation: label.to_owned(),
        accepted_by: Revision::Base,
        refused_by: Revision::Head,
        request,
        response: None,
        because,
    })
}

/// Nothing answers at a base URL of base.
pub(crate) fn unserved(work: &mut Work, (base, head): (&Listed, &Listed), server: &Server) {
    let label = base.label();
    let expanded = expand(work.base, base);
    let fixed = chosen(work, work.base, &expanded);
    let special = Special { server: Some(server), fixed, ..Special::default() };
    let request = exchange::request(work.base, &expanded, Direction::ToProvider, &special);
    let Some(request) = request else { return };
    let servers = Pointer::root().child("servers");
    let there = Spot { file: head.at.file, pointer: servers };
    let (base, head) = (Some(server.at.spot()), Some(there));
    let because =
        because_of(work, (base.clone(), head.as_ref().and_then(|it| work.head.surviving(it))));
    work.tell(Cause {
        rule: Rule::ServerRemoved,
        operation: &label,
        subject: format!("servers#{}", server.shown()),
        message: format!("nothing is served at `{}` any more", server.shown()),
        remedy: format!("keep `{}` among the servers", server.shown()),
        base,
        head,
        evidence: only_at_base(&label, Direction::ToProvider, request, because),
    });
}

/// Base URLs that are new.
pub(crate) fn served(work: &mut Work, (base, head): (&Directory, &Directory)) {
    let by = work.settings.servers;
    let old: BTreeSet<_> = base.servers.iter().flatten().map(|it| it.key(by)).collect();
    if old.is_empty() {
        return;
    }
    let mut new: BTreeMap<String, (Server, Vec<String>)> = BTreeMap::new();
    for (operation, servers) in head.operations.iter().zip(&head.servers) {
        // A prefix may have moved between the server and the path.
        let is_new = |it: &&Server| {
            let address = Address::parse(&format!("{}{}", it.key(by), operation.path));
            !old.contains(&it.key(by)) && base.exactly(&operation.method, &address).is_none()
        };
        for server in servers.iter().filter(is_new) {
            let entry = new.entry(server.shown()).or_insert_with(|| (server.clone(), Vec::new()));
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

/// What is new; perhaps it stands in the way of a call that a template of base answers.
pub(crate) fn added(work: &mut Work, operation: &Listed, outrun: Option<&str>) {
    let label = operation.label();
    let (message, remedy) = match outrun {
        None => (format!("`{label}` is new"), "nothing to do"),
        Some(outrun) => (
            format!(
                "`{label}` is new; a router that chooses the path before the method no longer \
                 answers `{outrun}` at `{}`",
                operation.path
            ),
            "see that the router still answers by the template, or choose another path",
        ),
    };
    work.tell(Cause {
        rule: Rule::OperationAdded,
        operation: &label,
        subject: label.clone(),
        message,
        remedy: remedy.to_owned(),
        base: None,
        head: Some(operation.at.spot()),
        evidence: Evidence::Texts { base: None, head: Some(label.clone()) },
    });
}

/// An event that does not come any more.
pub(crate) fn silenced(work: &mut Work, event: &Listed) {
    let words = (
        format!("`{}` is not delivered any more", event.label()),
        "keep it with `deprecated: true` and an `x-sunset` until that day is over; `checks contract migrate` puts it back",
    );
    let (expanded, special) = (expand(work.base, event), Special::default());
    gone(work, &expanded, (Rule::EventRemoved, Direction::FromProvider), words, &special);
}
