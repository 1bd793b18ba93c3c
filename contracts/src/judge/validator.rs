//! One schema of one side, ready to judge instances.

use std::{fmt, sync::Arc};

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};
use serde_json::Value;

use super::{
    format,
    schema::{Reading, Rewriting},
    texts::{At, Texts},
};
use crate::{Direction, Formats};

/// What one side says to one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Accepted,
    Refused(Vec<Refusal>),
    Unable(String),
}

/// One reason why a value is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Where in the value.
    pub(super) pointer: String,
    /// The keyword, by its place in the rewritten schema; empty if no schema refuses.
    pub(super) keyword: String,
    pub(super) because: String,
}

/// The validators that were used last. A search asks for the same few again and again while it
/// shrinks a witness; all of a large contract would not fit into memory.
#[derive(Default)]
pub(super) struct Validators {
    recent: Vec<Arc<Prepared>>,
}

struct Prepared {
    at: At,
    reading: Reading,
    validator: Result<Validator, String>,
    /// Would it be another one if tags selected schemas?
    has_tags: bool,
}

const MAX_RECENT: usize = 16;

impl fmt::Debug for Validators {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} validators", self.recent.len())
    }
}

/// A question to one schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) texts: &'a Texts,
    pub(super) at: &'a At,
    pub(super) direction: Option<Direction>,
    pub(super) formats: Formats,
    /// Does the tag of a discriminator select a schema?
    pub(super) by_tag: bool,
    /// Are the reasons left out? A choice of many objects costs a thousand times more with them.
    pub(super) is_brief: bool,
}

impl Verdict {
    pub(super) fn refused(because: impl Into<String>) -> Self {
        let (pointer, keyword) = (String::new(), String::new());
        Self::Refused(vec![Refusal { pointer, keyword, because: because.into() }])
    }
}

impl Validators {
    /// Does the schema take the value?
    pub(super) fn judge(&mut self, question: Question<'_>, value: &Value) -> Verdict {
        let prepared = self.prepared(question, value);
        match &prepared.validator {
            Err(why) => Verdict::Unable(why.clone()),
            Ok(validator) if validator.is_valid(value) => Verdict::Accepted,
            Ok(_) if question.is_brief => Verdict::Refused(Vec::new()),
            Ok(validator) => reasons(validator, value),
        }
    }

    fn prepared(&mut self, question: Question<'_>, value: &Value) -> Arc<Prepared> {
        let does = |it: &Arc<Prepared>| {
            let is_alike = it.reading.by_tag == question.by_tag || !it.has_tags;
            let reading = &it.reading;
            is_alike
                && reading.direction == question.direction
                && it.at == *question.at
                && reading.covers(value)
        };
        match self.recent.iter().position(does) {
            Some(0) => {}
            Some(idx) => self.recent.get_mut(..=idx).unwrap_or_default().rotate_right(1),
            None => {
                let prepared = build(question, value);
                self.recent.truncate(MAX_RECENT - 1);
                self.recent.insert(0, Arc::new(prepared));
            }
        }
        let first = self.recent.first().expect("what was asked for is in front");
        Arc::clone(first)
    }
}

fn build(question: Question<'_>, value: &Value) -> Prepared {
    let reading = Reading::of(value, question.direction, question.by_tag);
    let rewritten = Rewriting::new(question.texts, &reading, question.formats).run(question.at);
    let has_tags = rewritten.as_ref().is_ok_and(|it| it.has_tags);
    let validator = rewritten.and_then(|it| compile(&it.schema));
    Prepared { at: question.at.clone(), reading, validator, has_tags }
}

fn compile(schema: &Value) -> Result<Validator, String> {
    let mut options = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .offline();
    for (_, name, grammar) in format::GRAMMARS {
        options = options.with_format(*name, *grammar);
    }
    options.build(schema).map_err(|err| format!("the judge cannot use the schema: {err}"))
}

fn reasons(validator: &Validator, value: &Value) -> Verdict {
    let errors: Vec<_> = validator.iter_errors(value).collect();
    if let Some(error) = errors.iter().find_map(gave_up) {
        return Verdict::Unable(error);
    }
    let refusal = |it: &ValidationError<'_>| Refusal {
        pointer: it.instance_path().to_string(),
        keyword: it.schema_path().to_string(),
        because: it.to_string(),
    };
    Verdict::Refused(errors.iter().map(refusal).collect())
}

/// A pattern that took too long is no refusal.
#[expect(clippy::wildcard_enum_match_arm, reason = "most kinds of errors are refusals")]
fn gave_up(error: &ValidationError<'_>) -> Option<String> {
    match error.kind() {
        ValidationErrorKind::BacktrackLimitExceeded { .. }
        | ValidationErrorKind::RegexEngineFailure { .. } => Some(error.to_string()),
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context.iter().flatten().find_map(gave_up)
        }
        _ => None,
    }
}
