//! Which suspects are causes: for each, a whole value that the sending side takes and that breaks
//! this one promise.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use serde_json::Value;

use crate::{
    Direction, Located, NodeId, Pointer, Revision, Spot,
    blame::{
        asking::Asking,
        carriage::{as_text, is_joined, travels},
        lists::{Lists, read_alike},
        path::{demand_at, refused_at},
        position::{Position, Side},
        text::AsText,
        told::{Told, unexplained},
        walk::{Pairs, Suspect, Turns, Visited, Walk},
        witness::Shown,
    },
    compare::question::SchemaQuestion,
    inclusion::{ConstantId, SchemaId, TypeSet},
};

/// A broken promise, and a whole value that shows it.
#[derive(Debug, Clone)]
pub(crate) struct Cause {
    /// The promise.
    pub suspect: Suspect,
    /// The whole value at the location.
    pub instance: ConstantId,
    /// Where in it the promise is broken.
    pub pointer: Pointer,
}

/// What a question led to.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// Broken promises.
    pub causes: Vec<Cause>,
    /// Why nothing more can be said.
    pub undecided: Option<String>,
    /// The known places that values of the question come through.
    pub met: BTreeSet<Spot>,
}

/// The two sides of a question: who sends, and who receives.
pub(crate) struct Parties<'a> {
    /// Who sends.
    pub sub: Side<'a>,
    /// Who receives.
    pub sup: Side<'a>,
}

impl<'a> Parties<'a> {
    /// The sides of a direction.
    pub(crate) fn of(asking: &Asking<'a>, direction: Direction) -> Self {
        let side = |revision| asking.side(revision, direction);
        match direction {
            Direction::ToProvider => Self { sub: side(Revision::Base), sup: side(Revision::Head) },
            Direction::FromProvider => {
                Self { sub: side(Revision::Head), sup: side(Revision::Base) }
            }
        }
    }

    /// The sides exchanged: what is more than before, instead of less?
    pub(crate) fn reversed(self) -> Self {
        Self { sub: self.sup, sup: self.sub }
    }

    /// The position of the whole value on one side.
    pub(crate) fn root(
        asking: &Asking<'_>,
        side: &Side<'_>,
        question: &SchemaQuestion,
    ) -> Position {
        let store = asking.store();
        let (schema, holder) = match side.revision {
            Revision::Base => (&question.base, &question.base_holder),
            Revision::Head => (&question.head, &question.head_holder),
        };
        match schema {
            Some(at) if side.is_modern() => side.position(store, at),
            Some(at) => side.position(store, &side.resolved(store, at)),
            None => side.silent(held(holder)),
        }
    }
}

fn held(holder: &Spot) -> Located {
    Located { file: holder.file, pointer: holder.pointer.clone(), node: NodeId::NULL }
}

/// What breaks between the two sides of a question, if something else is told at known places.
pub(crate) fn judge<'a>(
    asking: &mut Asking<'a>,
    question: &SchemaQuestion,
    parties: &Parties<'a>,
    known: &Rc<BTreeSet<Spot>>,
) -> Judged {
    let sub = Parties::root(asking, &parties.sub, question);
    let sup = Parties::root(asking, &parties.sup, question);
    let as_text = as_text(question);
    let trial = Trial::new(asking, parties, (&sub, &sup), question, &as_text);
    let trial = Trial { known: Rc::clone(known), ..trial };
    let is_kept = asking.included(trial.sending, trial.sup);
    if is_kept && !asking.has_tags_below(&parties.sub, &sub) {
        return Judged::default();
    }
    let mut walk = Walk::new(asking, parties.sub, parties.sup);
    walk.run(sub, sup, &as_text);
    let Walk { mut suspects, visited, turns, numbers, .. } = walk;
    let depth = |it: &Suspect| if it.is_rest { usize::MAX - it.way.len() } else { 0 };
    suspects.sort_by_key(|it| (it.given != SchemaId::TRUE, it.is_rest, depth(it)));
    trial.hold(asking, suspects, Walked { visited, turns, numbers })
}

/// Where a walk came.
struct Walked {
    visited: Vec<Visited>,
    turns: Turns,
    numbers: Pairs,
}

/// One question before the engine.
pub(crate) struct Trial<'a> {
    sub_side: Side<'a>,
    /// Where the sending and the receiving side begin.
    roots: [Position; 2],
    sup_side: Side<'a>,
    sending: SchemaId,
    /// What the receiving side takes.
    pub sup: SchemaId,
    /// What travels as characters.
    pub as_text: AsText,
    /// Where something breaks that is told by itself, perhaps of other operations.
    known: Rc<BTreeSet<Spot>>,
}

impl<'a> Trial<'a> {
    fn new(
        asking: &mut Asking<'_>,
        parties: &Parties<'a>,
        (sub, sup): (&Position, &Position),
        question: &SchemaQuestion,
        as_text: &AsText,
    ) -> Self {
        let roots = [sub.clone(), sup.clone()];
        let sub = asking.whole(&parties.sub, sub);
        let sup = asking.whole(&parties.sup, sup);
        let known = asking.known(sub, sup);
        let alike = match as_text {
            AsText::Always(lists) => read_alike(asking, (sub, sup), *lists),
            AsText::Scalar => read_alike(asking, (sub, sup), Lists::Never),
            AsText::Never | AsText::Members(_) => SchemaId::FALSE,
        };
        let schemas = asking.schemas();
        let mut parts = vec![sub, known, schemas.not(alike)];
        if question.location.starts_with("path.") {
            // A path segment is never empty, and `null` has no characters.
            for absent in [Value::from(""), Value::Null] {
                let empty = schemas.constant(&absent);
                parts.push(schemas.not(empty));
            }
        }
        let whole = schemas.all(parts);
        let kinds = travels(&question.carriage).map_or(SchemaId::TRUE, |it| schemas.types(it));
        let narrowed = schemas.all([whole, kinds]);
        // A schema of nothing that travels is compared by its words.
        let is_empty = asking.included(narrowed, SchemaId::FALSE);
        let mut sending = if is_empty { whole } else { narrowed };
        let schemas = asking.schemas();
        let (texts, lists) = (schemas.types(TypeSet::STRING), schemas.types(TypeSet::ARRAY));
        let no_lists = schemas.not(lists);
        // Whoever takes any text takes that of a list.
        if is_joined(&question.carriage) && asking.included(texts, sup) {
            sending = asking.schemas().all([sending, no_lists]);
        }
        Self {
            sub_side: parties.sub,
            roots,
            sup_side: parties.sup,
            sending,
            sup,
            as_text: as_text.clone(),
            known: Rc::default(),
        }
    }

    /// What both sides take where the walk came.
    fn pairs(
        &self,
        asking: &mut Asking<'_>,
        visited: &[Visited],
    ) -> BTreeMap<usize, [SchemaId; 2]> {
        let both = |it: &Visited| {
            let sub = asking.whole(&self.sub_side, &it.sub);
            (it.at, [sub, asking.whole(&self.sup_side, &it.sup)])
        };
        visited.iter().map(both).collect()
    }

    /// Is it told already why this value is refused?
    fn is_told(
        &self,
        asking: &mut Asking<'a>,
        told: &mut Told,
        (walked, value): (&Walked, ConstantId),
    ) -> bool {
        if told.pairs.is_none() {
            told.pairs = Some(self.pairs(asking, &walked.visited));
        }
        if told.explains(asking, value) {
            return true;
        }
        let has_told = !told.at.is_empty() || !self.known.is_empty();
        let root = walked.visited.first().filter(|_| !told.is_thorough && has_told);
        let Some(root) = root else { return false };
        let mut walk = Walk::new(asking, self.sub_side, self.sup_side);
        walk.numbers.clone_from(&walked.numbers);
        walk.is_thorough = true;
        walk.run(root.sub.clone(), root.sup.clone(), &self.as_text);
        let Walk { visited, turns, .. } = walk;
        told.count(&self.known, &visited);
        let pairs = Some(self.pairs(asking, &visited));
        (told.turns, told.pairs, told.is_thorough) = (turns, pairs, true);
        told.explains(asking, value)
    }

    fn hold(&self, asking: &mut Asking<'a>, suspects: Vec<Suspect>, mut walked: Walked) -> Judged {
        let mut judged = Judged::default();
        let turns = std::mem::take(&mut walked.turns);
        let mut told = Told { turns, ..Told::default() };
        told.count(&self.known, &walked.visited);
        let mut done = BTreeSet::new();
        for suspect in suspects {
            let demand = demand_at(asking, &suspect.way, suspect.demand);
            let is_new = done.insert((demand, suspect.within, suspect.class));
            if !is_new || told.demands.contains(&demand) {
                continue;
            }
            let within = demand_at(asking, &suspect.way, suspect.within);
            let mut parts = vec![self.sending, within, suspect.given];
            if suspect.is_by_tag() {
                parts.push(asking.heeding_tags(&self.sub_side, &self.roots[0]));
            }
            if suspect.is_rest || suspect.given != SchemaId::TRUE {
                parts.extend(told.demands.iter().copied());
            }
            let sending = asking.schemas().all(parts);
            let mut shown = self.witness(asking, sending, demand);
            if let Shown::Value(found) = shown
                && suspect.given != SchemaId::TRUE
            {
                shown = self.dispatched(asking, (sending, demand), found);
            }
            let instance = match shown {
                Shown::Nothing => continue,
                Shown::Unknown(reason) => {
                    judged.undecided = Some(reason);
                    continue;
                }
                Shown::Value(instance) => instance,
            };
            if suspect.is_rest && self.is_told(asking, &mut told, (&walked, instance)) {
                continue;
            }
            let Some(cause) = self.cause(asking, suspect, instance) else { continue };
            told.demands.push(demand);
            told.at.entry(cause.suspect.at).or_default().push(cause.suspect.demand);
            judged.causes.push(cause);
        }
        self.rest(asking, &mut told, walked, &mut judged);
        if !judged.causes.is_empty() {
            judged.undecided = None;
        }
        judged.met = told.met;
        judged
    }

    /// The same if who dispatches by tags refuses the value too, else another one.
    fn dispatched(
        &self,
        asking: &mut Asking<'_>,
        (sending, demand): (SchemaId, SchemaId),
        found: ConstantId,
    ) -> Shown {
        let read = asking.heeding_tags(&self.sup_side, &self.roots[1]);
        if !asking.takes_kept(read, found) {
            return Shown::Value(found);
        }
        let schemas = asking.schemas();
        let refused = schemas.not(read);
        let sending = schemas.all([sending, refused]);
        self.witness(asking, sending, demand)
    }

    fn cause(
        &self,
        asking: &mut Asking<'_>,
        suspect: Suspect,
        instance: ConstantId,
    ) -> Option<Cause> {
        // The receiver as a whole must refuse it too; only tags say more than the schema.
        if !suspect.is_by_tag() && asking.takes_kept(self.sup, instance) {
            return None;
        }
        let pointer = refused_at(asking, &suspect.way, suspect.demand, instance);
        Some(Cause { suspect, instance, pointer })
    }

    /// What no suspect explains is told at the deepest place where it shows.
    fn rest(
        &self,
        asking: &mut Asking<'a>,
        told: &mut Told,
        mut walked: Walked,
        judged: &mut Judged,
    ) {
        let demands = told.demands.iter().copied();
        let sending = asking.schemas().all(demands.chain([self.sending]));
        match self.witness(asking, sending, self.sup) {
            Shown::Nothing => return,
            Shown::Unknown(reason) => {
                judged.undecided = Some(reason);
                return;
            }
            Shown::Value(value) if self.is_told(asking, told, (&walked, value)) => return,
            Shown::Value(_) => {}
        }
        let mut visited = std::mem::take(&mut walked.visited);
        visited.sort_by_key(|it| std::cmp::Reverse(it.way.len()));
        for Visited { way, sub, sup, .. } in visited {
            let demand = asking.whole(&self.sup_side, &sup);
            let at = demand_at(asking, &way, demand);
            let Shown::Value(instance) = self.witness(asking, sending, at) else { continue };
            let is_told = told.explains(asking, instance);
            let suspect = unexplained(asking, (way, sub, sup), demand).filter(|_| !is_told);
            let Some(suspect) = suspect else { continue };
            judged.causes.extend(self.cause(asking, suspect, instance));
            return;
        }
    }
}
