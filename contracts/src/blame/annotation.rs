//! What changes inside schemas without breaking an exchange: names, formats, orders, defaults.

use std::{
    collections::{BTreeSet, VecDeque},
    rc::Rc,
};

use hashbrown::HashMap;

use crate::{
    Direction, Evidence, Located, Revision, Rule, Store,
    blame::{
        asking::Asking,
        fault::contradiction,
        numbers::Number,
        path::{Turn, Way},
        place::{component_name, spot},
        position::{Position, Side, Step, Union},
        remark::{Places, Remark, remark},
        union::partner,
        words::compact,
    },
    compare::question::SchemaQuestion,
};

/// Both sides in the order of time.
pub(crate) struct Survey<'a> {
    /// The older side.
    pub base: Side<'a>,
    /// The newer side.
    pub head: Side<'a>,
    known: HashMap<Key, Rc<Sight>>,
    /// What is found at the pair of positions that is looked at.
    pub remarks: Vec<Remark>,
}

type Key = (Number, Number);

/// What one pair of positions says, and where it leads. Components are met many times.
struct Sight {
    remarks: Vec<Rc<Remark>>,
    inside: Vec<Places>,
}

/// A remark as one question meets it.
pub(crate) struct Met {
    /// The remark.
    pub remark: Rc<Remark>,
    /// The way to it from the root of the location.
    pub way: Way,
}

const ROOM: usize = 20_000;

impl<'a> Survey<'a> {
    /// For the values of one direction.
    pub(crate) fn of(asking: &Asking<'a>, direction: Direction) -> Self {
        Self {
            base: asking.side(Revision::Base, direction),
            head: asking.side(Revision::Head, direction),
            known: HashMap::new(),
            remarks: Vec::new(),
        }
    }

    /// What changed between the schemas of a question, and inside of them.
    pub(crate) fn remarks(
        &mut self,
        asking: &mut Asking<'a>,
        question: &SchemaQuestion,
    ) -> Vec<Met> {
        let (Some(base), Some(head)) = (&question.base, &question.head) else { return Vec::new() };
        let store = asking.store();
        let root = Places {
            base: self.base.position(store, base),
            head: self.head.position(store, head),
            way: Way::default(),
        };
        if asking.same(&root.base, &root.head) {
            return Vec::new();
        }
        // The shortest way to a place is one that values take: an heir is no heir of another one.
        let mut open = VecDeque::from([root]);
        let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
        while let Some(places) = open.pop_front() {
            let key = (places.base.ends, places.head.ends);
            if seen.len() >= ROOM || seen.contains(&key) {
                continue;
            }
            let sight = self.sight(asking, &places, key);
            seen.insert(key);
            let further = |way: &Way| places.way.join(way);
            let met = |it: &Rc<Remark>| Met { remark: Rc::clone(it), way: further(&it.way) };
            found.extend(sight.remarks.iter().map(met));
            open.extend(
                sight.inside.iter().map(|it| Places { way: further(&it.way), ..it.clone() }),
            );
        }
        found
    }

    /// What stands at a pair of positions, with ways that begin there.
    fn sight(&mut self, asking: &mut Asking<'a>, places: &Places, key: Key) -> Rc<Sight> {
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        let here = Places { way: Way::default(), ..places.clone() };
        self.look(asking, &here);
        let mut inside = self.inside(asking, &here);
        inside.retain(|it| !asking.same(&it.base, &it.head));
        let remarks = std::mem::take(&mut self.remarks).into_iter().map(Rc::new).collect();
        let sight = Rc::new(Sight { remarks, inside });
        self.known.insert(key, Rc::clone(&sight));
        sight
    }

    fn look(&mut self, asking: &mut Asking<'a>, places: &Places) {
        let store = asking.store();
        // Reading them finds keywords that mean nothing.
        asking.whole(&self.base, &places.base);
        asking.whole(&self.head, &places.head);
        self.format(asking, places);
        self.order(store, places);
        self.default_value(store, places);
        self.name(asking, places);
        self.members(asking, places);
        self.emptiness(asking, places);
    }

    /// A schema that takes nothing makes every promise true: it is hardly what is meant.
    fn emptiness(&mut self, asking: &mut Asking<'a>, places: &Places) {
        let was =
            places.base.parts.iter().any(|it| contradiction(asking, &self.base, it).is_some());
        let found = places.head.parts.iter().find_map(|it| {
            contradiction(asking, &self.head, it).map(|keyword| (it.clone(), keyword))
        });
        let Some((part, keyword)) = found.filter(|_| !was) else { return };
        let store = asking.store();
        let Some(at) = self.head.contract.member(store, &part, keyword) else { return };
        let value = store.value(at.node);
        let evidence = Evidence::Rejected {
            pointer: at.pointer.clone(),
            keyword: keyword.to_owned(),
            value: value.clone(),
        };
        let plain = remark(Rule::InvalidSchema, places, (None, Some(at)));
        self.remarks.push(Remark {
            owner: (Revision::Head, spot(&part)),
            message: format!(
                "takes nothing: no value has `{keyword}: {}` and the rest",
                compact(&value)
            ),
            remedy: "write bounds that leave a value".to_owned(),
            evidence,
            ..plain
        });
    }

    fn said(
        &self,
        store: &Store,
        places: &Places,
        keyword: &str,
    ) -> (Option<Located>, Option<Located>) {
        let base = self.base.keyword(store, &places.base, keyword);
        (base, self.head.keyword(store, &places.head, keyword))
    }

    fn format(&mut self, asking: &Asking<'a>, places: &Places) {
        let store = asking.store();
        let (base, head) = self.said(store, places, "format");
        let text = |it: &Option<Located>| {
            it.as_ref().and_then(|it| store.as_str(it.node)).map(str::to_owned)
        };
        // A file of 2.0 is what newer versions call a binary text.
        let binary = |side: &Side<'a>, at| {
            let kind = side.keyword(store, at, "type");
            kind.filter(|it| store.as_str(it.node) == Some("file")).map(|_| "binary".to_owned())
        };
        let was = text(&base).or_else(|| binary(&self.base, &places.base));
        let is = text(&head).or_else(|| binary(&self.head, &places.head));
        let asserts = |it: &Option<String>| it.as_ref().is_none_or(|it| asking.asserts(it));
        if was == is || asserts(&was) && asserts(&is) || places.head.parts.is_empty() {
            return;
        }
        let told =
            |it: &Option<String>| it.as_ref().map_or("none".to_owned(), |it| format!("`{it}`"));
        let message = format!("changes its format from {} to {}", told(&was), told(&is));
        let remedy = match &was {
            Some(was) => format!("keep `format: {was}`, or let clients be generated anew"),
            None => "drop the `format`, or let clients be generated anew".to_owned(),
        };
        let evidence = Evidence::Symbol { base: was, head: is };
        let plain = remark(Rule::FormatChanged, places, (base, head));
        self.remarks.push(Remark { message, remedy, evidence, ..plain });
    }

    fn order(&mut self, store: &Store, places: &Places) {
        let (Some(base), Some(head)) = self.said(store, places, "enum") else { return };
        let (was, is) = (store.items(base.node), store.items(head.node));
        let common = |of: &[crate::NodeId], other: &[crate::NodeId]| -> Vec<String> {
            let kept = of.iter().filter(|it| other.iter().any(|other| store.same(**it, *other)));
            kept.map(|it| store.value(*it).to_string()).collect()
        };
        let (was, is) = (common(was, is), common(is, was));
        if was == is || was.len() != is.len() {
            return;
        }
        let evidence = Evidence::Symbol { base: Some(was.join(", ")), head: Some(is.join(", ")) };
        let remedy = format!("keep the order {}", shortened(&was.join(", ")));
        let message = "lists its values in another order".to_owned();
        let plain = remark(Rule::EnumOrderChanged, places, (Some(base), Some(head)));
        self.remarks.push(Remark { message, remedy, evidence, ..plain });
    }

    fn default_value(&mut self, store: &Store, places: &Places) {
        let (base, head) = self.said(store, places, "default");
        let Some(was) = &base else { return };
        if head.as_ref().is_some_and(|it| store.same(it.node, was.node))
            || places.head.parts.is_empty()
        {
            return;
        }
        let text = |it: &Located| compact(&store.value(it.node));
        let (was, is) = (text(was), head.as_ref().map(text));
        let message = match &is {
            Some(is) => format!("means `{is}` instead of `{was}` where it is left out"),
            None => format!("no longer means `{was}` where it is left out"),
        };
        let remedy = format!("keep `default: {was}`");
        let evidence = Evidence::Texts { base: Some(was), head: is };
        let plain = remark(Rule::DefaultChanged, places, (base, head));
        self.remarks.push(Remark { message, remedy, evidence, ..plain });
    }

    /// A component that has another name now, though it means the same.
    fn name(&mut self, asking: &mut Asking<'a>, places: &Places) {
        let store = asking.store();
        let end = |side: &Side<'a>, position: &Position| {
            let root = position.roots.first()?;
            Some(side.resolved(store, root))
        };
        let (Some(base), Some(head)) =
            (end(&self.base, &places.base), end(&self.head, &places.head))
        else {
            return;
        };
        let Some(was) = component_name(self.base.contract, &base) else { return };
        let is = component_name(self.head.contract, &head);
        let is_kept = self.head.contract.root();
        let is_kept = base
            .pointer
            .names()
            .try_fold(is_kept, |at, name| self.head.contract.step(store, &at, &name));
        if is.as_ref() == Some(&was) || is_kept.is_some() {
            return;
        }
        let one = asking.lower(&self.base, &base);
        let other = asking.lower(&self.head, &head);
        if !asking.included(one, other) || !asking.included(other, one) {
            return;
        }
        let message = match &is {
            Some(is) => format!("was called `{was}` and is called `{is}` now"),
            None => format!("was called `{was}` and has no name now"),
        };
        let remedy = format!("keep the name `{was}`");
        let evidence = Evidence::Symbol { base: Some(was), head: is };
        let plain = remark(Rule::SchemaNameChanged, places, (Some(base.clone()), Some(head)));
        let owner = (Revision::Base, spot(&base));
        self.remarks.push(Remark { owner, message, remedy, evidence, ..plain });
    }

    fn inside(&self, asking: &mut Asking<'a>, places: &Places) -> Vec<Places> {
        let store = asking.store();
        let mut found = Vec::new();
        let mut names: BTreeSet<String> = BTreeSet::new();
        let mut patterns: BTreeSet<String> = BTreeSet::new();
        for part in &places.base.parts {
            let name = |it: Located| it.pointer.names().last();
            let declared = store.get(part.node, "properties");
            let declared = declared.into_iter().flat_map(|it| store.members(it));
            names.extend(declared.map(|it| it.0.to_owned()));
            let members = self.base.members(store, part, "patternProperties");
            patterns.extend(members.into_iter().filter_map(name));
        }
        let tuples = places.base.parts.iter().map(|it| self.base.tuple(store, it).len());
        let n_tuple = tuples.max().unwrap_or(0) as u64;
        let others = Turn::Others {
            names: names.iter().cloned().collect(),
            patterns: patterns.iter().cloned().collect(),
        };
        let property = |it: String| (Step::Property(it.clone()), Turn::Property(it));
        let pattern = |it: String| (Step::Pattern(it.clone()), Turn::Pattern(it));
        let mut steps: Vec<(Step, Turn)> = names.into_iter().map(property).collect();
        steps.extend(patterns.into_iter().map(pattern));
        steps.push((Step::OtherProperties, others));
        steps.extend((0..n_tuple).map(|it| (Step::Item(it), Turn::Item(it))));
        steps.push((Step::Items(n_tuple), Turn::Items(n_tuple)));
        let holds = asking.holds();
        for (step, turn) in steps {
            let base = self.base.child(store, &places.base, &step, &holds);
            let head = self.head.child(store, &places.head, &step, &holds);
            if !base.parts.is_empty() && !head.parts.is_empty() {
                let way = places.way.then(Rc::new(turn));
                found.push(Places { base, head, way });
            }
        }
        found.extend(self.alternatives(asking, places));
        found.extend(self.heirs(asking, places));
        found
    }

    fn alternatives(&self, asking: &mut Asking<'a>, places: &Places) -> Vec<Places> {
        let store = asking.store();
        let heads = self.head.unions(store, &places.head);
        let bases = self.base.unions(store, &places.base);
        let pairs = bases.iter().flat_map(|base| heads.iter().map(move |head| (base, head)));
        pairs.flat_map(|it| self.partners(asking, places, it)).collect()
    }

    fn partners(
        &self,
        asking: &mut Asking<'a>,
        places: &Places,
        (base, head): (&Union, &Union),
    ) -> Vec<Places> {
        let store = asking.store();
        let known = asking.labels(&self.base, base);
        let others = asking.labels(&self.head, head);
        let mut found = Vec::new();
        for (idx, (label, branch)) in known.iter().zip(&base.branches).enumerate() {
            let partner = partner(label, &others).and_then(|idx| head.branches.get(idx));
            let Some(partner) = partner else { continue };
            let rest = base.branches.iter().enumerate().filter(|it| it.0 != idx);
            let rest: Vec<_> = rest.map(|it| asking.lower(&self.base, it.1)).collect();
            let turn = Turn::Unless(asking.schemas().any(rest));
            found.push(Places {
                base: self.base.position(store, branch),
                head: self.head.position(store, partner),
                way: places.way.then(Rc::new(turn)),
            });
        }
        found
    }
}

fn shortened(text: &str) -> String {
    const ROOM: usize = 80;
    if text.chars().count() <= ROOM {
        return text.to_owned();
    }
    text.chars().take(ROOM - 1).chain(['…']).collect()
}
