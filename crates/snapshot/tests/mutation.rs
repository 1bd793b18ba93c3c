//! Drives the fuzz targets with mutations of good texts; `PROOFMARK_SOAK` multiplies the count.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops where it fails, and says so"
)]

use snapshot::fuzz;

const SEEDS: [&str; 9] = [
    "name = \"n\"\nroutes = [\n  \"a.example/*\", # one\n  { pattern = \"b.example/*\", zone_name = \"b.example\" }\n]\n\n[vars]\nA = \"1\"\nroutes = ['x']\nb.c = 1\n",
    "# top\n[env.x]\nroute = \"a/*\"\n[env.x.vars]\nworkers_dev = true\n\n[[env.x.kv]]\nid = 1\n[[env.x.kv]]\nid = 2\n[env.x.kv.sub]\na = '''\nx\n'''\n",
    "a.b.c = 1\na.b.d = [1, 2,\n 3]\nt = { a.x = 1, b = [ { c = 2 } ], a.y = 2 }\n\"q\\\"k\" = 2027-01-01 10:00:00\n",
    "{\n  // one\n  \"name\": \"n\",\n  \"routes\": [\"a\", { \"pattern\": \"b\" }], /* two */\n  \"vars\": {\n    \"routes\": [\n      \"c\"\n    ],\n  },\n}\n",
    "{\"env\": {\"x\": {\"route\": \"a\", \"name\": \"n\"}}, \"e\": {}, \"l\": [], \"n\": -1.5e3, \"u\": \"\\u00e9\"}",
    "on:\n  push: {branches: [main]}\njobs:\n  a: &a\n    runs-on: x\n    steps:\n      - run: |\n          echo\n      - uses: 'y'\n  b:\n    <<: *a\n    n: 1\n",
    "- ♫ # c\n- >-\n  a\n  b\n- ? k\n  : v\n- !!str 1\n- \"\\x41\"\n---\n",
    "a: [1, {b: c}, *x]\n%YAML 1.2\n...\n",
    "vars.routes = ['♫']\r\n[a]\r\n# c\r\nb = 1 # d\r\n\r\n[c]\r\n",
];

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

fn mutate(random: &mut Random, text: &str) -> Vec<u8> {
    const PARTS: [&[u8]; 24] = [
        b"[",
        b"]",
        b"{",
        b"}",
        b",",
        b":",
        b"=",
        b"\"",
        b"'",
        b"\n",
        b"\r\n",
        b"#",
        b"//",
        b"/*",
        b"*/",
        b".",
        b"- ",
        b"&a ",
        b"*a",
        b"<<: ",
        b"\xc3\xa9",
        b"\0",
        b"\"\"\"",
        b"  ",
    ];
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..random.below(4) {
        let at = random.below(bytes.len() + 1);
        match random.below(4) {
            0 => drop(bytes.splice(at..at, PARTS[random.below(PARTS.len())].iter().copied())),
            1 => bytes.truncate(at),
            2 => {
                let end = (at + random.below(12)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => {
                let end = (at + random.below(30)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = random.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
        }
    }
    bytes
}

fn count(base: usize) -> usize {
    let factor = std::env::var_os("PROOFMARK_SOAK").and_then(|it| it.to_str()?.parse().ok());
    base * factor.unwrap_or(1_usize)
}

fn drive(seed: u64, n: usize, target: impl Fn(&mut Random, Vec<u8>)) {
    println!("seed {seed}");
    let mut random = Random(seed);
    for _ in 0..n {
        let text = SEEDS[random.below(SEEDS.len())];
        let bytes = mutate(&mut random, text);
        target(&mut random, bytes);
    }
}

#[test]
fn parsers_survive_every_text() {
    drive(0x5eed_0002, count(4_000), |_, bytes| fuzz::parse(&bytes));
}

#[test]
fn edits_keep_what_they_are_not_about() {
    drive(0x5eed_0003, count(8_000), |random, bytes| {
        let mut data: Vec<u8> = (0..3).map(|_| u8::try_from(random.below(256)).unwrap()).collect();
        data.extend(bytes);
        fuzz::edit(&data);
    });
}
