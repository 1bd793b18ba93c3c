//! How values travel: as JSON, as characters, as the members of a form.

use crate::{
    blame::text::AsText,
    compare::question::{Carriage, Style},
    inclusion::TypeSet,
};

/// What travels as characters.
pub(crate) fn as_text(carriage: &Carriage) -> AsText {
    match carriage {
        Carriage::Json | Carriage::Raw => AsText::Never,
        Carriage::Text(_) => AsText::Always,
        Carriage::Line => AsText::Scalar,
        Carriage::Form(members) => {
            let json = members.iter().filter(|it| it.1.is_none());
            AsText::MembersBut(json.map(|it| it.0.clone()).collect())
        }
    }
}

/// The kinds of values that can travel at all, if not all of them do.
pub(crate) fn travels(carriage: &Carriage) -> Option<TypeSet> {
    match carriage {
        Carriage::Line => {
            Some(TypeSet::NULL | TypeSet::BOOLEAN | TypeSet::NUMBER | TypeSet::STRING)
        }
        Carriage::Raw => Some(TypeSet::STRING),
        Carriage::Json | Carriage::Text(_) | Carriage::Form(_) => None,
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
