//! Operations, events and base URLs that come or go.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Level;

use crate::{
    Direction, Evidence, HttpExchange, Pointer, Revision, Rule, Spot,
    compare::{
        evidence::because_of,
        exchange::{self, Special},
        lifecycle,
        matching::Directory,
        sample::Sampler,
        text,
        work::{Cause, Work},
    },
    operations::{Listed, Operation, Parameter, Place, Reading, Server, expand},
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
        let mut free = texts.filter(|it| !work.literals.contains(it));
        Some((it.name.clone(), free.next()?))
    };
    operation.parameters.iter().filter(is_free).filter_map(value).collect()
}

pub(crate) fn removed(work: &mut Work, operation: &Listed) {
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
pub(crate) fn unserved(work: &mut Work, (base, head): (&Listed, &Listed), server: &Server) {
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
pub(crate) fn served(work: &mut Work, (base, head): (&Directory, &Directory)) {
    let by = work.settings.servers;
    let old: BTreeSet<_> = base.servers.iter().flatten().map(|it| it.key(by)).collect();
    if old.is_empty() {
        return;
    }
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

pub(crate) fn added(work: &mut Work, operation: &Listed) {
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

/// An event that does not come any more.
pub(crate) fn silenced(work: &mut Work, event: &Listed) {
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
