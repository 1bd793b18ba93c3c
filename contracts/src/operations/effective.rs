//! One operation with all that applies to it.

use crate::operations::{
    Body, Listed, Parameter, Place, Reading, Response, Security, Server, body, parameter, response,
    security,
};

/// An operation, expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What and where it is.
    pub listed: Listed,
    /// The base URLs.
    pub servers: Vec<Server>,
    /// The parameters; those of forms only in 2.0.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses, by precedence.
    pub responses: Vec<Response>,
    /// The credentials.
    pub security: Security,
}

/// Works out everything about one operation.
#[must_use]
pub fn expand(reading: Reading, listed: &Listed) -> Operation {
    let mut parameters = parameter::parameters(reading, &listed.item, &listed.at);
    // A name that the template does not have is read nowhere.
    let is_in_path = |name: &str| listed.path.contains(&format!("{{{name}}}"));
    parameters.retain(|it| it.place != Place::Path || is_in_path(&it.name));
    Operation {
        listed: listed.clone(),
        servers: listed.servers(reading),
        body: body::body(reading, listed, &parameters),
        parameters,
        responses: response::responses(reading, listed),
        security: security::security(reading, &listed.at),
    }
}
