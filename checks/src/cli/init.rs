use std::{fs, path::Path};

use anyhow::Context as _;
use clap::Args;
use kernel::Side;
use snapshot::Repository;

use crate::{
    cli::Shell,
    context::{Older, Reader, Scope},
    gates::{self, GATES},
    init::{COMMENT, Draft, Templates, Written, attributes, checks_toml, write},
    policy::Selection,
    proof,
    report::Report,
    route_audit::{Fleet, kind_name},
    run::{self, BaseChoice, World, read_policy},
};

/// Write a first `checks.toml` and a workflow from what is found.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  checks init --dry-run\n  checks init sdk")]
pub(crate) struct Arguments {
    /// `gates`: policy, required check and rules of the branch; `sdk`: a workflow that keeps SDKs in
    /// step with contracts; `all`: both, comments on forks, and a job that stands for a matrix.
    #[arg(default_value = "gates", value_parser = ["gates", "sdk", "all"])]
    part: String,
    /// Only tell what would be written.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let root = shell.root()?;
    let world = shell.world(&BaseChoice::Declined, None)?;
    let settings = shell.settings(Selection::default(), false)?;
    let policy = read_policy(&world, &settings)?;
    let scope = Scope::new(Reader::new(&world.head, Side::Head), Older::Declined);
    let fleet = scope.fleet(&policy.config.route_audit);
    let mut text = found(fleet);
    let out = &policy.config.sdk_sync.out;
    for draft in drafts(&root, &world, (checks_toml(fleet), out), &arguments.part) {
        let context = || format!("cannot write `{}`", draft.path);
        let written = write(&root, &draft, arguments.dry_run).with_context(context)?;
        text.push_str(&told(&written, arguments.dry_run));
    }
    // The proof is about what `gates` writes.
    let writes_no_proof = arguments.dry_run || arguments.part == "sdk";
    let (report, proofs) = judge(shell, &root, writes_no_proof)?;
    text.push_str(&proofs);
    text.push_str(&first_findings(&report));
    shell.print(&text)?;
    Ok(0)
}

/// The files of a part, in the order in which they are told.
fn drafts(root: &Path, world: &World, (policy, out): (Draft, &str), part: &str) -> Vec<Draft> {
    let templates = Templates {
        branch: default_branch(world),
        // Whoever has the workflow that comments keeps what it reads.
        leaves_report: part == "all" || root.join(COMMENT).exists(),
    };
    let mut drafts = Vec::new();
    if part != "sdk" {
        drafts.extend([policy, templates.workflow(), Templates::ruleset()]);
    }
    if part == "all" {
        drafts.extend([templates.comment(), templates.aggregator()]);
    }
    if part != "gates" {
        let present = fs::read_to_string(root.join(".gitattributes")).unwrap_or_default();
        drafts.push(templates.sdk());
        drafts.extend(attributes(&present, out));
    }
    drafts
}

/// The branch that pull requests go to: what the remote calls its head, else `main` or `master`.
fn default_branch(world: &World) -> String {
    let repository = world.repository.as_ref();
    let git_folder = repository.and_then(Repository::common_folder);
    let head =
        git_folder.and_then(|it| fs::read_to_string(it.join("refs/remotes/origin/HEAD")).ok());
    let named = head.as_deref().and_then(|it| it.trim().strip_prefix("ref: refs/remotes/origin/"));
    let is_plain =
        |it: &&str| it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_./".contains(&it));
    let is_here = |it: &str| {
        repository.is_some_and(|here| here.resolve(&format!("refs/heads/{it}")).is_some())
    };
    let usual = if !is_here("main") && is_here("master") { "master" } else { "main" };
    named.filter(is_plain).unwrap_or(usual).to_owned()
}

/// One line on what the repository holds.
fn found(fleet: &Fleet) -> String {
    let n_pages = fleet.workers.units().filter(|(_, it)| kind_name(it.kind) == "pages").count();
    let n_units = fleet.workers.units().count();
    let (n_configs, n_hosts) = (fleet.discovery.configs.len(), fleet.hosts().len());
    let n_workflows = fleet.discovery.workflows.len();
    format!(
        "found: {n_configs} configurations, {} Workers, {n_pages} Pages projects, {n_hosts} hosts, \
         {n_workflows} workflows\n",
        n_units - n_pages
    )
}

fn told(written: &Written, is_dry: bool) -> String {
    let verb = if is_dry { "would write" } else { "wrote" };
    match written {
        Written::New(path) => format!("{verb} {path}\n"),
        Written::Unchanged(path) => format!("{path} is as it should be\n"),
        Written::Proposed(path) => {
            format!("{verb} {path}: the file itself was changed by somebody and stays as it is\n")
        }
    }
}

/// Judges what is there now, and adds the first proof, so that the pull request is green.
fn judge(
    shell: &Shell<'_>,
    root: &Path,
    writes_no_proof: bool,
) -> anyhow::Result<(Report, String)> {
    let settings = shell.settings(Selection::default(), false)?;
    let world = shell.world(&BaseChoice::Declined, None)?;
    let mut text = String::new();
    if !writes_no_proof && !has_fresh_proof(shell, &world)? {
        let finished = run::run(&world, &settings)?;
        let is_given = shell.is_instant_given();
        let proofs: Vec<_> =
            GATES.iter().filter_map(|it| proof::seal(&finished, it, is_given)).collect();
        for path in proof::write(root, &proofs)? {
            text.push_str(&format!("wrote {path}\n"));
        }
    }
    let world = shell.world(&BaseChoice::Declined, None)?;
    Ok((run::run(&world, &settings)?.report, text))
}

fn has_fresh_proof(shell: &Shell<'_>, world: &World) -> anyhow::Result<bool> {
    let Some(gate) = gates::find(gates::ROUTE_AUDIT) else { return Ok(false) };
    let Some(stem) = proof::newest(&world.head, gate.proof_name.unwrap_or(gate.id)) else {
        return Ok(false);
    };
    let pair = crate::route_audit::freshness::read_pair(&world.head, &stem);
    let config = shell.config_path()?;
    let tree = proof::Tree { head: &world.head, base: &|_| None, config: &config };
    Ok(proof::verify(&pair, gate, &tree).is_ok_and(|it| it.is_valid()))
}

/// The first three findings with their witnesses, and what to do next.
fn first_findings(report: &Report) -> String {
    let mut text = String::new();
    let mut findings: Vec<_> = report.findings().collect();
    findings.sort_by_key(|it| std::cmp::Reverse(it.level));
    for it in findings.iter().take(3) {
        text.push_str(&format!(
            "\n{}[{}]: {}\n  --> {}:{}:{}\n   = witness: {}\n   = help: {}\n",
            it.level.name(),
            it.rule,
            it.message,
            it.path,
            it.line,
            it.column,
            it.witness,
            it.remedy
        ));
    }
    let n_more = findings.len().saturating_sub(3);
    if n_more > 0 {
        text.push_str(&format!("\n… and {n_more} more: `checks run`\n"));
    }
    if findings.is_empty() {
        text.push_str("\nnothing is wrong here that a rule can see\n");
    }
    text.push_str(
        "\nnext: commit these files, open a pull request, and import `ops/governance/ruleset-main.json` \
         under Settings, Rules, which makes the check `checks` required\n",
    );
    text
}
