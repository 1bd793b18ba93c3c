//! Values that travel as characters: what one side sends as a number, the other may read as a text.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{
    Answer,
    blame::{
        asking::Asking,
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
    /// Everything.
    Always,
    /// The value as a whole, if it has no parts: the text of a body.
    Scalar,
    /// The members, but these.
    MembersBut(BTreeSet<String>),
}

impl AsText {
    /// What travels as characters one step down.
    pub(crate) fn inside(&self, name: Option<&str>) -> Self {
        let is_json = match self {
            Self::Never | Self::Scalar => true,
            Self::Always => false,
            Self::MembersBut(names) => name.is_some_and(|it| names.contains(it)),
        };
        if is_json { Self::Never } else { Self::Always }
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
const TRIES: usize = 32;

impl Walk<'_, '_> {
    /// What the receiving side reads alike at a place, though it is of another kind.
    pub(crate) fn alike(&mut self, pair: &Pair, sub: SchemaId, sup: SchemaId) -> SchemaId {
        if !pair.as_text {
            return SchemaId::FALSE;
        }
        let scalars = alike(self.asking, sub, sup);
        if !pair.way.is_empty() || !self.has_lists {
            return scalars;
        }
        let lists = as_lists(self.asking, sub, sup);
        self.asking.schemas().any([scalars, lists])
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

/// The values without structure whose characters the receiving side reads as a list, whatever they
/// are: a text may hold the separators of lists, so it has to take lists of any length.
pub(crate) fn as_lists(asking: &mut Asking<'_>, sub: SchemaId, sup: SchemaId) -> SchemaId {
    let texts = asking.schemas().types(TypeSet::STRING);
    if takes_lists(asking, texts, sup) {
        let schemas = asking.schemas();
        let kinds = [TypeSet::NULL, TypeSet::BOOLEAN, TypeSet::NUMBER, TypeSet::STRING];
        let all: Vec<_> = kinds.iter().map(|it| schemas.types(*it)).collect();
        return schemas.any(all);
    }
    let mut all = Vec::new();
    let schemas = asking.schemas();
    let (of_kind, bare) = (schemas.types(TypeSet::STRING), schemas.pattern(BARE));
    let sent = schemas.all([sub, of_kind]);
    if sent != SchemaId::FALSE && asking.included(sent, bare) {
        if takes_one(asking, sent, sup) {
            all.push(of_kind);
        } else {
            all.extend(lists_of_one(asking, sent, sup));
        }
    }
    for kind in [TypeSet::BOOLEAN, TypeSet::NUMBER] {
        let schemas = asking.schemas();
        let of_kind = schemas.types(kind);
        let sent = schemas.all([sub, of_kind]);
        if sent != SchemaId::FALSE && takes_lists(asking, sent, sup) {
            all.push(of_kind);
        }
    }
    asking.schemas().any(all)
}

/// A text that is one item in every style.
const BARE: &str = r"^[^,;.|&=\s]+$";

/// Single texts that the receiver reads as lists of one.
fn lists_of_one(asking: &mut Asking<'_>, sent: SchemaId, sup: SchemaId) -> Vec<SchemaId> {
    let schemas = asking.schemas();
    let lists = schemas.types(TypeSet::ARRAY);
    let lists = schemas.all([lists, sup]);
    if asking.included(lists, SchemaId::FALSE) {
        return Vec::new();
    }
    let mut rest = sent;
    let mut found = Vec::new();
    for _ in 0..TRIES {
        let Answer::NotIncluded(value) = asking.fits(rest, sup) else { break };
        let is_read = asking.takes(sup, &Value::from(vec![value.clone()]));
        let schemas = asking.schemas();
        let tried = schemas.constant(&value);
        found.extend(is_read.then_some(tried));
        let other = schemas.not(tried);
        rest = schemas.all([rest, other]);
    }
    found
}

fn takes_one(asking: &mut Asking<'_>, item: SchemaId, sup: SchemaId) -> bool {
    let schemas = asking.schemas();
    let parts =
        [schemas.types(TypeSet::ARRAY), schemas.item_count(1, Some(1)), schemas.items(item)];
    let lists = schemas.all(parts);
    asking.included(lists, sup)
}

fn takes_lists(asking: &mut Asking<'_>, item: SchemaId, sup: SchemaId) -> bool {
    let schemas = asking.schemas();
    let parts = [schemas.types(TypeSet::ARRAY), schemas.item_count(1, None), schemas.items(item)];
    let lists = schemas.all(parts);
    asking.included(lists, sup)
}

/// Does a schema take a value as its characters can be read?
pub(crate) fn is_read(
    asking: &mut Asking<'_>,
    value: &Value,
    as_text: &AsText,
    sup: SchemaId,
) -> bool {
    let meanings = match (as_text, value) {
        (AsText::Always, _) => {
            let one = meanings(asking, value);
            if is_bare(value) { or_list_of_one(asking, one) } else { one }
        }
        (AsText::MembersBut(_), Value::Object(members)) => {
            let mut parts = vec![closed(asking, members)];
            for (name, member) in members {
                let is_text = as_text.inside(Some(name)) == AsText::Always;
                let inner = if is_text {
                    meanings(asking, member)
                } else {
                    asking.schemas().constant(member)
                };
                parts.push(asking.schemas().property(name, inner));
            }
            asking.schemas().all(parts)
        }
        (AsText::Scalar, _) if !value.is_array() && !value.is_object() => meanings(asking, value),
        (AsText::Never | AsText::Scalar | AsText::MembersBut(_), _) => {
            asking.schemas().constant(value)
        }
    };
    let schemas = asking.schemas();
    let read = schemas.all([meanings, sup]);
    !asking.included(read, SchemaId::FALSE)
}

/// Is it one item in every style?
fn is_bare(value: &Value) -> bool {
    let is_separator = |it: char| ",;.|&=".contains(it) || it.is_whitespace();
    value.as_str().is_some_and(|it| !it.is_empty() && !it.contains(is_separator))
}

fn or_list_of_one(asking: &mut Asking<'_>, item: SchemaId) -> SchemaId {
    let schemas = asking.schemas();
    let lists = schemas.types(TypeSet::ARRAY);
    let (one, of) = (schemas.item_count(1, Some(1)), schemas.items(item));
    let lists = schemas.all([lists, one, of]);
    schemas.any([item, lists])
}

/// All that the characters of a value can be read as.
fn meanings(asking: &mut Asking<'_>, value: &Value) -> SchemaId {
    match value {
        Value::Array(items) => {
            let n_items = items.len() as u64;
            let schemas = asking.schemas();
            let mut parts =
                vec![schemas.types(TypeSet::ARRAY), schemas.item_count(n_items, Some(n_items))];
            for (idx, item) in (0..).zip(items) {
                let inner = meanings(asking, item);
                parts.push(asking.schemas().item(idx, inner));
            }
            asking.schemas().all(parts)
        }
        Value::Object(members) => {
            let mut parts = vec![closed(asking, members)];
            for (name, member) in members {
                let inner = meanings(asking, member);
                parts.push(asking.schemas().property(name, inner));
            }
            asking.schemas().all(parts)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let schemas = asking.schemas();
            let mut all = vec![schemas.constant(value)];
            all.extend(readings(value).iter().map(|it| schemas.constant(it)));
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
fn readings(value: &Value) -> Vec<Value> {
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
