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
        let reading = Reading::of(value, question.direction, question.by_tag);
        let prepared = self.prepared(question, reading);
        match &prepared.validator {
            Err(why) => Verdict::Unable(why.clone()),
            Ok(validator) if validator.is_valid(value) => Verdict::Accepted,
            Ok(_) if question.is_brief => Verdict::Refused(Vec::new()),
            Ok(validator) => reasons(validator, value),
        }
    }

    fn prepared(&mut self, question: Question<'_>, reading: Reading) -> Arc<Prepared> {
        let known =
            self.recent.iter().position(|it| it.at == *question.at && it.reading.covers(&reading));
        let prepared = if let Some(idx) = known {
            self.recent.remove(idx)
        } else {
            let validator = build(question, &reading);
            Arc::new(Prepared { at: question.at.clone(), reading, validator })
        };
        self.recent.insert(0, Arc::clone(&prepared));
        self.recent.truncate(MAX_RECENT);
        prepared
    }
}

fn build(question: Question<'_>, reading: &Reading) -> Result<Validator, String> {
    let schema = Rewriting::new(question.texts, reading, question.formats).run(question.at)?;
    let mut options = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .offline();
    for (_, name, grammar) in format::GRAMMARS {
        options = options.with_format(*name, *grammar);
    }
    options.build(&schema).map_err(|err| format!("the judge cannot use the schema: {err}"))
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
