//! The route that answers at the old address.

use std::fmt::Write as _;

use kernel::{Level, Timestamp};

use super::{
    Migrated, Moved,
    address::{Template, prefix},
    types::{Types, member, required},
    typescript::{remark, text},
};
use crate::{Category, Direction, Evidence, Finding, Pointer, Rule, Tree};

/// The days that a skeleton speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// Since when the old address is deprecated.
    pub deprecated: Timestamp,
    /// The first instant of its last day.
    pub sunset: Timestamp,
}

/// `services/<service>/src/compat/<name>.ts`: a Hono route on the old address.
#[must_use]
pub fn shim(asked: Migrated<'_>, moved: &Moved, dates: &Dates) -> String {
    let mut text = header(asked, moved, dates);
    match &moved.successor {
        Some(successor) => text.push_str(&bridge(asked, moved, successor)),
        None => text.push_str(&only_headers(asked, moved)),
    }
    text
}

fn header(asked: Migrated<'_>, moved: &Moved, dates: &Dates) -> String {
    format!(
        "// `{label}` as it was promised, until {sunset}.\n\
         import {{ Hono }} from \"hono\";\n\n\
         /** RFC 9745: since when the address is deprecated. */\n\
         const DEPRECATION = \"@{since}\";\n\
         /** RFC 8594: from when it may not answer any more. */\n\
         const SUNSET = \"{date}\";\n",
        label = remark(&label(moved)),
        sunset = asked.sunset,
        since = dates.deprecated.seconds(),
        date = http_date(dates.sunset),
    )
}

/// The first lines of a route: how it is matched.
struct Head {
    definition: String,
    opening: String,
}

impl Head {
    fn of(moved: &Moved, old: &Template, is_middleware: bool) -> Self {
        // Hono answers HEAD through the routes of GET.
        let is_head = moved.method == "head";
        let method = text(if is_head { "GET" } else { &moved.method }).to_uppercase();
        let pattern = old.hono();
        let arguments =
            if is_middleware || is_head || pattern.is_none() { "context, next" } else { "context" };
        let path = text(pattern.as_deref().unwrap_or("*"));
        let mut opening = format!("  app.on({method}, {path}, async ({arguments}) => {{\n");
        if is_head {
            opening.push_str("    if (context.req.method !== \"HEAD\") return next();\n");
        }
        let mut definition = String::new();
        if pattern.is_none() {
            definition = format!(
                "\n/** The old address. */\nconst ADDRESS = new RegExp({});\n",
                text(&old.expression())
            );
            opening.push_str(
                "    const parts = ADDRESS.exec(new URL(context.req.url).pathname);\n    \
                 if (parts === null) return next();\n",
            );
        }
        Self { definition, opening }
    }
}

fn only_headers(asked: Migrated<'_>, moved: &Moved) -> String {
    let old = Template::of(&prefix(asked.base, &moved.path, &moved.method), &moved.path);
    let Head { definition, opening } = Head::of(moved, &old, true);
    format!(
        "{definition}\n/** Says on each answer of `{label}` that it will end. Mount it before the route itself. */\n\
         export function {name}Compat(): Hono {{\n  \
           const app = new Hono();\n{opening}    \
             await next();\n    \
             context.res.headers.set(\"Deprecation\", DEPRECATION);\n    \
             context.res.headers.set(\"Sunset\", SUNSET);\n  \
           }});\n  \
           return app;\n}}\n",
        label = remark(&label(moved)),
        name = moved.name,
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
        let label = remark(&label(moved));
        let _ = write!(text, "\n/** {what} `{label}`. */\nexport type {name} = {schema};\n");
    }
    text.push_str("\n/** Answers one request, as the service does. */\nexport type Provider = (request: Request) => Response | Promise<Response>;\n");
    let missing = invented(&old.types, old.request, &new.types, new.request);
    let todo = told(asked, moved, Place::Body(Direction::ToProvider), &missing);
    text.push_str(&convert("upgradeRequest", ("old", "OldRequest", "NewRequest"), &missing, &todo));
    let missing_back = invented(&new.types, new.response, &old.types, old.response);
    let todo = told(asked, moved, Place::Body(Direction::FromProvider), &missing_back);
    text.push_str(&convert(
        "downgradeResponse",
        ("fresh", "NewResponse", "OldResponse"),
        &missing_back,
        &todo,
    ));
    if !missing.is_empty() || !missing_back.is_empty() {
        text.push_str("\nfunction invent(name: string): never {\n  throw new Error(`the migration has no value for ${name} yet`);\n}\n");
    }
    text.push_str(&route(asked, moved, successor));
    text.push_str(PLUMBING);
    text
}

fn convert(
    name: &str,
    (argument, from, to): (&str, &str, &str),
    missing: &[String],
    todo: &[String],
) -> String {
    let mut written = format!("\nexport function {name}({argument}: {from}): {to} {{\n");
    for sentence in todo {
        let _ = writeln!(written, "  // TODO: {}", remark(sentence));
    }
    if missing.is_empty() {
        let _ = writeln!(written, "  return {argument} as unknown as {to};\n}}");
        return written;
    }
    let _ = writeln!(written, "  return {{\n    ...({argument} as object),");
    for name in missing {
        // In brackets this name is a member as others are; bare it would be the prototype.
        let member = if name == "__proto__" { "[\"__proto__\"]".to_owned() } else { member(name) };
        let _ = writeln!(
            written,
            "    // TODO: nothing in the other version says `{}`\n    {member}: invent({}),",
            remark(name),
            text(name),
        );
    }
    let _ = writeln!(written, "  }} as unknown as {to};\n}}");
    written
}

fn route(asked: Migrated<'_>, moved: &Moved, successor: &str) -> String {
    let old = Template::of(&prefix(asked.base, &moved.path, &moved.method), &moved.path);
    let new = Template::of(&prefix(asked.head, &moved.path, &moved.method), successor);
    let Head { definition, opening } = Head::of(moved, &old, false);
    let todo = told(asked, moved, Place::Elsewhere, &[]);
    let todo = todo.iter().map(|it| format!("    // TODO: {}\n", remark(it)));
    format!(
        "{definition}\n/** `{label}`, answered by its successor. Mount it before the routes of the service. */\n\
         export function {name}Compat(provider: Provider): Hono {{\n  \
           const app = new Hono();\n{opening}    \
             const url = new URL(context.req.url);\n    \
             url.pathname = {target};\n{todo}    \
             const response = await provider(await upgraded(context.req.raw, url));\n    \
             const answer = await downgraded(response);\n    \
             answer.headers.set(\"Deprecation\", DEPRECATION);\n    \
             answer.headers.set(\"Sunset\", SUNSET);\n    \
             answer.headers.append(\"Link\", `<${{url.pathname}}>; rel=\"successor-version\"`);\n    \
             return answer;\n  \
           }});\n  \
           return app;\n}}\n",
        label = remark(&label(moved)),
        name = moved.name,
        target = new.target(&old),
        todo = todo.collect::<String>(),
    )
}

/// The same in each shim: a body that is JSON is converted, every other one goes through.
const PLUMBING: &str = r#"
function isJson(headers: Headers): boolean {
  return /^application\/([\w.+-]+\+)?json\b/i.test(headers.get("Content-Type") ?? "");
}

/** What a text says, if it is JSON: what is not is for others to refuse. */
function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

async function upgraded(request: Request, url: URL): Promise<Request> {
  const headers = new Headers(request.headers);
  if (!isJson(headers)) return new Request(url, request);
  headers.delete("Content-Length");
  const text = await request.text();
  const old = parsed(text);
  const body = old === undefined ? text : JSON.stringify(upgradeRequest(old.value as OldRequest));
  return new Request(url, { method: request.method, headers, body: body === "" ? null : body });
}

async function downgraded(response: Response): Promise<Response> {
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  if (!response.ok || !isJson(headers)) return new Response(response.body, { status, statusText, headers });
  headers.delete("Content-Length");
  const text = await response.text();
  const fresh = parsed(text);
  const body = fresh === undefined ? text : JSON.stringify(downgradeResponse(fresh.value as NewResponse));
  return new Response(body === "" ? null : body, { status, statusText, headers });
}
"#;

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
        Self { types: Types::new(document), request, response }
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

/// Where in an exchange something breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a body.
    Body(Direction),
    /// In parameters, headers, statuses.
    Elsewhere,
}

/// What breaks in a place and is not just one of the missing members.
fn told(asked: Migrated<'_>, moved: &Moved, place: Place, missing: &[String]) -> Vec<String> {
    let place_of = |it: &Finding| match &it.evidence {
        Evidence::Instance(witness) if witness.location.ends_with("body") => {
            Place::Body(witness.direction)
        }
        Evidence::Instance(_)
        | Evidence::Exchange(_)
        | Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => Place::Elsewhere,
    };
    let is_missing = |it: &Finding| {
        let is_top =
            matches!(&it.evidence, Evidence::Instance(witness) if witness.pointer.is_empty());
        let rules = [Rule::InputPropertyRequired, Rule::OutputPropertyNotGuaranteed];
        is_top && !missing.is_empty() && rules.contains(&it.rule)
    };
    let findings = breaks(asked, moved).filter(|it| place_of(it) == place && !is_missing(it));
    findings.map(|it| it.message.clone()).collect()
}

fn label(moved: &Moved) -> String {
    format!("{} {}", moved.method.to_uppercase(), moved.path)
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
