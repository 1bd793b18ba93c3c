//! One open issue for each thing that is wrong, while it is.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    Error,
    client::{Client, Listed, escaped, number},
    comment::{Comment, sticky},
    fit::{LONGEST_BODY, fit},
    forge::{Permission, Request},
};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// The rule that says so.
    pub rule: String,
    /// What it is known by from run to run.
    pub fingerprint: String,
    /// One line.
    pub title: String,
    /// Markdown.
    pub body: String,
}

/// Everything that a report says about incidents.
pub struct Incidents<'a> {
    /// The label of all of them.
    pub label: &'a str,
    /// What is wrong now.
    pub open: &'a [Incident],
    /// Rule and fingerprint to the closing words, for what is known to be over.
    pub over: &'a dyn Fn(&str, &str) -> Option<String>,
}

/// What happened to the issues, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    /// New ones.
    pub opened: Vec<u64>,
    /// Those with a new text.
    pub updated: Vec<u64>,
    /// Those that said it already.
    pub unchanged: Vec<u64>,
    /// Those that are over.
    pub closed: Vec<u64>,
}

/// An open issue of ours.
#[derive(Debug, Clone)]
struct Issue {
    number: u64,
    rule: String,
    fingerprint: String,
    title: Option<String>,
    body: String,
}

/// Opens, updates and closes issues, so that each incident has one as long as it lasts.
pub fn incidents(client: &Client<'_>, wanted: &Incidents<'_>) -> Result<Settled, Error> {
    let mut settled = Settled::default();
    let mut by_print: BTreeMap<String, Vec<Issue>> = BTreeMap::new();
    for issue in open(client, wanted.label)? {
        by_print.entry(issue.fingerprint.clone()).or_default().push(issue);
    }
    for incident in wanted.open {
        let mut there = by_print.remove(&incident.fingerprint).unwrap_or_default().into_iter();
        match there.next() {
            None => settled.opened.push(create(client, wanted.label, incident)?),
            Some(issue) if is_told(&issue, incident) => settled.unchanged.push(issue.number),
            Some(issue) => {
                let change = json!({"title": incident.title, "body": whole(incident)});
                patch(client, issue.number, change)?;
                settled.updated.push(issue.number);
            }
        }
        for younger in there {
            patch(client, younger.number, json!({"state": "closed"}))?;
            settled.closed.push(younger.number);
        }
    }
    for issue in by_print.into_values().flatten() {
        if let Some(words) = (wanted.over)(&issue.rule, &issue.fingerprint) {
            close(client, &issue, &words)?;
            settled.closed.push(issue.number);
        }
    }
    Ok(settled)
}

fn marker(rule: &str, fingerprint: &str) -> String {
    format!("<!-- proofmark:incident rule={rule} fingerprint={fingerprint} -->")
}

fn whole(incident: &Incident) -> String {
    let marker = marker(&incident.rule, &incident.fingerprint);
    let room = LONGEST_BODY - marker.chars().count() - 1;
    format!("{marker}\n{}", fit(&incident.body, room))
}

fn is_told(issue: &Issue, incident: &Incident) -> bool {
    issue.title.as_ref().is_none_or(|it| *it == incident.title)
        && issue.body.trim_end() == whole(incident).trim_end()
}

/// Our open issues with this label, oldest first.
fn open(client: &Client<'_>, label: &str) -> Result<Vec<Issue>, Error> {
    let below = format!("/issues?state=open&labels={}", escaped(label));
    let request = client.read(&below, Permission::Issues);
    let Listed { items, is_whole } = client.list(&below, Permission::Issues)?;
    if !is_whole {
        return Err(Error::TooLong { what: format!("`{request}`"), pages: items.len() / 100 });
    }
    let mut ours = Vec::new();
    for item in &items {
        // GitHub lists pull requests as issues too.
        let is_issue = item.get("pull_request").is_none_or(Value::is_null);
        let is_open = item.get("state").and_then(Value::as_str).is_none_or(|it| it == "open");
        let body = item.get("body").and_then(Value::as_str).unwrap_or_default();
        let body = body.replace("\r\n", "\n");
        let Some((rule, fingerprint)) = read_marker(&body) else { continue };
        if is_issue && is_open && client.is_own(item)? {
            ours.push(Issue {
                number: number(item, "/number", &request)?,
                rule,
                fingerprint,
                title: item.get("title").and_then(Value::as_str).map(str::to_owned),
                body,
            });
        }
    }
    ours.sort_by_key(|it| it.number);
    Ok(ours)
}

fn read_marker(body: &str) -> Option<(String, String)> {
    let words = body.lines().next()?.trim().strip_prefix("<!-- proofmark:incident ")?;
    let value = |name: &str| {
        let found = words.split_whitespace().find_map(|it| it.strip_prefix(name));
        found.map(str::to_owned)
    };
    Some((value("rule=")?, value("fingerprint=")?))
}

fn create(client: &Client<'_>, label: &str, incident: &Incident) -> Result<u64, Error> {
    let body = json!({"title": incident.title, "body": whole(incident), "labels": [label]});
    let path = client.endpoint().path("/issues");
    let request = Request::post(path, body, Permission::Issues);
    let seen = || {
        let there = open(client, label)?;
        let found = there.into_iter().find(|it| it.fingerprint == incident.fingerprint);
        Ok(found.map(|it| json!({"number": it.number})))
    };
    let answer = client.post(&request, &seen)?;
    let number = number(&answer, "/number", &request)?;
    client.note(format!("issue #{number}"));
    Ok(number)
}

fn patch(client: &Client<'_>, issue: u64, change: Value) -> Result<(), Error> {
    client.patch(&format!("/issues/{issue}"), change, Permission::Issues)?;
    client.note(format!("issue #{issue}"));
    Ok(())
}

/// One closing comment, then the issue is closed: in this order, so that a run that breaks off
/// between them finds the issue open and the comment written.
fn close(client: &Client<'_>, issue: &Issue, words: &str) -> Result<(), Error> {
    let marker = format!("<!-- proofmark:over {} -->", issue.fingerprint);
    let comment = Comment { issue: issue.number, marker: &marker, needs: Permission::Issues };
    sticky(client, &comment, &|there| there.is_none().then(|| words.to_owned()))?;
    patch(client, issue.number, json!({"state": "closed"}))
}
