//! Which members are names somebody chose, and which values are data: in neither is a word of
//! OpenAPI a word of OpenAPI.

use crate::Pointer;

/// What stands at a place of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// An object whose members are words: a schema, an operation, the document itself.
    Words,
    /// A Path Item Object.
    PathItem,
    /// A Link Object, whose parameters are data.
    Link,
    /// A Callback Object: addresses of Path Items, or a reference to such.
    Callback,
    /// An object whose members are named by the author.
    Names(Named),
    /// A value of the governed API, such as a default.
    Data,
    /// A value of a tool: `x-…`.
    Extension,
}

/// What an author gives names to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Named {
    /// Properties, and schemas by patterns or dependencies, where any text may be a name.
    Properties,
    /// Other parts of a document.
    Parts,
    /// Path Items by address; extensions stand beside them.
    Paths,
    /// Path Items by name.
    PathItems,
    /// Links.
    Links,
    /// Callbacks.
    Callbacks,
}

impl Role {
    /// The role of a member.
    pub(crate) fn member(self, name: &str) -> Self {
        match self {
            Self::Data | Self::Extension => self,
            Self::Names(Named::Properties | Named::Parts) => Self::Words,
            Self::Names(Named::Paths) | Self::Callback if name.starts_with("x-") => Self::Extension,
            Self::Names(Named::Paths | Named::PathItems) | Self::Callback => Self::PathItem,
            Self::Names(Named::Links) => Self::Link,
            Self::Names(Named::Callbacks) => Self::Callback,
            Self::Link if matches!(name, "parameters" | "requestBody") => Self::Data,
            Self::Words | Self::PathItem | Self::Link => Self::below_word(name),
        }
    }

    /// The role of the items of a list.
    pub(crate) fn item(self) -> Self {
        match self {
            Self::Names(_) => self.member(""),
            Self::Words
            | Self::PathItem
            | Self::Link
            | Self::Callback
            | Self::Data
            | Self::Extension => self,
        }
    }

    /// May a value in this role refer to others, or hold what does?
    pub(crate) fn may_refer(self) -> bool {
        !matches!(self, Self::Data | Self::Extension)
    }

    /// May any text be a name here, also one that is a word elsewhere?
    pub(crate) fn names_anything(self) -> bool {
        matches!(self, Self::Names(Named::Properties))
    }

    /// Are the members words of the specification?
    pub(crate) fn has_words(self) -> bool {
        matches!(self, Self::Words | Self::PathItem | Self::Link | Self::Callback)
    }

    fn below_word(word: &str) -> Self {
        match word {
            "enum" | "const" | "default" | "example" | "examples" => Self::Data,
            _ if word.starts_with("x-") => Self::Extension,
            "properties" | "patternProperties" | "dependentSchemas" | "dependencies" => {
                Self::Names(Named::Properties)
            }
            "$defs"
            | "definitions"
            | "schemas"
            | "responses"
            | "parameters"
            | "requestBodies"
            | "headers"
            | "securitySchemes"
            | "securityDefinitions"
            | "mediaTypes"
            | "content"
            | "encoding"
            | "variables"
            | "scopes"
            | "mapping"
            | "additionalOperations" => Self::Names(Named::Parts),
            "paths" => Self::Names(Named::Paths),
            "webhooks" | "pathItems" => Self::Names(Named::PathItems),
            "links" => Self::Names(Named::Links),
            "callbacks" => Self::Names(Named::Callbacks),
            _ => Self::Words,
        }
    }
}

/// Words whose value is a schema.
const SCHEMA: &[&str] = &[
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "itemSchema",
    "items",
    "not",
    "propertyNames",
    "schema",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Words whose members or items are schemas.
const SCHEMAS: &[&str] = &[
    "$defs",
    "allOf",
    "anyOf",
    "definitions",
    "dependencies",
    "dependentSchemas",
    "items",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "properties",
    "schemas",
];

/// Does a schema stand at a place, as far as its name tells?
pub(crate) fn is_schema(pointer: &Pointer) -> bool {
    let names: Vec<String> = pointer.names().collect();
    match names.as_slice() {
        [.., holder, _] if SCHEMAS.contains(&holder.as_str()) => true,
        [.., last] => SCHEMA.contains(&last.as_str()),
        [] => false,
    }
}
