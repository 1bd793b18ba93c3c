//! A value at a location, judged by the schemas of both sides.

use serde_json::Value;

use super::{
    exchange::media::Media,
    text::text_of,
    validator::{Refusal, Verdict},
    world::{Manner, Ruling, World},
};
use crate::{Direction, JsonInstance, Revision};

/// How much is asked of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// All, with the reasons.
    Full,
    /// All, without reasons.
    Brief,
    /// Only what schemas say, without reasons: not whether a member is read.
    Schemas,
}

/// A witness with the value that is shown in its place: a smaller one, while it shrinks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) instance: &'a JsonInstance,
    pub(super) value: &'a Value,
    pub(super) pointer: &'a str,
}

impl<'a> Shown<'a> {
    pub(super) fn of(instance: &'a JsonInstance) -> Self {
        Self { instance, value: &instance.instance, pointer: &instance.pointer }
    }
}

impl World {
    /// Does one side take the value and the other refuse it?
    #[must_use]
    pub fn rule_instance(&self, instance: &JsonInstance) -> Ruling {
        match self.refusals(Shown::of(instance), Depth::Full) {
            Ok(_) => Ruling::Confirmed,
            Err(ruling) => ruling,
        }
    }

    /// Why the one side refuses what the other takes; nothing said of it if brief.
    pub(super) fn refusals(&self, shown: Shown<'_>, depth: Depth) -> Result<Vec<Refusal>, Ruling> {
        let instance = shown.instance;
        let is_brief = depth != Depth::Full;
        let ask = |revision, by_tag| {
            let manner = Manner { direction: instance.direction, by_tag, is_brief };
            self.verdict(shown, revision, manner)
        };
        let accepted = ask(instance.accepted_by, false)?;
        if is_brief && accepted != Verdict::Accepted {
            // It shows nothing, whatever the other side says.
            return Err(Ruling::Contradicted(String::new()));
        }
        let plain = (accepted, ask(instance.refused_by, false)?);
        let (accepted, refused) = match plain {
            // In plain JSON Schema a discriminator says nothing; whoever dispatches by it may refuse more.
            (Verdict::Accepted, Verdict::Accepted) => {
                (ask(instance.accepted_by, true)?, ask(instance.refused_by, true)?)
            }
            other => other,
        };
        match (accepted, refused) {
            (Verdict::Accepted, Verdict::Refused(refusals)) => Ok(refusals),
            (Verdict::Unable(why), _) | (_, Verdict::Unable(why)) => Err(Ruling::Unable(why)),
            (Verdict::Refused(refusals), _) => {
                let because = refusals.first().map_or("", |it| it.because.as_str());
                let side = name(instance.accepted_by);
                Err(Ruling::Contradicted(format!("{side} refuses it: {because}")))
            }
            (Verdict::Accepted, Verdict::Accepted)
                if depth != Depth::Schemas && self.is_unread(shown) =>
            {
                let (pointer, keyword) = (shown.pointer.to_owned(), String::new());
                Ok(vec![Refusal { pointer, keyword, because: "it is not read".to_owned() }])
            }
            (Verdict::Accepted, Verdict::Accepted) => {
                let side = name(instance.refused_by);
                Err(Ruling::Contradicted(format!("{side} takes it too")))
            }
        }
    }

    /// Has the member that the witness names a schema on the one side, and none on the other?
    fn is_unread(&self, shown: Shown<'_>) -> bool {
        let instance = shown.instance;
        let is_input = instance.direction == Direction::ToProvider;
        is_input
            && self.reads_member(instance.accepted_by, shown)
            && !self.reads_member(instance.refused_by, shown)
    }

    fn verdict(
        &self,
        Shown { instance, value, .. }: Shown<'_>,
        revision: Revision,
        manner: Manner,
    ) -> Result<Verdict, Ruling> {
        let texts = self.texts(revision);
        if let Some(problem) = texts.problem() {
            return Err(Ruling::Unable(problem));
        }
        let locator = match revision {
            Revision::Base => &instance.schema.base,
            Revision::Head => &instance.schema.head,
        };
        let Some(locator) = locator else {
            // No schema takes everything; where nothing is declared, nothing is read.
            let is_free = revision == instance.accepted_by || self.declares(revision, instance);
            let nothing = || Verdict::refused("nothing is declared there");
            return Ok(if is_free { Verdict::Accepted } else { nothing() });
        };
        let Some(at) = texts.locate(locator) else {
            return Err(Ruling::Contradicted(format!("{} has no `{locator}`", name(revision))));
        };
        let has_style =
            travels_as_text(&instance.location) && !is_in_content(&instance.location, locator);
        if is_xml(instance) {
            return Ok(self.ask_elements((revision, &at), manner, value));
        }
        if !has_style && !is_text_of_body(instance, value) {
            return Ok(self.ask((revision, &at), manner, value));
        }
        let verdict = self.ask_text((revision, &at), manner, value);
        if matches!(verdict, Verdict::Refused(_)) && has_style {
            // An empty list leaves no characters: whoever takes no list gets nothing.
            if value == &Value::Array(Vec::new()) && !self.takes_lists(revision, &at) {
                return Ok(Verdict::Accepted);
            }
            let other = same_text(value).map(|it| self.ask_text((revision, &at), manner, &it));
            return Ok(other.filter(|it| *it == Verdict::Accepted).unwrap_or(verdict));
        }
        Ok(verdict)
    }
}

/// The list of one that is written like its item, and the other way round.
fn same_text(value: &Value) -> Option<Value> {
    match value {
        Value::Array(items) => match items.as_slice() {
            [Value::Array(_) | Value::Object(_)] => None,
            [item] => Some(item.clone()),
            _ => None,
        },
        Value::Object(_) => None,
        Value::Null | Value::String(_) | Value::Number(_) | Value::Bool(_) => {
            is_bare(value).then(|| Value::Array(vec![value.clone()]))
        }
    }
}

/// Is it a text that is a list of one in every style?
fn is_bare(value: &Value) -> bool {
    let is_separator = |it: char| ",;.|&=".contains(it) || it.is_whitespace();
    !text_of(value).contains(is_separator)
}

/// Is it the text of a body, which has no types on the wire?
fn is_text_of_body(instance: &JsonInstance, value: &Value) -> bool {
    let is_plain = !value.is_array() && !value.is_object();
    is_plain && media_of_body(instance).is_some_and(|it| it.is_text())
}

/// Are the texts of its elements all that there is on the wire?
fn is_xml(instance: &JsonInstance) -> bool {
    media_of_body(instance).is_some_and(|it| it.is_xml())
}

fn media_of_body(instance: &JsonInstance) -> Option<Media> {
    let of_status = instance.location.strip_prefix("status.").and_then(|it| it.split_once('.'));
    let is_body = instance.location == "body" || of_status.is_some_and(|it| it.1 == "body");
    instance.media_type.as_deref().filter(|_| is_body).map(Media::parse)
}

/// Does a media type of its own say how the value travels?
fn is_in_content(location: &str, locator: &str) -> bool {
    let is_header_of_part = location.starts_with("form.") && location.contains(".header.");
    let inner = if is_header_of_part { locator.rsplit("/headers/").next() } else { Some(locator) };
    inner.is_some_and(|it| it.contains("/content/"))
}

/// Is it a value that has no types on the wire?
fn travels_as_text(location: &str) -> bool {
    let place = match location.strip_prefix("status.") {
        Some(rest) => rest.split_once('.').map_or("", |it| it.1),
        None => location,
    };
    let kind = place.split('.').next().unwrap_or_default();
    matches!(kind, "query" | "path" | "header" | "cookie" | "form")
}

pub(super) fn name(revision: Revision) -> &'static str {
    match revision {
        Revision::Base => "base",
        Revision::Head => "head",
    }
}
