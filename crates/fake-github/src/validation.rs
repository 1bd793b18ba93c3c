//! Is a request one that GitHub's description allows?

use std::path::Path;

use hyper::{Method, StatusCode};
use jsonschema::{ValidationError, error::ValidationErrorKind};
use serde_json::Value;

use crate::{
    description::{Description, DescriptionError, Operation, Parameter, Template},
    request::Request,
};

/// What is wrong with a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) text: String,
    /// What the client gets to see.
    pub(crate) status: StatusCode,
}

impl Violation {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), status: StatusCode::BAD_REQUEST }
    }

    /// A request that is GitHub's, but not one of those that Proofmark sends.
    pub(crate) fn unplayed() -> Self {
        let text = "the double does not play this request";
        Self { text: text.into(), status: StatusCode::NOT_IMPLEMENTED }
    }
}

/// The first thing that the description does not allow.
pub(crate) fn violation(description: &Description, request: &Request) -> Option<Violation> {
    let (method, path) = (&request.method, &request.path);
    let Some(template) = description.template(path) else {
        return Some(Violation::new(format!("no path of the API: `{path}`")));
    };
    let Some(operation) = description.operation(method.as_str(), template.text()) else {
        return Some(Violation::new(format!("no method of `{}`: {method}", template.text())));
    };
    of_path(&operation, template, path)
        .or_else(|| of_query(&operation, request))
        .or_else(|| of_body(&operation, request))
}

fn of_path(operation: &Operation, template: &Template, path: &str) -> Option<Violation> {
    let values = template.values(path).unwrap_or_default();
    values.iter().find_map(|(name, value)| {
        let parameter = operation.parameters.iter().find(|it| !it.is_query && it.name == *name)?;
        of_value(parameter, value, "path")
    })
}

fn of_query(operation: &Operation, request: &Request) -> Option<Violation> {
    let known = || operation.parameters.iter().filter(|it| it.is_query);
    for (name, value) in &request.query.pairs {
        let Some(parameter) = known().find(|it| it.name == *name) else {
            return Some(Violation::new(format!("no parameter of the query: `{name}`")));
        };
        if let Some(violation) = of_value(parameter, value, "query") {
            return Some(violation);
        }
    }
    let missing = known().find(|it| it.is_required && request.query.get(&it.name).is_none())?;
    Some(Violation::new(format!("the query lacks `{}`", missing.name)))
}

fn of_value(parameter: &Parameter, text: &str, place: &str) -> Option<Violation> {
    let value = match parameter.kind.as_str() {
        "integer" | "number" | "boolean" => {
            serde_json::from_str(text).unwrap_or_else(|_| text.into())
        }
        _ => Value::from(text),
    };
    let error = parameter.validator.as_ref()?.iter_errors(&value).next()?;
    Some(Violation::new(format!("`{}` of the {place}: {error}", parameter.name)))
}

fn of_body(operation: &Operation, request: &Request) -> Option<Violation> {
    let Some(expected) = &operation.body else {
        let is_odd = !request.body.is_empty() && request.method == Method::GET;
        return is_odd.then(|| Violation::new("a body, where none is taken"));
    };
    if request.body.is_empty() {
        return expected.is_required.then(|| Violation::new("no body"));
    }
    // GitHub does not look at the type that a client claims, and so neither does the double.
    let Ok(body) = serde_json::from_slice::<Value>(&request.body) else {
        return Some(Violation::new("the body is not JSON"));
    };
    if let Some(error) = expected.validator.as_ref().and_then(|it| it.iter_errors(&body).next()) {
        let text = format!("body at `{}`: {error}", error.instance_path());
        // GitHub answers 422 to what is too long or too many, and so does the double.
        let status = if is_limit(&error) {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::BAD_REQUEST
        };
        return Some(Violation { text, status });
    }
    let members = expected.members.as_ref()?;
    let unknown = body.as_object()?.keys().find(|it| !members.contains(it))?;
    Some(Violation::new(format!("no member of the body: `{unknown}`")))
}

/// What GitHub's description does not allow in an answer.
pub fn answer_violation(
    openapi: &Path,
    (method, path): (&str, &str),
    (status, body): (u16, &Value),
) -> Result<Option<String>, DescriptionError> {
    let description = Description::read(openapi)?;
    let template = description.template(path);
    let operation = template.and_then(|it| description.operation(method, it.text()));
    let Some(operation) = operation else {
        return Ok(Some(format!("no request of the API: {method} {path}")));
    };
    let Some(response) = operation.responses.get(&status) else {
        return Ok(Some(format!("no answer of {method} {path}: {status}")));
    };
    let validator = response.schema.as_ref().and_then(|it| description.validator(it));
    let error = validator.as_ref().and_then(|it| it.iter_errors(body).next());
    Ok(error.map(|it| format!("`{}`: {it}", it.instance_path())))
}

fn is_limit(error: &ValidationError<'_>) -> bool {
    matches!(
        error.kind(),
        ValidationErrorKind::MaxItems { .. } | ValidationErrorKind::MaxLength { .. }
    )
}
