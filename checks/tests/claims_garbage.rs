//! Whatever stands in a configuration, search and judge agree: no witness is refuted.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a panic is a failing test, and a seed is told"
)]

use checks::{
    rule_test::{Files, JudgeError, judge},
    run::RunError,
};
use kernel::RepoPath;
use serde_json::{Value, json};

const SEED: u64 = 0x6761_7262_6167_6531;
const N_REPOSITORIES: u64 = 200;

const PIECES: &[&str] = &[
    "*",
    "*",
    ".",
    ".",
    "/",
    "/",
    "a",
    "b",
    "x",
    "Z",
    "é",
    "ß",
    "例",
    "xn--",
    "xn--a",
    "?",
    "#",
    "@",
    ":",
    " ",
    "\t",
    "1",
    "0x1",
    "%",
    "%2e",
    "%61",
    "..",
    "_",
    "-",
    "[",
    "]",
    "。",
    "\\",
    "//",
    "~",
    "shop.example",
    "a.shop.example",
    "https://",
    "http://",
    "HTTP://",
    "ftp://",
    "\u{ad}",
    "٣",
];

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound as u64).unwrap()
    }

    fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    fn garbage(&mut self) -> String {
        (0..self.below(6)).map(|_| self.pick(PIECES)).collect()
    }

    /// Mostly valid, so that it takes part in the rules on pairs.
    fn pattern(&mut self) -> String {
        if self.below(3) == 0 {
            return self.garbage();
        }
        let scheme = self.pick(&["", "", "", "https://", "http://"]);
        let star = self.pick(&["", "", "*.", "*", "*-", "*x"]);
        let host =
            self.pick(&["shop.example", "a.shop.example", "Bücher.example", "x_y.example", "w-"]);
        let path =
            self.pick(&["", "/", "/*", "/x*", "/x/*", "/x/y", "/%2e%2e/x*", "/é*", "/%6", "/%*"]);
        format!("{scheme}{star}{host}{path}")
    }

    fn host(&mut self) -> String {
        if self.below(4) == 0 { self.garbage() } else { self.valid_host().to_owned() }
    }

    fn valid_host(&mut self) -> &'static str {
        self.pick(&["shop.example", "a.shop.example", "SHOP.example", "bücher.example"])
    }

    fn claim(&mut self) -> Value {
        let zone =
            self.pick(&["shop.example", "example", "SHOP.example.", "bücher.example", "x y"]);
        let pattern = self.pattern();
        match self.below(9) {
            0 => json!({"pattern": pattern, "zone_name": zone}),
            1 => json!({"pattern": pattern, "zone_id": "0123"}),
            2 => json!({"pattern": self.host(), "custom_domain": true}),
            3 => json!({"pattern": self.host(), "custom_domain": true, "zone_name": zone}),
            4 => json!({"pattern": pattern, "zone_name": zone, "zone_id": null}),
            5 => [json!(5), json!(null), json!([]), json!({}), json!({"pattern": 1, "x": 2})]
                [self.below(5)]
            .clone(),
            _ => json!(pattern),
        }
    }

    fn config(&mut self, name: &str) -> Value {
        let mut config =
            json!({"name": name, "routes": (0..6).map(|_| self.claim()).collect::<Vec<_>>()});
        let members = config.as_object_mut().unwrap();
        match self.below(8) {
            0 => drop(members.insert("route".into(), self.claim())),
            1 => drop(members.insert("env".into(), json!({"dev": {"routes": 5, "name": null}}))),
            2 => drop(
                members.insert("env".into(), json!({"dev": {}, "x": [], "p": {"route": "a.b/*"}})),
            ),
            3 => drop(members.insert("pages_build_output_dir".into(), json!("dist"))),
            4 => drop(
                members.insert("services".into(), json!([5, {}, {"binding": "B"}, {"service": 1}])),
            ),
            _ => (),
        }
        config
    }

    fn policy(&mut self) -> String {
        let owners = ["w0", "w1", "w2", "w3", "site", "w0-dev"];
        let text = |it: &str| json!(it).to_string();
        let mut policy =
            String::from("[gates.route-audit]\nsaas-hostnames = [\"*.shop.example\"]\n");
        policy.push_str(&format!("max-findings = {}\n", self.below(4) * 50));
        let host = text(self.valid_host());
        policy.push_str(&format!(
            "[gates.route-audit.pages-domains]\nsite = [{host}]\nw1 = [{host}]\n"
        ));
        for _ in 0..3 {
            let [host, owner] = [self.valid_host(), self.pick(&owners)].map(text);
            let claims = self.below(3);
            policy.push_str(&format!(
                "[[gates.route-audit.public-hosts]]\nhost = {host}\nowner = {owner}\nclaims = {claims}\n"
            ));
        }
        for _ in 0..4 {
            let [winner, loser] = [self.pick(&owners), self.pick(&owners)];
            let within =
                text(self.pick(&["*/*", "shop.example/*", "*.shop.example/x*", "https://*/*"]));
            let within =
                if self.below(2) == 0 { format!("within = {within}\n") } else { String::new() };
            policy.push_str(&format!(
                "[[gates.route-audit.allowed-overlaps]]\nwinner = \"{winner}\"\nloser = \"{loser}\"\n\
                 reason = \"r\"\nowner = \"@t\"\n{within}"
            ));
        }
        policy
    }
}

#[test]
fn no_witness_is_refuted() {
    println!("seed {SEED:#x}");
    let mut n_findings = 0;
    for number in 0..N_REPOSITORIES {
        let mut random = Random(SEED ^ (number << 20));
        let mut files: Files = (0..4)
            .map(|it| {
                let path = RepoPath::new(&format!("{it}/wrangler.json")).unwrap();
                (path, random.config(&format!("w{it}")).to_string().into_bytes())
            })
            .collect();
        files.insert(RepoPath::new("checks.toml").unwrap(), random.policy().into_bytes());
        let shown = || {
            let texts =
                files.iter().map(|(path, it)| format!("{path}\n{}", String::from_utf8_lossy(it)));
            texts.collect::<Vec<_>>().join("\n")
        };
        // A policy that makes no sense here is refused; without it the repository has an answer.
        let mut judged = judge(&files, None, false);
        if let Err(JudgeError::Run(RunError::Config(_))) = &judged {
            let mut files = files.clone();
            files.remove("checks.toml");
            judged = judge(&files, None, false);
        }
        let report =
            judged.unwrap_or_else(|err| panic!("seed {SEED:#x}, {number}: {err}\n{}", shown()));
        n_findings += report.findings().count();
    }
    assert!(n_findings > 100, "{n_findings} findings are too few to show anything");
}
