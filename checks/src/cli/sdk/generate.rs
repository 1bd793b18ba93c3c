//! `checks sdk generate`: writes the SDKs of contracts, or tells what would be written.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Instant};

use anyhow::{Context as _, bail};
use clap::Args;
use kernel::{Level, Outcome};

use crate::{
    cli::{
        Shell,
        progress::Progress,
        run::publish_with,
        sdk::sources::{Workshop, single},
    },
    policy::{self, Policy},
    report::{
        Report, SdkMember, SdkNoteRecord, SdkServiceRecord, Summary, Tool, VerdictRecord,
        text::{counted, visible},
    },
    rules,
    run::parallel::parallel,
    sdk_sync::{
        diff::{LINES_OF_RUN, unified},
        drift::{Change, Drift},
        folders::DiskFolder,
        making::Made,
        target,
        telling::Sight,
        writing::{sweep, write},
    },
};

/// How many notes are shown to people.
const MOST_NOTES: usize = 20;
/// How many files of one service are named to people.
const MOST_FILES: usize = 10;

/// Write the SDK of each contract, or tell whether it is what the contract yields.
///
/// Only what really changed is written, files that were not generated are never touched, and a
/// generated file that somebody edited stops the run before anything is written.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks sdk generate --check\n  checks sdk generate --contract shop.openapi.yaml --out clients/shop\n\nExit: 0 written, or nothing to do; 1 with `--check`: something would be written; 2 no answer, and nothing written."
)]
pub(crate) struct Arguments {
    /// One contract instead of those of the policy: a file, `REV:path`, or `-` for stdin.
    #[arg(long, value_name = "FILE", requires = "out")]
    contract: Option<String>,
    /// The folder of its SDK.
    #[arg(long, value_name = "DIR", requires = "contract")]
    out: Option<PathBuf>,
    /// Only this service; repeatable. With `--contract`, how the service is called.
    #[arg(long, value_name = "NAME")]
    service: Vec<String>,
    /// Write nothing; tell whether something would be written.
    #[arg(long)]
    check: bool,
    /// Write over generated files that somebody edited.
    #[arg(long)]
    overwrite_edited: bool,
}

/// One SDK, and how far its folder is from it.
struct Job {
    made: Made,
    root: PathBuf,
    drift: Drift,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let started = Instant::now();
    let progress = Progress::start("still generating", shell.global.quiet, &Arc::default());
    let Planned { jobs, unreadable, policy } = plan(arguments, shell)?;
    for it in &unreadable {
        shell.complain(&format!("error: {it}"));
    }
    refuse_conflicts(&jobs)?;
    if !arguments.check {
        refuse_edited(&jobs, arguments, shell)?;
        jobs.iter().try_for_each(put)?;
    }
    drop(progress);
    let verdicts = if arguments.check { verdicts(&jobs, &policy, shell)? } else { Vec::new() };
    let report = report(&jobs, verdicts, shell)?;
    let human = told(&jobs, &report, arguments.check);
    publish_with(&report, started.elapsed(), shell, Some(&human))?;
    let has_drifted = jobs.iter().any(|it| !it.drift.changes.is_empty());
    if !unreadable.is_empty() {
        return Ok(2);
    }
    Ok(u8::from(arguments.check && has_drifted))
}

/// What is to be done.
struct Planned {
    jobs: Vec<Job>,
    /// The contracts that nobody can read.
    unreadable: Vec<String>,
    policy: Policy,
}

fn plan(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<Planned> {
    if let (Some(contract), Some(out)) = (&arguments.contract, &arguments.out) {
        target::check(out, Some(contract.as_ref()))?;
        let shown = out.to_str().context("`--out`: the path is not UTF-8")?;
        let (made, policy) = single(contract, shown, &arguments.service, shell)?;
        let jobs = vec![job(made, out.clone())];
        return Ok(Planned { jobs, unreadable: Vec::new(), policy });
    }
    let workshop = Workshop::open(shell, &arguments.service)?;
    for it in &workshop.services {
        let contract = workshop.root.join(it.contract.as_str());
        target::check(&workshop.root.join(&it.out), Some(&contract))?;
    }
    if workshop.services.is_empty() {
        let globs = workshop.policy.config.sdk_sync.contracts.join("`, `");
        shell.complain(&format!("checks: no contract is there: `{globs}`"));
    }
    let (mut made, mut unreadable) = (Vec::new(), Vec::new());
    for it in workshop.make(shell.jobs()) {
        match it {
            Ok(it) => made.push(it),
            Err(reason) => unreadable.push(reason),
        }
    }
    let jobs = parallel(shell.jobs(), &made, |it| {
        let folder = DiskFolder::new(workshop.root.join(&it.service.out));
        Drift::of(&it.plan, &folder)
    });
    let root = |it: &Made| workshop.root.join(&it.service.out);
    let jobs =
        made.into_iter().zip(jobs).map(|(made, drift)| Job { root: root(&made), made, drift });
    Ok(Planned { jobs: jobs.collect(), unreadable, policy: workshop.policy })
}

fn job(made: Made, root: PathBuf) -> Job {
    let drift = Drift::of(&made.plan, &DiskFolder::new(root.clone()));
    Job { made, root, drift }
}

/// What was not made by us is never touched.
fn refuse_conflicts(jobs: &[Job]) -> anyhow::Result<()> {
    let conflicts = jobs.iter().flat_map(|job| job.drift.conflicts.iter().map(move |it| (job, it)));
    let lines: Vec<String> = conflicts
        .map(|(job, it)| {
            let contract = &job.made.service.shown;
            let (file, reason) = (format!("{}/{}", job.made.service.out, it.path()), &it.reason);
            format!("`{file}` is in the way of what `{contract}` yields: {reason}")
        })
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    bail!("{}; nothing was written", lines.join("\n       "))
}

/// Generated files that somebody edited stop the run.
fn refuse_edited(jobs: &[Job], arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<()> {
    let mut n_edited = 0;
    let mut n_left = LINES_OF_RUN;
    for job in jobs.iter().filter(|_| !arguments.overwrite_edited) {
        for change in job.drift.edited() {
            n_edited += 1;
            let file = format!("{}/{}", job.made.service.out, change.path);
            let diff = unified(change, n_left);
            n_left = n_left.saturating_sub(diff.n_shown);
            let text = format!("`{file}` was edited by hand:\n{}", diff.text);
            shell.complain(text.trim_end());
        }
    }
    if n_edited == 0 {
        return Ok(());
    }
    let files = counted(n_edited, "generated file");
    bail!(
        "{files} edited by hand, and nothing was written; put the change into the contract, or give `--overwrite-edited` to lose it"
    )
}

fn put(job: &Job) -> anyhow::Result<()> {
    let context = || format!("cannot write into `{}`", job.root.display());
    sweep(&job.root, job.drift.has_leftovers).with_context(context)?;
    if job.drift.changes.is_empty() {
        return Ok(());
    }
    target::probe(&job.root)?;
    write(&job.root, &job.drift.changes).with_context(context)
}

/// What the rules on files say of the folders as they lie on disk.
fn verdicts(
    jobs: &[Job],
    policy: &Policy,
    shell: &Shell<'_>,
) -> anyhow::Result<Vec<VerdictRecord>> {
    let bench = policy.bench(shell.now()?);
    let mut verdicts = Vec::new();
    for (id, is_edit) in [("sdk-hand-edited", true), ("sdk-out-of-date", false)] {
        let rule = rules::find(id).context("the rule is in the registry")?;
        let planned = policy::Planned { rule, level: policy.level(rule) };
        let mut outcome = Outcome { examined: jobs.len(), ..Outcome::default() };
        let mut n_left = LINES_OF_RUN;
        for job in jobs.iter().filter(|_| planned.level > Level::Off) {
            let folder = Box::new(DiskFolder::new(job.root.clone()));
            let (made, drift, level) = (&job.made, &job.drift, planned.level);
            let sight = Sight { made, drift, folder, older: None, level };
            if is_edit {
                outcome.findings.extend(sight.hand_edited(&mut n_left)?);
            } else {
                outcome.findings.extend(sight.out_of_date(&mut n_left)?);
            }
        }
        verdicts.push(bench.judge(&planned, Ok(outcome), None)?.record);
    }
    Ok(verdicts)
}

fn report(jobs: &[Job], verdicts: Vec<VerdictRecord>, shell: &Shell<'_>) -> anyhow::Result<Report> {
    let mut services: Vec<_> = jobs.iter().map(|it| it.made.record(&it.drift)).collect();
    services.sort_by(|one, other| one.service.cmp(&other.service));
    Ok(Report {
        schema: "checks-report/v1",
        tool: Tool { name: "checks", version: env!("CARGO_PKG_VERSION") },
        root: ".",
        base: None,
        head: "worktree".to_owned(),
        now: shell.now()?,
        summary: Summary::of(&verdicts),
        verdicts,
        waivers: Vec::new(),
        new_only: None,
        contract: None,
        sdk: Some(SdkMember { services }),
        notes: Vec::new(),
        sources: BTreeMap::new(),
        undecided_counts: shell.is_strict(),
    })
}

/// For people: a line for each service, then the notes.
fn told(jobs: &[Job], report: &Report, is_check: bool) -> String {
    let services = report.sdk.as_ref().map_or(&[][..], |it| it.services.as_slice());
    let mut text: String = services.iter().map(|it| line(it, is_check)).collect();
    for job in jobs.iter().filter(|_| is_check) {
        text.push_str(&files(job));
    }
    let notes: Vec<&SdkNoteRecord> = services.iter().flat_map(|it| &it.notes).collect();
    for it in notes.iter().take(MOST_NOTES) {
        let place = match it.line {
            Some(line) => format!("{}:{line}", visible(it.path.as_str())),
            None => visible(it.path.as_str()).into_owned(),
        };
        text.push_str(&format!("note[{}]: {place}: {}\n", it.code, visible(&it.message)));
    }
    if notes.len() > MOST_NOTES {
        text.push_str(&format!("{} more: --format json\n", notes.len() - MOST_NOTES));
    }
    text
}

fn line(it: &SdkServiceRecord, is_check: bool) -> String {
    let files = &it.files;
    let would = if is_check { "would be " } else { "" };
    let removed = match files.removed.len() {
        0 => String::new(),
        n_removed => format!("{n_removed} {would}removed, "),
    };
    format!(
        "{}: {}, {}; {} {would}written, {removed}{} unchanged\n",
        visible(&it.service),
        counted(it.operations, "operation"),
        counted(it.schemas, "schema"),
        counted(files.written.len(), "file"),
        files.unchanged,
    )
}

/// The files of a service that are not what they should be.
fn files(job: &Job) -> String {
    // What would be lost is told first.
    let mut changes: Vec<&Change> = job.drift.changes.iter().collect();
    changes.sort_by_key(|it| !it.is_edited);
    let out = &job.made.service.out;
    let one = |it: &&Change| {
        let what = match (&it.expected, &it.actual) {
            _ if it.is_edited => "edited by hand",
            (Some(_), None) => "missing",
            (Some(_), Some(_)) => "out of date",
            (None, _) => "not made any more",
        };
        format!("  {what}: {}\n", visible(&format!("{out}/{}", it.path)))
    };
    let mut text: String = changes.iter().take(MOST_FILES).map(one).collect();
    if changes.len() > MOST_FILES {
        text.push_str(&format!("  and {} more\n", changes.len() - MOST_FILES));
    }
    text
}
