//! Both sides walked side by side: wherever they differ, what could be the cause?
//!
//! A suspect is a promise of the receiving side that the sending one may break at one place, as
//! far as that place alone tells. Whether any whole value breaks it is asked afterwards.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::{
    Revision,
    blame::{
        asking::Asking,
        class::{Class, Unit},
        descent::descents,
        lists::Lists,
        numbers::Number,
        path::{Turn, Way},
        position::{Position, Side, Union},
        tag,
        text::AsText,
        union,
    },
    inclusion::SchemaId,
};

/// A promise that may be broken.
#[derive(Debug, Clone)]
pub(crate) struct Suspect {
    /// The way there.
    pub way: Way,
    /// The kind of promise.
    pub class: Class,
    /// The keywords of the receiving side that make it.
    pub units: Rc<[Unit]>,
    /// The member, tag or variants concerned.
    pub names: Vec<String>,
    /// What they ask.
    pub demand: SchemaId,
    /// What is asked before, so that nothing is told twice.
    pub within: SchemaId,
    /// What else a whole value keeps: where the tag of a discriminator selects a schema, that one.
    pub given: SchemaId,
    /// The place on the sending side.
    pub sub: Position,
    /// The place on the receiving side.
    pub sup: Position,
    /// Is it only told if the other causes do not explain everything?
    pub is_rest: bool,
    /// The pair of positions, however it is reached.
    pub at: usize,
}

impl Suspect {
    /// Does only a tag say that a value is refused?
    pub(crate) fn is_by_tag(&self) -> bool {
        self.class == Class::Tag || self.given != SchemaId::TRUE
    }

    /// What these keywords ask, at a pair of positions.
    pub(crate) fn at(
        pair: &Pair,
        units: Rc<[Unit]>,
        (demand, within): (SchemaId, SchemaId),
    ) -> Self {
        Self {
            way: pair.way.clone(),
            class: units.first().map_or(Class::Variant, |it| it.class),
            names: units.iter().filter_map(|it| it.name.clone()).collect(),
            is_rest: units.iter().any(|it| it.looks_around),
            units,
            demand,
            within,
            given: pair.given,
            sub: pair.sub.clone(),
            sup: pair.sup.clone(),
            at: pair.at.unwrap_or_default(),
        }
    }
}

/// One walk from the root of a location.
pub(crate) struct Walk<'w, 'a> {
    /// The engine.
    pub asking: &'w mut Asking<'a>,
    /// Who sends.
    pub sub: Side<'a>,
    /// Who receives.
    pub sup: Side<'a>,
    /// What may be broken.
    pub suspects: Vec<Suspect>,
    /// Where the walk came, for what no suspect explains.
    pub visited: Vec<Visited>,
    /// Pairs of positions met, so that recursion ends.
    seen: BTreeSet<usize>,
    /// The numbers of pairs of positions, of an earlier walk too.
    pub numbers: Pairs,
    /// The turns from one pair of positions to others.
    pub turns: Turns,
    /// Are alternatives looked into that no value chooses? They change what fits beside them.
    pub is_thorough: bool,
}

/// The numbers of pairs of positions, in the order they were met.
pub(crate) type Pairs = BTreeMap<(Number, Number, Option<Lists>), usize>;

/// A pair of positions that differ.
pub(crate) struct Visited {
    /// The way there.
    pub way: Way,
    /// The place on the sending side.
    pub sub: Position,
    /// The place on the receiving side.
    pub sup: Position,
    /// The number of the pair.
    pub at: usize,
}

/// How pairs of positions hang together.
pub(crate) type Turns = BTreeMap<usize, Vec<(Rc<Turn>, usize)>>;

/// A pair of positions on the way.
#[derive(Clone)]
pub(crate) struct Pair {
    /// The sending side.
    pub sub: Position,
    /// The receiving side.
    pub sup: Position,
    /// The way from the root.
    pub way: Way,
    /// What whole values keep that come here by the tag of a discriminator.
    pub given: SchemaId,
    /// Was it the tag of a discriminator that led here, with no step since?
    pub is_tagged: bool,
    /// What `false` refuses here.
    pub of_false: Class,
    /// How lists travel here, if values are characters.
    pub as_text: Option<Lists>,
    /// The label of the alternative that the sending side chose.
    pub chosen: Option<union::Label>,
    /// Tags that do not select any more what they did: told already.
    pub lost_tags: BTreeSet<String>,
    /// Is only the meaning of tags in question, because all else is kept?
    pub is_kept: bool,
    /// Its number; before it is entered, that of the pair it is reached from.
    pub at: Option<usize>,
}

/// Pairs of positions that one walk looks at; beyond, the rest is blamed as a whole.
const ROOM: usize = 4_000;

/// Alternatives of the sending side that are told apart.
const BRANCHES: usize = 256;

impl<'w, 'a> Walk<'w, 'a> {
    /// A walk that has not begun.
    pub(crate) fn new(asking: &'w mut Asking<'a>, sub: Side<'a>, sup: Side<'a>) -> Self {
        Self {
            asking,
            sub,
            sup,
            suspects: Vec::new(),
            visited: Vec::new(),
            seen: BTreeSet::new(),
            numbers: Pairs::new(),
            turns: Turns::new(),
            is_thorough: false,
        }
    }

    /// Walks from the roots of both sides.
    pub(crate) fn run(&mut self, sub: Position, sup: Position, as_text: &AsText) {
        let pair = Pair {
            sub,
            sup,
            way: Way::default(),
            given: SchemaId::TRUE,
            is_tagged: false,
            of_false: Class::Type,
            as_text: as_text.lists(),
            chosen: None,
            lost_tags: BTreeSet::new(),
            is_kept: false,
            at: None,
        };
        self.pair(pair, as_text);
    }

    pub(crate) fn pair(&mut self, pair: Pair, as_text: &AsText) {
        if self.visited.len() >= ROOM || pair.sup.roots.is_empty() {
            return;
        }
        let key = (pair.sub.ends, pair.sup.ends, pair.as_text);
        let next = self.numbers.len();
        let at = *self.numbers.entry(key).or_insert(next);
        if let (Some(from), Some(turn)) = (pair.at, pair.way.last()) {
            self.turns.entry(from).or_default().push((Rc::clone(turn), at));
        }
        if !self.seen.insert(at) {
            return;
        }
        let pair = Pair { at: Some(at), ..pair };
        let (base, head) = match self.sub.revision {
            Revision::Base => (&pair.sub, &pair.sup),
            Revision::Head => (&pair.sup, &pair.sub),
        };
        if self.asking.same(base, head) {
            return;
        }
        let sup = self.asking.whole(&self.sup, &pair.sup);
        let sending = self.sending(&pair, sup);
        let mut pair = pair;
        pair.is_kept |= self.asking.included(sending, sup);
        let has_tags = self.asking.has_tags_below(&self.sub, &pair.sub);
        if pair.is_kept && !has_tags && !self.is_thorough {
            return;
        }
        let (way, sub, sup_position) = (pair.way.clone(), pair.sub.clone(), pair.sup.clone());
        self.visited.push(Visited { way, sub, sup: sup_position, at });
        if has_tags && !pair.is_tagged {
            pair.lost_tags = tag::suspect_tags(self, &pair);
            self.selected(&pair, as_text);
        }
        if pair.is_kept && !self.is_thorough {
            self.tags_inside(&pair, as_text);
            return;
        }
        match self.open_union(&pair) {
            Some(union) => self.split(&pair, &union, sup, as_text),
            None => self.inner(&pair, sending, as_text),
        }
    }

    /// Each alternative of the sending side for itself.
    fn split(&mut self, pair: &Pair, union: &Union, sup: SchemaId, as_text: &AsText) {
        let store = self.asking.store();
        let labels = self.asking.labels(&self.sub, union);
        for (branch, label) in union.branches.iter().zip(labels.iter()) {
            let sub = self.sub.with_branch(store, &pair.sub, branch);
            let chosen = Pair { sub, chosen: Some(label.clone()), ..pair.clone() };
            let sending = self.sending(&chosen, sup);
            if !self.is_thorough && self.asking.included(sending, sup) {
                continue;
            }
            match self.open_union(&chosen).filter(|_| chosen.sub.roots.len() < 6) {
                Some(inner) => self.split(&chosen, &inner, sup, as_text),
                None => self.inner(&chosen, sending, as_text),
            }
        }
    }

    /// A union of the sending side of which no alternative is chosen yet.
    fn open_union(&self, pair: &Pair) -> Option<Union> {
        let unions = self.sub.unions(self.asking.store(), &pair.sub);
        let open = unions.iter().find(|it| !is_chosen(it, &pair.sub));
        open.filter(|it| it.branches.len() <= BRANCHES).cloned()
    }

    /// What the sender may send here, without names that it cannot know, and without what the
    /// receiver reads alike though it is of another kind.
    fn sending(&mut self, pair: &Pair, sup: SchemaId) -> SchemaId {
        let sub = self.asking.whole(&self.sub, &pair.sub);
        if pair.as_text.is_none() {
            return self.asking.sending(sub, sup);
        }
        let known = self.asking.known(sub, sup);
        let alike = self.alike(pair, sub, sup);
        let schemas = self.asking.schemas();
        let other = schemas.not(alike);
        schemas.all([sub, known, other])
    }

    fn inner(&mut self, pair: &Pair, sending: SchemaId, as_text: &AsText) {
        let sub = self.asking.whole(&self.sub, &pair.sub);
        let sup = self.asking.whole(&self.sup, &pair.sup);
        let alike = self.alike(pair, sub, sup);
        let promises = self.promises(pair, sending, alike);
        for doubt in &promises.doubts {
            let asked = (doubt.demand, doubt.within);
            self.suspects.push(Suspect::at(pair, Rc::clone(&doubt.units), asked));
        }
        self.unions(pair, (promises.within, promises.asked), alike, as_text);
        self.children(pair, as_text);
    }

    /// What is read all the same is let through.
    pub(crate) fn or_alike(&mut self, demand: SchemaId, alike: SchemaId) -> SchemaId {
        if alike == SchemaId::FALSE { demand } else { self.asking.schemas().any([demand, alike]) }
    }

    pub(crate) fn children(&mut self, pair: &Pair, as_text: &AsText) {
        let sides = (self.sub, self.sup);
        let found = descents(self.asking, (&sides.0, &sides.1), (&pair.sub, &pair.sup));
        for descent in found.iter() {
            let inside = as_text.inside(descent.name.as_deref());
            let child = Pair {
                sub: descent.sub.clone(),
                sup: descent.sup.clone(),
                way: pair.way.then(Rc::clone(&descent.turn)),
                given: pair.given,
                is_tagged: false,
                of_false: if descent.is_list { Class::List } else { Class::Refused },
                as_text: inside.lists(),
                chosen: None,
                lost_tags: BTreeSet::new(),
                is_kept: pair.is_kept,
                at: pair.at,
            };
            self.pair(child, &inside);
        }
    }
}

/// Is one of the alternatives among what must fit here already?
fn is_chosen(union: &Union, position: &Position) -> bool {
    union.branches.iter().any(|it| position.roots.contains(it))
}
