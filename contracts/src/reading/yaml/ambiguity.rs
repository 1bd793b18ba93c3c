//! Where a reader of YAML 1.1 sees another value.

use crate::{
    Pointer,
    reading::{
        problem::{N_NOTES, Note},
        role::Role,
        yaml::{
            Reader,
            collection::{Content, Open},
            scalar::{self, Scalar, other_reading},
        },
    },
};

impl Reader<'_> {
    /// The role of the value that comes next, and whether its scalars decide something.
    pub(super) fn role_here(&self) -> (Role, bool) {
        let Some(open) = self.open.last() else { return (Role::Words, false) };
        match &open.content {
            Content::List { .. } => (open.role.item(), open.is_deciding),
            Content::Mapping { name: Some(name), .. } => {
                let name = self.store.text_of(name.text);
                (open.role.member(name), open.role.has_words() && is_deciding(name))
            }
            Content::Mapping { name: None, .. } => (open.role, false),
        }
    }

    /// Notes a name without quotes, if YAML 1.1 reads it as something else.
    pub(super) fn note_name(&mut self, text: &str, span: saphyr_parser::Span) {
        let is_extension = self.open.last().is_some_and(|it| it.role == Role::Extension);
        if is_extension {
            return;
        }
        let Some(elsewhere) = other_reading(text) else { return };
        let message = format!("YAML 1.1 reads the name `{text}` as {elsewhere}; quote it");
        let here = format!("the name \"{text}\"");
        self.note(span, self.pointer().child(text), (here, elsewhere), message);
    }

    /// Notes a value without quotes in a place that matters, if YAML 1.1 reads something else.
    pub(super) fn note_value(&mut self, text: &str, span: saphyr_parser::Span) {
        let Some(elsewhere) = other_reading(text) else { return };
        let (role, is_deciding) = self.role_here();
        if role != Role::Data && !is_deciding {
            return;
        }
        let here = match scalar::plain(text) {
            Scalar::Number(it) => it,
            Scalar::Null | Scalar::Bool(_) | Scalar::Text => format!("the text \"{text}\""),
        };
        let message = format!("YAML 1.1 reads `{text}` as {elsewhere}; quote it or write it out");
        self.note(span, self.pointer(), (here, elsewhere), message);
    }

    fn note(
        &mut self,
        span: saphyr_parser::Span,
        pointer: Pointer,
        (here, elsewhere): (String, String),
        message: String,
    ) {
        if self.notes.len() < N_NOTES {
            let span = self.offsets.span(span);
            self.notes.push(Note { span, pointer, here, elsewhere, message });
        }
    }

    /// The way to the value that is read now, or to the mapping whose name is.
    fn pointer(&self) -> Pointer {
        let start = |it: &Open| match it.content {
            Content::List { start } => Some(start),
            Content::Mapping { .. } => None,
        };
        let starts: Vec<usize> = self.open.iter().filter_map(start).collect();
        let mut ends = starts.iter().copied().skip(1).chain([self.items.len()]);
        self.open.iter().fold(Pointer::root(), |at, open| match &open.content {
            Content::List { start } => {
                at.item(ends.next().unwrap_or(*start).saturating_sub(*start))
            }
            Content::Mapping { name: Some(name), .. } => at.child(self.store.text_of(name.text)),
            Content::Mapping { name: None, .. } => at,
        })
    }
}

/// Words whose truth values and numbers decide what is accepted.
fn is_deciding(word: &str) -> bool {
    matches!(
        word,
        "required"
            | "nullable"
            | "deprecated"
            | "readOnly"
            | "writeOnly"
            | "uniqueItems"
            | "additionalProperties"
            | "additionalItems"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "minimum"
            | "maximum"
            | "exclusiveMinimum"
            | "exclusiveMaximum"
            | "multipleOf"
            | "minLength"
            | "maxLength"
            | "minItems"
            | "maxItems"
            | "minProperties"
            | "maxProperties"
            | "minContains"
            | "maxContains"
            | "explode"
            | "allowReserved"
            | "allowEmptyValue"
    )
}
