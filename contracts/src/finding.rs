//! What a comparison tells.

use serde::Serialize;
use serde_json::Value;

use crate::{FileId, Pointer, Rule};

/// Whom a breach reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// An exchange that was valid is not any more.
    Wire,
    /// Generated code changes though every exchange stays valid.
    Sdk,
    /// Words, life cycle, additions.
    Doc,
}

/// Who sends a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The consumer sends it: base must be included in head.
    ToProvider,
    /// The provider sends it: head must be included in base.
    FromProvider,
}

/// A place in one revision of a contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The file.
    pub file: FileId,
    /// Where in it.
    pub pointer: Pointer,
}

/// One root cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The promise that broke.
    pub rule: Rule,
    /// Default level of the rule, or lower where stability or a sunset that is over lowers it.
    pub level: kernel::Level,
    /// The deepest shared place, such as `components/schemas/Order#/properties/total`, or the operation.
    pub subject: String,
    /// What is wrong: no full stop, names in backticks.
    pub message: String,
    /// What to do instead.
    pub remedy: String,
    /// Every operation that the cause reaches, sorted.
    pub operations: Vec<String>,
    /// The place at head; the nearest surviving parent for what vanished; none if the file is gone.
    pub head: Option<Spot>,
    /// The place at base.
    pub base: Option<Spot>,
    /// What shows it.
    pub evidence: Evidence,
}

/// What shows a finding.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// A JSON value that one side takes and the other refuses.
    Instance(JsonInstance),
    /// A request or response that one side takes and the other refuses.
    Exchange(HttpExchange),
    /// A symbol of generated code that changes.
    Symbol {
        /// Its name or type at base.
        base: Option<String>,
        /// Its name or type at head.
        head: Option<String>,
    },
    /// Words that changed.
    Texts {
        /// At base.
        base: Option<String>,
        /// At head.
        head: Option<String>,
    },
    /// A keyword that validators refuse or ignore.
    Rejected {
        /// Where.
        pointer: Pointer,
        /// Which.
        keyword: String,
        /// Its value.
        value: Value,
    },
    /// Something that two readers take for two things.
    Readings {
        /// What is read here.
        here: String,
        /// What others may read.
        elsewhere: String,
    },
}

/// One of the two revisions, as witnesses name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Revision {
    /// The older one.
    Base,
    /// The newer one.
    Head,
}

/// A value that one side takes at a location and the other refuses (`contracts.md` §6).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct JsonInstance {
    /// Who sends it.
    pub direction: Direction,
    /// The operation, such as `POST /orders`.
    pub operation: String,
    /// `body`, `query.NAME`, `path.NAME`, `header.NAME`, `cookie.NAME`, `form.NAME`,
    /// `status.CODE.header.NAME` or `status.CODE.body`.
    pub location: String,
    /// The media type of a body.
    pub media_type: Option<String>,
    /// The status of a response.
    pub status: Option<String>,
    /// Where in the instance it is refused.
    pub pointer: String,
    /// The whole value at the location.
    pub instance: Value,
    /// The side that takes it.
    pub accepted_by: Revision,
    /// The side that refuses it.
    pub refused_by: Revision,
    /// The schema of the location on both sides: `path#pointer`.
    pub schema: Sides,
}

/// `path#pointer` on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// At base.
    pub base: Option<String>,
    /// At head.
    pub head: Option<String>,
}

/// A message exchange that one side takes and the other does not (`contracts.md` §6).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct HttpExchange {
    /// Who sends what is refused.
    pub direction: Direction,
    /// The operation, such as `GET /items`.
    pub operation: String,
    /// The side that takes it.
    pub accepted_by: Revision,
    /// The side that refuses it, or does not read it.
    pub refused_by: Revision,
    /// The request.
    pub request: HttpRequest,
    /// The response, where it is what breaks.
    pub response: Option<HttpResponse>,
    /// The places that decide, as pointers.
    pub because: Sides,
}

/// A request on the wire.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HttpRequest {
    /// The method, upper case.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// Header fields, names in lower case. Credentials are placeholders `‹scheme name›`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<HttpBody>,
}

/// A response on the wire.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// Header fields, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<HttpBody>,
}

/// A body: its media type and one of three forms.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct HttpBody {
    /// The media type.
    pub media_type: String,
    /// The content.
    #[serde(flatten)]
    pub content: Content,
}

/// The content of a body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// A JSON value.
    Json(Value),
    /// A text.
    Text(String),
    /// Bytes.
    Base64(String),
}

/// How far the version has to rise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// Nothing changed.
    #[default]
    None,
    /// Only words changed.
    Patch,
    /// More is possible than before.
    Minor,
    /// Something broke.
    Major,
}

/// A part that could not be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UndecidedPart {
    /// The schema or operation.
    pub subject: String,
    /// The reason, as a word: `budget-steps`, `pattern-lookaround`, `self-reference`,
    /// `judge-unable`, …
    pub reason: String,
    /// One sentence.
    pub detail: String,
}

/// The answer for one contract.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// The root causes, sorted by rule and subject.
    pub findings: Vec<Finding>,
    /// What could not be decided.
    pub undecided: Vec<UndecidedPart>,
    /// How far the version has to rise.
    pub bump: Bump,
    /// Operations and events compared.
    pub n_operations: usize,
    /// Schemas compared.
    pub n_schemas: usize,
}
