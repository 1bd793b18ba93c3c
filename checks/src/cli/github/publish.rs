//! `checks github publish`: a report, where its pull request is read.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use github::{
    CheckRun, Client, Comment, Error, Noted, Permission, check_run, marker, number_of, sticky,
};
use serde_json::{Map, Value};

use super::{
    connection::{Connection, Options},
    report_file::{self, MAX_FOREIGN},
};
use crate::{
    cli::{Shell, run::prefix},
    publish::{MAX_REPORT, Standing, Told, annotations, body, conclusion, keep_migration, title},
};

/// Tell a report on its pull request: as the one comment of its gate, or as a check run.
///
/// A token that may not write there is told and fails nothing: the report's own run has the verdict.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks github publish --report report.json --comment\n  checks github publish --report report.json --check-run --dry-run"
)]
pub(crate) struct Arguments {
    /// A report that `--format json` wrote.
    #[arg(long, value_name = "FILE")]
    report: PathBuf,
    /// Write the one comment of this gate; on green, only where there is one already.
    #[arg(long)]
    comment: bool,
    /// Write a check run with annotations; needs the token of an app or a workflow.
    #[arg(long)]
    check_run: bool,
    /// The pull request [default: the event's].
    #[arg(long, value_name = "N")]
    pull_request: Option<u64>,
    /// The commit of the check run [default: the event's].
    #[arg(long, value_name = "SHA")]
    commit: Option<String>,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let connection = Connection::of(&arguments.options, shell)?;
    if !arguments.comment && !arguments.check_run {
        bail!("say what to publish: `--comment`, `--check-run`, or both");
    }
    let is_foreign = connection.event.followed().is_some();
    let limit = if is_foreign { MAX_FOREIGN } else { MAX_REPORT };
    let told = report_file::open(&arguments.report, limit)?;
    let mut members = Map::new();
    let mut words = String::new();
    if arguments.check_run {
        let done = run(&connection, arguments, &told, &prefix(shell))?;
        tell(&mut members, &mut words, "check-run", done);
    }
    if arguments.comment {
        let done = comment(&connection, arguments, &told)?;
        tell(&mut members, &mut words, "comment", done);
    }
    if !connection.is_dry() {
        connection.tell(&Value::Object(members), &words)?;
    }
    Ok(0)
}

fn tell(members: &mut Map<String, Value>, words: &mut String, name: &str, done: Option<String>) {
    if let Some(done) = &done {
        words.push_str(&format!("{name}: {done}\n"));
    }
    members.insert(name.to_owned(), done.into());
}

/// The comment on the pull request; nothing where there is none.
fn comment(
    connection: &Connection<'_>,
    arguments: &Arguments,
    told: &Told,
) -> anyhow::Result<Option<String>> {
    let (marker, text) = (marker(told.gate()), body(told));
    let is_green = told.standing() == Standing::Green;
    let new = |before: Option<&str>| match before {
        None if is_green => None,
        // What was to be merged for a green gate is of no use to a green one.
        Some(_) if is_green => Some(text.clone()),
        before => Some(keep_migration(before, &text)),
    };
    let event = &connection.event;
    let known = arguments.pull_request.or_else(|| event.pull_request().map(|it| it.number));
    let act = |client: &Client<'_>| {
        let number = match (known, event.followed()) {
            (None, Some((head, commit))) => number_of(client, &head, &commit)?,
            (known, _) => known,
        };
        let Some(issue) = number else { return Ok(None) };
        let comment = Comment { issue, marker: &marker, needs: Permission::PullRequests };
        sticky(client, &comment, &new).map(|it| Some((issue, it)))
    };
    let done = match allowed(connection, act)? {
        Allowed::Done(done) => done,
        Allowed::Dry => return Ok(None),
        Allowed::Refused => return Ok(Some("not allowed".to_owned())),
    };
    let Some((number, noted)) = done else {
        connection
            .notice("notice", "no open pull request belongs to this run, so there is no comment")?;
        return Ok(Some("no pull request".to_owned()));
    };
    Ok(Some(match noted {
        Noted::Created(_) => format!("created on #{number}"),
        Noted::Updated(_) => format!("updated on #{number}"),
        Noted::Unchanged(_) => format!("unchanged on #{number}"),
        Noted::Absent => format!("none needed on #{number}"),
    }))
}

fn run(
    connection: &Connection<'_>,
    arguments: &Arguments,
    told: &Told,
    prefix: &str,
) -> anyhow::Result<Option<String>> {
    let commit = arguments.commit.clone().or_else(|| connection.event.commit());
    let Some(commit) = commit else {
        bail!("no commit for the check run: set `GITHUB_SHA`, or give `--commit`");
    };
    let (name, title, summary) = (format!("proofmark/{}", told.gate()), title(told), body(told));
    let annotations = annotations(told, prefix);
    let run = CheckRun {
        name: &name,
        commit: &commit,
        conclusion: conclusion(told),
        title: &title,
        summary: &summary,
        annotations: &annotations,
    };
    Ok(match allowed(connection, |client| check_run(client, &run))? {
        Allowed::Done(id) => Some(format!("`{name}` ({title}), id {id}")),
        Allowed::Dry => None,
        Allowed::Refused => Some("not allowed".to_owned()),
    })
}

enum Allowed<T> {
    Done(T),
    Dry,
    Refused,
}

/// The token of a fork's run may read only: then a notice and the summary say so, and nothing
/// fails, because the gate itself has its own verdict.
fn allowed<T>(
    connection: &Connection<'_>,
    act: impl FnOnce(&Client<'_>) -> Result<T, Error>,
) -> anyhow::Result<Allowed<T>> {
    if connection.is_dry() {
        connection.run(act)?;
        return Ok(Allowed::Dry);
    }
    match connection.ask(act) {
        Ok(done) => Ok(Allowed::Done(done)),
        Err((err, written)) if err.is_forbidden() => {
            let is_fork = connection.event.pull_request().is_some_and(|it| it.is_fork);
            let (kind, why) = if is_fork {
                ("notice", "not published, because runs of forks may only read")
            } else {
                ("warning", "not published")
            };
            connection.notice(kind, &format!("{why}: {}", connection.broken(&err, &written)))?;
            Ok(Allowed::Refused)
        }
        Err((err, written)) => Err(connection.broken(&err, &written)),
    }
}
