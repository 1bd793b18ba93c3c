//! Two schemas at one place of an exchange, to be compared.

use crate::{Contract, Direction, Located, Settings, Spot, Store};

/// What a comparison works on.
pub(crate) struct Sight<'a> {
    /// The values of both sides.
    pub store: &'a mut Store,
    /// The older side.
    pub base: &'a Contract,
    /// The newer side.
    pub head: &'a Contract,
    /// The policy.
    pub settings: &'a Settings,
}

/// One place of an exchange whose schemas are not equal, directly or behind their references.
///
/// In Swagger 2.0 the schema of a parameter, form field or header is that object itself:
/// its boolean `required` is no schema keyword, and `type: file` is any text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SchemaQuestion {
    /// The operation or event, such as `POST /orders` or `webhook order.paid POST`.
    pub operation: String,
    /// Who sends the value: to-provider asks base ⊆ head, from-provider head ⊆ base.
    pub direction: Direction,
    /// As `JsonInstance::location` has it: `body`, `query.NAME`, `status.200.body`, …
    pub location: String,
    /// The media type of a body.
    pub media_type: Option<String>,
    /// The status of a response: a code, `2XX` or `default`.
    pub status: Option<String>,
    /// The schema at base; none says nothing and takes every value.
    pub base: Option<Located>,
    /// The schema at head; none says nothing and takes every value.
    pub head: Option<Located>,
    /// What holds the schema at base (media type, parameter, header): where to point without one.
    pub base_holder: Spot,
    /// What holds the schema at head.
    pub head_holder: Spot,
    /// How the value travels; alike on both sides, or it would be another finding.
    pub carriage: Carriage,
}

/// How a value travels.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Carriage {
    /// As JSON text: instances are compared as they are.
    Json,
    /// As characters without types: parameters, headers, single form fields.
    Text(Serialization),
    /// As an object whose members travel as characters: `application/x-www-form-urlencoded` and
    /// `multipart/form-data`. Members that are not listed travel by `form` with `explode`;
    /// those listed as `None` travel as JSON (an object, or a `contentType` that says so).
    Form(Vec<(String, Option<Serialization>)>),
    /// As elements whose texts have no types: `application/xml`.
    Xml,
    /// As the characters of the body, no JSON: `text/plain`. A value without parts is its text.
    Line,
    /// As the bytes of the body: `image/png`. The schema speaks of one string.
    Raw,
}

/// How a value becomes characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serialization {
    /// The style, defaults filled in.
    pub style: Style,
    /// Whether the parts of a list or object are parameters of their own.
    pub explode: bool,
}

/// The styles of all versions; `tabs` and `multi` of 2.0 among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// `;name=a,b`
    Matrix,
    /// `.a.b`
    Label,
    /// `a,b`
    Simple,
    /// `name=a,b` or `name=a&name=b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a|b`
    PipeDelimited,
    /// `name[part]=a`
    DeepObject,
    /// `name=a; name=b`, as 3.2 has it for cookies
    Cookie,
    /// Swagger's `tsv`
    Tabs,
}
