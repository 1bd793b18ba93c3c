use std::{io, io::Read as _, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use kernel::RepoPath;
use snapshot::{Repository, Snapshot};

use crate::{
    cli::Shell,
    contract_gate::may_be_read,
    gates::{self, GATES},
    hook::{HookState, HooksFolder, Push, SkipLog, pre_commit_push, read_pushes},
    policy::Selection,
    report::{self, Format, Look, Report},
    route_audit::discovery::is_relevant,
    run::{self, BaseChoice, World},
    sdk_sync::judged_files,
};

/// The pre-push hook.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  checks hook install")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Install the hook; another tool's hook is never overwritten.
    #[command(after_help = "Example:\n  checks hook install")]
    Install {
        /// Which hook.
        #[arg(long, default_value = "pre-push", value_parser = ["pre-push"])]
        hook: String,
        /// Keep another tool's hook as `pre-push.before-proofmark` and run it first.
        #[arg(long)]
        force: bool,
    },
    /// Remove the hook, and put a kept one back.
    #[command(after_help = "Example:\n  checks hook uninstall")]
    Uninstall,
    /// Tell whether the hook is installed.
    #[command(after_help = "Example:\n  checks hook status")]
    Status,
    /// What the hook runs: judges the pushed commits; git's lines come on stdin.
    #[command(after_help = "Example:\n  git push --dry-run   # runs it")]
    Run {
        /// Which hook.
        #[arg(value_parser = ["pre-push"])]
        hook: String,
        /// What git passes: the remote's name and URL.
        rest: Vec<String>,
    },
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    match &arguments.command {
        Command::Install { force, .. } => {
            let binary = std::env::current_exe().context("cannot tell where this binary lies")?;
            let installed = hooks_folder(shell)?.install(&binary, *force)?;
            let chained = if installed.is_chained { ", after the hook that was there" } else { "" };
            shell.print(&format!("installed {}{chained}\n", installed.path.display()))?;
        }
        Command::Uninstall => {
            let is_removed = hooks_folder(shell)?.uninstall()?;
            shell.print(if is_removed { "removed\n" } else { "not installed\n" })?;
        }
        Command::Status => {
            shell.print(match hooks_folder(shell)?.state() {
                HookState::Ours => "installed\n",
                HookState::Foreign => "another tool's hook\n",
                HookState::Absent => "not installed\n",
            })?;
        }
        Command::Run { .. } => return run_hook(shell),
    }
    Ok(0)
}

/// Where git looks for hooks: `core.hooksPath`, else `hooks` in the common git folder.
fn hooks_folder(shell: &Shell<'_>) -> anyhow::Result<HooksFolder> {
    let repository = Repository::open(&shell.root()?)?;
    let Some(folder) = repository.hooks_folder() else { bail!("not a git repository") };
    Ok(HooksFolder::at(folder))
}

/// Never blocks by accident: no git, no lines, no gates to run are all fine.
fn run_hook(shell: &Shell<'_>) -> anyhow::Result<u8> {
    let mut text = String::new();
    io::stdin().take(1 << 20).read_to_string(&mut text).context("cannot read git's lines")?;
    let repository = Repository::open(&shell.root()?)?;
    let Some(git_folder) = repository.common_folder() else {
        shell.complain("checks: not in a git repository, nothing was judged");
        return Ok(0);
    };
    let log = SkipLog::of(git_folder);
    let skipped: Vec<&str> =
        shell.environment.get("CHECKS_SKIP").map_or_else(Vec::new, |it| it.split(',').collect());
    let mut code = 0;
    let mut pushes = read_pushes(&text);
    if text.is_empty() {
        pushes.extend(pre_commit_push(shell.environment));
    }
    for push in pushes {
        let gates = gates_skipped(&skipped, shell);
        if !skipped.is_empty() {
            let names = skipped.join(",");
            log.note(shell.now()?, &names, &push.local_ref).context("cannot note the skip")?;
            shell.complain(&format!("checks: {names} skipped for {}, as noted", push.local_ref));
        }
        if repository.resolve(&push.local).is_none() {
            // A tag may name a file or a folder; there is no tree of ours behind it.
            let name = &push.local_ref;
            shell.complain(&format!("checks: {name} is no commit, nothing was judged"));
        } else if gates.len() < GATES.len() {
            code = code.max(judge(shell, &repository, &push, gates)?);
        }
    }
    if code == 0 && skipped.is_empty() {
        for it in log.take_untold().unwrap_or_default() {
            let line =
                format!("checks: {} was skipped on {} for {}", it.gates, it.time, it.local_ref);
            shell.complain(&line);
        }
    }
    Ok(code)
}

fn gates_skipped(skipped: &[&str], shell: &Shell<'_>) -> Vec<String> {
    for name in skipped {
        if *name != "all" && gates::find(name).is_none() {
            shell.complain(&format!("checks: `CHECKS_SKIP` names `{name}`, which is no gate"));
        }
    }
    let is_skipped = |it: &&gates::Gate| skipped.contains(&"all") || skipped.contains(&it.id);
    GATES.iter().filter(is_skipped).map(|it| it.id.to_owned()).collect()
}

/// Judges one pushed commit against what the remote has, or the default branch.
fn judge(
    shell: &Shell<'_>,
    repository: &Repository,
    push: &Push,
    skipped: Vec<String>,
) -> anyhow::Result<u8> {
    let known = push.remote.as_deref().filter(|it| repository.resolve(it).is_some());
    let base = known.map_or(BaseChoice::Automatic, |it| BaseChoice::Named(it.to_owned()));
    let world = shell.world(&base, Some(&push.local))?;
    // A local `main` holds the pushed commits themselves: only what a remote has was judged before.
    let is_published = known.is_some()
        || ["origin/HEAD", "origin/main"].iter().any(|it| repository.resolve(it).is_some());
    if let run::Base::Found { snapshot, .. } = &world.base
        && is_published
        && is_same(&world.head, snapshot, &shell.config_path()?)?
    {
        return Ok(0);
    }
    let report = report_of(shell, &world, skipped)?;
    let look = Look { columns: shell.columns(), is_quiet: true, ..Look::default() };
    if report.exit_code() != 0 {
        shell.print(&report::render(&report, Format::Human, &look))?;
        shell.complain(&format!("checks: the push of {} is red", push.local_ref));
    } else if report.summary.undecided > 0 {
        shell
            .complain(&format!("checks: {} undecided; see `checks run`", report.summary.undecided));
    }
    Ok(report.exit_code())
}

fn report_of(shell: &Shell<'_>, world: &World, skipped: Vec<String>) -> anyhow::Result<Report> {
    let mut settings = shell.settings(Selection { skipped, ..Selection::default() }, false)?;
    let git_folder: Option<PathBuf> =
        world.repository.as_ref().and_then(Repository::common_folder).map(Into::into);
    settings.cache = git_folder.map(|it| it.join("checks"));
    Ok(run::run(world, &settings)?.report)
}

/// Does no file that a gate reads differ?
fn is_same(head: &Snapshot, base: &Snapshot, config: &RepoPath) -> anyhow::Result<bool> {
    let is_judged = judged_files(head);
    let is_input = |path: &RepoPath| {
        is_relevant(path) || may_be_read(path) || is_judged(path) || path == config
    };
    Ok(head.fingerprint(&is_input)? == base.fingerprint(&is_input)?)
}
