//! Numbers for lists of schemas: positions are met many times, and their ways are long texts.

use std::{cell::RefCell, rc::Rc};

use hashbrown::HashMap;

use crate::{
    Direction, Located, Revision,
    blame::position::{Position, Step, Union},
};

/// The number of a list of schemas: equal lists have equal numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Number(u32);

/// One side in one direction.
pub(crate) type Aspect = (Revision, Direction);

/// Where steps from one position lead.
type Children = HashMap<Step, Position>;

type Families = HashMap<(Aspect, Number, Number), Rc<RefCell<Children>>>;
type Dropped = HashMap<(Aspect, Located), bool>;
type Unions = HashMap<(Revision, Number), Rc<[Union]>>;

/// All lists of schemas that were met, and what is known of the places they speak of.
#[derive(Default)]
pub(crate) struct Numbers {
    lists: RefCell<HashMap<Box<[Located]>, Number>>,
    positions: RefCell<HashMap<(Revision, Located), Position>>,
    children: RefCell<Families>,
    dropped: RefCell<Dropped>,
    unions: RefCell<Unions>,
}

impl Numbers {
    /// The number of a list.
    pub(crate) fn of(&self, list: &[Located]) -> Number {
        let mut lists = self.lists.borrow_mut();
        if let Some(known) = lists.get(list) {
            return *known;
        }
        let next = Number(u32::try_from(lists.len()).unwrap_or(u32::MAX));
        lists.insert(list.into(), next);
        next
    }

    /// The position of a schema as written, made once.
    pub(crate) fn position(
        &self,
        key: (Revision, &Located),
        make: impl FnOnce() -> Position,
    ) -> Position {
        let key = (key.0, key.1.clone());
        if let Some(known) = self.positions.borrow().get(&key) {
            return known.clone();
        }
        let position = make();
        self.positions.borrow_mut().insert(key, position.clone());
        position
    }

    /// Does a member not travel? Found out once.
    pub(crate) fn drops(&self, key: (Aspect, &Located), find: impl FnOnce() -> bool) -> bool {
        let key = (key.0, key.1.clone());
        if let Some(known) = self.dropped.borrow().get(&key) {
            return *known;
        }
        let found = find();
        self.dropped.borrow_mut().insert(key, found);
        found
    }

    /// The unions of a position, listed once.
    pub(crate) fn unions(
        &self,
        key: (Revision, Number),
        list: impl FnOnce() -> Rc<[Union]>,
    ) -> Rc<[Union]> {
        if let Some(known) = self.unions.borrow().get(&key) {
            return Rc::clone(known);
        }
        let listed = list();
        self.unions.borrow_mut().insert(key, Rc::clone(&listed));
        listed
    }

    /// Where a step from a position leads, found once.
    pub(crate) fn child(
        &self,
        aspect: Aspect,
        of: &Position,
        step: &Step,
        make: impl FnOnce() -> Position,
    ) -> Position {
        let key = (aspect, of.start, of.ends);
        let of = Rc::clone(self.children.borrow_mut().entry(key).or_default());
        if let Some(known) = of.borrow().get(step) {
            return known.clone();
        }
        let child = make();
        of.borrow_mut().insert(step.clone(), child.clone());
        child
    }
}
