//! One check run for one commit, with any number of annotations.

use kernel::Digest;
use serde_json::{Map, Value, json};

use crate::{
    Error,
    client::{Client, Listed, escaped, number},
    fit::{LONGEST_BODY, fit},
    forge::{Permission, Request},
};

/// How many annotations GitHub takes at once.
const BATCH: usize = 50;

/// What a check run says.
#[derive(Debug, Clone)]
pub struct CheckRun<'a> {
    /// Its name: one per gate and commit.
    pub name: &'a str,
    /// The commit.
    pub commit: &'a str,
    /// How it ended.
    pub conclusion: Conclusion,
    /// One line.
    pub title: &'a str,
    /// Markdown.
    pub summary: &'a str,
    /// Notes at lines.
    pub annotations: &'a [Annotation],
}

/// How a check run ended. There is no third way: what is undecided did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// Green.
    Success,
    /// Red, or undecided.
    Failure,
}

/// A note at lines of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The file, from the root of the repository, with `/`.
    pub path: String,
    /// First and last line, from 1.
    pub lines: (u64, u64),
    /// First and last column; they count within one line only.
    pub columns: Option<(u64, u64)>,
    /// `failure`, `warning` or `notice`.
    pub level: &'static str,
    /// One line.
    pub title: String,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Annotation {
    fn json(&self) -> Value {
        let mut members = Map::new();
        members.insert("path".into(), self.path.clone().into());
        members.insert("start_line".into(), self.lines.0.into());
        members.insert("end_line".into(), self.lines.1.max(self.lines.0).into());
        if let Some((start, end)) = self.columns.filter(|_| self.lines.0 == self.lines.1) {
            members.insert("start_column".into(), start.into());
            members.insert("end_column".into(), end.max(start).into());
        }
        members.insert("annotation_level".into(), self.level.into());
        // GitHub refuses longer ones: 255 characters, and 64 KB.
        members.insert("title".into(), self.title.chars().take(255).collect::<String>().into());
        members.insert("message".into(), fit(&self.message, 16_000).into());
        Value::Object(members)
    }
}

impl CheckRun<'_> {
    /// The same run has the same id, so a second start knows that it is done.
    fn id(&self) -> String {
        let annotations: Vec<Value> = self.annotations.iter().map(Annotation::json).collect();
        let whole = json!([self.commit, self.conclusion(), self.title, self.summary, annotations]);
        Digest::of(whole.to_string().as_bytes()).to_string()
    }

    fn conclusion(&self) -> &'static str {
        match self.conclusion {
            Conclusion::Success => "success",
            Conclusion::Failure => "failure",
        }
    }

    fn body(&self, batch: &[Annotation]) -> Map<String, Value> {
        let annotations: Vec<Value> = batch.iter().map(Annotation::json).collect();
        let mut body = Map::new();
        body.insert("name".into(), self.name.into());
        body.insert("external_id".into(), self.id().into());
        body.insert("status".into(), "completed".into());
        body.insert("conclusion".into(), self.conclusion().into());
        let summary = fit(self.summary, LONGEST_BODY);
        let mut output = json!({"title": self.title, "summary": summary});
        if let Some(output) = output.as_object_mut().filter(|_| !batch.is_empty()) {
            output.insert("annotations".into(), annotations.into());
        }
        body.insert("output".into(), output);
        body
    }
}

/// A run that GitHub has.
struct There {
    id: u64,
    external_id: Option<String>,
    n_annotations: Option<usize>,
}

/// Writes the one check run of this name on its commit; its id.
pub fn check_run(client: &Client<'_>, run: &CheckRun<'_>) -> Result<u64, Error> {
    let (id, n_there) = match there(client, run)? {
        Some(it) => {
            let is_same = it.external_id.as_ref().is_none_or(|it| *it == run.id());
            // A server that does not count them has all of them, or nobody can tell.
            let n_there = it.n_annotations.unwrap_or(run.annotations.len());
            if is_same && n_there >= run.annotations.len() && it.external_id.is_some() {
                return Ok(it.id);
            }
            let n_there = if is_same { n_there.min(run.annotations.len()) } else { 0 };
            if n_there == run.annotations.len() {
                patch(client, run, it.id, &[], None)?;
            }
            (it.id, n_there)
        }
        None => (post(client, run)?, run.annotations.len().min(BATCH)),
    };
    let left = run.annotations.get(n_there..).unwrap_or_default();
    let mut n_there = n_there;
    for batch in left.chunks(BATCH) {
        n_there += batch.len();
        patch(client, run, id, batch, Some(n_there))?;
    }
    client.note(format!("check run `{}` on {}", run.name, run.commit));
    Ok(id)
}

fn post(client: &Client<'_>, run: &CheckRun<'_>) -> Result<u64, Error> {
    let first = run.annotations.get(..BATCH.min(run.annotations.len())).unwrap_or_default();
    let mut body = run.body(first);
    body.insert("head_sha".into(), run.commit.into());
    let path = client.endpoint().path("/check-runs");
    let request = Request::post(path, Value::Object(body), Permission::Checks);
    let seen = || {
        let found = there(client, run)?;
        let found = found.filter(|it| it.external_id.as_ref().is_none_or(|it| *it == run.id()));
        Ok(found.map(|it| json!({"id": it.id})))
    };
    let answer = client.post(&request, &seen)?;
    number(&answer, "/id", &request)
}

/// Annotations are added and never replaced: a batch that arrived is not sent again.
fn patch(
    client: &Client<'_>,
    run: &CheckRun<'_>,
    id: u64,
    batch: &[Annotation],
    n_after: Option<usize>,
) -> Result<(), Error> {
    let path = client.endpoint().path(&format!("/check-runs/{id}"));
    let request = Request::patch(path, Value::Object(run.body(batch)), Permission::Checks);
    let seen = || {
        let (Some(n_after), Some(found)) = (n_after, there(client, run)?) else { return Ok(None) };
        let is_there = found.n_annotations.is_some_and(|it| it >= n_after);
        Ok(is_there.then(|| json!({"id": id})))
    };
    client.change(&request, &seen).map(drop)
}

/// The run of this name on this commit. A server that cannot tell has none.
fn there(client: &Client<'_>, run: &CheckRun<'_>) -> Result<Option<There>, Error> {
    let path =
        format!("/commits/{}/check-runs?check_name={}", escaped(run.commit), escaped(run.name));
    let items = match client.pages(&path, "/check_runs", Permission::Checks) {
        Ok(Listed { items, .. }) => items,
        Err(
            Error::NotFound { .. }
            | Error::Refused { .. }
            | Error::Forbidden { .. }
            | Error::Malformed { .. },
        ) => Vec::new(),
        Err(err) => return Err(err),
    };
    let text = |item: &Value, name: &str| item.get(name)?.as_str().map(str::to_owned);
    let is_it = |it: &&Value| text(it, "name").is_none_or(|it| it == run.name);
    let found = items.iter().filter(is_it).filter_map(|it| {
        let count = it.pointer("/output/annotations_count").and_then(Value::as_u64);
        Some(There {
            id: it.get("id")?.as_u64()?,
            external_id: text(it, "external_id").filter(|it| !it.is_empty()),
            n_annotations: count.and_then(|it| usize::try_from(it).ok()),
        })
    });
    let is_same = |it: &There| it.external_id.as_ref() == Some(&run.id());
    Ok(found.max_by_key(|it| (is_same(it), it.id)))
}
