//! Damaged texts in every function over bytes that must never panic.

use std::{
    panic::{self, AssertUnwindSafe},
    time::{Duration, Instant},
};

use kernel::{Digest, Document, RepoPath};
use snapshot::{Bounds, Format};

use crate::{
    generate::{configurations, router_pairs::RouterPair},
    random::Random,
};

/// A function that is fed, and the texts that it is fed from.
struct Target {
    name: &'static str,
    feed: fn(&[u8]),
    seeds: fn(&mut Random) -> Vec<String>,
}

const TARGETS: &[Target] = &[
    Target {
        name: "routes: a pattern, a URL, a zone",
        feed: routes::fuzz::fuzz_pattern,
        seeds: patterns,
    },
    Target { name: "snapshot: TOML, JSON and YAML", feed: snapshot::fuzz::parse, seeds: documents },
    Target { name: "snapshot: edits", feed: snapshot::fuzz::edit, seeds: edits },
    Target { name: "wrangler: configurations and commands", feed: read_workers, seeds: documents },
];

/// Pieces that mean something in one language or another.
const PIECES: &[&str] = &[
    "*",
    "/",
    "?",
    "#",
    ".",
    "..",
    ":",
    "@",
    "%",
    "%2e",
    "://",
    "xn--",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "é",
    "\u{3002}",
    "\u{1f600}",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "=",
    ",",
    "#c",
    "//c",
    "/*c*/",
    "&a ",
    "*a",
    "<<: ",
    "- ",
    "|\n",
    ">-\n",
    "!!str ",
    "---\n",
    "? ",
    "0x",
    "1e999",
    "-0",
    "nan",
    "2026-01-01T00:00:00Z",
    "\\u0000",
    "\\ud800",
    "routes",
    "env",
    "route = ",
    "null",
    "true",
    "~",
    "name",
    ".b",
    " ",
    "$(",
    "`",
    "&&",
    "wrangler deploy --name x",
];

/// Feeds each function for so long; true if none panicked.
pub(super) fn run(seed: u64, each: Duration) -> bool {
    println!("seed {seed}");
    // A panic is told once, below, with the input that repeats it.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| ()));
    let n_bad = TARGETS.iter().filter(|it| !it.hold(seed, each)).count();
    panic::set_hook(hook);
    n_bad == 0
}

impl Target {
    fn hold(&self, seed: u64, each: Duration) -> bool {
        let mut random = Random::new(seed);
        let start = Instant::now();
        let mut n_inputs = 0_u64;
        let mut seeds = (self.seeds)(&mut random);
        while start.elapsed() < each {
            if n_inputs.is_multiple_of(10_000) {
                seeds = (self.seeds)(&mut random);
            }
            let input = damaged(&mut random, &seeds);
            n_inputs += 1;
            if let Err(panic) = panic::catch_unwind(AssertUnwindSafe(|| (self.feed)(&input))) {
                println!("{}: input {n_inputs} panics: {}", self.name, words(panic.as_ref()));
                println!("  {:?}", String::from_utf8_lossy(&input));
                return false;
            }
        }
        println!("{}: {n_inputs} inputs in {:.0?}", self.name, start.elapsed());
        true
    }
}

fn words(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words")
}

/// One of the texts with some pieces cut, doubled, put in, or bytes changed.
fn damaged(random: &mut Random, seeds: &[String]) -> Vec<u8> {
    let seed = seeds.get(random.below(seeds.len())).map_or("", String::as_str);
    let mut bytes = seed.as_bytes().to_vec();
    for _ in 0..random.below(7) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(20)).min(bytes.len());
        match random.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes.truncate(at),
            2 => {
                let copy: Vec<u8> = bytes.get(at..end).unwrap_or_default().to_vec();
                bytes.splice(at..at, copy.repeat(random.below(40))).for_each(drop);
            }
            3 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(random.below(256)).unwrap_or_default();
                }
            }
            _ => bytes.splice(at..at, random.pick(PIECES).bytes()).for_each(drop),
        }
    }
    bytes
}

fn patterns(random: &mut Random) -> Vec<String> {
    let pairs = (0..50).map(|_| RouterPair::new(random.next(), 0));
    let lines = pairs.flat_map(|it| {
        let patterns: Vec<_> = it.owners.into_iter().flatten().collect();
        patterns.into_iter().map(move |raw| format!("{raw}\n{}\nshop.example", it.url))
    });
    lines.collect()
}

fn documents(random: &mut Random) -> Vec<String> {
    let mut texts: Vec<_> = configurations::files(random.next(), 12).map(|it| it.1).collect();
    let others = crate::generate::monorepo::files(1).map(|it| it.1);
    texts.extend(others.filter(|it| it.len() < 4096));
    texts.push("a: &x [1, {b: 2}]\nc: *x\n<<: {d: |\n  text\n}\n? k\n: v\n".to_owned());
    texts.push(
        "a = [1, 2.5, \"x\", 'y', 1979-05-27]\n[t.\"q\".r]\n[[u]]\nv = { w = 1 }\n".to_owned(),
    );
    texts
}

/// The first three bytes choose the language, the fix and the place.
fn edits(random: &mut Random) -> Vec<String> {
    let texts = documents(random);
    let mut byte = || char::from(u8::try_from(random.below(128)).unwrap_or_default());
    texts.iter().map(|it| format!("{}{}{}{it}", byte(), byte(), byte())).collect()
}

/// All that the reader of configurations can be asked.
fn read_workers(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let path = RepoPath::new("a/wrangler.toml").expect("this is a path");
    let all = |_: &wrangler::Unit| true;
    for format in Format::ALL {
        let Ok(root) = format.parse(text, &Bounds::DEFAULT) else { continue };
        let document = Document::new(path.clone(), text.into(), Digest::of(bytes), root);
        let workers = wrangler::Workers::read(&[&document]);
        for config in &workers.configs {
            drop(wrangler::inheritances(config, &all));
        }
        drop(wrangler::name_clashes(&workers, &all));
        drop(wrangler::dangling_services(&workers, &|_| false));
        drop(wrangler::service_rings(&workers, &all));
        drop(wrangler::misplaced_keys(&document));
        drop(wrangler::pages_routes_faults(&document.root));
        let package = wrangler::commands::package_sources(&document);
        let workflow = wrangler::commands::workflow_sources(&document);
        for source in package.into_iter().chain(workflow) {
            for command in source.commands() {
                drop(source.place(&document, &command));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{TARGETS, Target, patterns};

    #[test]
    fn every_target_holds_for_a_moment() {
        for target in TARGETS {
            assert!(target.hold(1, Duration::from_millis(300)), "{}", target.name);
        }
    }

    #[test]
    fn a_panic_is_noticed() {
        let feed = |bytes: &[u8]| assert!(!bytes.contains(&b'*'), "a star");
        let target = Target { name: "no stars", feed, seeds: patterns };
        assert!(!target.hold(1, Duration::from_secs(5)));
    }
}
