//! Tasks that a person starts: snapshots made anew, long tests, measurements.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{
    docs, tools,
    tree::{self, Tree},
};

/// A long form of tests that also run, shorter, in the suite.
struct Soak {
    name: &'static str,
    about: &'static str,
    /// Arguments of `cargo test`.
    cargo: &'static [&'static str],
}

/// All soaks; `PROOFMARK_SOAK` tells the tests how many times longer than usual they run.
const SOAKS: &[Soak] = &[
    Soak {
        name: "checks",
        about: "random repositories, every format, every command",
        cargo: &["--package", "checks"],
    },
    Soak {
        name: "routes",
        about: "pairs of patterns against enumeration and against miniflare's router",
        cargo: &["--package", "routes"],
    },
    Soak {
        name: "snapshot",
        about: "damaged documents and repositories",
        cargo: &["--package", "snapshot"],
    },
    Soak {
        name: "wrangler",
        about: "configurations against wrangler's own reader",
        cargo: &["--package", "wrangler"],
    },
];

/// A measurement.
struct Bench {
    name: &'static str,
    about: &'static str,
    run: fn(&Tree) -> Result<()>,
}

/// All measurements. A new one is a function here that prints ratios, each against a floor or a
/// peer that was measured in the same run.
const BENCHES: &[Bench] = &[Bench {
    name: "start",
    about: "`checks --version` against an empty process",
    run: bench_start,
}];

/// Makes snapshots and generated files anew.
pub(crate) fn bless(tree: &Tree) -> Result<bool> {
    let mut command = tree.cargo(&["test", "--workspace", "--no-fail-fast", "--quiet"]);
    command.env("INSTA_UPDATE", "always").env("INSTA_FORCE_PASS", "1");
    let is_good = shown(&mut command)?;
    let is_written = docs::run(tree, false)?;
    println!("read what changed like code: `git diff`");
    Ok(is_good && is_written)
}

/// Runs one soak or all, `factor` times as long as the suite does.
pub(crate) fn soak(tree: &Tree, name: Option<&str>, factor: u32) -> Result<bool> {
    let chosen = chosen(SOAKS, name, |it| it.name, |it| it.about)?;
    // Comparisons with a peer need it installed; without it they say that they were skipped.
    if let Err(err) = tools::node(tree) {
        println!("skipped: peers in tests/node: {err:#}");
    }
    let mut is_good = true;
    for soak in chosen {
        println!("==> soak {}: {} ({factor} times as long)", soak.name, soak.about);
        let mut command = tree.cargo(&["test", "--release", "--no-fail-fast"]);
        command.args(soak.cargo).args(["--", "--show-output"]);
        is_good &= shown(command.env("PROOFMARK_SOAK", factor.to_string()))?;
    }
    Ok(is_good)
}

/// Runs one measurement or all.
pub(crate) fn bench(tree: &Tree, name: Option<&str>) -> Result<bool> {
    for bench in chosen(BENCHES, name, |it| it.name, |it| it.about)? {
        println!("==> bench {}: {}", bench.name, bench.about);
        (bench.run)(tree)?;
    }
    Ok(true)
}

/// The entry of this name, or all of them.
fn chosen<'a, T>(
    table: &'a [T],
    name: Option<&str>,
    name_of: fn(&T) -> &'static str,
    about: fn(&T) -> &'static str,
) -> Result<Vec<&'a T>> {
    let Some(name) = name else { return Ok(table.iter().collect()) };
    let found: Vec<_> = table.iter().filter(|it| name_of(it) == name).collect();
    if found.is_empty() {
        let lines: Vec<_> =
            table.iter().map(|it| format!("  {:10} {}", name_of(it), about(it))).collect();
        bail!("there is no `{name}`, but:\n{}", lines.join("\n"));
    }
    Ok(found)
}

/// Runs a program whose output goes straight to the terminal.
fn shown(command: &mut Command) -> Result<bool> {
    command.stdout(Stdio::inherit()).stderr(Stdio::inherit());
    Ok(command.status().context("cannot start cargo")?.success())
}

fn bench_start(tree: &Tree) -> Result<()> {
    tree::answer(&mut tree.cargo(&["build", "--quiet", "--release", "--package", "checks"]))?;
    let binary = tree.target.join("release/checks");
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..41 {
        ours.push(milliseconds(tree.command(&binary).arg("--version"))?);
        floor.push(milliseconds(&mut tree.command("true"))?);
    }
    let (ours, floor) = (median(&mut ours), median(&mut floor));
    println!("checks --version  {ours:6.2} ms");
    println!("true              {floor:6.2} ms    ratio {:.2}", ours / floor);
    Ok(())
}

/// How long one run of a program takes, from start to end.
fn milliseconds(command: &mut Command) -> Result<f64> {
    let start = std::time::Instant::now();
    tree::answer(command)?;
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::{SOAKS, chosen, median};

    #[test]
    fn unknown_names_are_answered_with_the_known_ones() {
        let names = |name| chosen(SOAKS, name, |it| it.name, |it| it.about).map(|it| it.len());
        assert_eq!(names(None).unwrap(), SOAKS.len());
        assert_eq!(names(Some("routes")).unwrap(), 1);
        assert!(names(Some("rotues")).unwrap_err().to_string().contains("\n  routes "));
    }

    #[test]
    fn the_median_is_the_middle() {
        assert!((median(&mut [3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
    }
}
