//! Each rule on claims, on many generated repositories: green as generated, and after one edit red
//! by that rule and no other; whatever the names, languages, line ends and orders of the files.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failing test")]
#![allow(clippy::print_stdout, reason = "tests print their seed, and why they skip")]

use std::collections::BTreeSet;

use checks::{report::Report, rule_test::Files, rule_test::judge};
use kernel::RepoPath;
use serde_json::{Value, json};

const SEED: u64 = 0x0070_726f_6f66;
const N_MUTANTS: u64 = 24;

/// A small generator of numbers, so that a failing seed can be run again.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    fn word(&mut self) -> String {
        let length = 3 + self.below(5);
        let letters: Vec<char> = "abcdefghijklmnopqrstuvw".chars().collect();
        (0..length).map(|_| *self.pick(&letters)).collect()
    }
}

/// A claim as it will be written.
#[derive(Debug, Clone)]
struct Claim {
    pattern: String,
    zone: Option<String>,
    is_domain: bool,
}

impl Claim {
    fn route(pattern: &str) -> Self {
        Self { pattern: pattern.to_owned(), zone: None, is_domain: false }
    }

    fn domain(host: &str) -> Self {
        Self { is_domain: true, ..Self::route(host) }
    }

    fn in_zone(self, zone: &str) -> Self {
        Self { zone: Some(zone.to_owned()), ..self }
    }

    fn json(&self) -> Value {
        let mut value = json!({"pattern": self.pattern});
        let members = value.as_object_mut().unwrap();
        if let Some(zone) = &self.zone {
            members.insert("zone_name".to_owned(), json!(zone));
        }
        if self.is_domain {
            members.insert("custom_domain".to_owned(), json!(true));
        }
        if members.len() == 1 { json!(self.pattern) } else { value }
    }

    fn toml(&self) -> String {
        match self.json() {
            Value::Object(members) => {
                let members: Vec<String> =
                    members.iter().map(|(key, it)| format!("{key} = {it}")).collect();
                format!("{{ {} }}", members.join(", "))
            }
            text @ (Value::String(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)) => text.to_string(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Toml,
    Json,
    Jsonc,
}

#[derive(Debug, Clone)]
struct Worker {
    name: String,
    folder: String,
    language: Language,
    claims: Vec<Claim>,
    /// A further member, in both languages.
    extra: Option<(String, String)>,
    is_reversed: bool,
    has_crlf: bool,
    has_mark: bool,
}

impl Worker {
    fn file(&self) -> (RepoPath, Vec<u8>) {
        let (name, text) = match self.language {
            Language::Toml => ("wrangler.toml", self.toml()),
            Language::Json => ("wrangler.json", self.jsonc()),
            Language::Jsonc => ("wrangler.jsonc", format!("// The worker.\n{}", self.jsonc())),
        };
        let text = if self.has_crlf { text.replace('\n', "\r\n") } else { text };
        let mark = if self.has_mark { "\u{feff}" } else { "" };
        let path = RepoPath::new(&format!("{}/{name}", self.folder)).unwrap();
        (path, format!("{mark}{text}").into_bytes())
    }

    fn members<'a>(&'a self, routes: String, extra: &'a str) -> Vec<(&'a str, String)> {
        let mut members = vec![
            ("name", json!(self.name).to_string()),
            ("workers_dev", "false".to_owned()),
            ("preview_urls", "false".to_owned()),
            ("routes", routes),
        ];
        if !extra.is_empty() {
            members.push(("", extra.to_owned()));
        }
        if self.is_reversed {
            members.reverse();
        }
        members
    }

    fn toml(&self) -> String {
        let routes: Vec<String> = self.claims.iter().map(Claim::toml).collect();
        let routes = format!("[\n  {}\n]", routes.join(",\n  "));
        let extra = self.extra.as_ref().map_or("", |it| &it.0);
        let line = |(key, value): (&str, String)| match key {
            "" => format!("{value}\n"),
            key => format!("{key} = {value}\n"),
        };
        self.members(routes, extra).into_iter().map(line).collect()
    }

    fn jsonc(&self) -> String {
        let routes: Vec<Value> = self.claims.iter().map(Claim::json).collect();
        let extra = self.extra.as_ref().map_or("", |it| &it.1);
        let line = |(key, value): (&str, String)| match key {
            "" => format!("  {value}"),
            key => format!("  {key:?}: {value}"),
        };
        let members: Vec<String> =
            self.members(json!(routes).to_string(), extra).into_iter().map(line).collect();
        format!("{{\n{}\n}}\n", members.join(",\n"))
    }
}

#[derive(Debug, Clone)]
struct Site {
    workers: Vec<Worker>,
    policy: String,
    /// A host that nobody claims yet, and its zone.
    host: String,
    zone: String,
}

impl Site {
    fn green(random: &mut Random) -> Self {
        let zone = format!("{}-{}.example", random.word(), random.word());
        let n_workers = 3 + random.below(3);
        let worker = |index: usize, random: &mut Random| {
            let name = format!("{}-{index}", random.word());
            let host = format!("{}-{index}.{zone}", random.word());
            let path = random.word();
            let mut claims = vec![Claim::route(&format!("{host}/*"))];
            if random.below(2) == 0 {
                claims.push(Claim::route(&format!("{host}/{path}/*")).in_zone(&zone));
            }
            if random.below(3) == 0 {
                claims.push(Claim::domain(&format!("new.{host}")).in_zone(&zone));
            }
            Worker {
                folder: format!("{}/{name}", random.pick(&["apps", "services/x", "w"])),
                name,
                language: *random.pick(&[Language::Toml, Language::Json, Language::Jsonc]),
                claims,
                extra: None,
                is_reversed: random.below(2) == 0,
                has_crlf: random.below(4) == 0,
                has_mark: random.below(4) == 0,
            }
        };
        let workers = (0..n_workers).map(|index| worker(index, random)).collect();
        let host = format!("fresh-{}.{zone}", random.word());
        Self { workers, policy: String::new(), host, zone }
    }

    fn files(&self) -> Files {
        let mut files: Files = self.workers.iter().map(Worker::file).collect();
        if !self.policy.is_empty() {
            let path = RepoPath::new("checks.toml").unwrap();
            files.insert(path, self.policy.clone().into_bytes());
        }
        files
    }

    /// Two different workers.
    fn two(&self, random: &mut Random) -> (usize, usize) {
        let first = random.below(self.workers.len());
        let second = (first + 1 + random.below(self.workers.len() - 1)) % self.workers.len();
        (first, second)
    }

    fn claim(&mut self, worker: usize, claim: Claim) {
        let claims = &mut self.workers[worker].claims;
        claims.push(claim);
    }
}

type Mutation = fn(&mut Site, &mut Random);

/// One edit for each rule; each must be told by that rule alone.
const MUTATIONS: &[(&str, Mutation)] = &[
    ("route-claimed-twice", claim_again),
    ("route-never-reached", bury),
    ("redundant-route", repeat_narrower),
    ("route-order-undocumented", tie),
    ("undeclared-route-overlap", overlap),
    ("overlap-allowance-idle", allow_nothing),
    ("custom-domain-claimed-twice", claim_domain_again),
    ("route-over-custom-domain", run_before_domain),
    ("wildcard-over-custom-domain", spread_over_domain),
    ("malformed-route", malform),
    ("host-outside-zone", leave_zone),
    ("public-host-contested", contest),
    ("route-limit-exceeded", exceed),
];

fn claim_again(site: &mut Site, random: &mut Random) {
    let (first, second) = site.two(random);
    let path = random.pick(&["/*", "/X/*", ""]);
    let mut claim = Claim::route(&format!("{}{path}", site.host));
    site.claim(first, claim.clone());
    if random.below(2) == 0 {
        claim.pattern = claim.pattern.to_uppercase();
    }
    if path.is_empty() && random.below(2) == 0 {
        claim.pattern.push('/');
    }
    if random.below(2) == 0 {
        claim.zone = Some(site.zone.clone());
    }
    site.claim(second, claim);
}

fn bury(site: &mut Site, random: &mut Random) {
    let (first, second) = site.two(random);
    let (host, path) = (site.host.clone(), random.word());
    let scheme = random.pick(&["", "https://", "http://"]);
    site.claim(first, Claim::route(&format!("{scheme}{host}/{path}/*")));
    site.claim(second, Claim::route(&format!("{host}/{path}*")));
}

fn repeat_narrower(site: &mut Site, random: &mut Random) {
    let (first, _) = site.two(random);
    let (host, path) = (site.host.clone(), random.word());
    site.claim(first, Claim::route(&format!("{host}/{path}/*")));
    site.claim(first, Claim::route(&format!("{host}/{path}*")));
}

fn tie(site: &mut Site, random: &mut Random) {
    let (first, second) = site.two(random);
    let (host, path, more) = (site.host.clone(), random.word(), random.word());
    site.claim(first, Claim::route(&format!("{host}/{path}*")));
    let other = match random.below(3) {
        0 => format!("{host}/{path}{more}"),
        1 => format!("http://{host}/{path}*"),
        _ => format!("{host}/{path}{more}*"),
    };
    site.claim(second, Claim::route(&other));
}

fn overlap(site: &mut Site, random: &mut Random) {
    let (first, second) = site.two(random);
    let (host, path) = (site.host.clone(), random.word());
    site.claim(first, Claim::route(&format!("*.{host}/*")));
    let narrow = match random.below(3) {
        0 => format!("a.{host}/*"),
        1 => format!("*.b.{host}/{path}"),
        _ => format!("*.{host}/{path}/{path}*"),
    };
    site.claim(second, Claim::route(&narrow));
}

fn allow_nothing(site: &mut Site, random: &mut Random) {
    let (first, second) = site.two(random);
    let names = [first, second].map(|it| site.workers[it].name.clone());
    site.policy = allowance(&names[0], &names[1]);
    if random.below(2) == 0 {
        site.policy.push_str(&format!("within = \"{}/*\"\n", site.host));
    }
}

fn allowance(winner: &str, loser: &str) -> String {
    format!(
        "[[gates.route-audit.allowed-overlaps]]\nwinner = \"{winner}\"\nloser = \"{loser}\"\n\
         reason = \"a split\"\nowner = \"@team\"\n"
    )
}

fn claim_domain_again(site: &mut Site, random: &mut Random) {
    let (first, second) = site.two(random);
    let host = site.host.clone();
    site.claim(first, Claim::domain(&host));
    let again = if random.below(2) == 0 { host.to_uppercase() } else { host };
    site.claim(second, Claim::domain(&again).in_zone(&site.zone.clone()));
}

/// A host of the first worker: a custom domain, or a Pages project's.
fn domain(site: &mut Site, worker: usize, random: &mut Random) -> String {
    let host = format!("www.{}", site.host);
    if random.below(3) == 0 {
        site.policy = format!("[gates.route-audit.pages-domains]\nsite = [\"{host}\"]\n");
    } else {
        site.claim(worker, Claim::domain(&host));
    }
    host
}

fn run_before_domain(site: &mut Site, random: &mut Random) {
    let (first, second) = site.two(random);
    let host = domain(site, first, random);
    let path = random.pick(&["/*", "/admin*", "/x", ""]);
    site.claim(second, Claim::route(&format!("{host}{path}")));
}

fn spread_over_domain(site: &mut Site, random: &mut Random) {
    let (first, second) = site.two(random);
    let _ = domain(site, first, random);
    let star = random.pick(&["*.", "*"]);
    site.claim(second, Claim::route(&format!("{star}{}/*", site.host)));
}

fn malform(site: &mut Site, random: &mut Random) {
    let (first, _) = site.two(random);
    let host = site.host.clone();
    let patterns = [
        format!("{host}/*/x"),
        format!("{host}/?a=1"),
        format!("{host}/#a"),
        format!("ftp://{host}/*"),
        format!("user@{host}/*"),
        format!("{host}:8080/*"),
        "127.0.0.1/*".to_owned(),
        format!("{host}./*"),
        "/x*".to_owned(),
        "*".to_owned(),
        format!("a.*.{host}/*"),
        format!("a b.{host}/*"),
        format!("a..{host}/*"),
        String::new(),
    ];
    let domains = [format!("*.{host}"), format!("{host}/x"), format!("https://{host}")];
    let members = [
        (
            "routes_note = 1\nroute = \"x.example/*\"",
            "\"routes_note\": 1, \"route\": \"x.example/*\"",
        ),
        ("env = 5", "\"env\": 5"),
        ("account_id = 5", "\"account_id\": 5"),
        ("services = true", "\"services\": true"),
    ];
    match random.below(4) {
        0 => site.claim(first, Claim::domain(random.pick(&domains).as_str())),
        1 => {
            let (toml, json) = *random.pick(&members);
            site.workers[first].extra = Some((toml.to_owned(), json.to_owned()));
        }
        _ => site.claim(first, Claim::route(random.pick(&patterns).as_str())),
    }
}

fn leave_zone(site: &mut Site, random: &mut Random) {
    let (first, _) = site.two(random);
    let zone = random.pick(&["elsewhere.example", "other.example", "x.y.example"]);
    let host = site.host.clone();
    let claim = match random.below(3) {
        0 => Claim::domain(&host),
        1 => Claim::route(&format!("*.{host}/*")),
        _ => Claim::route(&format!("{host}/*")),
    };
    site.claim(first, claim.in_zone(zone));
}

fn contest(site: &mut Site, random: &mut Random) {
    let (first, second) = site.two(random);
    let own = site.workers[first].claims[0].pattern.trim_end_matches("/*").to_owned();
    let (host, owner, claims) = match random.below(3) {
        0 => (own, site.workers[first].name.clone(), 7),
        1 => (own, site.workers[second].name.clone(), 1),
        _ => (site.host.clone(), site.workers[first].name.clone(), 1),
    };
    site.policy = format!(
        "[[gates.route-audit.public-hosts]]\nhost = \"{host}\"\nowner = \"{owner}\"\n\
         claims = {claims}\n"
    );
}

fn exceed(site: &mut Site, random: &mut Random) {
    let zone = site.zone.clone();
    let is_domain = random.below(2) == 0;
    let n_claims = if is_domain { 101 } else { 1_001 };
    for index in 0..n_claims {
        let host = format!("h{index}.{}", site.host);
        let claim =
            if is_domain { Claim::domain(&host) } else { Claim::route(&format!("{host}/*")) };
        let worker = random.below(site.workers.len());
        site.claim(worker, claim.in_zone(&zone));
    }
}

fn rules_with_findings(report: &Report) -> BTreeSet<&'static str> {
    report.findings().map(|it| it.rule).collect()
}

fn judged(site: &Site, told: &str) -> Report {
    judge(&site.files(), None, true).unwrap_or_else(|err| panic!("{told}: {err}\n{site:#?}"))
}

#[test]
fn each_mutant_is_told_by_its_rule_alone() {
    println!("seed {SEED:#x}");
    for (rule, mutate) in MUTATIONS {
        for mutant in 0..N_MUTANTS {
            let told = format!("seed {SEED:#x}, {rule}, mutant {mutant}");
            let mut random = Random(SEED ^ (mutant << 8) ^ (rule.len() as u64) << 32);
            let mut site = Site::green(&mut random);
            let before = rules_with_findings(&judged(&site, &told));
            assert!(before.is_empty(), "{told}: {before:?} before the edit\n{site:#?}");
            mutate(&mut site, &mut random);
            let after = rules_with_findings(&judged(&site, &told));
            assert_eq!(after, BTreeSet::from([*rule]), "{told}\n{site:#?}");
        }
    }
}

/// What stays of the findings when files have other names, orders and languages.
fn lasting(report: &Report) -> Vec<String> {
    let mut findings: Vec<String> = report
        .findings()
        .map(|it| {
            let mut witness = it.witness.clone();
            forget_places(&mut witness);
            format!("{} {} {} {witness} {}", it.rule, it.subject, it.message, it.related.len())
        })
        .collect();
    findings.sort();
    findings
}

fn forget_places(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("config");
            members.remove("line");
            members.values_mut().for_each(forget_places);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_places),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
}

type Change = fn(&mut Site);

#[test]
fn findings_do_not_depend_on_names_orders_languages_or_line_ends() {
    println!("seed {SEED:#x}");
    let changes: [(&str, Change); 6] = [
        ("other order of files", |site| {
            let n_workers = site.workers.len();
            for (index, it) in site.workers.iter_mut().enumerate() {
                it.folder = format!("z{}", n_workers - index);
            }
        }),
        ("other order of keys", |site| {
            site.workers.iter_mut().for_each(|it| it.is_reversed = !it.is_reversed);
        }),
        ("TOML", |site| site.workers.iter_mut().for_each(|it| it.language = Language::Toml)),
        ("JSONC", |site| site.workers.iter_mut().for_each(|it| it.language = Language::Jsonc)),
        ("CRLF", |site| site.workers.iter_mut().for_each(|it| it.has_crlf = !it.has_crlf)),
        ("BOM", |site| site.workers.iter_mut().for_each(|it| it.has_mark = !it.has_mark)),
    ];
    for (rule, mutate) in MUTATIONS {
        for mutant in 0..4_u64 {
            let mut random = Random(SEED ^ 0xff ^ (mutant << 8) ^ (rule.len() as u64) << 32);
            let mut site = Site::green(&mut random);
            mutate(&mut site, &mut random);
            let told = format!("seed {SEED:#x}, {rule}, mutant {mutant}");
            let expected = lasting(&judged(&site, &told));
            assert!(!expected.is_empty(), "{told}");
            for (name, change) in changes {
                let mut variant = site.clone();
                change(&mut variant);
                let got = lasting(&judged(&variant, &told));
                assert_eq!(got, expected, "{told}, {name}\n{site:#?}");
            }
        }
    }
}
