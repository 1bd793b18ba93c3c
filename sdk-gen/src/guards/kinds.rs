//! Kinds in words: what the kit and its messages call them.

use contracts::inclusion::TypeSet;

use crate::writer::Writer;

/// What the kit calls the check of kinds that many schemas ask for, alone or with `null`.
pub(super) fn check_of(types: TypeSet) -> Option<&'static str> {
    let rows = [
        (TypeSet::STRING, "mustBeString", "mayBeNullOrString"),
        (TypeSet::NUMBER, "mustBeNumber", "mayBeNullOrNumber"),
        (TypeSet::INTEGER, "mustBeInteger", "mayBeNullOrInteger"),
        (TypeSet::BOOLEAN, "mustBeBoolean", "mayBeNullOrBoolean"),
        (TypeSet::ARRAY, "mustBeArray", "mayBeNullOrArray"),
        (TypeSet::OBJECT, "mustBeObject", "mayBeNullOrObject"),
    ];
    if types == TypeSet::NULL {
        return Some("mustBeNull");
    }
    let row = rows.into_iter().find(|it| it.0 == types || it.0 | TypeSet::NULL == types)?;
    Some(if row.0 == types { row.1 } else { row.2 })
}

/// `must be string or null`, in the words of the keyword `type`.
pub(super) fn kinds(out: &mut Writer, types: TypeSet) {
    const WORDS: [&str; 6] = ["string", "number", "boolean", "object", "array", "null"];
    let is_whole = types.covers(TypeSet::INTEGER) && !types.covers(TypeSet::FRACTION);
    let words =
        WORDS.into_iter().filter(|word| TypeSet::named(word).is_some_and(|it| types.covers(it)));
    out.put("must be ");
    for (idx, word) in is_whole.then_some("integer").into_iter().chain(words).enumerate() {
        out.put(if idx == 0 { "" } else { " or " }).put(word);
    }
}
