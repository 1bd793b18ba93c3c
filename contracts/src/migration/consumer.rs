//! The test that holds an address to its promise.

use std::{collections::BTreeSet, fmt::Write as _};

use serde_json::Value;

use super::{
    promise,
    typescript::{json_text, remark, text},
};
use crate::{
    Content, Direction, Evidence, Finding, HttpExchange, HttpRequest, JsonInstance, Rule, Tree,
};

/// An operation that keeps its promise, and the requests that show it.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// `POST /orders`
    pub label: &'a str,
    /// The contract at base.
    pub base: &'a Tree,
    /// What broke, each with a request ([`super::requests`]).
    pub requests: &'a [(Finding, HttpRequest)],
    /// The day until which that holds; none if for good.
    pub sunset: Option<&'a str>,
}

/// `services/<service>/test/compat/<name>.test.ts`: each witness must still be answered.
#[must_use]
pub fn consumer_test(kept: Kept<'_>) -> String {
    let tests: String = kept.requests.iter().map(|it| one_test(kept, it)).collect();
    let until = kept.sunset.map_or(String::new(), |it| format!(" until {it}"));
    let mut text_of_file = format!(
        "// What consumers of `{label}` may do{until}. PROVIDER_URL is the service under test.\n",
        label = remark(kept.label),
    );
    if kept.label.contains('{') {
        text_of_file
            .push_str("// TODO: the values in paths must be some that the service knows.\n");
    }
    text_of_file.push_str(
        "import { describe, expect, it } from \"vitest\";\n\n\
         const PROVIDER = (process.env.PROVIDER_URL ?? \"http://127.0.0.1:8787\").replace(/\\/$/, \"\");\n",
    );
    for (word, definition) in HELPERS {
        if tests.contains(word) {
            text_of_file.push_str(definition);
        }
    }
    let title = text(&format!("{} keeps its promise", kept.label));
    let _ = write!(text_of_file, "\ndescribe({title}, () => {{\n{tests}}});\n");
    text_of_file
}

/// What tests call, each only where one does.
const HELPERS: [(&str, &str); 3] = [
    (
        "credential(",
        "\n/** What the tests sign in with: `CREDENTIAL_<NAME>` of the environment. */\n\
         const credential = (name: string) => process.env[`CREDENTIAL_${name}`] ?? \"test\";\n",
    ),
    (
        "within(",
        "\n/** The value at the end of a way, if there is one. */\n\
         const within = (value: any, way: string[]): any => way.reduce((at, name) => at?.[name], value);\n",
    ),
    (
        "kind(",
        "\n/** The type of a value, as schemas call it. */\n\
         const kind = (value: unknown) =>\n  \
           value === null ? \"null\" : Array.isArray(value) ? \"array\" : Number.isInteger(value) ? \"integer\" : typeof value;\n",
    ),
];

fn one_test(kept: Kept<'_>, (finding, request): &(Finding, HttpRequest)) -> String {
    let title = text(&format!("{}: {}", finding.rule.id(), finding.message));
    let lines = match &finding.evidence {
        Evidence::Instance(it) => of_instance(kept.base, finding, it),
        Evidence::Exchange(it) => of_exchange(finding, it),
        Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => None,
    };
    let Some(lines) = lines else {
        // No request makes a service answer so; a person may know one.
        return format!("  it.todo({title});\n");
    };
    let checks = lines.join("\n    ");
    let request = call(request);
    format!(
        "  it({title}, async () => {{\n    const response = await fetch({request});\n    {checks}\n  }});\n"
    )
}

/// The lines on an answer; none if only a failure shows the promise.
fn of_instance(base: &Tree, finding: &Finding, witness: &JsonInstance) -> Option<Vec<String>> {
    let mut lines = vec![answered()];
    if witness.direction == Direction::ToProvider {
        return Some(lines);
    }
    let place = witness.location.strip_prefix("status.")?;
    let (status, place) = place.split_once('.')?;
    if status.starts_with(['4', '5']) {
        return None;
    }
    if let Some(name) = place.strip_prefix("header.") {
        let (name, wrong) = (text(name), text(&scalar_text(&witness.instance)));
        lines.push(format!("expect(response.headers.get({name})).not.toBe({wrong});"));
        return Some(lines);
    }
    let way: Vec<_> = promise::way(witness).iter().map(|it| text(it)).collect();
    lines.push(format!("const value = within(await response.json(), [{}]);", way.join(", ")));
    lines.extend(promise::checks(base, finding.rule, witness));
    Some(lines)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "all others show in the status")]
fn of_exchange(finding: &Finding, witness: &HttpExchange) -> Option<Vec<String>> {
    let mut lines = vec![answered()];
    let Some(response) = &witness.response else { return Some(lines) };
    let header = |name: &str| {
        let found = response.headers.iter().find(|it| it.0.eq_ignore_ascii_case(name));
        found.map_or_else(String::new, |it| it.1.clone())
    };
    match finding.rule {
        Rule::ResponseStatusUnannounced => {
            lines.push(format!("expect(response.status).not.toBe({});", response.status));
        }
        _ if response.status >= 400 => return None,
        Rule::ResponseMediaTypeUnannounced => {
            let wrong = text(&header("content-type"));
            lines.push(format!(
                "expect(response.headers.get(\"Content-Type\") ?? \"\").not.toContain({wrong});"
            ));
        }
        Rule::ResponseBodyMissing => {
            lines.push("expect(await response.text()).not.toBe(\"\");".to_owned());
        }
        Rule::ResponseHeaderNotGuaranteed => {
            let name = finding.base.as_ref().and_then(|it| it.pointer.names().last())?;
            lines.push(format!("expect(response.headers.has({})).toBe(true);", text(&name)));
        }
        _ => {}
    }
    Some(lines)
}

fn answered() -> String {
    "expect(response.status).toBeLessThan(400);".to_owned()
}

/// The arguments of `fetch`.
fn call(request: &HttpRequest) -> String {
    // Behind the host, which the environment names.
    let rest = request.url.split_once("://").map_or(request.url.as_str(), |it| it.1);
    let path = rest.find(['/', '?']).and_then(|it| rest.get(it..)).unwrap_or("/");
    let mut init = vec![format!("method: {}", text(&request.method))];
    let mut known = BTreeSet::new();
    let headers = request.headers.iter().filter(|it| is_header(&it.0) && known.insert(&it.0));
    let headers: Vec<_> =
        headers.map(|(name, it)| format!("{}: {}", text(name), signed(it))).collect();
    if !headers.is_empty() {
        init.push(format!("headers: {{ {} }}", headers.join(", ")));
    }
    init.extend(request.body.as_ref().map(|it| match &it.content {
        Content::Json(value) => format!("body: {}", json_text(value)),
        Content::Text(it) => format!("body: {}", text(it)),
        Content::Base64(it) => format!("body: Buffer.from({}, \"base64\")", text(it)),
    }));
    // Whoever is sent elsewhere has been answered; nobody else is asked.
    init.push("redirect: \"manual\"".to_owned());
    format!("PROVIDER + {}, {{ {} }}", signed(&decoded_marks(path)), init.join(", "))
}

/// Names that `fetch` takes, and that are for the sender to say.
fn is_header(name: &str) -> bool {
    let is_token = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    let is_kept = ["host", "content-length", "connection", "client-certificate", "__proto__"];
    !name.is_empty() && name.chars().all(is_token) && !is_kept.contains(&name)
}

/// Marks of credentials are percent-encoded in a query.
fn decoded_marks(url: &str) -> String {
    url.replace("%E2%80%B9", "‹").replace("%E2%80%BA", "›")
}

/// A text in which each `‹scheme scopes›` is a credential of the environment.
fn signed(value: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = value;
    while let Some((before, (name, after))) =
        rest.split_once('‹').and_then(|(before, rest)| Some((before, rest.split_once('›')?)))
    {
        let name = name.split([' ', '%']).next().unwrap_or_default().to_uppercase();
        let letter = |it: char| if it.is_ascii_alphanumeric() { it } else { '_' };
        let name: String = name.chars().map(letter).collect();
        if !before.is_empty() {
            parts.push(text(before));
        }
        parts.push(format!("credential({})", text(&name)));
        rest = after;
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(text(rest));
    }
    parts.join(" + ")
}

fn scalar_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
