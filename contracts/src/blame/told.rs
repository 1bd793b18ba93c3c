//! Promises that were told already, and the values that show nothing but them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Located, Spot,
    blame::{
        asking::Asking,
        class::{Class, Unit},
        path::{Turn, Way, candidates},
        position::Position,
        telling::part_of,
        trial::Cause,
        walk::{Suspect, Turns, Visited},
    },
    inclusion::{ConstantId, SchemaId},
};

/// What was told so far.
#[derive(Default)]
pub(crate) struct Told {
    /// At the root.
    pub demands: Vec<SchemaId>,
    /// At each pair of positions.
    pub at: BTreeMap<usize, Vec<SchemaId>>,
    /// How these hang together.
    pub turns: Turns,
    /// What the sending and the receiving side take at each pair that differs, once it is asked for.
    pub pairs: Option<BTreeMap<usize, [SchemaId; 2]>>,
    /// Are alternatives among them that no value chooses?
    pub is_thorough: bool,
    /// Places that are known to be told and were come through.
    pub met: BTreeSet<Spot>,
}

/// A part of a value, at a pair of positions.
struct Look {
    at: usize,
    value: ConstantId,
    /// Alternatives chosen without a step down.
    depth: usize,
    /// Is it within an alternative of the sending side that lost what the receiving one takes?
    is_lost: bool,
}

impl Told {
    /// What breaks at a known place, wherever it is met, counts as told here.
    pub(crate) fn count(&mut self, known: &BTreeSet<Spot>, visited: &[Visited]) {
        for visited in visited.iter().filter(|_| !known.is_empty()) {
            let parts = visited.sub.parts.iter().chain(&visited.sup.parts);
            let met: Vec<Spot> = parts.map(Located::spot).filter(|it| known.contains(it)).collect();
            if !met.is_empty() {
                self.at.entry(visited.at).or_default().push(SchemaId::TRUE);
                self.met.extend(met);
            }
        }
    }

    /// Is a promise that was told already broken somewhere in the value? In a schema that contains
    /// itself it may be broken at any depth.
    ///
    /// A change that was told also explains that fewer alternatives of a `oneOf` fit: where one of
    /// them changed, a value that only its old form took may fit another one alone.
    pub(crate) fn explains(&self, asking: &mut Asking<'_>, value: ConstantId) -> bool {
        let mut open = vec![Look { at: 0, value, depth: 0, is_lost: false }];
        let mut n_looks = 0;
        while let Some(look) = open.pop() {
            n_looks += 1;
            if n_looks > LOOKS {
                return false;
            }
            let told = self.at.get(&look.at).map_or(&[][..], Vec::as_slice);
            if told.iter().any(|it| !asking.takes_kept(*it, look.value)) {
                return true;
            }
            if look.is_lost && !told.is_empty() && self.is_lost(asking, look.at, look.value) {
                return true;
            }
            for (turn, next) in self.turns.get(&look.at).into_iter().flatten() {
                open.extend(self.below(asking, &look, (turn, *next)));
            }
        }
        false
    }

    /// Does the receiving side take here what the sending one does not?
    fn is_lost(&self, asking: &mut Asking<'_>, at: usize, value: ConstantId) -> bool {
        let pair = self.pairs.as_ref().and_then(|it| it.get(&at));
        pair.is_some_and(|[sub, sup]| {
            asking.takes_kept(*sup, value) && !asking.takes_kept(*sub, value)
        })
    }

    /// The parts of a value that a turn leads to.
    fn below(&self, asking: &mut Asking<'_>, look: &Look, (turn, at): (&Turn, usize)) -> Vec<Look> {
        let Look { value, depth, is_lost, .. } = *look;
        if matches!(turn, Turn::Unless(_)) {
            let is_lost = self.is_lost(asking, at, value);
            let next = Look { at, value, depth: depth + 1, is_lost };
            return if depth < LEVELS { vec![next] } else { Vec::new() };
        }
        let parts = candidates(&mut asking.schemas().constants, turn, value);
        parts.into_iter().map(|it| Look { at, value: it.1, depth: 0, is_lost }).collect()
    }
}

/// An object that closes also refuses members that a schema beside it still lists: that is told
/// once, for all that it does not list itself.
pub(crate) fn drop_echoes(causes: &mut Vec<Cause>) {
    let of_others = |it: &&Cause| {
        let last = it.suspect.way.last();
        it.suspect.class == Class::Refused
            && last.is_some_and(|it| matches!(**it, Turn::Others { .. }))
    };
    let closing: Vec<_> = causes.iter().filter(of_others).filter_map(part_of).collect();
    causes.retain(|it| {
        let is_named = it.suspect.way.last().is_some_and(|it| matches!(**it, Turn::Property(_)));
        let is_listed = it.suspect.sup.roots.len() > 1;
        let is_echo = || part_of(it).is_some_and(|it| closing.contains(&it));
        !(is_named && is_listed && it.suspect.class == Class::Refused && is_echo())
    });
}

/// Places of a value that are looked at for a promise that was told.
const LOOKS: usize = 2_000;

/// Alternatives within alternatives.
const LEVELS: usize = 8;

/// The suspect for what no suspect explains: the keyword at the place that looks the furthest.
pub(crate) fn unexplained(
    asking: &Asking<'_>,
    (way, sub, sup): (Way, Position, Position),
    demand: SchemaId,
) -> Option<Suspect> {
    let store = asking.store();
    let having = |keyword: &str| sup.parts.iter().find(|it| store.get(it.node, keyword).is_some());
    let (class, keyword, part) = if let Some(part) = having("unevaluatedProperties") {
        (Class::Refused, "unevaluatedProperties", part)
    } else if let Some(part) = having("unevaluatedItems") {
        (Class::List, "unevaluatedItems", part)
    } else {
        let keywords = Class::Variant.keywords();
        let found = keywords.iter().find_map(|it| having(it).map(|part| (*it, part)));
        let (keyword, part) = found.or_else(|| Some(("", sup.parts.first()?)))?;
        (Class::Variant, keyword, part)
    };
    let part = part.clone();
    let unit = Unit { class, keyword, name: None, part, demand, looks_around: false };
    Some(Suspect {
        way,
        class,
        units: [unit].into(),
        names: Vec::new(),
        demand,
        within: SchemaId::TRUE,
        given: SchemaId::TRUE,
        sub,
        sup,
        is_rest: true,
        at: usize::MAX,
    })
}
