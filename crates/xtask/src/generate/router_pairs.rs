//! Sets of routes, each with a URL, as diverse as routers can meet.

use serde_json::{Value, json};

use crate::random::Random;

/// A set of routes by owner, in the order of insertion, and a URL.
pub(crate) struct RouterPair {
    /// The patterns of each owner.
    pub(crate) owners: Vec<Vec<String>>,
    /// What is asked for.
    pub(crate) url: String,
}

const LABELS: &[&str] = &[
    "a",
    "b",
    "ab",
    "api",
    "shop",
    "www",
    "x-1",
    "_acme",
    "1a",
    "xshop",
    "API",
    "Shop",
    "bücher",
    "BÜCHER",
    "xn--bcher-kva",
    "café",
    "例え",
    "straße",
    "a--b",
];
const ENDINGS: &[&str] =
    &["shop.example", "example", "other.example", "Shop.EXAMPLE", "bücher.example", "localhost"];
const SEGMENTS: &[&str] = &[
    "a",
    "b",
    "ab",
    "A",
    "api",
    "images",
    "v1",
    "",
    "x;y=1",
    "a:b",
    "a@b",
    "~",
    "!$&'()",
    "%61",
    "%2F",
    "%2e",
    "%2E%2e",
    "..",
    ".",
    "%",
    "%zz",
    "é",
    "%C3%A9",
    "%c3%a9",
    "a b",
    "日本",
    "\"<>`{}",
    "[x]",
    "|",
    "^",
    "index.html",
    "\\",
];
const TAILS: &[&str] = &["", "x", "/", "/deep/er", "?a=1", "/..", "%20", "é", "//", "*", "/*"];
const QUERIES: &[&str] = &["?", "?a=1", "?a=/b&c=é", "?*", "??", "?a=b#c", "#part", "?%61='\""];

impl RouterPair {
    /// The pair of this number; a pair can be made without those before it.
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mut random = Random::new(Random::new(seed).next() ^ number.wrapping_mul(0x9e37_79b9));
        let mut patterns: Vec<String> = Vec::new();
        let mut owners = Vec::new();
        for _ in 0..=random.below(6) {
            let own: Vec<_> = (0..=random.below(3))
                .map(|_| {
                    let pattern = one_more(&mut random, &patterns);
                    patterns.push(pattern.clone());
                    pattern
                })
                .collect();
            owners.push(own);
        }
        let known: Vec<&str> = patterns.iter().map(String::as_str).collect();
        let url = url(&mut random, &known);
        Self { owners, url }
    }

    /// The pair as the router's script reads it; owners are called by their numbers.
    pub(crate) fn to_json(&self, number: u64) -> Value {
        let workers = self.owners.iter().enumerate();
        let workers: Vec<_> = workers.map(|(it, own)| json!([it.to_string(), own])).collect();
        json!({"id": number, "workers": workers, "url": self.url})
    }
}

/// A fresh pattern, or one that is close to another of the set: ties are what orders are about.
fn one_more(random: &mut Random, patterns: &[String]) -> String {
    let known: Vec<&str> = patterns.iter().map(String::as_str).collect();
    if known.is_empty() || random.percent(45) {
        return pattern(random);
    }
    let near = random.pick(&known).to_owned();
    let bare = near.split_once("://").map_or(near.as_str(), |it| it.1);
    match random.below(7) {
        0 => near,
        1 => format!("{}{bare}", random.pick(&["http://", "https://", ""])),
        2 => bare.to_uppercase(),
        3 => format!("{}*", near.trim_end_matches('*')),
        4 => format!("{}/{}", near.trim_end_matches('*'), random.pick(&["*", "a", "a/*", "b"])),
        5 => format!(
            "{}{}",
            random.pick(&["*.", "*", "a.", "b.a."]),
            bare.trim_start_matches(['*', '.'])
        ),
        _ => bare.split_once('.').map_or(near.clone(), |it| format!("*.{}", it.1)),
    }
}

fn pattern(random: &mut Random) -> String {
    let scheme = if random.percent(75) {
        ""
    } else {
        random.pick(&["http://", "https://", "https://", "HTTPS://", "Http://"])
    };
    let star = if random.percent(50) { "" } else { random.pick(&["*.", "*.", "*"]) };
    let host = if random.percent(4) { "*".to_owned() } else { format!("{star}{}", host(random)) };
    let path = if random.percent(15) { String::new() } else { path(random) };
    let end = if path.is_empty() || random.percent(40) { "" } else { "*" };
    let odd =
        if random.percent(1) { random.pick(&["?", "?a=1", "#x", "*x", ":80/", "."]) } else { "" };
    format!("{scheme}{host}{path}{end}{odd}")
}

fn host(random: &mut Random) -> String {
    if random.percent(1) {
        return random
            .pick(&["user@shop.example", "shop.example:8443", "127.0.0.1", "[::1]"])
            .into();
    }
    let mut labels: Vec<&str> = (0..random.below(3)).map(|_| random.pick(LABELS)).collect();
    labels.push(random.pick(ENDINGS));
    labels.join(".")
}

fn path(random: &mut Random) -> String {
    let segments: Vec<&str> = (0..=random.below(4)).map(|_| random.pick(SEGMENTS)).collect();
    format!("/{}", segments.join("/"))
}

/// A URL that a pattern of the set probably takes, with what URLs carry besides.
fn url(random: &mut Random, patterns: &[&str]) -> String {
    let (scheme, host, path) = if random.percent(88) {
        let pattern = random.pick(patterns);
        instance(random, pattern)
    } else {
        (String::new(), host(random), path(random))
    };
    let scheme = if scheme.is_empty() || random.percent(20) {
        random.pick(&["https://", "http://", "https://", "HTTPS://"]).to_owned()
    } else {
        scheme
    };
    let user = if random.percent(5) { random.pick(&["user@", "user:word@"]) } else { "" };
    let port = if random.percent(12) { random.pick(&[":443", ":80", ":8443", ":"]) } else { "" };
    let host = if random.percent(10) { host.to_uppercase() } else { host };
    let query = if random.percent(25) { random.pick(QUERIES) } else { "" };
    format!("{scheme}{user}{host}{port}{path}{query}")
}

/// Scheme (or nothing), host and path of a URL that the pattern takes, in most cases.
fn instance(random: &mut Random, pattern: &str) -> (String, String, String) {
    let (scheme, rest) = pattern
        .split_once("://")
        .map_or((String::new(), pattern), |it| (format!("{}://", it.0), it.1));
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.split_once('*').map_or(host.to_owned(), |(_, tail)| {
        let dot = if tail.is_empty() { "shop.example" } else { tail };
        format!("{}{dot}", random.pick(&["", "x", "deep.er", "not-", "Ü", "a", "b.a"]))
    });
    let path = match path.strip_suffix('*') {
        Some(start) => format!("{start}{}", random.pick(TAILS)),
        None if random.percent(15) => format!("{path}{}", random.pick(TAILS)),
        None => path.to_owned(),
    };
    (scheme, host, path)
}

#[cfg(test)]
mod tests {
    use super::RouterPair;

    #[test]
    fn a_number_gives_one_pair_and_numbers_differ() {
        let shown = |seed, number| RouterPair::new(seed, number).to_json(0).to_string();
        assert_eq!(shown(1, 7), shown(1, 7));
        assert_ne!(shown(1, 7), shown(1, 8));
        assert_ne!(shown(1, 7), shown(2, 7));
    }

    #[test]
    fn pairs_hold_what_routers_differ_in() {
        let all: Vec<_> =
            (0..2000).map(|it| RouterPair::new(1, it).to_json(0).to_string()).collect();
        let rows =
            ["http://", "\"*.", "\"*/", ":8443", "user@", "%2F", "ü", "?a=1", "#", "/..", "A"];
        for piece in rows {
            assert!(all.iter().filter(|it| it.contains(piece)).count() > 9, "{piece}");
        }
    }
}
