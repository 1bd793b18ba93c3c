//! What changes inside schemas without breaking an exchange: names, formats, orders, defaults.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Direction, Evidence, Finding, Located, Revision, Rule, Spot, Store,
    blame::{
        asking::Asking,
        place::{component_name, noun, spot, subject},
        position::{Position, Side, Step},
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
}

impl Remark {
    /// The same change met again has the same mark.
    pub fn mark(&self) -> Mark {
        (self.rule, spot(&self.owner.1), self.name.clone())
    }

    /// The finding, as the first operation shows it.
    pub fn finding(&self, asking: &Asking<'_>, question: &SchemaQuestion) -> Finding {
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
            level: self.rule.level(),
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
    seen: BTreeMap<(Vec<Located>, Vec<Located>), ()>,
    remarks: Vec<Remark>,
}

/// Two positions of one place.
struct Places {
    base: Position,
    head: Position,
}

const ROOM: usize = 20_000;

impl<'a> Survey<'a> {
    /// For the values of one direction.
    pub fn of(asking: &Asking<'a>, direction: Direction) -> Self {
        let side = |revision| Side { revision, contract: asking.contract(revision), direction };
        Self {
            base: side(Revision::Base),
            head: side(Revision::Head),
            seen: BTreeMap::new(),
            remarks: Vec::new(),
        }
    }

    /// What changed between the schemas of a question, and inside of them.
    pub fn remarks(&mut self, asking: &mut Asking<'a>, question: &SchemaQuestion) -> Vec<Remark> {
        self.seen.clear();
        let (Some(base), Some(head)) = (&question.base, &question.head) else { return Vec::new() };
        let store = asking.store();
        let mut open = vec![Places {
            base: self.base.position(store, base),
            head: self.head.position(store, head),
        }];
        while let Some(places) = open.pop() {
            let key = (places.base.parts.clone(), places.head.parts.clone());
            if asking.same(&places.base, &places.head) {
                continue;
            }
            if self.seen.len() >= ROOM || self.seen.insert(key, ()).is_some() {
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
        self.members(store, places, asking.knows_names());
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

    fn remark(
        &mut self,
        rule: Rule,
        places: &Places,
        found: (Option<Located>, Option<Located>),
    ) -> Remark {
        let near = |it: &Position| it.parts.first().cloned().unwrap_or_else(|| it.near.clone());
        Remark {
            rule,
            base: found.0.unwrap_or_else(|| near(&places.base)),
            head: found.1.unwrap_or_else(|| near(&places.head)),
            owner: (Revision::Head, near(&places.head)),
            name: String::new(),
            message: String::new(),
            remedy: String::new(),
            evidence: Evidence::Texts { base: None, head: None },
        }
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
        let plain = self.remark(Rule::FormatChanged, places, (base, head));
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
        let plain = self.remark(Rule::EnumOrderChanged, places, (Some(base), Some(head)));
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
        let plain = self.remark(Rule::DefaultChanged, places, (base, head));
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
        let plain = self.remark(Rule::SchemaNameChanged, places, (Some(base.clone()), Some(head)));
        let owner = (Revision::Base, base);
        self.remarks.push(Remark { owner, message, remedy, evidence, ..plain });
    }

    /// Members that responses no longer have, and members that requests newly have.
    fn members(&mut self, store: &Store, places: &Places, knows_names: bool) {
        let was = self.base.names(store, &places.base);
        let is = self.head.names(store, &places.head);
        if places.base.parts.is_empty() || places.head.parts.is_empty() || !knows_names {
            return;
        }
        let owner = |side: &Side<'a>, position: &Position| {
            let found = position.parts.iter().find(|it| store.get(it.node, "properties").is_some());
            (side.revision, found.or(position.parts.first()).cloned())
        };
        match self.base.direction {
            Direction::FromProvider => {
                let (revision, Some(owner)) = owner(&self.base, &places.base) else { return };
                for (name, base) in &was {
                    if is.contains_key(name) || is_required(store, &places.base, name) {
                        continue;
                    }
                    let head = owner_at(store, &places.head);
                    let type_name = component_name(self.base.contract, &owner);
                    let symbol =
                        type_name.map_or_else(|| name.clone(), |it| format!("{it}.{name}"));
                    let plain = self.remark(
                        Rule::OutputPropertyRemoved,
                        places,
                        (Some(base.clone()), head),
                    );
                    self.remarks.push(Remark {
                        name: name.clone(),
                        owner: (revision, owner.clone()),
                        message: format!("no longer names `{name}`"),
                        remedy: format!("keep `{name}` among its `properties`"),
                        evidence: Evidence::Symbol { base: Some(symbol), head: None },
                        ..plain
                    });
                }
            }
            Direction::ToProvider => {
                let (revision, Some(owner)) = owner(&self.head, &places.head) else { return };
                for (name, head) in &is {
                    if was.contains_key(name) {
                        continue;
                    }
                    let base = owner_at(store, &places.base);
                    let plain = self.remark(Rule::InputWidened, places, (base, Some(head.clone())));
                    self.remarks.push(Remark {
                        name: name.clone(),
                        owner: (revision, owner.clone()),
                        message: format!("now reads `{name}`"),
                        remedy: "nothing has to be done".to_owned(),
                        evidence: Evidence::Texts { base: None, head: Some(name.clone()) },
                        ..plain
                    });
                }
            }
        }
    }

    fn inside(&self, asking: &Asking<'a>, places: &Places) -> Vec<Places> {
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
        let mut steps: Vec<Step> = names.into_iter().map(Step::Property).collect();
        steps.extend(patterns.into_iter().map(Step::Pattern));
        steps.push(Step::OtherProperties);
        steps.extend((0..n_tuple).map(Step::Item));
        steps.push(Step::Items(n_tuple));
        let holds = asking.holds();
        for step in steps {
            let base = self.base.child(store, &places.base, &step, &holds);
            let head = self.head.child(store, &places.head, &step, &holds);
            if !base.parts.is_empty() && !head.parts.is_empty() {
                found.push(Places { base, head });
            }
        }
        found.extend(self.alternatives(store, places));
        found
    }

    fn alternatives(&self, store: &Store, places: &Places) -> Vec<Places> {
        let mut found = Vec::new();
        let heads = self.head.unions(store, &places.head);
        for base in self.base.unions(store, &places.base) {
            let known = labels(store, &self.base, &base);
            for head in &heads {
                let others = labels(store, &self.head, head);
                for (label, branch) in known.iter().zip(&base.branches) {
                    let partner = partner(label, &others).and_then(|idx| head.branches.get(idx));
                    found.extend(partner.map(|it| Places {
                        base: self.base.position(store, branch),
                        head: self.head.position(store, it),
                    }));
                }
            }
        }
        found
    }
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
