//! What differs between the dialects, as questions.

use contracts::Dialect;

/// Do `exclusiveMinimum` and `exclusiveMaximum` only modify their neighbours?
pub(super) fn has_boolean_bounds(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Oas20 | Dialect::Oas30 | Dialect::Draft4)
}

/// `const`, `contains`, `propertyNames`
pub(super) fn has_draft6(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Draft6) || has_draft7(dialect)
}

/// `if`
pub(super) fn has_draft7(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Draft7) || has_draft2019(dialect)
}

/// `unevaluated…`, `dependent…`, `minContains`, siblings of `$ref`
pub(super) fn has_draft2019(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Draft2019 | Dialect::Draft2020)
}

/// `dependencies`
pub(super) fn has_dependencies(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Draft4 | Dialect::Draft6 | Dialect::Draft7)
}

/// `patternProperties` and tuples: OpenAPI before 3.1 knows a part of the keywords only.
pub(super) fn is_json_schema(dialect: Dialect) -> bool {
    !matches!(dialect, Dialect::Oas20 | Dialect::Oas30)
}

/// The keyword that adds `null` to a `type` beside it.
pub(super) fn nullable(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Oas30 => Some("nullable"),
        Dialect::Oas20 => Some("x-nullable"),
        Dialect::Draft4
        | Dialect::Draft6
        | Dialect::Draft7
        | Dialect::Draft2019
        | Dialect::Draft2020 => None,
    }
}
