//! What goes back to the client.

use hyper::{
    HeaderMap, StatusCode,
    header::{HeaderName, HeaderValue},
};
use serde_json::{Value, json};

use crate::git::GitError;

/// One answer: a status, headers, and bytes.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// What a route answers before examples are laid under it: a document, or GitHub's refusal.
pub(crate) type Told = Result<Reply, Refusal>;

/// A good answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
    /// The whole list, of which a page is shown.
    pub(crate) is_list: bool,
}

/// A refusal in GitHub's form.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    message: String,
    errors: Vec<Value>,
}

impl Reply {
    /// Something that exists.
    pub(crate) fn found(body: Value) -> Self {
        Self { status: StatusCode::OK, body, is_list: false }
    }

    /// Something that was made.
    pub(crate) fn created(body: Value) -> Self {
        Self { status: StatusCode::CREATED, body, is_list: false }
    }

    /// A list, or an object with a count and a list, which is shown by pages.
    pub(crate) fn list(body: Value) -> Self {
        Self { status: StatusCode::OK, body, is_list: true }
    }
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), errors: Vec::new() }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not Found")
    }

    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// A request that GitHub understands and does not do, with one sentence of its own.
    pub(crate) fn unprocessable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    /// A field that is wrong: `missing`, `missing_field`, `invalid`.
    pub(crate) fn invalid(resource: &str, field: &str, code: &str) -> Self {
        Self::failed(json!({"resource": resource, "field": field, "code": code}))
    }

    /// A rule that GitHub tells in a sentence.
    pub(crate) fn custom(resource: &str, field: Option<&str>, message: &str) -> Self {
        let mut error = json!({"resource": resource, "code": "custom", "message": message});
        if let (Some(error), Some(field)) = (error.as_object_mut(), field) {
            error.insert("field".into(), field.into());
        }
        Self::failed(error)
    }

    fn failed(error: Value) -> Self {
        Self { errors: vec![error], ..Self::unprocessable("Validation Failed") }
    }
}

impl From<GitError> for Refusal {
    /// Git did not do what was looked at before.
    fn from(error: GitError) -> Self {
        Self::unprocessable(error.to_string())
    }
}

impl Answer {
    pub(crate) fn new(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Vec::new() }
    }

    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        let mut answer = Self::new(status);
        answer.body = body.to_string().into_bytes();
        answer.with("content-type", "application/json; charset=utf-8")
    }

    pub(crate) fn refused(refusal: &Refusal) -> Self {
        let Refusal { status, message, errors } = refusal;
        let mut body = json!({
            "message": message,
            "documentation_url": "https://docs.github.com/rest",
            "status": status.as_str(),
        });
        if let (Some(body), false) = (body.as_object_mut(), errors.is_empty()) {
            body.insert("errors".into(), errors.clone().into());
        }
        Self::json(*status, &body)
    }

    /// The same with a header more, or another value of it.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        // What is no header cannot be sent; a fault that asks for one is a mistake of its test.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.headers.insert(name, value);
        }
        self
    }

    /// The same with a header that it does not have yet.
    pub(crate) fn with_absent(self, name: &str, value: &str) -> Self {
        if self.headers.contains_key(name) { self } else { self.with(name, value) }
    }
}
