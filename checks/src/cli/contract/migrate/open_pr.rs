//! `--open-pr`: each plan as a pull request, so that merging it repairs the one that breaks.

use std::cell::RefCell;

use anyhow::Context as _;
use clap::Args;
use contracts::migration::Dates;
use github::{
    Branch, Client, Comment, Content, Error, FileChange, Permission, Proposal, Proposed,
    PullRequestText, Target, marker, open_body, propose, sticky, target,
};
use kernel::Digest;
use serde_json::{Value, json};
use snapshot::Repository;

use super::dates_in;
use crate::{
    cli::{
        Shell,
        github::connection::{Connection, Options, pull_request_json},
        run::prefix,
    },
    contract_gate::migrate::{Plan, commit_title},
    gates,
    publish::{Worktree, migration_block, plan_digest, without_migration},
    report::markdown::escape::code,
};

/// Options of `--open-pr`.
#[derive(Debug, Args)]
pub(super) struct OpenPr {
    /// Also open a pull request with the plan, or update the open one; needs a token.
    #[arg(long = "open-pr", id = "open_pr")]
    is_wanted: bool,
    /// The pull request that breaks the promise: the new one goes into its branch [default: the event's].
    #[arg(long, value_name = "N", requires = "open_pr")]
    pull_request: Option<u64>,
    /// The repository on GitHub [default: `GITHUB_REPOSITORY`].
    #[arg(long, value_name = "OWNER/NAME", requires = "open_pr")]
    repository: Option<String>,
    /// With `--open-pr`: print the requests as JSON lines, and send none.
    #[arg(long, requires = "open_pr")]
    dry_run: bool,
}

/// Pull requests that are about to be opened.
pub(super) struct Opening<'a> {
    connection: Connection<'a>,
    target: Option<Target>,
    /// The branch that they go into.
    into: String,
    /// The days of open ones, by branch.
    kept: RefCell<Vec<(String, Dates)>>,
}

/// What became of one plan.
pub(super) struct Opened {
    /// The member `pull-request` of its record.
    pub(super) record: Value,
    /// The last line for people.
    pub(super) line: String,
    /// Where people see it, if it is open.
    url: Option<String>,
}

impl<'a> Opening<'a> {
    /// Token, repository and target, before anything is computed; nothing without `--open-pr`.
    pub(super) fn of(options: &OpenPr, shell: &'a Shell<'a>) -> anyhow::Result<Option<Self>> {
        if !options.is_wanted {
            return Ok(None);
        }
        let at = Options { repository: options.repository.clone(), dry_run: options.dry_run };
        let connection = Connection::of(&at, shell)?;
        let of_event = connection.event.pull_request();
        let is_of_event =
            |it: &Target| options.pull_request.is_none_or(|number| number == it.number);
        let found = match (options.pull_request, of_event.filter(is_of_event)) {
            (_, Some(found)) => Some(found),
            (None, None) => None,
            (Some(number), None) => {
                let asked = connection.run(|client| target(client, number))?;
                // A dry run has asked nobody.
                Some(asked.unwrap_or_else(|| Target {
                    number,
                    head: format!("<head branch of #{number}>"),
                    commit: String::new(),
                    is_fork: false,
                }))
            }
        };
        let into = if let Some(found) = &found {
            found.head.clone()
        } else {
            let asked = connection.run(|client: &Client<'_>| client.default_branch())?;
            asked.unwrap_or_else(|| "main".to_owned())
        };
        Ok(Some(Self { connection, target: found, into, kept: RefCell::default() }))
    }

    /// Is nothing sent and nothing written?
    pub(super) fn is_dry(&self) -> bool {
        self.connection.is_dry()
    }

    /// The days that the open pull request of this plan names, if it is for the same findings.
    pub(super) fn dates(&self, folder: &str, findings: &[String]) -> Option<Dates> {
        if self.is_dry() || self.is_fork() {
            return None;
        }
        let branch = Branch::new(&format!("checks/{}/{folder}", gates::CONTRACT_GATE));
        let body = self.connection.run(|client| open_body(client, &branch, &self.into));
        // Whatever is wrong here is wrong again, and told, when the plan is written.
        let body = body.ok()???;
        if !body.contains(&findings_line(findings)) {
            return None;
        }
        let dates = dates_in(&body)?;
        self.kept.borrow_mut().push((branch.as_str().to_owned(), dates.clone()));
        Some(dates)
    }

    fn is_fork(&self) -> bool {
        self.target.as_ref().is_some_and(|it| it.is_fork)
    }

    /// Opens or updates the pull requests of these plans, and links them where people look.
    pub(super) fn open(
        &self,
        plans: &[(&Plan, String)],
        repository: &Repository,
        shell: &Shell<'_>,
    ) -> anyhow::Result<Vec<Opened>> {
        if let Some(fork) = self.target.as_ref().filter(|it| it.is_fork) {
            let text = format!(
                "pull request #{} comes from a fork, where nothing can be pushed: its author applies the patch with `git apply`",
                fork.number
            );
            self.connection.notice("notice", &text)?;
            let line = || "pull-request: none, because of a fork\n".to_owned();
            let opened = || Opened { record: Value::Null, line: line(), url: None };
            return Ok(plans.iter().map(|_| opened()).collect());
        }
        let mut all = Vec::new();
        for (plan, branch) in plans {
            all.push(self.one(plan, branch, repository, shell)?);
        }
        let links: Vec<(String, String)> = plans
            .iter()
            .zip(&all)
            .filter_map(|((plan, _), it)| Some((plan.service.clone(), it.url.clone()?)))
            .collect();
        if let Some(target) = &self.target {
            self.connection.run(|client| link(client, target.number, &links))?;
        }
        Ok(all)
    }

    fn one(
        &self,
        plan: &Plan,
        branch: &str,
        repository: &Repository,
        shell: &Shell<'_>,
    ) -> anyhow::Result<Opened> {
        let worktree = Worktree::open(repository.root())?;
        let pushed = self.target.as_ref().map(|it| it.commit.as_str());
        let base = worktree.commit(pushed)?;
        let branch = Branch::new(branch);
        let (files, digest) = (files(plan, &prefix(shell)), self.digest(plan, &branch)?);
        let title = commit_title(plan);
        let body = format!(
            "{}\n{}{}{}",
            findings_line(&plan.findings),
            self.next_step(),
            plan.body,
            self.connection.ci_sentence()
        );
        let proposal = Proposal {
            branch: &branch,
            base: &base,
            files: &files,
            message: &title,
            digest: &digest,
            pull_request: Some(PullRequestText {
                base: &self.into,
                title: &title,
                body: &body,
                gate: gates::CONTRACT_GATE,
            }),
        };
        let done = self.connection.run(|client| propose(client, &proposal))?;
        Ok(done.map_or_else(Opened::dry, |it| self.told(&branch, &it)))
    }

    /// What its reader does with it.
    fn next_step(&self) -> String {
        let into = code(&self.into);
        let repairs = self
            .target
            .as_ref()
            .map_or_else(String::new, |it| format!(": it repairs #{}", it.number));
        format!(
            "**Next:** do what stands under “Before you merge”, then merge this into {into}{repairs}.\n\n"
        )
    }

    /// Days take no part, unless the open ones were too near: then the plan moves to new ones.
    fn digest(&self, plan: &Plan, branch: &Branch) -> anyhow::Result<String> {
        let dates = dates_in(&plan.body).context("a plan names its days")?;
        let digest = plan_digest(&plan.changes, &dates);
        let kept = self.kept.borrow();
        let is_moved = kept.iter().any(|(name, kept)| name == branch.as_str() && *kept != dates);
        Ok(if is_moved { format!("{digest}.{}", dates.sunset.date()) } else { digest })
    }

    fn told(&self, branch: &Branch, done: &Proposed) -> Opened {
        let commit = done.commit.as_deref();
        let Some(it) = &done.pull_request else {
            let line = "pull-request: none, because nothing differs from its base\n".to_owned();
            return Opened { record: Value::Null, line, url: None };
        };
        let ci = self.connection.ci(it.author.as_deref());
        let mut record = pull_request_json(it, branch, commit);
        if let Some(members) = record.as_object_mut() {
            members.insert("ci".to_owned(), json!(ci));
        }
        let closed = if it.is_closed { ", closed by a person, which is respected" } else { "" };
        let line = format!(
            "ci: {ci}\npull-request: #{} {} {branch} {} {}{closed}\n",
            it.number,
            it.url,
            commit.unwrap_or("-"),
            it.state.name(),
        );
        Opened { record, line, url: (!it.is_closed).then(|| it.url.clone()) }
    }
}

impl Opened {
    fn dry() -> Self {
        let url = Some("<its address>".to_owned());
        Self { record: Value::Null, line: String::new(), url }
    }
}

fn files(plan: &Plan, prefix: &str) -> Vec<FileChange> {
    let file = |it: &crate::contract_gate::migrate::Change| FileChange {
        path: format!("{prefix}{}", it.path),
        content: Content::File { bytes: it.after.clone().into_bytes(), is_executable: false },
    };
    plan.changes.iter().map(file).collect()
}

/// What the dates of a body belong to.
fn findings_line(findings: &[String]) -> String {
    format!("<!-- proofmark:findings {} -->", Digest::of(findings.join("\n").as_bytes()).short())
}

/// Links the pull requests in the comment of the gate, and takes the links away when there is
/// nothing to merge any more.
fn link(client: &Client<'_>, issue: u64, links: &[(String, String)]) -> Result<(), Error> {
    let marker = marker(gates::CONTRACT_GATE);
    let comment = Comment { issue, marker: &marker, needs: Permission::PullRequests };
    let text = |before: Option<&str>| {
        let rest = before.map(without_migration);
        match (links.is_empty(), rest) {
            (false, rest) => {
                Some(format!("{}\n{}", migration_block(links), rest.unwrap_or_default()))
            }
            (true, Some(rest)) if rest.trim().is_empty() => {
                Some("Nothing to do: every contract keeps its promises.\n".to_owned())
            }
            (true, rest) => rest,
        }
    };
    sticky(client, &comment, &text).map(drop)
}
