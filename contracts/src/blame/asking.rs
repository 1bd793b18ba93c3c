//! What blame asks the engine, and what it remembers of the answers.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use hashbrown::HashMap;
use serde_json::Value;

use crate::{
    Answer, Contract, Direction, Formats, Located, Revision, Settings, Store, Undeclared,
    blame::{
        class::{Class, Unit, units},
        descent::Descent,
        position::{Position, Side, Union},
        union::{self, Label},
    },
    compare::lifecycle,
    inclusion::{Inclusion, KeywordClass, Lowering, Schema, SchemaId, Schemas, View},
    operations::Reading,
    pattern::Patterns,
};

/// Formats that `formats = "all"` checks.
const GRAMMARS: [&str; 10] =
    ["date", "time", "date-time", "uuid", "ipv4", "ipv6", "email", "hostname", "byte", "base64url"];

/// Integer formats are ranges (the OpenAPI format registry).
fn is_range(format: &str) -> bool {
    let bits = format.strip_prefix('u').unwrap_or(format).strip_prefix("int");
    matches!(bits, Some("8" | "16" | "32" | "64"))
}

/// The engine for the two contracts of a comparison.
pub(crate) struct Asking<'a> {
    engine: Inclusion<'a>,
    settings: &'a Settings,
    patterns: Rc<RefCell<Patterns>>,
    answers: HashMap<(SchemaId, SchemaId), Answer>,
    lowered: HashMap<(Revision, Direction, Located), SchemaId>,
    units: HashMap<(Revision, Direction, Located, Class), Rc<[Unit]>>,
    names: HashMap<(Revision, Direction, Vec<Located>), Rc<Names>>,
    labels: HashMap<(Revision, Direction, Located, &'static str), Rc<[Label]>>,
    descents: HashMap<PairKey, Rc<[Descent]>>,
    has_tags: bool,
}

/// Two positions, and on which side and in which direction the first of them is.
pub(crate) type PairKey = (Revision, Direction, Vec<Located>, Vec<Located>);

/// Member names, each with a place that declares it.
pub(crate) type Names = BTreeMap<String, Located>;

impl<'a> Asking<'a> {
    /// For two contracts in one store.
    pub(crate) fn new(
        store: &'a Store,
        base: &'a Contract,
        head: &'a Contract,
        settings: &'a Settings,
    ) -> Self {
        let patterns = Patterns::new(settings.budgets.automaton_states);
        let mut engine = Inclusion::new(store, base, head, settings.budgets);
        // A member that may be anything is declared nevertheless: a sender knows its name.
        engine.lowering.schemas.annotated |= settings.undeclared == Undeclared::KnownNames;
        engine.lowering.share_unchanged();
        Self {
            engine,
            settings,
            patterns: Rc::new(RefCell::new(patterns)),
            answers: HashMap::new(),
            lowered: HashMap::new(),
            units: HashMap::new(),
            names: HashMap::new(),
            labels: HashMap::new(),
            descents: HashMap::new(),
            has_tags: [base, head].iter().any(|it| has_tags(store, it)),
        }
    }

    /// The values of both contracts.
    pub(crate) fn store(&self) -> &'a Store {
        self.engine.lowering.store()
    }

    /// One of the contracts.
    pub(crate) fn contract(&self, revision: Revision) -> &'a Contract {
        self.engine.lowering.contract(revision)
    }

    /// The parts of all schemas.
    pub(crate) fn schemas(&mut self) -> &mut Schemas {
        &mut self.engine.lowering.schemas
    }

    /// Keywords that mean nothing, as far as schemas were looked at.
    pub(crate) fn lowering(&self) -> &Lowering<'a> {
        &self.engine.lowering
    }

    fn view(&self, side: &Side<'_>) -> View {
        View { direction: Some(side.direction), formats: self.settings.formats }
    }

    /// What a schema takes.
    pub(crate) fn lower(&mut self, side: &Side<'_>, at: &Located) -> SchemaId {
        let key = (side.revision, side.direction, at.clone());
        if let Some(known) = self.lowered.get(&key) {
            return *known;
        }
        let view = self.view(side);
        let place = self.engine.lowering.place(side.revision, at.clone());
        let lowered = self.engine.lowering.lower(&place, view);
        self.lowered.insert(key, lowered);
        lowered
    }

    /// The units of one schema; components are met many times.
    pub(crate) fn units(&mut self, side: &Side<'_>, part: &Located, of_false: Class) -> Rc<[Unit]> {
        let key = (side.revision, side.direction, part.clone(), of_false);
        if let Some(known) = self.units.get(&key) {
            return Rc::clone(known);
        }
        let found: Rc<[Unit]> = units(self, side, part, of_false).into();
        self.units.insert(key, Rc::clone(&found));
        found
    }

    /// Every name that some schema of a position declares, alternatives among them.
    pub(crate) fn names(&mut self, side: &Side<'_>, of: &Position) -> Rc<Names> {
        let key = (side.revision, side.direction, of.parts.clone());
        if let Some(known) = self.names.get(&key) {
            return Rc::clone(known);
        }
        let found = Rc::new(side.names(self.store(), of));
        self.names.insert(key, Rc::clone(&found));
        found
    }

    /// The labels of all alternatives of a union.
    pub(crate) fn labels(&mut self, side: &Side<'_>, union: &Union) -> Rc<[Label]> {
        let key = (side.revision, side.direction, union.part.clone(), union.keyword);
        if let Some(known) = self.labels.get(&key) {
            return Rc::clone(known);
        }
        let found: Rc<[Label]> = union::labels(self.store(), side, union).into();
        self.labels.insert(key, Rc::clone(&found));
        found
    }

    /// The steps down that are known from earlier questions.
    pub(crate) fn known_descents(&self, key: &PairKey) -> Option<Rc<[Descent]>> {
        self.descents.get(key).map(Rc::clone)
    }

    /// Remembers the steps down from a pair of positions.
    pub(crate) fn know_descents(&mut self, key: PairKey, found: &Rc<[Descent]>) {
        self.descents.insert(key, Rc::clone(found));
    }

    /// Do two positions mean the same, with all that they refer to?
    pub(crate) fn same(&mut self, base: &Position, head: &Position) -> bool {
        let lowering = &mut self.engine.lowering;
        let (base, head) = (&base.roots, &head.roots);
        base.len() == head.len()
            && base.iter().zip(head).all(|(one, other)| lowering.same(one, other))
    }

    /// What the keywords of one class of a schema take.
    pub(crate) fn lower_class(
        &mut self,
        side: &Side<'_>,
        at: &Located,
        class: KeywordClass,
    ) -> SchemaId {
        let view = self.view(side);
        let place = self.engine.lowering.place(side.revision, at.clone());
        self.engine.lowering.lower_classes(&place, view, &[class])
    }

    /// What all schemas of a position take together.
    pub(crate) fn whole(&mut self, side: &Side<'_>, position: &Position) -> SchemaId {
        let parts: Vec<_> = position.roots.iter().map(|it| self.lower(side, it)).collect();
        self.schemas().all(parts)
    }

    /// What has to fit at once, one by one.
    pub(crate) fn conjuncts(&self, schema: SchemaId) -> Vec<SchemaId> {
        if schema == SchemaId::TRUE {
            return Vec::new();
        }
        let found = self.engine.lowering.schemas.get(schema);
        if let Schema::All(parts) = found { parts.to_vec() } else { vec![schema] }
    }

    /// Is this format checked, so that a change of it is more than a change of words?
    pub(crate) fn asserts(&self, format: &str) -> bool {
        match self.settings.formats {
            Formats::None => false,
            Formats::Numeric => is_range(format),
            Formats::All => is_range(format) || GRAMMARS.contains(&format),
        }
    }

    /// Is something of base deprecated, and its last day over?
    pub(crate) fn is_over(&self, at: &Located) -> bool {
        let reading = Reading { store: self.store(), contract: self.contract(Revision::Base) };
        lifecycle::is_over(reading, at, self.settings.now)
    }

    /// Is there a discriminator anywhere?
    pub(crate) fn has_tags(&self) -> bool {
        self.has_tags
    }

    /// Does a sender keep to the names that it knows?
    pub(crate) fn knows_names(&self) -> bool {
        self.settings.undeclared == Undeclared::KnownNames
    }

    /// Values that use no member name which only the receiver declares, if that is the policy.
    pub(crate) fn known(&mut self, sub: SchemaId, sup: SchemaId) -> SchemaId {
        if !self.knows_names() {
            return SchemaId::TRUE;
        }
        self.schemas().known(vec![sub], vec![sup])
    }

    /// Is every value of the one a value of the other?
    pub(crate) fn fits(&mut self, sub: SchemaId, sup: SchemaId) -> Answer {
        if sub == sup || sub == SchemaId::FALSE || sup == SchemaId::TRUE {
            return Answer::Included;
        }
        if let Some(known) = self.answers.get(&(sub, sup)) {
            return known.clone();
        }
        let answer = self.engine.includes(sub, sup);
        self.answers.insert((sub, sup), answer.clone());
        answer
    }

    /// Is it certain that every value of the one is a value of the other?
    pub(crate) fn included(&mut self, sub: SchemaId, sup: SchemaId) -> bool {
        self.fits(sub, sup) == Answer::Included
    }

    /// Does a schema take a value?
    pub(crate) fn takes(&mut self, schema: SchemaId, value: &Value) -> bool {
        let value = self.schemas().constant(value);
        self.included(value, schema)
    }

    /// Tells whether a name has a pattern.
    pub(crate) fn holds(&self) -> impl Fn(&str, &str) -> Option<bool> + 'static {
        let patterns = Rc::clone(&self.patterns);
        move |pattern: &str, name: &str| {
            let language = patterns.borrow_mut().language(pattern).ok()?;
            Some(language.contains(name))
        }
    }
}

/// Does any value of a contract have a discriminator? Equal values are looked at once.
fn has_tags(store: &Store, contract: &Contract) -> bool {
    let mut seen = BTreeSet::new();
    let mut open: Vec<_> = contract.files.iter().map(|it| it.root).collect();
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        for (name, member) in store.members(node) {
            if name == "discriminator" {
                return true;
            }
            open.push(member);
        }
        open.extend(store.items(node));
    }
    false
}
