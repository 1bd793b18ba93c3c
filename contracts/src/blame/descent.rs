//! The ways down from one pair of positions; what means the same on both sides is left out.

use std::{collections::BTreeSet, rc::Rc};

use crate::{
    Located, Revision,
    blame::{
        asking::Asking,
        path::Turn,
        position::{Position, Side, Step},
    },
};

/// One step down, on both sides at once.
#[derive(Debug)]
pub(crate) struct Descent {
    /// The step as the way tells it.
    pub turn: Rc<Turn>,
    /// The member that it leads to, if it is one.
    pub name: Option<String>,
    /// Does it lead to items?
    pub is_list: bool,
    /// Where the sending side comes to.
    pub sub: Position,
    /// Where the receiving side comes to.
    pub sup: Position,
}

/// All steps that lead to something which differs. Components are met many times, and what lies
/// below them is always the same.
pub(crate) fn descents(
    asking: &mut Asking<'_>,
    (sender, receiver): (&Side<'_>, &Side<'_>),
    (sent, read): (&Position, &Position),
) -> Rc<[Descent]> {
    let is_silent = sent.parts.is_empty() || read.parts.is_empty();
    let key = (sender.revision, sender.direction, sent.ends, read.ends);
    if let Some(known) = asking.known_descents(key).filter(|_| !is_silent) {
        return known;
    }
    let mut found = Vec::new();
    let (store, holds) = (asking.store(), asking.holds());
    for (step, turn) in steps(asking, (sender, receiver), (sent, read)) {
        let read_below = receiver.child(store, read, &step, &holds);
        if read_below.roots.is_empty() {
            continue;
        }
        let sent_below = sender.child(store, sent, &step, &holds);
        let is_list = matches!(step, Step::Item(_) | Step::Items(_));
        let is_false = |it: &Located| store.as_bool(it.node) == Some(false);
        if is_list && read_below.parts.iter().any(is_false) {
            continue;
        }
        let (base, head) = match sender.revision {
            Revision::Base => (&sent_below, &read_below),
            Revision::Head => (&read_below, &sent_below),
        };
        if asking.same(base, head) {
            continue;
        }
        let name = if let Step::Property(name) = step { Some(name) } else { None };
        found.push(Descent {
            turn: Rc::new(turn),
            name,
            is_list,
            sub: sent_below,
            sup: read_below,
        });
    }
    let found: Rc<[Descent]> = found.into();
    if !is_silent {
        asking.know_descents(key, &found);
    }
    found
}

fn steps(
    asking: &mut Asking<'_>,
    (sender, receiver): (&Side<'_>, &Side<'_>),
    (sent, read): (&Position, &Position),
) -> Vec<(Step, Turn)> {
    let store = asking.store();
    let its_names = asking.names(sender, sent);
    let known_names = asking.names(receiver, read);
    let all: BTreeSet<String> = its_names.keys().chain(known_names.keys()).cloned().collect();
    let knows = asking.knows_names();
    let is_met =
        |name: &str| !knows || its_names.contains_key(name) || !known_names.contains_key(name);
    let mut steps = Vec::new();
    for name in all.iter().filter(|it| is_met(it)) {
        steps.push((Step::Property(name.clone()), Turn::Property(name.clone())));
    }
    let mut patterns = BTreeSet::new();
    for part in &read.parts {
        for member in receiver.members(store, part, "patternProperties") {
            patterns.extend(member.pointer.names().last());
        }
    }
    for pattern in &patterns {
        steps.push((Step::Pattern(pattern.clone()), Turn::Pattern(pattern.clone())));
    }
    let names = all.into_iter().collect();
    let patterns = patterns.into_iter().collect();
    steps.push((Step::OtherProperties, Turn::Others { names, patterns }));
    let parts = sent.parts.iter().map(|it| sender.tuple(store, it).len());
    let parts = parts.chain(read.parts.iter().map(|it| receiver.tuple(store, it).len()));
    let n_tuple = parts.max().unwrap_or(0) as u64;
    steps.extend((0..n_tuple).map(|idx| (Step::Item(idx), Turn::Item(idx))));
    steps.push((Step::Items(n_tuple), Turn::Items(n_tuple)));
    steps
}
