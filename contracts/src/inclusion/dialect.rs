//! What the keywords of a schema mean.

use crate::{Contract, Store, Version};

/// What the keywords of a schema mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// Swagger 2.0: draft 4 without unions; `x-nullable`.
    Oas20,
    /// OpenAPI 3.0: draft 4 with `nullable` next to `type`; siblings of `$ref` are ignored.
    Oas30,
    /// JSON Schema draft 4.
    Draft4,
    /// JSON Schema draft 6.
    Draft6,
    /// JSON Schema draft 7.
    Draft7,
    /// JSON Schema 2019-09.
    Draft2019,
    /// JSON Schema 2020-12, also OpenAPI 3.1 and newer.
    Draft2020,
}

impl Dialect {
    /// The dialect of the schemas of a contract, unless one of them says otherwise.
    #[must_use]
    pub fn of_contract(store: &Store, contract: &Contract) -> Self {
        match contract.version {
            Version::V2_0 => Self::Oas20,
            Version::V3_0 => Self::Oas30,
            Version::V3_1 | Version::V3_2 => {
                named_in(store, contract).and_then(Self::of_uri).unwrap_or(Self::Draft2020)
            }
        }
    }

    /// The name of the dialect of a contract, if it is none of ours.
    pub(super) fn unknown_in(store: &Store, contract: &Contract) -> Option<String> {
        let is_new = matches!(contract.version, Version::V3_1 | Version::V3_2);
        let uri = named_in(store, contract).filter(|it| is_new && Self::of_uri(it).is_none());
        uri.map(str::to_owned)
    }

    /// The dialect of a `$schema` or `jsonSchemaDialect`.
    #[must_use]
    pub fn of_uri(uri: &str) -> Option<Self> {
        let uri = uri.trim_end_matches('#');
        let name = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        Some(match name {
            "json-schema.org/draft-04/schema" => Self::Draft4,
            "json-schema.org/draft-06/schema" => Self::Draft6,
            "json-schema.org/draft-07/schema" => Self::Draft7,
            "json-schema.org/draft/2019-09/schema" => Self::Draft2019,
            "json-schema.org/draft/2020-12/schema" => Self::Draft2020,
            _ if name.starts_with("spec.openapis.org/oas/3.") && name.contains("/dialect/") => {
                Self::Draft2020
            }
            _ => return None,
        })
    }

    /// The word for it on the command line and in batches.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "oas20" => Self::Oas20,
            "oas30" => Self::Oas30,
            "draft4" => Self::Draft4,
            "draft6" => Self::Draft6,
            "draft7" => Self::Draft7,
            "2019-09" => Self::Draft2019,
            "2020-12" => Self::Draft2020,
            _ => return None,
        })
    }

    /// Does a keyword beside `$ref` mean something?
    #[must_use]
    pub fn reads_siblings_of_references(self) -> bool {
        self.has_draft2019()
    }

    /// Do `exclusiveMinimum` and `exclusiveMaximum` only modify their neighbours?
    pub(super) fn has_boolean_bounds(self) -> bool {
        matches!(self, Self::Oas20 | Self::Oas30 | Self::Draft4)
    }

    pub(super) fn has_draft6(self) -> bool {
        matches!(self, Self::Draft6) || self.has_draft7()
    }

    pub(super) fn has_draft7(self) -> bool {
        matches!(self, Self::Draft7) || self.has_draft2019()
    }

    pub(super) fn has_draft2019(self) -> bool {
        matches!(self, Self::Draft2019 | Self::Draft2020)
    }

    pub(super) fn has_dependencies(self) -> bool {
        matches!(self, Self::Draft4 | Self::Draft6 | Self::Draft7)
    }

    /// OpenAPI before 3.1 knows a part of the keywords only.
    pub(super) fn is_json_schema(self) -> bool {
        !matches!(self, Self::Oas20 | Self::Oas30)
    }
}

fn named_in<'s>(store: &'s Store, contract: &Contract) -> Option<&'s str> {
    store.as_str(store.get(contract.root().node, "jsonSchemaDialect")?)
}
