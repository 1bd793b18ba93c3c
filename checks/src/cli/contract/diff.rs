//! `checks contract diff`: two revisions of one contract, without a repository if need be.

use std::{collections::BTreeMap, fs, sync::Arc, time::Instant};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use contracts::{Category, Outward, Rule, Store};
use kernel::{Digest, Document, Level, RepoPath, Side};

use crate::{
    cli::{Shell, contract::source::Source, progress::Progress, run::publish},
    config::{ConfigFile, FILE_NAME},
    contract_gate::{Comparisons, Judging, compare_pair, service_of},
    gates,
    policy::{Planned, Policy},
    report::{ContractMember, Report, Summary, Tool, VerdictRecord},
    rules::RULES,
    run::refuse_unknown,
};

/// Compare two revisions of a contract: does every valid exchange stay valid?
///
/// Two assumptions about people are policy. `undeclared = "known-names"`: a sender never uses a
/// member name that only the other side declares. `error-statuses = "expected"`: clients know the
/// class of a 4xx or 5xx that was not announced. `checks.toml` can say otherwise.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks contract diff old.openapi.yaml new.openapi.yaml\n  checks contract diff main:contracts/shop.openapi.json contracts/shop.openapi.json --only wire --format json\n\nExit: 0 nothing denied and nothing undecided, 1 something, 2 no answer."
)]
pub(crate) struct Arguments {
    /// The older revision: a file, `REV:path`, or `-` for stdin.
    base: String,
    /// The newer revision.
    head: String,
    /// Only what breaks exchanges, generated code, or the rest.
    #[arg(long, value_name = "CATEGORY")]
    only: Option<Only>,
}

/// A category of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Exchanges.
    Wire,
    /// Generated code.
    Sdk,
    /// Words, life cycle, additions.
    Doc,
}

impl Only {
    fn category(self) -> Category {
        match self {
            Self::Wire => Category::Wire,
            Self::Sdk => Category::Sdk,
            Self::Doc => Category::Doc,
        }
    }
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let started = Instant::now();
    let progress = Progress::start("still comparing", shell.global.quiet, &Arc::default());
    let [base, head] = [&arguments.base, &arguments.head].map(|it| Source::named(it, shell));
    let (base, head) = (base?, head?);
    if base.is_stdin() && head.is_stdin() {
        bail!("only one of the two can come from stdin");
    }
    let policy = policy(shell)?;
    let now = shell.now()?;
    let gate = &policy.config.contract_gate;
    let mut store = Store::new();
    let older = base.read(&mut store, gate, Outward::Refused)?;
    let newer = head.read(&mut store, gate, Outward::Refused)?;
    let settings = gate.settings(now);
    let by = Judging {
        config: &policy.config,
        settings: &settings,
        service: &service_of(&head.path),
        within: &head.path,
    };
    let all = Comparisons::single(compare_pair(&mut store, &older, &newer, by));
    let verdicts = verdicts(&all, &policy, now, arguments.only)?;
    let mut report = Report {
        schema: "checks-report/v1",
        tool: Tool { name: "checks", version: env!("CARGO_PKG_VERSION") },
        root: ".",
        base: base.commit.clone(),
        head: head.commit.clone().unwrap_or_else(|| "worktree".to_owned()),
        now,
        summary: Summary::of(&verdicts),
        verdicts,
        waivers: Vec::new(),
        new_only: None,
        contract: None,
        sdk: None,
        notes: Vec::new(),
        sources: BTreeMap::new(),
        undecided_counts: true,
    };
    let record = all.records().first().cloned().context("two files were compared")?;
    let is_wire = arguments.only.is_none_or(|it| it == Only::Wire);
    let undecided = record.undecided.iter().filter(|_| is_wire).cloned().collect();
    let record = crate::report::ContractRecord { undecided, ..record }.judged(&report);
    report.contract = Some(ContractMember::Diff(Box::new(record)));
    drop(progress);
    publish(&report, started.elapsed(), shell)?;
    Ok(report.exit_code())
}

/// One verdict for each rule that takes part.
fn verdicts(
    all: &Comparisons,
    policy: &Policy,
    now: kernel::Timestamp,
    only: Option<Only>,
) -> anyhow::Result<Vec<VerdictRecord>> {
    let mut verdicts = Vec::new();
    for rule in RULES.iter().filter(|it| it.info().gate == gates::CONTRACT_GATE) {
        let planned = Planned { rule: *rule, level: policy.level(*rule) };
        let Some(id) = Rule::named(rule.info().id) else { continue };
        let is_meant = only.is_none_or(|it| it.category() == id.category());
        if is_meant && planned.level > Level::Off {
            let judged = policy.bench(now).judge(&planned, all.outcome(id), None)?;
            verdicts.push(judged.record);
        }
    }
    verdicts.sort_by_key(|it| it.rule);
    Ok(verdicts)
}

/// The policy of `--config`, wherever it lies, else the one at the root, if there is one.
pub(crate) fn policy(shell: &Shell<'_>) -> anyhow::Result<Policy> {
    let path = RepoPath::new(FILE_NAME)?;
    let file = match &shell.global.config {
        Some(file) => Some(file.clone()),
        None => shell.root().ok().map(|it| it.join(FILE_NAME)).filter(|it| it.is_file()),
    };
    let Some(file) = file else {
        let absent = ConfigFile::absent(&path, Side::Head);
        return Ok(Policy::of_head(absent.root, &path, false));
    };
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let root = snapshot::parse_toml(&text)
        .map_err(|err| anyhow::anyhow!("cannot read `{}`: {err}", file.display()))?;
    let digest = Digest::of(text.as_bytes());
    let document = Document::new(path.clone(), text.into(), digest, root);
    let config = ConfigFile::read(&document, Side::Head)?;
    refuse_unknown(&config)?;
    Ok(Policy::of_head(config.root, &path, false))
}
