use std::fs;

use anyhow::{Context, Result};
use snapshot::{Repository, Snapshot};

use crate::{
    bench::{
        best_of, checks, commit_all, cost, folder, git, print_cost, print_ratio,
        stopwatch::{Cost, Program, Value, measure, python},
    },
    generate,
    tree::{self, Tree},
};

const SERVICES: usize = 1000;
const FLOOR: &str = include_str!("floor.py");
const MEBIBYTE: f64 = 1_048_576.0;

/// All gates on a generated monorepo, cold and remembered, and the parts of it.
pub(super) fn run(tree: &Tree) -> Result<()> {
    let monorepo = folder(tree, "monorepo");
    let n_files = generate::write(&monorepo, generate::monorepo::files(SERVICES))?;
    commit_all(tree, &monorepo)?;
    println!("  {SERVICES} services, {n_files} files, committed");
    let root = monorepo.to_string_lossy().into_owned();
    let ours = || Program::new("checks, cold", checks(tree), &["--root", &root]);
    let python = python(tree)?;
    let floor =
        Program::new("python reads the same files", python, &["-I", "-S", "-c", FLOOR, &root]);
    let cold = [ours().forgetting(monorepo.join(".git/checks")), floor];
    let costs = measure(tree, 11, &cold)?;
    costs.iter().for_each(print_cost);
    let (checks, floor) = (cost(&costs, 0)?, cost(&costs, 1)?);
    print_ratio("CPU / CPU of Python", checks.cpu(), floor.cpu(), "1.0, aim 0.5; 0.40 s");
    remembered(tree, ours(), &root)?;
    blobs(tree, &monorepo)?;
    size(tree)
}

/// Nothing has changed since the last run.
fn remembered(tree: &Tree, ours: Program, root: &str) -> Result<()> {
    let status = Program::new("git status", "git", &["-C", root, "status", "--porcelain"]);
    let compare = Program::new("git diff-files", "git", &["-C", root, "diff-files", "--quiet"]);
    let mut costs = measure(tree, 21, &[ours, status, compare])?;
    if let Some(ours) = costs.first_mut() {
        "checks, remembered".clone_into(&mut ours.name);
    }
    costs.iter().for_each(print_cost);
    let wall = |it| cost(&costs, it).map(Cost::wall);
    print_ratio("wall / wall of git status", wall(0)?, wall(1)?, "50 ms");
    Ok(())
}

/// The contracts of the committed side: in this process, and by a process for each file.
fn blobs(tree: &Tree, monorepo: &std::path::Path) -> Result<()> {
    const SAMPLE: usize = 50;
    let (ours, n_bytes) = best_of(5, || base_blobs(monorepo));
    let names = git(tree, monorepo, &["ls-files", "contracts"])?;
    let names: Vec<_> = names.lines().step_by(SERVICES / SAMPLE).collect();
    let (sampled, shown) = best_of(1, || {
        let show = |it: &&str| git(tree, monorepo, &["show", &format!("HEAD:{it}")]);
        names.iter().map(show).collect::<Result<Vec<_>>>()
    });
    let n_shown = shown?.len();
    let scale = u32::try_from(SERVICES / n_shown.max(1)).context("a small number")?;
    let processes = sampled * f64::from(scale);
    println!("  1,000 base blobs in process        wall {ours:8.1} ms   {} bytes", n_bytes?);
    println!("  `git show` for each ({n_shown} sampled)   wall {processes:8.1} ms");
    print_ratio("wall / wall of git show", Value::of(&[ours]), Value::of(&[processes]), "180 ms");
    Ok(())
}

/// Opens the repository and reads every contract of its commit.
fn base_blobs(monorepo: &std::path::Path) -> Result<usize> {
    let base: Snapshot = Repository::open(monorepo)?.commit("HEAD")?;
    let contracts = base.paths().map(|it| it.0).filter(|it| it.folder() == "contracts");
    contracts.map(|it| Ok(base.bytes(it)?.len())).sum()
}

/// The program without symbols.
fn size(tree: &Tree) -> Result<()> {
    let stripped = folder(tree, "stripped");
    fs::copy(checks(tree), &stripped)?;
    tree::answer(tree.command("strip").arg(&stripped))?;
    let bytes = u32::try_from(fs::metadata(&stripped)?.len())?;
    println!(
        "  = binary, stripped               {:8.2} MiB   target 12 MB",
        f64::from(bytes) / MEBIBYTE
    );
    Ok(())
}
