//! `checks github commit`: changed files, committed on a branch of GitHub.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use clap::Args;
use github::{Branch, Client, Error, Proposal, Proposed, PullRequestText, propose};
use serde_json::{Value, json};

use super::connection::{Connection, Options, pull_request_json};
use crate::{
    cli::{Shell, run::prefix},
    publish::{Worktree, digest},
    report::text::counted,
};

/// What a body lists by name.
const MOST_PATHS: usize = 50;

/// Commit changed files on a branch of GitHub, through its API.
///
/// The commit holds exactly the changed files that fit `--paths`, deletions, modes and links
/// included; nothing changed is nothing written. The default branch is never written, nothing is
/// forced, and a branch that ends with somebody else's commit is left alone.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks github commit --paths 'sdk/ts/**' --branch checks/sdk-sync/shop --message 'sdk: as the contract says' --pull-request\n  checks github commit --paths 'docs/*.md' --branch docs --message 'docs: generated' --dry-run"
)]
pub(crate) struct Arguments {
    /// Which changed files; `**` goes down any number of folders. Repeatable.
    #[arg(long, value_name = "GLOB", required_unless_present = "sdk_report")]
    paths: Vec<String>,
    /// Only the files that this report of `sdk generate` says were written or removed.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    sdk_report: Option<PathBuf>,
    /// The branch; what git would refuse in its name is written `=XX`.
    #[arg(long, value_name = "NAME")]
    branch: String,
    /// The message of the commit; its first line is the title of the pull request.
    #[arg(long, value_name = "TEXT")]
    message: String,
    /// Also open a pull request, or update the open one.
    #[arg(long)]
    pull_request: bool,
    /// Where the pull request goes [default: the branch of the event's, else the default branch].
    #[arg(long, value_name = "BRANCH")]
    base: Option<String>,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let connection = Connection::of(&arguments.options, shell)?;
    let title = arguments.message.trim().lines().next().unwrap_or_default().to_owned();
    if title.is_empty() {
        bail!("`--message` is empty");
    }
    let target = connection.event.pull_request();
    if let Some(fork) = target.as_ref().filter(|it| it.is_fork) {
        bail!("pull request #{} comes from a fork, where nothing can be written", fork.number);
    }
    let worktree = Worktree::open(&shell.root()?)?;
    let pushed = target.as_ref().map(|it| it.commit.as_str());
    let base = worktree.commit(pushed)?;
    let paths = match &arguments.sdk_report {
        Some(file) => generated(file)?,
        None => arguments.paths.clone(),
    };
    let changes = worktree.changes(&prefix(shell), &paths)?;
    if !changes.outside.is_empty() {
        let paths = listed(&changes.outside, 5);
        let text = format!("{} outside of `--paths` left out: {paths}", files(&changes.outside));
        shell.complain(&format!("checks: {text}"));
    }
    let (branch, digest) = (Branch::new(&arguments.branch), digest(&changes.files));
    let paths: Vec<String> = changes.files.iter().map(|it| it.path.clone()).collect();
    let body = format!(
        "**Merge it if the change is wanted.** {} changed by `checks`; nobody edited them by hand.\n\n{}\n{}",
        files(&paths),
        bullets(&paths),
        connection.ci_sentence(),
    );
    let head = target.map(|it| it.head);
    let act = |client: &Client<'_>| -> Result<Proposed, Error> {
        let into = match arguments.base.clone().or(head) {
            Some(into) => into,
            None => client.default_branch()?,
        };
        let text = PullRequestText { base: &into, title: &title, body: &body, gate: "commit" };
        let proposal = Proposal {
            branch: &branch,
            base: &base,
            files: &changes.files,
            message: &arguments.message,
            digest: &digest,
            pull_request: arguments.pull_request.then_some(text),
        };
        propose(client, &proposal)
    };
    let Some(done) = connection.run(act)? else { return Ok(0) };
    tell(&connection, &branch, &done).context("cannot tell what was written")?;
    Ok(0)
}

/// The files of a report of `sdk generate`, each as a glob that takes nothing else.
fn generated(file: &Path) -> anyhow::Result<Vec<String>> {
    let context = || format!("cannot read `{}`", file.display());
    let report: Value =
        serde_json::from_slice(&fs::read(file).with_context(context)?).with_context(context)?;
    let services = report.pointer("/sdk/services").and_then(Value::as_array);
    let services = services.with_context(|| format!("`{}` tells of no SDK", file.display()))?;
    let mut paths = Vec::new();
    for service in services {
        let out = service.get("out").and_then(Value::as_str).unwrap_or_default();
        let lists = ["/files/written", "/files/removed"].map(|it| service.pointer(it));
        for path in lists.into_iter().flatten().filter_map(Value::as_array).flatten() {
            paths.extend(path.as_str().map(|it| literal(&format!("{out}/{it}"))));
        }
    }
    Ok(paths)
}

/// A glob that takes this very path.
fn literal(path: &str) -> String {
    let mut glob = String::with_capacity(path.len());
    for it in path.chars() {
        if "*?[]{}".contains(it) {
            glob.extend(['[', it, ']']);
        } else {
            glob.push(it);
        }
    }
    glob
}

fn tell(connection: &Connection<'_>, branch: &Branch, done: &Proposed) -> anyhow::Result<()> {
    let commit = done.commit.as_deref();
    let mut words = match commit {
        Some(commit) => format!("commit: {commit} on `{branch}` ({})\n", done.state.name()),
        None => "commit: none, because nothing changed\n".to_owned(),
    };
    let (mut ci, mut told) = (Value::Null, Value::Null);
    if let Some(it) = &done.pull_request {
        if it.is_closed {
            words = format!(
                "pull request #{} was closed with this very change, which is respected\n",
                it.number
            );
        }
        let waits = connection.ci(it.author.as_deref());
        words.push_str(&format!(
            "ci: {waits}\npull request: #{} {} ({})\n",
            it.number,
            it.url,
            it.state.name()
        ));
        ci = waits.into();
        told = pull_request_json(it, branch, commit);
    }
    let data = json!({
        "branch": branch.as_str(), "commit": commit, "state": done.state.name(),
        "pull-request": told, "ci": ci,
    });
    connection.tell(&data, &words)
}

fn files(paths: &[String]) -> String {
    counted(paths.len(), "file")
}

fn listed(paths: &[String], limit: usize) -> String {
    let mut shown: Vec<String> = paths.iter().take(limit).map(|it| format!("`{it}`")).collect();
    shown.extend((paths.len() > limit).then(|| format!("and {} more", paths.len() - limit)));
    shown.join(", ")
}

fn bullets(paths: &[String]) -> String {
    let escaped = paths.iter().map(|it| crate::report::markdown::escape::code(it));
    let mut lines: Vec<String> = escaped.take(MOST_PATHS).map(|it| format!("- {it}\n")).collect();
    if paths.len() > MOST_PATHS {
        lines.push(format!("- and {} more\n", paths.len() - MOST_PATHS));
    }
    lines.concat()
}
