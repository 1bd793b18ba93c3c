//! A witness in few lines.

use contracts::{Content, Direction, Evidence, HttpExchange, JsonInstance};
use similar::TextDiff;

use crate::report::text::visible;

/// Two texts of so many bytes stand side by side.
const LONGEST_LINE: usize = 160;

/// What shows a finding, as a person would say it; no character of it is hidden.
pub(in crate::contract_gate) fn evidence(evidence: &Evidence) -> String {
    let text = told(evidence);
    let lines: Vec<_> = text.split('\n').map(visible).collect();
    lines.join("\n")
}

fn told(evidence: &Evidence) -> String {
    let side = |it: &Option<String>| it.clone().unwrap_or_else(|| "nothing".to_owned());
    match evidence {
        Evidence::Instance(it) => instance(it),
        Evidence::Exchange(it) => exchange(it),
        Evidence::Texts { base: Some(base), head: Some(head) } if is_long(base, head) => {
            difference(base, head)
        }
        Evidence::Symbol { base, head } | Evidence::Texts { base, head } => {
            format!("{} → {}", side(base), side(head))
        }
        Evidence::Rejected { pointer, keyword, value } => {
            format!("{pointer}: `{keyword}` is {value}")
        }
        Evidence::Readings { here, elsewhere } => {
            format!("read as {here}; others read {elsewhere}")
        }
    }
}

/// Do two texts need more than a line?
fn is_long(base: &str, head: &str) -> bool {
    base.contains('\n') || head.contains('\n') || base.len() + head.len() > LONGEST_LINE
}

/// The lines that differ, with one around them.
fn difference(base: &str, head: &str) -> String {
    let diff = TextDiff::from_lines(base, head);
    let groups = diff.grouped_ops(1);
    let lines = groups.iter().flatten().flat_map(|it| diff.iter_changes(it));
    let lines = lines.map(|it| format!("{}{}", it.tag(), it.value().trim_end_matches('\n')));
    lines.collect::<Vec<_>>().join("\n")
}

fn instance(it: &JsonInstance) -> String {
    let where_in =
        if it.pointer.is_empty() { String::new() } else { format!(" at {}", it.pointer) };
    let answer = match it.direction {
        Direction::ToProvider => "accepted before, refused now",
        Direction::FromProvider => "never sent before, allowed now",
    };
    let location = if it.location == "body" { String::new() } else { format!(" {}", it.location) };
    format!("{}{location}  {}{where_in}: {answer}", it.operation, it.instance)
}

fn exchange(it: &HttpExchange) -> String {
    let mut text = format!("{} {}", it.request.method, it.request.url);
    for (name, value) in &it.request.headers {
        text = format!("{text}\n{name}: {value}");
    }
    if let Some(body) = &it.request.body {
        text = format!("{text}\n\n{}", content(&body.content));
    }
    if let Some(response) = &it.response {
        text = format!("{text}\n→ {}", response.status);
        for (name, value) in &response.headers {
            text = format!("{text}\n{name}: {value}");
        }
        if let Some(body) = &response.body {
            text = format!("{text}\n\n{}", content(&body.content));
        }
    }
    text
}

fn content(content: &Content) -> String {
    match content {
        Content::Json(value) => value.to_string(),
        Content::Text(text) => text.clone(),
        Content::Base64(text) => format!("{text} (base64)"),
    }
}
