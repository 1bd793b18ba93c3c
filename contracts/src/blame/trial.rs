//! Which suspects are causes: for each, a whole value that the sending side takes and that breaks
//! this one promise.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    Answer, Direction, Located, NodeId, Pointer, Revision, Spot,
    blame::{
        asking::Asking,
        class::{Class, Unit},
        path::{Turn, demand_at, refused_at},
        position::{Position, Side},
        text,
        walk::{AsText, Suspect, Walk},
    },
    compare::question::{Carriage, SchemaQuestion},
    inclusion::{SchemaId, TypeSet},
};

/// A broken promise, and a whole value that shows it.
#[derive(Debug, Clone)]
pub(crate) struct Cause {
    /// The promise.
    pub suspect: Suspect,
    /// The whole value at the location.
    pub instance: Value,
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
    pub fn of(asking: &Asking<'a>, direction: Direction) -> Self {
        let side = |revision| Side { revision, contract: asking.contract(revision), direction };
        match direction {
            Direction::ToProvider => Self { sub: side(Revision::Base), sup: side(Revision::Head) },
            Direction::FromProvider => {
                Self { sub: side(Revision::Head), sup: side(Revision::Base) }
            }
        }
    }

    /// The sides exchanged: what is more than before, instead of less?
    pub fn reversed(self) -> Self {
        Self { sub: self.sup, sup: self.sub }
    }

    /// The position of the whole value on one side.
    pub fn root(
        &self,
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
            None => Position::silent(held(holder)),
        }
    }
}

fn held(holder: &Spot) -> Located {
    Located { file: holder.file, pointer: holder.pointer.clone(), node: NodeId::NULL }
}

/// What travels as characters.
pub(crate) fn as_text(carriage: &Carriage) -> AsText {
    match carriage {
        Carriage::Json | Carriage::Raw => AsText::Never,
        Carriage::Text(_) => AsText::Always,
        Carriage::Form(members) => {
            let json = members.iter().filter(|it| it.1.is_none());
            AsText::MembersBut(json.map(|it| it.0.clone()).collect())
        }
    }
}

/// What breaks between the two sides of a question.
pub(crate) fn judge<'a>(
    asking: &mut Asking<'a>,
    question: &SchemaQuestion,
    parties: &Parties<'a>,
) -> Judged {
    let sub = parties.root(asking, &parties.sub, question);
    let sup = parties.root(asking, &parties.sup, question);
    let as_text = as_text(&question.carriage);
    let trial = Trial::new(asking, parties, (&sub, &sup), question, &as_text);
    if asking.included(trial.sending, trial.sup) && !asking.has_tags() {
        return Judged::default();
    }
    let mut walk = Walk::new(asking, parties.sub, parties.sup);
    walk.run(sub, sup, &as_text);
    let Walk { mut suspects, visited, .. } = walk;
    suspects.sort_by_key(|it| (it.is_rest, if it.is_rest { usize::MAX - it.way.len() } else { 0 }));
    trial.hold(asking, suspects, visited)
}

type Visited = Vec<(Vec<Turn>, Position, Position)>;

/// One question before the engine.
struct Trial<'a> {
    sup_side: Side<'a>,
    sending: SchemaId,
    sup: SchemaId,
    as_text: AsText,
}

impl<'a> Trial<'a> {
    fn new(
        asking: &mut Asking<'_>,
        parties: &Parties<'a>,
        (sub, sup): (&Position, &Position),
        question: &SchemaQuestion,
        as_text: &AsText,
    ) -> Self {
        let sub = asking.whole(&parties.sub, sub);
        let sup = asking.whole(&parties.sup, sup);
        let known = asking.known(sub, sup);
        let alike = match as_text {
            AsText::Always => text::alike(asking, sub, sup),
            AsText::Never | AsText::MembersBut(_) => TypeSet::NONE,
        };
        let schemas = asking.schemas();
        let mut parts = vec![sub, known, schemas.types(!alike)];
        if question.location.starts_with("path.") {
            // A path segment is never empty.
            let empty = schemas.constant(&Value::from(""));
            parts.push(schemas.not(empty));
        }
        let sending = schemas.all(parts);
        Self { sup_side: parties.sup, sending, sup, as_text: as_text.clone() }
    }

    fn hold(&self, asking: &mut Asking<'_>, suspects: Vec<Suspect>, visited: Visited) -> Judged {
        let mut judged = Judged::default();
        let mut told = Vec::new();
        let mut done = BTreeSet::new();
        for suspect in suspects {
            let demand = demand_at(asking, &suspect.way, suspect.demand);
            if !done.insert((demand, suspect.within, suspect.class)) || told.contains(&demand) {
                continue;
            }
            let within = demand_at(asking, &suspect.way, suspect.within);
            let mut parts = vec![self.sending, within];
            if suspect.is_rest {
                parts.extend(told.iter().copied());
            }
            let sending = asking.schemas().all(parts);
            match asking.fits(sending, demand) {
                Answer::Included => {}
                Answer::Undecided(reason) => judged.undecided = Some(reason),
                Answer::NotIncluded(instance) => {
                    let Some(cause) = self.cause(asking, suspect, instance) else { continue };
                    told.push(demand);
                    judged.causes.push(cause);
                }
            }
        }
        self.rest(asking, &told, visited, &mut judged);
        if !judged.causes.is_empty() {
            judged.undecided = None;
        }
        judged
    }

    fn cause(&self, asking: &mut Asking<'_>, suspect: Suspect, instance: Value) -> Option<Cause> {
        // The receiver as a whole must refuse it too; only tags say more than the schema.
        if suspect.class != Class::Tag && asking.takes(self.sup, &instance) {
            return None;
        }
        let pointer = refused_at(asking, &suspect.way, suspect.demand, &instance);
        Some(Cause { suspect, instance, pointer })
    }

    /// What no suspect explains is told at the deepest place where it shows.
    fn rest(
        &self,
        asking: &mut Asking<'_>,
        told: &[SchemaId],
        mut visited: Visited,
        judged: &mut Judged,
    ) {
        let sending = asking.schemas().all(told.iter().copied().chain([self.sending]));
        let value = match asking.fits(sending, self.sup) {
            Answer::Included => return,
            Answer::Undecided(reason) => {
                judged.undecided = Some(reason);
                return;
            }
            Answer::NotIncluded(value) => value,
        };
        let is_composed = value.is_array() || value.is_object();
        if self.as_text != AsText::Never && is_composed {
            return;
        }
        visited.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
        for (way, sub, sup) in visited {
            let demand = asking.whole(&self.sup_side, &sup);
            let at = demand_at(asking, &way, demand);
            if let Answer::NotIncluded(instance) = asking.fits(sending, at) {
                let Some(suspect) = unexplained(asking, (way, sub, sup), demand) else { continue };
                judged.causes.extend(self.cause(asking, suspect, instance));
                return;
            }
        }
    }
}

fn unexplained(
    asking: &Asking<'_>,
    (way, sub, sup): (Vec<Turn>, Position, Position),
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
        units: vec![unit],
        names: Vec::new(),
        demand,
        within: SchemaId::TRUE,
        sub,
        sup,
        is_rest: true,
    })
}
