//! What changes inside schemas without breaking an exchange: names, formats, orders, defaults.

use std::collections::BTreeSet;

use kernel::Level;

use crate::{
    Direction, Evidence, Finding, Located, Revision, Rule, Spot, Store,
    blame::{
        asking::Asking,
        fault::contradiction,
        path::Turn,
        place::{component_name, noun, spot, subject},
        position::{Position, Side, Step, Union},
        union::{labels, partner},
        words::compact,
    },
    compare::question::SchemaQuestion,
};

/// A change of one kind at one place.
pub(crate) type Mark = (Rule, Spot, String);

/// What one pair of positions says, and the way to it is of no matter.
#[derive(Debug, Clone)]
pub(crate) struct Remark {
    /// The kind of change.
    pub rule: Rule,
    /// How much it weighs.
    pub level: Level,
    /// What the finding is about, at base.
    pub base: Located,
    /// The same at head, or what is left of it.
    pub head: Located,
    /// Where the subject is taken from.
    pub owner: (Revision, Located),
    /// The name in question, if it is one of several at a place.
    pub name: String,
    /// Message after the noun.
    pub message: String,
    /// What to do instead.
    pub remedy: String,
    /// What shows it.
    pub evidence: Evidence,
    /// The way from the root of the location.
    pub way: Vec<Turn>,
}

impl Remark {
    /// The same change met again has the same mark.
    pub(crate) fn mark(&self) -> Mark {
        (self.rule, spot(&self.owner.1), self.name.clone())
    }

    /// The finding, as the first operation shows it.
    pub(crate) fn finding(&self, asking: &Asking<'_>, question: &SchemaQuestion) -> Finding {
        let (revision, at) = &self.owner;
        let contract = asking.contract(*revision);
        let (schema, holder) = match revision {
            Revision::Base => (&question.base, &question.base_holder),
            Revision::Head => (&question.head, &question.head_holder),
        };
        let root = schema.as_ref().map_or_else(|| holder.clone(), spot);
        let noun = noun(contract, question, &root, &spot(at));
        let mut subject = subject(contract, question, &root, &spot(at));
        if !self.name.is_empty() {
            subject.push_str("/properties/");
            subject.push_str(&self.name);
        }
        Finding {
            rule: self.rule,
            level: self.level,
            subject,
            message: format!("{noun} {}", self.message),
            remedy: self.remedy.clone(),
            operations: vec![question.operation.clone()],
            head: Some(spot(&self.head)),
            base: Some(spot(&self.base)),
            evidence: self.evidence.clone(),
        }
    }
}

/// Both sides in the order of time.
pub(crate) struct Survey<'a> {
    base: Side<'a>,
    head: Side<'a>,
    seen: BTreeSet<(Vec<Located>, Vec<Located>)>,
    remarks: Vec<Remark>,
}

/// Two positions of one place.
struct Places {
    base: Position,
    head: Position,
    way: Vec<Turn>,
}

const ROOM: usize = 20_000;

impl<'a> Survey<'a> {
    /// For the values of one direction.
    pub(crate) fn of(asking: &Asking<'a>, direction: Direction) -> Self {
        let side = |revision| Side { revision, contract: asking.contract(revision), direction };
        Self {
            base: side(Revision::Base),
            head: side(Revision::Head),
            seen: BTreeSet::new(),
            remarks: Vec::new(),
        }
    }

    /// What changed between the schemas of a question, and inside of them.
    pub(crate) fn remarks(
        &mut self,
        asking: &mut Asking<'a>,
        question: &SchemaQuestion,
    ) -> Vec<Remark> {
        self.seen.clear();
        let (Some(base), Some(head)) = (&question.base, &question.head) else { return Vec::new() };
        let store = asking.store();
        let mut open = vec![Places {
            base: self.base.position(store, base),
            head: self.head.position(store, head),
            way: Vec::new(),
        }];
        while let Some(places) = open.pop() {
            let key = (places.base.parts.clone(), places.head.parts.clone());
            if asking.same(&places.base, &places.head) {
                continue;
            }
            if self.seen.len() >= ROOM || !self.seen.insert(key) {
                continue;
            }
            self.look(asking, &places);
            open.extend(self.inside(asking, &places));
        }
        std::mem::take(&mut self.remarks)
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
            owner: (Revision::Head, part),
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
        let (was, is) = (text(&base), text(&head));
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
        let owner = (Revision::Base, base);
        self.remarks.push(Remark { owner, message, remedy, evidence, ..plain });
    }

    /// Members that are no longer named, and members that requests newly have.
    fn members(&mut self, asking: &Asking<'a>, places: &Places) {
        let store = asking.store();
        if places.base.parts.is_empty() || places.head.parts.is_empty() || !asking.knows_names() {
            return;
        }
        let was = self.base.names(store, &places.base);
        let is = self.head.names(store, &places.head);
        let gone = was.iter().filter(|it| !is.contains_key(it.0));
        let new = is.iter().filter(|it| !was.contains_key(it.0));
        match self.base.direction {
            Direction::FromProvider => {
                for (name, base) in gone.filter(|it| !is_required(store, &places.base, it.0)) {
                    self.removed(store, places, (name, base));
                }
            }
            Direction::ToProvider => {
                let holds = asking.holds();
                for (name, base) in gone {
                    let step = Step::Property(name.clone());
                    let left = self.head.child(store, &places.head, &step, &holds);
                    if left.roots.is_empty() {
                        self.ignored(asking, places, (name, base));
                    }
                }
                for (name, head) in new {
                    self.added(store, places, (name, head));
                }
            }
        }
    }

    fn removed(&mut self, store: &Store, places: &Places, (name, base): (&String, &Located)) {
        let Some(owner) = owner(store, &places.base) else { return };
        let type_name = component_name(self.base.contract, &owner);
        let symbol = type_name.map_or_else(|| name.clone(), |it| format!("{it}.{name}"));
        let found = (Some(base.clone()), owner_at(store, &places.head));
        let plain = remark(Rule::OutputPropertyRemoved, places, found);
        self.remarks.push(Remark {
            name: name.clone(),
            owner: (Revision::Base, owner),
            message: format!("no longer names `{name}`"),
            remedy: format!("keep `{name}` among its `properties`"),
            evidence: Evidence::Symbol { base: Some(symbol), head: None },
            ..plain
        });
    }

    fn ignored(&mut self, asking: &Asking<'a>, places: &Places, (name, base): (&String, &Located)) {
        let store = asking.store();
        let Some(owner) = owner(store, &places.base) else { return };
        let found = (Some(base.clone()), owner_at(store, &places.head));
        let plain = remark(Rule::InputUnread, places, found);
        let level = if asking.is_over(base) { Level::Note } else { plain.level };
        self.remarks.push(Remark {
            level,
            name: name.clone(),
            owner: (Revision::Base, owner),
            message: format!("is no longer read for `{name}`: what callers send there is ignored"),
            remedy: format!("keep `{name}`, or deprecate it with a sunset"),
            ..plain
        });
    }

    fn added(&mut self, store: &Store, places: &Places, (name, head): (&String, &Located)) {
        let Some(owner) = owner(store, &places.head) else { return };
        let found = (owner_at(store, &places.base), Some(head.clone()));
        let plain = remark(Rule::InputWidened, places, found);
        self.remarks.push(Remark {
            name: name.clone(),
            owner: (Revision::Head, owner),
            message: format!("now reads `{name}`"),
            remedy: "nothing has to be done".to_owned(),
            evidence: Evidence::Texts { base: None, head: Some(name.clone()) },
            ..plain
        });
    }

    fn inside(&self, asking: &mut Asking<'a>, places: &Places) -> Vec<Places> {
        let store = asking.store();
        let mut found = Vec::new();
        let mut names: BTreeSet<String> = BTreeSet::new();
        let mut patterns: BTreeSet<String> = BTreeSet::new();
        for part in &places.base.parts {
            let name = |it: Located| it.pointer.names().last();
            names.extend(self.base.members(store, part, "properties").into_iter().filter_map(name));
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
                let way = places.way.iter().cloned().chain([turn]).collect();
                found.push(Places { base, head, way });
            }
        }
        found.extend(self.alternatives(asking, places));
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
        let known = labels(store, &self.base, base);
        let others = labels(store, &self.head, head);
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
                way: places.way.iter().cloned().chain([turn]).collect(),
            });
        }
        found
    }
}

/// A change of one kind between two positions, not yet in words.
fn remark(rule: Rule, places: &Places, found: (Option<Located>, Option<Located>)) -> Remark {
    let near = |it: &Position| it.parts.first().cloned().unwrap_or_else(|| it.near.clone());
    Remark {
        rule,
        level: rule.level(),
        base: found.0.unwrap_or_else(|| near(&places.base)),
        head: found.1.unwrap_or_else(|| near(&places.head)),
        owner: (Revision::Head, near(&places.head)),
        name: String::new(),
        message: String::new(),
        remedy: String::new(),
        evidence: Evidence::Texts { base: None, head: None },
        way: places.way.clone(),
    }
}

/// The schema of a position that declares members.
fn owner(store: &Store, position: &Position) -> Option<Located> {
    let found = position.parts.iter().find(|it| store.get(it.node, "properties").is_some());
    found.or(position.parts.first()).cloned()
}

/// The list of members of a position, to point at.
fn owner_at(store: &Store, position: &Position) -> Option<Located> {
    let part = position.parts.iter().find(|it| store.get(it.node, "properties").is_some())?;
    let node = store.get(part.node, "properties")?;
    Some(Located { file: part.file, pointer: part.pointer.child("properties"), node })
}

fn is_required(store: &Store, position: &Position, name: &str) -> bool {
    position.parts.iter().any(|it| {
        let list = store.get(it.node, "required");
        list.is_some_and(|it| store.items(it).iter().any(|it| store.as_str(*it) == Some(name)))
    })
}

fn shortened(text: &str) -> String {
    const ROOM: usize = 80;
    if text.chars().count() <= ROOM {
        return text.to_owned();
    }
    text.chars().take(ROOM - 1).chain(['…']).collect()
}
