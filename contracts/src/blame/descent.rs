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
    pub turn: Turn,
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
    (sub_side, sup_side): (&Side<'_>, &Side<'_>),
    (sub, sup): (&Position, &Position),
) -> Rc<[Descent]> {
    let is_silent = sub.parts.is_empty() || sup.parts.is_empty();
    let key = (sub_side.revision, sub_side.direction, sub.parts.clone(), sup.parts.clone());
    if let Some(known) = asking.known_descents(&key).filter(|_| !is_silent) {
        return known;
    }
    let mut found = Vec::new();
    let (store, holds) = (asking.store(), asking.holds());
    for (step, turn) in steps(asking, (sub_side, sup_side), (sub, sup)) {
        let next_sup = sup_side.child(store, sup, &step, &holds);
        if next_sup.roots.is_empty() {
            continue;
        }
        let next_sub = sub_side.child(store, sub, &step, &holds);
        let is_list = matches!(step, Step::Item(_) | Step::Items(_));
        let is_false = |it: &Located| store.as_bool(it.node) == Some(false);
        if is_list && next_sup.parts.iter().any(is_false) {
            continue;
        }
        let (base, head) = match sub_side.revision {
            Revision::Base => (&next_sub, &next_sup),
            Revision::Head => (&next_sup, &next_sub),
        };
        if asking.same(base, head) {
            continue;
        }
        let name = if let Step::Property(name) = step { Some(name) } else { None };
        found.push(Descent { turn, name, is_list, sub: next_sub, sup: next_sup });
    }
    let found: Rc<[Descent]> = found.into();
    if !is_silent {
        asking.know_descents(key, &found);
    }
    found
}

fn steps(
    asking: &mut Asking<'_>,
    (sub_side, sup_side): (&Side<'_>, &Side<'_>),
    (sub, sup): (&Position, &Position),
) -> Vec<(Step, Turn)> {
    let store = asking.store();
    let sent = asking.names(sub_side, sub);
    let read = asking.names(sup_side, sup);
    let all: BTreeSet<String> = sent.keys().chain(read.keys()).cloned().collect();
    let knows = asking.knows_names();
    let is_met = |name: &str| !knows || sent.contains_key(name) || !read.contains_key(name);
    let mut steps = Vec::new();
    for name in all.iter().filter(|it| is_met(it)) {
        steps.push((Step::Property(name.clone()), Turn::Property(name.clone())));
    }
    let mut patterns = BTreeSet::new();
    for part in &sup.parts {
        for member in sup_side.members(store, part, "patternProperties") {
            patterns.extend(member.pointer.names().last());
        }
    }
    for pattern in &patterns {
        steps.push((Step::Pattern(pattern.clone()), Turn::Pattern(pattern.clone())));
    }
    let names = all.into_iter().collect();
    let patterns = patterns.into_iter().collect();
    steps.push((Step::OtherProperties, Turn::Others { names, patterns }));
    let parts = sub.parts.iter().map(|it| sub_side.tuple(store, it).len());
    let parts = parts.chain(sup.parts.iter().map(|it| sup_side.tuple(store, it).len()));
    let n_tuple = parts.max().unwrap_or(0) as u64;
    steps.extend((0..n_tuple).map(|idx| (Step::Item(idx), Turn::Item(idx))));
    steps.push((Step::Items(n_tuple), Turn::Items(n_tuple)));
    steps
}
