//! Values that travel as characters: what one side sends as a number, the other may read as a text.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    Answer,
    blame::{
        asking::Asking,
        lists::{Lists, all_meanings, read_alike, sent},
        walk::{Pair, Walk},
    },
    decimal::Decimal,
    inclusion::{SchemaId, TypeSet},
};

/// What travels as characters from a position on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AsText {
    /// Nothing.
    Never,
    /// Everything, with lists of this form.
    Always(Lists),
    /// The value as a whole, if it has no parts: the text of a body.
    Scalar,
    /// The members: these with lists of a form or as they are, all others in pieces.
    Members(BTreeMap<String, Option<Lists>>),
}

impl AsText {
    /// What travels as characters one step down.
    pub(crate) fn inside(&self, name: Option<&str>) -> Self {
        let lists = match self {
            Self::Never | Self::Scalar => None,
            Self::Always(Lists::Elements) => Some(Lists::Elements),
            Self::Always(_) => Some(Lists::Never),
            Self::Members(names) => {
                let by = name.and_then(|it| names.get(it));
                by.copied().unwrap_or(Some(Lists::Pieces))
            }
        };
        lists.map_or(Self::Never, Self::Always)
    }

    /// How lists travel here, if values are characters.
    pub(crate) fn lists(&self) -> Option<Lists> {
        match self {
            Self::Always(lists) => Some(*lists),
            Self::Scalar => Some(Lists::Never),
            Self::Never | Self::Members(_) => None,
        }
    }
}

/// Whole numbers as texts, from one and zero up and all; numbers likewise.
const NUMBERS: [(&str, TypeSet, Option<&str>); 5] = [
    ("^[1-9][0-9]*$", TypeSet::INTEGER, Some("1")),
    ("^(0|[1-9][0-9]*)$", TypeSet::INTEGER, Some("0")),
    ("^-?(0|[1-9][0-9]*)$", TypeSet::INTEGER, None),
    (r"^(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$", TypeSet::NUMBER, Some("0")),
    (r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$", TypeSet::NUMBER, None),
];

/// Digits of the numbers whose texts are counted.
const DIGITS: u8 = 20;

/// How many single values are tried before it counts as a difference.
pub(crate) const TRIES: usize = 32;

impl Walk<'_, '_> {
    /// What the receiving side reads alike at a place, though it is of another kind.
    pub(crate) fn alike(&mut self, pair: &Pair, sub: SchemaId, sup: SchemaId) -> SchemaId {
        let Some(lists) = pair.as_text else { return SchemaId::FALSE };
        let read = read_alike(self.asking, (sub, sup), lists);
        if pair.way.is_empty() {
            return read;
        }
        let scalars = alike(self.asking, sub, sup);
        let schemas = self.asking.schemas();
        let null = schemas.types(TypeSet::NULL);
        let other = schemas.not(null);
        let scalars = if lists == Lists::Elements { SchemaId::FALSE } else { scalars };
        let others = schemas.all([read, other]);
        schemas.any([scalars, others])
    }
}

/// The values of the sending side whose characters the receiving side reads, though perhaps as
/// values of another kind: whole kinds, or single values.
pub(crate) fn alike(asking: &mut Asking<'_>, sub: SchemaId, sup: SchemaId) -> SchemaId {
    let kinds = [TypeSet::NULL, TypeSet::BOOLEAN, TypeSet::NUMBER, TypeSet::STRING];
    let mut all = Vec::new();
    for kind in kinds {
        let schemas = asking.schemas();
        let of_kind = schemas.types(kind);
        let sent = schemas.all([sub, of_kind]);
        if sent == SchemaId::FALSE || asking.included(sent, sup) {
            continue;
        }
        if in_general(asking, kind, sent, sup) {
            all.push(of_kind);
        } else {
            all.extend(
                one_by_one(asking, sent, sup).iter().map(|it| asking.schemas().constant(it)),
            );
        }
    }
    asking.schemas().any(all)
}

/// Does a schema take a value as its characters can be read?
pub(crate) fn is_read(
    asking: &mut Asking<'_>,
    value: &Value,
    as_text: &AsText,
    sup: SchemaId,
) -> bool {
    let meanings = match (as_text, value) {
        (AsText::Always(lists), _) => all_meanings(asking, value, *lists),
        (AsText::Members(_), Value::Object(members)) => {
            let members = sent(asking, members, (as_text, sup));
            let mut parts = vec![closed(asking, &members)];
            for (name, member) in &members {
                let inner = match as_text.inside(Some(name)).lists() {
                    // A member without a value is hardly meant to be a list.
                    Some(_) if member.is_null() => meanings(asking, member, Lists::Never),
                    Some(lists) => all_meanings(asking, member, lists),
                    None => asking.schemas().constant(member),
                };
                parts.push(asking.schemas().property(name, inner));
            }
            asking.schemas().all(parts)
        }
        (AsText::Scalar, _) if !value.is_array() && !value.is_object() => {
            meanings(asking, value, Lists::Never)
        }
        (AsText::Never | AsText::Scalar | AsText::Members(_), _) => {
            asking.schemas().constant(value)
        }
    };
    let schemas = asking.schemas();
    let read = schemas.all([meanings, sup]);
    !asking.included(read, SchemaId::FALSE)
}

/// All that the characters of a value can be read as.
pub(crate) fn meanings(asking: &mut Asking<'_>, value: &Value, lists: Lists) -> SchemaId {
    match value {
        Value::Array(items) => {
            let n_items = items.len() as u64;
            let schemas = asking.schemas();
            let mut parts =
                vec![schemas.types(TypeSet::ARRAY), schemas.item_count(n_items, Some(n_items))];
            for (idx, item) in (0..).zip(items) {
                let inner = meanings(asking, item, lists);
                parts.push(asking.schemas().item(idx, inner));
            }
            asking.schemas().all(parts)
        }
        Value::Object(members) => {
            let mut parts = vec![closed(asking, members)];
            for (name, member) in members {
                let inner = meanings(asking, member, lists);
                parts.push(asking.schemas().property(name, inner));
            }
            asking.schemas().all(parts)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let schemas = asking.schemas();
            let mut all = vec![schemas.constant(value)];
            // In XML nothing is not an empty text.
            let keeps = |it: &Value| lists != Lists::Elements || it.is_null() == value.is_null();
            let others = readings(value).into_iter().filter(keeps);
            all.extend(others.map(|it| schemas.constant(&it)));
            schemas.any(all)
        }
    }
}

/// Objects with exactly these names.
fn closed(asking: &mut Asking<'_>, members: &Map<String, Value>) -> SchemaId {
    let schemas = asking.schemas();
    let n_members = members.len() as u64;
    let mut parts =
        vec![schemas.types(TypeSet::OBJECT), schemas.property_count(n_members, Some(n_members))];
    parts.extend(members.keys().map(|it| schemas.required(it)));
    schemas.all(parts)
}

/// Numbers sent where every text of that form is read, and the other way round.
fn in_general(asking: &mut Asking<'_>, kind: TypeSet, sent: SchemaId, sup: SchemaId) -> bool {
    if kind == TypeSet::STRING {
        return NUMBERS.iter().any(|(pattern, numbers, least)| {
            let schemas = asking.schemas();
            let texts = schemas.pattern(pattern);
            let numbers = schemas.types(*numbers);
            let numbers = at_least(asking, numbers, *least);
            asking.included(sent, texts) && asking.included(numbers, sup)
        });
    }
    if kind != TypeSet::NUMBER {
        return false;
    }
    let is_of_kind = NUMBERS.iter().any(|(pattern, numbers, least)| {
        let schemas = asking.schemas();
        let texts = schemas.types(TypeSet::STRING);
        let pattern = schemas.pattern(pattern);
        let texts = schemas.all([texts, pattern]);
        let numbers = schemas.types(*numbers);
        let numbers = at_least(asking, numbers, *least);
        asking.included(sent, numbers) && asking.included(texts, sup)
    });
    is_of_kind || short_numbers(asking, sent, sup)
}

/// The other kinds of values whose characters all values of a schema are.
pub(crate) fn forms(asking: &mut Asking<'_>, sent: SchemaId) -> Vec<SchemaId> {
    let schemas = asking.schemas();
    let (booleans, words) = (schemas.types(TypeSet::BOOLEAN), schemas.pattern("^(true|false)$"));
    let (texts, nulls) = (schemas.types(TypeSet::STRING), schemas.types(TypeSet::NULL));
    let (words, nothing) = (schemas.all([texts, words]), schemas.constant(&Value::from("")));
    let mut pairs = vec![(booleans, words), (nulls, nothing)];
    for (pattern, kinds, least) in NUMBERS {
        let schemas = asking.schemas();
        let (pattern, numbers) = (schemas.pattern(pattern), schemas.types(kinds));
        let written = schemas.all([texts, pattern]);
        pairs.push((at_least(asking, numbers, least), written));
    }
    let mut found = Vec::new();
    for (values, written) in pairs {
        found.extend(asking.included(sent, values).then_some(written));
        found.extend(asking.included(sent, written).then_some(values));
    }
    found
}

fn at_least(asking: &mut Asking<'_>, numbers: SchemaId, least: Option<&str>) -> SchemaId {
    let Some(least) = least.and_then(Decimal::parse) else { return numbers };
    let schemas = asking.schemas();
    let least = schemas.minimum(least, false);
    schemas.all([numbers, least])
}

/// Whole numbers of so few digits that every text of so many is read.
fn short_numbers(asking: &mut Asking<'_>, sent: SchemaId, sup: SchemaId) -> bool {
    let schemas = asking.schemas();
    let (positive, negative) = (schemas.minimum(zero(), false), schemas.maximum(zero(), true));
    let (above, below) = (schemas.all([sent, positive]), schemas.all([sent, negative]));
    let (Some(above), Some(below)) = (n_digits(asking, above), n_digits(asking, below)) else {
        return false;
    };
    // No digit at all where there is no such number.
    let digits = |n_digits: u8| format!("[1-9][0-9]{{0,{}}}", n_digits.saturating_sub(1));
    let negative = if below == 0 { String::new() } else { format!("|-{}", digits(below)) };
    let schemas = asking.schemas();
    let pattern = schemas.pattern(&format!("^(0|{}{negative})$", digits(above)));
    let texts = schemas.types(TypeSet::STRING);
    let texts = schemas.all([texts, pattern]);
    asking.included(texts, sup)
}

/// The most digits of whole numbers; nothing if they are many, or if there are fractions.
fn n_digits(asking: &mut Asking<'_>, sent: SchemaId) -> Option<u8> {
    let bound = |text: String| Decimal::parse(&text).unwrap_or_else(Decimal::one);
    if asking.included(sent, SchemaId::FALSE) {
        return Some(0);
    }
    (1..=DIGITS).find(|n_digits| {
        let schemas = asking.schemas();
        let below = schemas.maximum(bound(format!("1e{n_digits}")), true);
        let above = schemas.minimum(bound(format!("-1e{n_digits}")), true);
        let whole = schemas.types(TypeSet::INTEGER);
        let numbers = schemas.all([below, above, whole]);
        asking.included(sent, numbers)
    })
}

/// Long numbers that one schema may take and no short text of the other can be.
pub(crate) fn long_numbers() -> impl Iterator<Item = Value> {
    let ends = |n_zeros: usize| {
        let one = format!("1{}", "0".repeat(n_zeros));
        [one.clone(), format!("-{one}")]
    };
    (1..=usize::from(DIGITS)).flat_map(ends).filter_map(|it| serde_json::from_str(&it).ok())
}

fn zero() -> Decimal {
    Decimal::parse("0").unwrap_or_else(Decimal::one)
}

/// The values that the receiver does not take as they are, but by their characters; as many as
/// can be found one after the other.
fn one_by_one(asking: &mut Asking<'_>, sent: SchemaId, sup: SchemaId) -> Vec<Value> {
    let mut rest = sent;
    let mut found = Vec::new();
    for _ in 0..TRIES {
        let Answer::NotIncluded(value) = asking.fits(rest, sup) else { break };
        if readings(&value).iter().any(|it| asking.takes(sup, it)) {
            found.push(value.clone());
        }
        let schemas = asking.schemas();
        let tried = schemas.constant(&value);
        let other = schemas.not(tried);
        rest = schemas.all([rest, other]);
    }
    found
}

/// What else the characters of a value can be read as. What has no characters is how `null`
/// travels, if it travels at all.
pub(crate) fn readings(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) if text.is_empty() => vec![Value::Null],
        Value::String(text) => {
            let read = serde_json::from_str(text.trim()).ok().filter(|_| text.trim() == text);
            read.filter(|it: &Value| it.is_number() || it.is_boolean()).into_iter().collect()
        }
        Value::Number(_) | Value::Bool(_) => vec![Value::String(value.to_string())],
        Value::Null => vec![Value::String(String::new())],
        Value::Array(_) | Value::Object(_) => Vec::new(),
    }
}
