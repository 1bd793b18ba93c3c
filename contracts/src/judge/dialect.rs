//! What the keywords of a schema mean, by the version of the contract and `$schema`.

use super::texts::{At, Texts};

/// A meaning of keywords, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dialect {
    /// Swagger 2.0.
    Oas20,
    /// OpenAPI 3.0.
    Oas30,
    /// JSON Schema draft 4.
    Draft4,
    /// JSON Schema draft 6.
    Draft6,
    /// JSON Schema draft 7.
    Draft7,
    /// JSON Schema 2019-09.
    Draft2019,
    /// JSON Schema 2020-12.
    Draft2020,
}

/// The keywords that constrain, each with the first dialect that knows it.
const KEYWORDS: &[(&str, Dialect)] = &[
    ("allOf", Dialect::Oas20),
    ("enum", Dialect::Oas20),
    ("items", Dialect::Oas20),
    ("additionalProperties", Dialect::Oas20),
    ("maxItems", Dialect::Oas20),
    ("maxLength", Dialect::Oas20),
    ("maxProperties", Dialect::Oas20),
    ("minItems", Dialect::Oas20),
    ("minLength", Dialect::Oas20),
    ("minProperties", Dialect::Oas20),
    ("multipleOf", Dialect::Oas20),
    ("pattern", Dialect::Oas20),
    ("properties", Dialect::Oas20),
    ("required", Dialect::Oas20),
    ("uniqueItems", Dialect::Oas20),
    ("anyOf", Dialect::Oas30),
    ("not", Dialect::Oas30),
    ("oneOf", Dialect::Oas30),
    ("additionalItems", Dialect::Draft4),
    ("dependencies", Dialect::Draft4),
    ("patternProperties", Dialect::Draft4),
    ("const", Dialect::Draft6),
    ("contains", Dialect::Draft6),
    ("propertyNames", Dialect::Draft6),
    ("if", Dialect::Draft7),
    ("dependentRequired", Dialect::Draft2019),
    ("dependentSchemas", Dialect::Draft2019),
    ("maxContains", Dialect::Draft2019),
    ("minContains", Dialect::Draft2019),
    ("unevaluatedItems", Dialect::Draft2019),
    ("unevaluatedProperties", Dialect::Draft2019),
    ("prefixItems", Dialect::Draft2020),
];

const DRAFTS: &[(&str, Dialect)] = &[
    ("json-schema.org/draft-04/schema", Dialect::Draft4),
    ("json-schema.org/draft-06/schema", Dialect::Draft6),
    ("json-schema.org/draft-07/schema", Dialect::Draft7),
    ("json-schema.org/draft/2019-09/schema", Dialect::Draft2019),
    ("json-schema.org/draft/2020-12/schema", Dialect::Draft2020),
];

impl Dialect {
    /// The dialect that holds at a place, or the name of one that nobody here knows.
    pub(super) fn at(texts: &Texts, at: &At) -> Result<Self, String> {
        if texts.swagger().is_some() {
            return Ok(Self::Oas20);
        }
        if texts.openapi().is_some_and(|it| it.starts_with("3.0")) {
            return Ok(Self::Oas30);
        }
        let written = texts.schema_dialect(at);
        let written = written.as_deref().or_else(|| texts.json_schema_dialect());
        written.map_or(Ok(Self::Draft2020), |it| Self::named(it).ok_or_else(|| it.to_owned()))
    }

    /// The dialect of a `$schema`.
    pub(super) fn named(address: &str) -> Option<Self> {
        let name = address.strip_suffix('#').unwrap_or(address);
        let name = name.split_once("://").map_or(name, |it| it.1);
        let is_openapi = name.starts_with("spec.openapis.org/oas/3.") && name.contains("/dialect/");
        let draft = DRAFTS.iter().find(|it| it.0 == name).map(|it| it.1);
        draft.or(is_openapi.then_some(Self::Draft2020))
    }

    pub(super) fn knows(self, keyword: &str) -> bool {
        let since = KEYWORDS.iter().find(|it| it.0 == keyword).map(|it| it.1);
        let is_renamed = matches!(keyword, "dependencies") && self >= Self::Draft2019
            || matches!(keyword, "additionalItems") && self >= Self::Draft2020;
        since.is_some_and(|it| it <= self) && !is_renamed
    }

    /// Do schemas of it lose all that stands next to a `$ref`?
    pub(super) fn drops_siblings(self) -> bool {
        self < Self::Draft2019
    }

    /// Is `exclusiveMinimum` a word about `minimum`?
    pub(super) fn has_boolean_bounds(self) -> bool {
        self <= Self::Draft4
    }

    pub(super) fn is_openapi(self) -> bool {
        self <= Self::Oas30
    }
}
