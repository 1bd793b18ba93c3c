//! `checks contract migrate`: a skeleton for each red contract.

mod open_pr;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, bail};
use clap::Args;
use contracts::migration::Dates;
use kernel::RepoPath;
use serde_json::{Value, json};
use snapshot::Repository;

use self::open_pr::{OpenPr, Opened, Opening};
use crate::{
    cli::{Shell, progress::Progress, run::selection},
    contract_gate::migrate::{Change, Plan, Strategy, commit, commit_title, plans},
    disk, gates,
    report::{Format, text::visible},
    run::BaseChoice,
};

/// Prepare the migration of what a pull request breaks: contract, old routes, tests, checklist.
///
/// Everything mechanical is done and nothing is guessed. Nothing is written to the working tree
/// without `--apply`; files that somebody edited are kept.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks contract migrate\n  checks contract migrate contracts/shop.openapi.json --strategy version --apply\n  checks contract migrate --open-pr --pull-request 7"
)]
pub(crate) struct Arguments {
    /// The contracts [default: all that are red].
    contracts: Vec<RepoPathArgument>,
    /// The revision to compare with [default: the event's, else the merge base].
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// How broken promises are kept.
    #[arg(long, value_enum, default_value = "auto")]
    strategy: Strategy,
    /// Where plans are written [default: checks/migrations in the git folder].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Also commit the changes of one contract on a new branch of this name; with `--open-pr`, on
    /// the branch of this name on GitHub.
    #[arg(long, value_name = "NAME")]
    branch: Option<String>,
    /// Also change the working tree.
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    open: OpenPr,
}

/// A path inside the repository, as clap reads it.
#[derive(Debug, Clone)]
struct RepoPathArgument(RepoPath);

impl std::str::FromStr for RepoPathArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        RepoPath::new(text.trim_start_matches("./")).map(Self).map_err(|err| err.to_string())
    }
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let opening = Opening::of(&arguments.open, shell)?;
    let settings = shell.settings(selection(&[gates::CONTRACT_GATE.to_owned()], &[])?, false)?;
    let world = shell.world(&BaseChoice::of(arguments.base.as_deref(), shell.environment), None)?;
    let repository = world.repository.as_ref().context("a migration needs a repository")?;
    let out = out(arguments, shell, repository)?;
    let named: Vec<RepoPath> = arguments.contracts.iter().map(|it| it.0.clone()).collect();
    let known = |folder: &str, findings: &[String]| {
        let open = || opening.as_ref()?.dates(folder, findings);
        dates(&out.join(folder), findings).or_else(open)
    };
    let progress = Progress::start("still planning", shell.global.quiet, &Arc::default());
    let plans = plans(&world, &settings, &named, arguments.strategy, &known)?;
    drop(progress);
    if arguments.branch.is_some() && plans.len() > 1 {
        bail!("`--branch` takes one contract; {} are red: name one", plans.len());
    }
    if arguments.apply {
        applicable(repository.root(), &plans)?;
    }
    let branch_of = |plan: &Plan| arguments.branch.clone().unwrap_or_else(|| plan.branch());
    let branches: Vec<(&Plan, String)> = plans.iter().map(|it| (it, branch_of(it))).collect();
    let is_dry = opening.as_ref().is_some_and(Opening::is_dry);
    let mut records = Vec::new();
    for (plan, branch) in &branches {
        let record = record(plan, branch);
        if !is_dry {
            write(&out, plan, &record)?;
        }
        if arguments.branch.is_some() && opening.is_none() {
            commit(repository.root(), branch, &plan.changes, &commit_title(plan))?;
        }
        records.push(record);
    }
    if arguments.apply && !is_dry {
        apply(repository.root(), &plans)?;
    }
    let opened = match &opening {
        Some(opening) => opening.open(&branches, repository, shell)?,
        None => Vec::new(),
    };
    if is_dry {
        return Ok(0);
    }
    if shell.formats().iter().any(|it| it.format == Format::Json) {
        with_pull_requests(&mut records, &opened);
        shell.print(&format!("{:#}\n", Value::from(records)))?;
    } else {
        let lines: String = opened.iter().map(|it| it.line.as_str()).collect();
        shell.print(&kernel::redact(&(told(&plans, &out, arguments) + &lines)))?;
    }
    Ok(0)
}

/// What GitHub has now belongs to the answer, not to the plan on disk.
fn with_pull_requests(records: &mut [Value], opened: &[Opened]) {
    for (record, opened) in records.iter_mut().zip(opened) {
        if let Some(members) = record.as_object_mut() {
            members.insert("pull-request".to_owned(), opened.record.clone());
        }
    }
}

/// The folder of plans: the option, the policy's, or one inside the git folder.
fn out(
    arguments: &Arguments,
    shell: &Shell<'_>,
    repository: &Repository,
) -> anyhow::Result<PathBuf> {
    if let Some(out) = &arguments.out {
        return Ok(std::path::absolute(out)?);
    }
    let policy = super::diff::policy(shell)?;
    if let Some(out) = &policy.config.contract_gate.migrate.out {
        // The policy is a stranger's text in a pull request: no word of it leads outside.
        let inside = RepoPath::new(out.trim_end_matches('/'));
        let inside =
            inside.with_context(|| format!("`gates.contract-gate.migrate.out` is `{out}`"))?;
        disk::below(repository.root(), inside.as_str())?;
        return Ok(repository.root().join(inside.as_str()));
    }
    let folder = repository.common_folder();
    let folder =
        folder.context("there is no git folder to write plans to: name one with `--out`")?;
    Ok(folder.join("checks/migrations"))
}

/// The dates of an earlier plan for the same findings: the same plan tomorrow says the same.
fn dates(folder: &Path, findings: &[String]) -> Option<Dates> {
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.json")).ok()?).ok()?;
    if plan.get("findings")? != &json!(findings) {
        return None;
    }
    dates_in(&fs::read_to_string(folder.join("pr-body.md")).ok()?)
}

/// The dates that the text of a plan was made with.
fn dates_in(body: &str) -> Option<Dates> {
    let line = body.lines().find(|it| it.starts_with("<!-- checks:migrate v1 "))?;
    let mut words = line.split_whitespace();
    let since = words.clone().find_map(|it| it.strip_prefix("since="))?;
    let sunset = words.find_map(|it| it.strip_prefix("sunset="))?;
    let sunset = format!("{sunset}T00:00:00Z").parse().ok()?;
    Some(Dates { deprecated: since.parse().ok()?, sunset })
}

fn record(plan: &Plan, branch: &str) -> Value {
    json!({
        "schema": "checks-migration/v1",
        "service": plan.service,
        "strategy": plan.strategy.name(),
        "branch": branch,
        "patch": "migration.patch",
        "body": "pr-body.md",
        "files": plan.files,
        "findings": plan.findings,
        "after": {"verdict": "green"},
    })
}

fn write(out: &Path, plan: &Plan, record: &Value) -> anyhow::Result<()> {
    let folder = &plan.folder;
    let mut files = vec![
        (format!("{folder}/migration.patch"), plan.patch()),
        (format!("{folder}/pr-body.md"), plan.body.clone()),
        (format!("{folder}/plan.json"), format!("{record:#}\n")),
    ];
    let proposals = plan.proposals.iter();
    files
        .extend(proposals.map(|(path, text)| (format!("{folder}/proposals/{path}"), text.clone())));
    for (path, text) in files {
        let path = disk::below(out, &path)?;
        if fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            disk::replace(&path, text.as_bytes())
                .with_context(|| format!("cannot write `{}`", path.display()))?;
        }
    }
    Ok(())
}

/// Is the working tree still what the patches were made from?
fn applicable(root: &Path, plans: &[Plan]) -> anyhow::Result<()> {
    for Change { path, before, .. } in plans.iter().flat_map(|it| &it.changes) {
        let now = fs::read(disk::below(root, path.as_str())?).ok();
        if now.as_deref() != before.as_deref().map(str::as_bytes) {
            bail!("`{path}` has changed meanwhile, so nothing is written; start again");
        }
    }
    Ok(())
}

fn apply(root: &Path, plans: &[Plan]) -> anyhow::Result<()> {
    for Change { path, after, .. } in plans.iter().flat_map(|it| &it.changes) {
        disk::replace(&disk::below(root, path.as_str())?, after.as_bytes())
            .with_context(|| format!("cannot write `{path}`"))?;
    }
    Ok(())
}

fn told(plans: &[Plan], out: &Path, arguments: &Arguments) -> String {
    if plans.is_empty() {
        return "nothing to migrate: no contract breaks a promise\n".to_owned();
    }
    let mut text = String::new();
    for plan in plans {
        text.push_str(&format!("{} ({})\n", visible(&plan.service), plan.strategy.name()));
        for file in &plan.files {
            text.push_str(&format!("  {:6} {}\n", file.action, visible(file.path.as_str())));
        }
        let folder = out.join(&plan.folder);
        for (path, _) in &plan.proposals {
            let proposal = folder.join("proposals").join(path.as_str());
            text.push_str(&format!(
                "  edited by hand, so kept; the proposal is {}\n",
                visible(&proposal.display().to_string())
            ));
        }
        let patch = folder.join("migration.patch");
        let next = if arguments.apply {
            "applied"
        } else {
            "apply it with `git apply`, or again with `--apply`"
        };
        text.push_str(&format!("  {} ({next})\n", patch.display()));
    }
    text.push_str("after it the gate is green\n");
    text
}
