//! The route that answers at the old address, and the test that holds it to its promise.

use std::fmt::Write as _;

use kernel::{Level, Timestamp};
use serde_json::Value;

use super::{
    Migrated, Moved,
    types::{Types, member, required},
};
use crate::{Category, Direction, Evidence, Finding, JsonInstance, Pointer, Rule, Tree};

/// The days that a skeleton speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// Since when the old address is deprecated.
    pub deprecated: Timestamp,
    /// The first instant of its last day.
    pub sunset: Timestamp,
}

/// `services/<service>/src/compat/<operationId>.ts`: a Hono route on the old address.
#[must_use]
pub fn shim(asked: Migrated<'_>, moved: &Moved, dates: &Dates) -> String {
    let mut text = header(asked, moved, dates);
    match &moved.successor {
        Some(successor) => text.push_str(&bridge(asked, moved, successor)),
        None => text.push_str(&only_headers(moved)),
    }
    text
}

fn header(asked: Migrated<'_>, moved: &Moved, dates: &Dates) -> String {
    let label = label(moved);
    let link = moved
        .successor
        .as_ref()
        .map_or(String::new(), |it| format!("const LINK = '<{it}>; rel=\"successor-version\"';\n"));
    format!(
        "// `{label}` as it was promised, until {sunset}.\n\
         import {{ Hono }} from \"hono\";\n\n\
         /** RFC 9745: since when the address is deprecated. */\n\
         const DEPRECATION = \"@{since}\";\n\
         /** RFC 8594: from when it may not answer any more. */\n\
         const SUNSET = \"{date}\";\n{link}",
        sunset = asked.sunset,
        since = dates.deprecated.seconds(),
        date = http_date(dates.sunset),
    )
}

fn only_headers(moved: &Moved) -> String {
    format!(
        "\n/** Says on each answer of `{label}` that it will end. Mount it before the route itself. */\n\
         export function {name}Compat(): Hono {{\n  \
           const app = new Hono();\n  \
           app.on(\"{method}\", \"{path}\", async (context, next) => {{\n    \
             await next();\n    \
             context.res.headers.set(\"Deprecation\", DEPRECATION);\n    \
             context.res.headers.set(\"Sunset\", SUNSET);\n  \
           }});\n  \
           return app;\n}}\n",
        label = label(moved),
        name = identifier(&moved.operation_id),
        method = moved.method.to_uppercase(),
        path = hono_path(&moved.path),
    )
}

fn bridge(asked: Migrated<'_>, moved: &Moved, successor: &str) -> String {
    let old = Version::of(asked.base, moved);
    let new = Version::of(asked.head, moved);
    let mut text = String::new();
    for (name, what, schema) in [
        ("OldRequest", "What consumers send to", old.types.of(old.request)),
        ("NewRequest", "What its successor takes instead of", new.types.of(new.request)),
        ("NewResponse", "What its successor answers instead of", new.types.of(new.response)),
        ("OldResponse", "What consumers expect of", old.types.of(old.response)),
    ] {
        let _ =
            write!(text, "\n/** {what} `{}`. */\nexport type {name} = {schema};\n", label(moved));
    }
    text.push_str("\n/** Answers one request, as the service does. */\nexport type Provider = (request: Request) => Response | Promise<Response>;\n");
    let missing = invented(&old.types, old.request, &new.types, new.request);
    let todo = told(asked, moved, Direction::ToProvider);
    text.push_str(&convert("upgradeRequest", ("old", "OldRequest", "NewRequest"), &missing, &todo));
    let missing_back = invented(&new.types, new.response, &old.types, old.response);
    let todo = told(asked, moved, Direction::FromProvider);
    text.push_str(&convert(
        "downgradeResponse",
        ("fresh", "NewResponse", "OldResponse"),
        &missing_back,
        &todo,
    ));
    if !missing.is_empty() || !missing_back.is_empty() {
        text.push_str("\nfunction invent(name: string): never {\n  throw new Error(`the migration has no value for ${name} yet`);\n}\n");
    }
    text.push_str(&route(moved, successor));
    text
}

fn convert(
    name: &str,
    (argument, from, to): (&str, &str, &str),
    missing: &[String],
    todo: &[String],
) -> String {
    let mut text = format!("\nexport function {name}({argument}: {from}): {to} {{\n");
    for sentence in todo {
        let _ = writeln!(text, "  // TODO: {sentence}");
    }
    if missing.is_empty() {
        let _ = writeln!(text, "  return {argument} as unknown as {to};\n}}");
        return text;
    }
    let _ = writeln!(text, "  return {{\n    ...({argument} as object),");
    for name in missing {
        let quoted = Value::from(name.as_str());
        let _ = writeln!(
            text,
            "    // TODO: nothing in the other version says `{name}`\n    {}: invent({quoted}),",
            member(name)
        );
    }
    let _ = writeln!(text, "  }} as unknown as {to};\n}}");
    text
}

fn route(moved: &Moved, successor: &str) -> String {
    let holes = successor.split('/').map(|part| {
        let hole = part.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        hole.map_or(part.to_owned(), |it| {
            format!("${{encodeURIComponent(context.req.param({}) ?? \"\")}}", Value::from(it))
        })
    });
    let target = holes.collect::<Vec<_>>().join("/");
    format!(
        r#"
/** `{label}`, answered by its successor. Mount it before the routes of the service. */
export function {name}Compat(provider: Provider): Hono {{
  const app = new Hono();
  app.on("{method}", "{path}", async (context) => {{
    const url = new URL(context.req.url);
    url.pathname = `{target}`;
    const response = await provider(await upgraded(context.req.raw, url));
    const answer = await downgraded(response);
    answer.headers.set("Deprecation", DEPRECATION);
    answer.headers.set("Sunset", SUNSET);
    answer.headers.set("Link", LINK);
    return answer;
  }});
  return app;
}}

function isJson(headers: Headers): boolean {{
  return /^application\/([\w.+-]+\+)?json\b/i.test(headers.get("Content-Type") ?? "");
}}

async function upgraded(request: Request, url: URL): Promise<Request> {{
  const headers = new Headers(request.headers);
  if (!isJson(headers)) return new Request(url, request);
  headers.delete("Content-Length");
  const body = JSON.stringify(upgradeRequest((await request.json()) as OldRequest));
  return new Request(url, {{ method: request.method, headers, body }});
}}

async function downgraded(response: Response): Promise<Response> {{
  const headers = new Headers(response.headers);
  if (!response.ok || !isJson(headers)) return new Response(response.body, {{ status: response.status, headers }});
  headers.delete("Content-Length");
  const body = JSON.stringify(downgradeResponse((await response.json()) as NewResponse));
  return new Response(body, {{ status: response.status, headers }});
}}
"#,
        label = label(moved),
        name = identifier(&moved.operation_id),
        method = moved.method.to_uppercase(),
        path = hono_path(&moved.path),
    )
}

/// `services/<service>/test/compat/<operationId>.test.ts`: each witness must still be answered.
#[must_use]
pub fn consumer_test(asked: Migrated<'_>, moved: &Moved) -> String {
    let mut text = format!(
        "// What consumers of `{label}` may do until {sunset}. PROVIDER_URL is the service under test.\n\
         import {{ describe, expect, it }} from \"vitest\";\n\n\
         const PROVIDER = process.env.PROVIDER_URL ?? \"http://127.0.0.1:8787\";\n\n\
         describe({title}, () => {{\n",
        label = label(moved),
        sunset = asked.sunset,
        title = Value::from(format!("{} keeps its promise", label(moved))),
    );
    let findings: Vec<&Finding> = breaks(asked, moved).collect();
    for finding in &findings {
        text.push_str(&one_test(moved, finding));
    }
    text.push_str("});\n");
    text
}

fn one_test(moved: &Moved, finding: &Finding) -> String {
    let title = Value::from(format!("{}: {}", finding.rule.id(), finding.message));
    let (request, checks) = match &finding.evidence {
        Evidence::Instance(it) => (request_of(moved, it), checks_of(finding, it)),
        Evidence::Exchange(it) => {
            let path =
                it.request.url.splitn(4, '/').nth(3).map_or("/".to_owned(), |it| format!("/{it}"));
            let headers: Vec<_> =
                it.request.headers.iter().filter(|(_, value)| !value.contains('‹')).collect();
            let headers = serde_json::to_string(&headers).unwrap_or_default();
            let method = Value::from(it.request.method.as_str());
            let request = format!(
                "new URL({}, PROVIDER), {{ method: {method}, headers: {headers} }}",
                Value::from(path)
            );
            (request, answered())
        }
        Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => return String::new(),
    };
    format!(
        "  it({title}, async () => {{\n    const response = await fetch({request});\n{checks}  }});\n"
    )
}

fn request_of(moved: &Moved, witness: &JsonInstance) -> String {
    let path: Vec<_> =
        moved.path.split('/').map(|it| if it.starts_with('{') { "1" } else { it }).collect();
    let mut path = path.join("/");
    let mut init = vec![format!("method: {}", Value::from(moved.method.to_uppercase()))];
    let plain =
        witness.instance.as_str().map_or_else(|| witness.instance.to_string(), str::to_owned);
    if witness.direction == Direction::ToProvider {
        match witness.location.split_once('.') {
            Some(("query", name)) => path = format!("{path}?{}={}", encoded(name), encoded(&plain)),
            Some(("header", name)) => {
                init.push(format!("headers: {{ {}: {} }}", Value::from(name), Value::from(plain)));
            }
            None => {
                let media = witness.media_type.as_deref().unwrap_or("application/json");
                init.push(format!("headers: {{ \"Content-Type\": {} }}", Value::from(media)));
                init.push(format!("body: JSON.stringify({})", witness.instance));
            }
            Some(_) => {}
        }
    }
    format!("new URL({}, PROVIDER), {{ {} }}", Value::from(path), init.join(", "))
}

/// What an answer must show: that the request was taken, or that base's promise is kept.
fn checks_of(finding: &Finding, witness: &JsonInstance) -> String {
    if witness.direction == Direction::ToProvider
        || witness.location.rsplit('.').next() != Some("body")
    {
        return answered();
    }
    let names: Vec<String> =
        Pointer::parse(&witness.pointer).iter().flat_map(Pointer::names).collect();
    let way = serde_json::to_string(&names).unwrap_or_default();
    let value = format!(
        "    const value = {way}.reduce<any>((at, name) => at?.[name], await response.json());\n"
    );
    let check = if finding.rule == Rule::OutputPropertyNotGuaranteed {
        "    expect(value).toBeDefined();\n".to_owned()
    } else {
        let wrong = Pointer::parse(&witness.pointer)
            .and_then(|it| witness.instance.pointer(it.as_str()).cloned());
        format!("    expect(value).not.toEqual({});\n", wrong.unwrap_or(Value::Null))
    };
    format!("{}{value}{check}", answered())
}

fn answered() -> String {
    "    expect(response.status).toBeLessThan(400);\n".to_owned()
}

/// One side of a bridge.
struct Version<'a> {
    types: Types<'a>,
    request: Option<&'a Tree>,
    response: Option<&'a Tree>,
}

impl<'a> Version<'a> {
    fn of(document: &'a Tree, moved: &Moved) -> Self {
        let operation = super::operations::Address::of(document, &label(moved))
            .and_then(|it| document.at(&it.pointer()));
        let follow = |value: Option<&'a Tree>| value.map(|it| resolved(document, it));
        let body = follow(operation.and_then(|it| it.get("requestBody")));
        let in_body =
            operation.and_then(|it| it.get("parameters")).map_or(&[][..], Tree::items).iter();
        let in_body = in_body
            .map(|it| resolved(document, it))
            .find(|it| it.get("in").and_then(Tree::as_text).as_deref() == Some("body"));
        let request =
            body.and_then(json_schema).or_else(|| in_body.and_then(|it| it.get("schema")));
        let responses =
            operation.and_then(|it| it.get("responses")).map_or(&[][..], Tree::members).iter();
        let mut fine =
            responses.filter(|it| it.0.starts_with('2')).map(|it| resolved(document, &it.1));
        let response = fine.find_map(|it| json_schema(it).or_else(|| it.get("schema")));
        Self { types: Types { document }, request, response }
    }
}

fn resolved<'a>(document: &'a Tree, value: &'a Tree) -> &'a Tree {
    let reference = value.get("$ref").and_then(Tree::as_text);
    let pointer = reference.and_then(|it| Pointer::parse(it.strip_prefix('#')?));
    pointer.and_then(|it| document.at(&it)).unwrap_or(value)
}

fn json_schema(body: &Tree) -> Option<&Tree> {
    let mut contents = body.get("content")?.members().iter();
    contents.find(|it| it.0.contains("json")).and_then(|it| it.1.get("schema"))
}

/// Names that one version must have and the other does not promise.
fn invented(
    from: &Types<'_>,
    old: Option<&Tree>,
    to: &Types<'_>,
    new: Option<&Tree>,
) -> Vec<String> {
    let given = old.map(|it| required(from.resolved(it))).unwrap_or_default();
    let wanted = new.map(|it| required(to.resolved(it))).unwrap_or_default();
    wanted.difference(&given).cloned().collect()
}

fn breaks<'a>(asked: Migrated<'a>, moved: &Moved) -> impl Iterator<Item = &'a Finding> {
    let moved = moved.clone();
    let base = asked.base;
    let concerns = move |label: &String| {
        let address = super::operations::Address::of(base, label);
        address.is_some_and(|it| it.names(&moved.method, &moved.path))
    };
    let denied = asked
        .findings
        .iter()
        .filter(|it| it.level == Level::Deny && it.rule.category() == Category::Wire);
    denied.filter(move |it| it.operations.iter().any(&concerns))
}

/// What breaks in one direction and is not just a missing member.
fn told(asked: Migrated<'_>, moved: &Moved, direction: Direction) -> Vec<String> {
    let is_missing =
        |rule| matches!(rule, Rule::InputPropertyRequired | Rule::OutputPropertyNotGuaranteed);
    let concerns = |it: &&Finding| matches!(&it.evidence, Evidence::Instance(witness) if witness.direction == direction);
    let findings = breaks(asked, moved).filter(concerns).filter(|it| !is_missing(it.rule));
    findings.map(|it| it.message.clone()).collect()
}

fn label(moved: &Moved) -> String {
    format!("{} {}", moved.method.to_uppercase(), moved.path)
}

fn hono_path(path: &str) -> String {
    path.replace('{', ":").replace('}', "")
}

fn encoded(text: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~".contains(&it);
    text.bytes().fold(String::new(), |mut all, it| {
        let _ =
            if plain(it) { write!(all, "{}", char::from(it)) } else { write!(all, "%{it:02X}") };
        all
    })
}

/// An operation's name as a function's name.
#[must_use]
pub fn identifier(name: &str) -> String {
    let word: String =
        name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
    if word.starts_with(|it: char| it.is_ascii_digit()) { format!("_{word}") } else { word }
}

/// `Thu, 03 Jun 2027 00:00:00 GMT` (RFC 9110 §5.6.7)
fn http_date(at: Timestamp) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let text = at.to_string();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let month = part(5, 7).parse::<usize>().unwrap_or(1);
    let month = MONTHS.get(month.saturating_sub(1)).copied().unwrap_or_default();
    let day = usize::try_from(at.seconds().div_euclid(86_400).rem_euclid(7)).unwrap_or(0);
    let weekday = DAYS.get(day).copied().unwrap_or_default();
    format!("{weekday}, {} {month} {} {} GMT", part(8, 10), part(0, 4), part(11, 19))
}
