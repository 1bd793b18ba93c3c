//! What blame asks the engine, and what it remembers of the answers.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use hashbrown::HashMap;
use serde_json::Value;

use crate::{
    Answer, Contract, Direction, Formats, Located, Revision, Settings, Store, Undeclared,
    blame::{
        class::{Class, Unit, units},
        descent::Descent,
        numbers::{Number, Numbers},
        position::{Position, Side, Union},
        promise::{PromiseKey, Promises},
        tagged::Tagged,
        union::{self, Label},
    },
    compare::lifecycle,
    inclusion::{
        ConstantId, Found, Inclusion, KeywordClass, Lowering, Schema, SchemaId, Schemas, Tags, View,
    },
    operations::{self, Listed, Reading},
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
    numbers: &'a Numbers,
    answers: HashMap<(SchemaId, SchemaId), Found>,
    lowered: HashMap<(Revision, Direction, Located), SchemaId>,
    wholes: HashMap<(Revision, Direction, Number), SchemaId>,
    heeding: HashMap<(Revision, Direction, Number), SchemaId>,
    same: HashMap<(Number, Number), bool>,
    units: HashMap<(Revision, Direction, Located, Class), Rc<[Unit]>>,
    names: HashMap<(Revision, Direction, Number), Rc<Names>>,
    labels: HashMap<(Revision, Direction, Located, &'static str), Rc<[Label]>>,
    descents: HashMap<PairKey, Rc<[Descent]>>,
    sendings: HashMap<(SchemaId, SchemaId), SchemaId>,
    promises: HashMap<PromiseKey, Rc<Promises>>,
    tagged: [Tagged<'a>; 2],
    tags_below: HashMap<(Revision, Number), bool>,
    calls: OnceCell<BTreeMap<String, Listed>>,
}

/// Two positions, and on which side and in which direction the first of them is.
pub(crate) type PairKey = (Revision, Direction, Number, Number);

/// Member names, each with a place that declares it.
pub(crate) type Names = BTreeMap<String, Located>;

impl<'a> Asking<'a> {
    /// For two contracts in one store.
    pub(crate) fn new(
        store: &'a Store,
        (base, head): (&'a Contract, &'a Contract),
        settings: &'a Settings,
        numbers: &'a Numbers,
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
            numbers,
            answers: HashMap::new(),
            lowered: HashMap::new(),
            wholes: HashMap::new(),
            heeding: HashMap::new(),
            same: HashMap::new(),
            units: HashMap::new(),
            names: HashMap::new(),
            labels: HashMap::new(),
            descents: HashMap::new(),
            sendings: HashMap::new(),
            promises: HashMap::new(),
            tagged: [base, head].map(|it| Tagged::of(store, it)),
            tags_below: HashMap::new(),
            calls: OnceCell::new(),
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

    /// One side of a question.
    pub(crate) fn side(&self, revision: Revision, direction: Direction) -> Side<'a> {
        Side { revision, contract: self.contract(revision), direction, numbers: self.numbers }
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
        let tags = Tags::Ignored;
        View { direction: Some(side.direction), formats: self.settings.formats, tags }
    }

    /// What all schemas of a position take together for who reads the tags of discriminators.
    pub(crate) fn heeding_tags(&mut self, side: &Side<'_>, position: &Position) -> SchemaId {
        let key = (side.revision, side.direction, position.start);
        if let Some(known) = self.heeding.get(&key) {
            return *known;
        }
        let view = View { tags: Tags::Heeded, ..self.view(side) };
        let lowering = &mut self.engine.lowering;
        let mut lower = |at: &Located| {
            let place = lowering.place(side.revision, at.clone());
            lowering.lower(&place, view)
        };
        let parts: Vec<_> = position.roots.iter().map(&mut lower).collect();
        let whole = lowering.schemas.all(parts);
        self.heeding.insert(key, whole);
        whole
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
        let key = (side.revision, side.direction, of.ends);
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
    pub(crate) fn known_descents(&self, key: PairKey) -> Option<Rc<[Descent]>> {
        self.descents.get(&key).map(Rc::clone)
    }

    /// Remembers the steps down from a pair of positions.
    pub(crate) fn know_descents(&mut self, key: PairKey, found: &Rc<[Descent]>) {
        self.descents.insert(key, Rc::clone(found));
    }

    /// Do two positions mean the same, with all that they refer to?
    pub(crate) fn same(&mut self, base: &Position, head: &Position) -> bool {
        if base.roots.len() != head.roots.len() {
            return false;
        }
        let lowering = &mut self.engine.lowering;
        let key = (base.start, head.start);
        *self.same.entry(key).or_insert_with(|| {
            let mut pairs = base.roots.iter().zip(&head.roots);
            pairs.all(|(one, other)| lowering.same(one, other))
        })
    }

    /// What the keywords of each of these classes of a schema take.
    pub(crate) fn lower_classes(
        &mut self,
        side: &Side<'_>,
        at: &Located,
        classes: &[KeywordClass],
    ) -> Vec<SchemaId> {
        let view = self.view(side);
        let place = self.engine.lowering.place(side.revision, at.clone());
        self.engine.lowering.lower_classes(&place, view, classes)
    }

    /// What all schemas of a position take together.
    pub(crate) fn whole(&mut self, side: &Side<'_>, position: &Position) -> SchemaId {
        let key = (side.revision, side.direction, position.start);
        if let Some(known) = self.wholes.get(&key) {
            return *known;
        }
        let parts: Vec<_> = position.roots.iter().map(|it| self.lower(side, it)).collect();
        let whole = self.schemas().all(parts);
        self.wholes.insert(key, whole);
        whole
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
        self.tagged.iter().any(|it| it.is_used)
    }

    /// Is there a discriminator at a position or below it?
    pub(crate) fn has_tags_below(&mut self, side: &Side<'_>, position: &Position) -> bool {
        let [base, head] = &mut self.tagged;
        let tagged = match side.revision {
            Revision::Base => base,
            Revision::Head => head,
        };
        let found = || position.roots.iter().any(|it| tagged.is_below(it));
        *self.tags_below.entry((side.revision, position.start)).or_insert_with(found)
    }

    /// An operation of base by its name in findings.
    pub(crate) fn call(&self, label: &str) -> Option<&Listed> {
        let calls = self.calls.get_or_init(|| {
            let contract = self.contract(Revision::Base);
            let mut calls = BTreeMap::new();
            for it in operations::calls(Reading { store: self.store(), contract }) {
                calls.entry(it.label()).or_insert(it);
            }
            calls
        });
        calls.get(label)
    }

    /// What a sender may send without names that it cannot know.
    pub(crate) fn sending(&mut self, sub: SchemaId, sup: SchemaId) -> SchemaId {
        if let Some(known) = self.sendings.get(&(sub, sup)) {
            return *known;
        }
        let known = self.known(sub, sup);
        let sending = self.schemas().all([sub, known]);
        self.sendings.insert((sub, sup), sending);
        sending
    }

    /// The promises that are known from earlier questions.
    pub(crate) fn known_promises(&self, key: &PromiseKey) -> Option<Rc<Promises>> {
        self.promises.get(key).map(Rc::clone)
    }

    /// Remembers the promises at a pair of positions.
    pub(crate) fn know_promises(&mut self, key: PromiseKey, found: &Rc<Promises>) {
        self.promises.insert(key, Rc::clone(found));
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
        match self.outside(sub, sup) {
            Found::Value(value) => Answer::NotIncluded(self.value(value)),
            Found::Unknown(reason) => Answer::Undecided(reason.to_string()),
            Found::Nothing => Answer::Included,
        }
    }

    /// A value of the one that is no value of the other, not written out.
    pub(crate) fn outside(&mut self, sub: SchemaId, sup: SchemaId) -> Found {
        if is_plain(sub, sup) {
            return Found::Nothing;
        }
        self.answer(sub, sup);
        self.answers.get(&(sub, sup)).cloned().unwrap_or(Found::Nothing)
    }

    /// Makes the answer to a question known.
    fn answer(&mut self, sub: SchemaId, sup: SchemaId) {
        if !self.answers.contains_key(&(sub, sup)) {
            let found = self.engine.outside(sub, sup);
            self.answers.insert((sub, sup), found);
        }
    }

    /// Is it certain that every value of the one is a value of the other?
    pub(crate) fn included(&mut self, sub: SchemaId, sup: SchemaId) -> bool {
        if is_plain(sub, sup) {
            return true;
        }
        self.answer(sub, sup);
        matches!(self.answers.get(&(sub, sup)), Some(Found::Nothing))
    }

    /// Does a schema take a value?
    pub(crate) fn takes(&mut self, schema: SchemaId, value: &Value) -> bool {
        let value = self.schemas().constants.value(value);
        self.takes_kept(schema, value)
    }

    /// Does a schema take a value that is kept already?
    pub(crate) fn takes_kept(&mut self, schema: SchemaId, value: ConstantId) -> bool {
        if let Some(known) = self.engine.takes(schema, value) {
            return known;
        }
        let value = self.schemas().constants(vec![value]);
        self.included(value, schema)
    }

    /// A value that is kept, written out.
    pub(crate) fn value(&self, value: ConstantId) -> Value {
        self.engine.value(value)
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

/// Is there nothing to search for?
fn is_plain(sub: SchemaId, sup: SchemaId) -> bool {
    sub == sup || sub == SchemaId::FALSE || sup == SchemaId::TRUE
}
