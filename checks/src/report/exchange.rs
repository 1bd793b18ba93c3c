//! What findings about contracts tell besides: who is reached, what differs, and the exchange.

use serde_json::Value;

use crate::report::{
    FindingRecord, RelatedRecord,
    text::{cut, place, visible},
};

/// How many operations are named.
const MAX_OPERATIONS: usize = 20;
/// How much of one value is shown in a line.
const LONGEST_VALUE: usize = 1_500;

/// Is this a finding about a contract?
pub(crate) fn is_contract(finding: &FindingRecord) -> bool {
    finding.members.contains_key("category")
}

/// `POST /orders, PUT /orders/{id} and 3 more`; nothing if no operation is reached.
pub(crate) fn reaches(finding: &FindingRecord) -> Option<String> {
    let all = finding.members.get("operations")?.as_array()?;
    let shown = all.iter().take(MAX_OPERATIONS).filter_map(Value::as_str);
    let shown: Vec<_> = shown.map(visible).collect();
    let n_more = all.len().saturating_sub(shown.len());
    let more = if n_more > 0 { format!(" and {n_more} more") } else { String::new() };
    (!shown.is_empty()).then(|| shown.join(", ") + &more)
}

/// Who uses what broke, with the places where that is seen.
pub(crate) fn users(finding: &FindingRecord) -> Option<String> {
    let user = |it: &RelatedRecord| {
        format!("{} ({})", visible(&it.note), place(it.path.as_str(), it.line, it.column))
    };
    let users: Vec<String> = finding.related.iter().map(user).collect();
    (!users.is_empty()).then(|| users.join(", "))
}

/// The lines that differ, each harmless.
pub(crate) fn diff_lines(finding: &FindingRecord) -> Vec<String> {
    let diff = finding.members.get("diff").and_then(Value::as_str).unwrap_or_default();
    diff.lines().map(|it| visible(&cut(it, 200)).into_owned()).collect()
}

/// `line 398`, with the file where it is another one.
pub(crate) fn base_line(finding: &FindingRecord) -> Option<String> {
    let base = finding.members.get("base")?;
    let line = base.get("line")?.as_u64()?;
    let path = base.get("path")?.as_str()?;
    let is_other = path != finding.path.as_str();
    Some(if is_other { format!("{}:{line}", visible(path)) } else { format!("line {line}") })
}

/// The lines of a generated file that differ, each harmless.
pub(crate) fn file_lines(finding: &FindingRecord) -> Vec<String> {
    let is_file = finding.witness.get("kind").and_then(Value::as_str) == Some("file-diff");
    let diff = finding.witness.get("diff").and_then(Value::as_str).filter(|_| is_file);
    let lines = diff.unwrap_or_default().lines();
    lines.map(|it| visible(&cut(it, 200)).into_owned()).collect()
}

/// `sdk/ts/shop/src/index.ts  expected 0123456789ab, found nothing`
fn file_diff(witness: &Value) -> Option<String> {
    let path = visible(witness.get("path")?.as_str()?);
    let short = |name: &str| {
        let digest = witness.get(name).and_then(Value::as_str);
        digest.map_or_else(|| "nothing".to_owned(), |it| it.chars().take(12).collect())
    };
    Some(format!("{path}  expected {}, found {}", short("expected"), short("actual")))
}

/// The witness of a finding in one line for people; nothing if it is of another kind.
pub(crate) fn witness_text(finding: &FindingRecord) -> Option<String> {
    in_one_line(&finding.witness)
}

/// A witness in one line for people; nothing if it is of another kind.
pub(crate) fn in_one_line(witness: &Value) -> Option<String> {
    let text = match witness.get("kind")?.as_str()? {
        "json-instance" => instance(witness),
        "http-exchange" => exchange(witness),
        "file-diff" => file_diff(witness),
        _ => None,
    }?;
    Some(visible(&text).into_owned())
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn instance(witness: &Value) -> Option<String> {
    let value = compact(witness.get("instance")?);
    let location = text(witness, "location").filter(|it| *it != "body");
    let location = location.map_or_else(String::new, |it| format!("  {it}"));
    let at = text(witness, "pointer").filter(|it| !it.is_empty());
    let at = at.map_or_else(String::new, |it| format!("   at {it}"));
    let outcome = outcome(witness);
    Some(format!("{}{location}  {value}{at}: {outcome}", text(witness, "operation")?))
}

fn exchange(witness: &Value) -> Option<String> {
    let request = witness.get("request")?;
    let (method, url) = (text(request, "method")?, text(request, "url")?);
    let mut line = format!("{method} {url}{}", headers(request));
    line.push_str(&body(request));
    if let Some(response) = witness.get("response").filter(|it| !it.is_null()) {
        let status = response.get("status").map_or_else(String::new, Value::to_string);
        line.push_str(&format!("  answered {status}{}{}", headers(response), body(response)));
    }
    Some(format!("{line}: {}", outcome(witness)))
}

fn headers(message: &Value) -> String {
    let pair = |it: &Value| {
        let (name, value) = (it.get(0)?.as_str()?, it.get(1)?.as_str()?);
        Some(format!("  {name}: {value}"))
    };
    let headers = message.get("headers").and_then(Value::as_array);
    headers.into_iter().flatten().filter_map(pair).collect()
}

fn body(message: &Value) -> String {
    let Some(body) = message.get("body").filter(|it| !it.is_null()) else { return String::new() };
    let content = ["json", "text", "base64"].iter().find_map(|it| body.get(it));
    let media = text(body, "media-type").unwrap_or_default();
    format!("  {media} {}", content.map_or_else(String::new, compact))
}

fn compact(value: &Value) -> String {
    cut(kernel::canonical_line(value).trim_end(), LONGEST_VALUE).into_owned()
}

fn outcome(witness: &Value) -> &'static str {
    match text(witness, "accepted-by") {
        Some("base") => "accepted before, refused now",
        _ => "ruled out before, possible now",
    }
}
