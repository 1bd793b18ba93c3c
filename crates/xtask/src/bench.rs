//! Measurements: each against a floor or a peer, in the same run. They print, and assert nothing.

mod actions;
mod contracts;
mod hook;
mod monorepo;
mod routes;
mod sdk;
mod start;
mod stopwatch;

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result};

use crate::{
    bench::stopwatch::{Cost, Value},
    by_hand::chosen,
    tree::{self, Tree},
};

/// The seed of everything that is generated here.
const SEED: u64 = 20_261_121;

/// A measurement.
struct Bench {
    name: &'static str,
    about: &'static str,
    run: fn(&Tree) -> Result<()>,
}

/// All measurements.
const BENCHES: &[Bench] = &[
    Bench { name: "start", about: "`checks --version` against an empty process", run: start::run },
    Bench {
        name: "monorepo",
        about: "all gates on 1,000 services against Python that reads the same files",
        run: monorepo::run,
    },
    Bench {
        name: "routes",
        about: "the route audit against Python, wrangler's reader and its dry run",
        run: routes::run,
    },
    Bench {
        name: "contracts",
        about: "two versions of a contract against parsing them, and against oasdiff",
        run: contracts::run,
    },
    Bench {
        name: "sdk",
        about: "a whole TypeScript SDK against generators that teams use today",
        run: sdk::run,
    },
    Bench {
        name: "hook",
        about: "a push with our hook against a push with an empty one",
        run: hook::run,
    },
    Bench {
        name: "actions",
        about: "a job with our action against the same job without it, under act",
        run: actions::run,
    },
];

/// Runs one measurement or all.
pub(crate) fn run(tree: &Tree, name: Option<&str>) -> Result<bool> {
    let chosen = chosen(BENCHES, name, |it| it.name, |it| it.about)?;
    tree::answer(&mut tree.cargo(&["build", "--quiet", "--release", "--package", "checks"]))?;
    for bench in chosen {
        println!("==> bench {}: {}", bench.name, bench.about);
        (bench.run)(tree)?;
    }
    Ok(true)
}

/// The program that we ship, as it is released.
fn checks(tree: &Tree) -> PathBuf {
    tree.target.join("release").join(format!("checks{}", std::env::consts::EXE_SUFFIX))
}

/// Where generated repositories lie.
fn folder(tree: &Tree, name: &str) -> PathBuf {
    tree.target.join("bench").join(name)
}

/// Turns a folder into a repository whose files are all committed and packed, as in a clone.
fn commit_all(tree: &Tree, folder: &Path) -> Result<()> {
    // Files as young as the index have to be read again; a clone has none of them.
    std::thread::sleep(std::time::Duration::from_millis(100));
    let steps: [&[&str]; 4] = [
        &["init", "--quiet", "--initial-branch=main"],
        &["add", "--all"],
        &["commit", "--quiet", "--message=generated"],
        &["gc", "--quiet"],
    ];
    for words in steps {
        git(tree, folder, words)?;
    }
    Ok(())
}

/// Runs git in a folder, as the same author at the same time, with nobody's configuration.
fn git(tree: &Tree, folder: &Path, words: &[&str]) -> Result<String> {
    let mut command = tree.command("git");
    command.current_dir(folder).args(words);
    for person in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{person}_NAME"), "bench");
        command.env(format!("GIT_{person}_EMAIL"), "bench@shop.example");
        command.env(format!("GIT_{person}_DATE"), "2026-01-01T00:00:00Z");
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    tree::answer(&mut command)
}

/// Prints one row: a cost, and what else it is compared with.
fn print_cost(cost: &Cost) {
    let (wall, cpu, peak) = (cost.wall(), cost.cpu(), cost.peak());
    println!(
        "  {:34} wall {:8.1} / {:8.1} ms   CPU {:8.1} / {:8.1} ms   peak {:6.1} MiB",
        cost.name, wall.best, wall.median, cpu.best, cpu.median, peak.median
    );
}

/// Prints a ratio of two numbers, first of the best, then of the medians.
fn print_ratio(what: &str, ours: Value, other: Value, target: &str) {
    let (best, median) = (ours.best / other.best, ours.median / other.median);
    println!("  = {what:32} {best:8.3} (best)  {median:8.3} (median)   target {target}");
}

/// How many milliseconds a function takes in this process, the best of some rounds.
fn best_of<T>(rounds: usize, mut function: impl FnMut() -> T) -> (f64, T) {
    let mut best = f64::INFINITY;
    let mut answer = None;
    for _ in 0..rounds.max(1) {
        let start = Instant::now();
        let result = std::hint::black_box(function());
        best = best.min(start.elapsed().as_secs_f64() * 1000.0);
        answer = Some(result);
    }
    (best, answer.expect("there is at least one round"))
}

/// The two or three costs of a measurement, by place.
fn cost(costs: &[Cost], place: usize) -> Result<&Cost> {
    costs.get(place).context("there is one cost for each program")
}
