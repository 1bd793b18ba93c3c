//! The long forms of random and differential tests: the same code as in the suite, for longer.

mod fuzz;
pub(crate) mod router;

use std::time::Duration;

use anyhow::Result;
use clap::Args;

use crate::{
    by_hand::{chosen, shown},
    tools,
    tree::Tree,
};

/// How long, and along which way.
#[derive(Debug, Clone, Args)]
pub(crate) struct Length {
    /// How many times as long as in the suite.
    #[arg(long, default_value_t = 100)]
    factor: u32,
    /// Where random inputs start [default: another place each time].
    #[arg(long)]
    seed: Option<u64>,
    /// How long each function of `fuzz`, and of the fuzz of `contracts`, runs.
    #[arg(long, default_value_t = 10)]
    minutes: u64,
}

/// A long form of tests that also run, shorter, in the suite.
struct Soak {
    name: &'static str,
    about: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// The tests of a package; `PROOFMARK_SOAK` tells them how many times longer they run.
    Tests(&'static str),
    Router,
    Fuzz,
}

/// All soaks.
const SOAKS: &[Soak] = &[
    Soak {
        name: "routes",
        about: "generated sets and URLs against miniflare's router, 10,000 x factor",
        kind: Kind::Router,
    },
    Soak {
        name: "fuzz",
        about: "damaged texts in every parser, so many minutes each",
        kind: Kind::Fuzz,
    },
    Soak {
        name: "contracts",
        about: "pairs of schemas (10,200 x factor), edits of real contracts, patterns, damaged texts",
        kind: Kind::Tests("contracts"),
    },
    Soak {
        name: "sdk",
        about: "guards, issues and Zod schemas against ajv and a second validator, all contracts",
        kind: Kind::Tests("sdk-gen"),
    },
    Soak {
        name: "checks",
        about: "random repositories, every format, every command",
        kind: Kind::Tests("checks"),
    },
    Soak {
        name: "patterns",
        about: "pairs of patterns against enumeration",
        kind: Kind::Tests("routes"),
    },
    Soak {
        name: "snapshot",
        about: "damaged documents and repositories",
        kind: Kind::Tests("snapshot"),
    },
    Soak {
        name: "wrangler",
        about: "configurations against wrangler's own reader",
        kind: Kind::Tests("wrangler"),
    },
];

/// Runs one soak or all.
pub(crate) fn run(tree: &Tree, name: Option<&str>, length: &Length) -> Result<bool> {
    let mut is_good = true;
    for soak in chosen(SOAKS, name, |it| it.name, |it| it.about)? {
        println!("==> soak {}: {}", soak.name, soak.about);
        is_good &= match soak.kind {
            Kind::Tests(package) => tests(tree, package, length)?,
            Kind::Router => {
                let seed = length.seed.unwrap_or_else(fresh_seed);
                let count = router::IN_SUITE * u64::from(length.factor);
                let node = tools::node(tree)?;
                let answer = router::compare(tree, &node, seed, count)?;
                println!("{answer}");
                answer.is_good()
            }
            Kind::Fuzz => {
                let seed = length.seed.unwrap_or_else(fresh_seed);
                fuzz::run(seed, Duration::from_secs(length.minutes * 60))
            }
        };
    }
    Ok(is_good)
}

/// The tests of one package, so many times as long as in the suite.
fn tests(tree: &Tree, package: &str, length: &Length) -> Result<bool> {
    // Comparisons with a peer need it installed; without it they say that they were skipped.
    if let Err(err) = tools::node(tree) {
        println!("skipped: peers in tests/node: {err:#}");
    }
    let seed = length.seed.unwrap_or_else(fresh_seed);
    println!("seed {seed}");
    let profile = ["--profile", "soak", "--no-fail-fast", "--package", package];
    let mut command = tree.cargo(&["test"]);
    command.args(profile).args(["--", "--show-output"]);
    command.env("PROOFMARK_SOAK", length.factor.to_string());
    command.env("PROOFMARK_SEED", seed.to_string());
    command.env("PROOFMARK_MINUTES", length.minutes.to_string());
    shown(&mut command)
}

/// A seed that no run had before; it is printed with the result.
#[expect(
    clippy::disallowed_methods,
    reason = "a soak looks where nobody has looked, and says where"
)]
fn fresh_seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |it| it.as_secs())
}

#[cfg(test)]
mod tests {
    use super::SOAKS;
    use crate::by_hand::chosen;

    #[test]
    fn unknown_names_are_answered_with_the_known_ones() {
        let names = |name| chosen(SOAKS, name, |it| it.name, |it| it.about).map(|it| it.len());
        assert_eq!(names(None).unwrap(), SOAKS.len());
        assert_eq!(names(Some("routes")).unwrap(), 1);
        assert!(names(Some("rotues")).unwrap_err().to_string().contains("\n  routes "));
    }
}
