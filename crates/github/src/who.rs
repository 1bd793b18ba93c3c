//! Who the token is.

use serde_json::{Value, json};

use crate::{
    Error,
    client::Client,
    forge::{Permission, Request},
};

/// Who writes, as far as GitHub tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// A person, or an account that stands for a machine.
    Account(String),
    /// An app, or a workflow: GitHub does not tell such a token its own name.
    App,
    /// This server does not tell.
    Unknown,
}

impl Identity {
    /// Asks for it.
    pub(crate) fn ask(client: &Client<'_>) -> Result<Self, Error> {
        match client.answer(&Request::get("/user", Permission::Metadata)) {
            Ok(answer) => {
                let login = answer.body.get("login").and_then(Value::as_str);
                Ok(login.map_or(Self::Unknown, |it| Self::Account(it.to_owned())))
            }
            Err(Error::Forbidden { .. }) => Ok(Self::App),
            Err(Error::NotFound { .. } | Error::Refused { .. }) => Ok(Self::Unknown),
            Err(err) => Err(err),
        }
    }

    /// Could this account be us? What cannot be told apart is taken for ours.
    pub(crate) fn is(&self, user: &Value) -> bool {
        let text = |name: &str| user.get(name).and_then(Value::as_str).unwrap_or_default();
        match self {
            Self::Account(login) => login.eq_ignore_ascii_case(text("login")),
            Self::App => text("type") == "Bot" || text("login").ends_with("[bot]"),
            Self::Unknown => true,
        }
    }
}

/// Identity, permissions and what is left of the rate: `checks github whoami`.
pub fn who(client: &Client<'_>) -> Result<Value, Error> {
    let user = Request::get("/user", Permission::Metadata);
    let (login, scopes) = match client.answer(&user) {
        Ok(answer) => {
            let login = answer.body.get("login").cloned().unwrap_or(Value::Null);
            (login, answer.header("x-oauth-scopes").map(str::to_owned))
        }
        Err(Error::Forbidden { .. }) => (Value::Null, None),
        Err(err) => return Err(err),
    };
    let repository = client.read("", Permission::Metadata);
    let permissions = client.get(&repository)?.get("permissions").cloned().unwrap_or(Value::Null);
    let rate = client.get(&Request::get("/rate_limit", Permission::Metadata))?;
    let rate = rate.pointer("/resources/core").or_else(|| rate.get("rate")).cloned();
    let of_rate = |name: &str| rate.as_ref().and_then(|it| it.get(name)).cloned();
    Ok(json!({
        "login": login,
        "repository": client.endpoint().full_name(),
        "api": client.endpoint().api(),
        "permissions": permissions,
        "scopes": scopes,
        "rate": {
            "limit": of_rate("limit"),
            "remaining": of_rate("remaining"),
            "reset": of_rate("reset"),
        },
    }))
}
