//! Values that travel as characters: what one side sends as a number, the other may read as a text.

use serde_json::Value;

use crate::{
    Answer,
    blame::asking::Asking,
    inclusion::{SchemaId, TypeSet},
};

/// Whole numbers as texts, from zero up and all; numbers likewise.
const NUMBERS: [(&str, TypeSet, bool); 4] = [
    ("^(0|[1-9][0-9]*)$", TypeSet::INTEGER, true),
    ("^-?(0|[1-9][0-9]*)$", TypeSet::INTEGER, false),
    (r"^(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$", TypeSet::NUMBER, true),
    (r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$", TypeSet::NUMBER, false),
];

/// How many single values are tried before it counts as a difference.
const TRIES: usize = 32;

/// The kinds of values of the sending side whose characters the receiving side all reads, though
/// perhaps as another kind.
pub(crate) fn alike(asking: &mut Asking<'_>, sub: SchemaId, sup: SchemaId) -> TypeSet {
    let kinds = [TypeSet::NULL, TypeSet::BOOLEAN, TypeSet::NUMBER, TypeSet::STRING];
    kinds.into_iter().fold(TypeSet::NONE, |sum, kind| {
        let schemas = asking.schemas();
        let of_kind = schemas.types(kind);
        let sent = schemas.all([sub, of_kind]);
        let is_alike = sent != SchemaId::FALSE
            && !asking.included(sent, sup)
            && (in_general(asking, kind, sent, sup) || one_by_one(asking, sent, sup));
        if is_alike { sum | kind } else { sum }
    })
}

/// Numbers sent where every text of that form is read, and the other way round.
fn in_general(asking: &mut Asking<'_>, kind: TypeSet, sent: SchemaId, sup: SchemaId) -> bool {
    if kind == TypeSet::STRING {
        return NUMBERS.iter().any(|(pattern, numbers, is_positive)| {
            let schemas = asking.schemas();
            let texts = schemas.pattern(pattern);
            let numbers = schemas.types(*numbers);
            let least = if *is_positive { schemas.minimum(zero(), false) } else { SchemaId::TRUE };
            let numbers = schemas.all([numbers, least]);
            asking.included(sent, texts) && asking.included(numbers, sup)
        });
    }
    kind == TypeSet::NUMBER
        && NUMBERS.iter().any(|(pattern, numbers, is_positive)| {
            let schemas = asking.schemas();
            let texts = schemas.types(TypeSet::STRING);
            let pattern = schemas.pattern(pattern);
            let texts = schemas.all([texts, pattern]);
            let numbers = schemas.types(*numbers);
            let least = if *is_positive { schemas.minimum(zero(), false) } else { SchemaId::TRUE };
            let numbers = schemas.all([numbers, least]);
            asking.included(sent, numbers) && asking.included(texts, sup)
        })
}

fn zero() -> crate::decimal::Decimal {
    crate::decimal::Decimal::parse("0").unwrap_or_else(crate::decimal::Decimal::one)
}

/// Each value that the receiver does not take as it is, by its characters.
fn one_by_one(asking: &mut Asking<'_>, sent: SchemaId, sup: SchemaId) -> bool {
    let mut rest = sent;
    for _ in 0..TRIES {
        match asking.fits(rest, sup) {
            Answer::Included => return true,
            Answer::Undecided(_) => return false,
            Answer::NotIncluded(value) => {
                if !readings(&value).iter().any(|it| {
                    let schemas = asking.schemas();
                    let read = schemas.constant(it);
                    asking.included(read, sup)
                }) {
                    return false;
                }
                let schemas = asking.schemas();
                let tried = schemas.constant(&value);
                let other = schemas.not(tried);
                rest = schemas.all([rest, other]);
            }
        }
    }
    false
}

/// What else the characters of a value can be read as.
fn readings(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => {
            let read = serde_json::from_str(text).ok();
            read.filter(|it: &Value| it.is_number() || it.is_boolean()).into_iter().collect()
        }
        Value::Number(_) | Value::Bool(_) => vec![Value::String(value.to_string())],
        Value::Null => vec![Value::String(String::new()), Value::from("null")],
        Value::Array(_) | Value::Object(_) => Vec::new(),
    }
}
