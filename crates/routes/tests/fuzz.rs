//! Mutated patterns: nothing panics, and search and judge agree.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failing test")]

use std::panic;

use routes::fuzz::fuzz_pattern;

const SEEDS: [&str; 24] = [
    "example.com/*\nhttps://example.com/a\nexample.com",
    "*.example.com/a/b*\nhttps://w.example.com/a/bc?x=1",
    "*example.com/images/*\nhttp://not-example.com/images/\nexample.com",
    "https://*/x\nhttps://example.com/x\nexample.com",
    "http://EXAMPLE.com\nhttp://example.com:80/",
    "*b\u{fc}cher.example/*\nhttps://b\u{fc}cher.example/",
    "*.xn--bcher-kva.example/\u{fc}*\nhttps://w.xn--bcher-kva.example/%C3%BC",
    "example.com/a/../b*\nhttps://example.com/b1",
    "example.com/%2e%2e/%61%*\nhttps://example.com/%61%20",
    "example.com/a/..*\nhttps://example.com/z",
    "example_com/a//b*\nhttps://example_com/a//b",
    "*-s.example/.*\nhttps://w-s.example/.env",
    "*2.example/~|^\nhttps://12.example/~|^",
    "a.b.c.d.e.f.g/*\nhttps://a.b.c.d.e.f.g/",
    "*1/*\nhttps://w1/\nw1",
    "ftp://example.com/*\nftp://example.com/",
    "user@example.com:80/*\nhttps://user@example.com/",
    "[::1]/*\nhttps://[::1]/",
    "1.2.3.4/*\nhttps://1.2.3.4/",
    "example.com./?a#b\nhttps://example.com./",
    "exa mple.com/a b*\nhttps://example.com/a%20b",
    "*.*.x/**\nhttps://a.b.x/",
    "\u{ff25}xample.com/*\nhttps://example.com/",
    "*xn--a.example/*\nhttps://wxn--a.example/",
];

const PIECES: [&str; 40] = [
    "*",
    ".",
    "..",
    "/",
    "//",
    "/.",
    "/../",
    "%",
    "%2e",
    "%2E%2e",
    "%61",
    "?",
    "#",
    "@",
    ":",
    "://",
    "[",
    "]",
    "\\",
    " ",
    "\t",
    "\n",
    "\r",
    "xn--",
    "XN--",
    "-",
    "_",
    "0x7f",
    "1",
    "a",
    "A",
    "\u{fc}",
    "\u{3002}",
    "\u{ff0a}",
    "\u{ad}",
    "\u{200d}",
    "\u{0}",
    "\u{df}",
    "https://",
    "example.com",
];

/// A small seeded generator (`SplitMix64`); equal seeds give equal tests.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(bound).unwrap()).unwrap()
    }
}

fn mutate(random: &mut Random) -> Vec<u8> {
    let mut bytes = SEEDS[random.below(SEEDS.len())].as_bytes().to_vec();
    for _ in 0..random.below(5) {
        let at = random.below(bytes.len() + 1);
        let piece = PIECES[random.below(PIECES.len())].bytes();
        match random.below(4) {
            0 if at < bytes.len() => drop(bytes.remove(at)),
            1 => bytes.truncate(at),
            2 => bytes.splice(at..at, std::iter::repeat_n(b'x', random.below(70))).for_each(drop),
            _ => bytes.splice(at..at, piece).for_each(drop),
        }
    }
    bytes
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test has no shell that reads its environment")]
fn mutated_patterns_hold_every_invariant() {
    let soak: usize =
        std::env::var("PROOFMARK_SOAK").ok().and_then(|it| it.parse().ok()).unwrap_or(1);
    let seed = 3;
    let mut random = Random(seed);
    for round in 0..10_000 * soak {
        let bytes = mutate(&mut random);
        let outcome = panic::catch_unwind(|| fuzz_pattern(&bytes));
        assert!(
            outcome.is_ok(),
            "seed {seed}, round {round}: {:?}",
            String::from_utf8_lossy(&bytes)
        );
    }
}
