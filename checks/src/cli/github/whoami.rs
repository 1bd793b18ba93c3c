//! `checks github whoami`: what a token is good for.

use clap::Args;
use github::who;
use serde_json::Value;

use super::connection::{Connection, Options};
use crate::cli::Shell;

/// Tell whose token this is, what it may do, and how many requests are left.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks github whoami --repository acme/shop\n  checks github whoami --json"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    options: Options,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let connection = Connection::of(&arguments.options, shell)?;
    let Some(mut data) = connection.run(who)? else { return Ok(0) };
    let variable = connection.variable().unwrap_or_default();
    if let Some(members) = data.as_object_mut() {
        members.insert("variable".to_owned(), variable.into());
    }
    let text = |pointer: &str| data.pointer(pointer).and_then(Value::as_str);
    let login = text("/login").unwrap_or("an app or a workflow (GitHub does not tell it its name)");
    let granted = data.get("permissions").and_then(Value::as_object);
    let granted: Vec<&str> = granted
        .into_iter()
        .flatten()
        .filter(|(_, it)| it.as_bool() == Some(true))
        .map(|(name, _)| name.as_str())
        .collect();
    let permissions = match (text("/scopes"), granted.is_empty()) {
        (Some(scopes), _) if !scopes.is_empty() => format!("scopes {scopes}"),
        (_, false) => granted.join(", "),
        (_, true) => "not told; a request that needs more says which".to_owned(),
    };
    let number = |name: &str| {
        let value = data.pointer(&format!("/rate/{name}")).and_then(Value::as_u64);
        value.map_or_else(|| "?".to_owned(), |it| it.to_string())
    };
    let words = format!(
        "token:       from `{variable}`\nidentity:    {login}\nrepository:  {} at {}\npermissions: {permissions}\nrate:        {} of {} requests left\n",
        text("/repository").unwrap_or_default(),
        text("/api").unwrap_or_default(),
        number("remaining"),
        number("limit"),
    );
    connection.tell(&data, &words)?;
    Ok(0)
}
