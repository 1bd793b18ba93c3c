//! What the keywords at one pair of positions ask that the sending side may break. Pairs are met in
//! many questions, and what is asked there is always the same.

use std::rc::Rc;

use crate::{
    Direction, Revision,
    blame::{
        asking::Asking,
        class::{Class, Unit},
        numbers::Number,
        position::Side,
        walk::{Pair, Walk},
    },
    inclusion::SchemaId,
};

/// A pair of positions, and how it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PromiseKey {
    sender: (Revision, Direction),
    places: (Number, Number),
    of_false: Class,
    sending: SchemaId,
    alike: SchemaId,
}

/// What is asked at a pair of positions, before alternatives and what lies further in.
#[derive(Debug)]
pub(crate) struct Promises {
    /// Keywords that may be broken.
    pub doubts: Vec<Doubt>,
    /// What is sent and of the kinds and constants that are asked.
    pub within: SchemaId,
    /// These kinds and constants.
    pub asked: SchemaId,
}

/// Keywords of one promise that may be broken.
#[derive(Debug)]
pub(crate) struct Doubt {
    /// The keywords.
    pub units: Rc<[Unit]>,
    /// What they ask.
    pub demand: SchemaId,
    /// What is asked before.
    pub within: SchemaId,
}

/// What is asked so far.
#[derive(Clone, Copy)]
struct Before {
    within: SchemaId,
    kinds: SchemaId,
    alike: SchemaId,
}

impl<'a> Walk<'_, 'a> {
    /// What the keywords ask here.
    pub(crate) fn promises(
        &mut self,
        pair: &Pair,
        sending: SchemaId,
        alike: SchemaId,
    ) -> Rc<Promises> {
        let key = PromiseKey {
            sender: (self.sub.revision, self.sub.direction),
            places: (pair.sub.start, pair.sup.start),
            of_false: pair.of_false,
            sending,
            alike,
        };
        if let Some(known) = self.asking.known_promises(&key) {
            return known;
        }
        let found = Rc::new(self.new_promises(pair, sending, alike));
        self.asking.know_promises(key, &found);
        found
    }

    fn new_promises(&mut self, pair: &Pair, sending: SchemaId, alike: SchemaId) -> Promises {
        let mut asked = Before { within: sending, kinds: SchemaId::TRUE, alike };
        let mut found: Vec<Unit> = Vec::new();
        for part in &pair.sup.parts {
            let units = self.asking.units(&self.sup, part, pair.of_false);
            found.extend(units.iter().cloned());
        }
        found.sort_by_key(|it| it.class);
        let mut doubts = Vec::new();
        for group in found.chunk_by(|one, other| one.class == other.class) {
            self.group(group, asked, &mut doubts);
            if matches!(group.first().map(|it| it.class), Some(Class::Type | Class::Value)) {
                let all = self.asking.schemas().all(group.iter().map(|it| it.demand));
                let all = self.or_alike(all, alike);
                let schemas = self.asking.schemas();
                asked.within = schemas.all([asked.within, all]);
                asked.kinds = schemas.all([asked.kinds, all]);
            }
        }
        self.conditions(pair, asked, &mut doubts);
        Promises { doubts, within: asked.within, asked: asked.kinds }
    }

    /// The units of one class: one doubt, but one for each member that is named.
    fn group(&mut self, group: &[Unit], asked: Before, doubts: &mut Vec<Doubt>) {
        let mut unnamed: Vec<Unit> = Vec::new();
        let mut named: Vec<Unit> = Vec::new();
        for unit in group {
            let demand = self.or_alike(unit.demand, asked.alike);
            let unit = Unit { demand, ..unit.clone() };
            if self.asking.included(asked.within, demand) {
                continue;
            }
            let list = if unit.name.is_some() { &mut named } else { &mut unnamed };
            if !list.iter().any(|it| it.name.is_some() && it.name == unit.name) {
                list.push(unit);
            }
        }
        for unit in named {
            self.doubt(vec![unit], asked, doubts);
        }
        let (around, unnamed): (Vec<_>, Vec<_>) =
            unnamed.into_iter().partition(|it| it.looks_around);
        if !unnamed.is_empty() {
            self.doubt(unnamed, asked, doubts);
        }
        for unit in around {
            self.doubt(vec![unit], asked, doubts);
        }
    }

    fn doubt(&mut self, units: Vec<Unit>, asked: Before, doubts: &mut Vec<Doubt>) {
        let demand = self.asking.schemas().all(units.iter().map(|it| it.demand));
        doubts.push(Doubt { units: units.into(), demand, within: asked.kinds });
    }

    /// `if`, `then`, `else`: one promise together.
    fn conditions(&mut self, pair: &Pair, asked: Before, doubts: &mut Vec<Doubt>) {
        let store = self.asking.store();
        for part in &pair.sup.parts {
            let Some(condition) = self.sup.contract.member(store, part, "if") else { continue };
            let lowered = |asking: &mut Asking<'a>, keyword: &str, sup: &Side<'a>| {
                let at = sup.contract.member(store, part, keyword);
                at.map_or(SchemaId::TRUE, |it| asking.lower(sup, &it))
            };
            if !self.sup.is_modern() {
                continue;
            }
            let condition = self.asking.lower(&self.sup, &condition);
            let then = lowered(self.asking, "then", &self.sup);
            let otherwise = lowered(self.asking, "else", &self.sup);
            let demand = self.asking.schemas().if_then_else(condition, then, otherwise);
            let demand = self.or_alike(demand, asked.alike);
            if !self.asking.included(asked.within, demand) {
                let part = part.clone();
                let unit = Unit {
                    class: Class::Variant,
                    keyword: "if",
                    name: None,
                    part,
                    demand,
                    looks_around: false,
                };
                self.doubt(vec![unit], asked, doubts);
            }
        }
    }
}
