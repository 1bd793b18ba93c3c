use std::{
    fs,
    io::{self, Write as _},
    mem::ManuallyDrop,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anstream::adapter::strip_str;
use anyhow::{Context as _, bail};
use clap::Args;
use snapshot::{Repository, Revision};

use crate::{
    cli::{FormatArgument, Shell, progress::Progress, shell::is_closed_pipe},
    config::did_you_mean,
    disk,
    gates::{self, GATES, Gate},
    policy::Selection,
    proof,
    report::{self, Format, Look, Report, SUMMARY_LIMIT},
    rules,
    run::{self, BaseChoice, Settings, World},
};

/// Judge the repository.
#[derive(Debug, Default, Args)]
#[command(
    after_help = "Examples:\n  checks run --gate route-audit --base origin/main\n  checks run --gate contract-gate --format human --format json=report.json"
)]
pub(crate) struct Arguments {
    /// Only this gate (and `policy`); repeatable.
    #[arg(long, value_name = "GATE")]
    gate: Vec<String>,
    /// Only this rule (and the gate `policy`); repeatable.
    #[arg(long, value_name = "RULE")]
    rule: Vec<String>,
    /// The revision to compare with, or `none` [default: the event's, else the merge base].
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// A commit to judge instead of the working tree.
    #[arg(long, value_name = "REV")]
    head: Option<String>,
    /// The TypeScript that compiles consumers of SDKs: the folder of its package, or the program
    /// itself, which git must not track [default: the nearest `node_modules/typescript`].
    #[arg(long, value_name = "PATH")]
    typescript: Option<PathBuf>,
    /// Write a proof of each gate into `ops/proofs`.
    #[arg(long)]
    write_proofs: bool,
    /// Ask the live URLs that `checks.toml` names.
    #[arg(long)]
    live: bool,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let started = Instant::now();
    let selection = selection(&arguments.gate, &arguments.rule)?;
    let mut settings = shell.settings(selection, arguments.live)?;
    settings.typescript.clone_from(&arguments.typescript);
    let progress = Progress::start("still judging", shell.global.quiet, &settings.advance);
    let base = BaseChoice::of(arguments.base.as_deref(), shell.environment);
    let head = arguments.head.as_deref();
    if arguments.write_proofs {
        write_proofs(shell, &settings, &shell.world(&base, head)?)?;
    }
    // The process ends soon: freeing all that was read would only take time.
    let world = ManuallyDrop::new(shell.world(&base, head)?);
    if base.is_fallback(shell.environment)
        && let Some(commit) = world.base.commit()
    {
        shell.complain(&format!(
            "checks: the event names no base; compared with `{commit}`, where head left the \
             default branch"
        ));
    }
    let git_folder = world.repository.as_ref().and_then(Repository::common_folder);
    settings.cache = git_folder.filter(|_| !arguments.write_proofs).map(|it| it.join("checks"));
    let run = ManuallyDrop::new(run::run(&world, &settings)?);
    drop(progress);
    publish(&run.report, started.elapsed(), shell)?;
    Ok(run.report.exit_code())
}

/// Writes a report in all formats that were asked for.
pub(crate) fn publish(report: &Report, elapsed: Duration, shell: &Shell<'_>) -> anyhow::Result<()> {
    publish_with(report, elapsed, shell, None)
}

/// The same, with words of its own for people.
pub(crate) fn publish_with(
    report: &Report,
    elapsed: Duration,
    shell: &Shell<'_>,
    human: Option<&str>,
) -> anyhow::Result<()> {
    if shell.formats().iter().any(|it| it.format == Format::Html) {
        bail!("only `checks contract changelog` writes html; a report is one of the other formats");
    }
    let look = Look {
        columns: shell.columns(),
        is_quiet: shell.global.quiet,
        elapsed,
        prefix: prefix(shell),
    };
    for it in shell.formats() {
        let own = human.filter(|_| it.format == Format::Human);
        let text = own.map_or_else(|| report::render(report, it.format, &look), str::to_owned);
        match tell(&text, &it, shell) {
            // Whoever stops reading does not change the verdict.
            Err(err) if is_closed_pipe(&err) => {}
            told => told?,
        }
    }
    // An action asks for it by its input also where the log is written for people.
    let is_asked = shell.formats().iter().any(|it| it.format == Format::Github)
        || shell.environment.get("IN_SUMMARY") == Some("true");
    if let Some(file) = shell.environment.get("GITHUB_STEP_SUMMARY").filter(|_| is_asked) {
        // What stands in the file already counts too: a summary that is too long is dropped whole.
        let n_there = fs::metadata(file).map_or(0, |it| it.len());
        let limit = SUMMARY_LIMIT.saturating_sub(usize::try_from(n_there).unwrap_or(SUMMARY_LIMIT));
        append(file, &report::summary(report, limit))?;
    }
    Ok(())
}

/// Writes the proofs first, so that the rules on proofs judge what is there afterwards.
fn write_proofs(shell: &Shell<'_>, settings: &Settings, world: &World) -> anyhow::Result<()> {
    if world.head.revision() != Revision::Worktree {
        bail!("`--write-proofs` needs the working tree, not a commit");
    }
    let finished = run::run(world, settings)?;
    let sealed = |gate: &Gate| {
        let took_part = finished.scopes.contains_key(gate.id);
        took_part.then(|| proof::seal(&finished, gate, shell.is_instant_given())).flatten()
    };
    let proofs: Vec<_> = GATES.iter().filter_map(sealed).collect();
    for path in proof::write(&shell.root()?, &proofs)? {
        shell.complain(&format!("wrote {path}"));
    }
    Ok(())
}

/// Writes one format, to stdout or into its file. Only the human form has colours, and only on
/// stdout; the others pass byte for byte, also where a name holds terminal codes.
fn tell(text: &str, argument: &FormatArgument, shell: &Shell<'_>) -> anyhow::Result<()> {
    let is_styled = argument.format == Format::Human;
    match &argument.file {
        Some(file) => {
            let text = if is_styled { strip_str(text).to_string() } else { text.to_owned() };
            write(file, text.as_bytes())
                .with_context(|| format!("cannot write `{}`", file.display()))?;
        }
        None if is_styled => shell.print(text)?,
        None => {
            let mut out = io::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()?;
        }
    }
    Ok(())
}

/// A file is written whole or not at all; a pipe or device stays what it is.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let is_special = fs::metadata(file).is_ok_and(|it| !it.is_file());
    if is_special { fs::write(file, bytes) } else { disk::replace(file, bytes) }
}

/// From the repository's root to the root that is judged: `services/` or nothing.
pub(crate) fn prefix(shell: &Shell<'_>) -> String {
    let Some(root) = shell.root().ok().and_then(|it| fs::canonicalize(it).ok()) else {
        return String::new();
    };
    let repository = root.ancestors().find(|it| it.join(".git").exists());
    let inside = repository.and_then(|it| root.strip_prefix(it).ok()).and_then(Path::to_str);
    inside
        .filter(|it| !it.is_empty())
        .map_or_else(String::new, |it| it.replace(std::path::MAIN_SEPARATOR, "/") + "/")
}

pub(crate) fn append(file: &str, text: &str) -> anyhow::Result<()> {
    let out = fs::OpenOptions::new().create(true).append(true).open(file);
    out.and_then(|mut it| it.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write `{file}`"))
}

/// Names of gates and rules, checked.
pub(crate) fn selection(gates: &[String], rules: &[String]) -> anyhow::Result<Selection> {
    for gate in gates {
        if gates::find(gate).is_none() {
            let known: Vec<_> = GATES.iter().map(|it| it.id).collect();
            let hint = did_you_mean(gate, known.iter().copied());
            // They are few: where none is near, all are named.
            let named = hint.map_or_else(|| known.join("` or `"), str::to_owned);
            bail!("unknown gate `{gate}`{}", hint_text(Some(&named)));
        }
    }
    for rule in rules {
        if rules::find(rule).is_none() {
            bail!("unknown rule `{rule}`{}", hint_text(did_you_mean(rule, rules::ids())));
        }
    }
    Ok(Selection { gates: gates.to_vec(), rules: rules.to_vec(), skipped: Vec::new() })
}

/// The tail of a message that names the nearest right word.
pub(crate) fn hint_text(hint: Option<&str>) -> String {
    hint.map_or_else(String::new, |it| format!("; did you mean `{it}`?"))
}
