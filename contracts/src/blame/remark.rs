//! A change that breaks no exchange, and what a finding says of it.

use kernel::Level;

use crate::{
    Evidence, Finding, Located, Revision, Rule, Spot,
    blame::{
        asking::Asking,
        path::Way,
        place::{noun, spot, subject},
        position::Position,
    },
    compare::question::SchemaQuestion,
    inclusion::SchemaId,
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
    pub owner: (Revision, Spot),
    /// The name in question, if it is one of several at a place.
    pub name: String,
    /// Message after the noun.
    pub message: String,
    /// What to do instead.
    pub remedy: String,
    /// What shows it.
    pub evidence: Evidence,
    /// The way from the root of the location.
    pub way: Way,
    /// What shows nothing of it at the end of the way.
    pub but: SchemaId,
}

impl Remark {
    /// The same change met again has the same mark.
    pub(crate) fn mark(&self) -> Mark {
        (self.rule, self.owner.1.clone(), self.name.clone())
    }

    /// The finding, as the first operation shows it.
    pub(crate) fn finding(
        &self,
        asking: &Asking<'_>,
        question: &SchemaQuestion,
        evidence: Evidence,
    ) -> Finding {
        let (revision, at) = &self.owner;
        let contract = asking.contract(*revision);
        let (schema, holder) = match revision {
            Revision::Base => (&question.base, &question.base_holder),
            Revision::Head => (&question.head, &question.head_holder),
        };
        let root = schema.as_ref().map_or_else(|| holder.clone(), spot);
        let noun = noun(contract, question, &root, at);
        let mut subject = subject(contract, question, &root, at);
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
            evidence,
        }
    }
}

/// Two positions of one place.
#[derive(Clone)]
pub(crate) struct Places {
    /// At base.
    pub base: Position,
    /// At head.
    pub head: Position,
    /// The way from the root of the location.
    pub way: Way,
}

/// A change of one kind between two positions, not yet in words.
pub(crate) fn remark(
    rule: Rule,
    places: &Places,
    found: (Option<Located>, Option<Located>),
) -> Remark {
    let near = |it: &Position| it.parts.first().cloned().unwrap_or_else(|| it.near.clone());
    Remark {
        rule,
        level: rule.level(),
        base: found.0.unwrap_or_else(|| near(&places.base)),
        head: found.1.unwrap_or_else(|| near(&places.head)),
        owner: (Revision::Head, spot(&near(&places.head))),
        name: String::new(),
        message: String::new(),
        remedy: String::new(),
        evidence: Evidence::Texts { base: None, head: None },
        way: places.way.clone(),
        but: SchemaId::FALSE,
    }
}
