//! A witness in one line.

use contracts::{Content, Direction, Evidence, HttpExchange, JsonInstance};

/// What shows a finding, as a person would say it.
pub(in crate::contract_gate) fn evidence(evidence: &Evidence) -> String {
    let side = |it: &Option<String>| it.clone().unwrap_or_else(|| "nothing".to_owned());
    match evidence {
        Evidence::Instance(it) => instance(it),
        Evidence::Exchange(it) => exchange(it),
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
