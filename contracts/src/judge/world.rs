//! What a witness is judged against.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::{
    exchange::route::Calls,
    texts::{At, Texts},
    validator::{Question, Validators, Verdict},
};
use crate::{Direction, Formats, Revision, Servers};

/// What the judge has to know of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Which formats are checked.
    pub formats: Formats,
    /// What takes part in an address.
    pub servers: Servers,
}

/// Both revisions of one contract, as a witness is judged against them.
#[derive(Debug, Default)]
pub struct World {
    base: Texts,
    head: Texts,
    pub(super) settings: Settings,
    base_validators: Mutex<Validators>,
    head_validators: Mutex<Validators>,
    pub(super) calls: Calls,
}

/// What the judge says of a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// One side takes it, the other refuses (or does not read) it.
    Confirmed,
    /// It shows nothing, and whoever found it is wrong. One sentence says why.
    Contradicted(String),
    /// The judge cannot tell. One sentence says why.
    Unable(String),
}

/// How a schema is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    pub(super) direction: Direction,
    /// Does the tag of a discriminator select a schema?
    pub(super) by_tag: bool,
    /// Are the reasons of a refusal left out?
    pub(super) is_brief: bool,
}

impl World {
    /// Both sides; nothing is parsed yet.
    #[must_use]
    pub fn new(base: Texts, head: Texts, settings: Settings) -> Self {
        Self { base, head, settings, ..Self::default() }
    }

    pub(super) fn texts(&self, revision: Revision) -> &Texts {
        match revision {
            Revision::Base => &self.base,
            Revision::Head => &self.head,
        }
    }

    /// What the schema at a place says to a value.
    pub(super) fn ask(
        &self,
        (revision, at): (Revision, &At),
        manner: Manner,
        value: &Value,
    ) -> Verdict {
        let question = Question {
            texts: self.texts(revision),
            at,
            direction: Some(manner.direction),
            formats: self.settings.formats,
            by_tag: manner.by_tag,
            is_brief: manner.is_brief,
        };
        let validators = match revision {
            Revision::Base => &self.base_validators,
            Revision::Head => &self.head_validators,
        };
        validators.lock().unwrap_or_else(PoisonError::into_inner).judge(question, value)
    }

    /// What the schema at a place says to a value that travels as text.
    pub(super) fn ask_text(
        &self,
        (revision, at): (Revision, &At),
        manner: Manner,
        value: &Value,
    ) -> Verdict {
        self.ask_any((revision, at), manner, super::text::meanings(value))
    }

    /// The same for elements of XML, where nothing is not an empty text.
    pub(super) fn ask_elements(
        &self,
        (revision, at): (Revision, &At),
        manner: Manner,
        value: &Value,
    ) -> Verdict {
        let meanings = super::text::meanings(value).map(|all| {
            let n_nulls = super::text::n_nulls(value);
            all.into_iter().filter(|it| super::text::n_nulls(it) == n_nulls).collect()
        });
        self.ask_any((revision, at), manner, meanings)
    }

    fn ask_any(
        &self,
        (revision, at): (Revision, &At),
        manner: Manner,
        meanings: Option<Vec<Value>>,
    ) -> Verdict {
        let Some(meanings) = meanings else {
            return Verdict::Unable("the texts can mean too many things".to_owned());
        };
        let mut answer = None;
        for meaning in meanings {
            match (self.ask((revision, at), manner, &meaning), &answer) {
                (Verdict::Accepted, _) => return Verdict::Accepted,
                (verdict @ Verdict::Unable(_), _) | (verdict @ Verdict::Refused(_), None) => {
                    answer = Some(verdict);
                }
                (Verdict::Refused(_), Some(_)) => {}
            }
        }
        answer.unwrap_or(Verdict::Accepted)
    }
}
