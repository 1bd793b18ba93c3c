//! One comment that is kept up to date instead of many.

use serde_json::{Value, json};

use crate::{
    Error,
    client::{Client, Listed, number},
    fit::{LONGEST_BODY, fit},
    forge::{Permission, Request},
};

/// Where a comment stands, and by which first line it is known again.
#[derive(Debug, Clone, Copy)]
pub struct Comment<'a> {
    /// The number of the pull request or issue.
    pub issue: u64,
    /// Its first line, as [`marker`] makes it.
    pub marker: &'a str,
    /// `issues: write`, or `pull-requests: write` on a pull request.
    pub needs: Permission,
}

/// What happened to a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// It is new; its id.
    Created(u64),
    /// It has a new text.
    Updated(u64),
    /// It says that already.
    Unchanged(u64),
    /// There is none, and none is wanted.
    Absent,
}

/// The first line of what belongs to a gate.
#[must_use]
pub fn marker(gate: &str) -> String {
    format!("<!-- proofmark:{gate} -->")
}

/// Writes the one comment with this marker that is ours; `text` makes the new text from the old
/// one, and nothing if no comment is wanted. More than one (two runs at once) become one.
pub fn sticky(
    client: &Client<'_>,
    comment: &Comment<'_>,
    text: &dyn Fn(Option<&str>) -> Option<String>,
) -> Result<Noted, Error> {
    let mut ours = own(client, comment)?.into_iter();
    let Some((id, before)) = ours.next() else {
        let Some(text) = text(None) else { return Ok(Noted::Absent) };
        return post(client, comment, &text);
    };
    for (younger, _) in ours {
        fold(client, comment, younger, id)?;
    }
    let without_marker = before.split_once('\n').map_or("", |(_, it)| it);
    let Some(text) = text(Some(without_marker)) else { return Ok(Noted::Unchanged(id)) };
    let after = whole(comment, &text);
    if after.trim_end() == before.trim_end() {
        return Ok(Noted::Unchanged(id));
    }
    edit(client, comment, id, &after)?;
    client.note(format!("comment on #{}", comment.issue));
    Ok(Noted::Updated(id))
}

/// Ids and texts of our comments with this marker, oldest first.
fn own(client: &Client<'_>, comment: &Comment<'_>) -> Result<Vec<(u64, String)>, Error> {
    let path = format!("/issues/{}/comments", comment.issue);
    let Listed { items, is_whole } = client.list(&path, comment.needs)?;
    let request = client.read(&path, comment.needs);
    let mut ours = Vec::new();
    for item in &items {
        let body = item.get("body").and_then(Value::as_str).unwrap_or_default();
        // What passed through a browser has line ends of another kind.
        let body = body.replace("\r\n", "\n");
        let is_marked = body.lines().next().map(str::trim) == Some(comment.marker);
        if is_marked && client.is_own(item)? {
            ours.push((number(item, "/id", &request)?, body));
        }
    }
    if ours.is_empty() && !is_whole {
        return Err(Error::TooLong { what: format!("`{request}`"), pages: items.len() / 100 });
    }
    ours.sort_unstable();
    Ok(ours)
}

fn post(client: &Client<'_>, comment: &Comment<'_>, text: &str) -> Result<Noted, Error> {
    let path = client.endpoint().path(&format!("/issues/{}/comments", comment.issue));
    let request = Request::post(path, json!({"body": whole(comment, text)}), comment.needs);
    let seen = || {
        let first = own(client, comment)?.into_iter().next();
        Ok(first.map(|(id, _)| json!({"id": id})))
    };
    let answer = client.post(&request, &seen)?;
    client.note(format!("comment on #{}", comment.issue));
    Ok(Noted::Created(number(&answer, "/id", &request)?))
}

/// There is no marker in what a folded comment says, so it is never found again.
fn fold(client: &Client<'_>, comment: &Comment<'_>, younger: u64, older: u64) -> Result<(), Error> {
    let text = format!("Two runs wrote at once; see the [first comment](#issuecomment-{older}).");
    edit(client, comment, younger, &text)
}

fn edit(client: &Client<'_>, comment: &Comment<'_>, id: u64, body: &str) -> Result<(), Error> {
    let path = format!("/issues/comments/{id}");
    client.patch(&path, json!({"body": body}), comment.needs).map(drop)
}

fn whole(comment: &Comment<'_>, text: &str) -> String {
    let room = LONGEST_BODY - comment.marker.chars().count() - 1;
    format!("{}\n{}", comment.marker, fit(text, room))
}
