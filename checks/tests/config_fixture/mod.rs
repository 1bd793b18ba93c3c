//! Repositories made by chance: several Workers, a Pages project, a workflow and scripts, without
//! any fault, in TOML, JSON and JSONC.
#![allow(dead_code, unreachable_pub, reason = "each test uses a part of it")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

pub mod mutation;

use checks::{
    report::{FindingRecord, Report},
    rule_test::{Files, judge},
};
use kernel::RepoPath;
use serde_json::{Map, Value, json};

/// Numbers by chance, the same ones for the same seed (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn number(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((it ^ (it >> 31)) % (below.max(1) as u64)).unwrap()
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.number(items.len())]
    }

    pub fn word(&mut self) -> String {
        let starts =
            ["shop", "pay", "mail", "user", "stock", "price", "cart", "auth", "log", "img"];
        format!("{}{}", self.pick(&starts), self.number(10_000))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Toml,
    Json,
    Jsonc,
}

impl Language {
    pub fn name(self) -> &'static str {
        match self {
            Self::Toml => "wrangler.toml",
            Self::Json => "wrangler.json",
            Self::Jsonc => "wrangler.jsonc",
        }
    }
}

/// One configuration.
#[derive(Debug, Clone)]
pub struct Service {
    pub folder: String,
    pub language: Language,
    pub config: Value,
}

impl Service {
    pub fn path(&self) -> String {
        format!("{}/{}", self.folder, self.language.name())
    }

    pub fn name(&self) -> &str {
        self.config["name"].as_str().unwrap()
    }

    pub fn table(&mut self) -> &mut Map<String, Value> {
        self.config.as_object_mut().unwrap()
    }
}

/// How configurations are written down.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    pub crlf: bool,
    pub bom: bool,
    /// Turns the members of each table by so many.
    pub turn: usize,
}

/// A repository without a fault: `services[0]` is the gateway, `[1]` and `[2]` are internal, `[3]`
/// is bound and says `workers_dev`, `[4]` has a route of its own in the gateway's zone, `[5]` has
/// assets, `[6]` is a Pages project.
#[derive(Debug, Clone)]
pub struct Fixture {
    pub services: Vec<Service>,
    pub files: Vec<(String, String)>,
    pub manner: Manner,
    pub zone: String,
}

impl Fixture {
    pub fn new(chance: &mut Chance) -> Self {
        let zone = format!("{}.example", chance.word());
        let names: Vec<String> = (0..7).map(|it| format!("{}-{it}", chance.word())).collect();
        let route = |host: &str| json!({"pattern": format!("{host}.{zone}/*"), "zone_name": zone});
        let bind = |it: &usize| json!({"binding": format!("B{it}"), "service": names[*it]});
        let environments = |chance: &mut Chance, name: &str| {
            let all = ["dev", "staging", "canary"];
            let some = all.iter().take(1 + chance.number(3));
            let of =
                |it: &&str| (it.to_string(), json!({"routes": [route(&format!("{it}-{name}"))]}));
            Value::Object(some.map(of).collect())
        };
        let quiet =
            |name: &String| json!({"name": name, "workers_dev": false, "preview_urls": false});
        let mut configs = vec![
            json!({"name": names[0], "routes": [route("api")], "services": [bind(&1), bind(&2), bind(&3)],
                   "vars": {"STAGE": "production", "DOCS": "https://docs.other.example/x?y=1"},
                   "env": environments(chance, &names[0])}),
            quiet(&names[1]),
            quiet(&names[2]),
            json!({"name": names[3], "workers_dev": false}),
            json!({"name": names[4], "routes": [route("own"), "plain.other.example/a/*"],
                   "vars": {"LEVEL": "info"}, "env": environments(chance, &names[4])}),
            json!({"name": names[5], "workers_dev": true,
                   "assets": {"directory": "dist", "run_worker_first": ["/api/*", "!/api/docs/*"]}}),
            json!({"name": names[6], "pages_build_output_dir": "dist"}),
        ];
        if chance.number(2) == 0 {
            configs[1]["account_id"] = json!("0123456789abcdef0123456789abcdef");
            configs[2]["kv_namespaces"] =
                json!([{"binding": "KV", "id": "1"}, {"binding": "KV2", "id": "2"}]);
        }
        let services = configs.into_iter().enumerate().map(|(it, config)| Service {
            folder: format!("{}/{}", chance.pick(&["apps", "services", "workers"]), names[it]),
            language: *chance.pick(&[Language::Toml, Language::Json, Language::Jsonc]),
            config,
        });
        let services: Vec<Service> = services.collect();
        let pages =
            json!({"version": 1, "include": ["/api/*", "/login"], "exclude": ["/api/static/*"]});
        let files = vec![
            (format!("{}/public/_routes.json", services[6].folder), pages.to_string()),
            (
                "checks.toml".into(),
                format!("[gates.route-audit]\ninternal = [\"{}\", \"{}\"]\n", names[1], names[2]),
            ),
            (
                "package.json".into(),
                json!({"scripts": {
                "deploy": format!("cd {} && npx wrangler deploy --env dev", services[0].folder),
                "try": "wrangler deploy --dry-run --name try"}})
                .to_string(),
            ),
            (
                ".github/workflows/deploy.yml".into(),
                format!(
                    "on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          \
                 npm ci\n          npx wrangler deploy -c {}\n      - uses: cloudflare/wrangler-action@v3\n        \
                 with:\n          command: deploy --env dev\n          workingDirectory: {}\n",
                    services[3].path(),
                    services[4].folder
                ),
            ),
        ];
        Self { services, files, manner: Manner::default(), zone }
    }

    /// Changes one of the other files by its name's end.
    pub fn edit(&mut self, end: &str, change: impl FnOnce(&str) -> String) -> String {
        let (path, text) = self.files.iter_mut().find(|(it, _)| it.ends_with(end)).unwrap();
        let changed = change(text);
        assert_ne!(*text, changed, "the edit of {path} does nothing");
        *text = changed;
        path.clone()
    }

    pub fn files(&self) -> Files {
        let mut files = Files::new();
        for it in &self.services {
            let text = match it.language {
                Language::Toml => toml(&it.config, self.manner.turn),
                Language::Json => jsonc(&it.config, self.manner.turn, false),
                Language::Jsonc => jsonc(&it.config, self.manner.turn, true),
            };
            files.insert(RepoPath::new(&it.path()).unwrap(), self.bytes(&text));
        }
        for (path, text) in &self.files {
            // A policy is ours; all others are written in the manner too.
            let bytes =
                if path == "checks.toml" { text.clone().into_bytes() } else { self.bytes(text) };
            files.insert(RepoPath::new(path).unwrap(), bytes);
        }
        files
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        let mark = if self.manner.bom { "\u{feff}" } else { "" };
        let text = if self.manner.crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
        format!("{mark}{text}").into_bytes()
    }

    pub fn judge(&self) -> Report {
        judge(&self.files(), None, false).unwrap_or_else(|err| panic!("{err}\n{self:#?}"))
    }
}

/// Everything that is found, without places.
pub fn told(report: &Report) -> Vec<(String, String, String)> {
    let kind = |it: &FindingRecord| it.witness["kind"].as_str().unwrap().to_owned();
    let of = |it: &FindingRecord| (it.rule.to_owned(), it.subject.clone(), kind(it));
    let mut told: Vec<_> = report.findings().map(of).collect();
    told.sort();
    told
}

fn turned(table: &Map<String, Value>, turn: usize) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = table.iter().collect();
    let length = members.len();
    if length > 0 {
        members.rotate_left(turn % length);
    }
    members
}

/// TOML with a header for each table.
pub fn toml(config: &Value, turn: usize) -> String {
    let mut out = String::from("# Made by chance.\n");
    toml_table(config.as_object().unwrap(), "", turn, &mut out);
    out
}

fn toml_table(table: &Map<String, Value>, path: &str, turn: usize, out: &mut String) {
    let members = turned(table, turn);
    for (key, value) in members.iter().filter(|(_, it)| !it.is_object()) {
        out.push_str(&format!("{} = {}\n", toml_key(key), toml_inline(value, turn)));
    }
    for (key, value) in members.iter().filter(|(_, it)| it.is_object()) {
        let path = format!("{path}{}{}", if path.is_empty() { "" } else { "." }, toml_key(key));
        out.push_str(&format!("\n[{path}]\n"));
        toml_table(value.as_object().unwrap(), &path, turn, out);
    }
}

fn toml_key(key: &str) -> String {
    let is_bare = !key.is_empty()
        && key.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-'));
    if is_bare { key.to_owned() } else { Value::from(key).to_string() }
}

fn toml_inline(value: &Value, turn: usize) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|it| toml_inline(it, turn)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member = |(key, it): &(&String, &Value)| {
                format!("{} = {}", toml_key(key), toml_inline(it, turn))
            };
            let members: Vec<String> = turned(members, turn).iter().map(member).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

fn jsonc(config: &Value, turn: usize, has_comments: bool) -> String {
    let comment = if has_comments { "  // Made by chance.\n" } else { "" };
    let members: Vec<String> = turned(config.as_object().unwrap(), turn)
        .iter()
        .map(|(key, it)| format!("  {}: {}", Value::from(key.as_str()), json_text(it, turn)))
        .collect();
    let tail = if has_comments { "," } else { "" };
    format!("{{\n{comment}{}{tail}\n}}\n", members.join(",\n"))
}

fn json_text(value: &Value, turn: usize) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|it| json_text(it, turn)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member = |(key, it): &(&String, &Value)| {
                format!("{}: {}", Value::from(key.as_str()), json_text(it, turn))
            };
            let members: Vec<String> = turned(members, turn).iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}
