//! How values become characters: the words of the runtime for styles, and for kinds of headers.

use contracts::{
    inclusion::TypeSet,
    operations::{Parameter, Place, Serialization, Style},
};

use crate::{
    model::{ShapeId, UnitId},
    schemas::Types,
};

/// How the runtime writes a parameter; nothing if it is one text written as it is.
pub(crate) fn writer(
    types: &Types,
    parameter: &Parameter,
    unit: Option<UnitId>,
) -> Option<&'static str> {
    if let Some(range) = &parameter.content {
        let is_pair = matches!(parameter.place, Place::Query | Place::Cookie);
        let word = if is_pair { "formJson" } else { "asJson" };
        return range.is_json().then_some(word);
    }
    let kinds = unit.map_or(TypeSet::ALL, |it| types.unit_reach(it));
    let is_scalar = !kinds.meets(TypeSet::ARRAY) && !kinds.meets(TypeSet::OBJECT);
    let style = parameter.serialization.style;
    if is_scalar && matches!(style, Style::Simple | Style::Form | Style::Cookie) {
        return None;
    }
    Some(style_word(parameter.serialization))
}

/// How the server reads a parameter.
pub(crate) fn reader(parameter: &Parameter) -> &'static str {
    let is_pair = matches!(parameter.place, Place::Query | Place::Cookie);
    match &parameter.content {
        Some(range) if range.is_json() => {
            if is_pair {
                "formJson"
            } else {
                "asJson"
            }
        }
        Some(_) => {
            if is_pair {
                "form"
            } else {
                "simple"
            }
        }
        None => style_word(parameter.serialization),
    }
}

fn style_word(serialization: Serialization) -> &'static str {
    match (serialization.style, serialization.explode) {
        (Style::Simple, false) => "simple",
        (Style::Simple, true) => "simpleExploded",
        (Style::Form | Style::Cookie, false) => "form",
        // Lists are then written as `form` writes them; other values have no meaning there.
        (Style::Form | Style::Cookie | Style::SpaceDelimited | Style::PipeDelimited, true) => {
            "formExploded"
        }
        (Style::SpaceDelimited, false) => "spaceDelimited",
        (Style::PipeDelimited, false) => "pipeDelimited",
        (Style::Tabs, _) => "tabDelimited",
        (Style::DeepObject, _) => "deepObject",
        (Style::Label, false) => "label",
        (Style::Label, true) => "labelExploded",
        (Style::Matrix, false) => "matrix",
        (Style::Matrix, true) => "matrixExploded",
    }
}

/// How its characters are encoded, unless as usual.
pub(crate) fn encoder(parameter: &Parameter) -> Option<&'static str> {
    match parameter.place {
        Place::Query if parameter.allow_reserved => return Some("reserved"),
        Place::Path if parameter.allow_reserved => return Some("reservedInPath"),
        Place::Path
        | Place::Query
        | Place::Querystring
        | Place::Header
        | Place::Cookie
        | Place::Form => {}
    }
    (parameter.serialization.style == Style::Cookie).then_some("raw")
}

/// What the value of a header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeaderKind {
    /// What it is, or each of its items.
    pub scalar: Scalar,
    /// Are there several?
    pub is_list: bool,
}

/// What a text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scalar {
    /// Itself.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A truth value.
    Boolean,
}

impl HeaderKind {
    /// By the schema of the header.
    pub(crate) fn of(types: &Types, unit: Option<UnitId>) -> Self {
        let text = Self { scalar: Scalar::Text, is_list: false };
        let Some(unit) = unit else { return text };
        let kinds = types.unit_reach(unit) & !TypeSet::NULL;
        if kinds.is_empty() || !TypeSet::ARRAY.covers(kinds) {
            return Self { scalar: Scalar::of(kinds), is_list: false };
        }
        let rules = items(types, types.model().unit(unit).shape);
        let scalar = rules.map_or(Scalar::Text, |it| Scalar::of(types.reach(it)));
        Self { scalar, is_list: true }
    }
}

impl Scalar {
    fn of(kinds: TypeSet) -> Self {
        if kinds.is_empty() {
            Self::Text
        } else if TypeSet::INTEGER.covers(kinds) {
            Self::Integer
        } else if TypeSet::NUMBER.covers(kinds) {
            Self::Number
        } else if TypeSet::BOOLEAN.covers(kinds) {
            Self::Boolean
        } else {
            Self::Text
        }
    }

    /// The word of the runtime.
    pub(crate) fn parser(self) -> &'static str {
        match self {
            Self::Text => "asText",
            Self::Integer => "asInteger",
            Self::Number => "asNumber",
            Self::Boolean => "asBoolean",
        }
    }

    /// The type.
    pub(crate) fn type_word(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer | Self::Number => "number",
            Self::Boolean => "boolean",
        }
    }
}

/// The schema of the items of a list, through references.
fn items(types: &Types, id: ShapeId) -> Option<ShapeId> {
    let shape = types.model().shape(id);
    let own = shape.array.as_ref().and_then(|it| it.rest);
    let referred = || shape.references.first().map(|it| types.model().unit(*it).shape);
    own.or_else(|| {
        let target = types.model().shape(referred()?);
        target.array.as_ref().and_then(|it| it.rest)
    })
}
