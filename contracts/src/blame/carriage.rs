//! How values travel: as JSON, as characters, as the members of a form.

use crate::{
    blame::{lists::Lists, text::AsText},
    compare::question::{Carriage, SchemaQuestion, Serialization, Style},
    inclusion::TypeSet,
};

/// What travels as characters.
pub(crate) fn as_text(question: &SchemaQuestion) -> AsText {
    // Separators within a text are percent-encoded, but not in header fields and parts.
    let is_multipart = question.media_type.as_ref().is_some_and(|it| it.contains("multipart"));
    let is_plain = question.location.contains("header.") || is_multipart;
    let lists = |by| lists(by, is_plain);
    match &question.carriage {
        Carriage::Json | Carriage::Raw => AsText::Never,
        Carriage::Text(by) => AsText::Always(lists(*by)),
        Carriage::Xml => AsText::Always(Lists::Elements),
        Carriage::Line => AsText::Scalar,
        Carriage::Form(members) => {
            let by = members.iter().map(|(name, by)| (name.clone(), by.map(lists)));
            AsText::Members(by.collect())
        }
    }
}

/// How a style writes lists.
fn lists(by: Serialization, is_plain: bool) -> Lists {
    match by.style {
        Style::Form | Style::Cookie | Style::Matrix | Style::Simple if !is_plain => Lists::Pieces,
        Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::Tabs if by.explode => {
            Lists::Pieces
        }
        Style::Label => Lists::Dotted,
        Style::Form
        | Style::Cookie
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::Matrix
        | Style::Simple
        | Style::Tabs => Lists::Joined,
        Style::DeepObject => Lists::Never,
    }
}

/// The kinds of values that can travel at all, if not all of them do.
pub(crate) fn travels(carriage: &Carriage) -> Option<TypeSet> {
    match carriage {
        Carriage::Line => {
            Some(TypeSet::NULL | TypeSet::BOOLEAN | TypeSet::NUMBER | TypeSet::STRING)
        }
        Carriage::Raw => Some(TypeSet::STRING),
        Carriage::Json | Carriage::Text(_) | Carriage::Form(_) | Carriage::Xml => None,
    }
}

/// Is a list one text on the wire?
pub(crate) fn is_joined(carriage: &Carriage) -> bool {
    let Carriage::Text(by) = carriage else { return false };
    match by.style {
        Style::Simple | Style::Label => true,
        Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::Tabs
        | Style::Cookie
        | Style::Matrix => !by.explode,
        Style::DeepObject => false,
    }
}
