//! The half of a proof that people read. It is made from the statement alone.

mod contracts;
mod sdks;

use kernel::Digest;
use serde_json::Value;

/// How many hosts the text lists.
const MAX_HOSTS: usize = 20;
/// How many findings the text lists.
const MAX_FINDINGS: usize = 8;
/// How long a line may be.
const MAX_COLUMNS: usize = 160;

/// Writes the text of a statement, at most 40 lines.
#[must_use]
pub fn render(statement: &Value, stem: &str, digest: Digest, is_instant_given: bool) -> String {
    let at = |pointer: &str| {
        let value = statement.pointer(&format!("/predicate{pointer}"));
        value.map_or_else(String::new, shown)
    };
    let list = |pointer: &str| {
        let value = statement.pointer(pointer).and_then(Value::as_array);
        value.map_or(&[][..], Vec::as_slice)
    };
    let verdicts = list("/predicate/verdicts");
    let is_audit = statement.pointer("/predicate/workers").is_some();
    let is_sdk = statement.pointer("/predicate/sdks").is_some();
    let title = match (is_audit, is_sdk) {
        (true, _) => "route audit",
        (_, true) => "sdk sync",
        (false, false) => "contract gate",
    };
    let count = |word: &str| verdicts.iter().filter(|it| text(it, "verdict") == word).count();
    let mut lines = vec![
        format!("{title}: {}", verdict_word(&at("/verificationResult"))),
        format!("time: {}{}", at("/timeVerified"), if is_instant_given { " (set)" } else { "" }),
        format!("tool: checks {}", at("/verifier/version")),
        format!("statement: {stem}.intoto.json"),
        format!("statement-sha256: {digest}"),
        format!("inputs-sha256: {}", at("/inputsDigest/sha256")),
        format!("base: {}", at("/base")),
        format!("policy: {} {}", at("/policy/path"), at("/policy/digest/sha256")),
    ];
    lines.extend(match (is_audit, is_sdk) {
        (true, _) => extent(statement),
        (_, true) => sdks::extent(statement),
        (false, false) => contracts::extent(statement),
    });
    lines.push(format!(
        "rules: {} green, {} red, {} undecided, {} off",
        count("green"),
        count("red"),
        count("undecided"),
        count("off")
    ));
    if is_audit {
        lines.extend(owners(list("/predicate/hosts")));
    } else if is_sdk {
        lines.extend(sdks::lines(list("/predicate/sdks")));
    } else {
        lines.extend(contracts::lines(list("/predicate/contracts")));
    }
    lines.extend(findings(verdicts));
    if is_audit {
        lines.push(format!("live: {}", live(statement.pointer("/predicate/live"))));
    }
    lines.push("verify: checks proof verify THIS-FILE".to_owned());
    lines.iter().flat_map(|it| [one_line(it), "\n".to_owned()]).collect()
}

/// How much the route audit looked at.
fn extent(statement: &Value) -> [String; 2] {
    let list = |pointer: &str| {
        let value = statement.pointer(pointer).and_then(Value::as_array);
        value.map_or(&[][..], Vec::as_slice)
    };
    let workers = list("/predicate/workers");
    let n_routes: usize = workers.iter().map(|it| length(it, "routes")).sum();
    [
        format!("configurations: {}", list("/subject").len()),
        format!("units: {}, routes and custom domains: {n_routes}", workers.len()),
    ]
}

fn owners(hosts: &[Value]) -> Vec<String> {
    let mut lines = vec![format!("owners: {}", hosts.len())];
    for host in hosts.iter().take(MAX_HOSTS) {
        let owners = host.get("owners").and_then(Value::as_array);
        let owners: Vec<String> = owners.into_iter().flatten().map(shown).collect();
        lines.push(format!("  {}  {}", text(host, "host"), owners.join(", ")));
    }
    lines.extend(rest(hosts.len(), MAX_HOSTS));
    lines
}

fn findings(verdicts: &[Value]) -> Vec<String> {
    let all = verdicts.iter().filter_map(|it| it.get("findings")?.as_array()).flatten();
    let all: Vec<&Value> = all.collect();
    let mut lines = vec![format!("findings: {}", all.len())];
    for it in all.iter().take(MAX_FINDINGS) {
        let (level, rule) = (text(it, "level"), text(it, "rule"));
        let line = it.get("line").map_or_else(String::new, shown);
        lines.push(format!("  {level} {rule} {}:{line} {}", text(it, "path"), text(it, "message")));
    }
    lines.extend(rest(all.len(), MAX_FINDINGS));
    lines
}

fn live(live: Option<&Value>) -> String {
    match live.and_then(Value::as_array) {
        None => "not looked at".to_owned(),
        Some(heads) => {
            let good = heads.iter().filter(|it| text(it, "outcome") == "as expected").count();
            format!("{good} of {} as expected (recorded, not re-checked)", heads.len())
        }
    }
}

fn rest(n_all: usize, n_shown: usize) -> Option<String> {
    (n_all > n_shown).then(|| format!("  … and {} more", n_all - n_shown))
}

fn verdict_word(result: &str) -> &'static str {
    match result {
        "PASSED" => "GREEN",
        "FAILED" => "RED",
        _ => "UNDECIDED",
    }
}

fn text(value: &Value, member: &str) -> String {
    value.get(member).map_or_else(String::new, shown)
}

fn length(value: &Value, member: &str) -> usize {
    value.get(member).and_then(Value::as_array).map_or(0, Vec::len)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Names may hold anything: what would break the line is escaped, and a long line is cut.
fn one_line(line: &str) -> String {
    let escape = |it: char| -> String {
        if it.is_control() { it.escape_default().collect() } else { it.to_string() }
    };
    let escaped: String = line.chars().map(escape).collect();
    if escaped.chars().count() <= MAX_COLUMNS {
        return escaped;
    }
    escaped.chars().take(MAX_COLUMNS - 1).chain(['…']).collect()
}
