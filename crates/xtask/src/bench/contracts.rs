//! Contracts: against parsing them, against their size, against the tool that teams use today.

mod plot;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use contracts::{Files, Limits, Store};
use kernel::RepoPath;

use crate::{
    bench::{
        best_of, checks, commit_all,
        contracts::plot::Row,
        cost, folder, print_cost, print_ratio,
        stopwatch::{Program, Value, measure},
    },
    generate::{
        self,
        contracts::{contract, n_changed},
    },
    tools,
    tree::{self, Tree},
};

/// Real contracts as their publishers pack them: package, the two versions, the file in it.
const PACKAGE: (&str, [&str; 2], &str) =
    ("@octokit/openapi", ["21.0.0", "23.0.2"], "generated/api.github.com.json");
/// Components of the generated contracts; each size is four times the one before.
const SIZES: [usize; 4] = [100, 400, 1_600, 6_400];

/// Where their growth is drawn.
const PLOT: &str = "docs/contract-growth.svg";

/// Contracts of one repository, and components of each.
const CONTRACTS: usize = 1_000;
const COMPONENTS: usize = 10;

/// Two versions of one contract: against parsing them, and against the tool that teams use today.
pub(super) fn run(tree: &Tree) -> Result<()> {
    growth(tree)?;
    many(tree)?;
    match real(tree) {
        Ok(pair) => github(tree, &pair),
        Err(err) => {
            println!("  skipped: {err:#}");
            Ok(())
        }
    }
}

/// Does the cost grow with the size, and is each change told once?
fn growth(tree: &Tree) -> Result<()> {
    println!("  generated contracts, one component of ten changed");
    let mut rows = Vec::new();
    for size in SIZES {
        let folder = folder(tree, "contracts");
        fs::create_dir_all(&folder).context("cannot make the folder of generated contracts")?;
        let pair =
            [false, true].map(|it| (folder.join(format!("{size}-{it}.json")), contract(size, it)));
        for (path, value) in &pair {
            fs::write(path, serde_json::to_vec_pretty(value)?)
                .context("cannot write a contract")?;
        }
        let [base, head] = pair.map(|it| it.0);
        let costs = measure(tree, 5, &[diff(tree, &base, &head)])?;
        let ours = cost(&costs, 0)?;
        let floor = parse_floor(&[base, head])?;
        println!(
            "  {size:5} components: CPU {:8.1} ms, parsing both {floor:6.1} ms, {} findings expected",
            ours.cpu().best,
            n_changed(size),
        );
        rows.push(Row { size, ours: ours.cpu().best, floor });
    }
    for pair in rows.windows(2) {
        let [before, Row { size, ours, .. }] = pair else { continue };
        let grown = Value::of(&[ours / before.ours]);
        print_ratio(&format!("CPU of {size} / CPU of a quarter"), grown, Value::of(&[1.0]), "5");
    }
    let text = plot::drawn(&rows);
    fs::write(tree.root.join(PLOT), text).context("cannot write the plot")?;
    println!("  plot: {PLOT}");
    Ok(())
}

/// A repository of many contracts, one of them changed: cold, and when the clean ones are known.
fn many(tree: &Tree) -> Result<()> {
    let repository = folder(tree, "many-contracts");
    let path = |idx: usize| format!("contracts/service-{idx}.openapi.json");
    let text = |is_head: bool| serde_json::to_string_pretty(&contract(COMPONENTS, is_head));
    let base = text(false)?;
    generate::write(&repository, (0..CONTRACTS).map(|it| (path(it), base.clone())))?;
    commit_all(tree, &repository)?;
    fs::write(repository.join(path(CONTRACTS / 2)), text(true)?)
        .context("cannot change a contract")?;
    println!("  {CONTRACTS} contracts of {} bytes, one changed", base.len());
    let root = repository.to_string_lossy().into_owned();
    let words = ["--root", &root, "run", "--gate", "contract-gate", "--base", "HEAD"];
    let ours = |name: &str| Program::new(name, checks(tree), &words).ending_with(&[0, 1]);
    let status = Program::new("git status", "git", &["-C", &root, "status", "--porcelain"]);
    let cold = ours("checks, cold").forgetting(repository.join(".git/checks"));
    let costs = measure(tree, 11, &[cold, ours("checks, again"), status])?;
    costs.iter().for_each(print_cost);
    let (again, status) = (cost(&costs, 1)?, cost(&costs, 2)?);
    print_ratio("wall, again / wall of git status", again.wall(), status.wall(), "2; 300 ms");
    Ok(())
}

/// A real pair of 12 and 13 MB.
fn github(tree: &Tree, pair: &[PathBuf; 2]) -> Result<()> {
    println!("  {} {} and {}", PACKAGE.0, PACKAGE.1[0], PACKAGE.1[1]);
    let [base, head] = pair;
    let floor = parse_floor(pair)?;
    println!("  parsing both in this process: {floor:.1} ms");
    let mut programs = vec![diff(tree, base, head)];
    match tools::oasdiff(tree) {
        Ok(program) => {
            let words = ["breaking".into(), base.to_string_lossy(), head.to_string_lossy()];
            let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
            programs.push(Program::new("oasdiff breaking", program, &words).ending_with(&[0, 1]));
        }
        Err(err) => println!("  skipped: {err:#}"),
    }
    let costs = measure(tree, 5, &programs)?;
    costs.iter().for_each(print_cost);
    let ours = cost(&costs, 0)?;
    print_ratio("CPU / parsing both", ours.cpu(), Value::of(&[floor]), "4");
    if let Ok(other) = cost(&costs, 1) {
        print_ratio("CPU of oasdiff / CPU", other.cpu(), ours.cpu(), "10, aim 40");
        print_ratio("peak / peak of oasdiff", ours.peak(), other.peak(), "0.25");
    }
    Ok(())
}

fn diff(tree: &Tree, base: &Path, head: &Path) -> Program {
    let words = ["contract".into(), "diff".into(), base.to_string_lossy(), head.to_string_lossy()];
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).chain(["--format", "json"]).collect();
    Program::new("checks contract diff", checks(tree), &words).ending_with(&[0, 1])
}

/// How long our reader takes for both texts, into one store: nothing can be faster than that.
fn parse_floor(pair: &[PathBuf; 2]) -> Result<f64> {
    let texts = pair.each_ref().map(fs::read);
    let mut files = Vec::new();
    for text in texts {
        files.push(OneFile(text.context("cannot read a contract")?.into()));
    }
    let path = RepoPath::new("contract.json")?;
    let read = || {
        let mut store = Store::new();
        files
            .iter()
            .filter(|it| contracts::read(&mut store, &path, *it, &Limits::default()).is_ok())
            .count()
    };
    let (floor, n_read) = best_of(7, read);
    if n_read != pair.len() {
        bail!("one of the two contracts cannot be read");
    }
    Ok(floor)
}

struct OneFile(Arc<[u8]>);

impl Files for OneFile {
    fn read(&self, _path: &RepoPath) -> Result<Arc<[u8]>, String> {
        Ok(Arc::clone(&self.0))
    }
}

/// The published pair, fetched by name once.
fn real(tree: &Tree) -> Result<[PathBuf; 2]> {
    let [base, head] = PACKAGE.1;
    Ok([fetch(tree, base)?, fetch(tree, head)?])
}

/// The newer contract of the published pair.
pub(super) fn published(tree: &Tree) -> Result<PathBuf> {
    let [_, head] = PACKAGE.1;
    fetch(tree, head)
}

fn fetch(tree: &Tree, version: &str) -> Result<PathBuf> {
    let (package, _, file) = PACKAGE;
    let folder = folder(tree, "published").join(version);
    let path = folder.join("node_modules").join(package).join(file);
    if !path.exists() {
        fs::create_dir_all(&folder).context("cannot make the folder of published contracts")?;
        let mut install = tree.command("npm");
        install.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]);
        install.arg(&folder).arg(format!("{package}@{version}"));
        tree::answer(&mut install)?;
    }
    Ok(path)
}
