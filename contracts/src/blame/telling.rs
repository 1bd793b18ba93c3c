//! From a cause to a finding: its subject, its places, its words.

use serde_json::Value;

use crate::{
    Direction, Evidence, Finding, Located, Revision, Rule, Spot,
    blame::{
        asking::Asking,
        beside,
        class::{Class, Unit},
        instance::witness,
        place::{noun, spot, subject},
        position::{Position, Side},
        trial::{Cause, Parties},
        words::{Breach, Said, Words, compact, words},
    },
    compare::question::SchemaQuestion,
    inclusion::{SchemaId, TypeSet},
};

/// What is the same in two causes that are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    rule: Rule,
    direction: Direction,
    part: Spot,
    keyword: &'static str,
    names: Vec<String>,
}

/// What makes a cause the one it is, whatever operation it is met in.
pub(crate) fn key(question: &SchemaQuestion, cause: &Cause) -> Option<Key> {
    let unit = cause.suspect.units.first()?;
    let is_named = cause.suspect.class != Class::Variant;
    Some(Key {
        rule: cause.suspect.class.rule(question.direction),
        direction: question.direction,
        part: spot(&unit.part),
        keyword: unit.keyword,
        names: if is_named { names(cause) } else { Vec::new() },
    })
}

/// Both sides of the place of a cause.
struct Scene<'q, 'a> {
    question: &'q SchemaQuestion,
    cause: &'q Cause,
    unit: &'q Unit,
    parties: &'q Parties<'a>,
}

/// The schema of the receiving side that a cause is about.
pub(crate) fn part_of(cause: &Cause) -> Option<Spot> {
    cause.suspect.units.first().map(|it| spot(&it.part))
}

/// The note that more is possible than before: the sides of `parties` are exchanged.
pub(crate) fn note(
    asking: &mut Asking<'_>,
    question: &SchemaQuestion,
    parties: &Parties<'_>,
    cause: &Cause,
) -> Option<Finding> {
    let unit = cause.suspect.units.first()?;
    let scene = Scene { question, cause, unit, parties };
    let breach = scene.breach(asking);
    let (rule, verb) = match question.direction {
        Direction::ToProvider => (Rule::InputWidened, "takes more than before"),
        Direction::FromProvider => (Rule::OutputNarrowed, "may be less than before"),
    };
    let told =
        |said: &Option<Said>| said.as_ref().map(|it| format!("{}: {}", it.keyword, it.value));
    let (base, head) = (told(&breach.base), told(&breach.head));
    let change = match (breach.names.first(), &base, &head) {
        (Some(name), _, _) => match (cause.suspect.class, question.direction) {
            (Class::Refused, Direction::ToProvider) => format!("it lets in `{name}`"),
            (Class::Refused, Direction::FromProvider) => format!("`{name}` does not come"),
            (Class::Required, Direction::ToProvider) => format!("it can do without `{name}`"),
            (Class::Required, Direction::FromProvider) => format!("`{name}` always comes"),
            _ => format!("`{name}` is declared in another way"),
        },
        (None, Some(base), Some(head)) if base != head => format!("`{base}` becomes `{head}`"),
        (None, Some(base), None) => format!("`{base}` is gone"),
        (None, None, Some(head)) => format!("`{head}` is new"),
        (None, _, _) => "what it refers to changed".to_owned(),
    };
    let named = breach.names.first().cloned().filter(|_| base.is_none() && head.is_none());
    let (base, head) = match question.direction {
        Direction::ToProvider => (base, head.or(named)),
        Direction::FromProvider => (base.or(named), head),
    };
    let message = format!("{} {verb}: {change}", breach.noun);
    let words = Words { message, remedy: "nothing has to be done".to_owned() };
    Some(scene.finding(asking, rule, words, Evidence::Texts { base, head }))
}

/// The finding of a cause, as the first operation shows it.
pub(crate) fn finding(
    asking: &mut Asking<'_>,
    question: &SchemaQuestion,
    parties: &Parties<'_>,
    cause: &Cause,
) -> Option<Finding> {
    let unit = cause.suspect.units.first()?;
    let scene = Scene { question, cause, unit, parties };
    let rule = cause.suspect.class.rule(question.direction);
    let breach = scene.breach(asking);
    let words = words(cause.suspect.class, question.direction, &breach);
    let evidence = Evidence::Instance(witness(asking, question, cause));
    Some(scene.finding(asking, rule, words, evidence))
}

fn names(cause: &Cause) -> Vec<String> {
    let mut names = cause.suspect.names.clone();
    names.extend(refused_name(cause));
    names
}

/// The name of a member that may not be there at all.
fn refused_name(cause: &Cause) -> Option<String> {
    let is_false = cause.suspect.units.iter().any(|it| it.keyword.is_empty());
    let is_refused = cause.suspect.class == Class::Refused && is_false;
    match cause.suspect.way.last().map(|it| &**it) {
        Some(crate::blame::path::Turn::Property(name)) if is_refused => Some(name.clone()),
        _ => None,
    }
}

impl Scene<'_, '_> {
    /// What is told of it, as this operation shows it.
    fn finding(
        &self,
        asking: &mut Asking<'_>,
        rule: Rule,
        Words { message, remedy }: Words,
        evidence: Evidence,
    ) -> Finding {
        Finding {
            rule,
            level: rule.level(),
            subject: self.subject(asking),
            message,
            remedy,
            operations: vec![self.question.operation.clone()],
            head: Some(self.keyword_spot(asking, Revision::Head)),
            base: Some(self.keyword_spot(asking, Revision::Base)),
            evidence,
        }
    }

    fn sides(&self, revision: Revision) -> (&Side<'_>, &Position, bool) {
        let suspect = &self.cause.suspect;
        if self.parties.sup.revision == revision {
            (&self.parties.sup, &suspect.sup, true)
        } else {
            (&self.parties.sub, &suspect.sub, false)
        }
    }

    /// The schema of one side that speaks of the place.
    fn part(&self, asking: &Asking<'_>, revision: Revision) -> Located {
        let (side, position, is_sup) = self.sides(revision);
        if is_sup {
            return self.unit.part.clone();
        }
        let store = asking.store();
        let twin = position.parts.iter().find(|it| it.pointer == self.unit.part.pointer);
        let keywords =
            [self.unit.keyword].into_iter().chain(self.unit.class.keywords().iter().copied());
        let mut having = keywords.filter(|it| !it.is_empty()).filter_map(|keyword| {
            position.parts.iter().find(|it| side.contract.member(store, it, keyword).is_some())
        });
        let found = twin.or_else(|| having.next()).or_else(|| position.parts.first());
        found.cloned().unwrap_or_else(|| position.near.clone())
    }

    /// The keyword that decides on one side, where it is written there.
    fn keyword(&self, asking: &Asking<'_>, revision: Revision) -> Option<(String, Located)> {
        let (side, position, is_sup) = self.sides(revision);
        let store = asking.store();
        let unit = self.unit;
        let member = |part: &Located, keyword: &str| side.contract.member(store, part, keyword);
        if unit.keyword.is_empty() {
            return None;
        }
        if is_sup {
            return Some((unit.keyword.to_owned(), member(&unit.part, unit.keyword)?));
        }
        let twin = self.part(asking, revision);
        let parts = || [&twin].into_iter().chain(&position.parts);
        let exact = parts().find_map(|it| member(it, unit.keyword));
        if let Some(exact) = exact {
            return Some((unit.keyword.to_owned(), exact));
        }
        let family = family(unit.keyword);
        family.iter().find_map(|keyword| {
            let found = parts().find_map(|it| member(it, keyword))?;
            Some(((*keyword).to_owned(), found))
        })
    }

    fn keyword_spot(&self, asking: &Asking<'_>, revision: Revision) -> Spot {
        let found = self.keyword(asking, revision);
        spot(&found.map_or_else(|| self.part(asking, revision), |it| it.1))
    }

    /// The part that gives subject and name: at head, unless it vanished there.
    fn owner(&self, asking: &Asking<'_>) -> (Revision, Located) {
        let (_, head, _) = self.sides(Revision::Head);
        let base = self.part(asking, Revision::Base);
        if head.roots.is_empty() && !self.sides(Revision::Base).1.roots.is_empty() {
            return (Revision::Base, base);
        }
        let part = self.part(asking, Revision::Head);
        let is_false = self.unit.keyword.is_empty();
        if is_false && refused_name(self.cause).is_some() {
            // The member is named by the side that has it.
            let sub = self.parties.sub.revision;
            return (sub, self.cause.suspect.sub.near.clone());
        }
        (Revision::Head, part)
    }

    fn root(&self, revision: Revision) -> Spot {
        let question = self.question;
        let (schema, holder) = match revision {
            Revision::Base => (&question.base, &question.base_holder),
            Revision::Head => (&question.head, &question.head_holder),
        };
        schema.as_ref().map_or_else(|| holder.clone(), spot)
    }

    fn subject(&self, asking: &Asking<'_>) -> String {
        let (revision, part) = self.owner(asking);
        let mut at = spot(&part);
        if self.unit.keyword == "required"
            && let Some(name) = self.unit.name.as_deref()
        {
            at.pointer = at.pointer.child("properties").child(name);
        }
        let mut subject =
            subject(asking.contract(revision), self.question, &self.root(revision), &at);
        if self.cause.suspect.class == Class::Tag {
            subject.push_str("/discriminator/mapping/");
            subject.push_str(&self.cause.suspect.names.join(","));
        }
        subject
    }

    fn breach(&self, asking: &mut Asking<'_>) -> Breach {
        let (revision, part) = self.owner(asking);
        let mut at = spot(&part);
        if self.cause.suspect.class == Class::Refused && self.unit.keyword.is_empty() {
            // The member is refused by what is around it.
            let up = at.pointer.parent();
            let is_named = refused_name(self.cause).is_some();
            let up = if is_named { up.and_then(|it| it.parent()) } else { up };
            at.pointer = up.unwrap_or(at.pointer);
        }
        let said = |revision| {
            let (keyword, at) = self.keyword(asking, revision)?;
            Some(Said { keyword, value: compact(&asking.store().value(at.node)) })
        };
        let (base, head) = (said(Revision::Base), said(Revision::Head));
        let (members, lacking) = self.beside(asking);
        let contract = asking.contract(Revision::Head);
        let path = contract.files.first().map(|it| it.path.to_string()).unwrap_or_default();
        Breach {
            noun: noun(asking.contract(revision), self.question, &self.root(revision), &at),
            keyword: self.unit.keyword.to_owned(),
            names: [names(self.cause), members].concat(),
            base,
            head,
            values: [self.values(asking), lacking].concat(),
            contract: path,
        }
    }

    /// The members that ask for more than the witness has, and what it lacks.
    fn beside(&self, asking: &Asking<'_>) -> (Vec<String>, Vec<String>) {
        let is_beside = beside::KEYWORDS.contains(&self.unit.keyword);
        let asked = is_beside.then(|| self.keyword(asking, self.parties.sup.revision)).flatten();
        let instance = asking.value(self.cause.instance);
        let object = instance.pointer(self.cause.pointer.as_str());
        asked.zip(object).map_or_else(Default::default, |((_, at), object)| {
            beside::beside(&asking.store().value(at.node), object)
        })
    }

    /// What makes the difference, in words.
    fn values(&self, asking: &mut Asking<'_>) -> Vec<String> {
        match self.cause.suspect.class {
            Class::Type => self.kinds(asking),
            Class::Value => self.constants(asking),
            Class::Required
            | Class::Refused
            | Class::Text
            | Class::Number
            | Class::List
            | Class::Variant
            | Class::Tag => Vec::new(),
        }
    }

    fn kinds(&self, asking: &mut Asking<'_>) -> Vec<String> {
        const KINDS: [(TypeSet, &str); 7] = [
            (TypeSet::NULL, "null"),
            (TypeSet::BOOLEAN, "booleans"),
            (TypeSet::INTEGER, "whole numbers"),
            (TypeSet::FRACTION, "fractions"),
            (TypeSet::STRING, "texts"),
            (TypeSet::ARRAY, "lists"),
            (TypeSet::OBJECT, "objects"),
        ];
        let suspect = &self.cause.suspect;
        let sub = asking.whole(&self.parties.sub, &suspect.sub);
        let (mut lost, mut kept) = (Vec::new(), Vec::new());
        for (kind, word) in KINDS {
            let schemas = asking.schemas();
            let of_kind = schemas.types(kind);
            let sent = schemas.all([sub, of_kind]);
            if !asking.included(sent, suspect.demand) {
                lost.push(word);
            } else if !asking.included(sent, SchemaId::FALSE) {
                kept.push(word);
            }
        }
        let is_long = lost.len() > 3;
        match (self.question.direction, is_long, kept.is_empty()) {
            (_, false, _) => in_short(&lost),
            (Direction::ToProvider, true, true) => vec!["any value".to_owned()],
            (Direction::FromProvider, true, true) => vec!["of any kind".to_owned()],
            (Direction::ToProvider, true, false) => {
                vec![format!("anything but {}", in_short(&kept).join(", "))]
            }
            (Direction::FromProvider, true, false) => {
                vec![format!("something else than {}", in_short(&kept).join(", "))]
            }
        }
    }

    fn constants(&self, asking: &mut Asking<'_>) -> Vec<String> {
        let store = asking.store();
        let suspect = &self.cause.suspect;
        let side = &self.parties.sub;
        let mut sent: Vec<Value> = Vec::new();
        if let Some(list) = side.keyword(store, &suspect.sub, "enum") {
            sent.extend(store.items(list.node).iter().map(|it| store.value(*it)));
        }
        if let Some(only) = side.keyword(store, &suspect.sub, "const") {
            sent.push(store.value(only.node));
        }
        let mut lost: Vec<String> = Vec::new();
        for value in sent {
            if !asking.takes(suspect.demand, &value) {
                lost.push(format!("`{}`", compact(&value)));
            }
        }
        if lost.is_empty() {
            let instance = asking.value(self.cause.instance);
            let value = instance.pointer(self.cause.pointer.as_str());
            lost.extend(value.map(|it| format!("`{}`", compact(it))));
        }
        if lost.len() > SHOWN {
            let n_more = lost.len() - SHOWN;
            lost.truncate(SHOWN);
            lost.push(format!("{n_more} more"));
        }
        lost
    }
}

/// Kinds of values, both kinds of numbers in one word.
fn in_short(kinds: &[&str]) -> Vec<String> {
    let is_number = |it: &&str| matches!(*it, "whole numbers" | "fractions");
    let has_both = kinds.iter().filter(|it| is_number(it)).count() == 2;
    let left = kinds.iter().filter(|it| !has_both || **it != "fractions");
    left.map(|it| if has_both && is_number(it) { "numbers" } else { it }.to_owned()).collect()
}

/// Values that a message lists.
const SHOWN: usize = 8;

/// Keywords that say the same in other words.
fn family(keyword: &str) -> &'static [&'static str] {
    match keyword {
        "enum" | "const" => &["enum", "const"],
        "minimum" | "exclusiveMinimum" => &["minimum", "exclusiveMinimum"],
        "maximum" | "exclusiveMaximum" => &["maximum", "exclusiveMaximum"],
        it if beside::KEYWORDS.contains(&it) => beside::KEYWORDS,
        "anyOf" | "oneOf" => &["oneOf", "anyOf"],
        _ => &[],
    }
}
