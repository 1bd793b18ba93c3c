//! Hostile trees never panic, and the way a configuration is written does not change its meaning.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod documents;

use std::hint::black_box;

use kernel::{Digest, Document, Entry, Kind, Node, RepoPath, Span};
use proptest::{
    prelude::{Just, Strategy, any, prop, prop_oneof, proptest},
    test_runner::{Config, RngSeed, TestCaseError},
};
use serde_json::{Map, Value, json};
use wrangler::{Unit, Workers, commands};

/// The seed of all random tests here; another one is another walk through the same inputs.
const SEED: u64 = 18;

/// Names that some part of the engine looks at, and a few others.
const NAMES: [&str; 26] = [
    "name",
    "account_id",
    "routes",
    "route",
    "workers_dev",
    "preview_urls",
    "services",
    "vars",
    "env",
    "assets",
    "run_worker_first",
    "pattern",
    "zone_name",
    "zone_id",
    "custom_domain",
    "enabled",
    "binding",
    "service",
    "environment",
    "pages_build_output_dir",
    "version",
    "include",
    "exclude",
    "define",
    "scripts",
    "steps",
];

/// Texts that mean something somewhere.
const TEXTS: [&str; 12] = [
    "",
    "a",
    "b",
    "a.example/*",
    "*",
    "/",
    "!/x",
    "/x*",
    "wrangler deploy --name x",
    "é♫",
    "${{ x }}",
    "cd 'a",
];

fn name() -> impl Strategy<Value = Box<str>> {
    prop::sample::select(NAMES.to_vec()).prop_map(Into::into)
}

fn text() -> impl Strategy<Value = Box<str>> {
    prop::sample::select(TEXTS.to_vec()).prop_map(Into::into)
}

/// Any span, also one outside the text: a place must come out of it all the same.
fn span() -> impl Strategy<Value = Span> {
    (0..40_usize, 0..40_usize).prop_map(|(start, end)| Span { start, end })
}

fn tree() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        Just(Kind::Null),
        any::<bool>().prop_map(Kind::Bool),
        Just(Kind::Number("1".into())),
        Just(Kind::Datetime("2026-01-01".into())),
        text().prop_map(Kind::String),
    ];
    let leaf = (span(), leaf).prop_map(|(span, kind)| Node { span, kind });
    leaf.prop_recursive(6, 120, 8, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..6).prop_map(Kind::List);
        let members = prop::collection::btree_map(name(), (span(), inner), 0..8);
        let table = members.prop_map(|it| {
            let entry = |(key, (key_span, value))| Entry { key, key_span, value };
            Kind::Table(it.into_iter().map(entry).collect())
        });
        let kind = prop_oneof![1 => list, 3 => table];
        (span(), kind).prop_map(|(span, kind)| Node { span, kind })
    })
}

fn document_of(path: &str, root: Node) -> Document {
    let path = RepoPath::new(path).expect("the path is relative");
    let text = "name = 'é'\r\nroutes = []\n";
    Document::new(path, text.into(), Digest::of(text.as_bytes()), root)
}

/// Everything the engine can be asked about a document; it is also the target for fuzzing.
fn ask_everything(root: Node) {
    let document = document_of("a/wrangler.toml", root.clone());
    let other = document_of("b/wrangler.toml", root);
    let workers = Workers::read(&[&document, &other]);
    let all = |_: &Unit| true;
    for config in &workers.configs {
        black_box(wrangler::inheritances(config, &all));
        let elders = wrangler::Elders::of(config, &all);
        for (unit, it) in config.units.iter().enumerate() {
            (0..=it.claims.len()).for_each(|claim| {
                black_box(elders.elder_copy(unit, claim));
            });
            it.run_worker_first.iter().for_each(|it| drop(wrangler::asset_rule_faults(&it.value)));
        }
        assert!(config.problems.iter().all(|it| !it.to_string().is_empty()));
    }
    black_box(wrangler::name_clashes(&workers, &all));
    black_box(wrangler::dangling_services(&workers, &|_| false));
    black_box(wrangler::service_rings(&workers, &all));
    for it in wrangler::misplaced_keys(&document) {
        assert_eq!(document.root.at(&it.steps), Some(&it.value), "steps lead to the value");
    }
    black_box(wrangler::pages_routes_faults(&document.root));
    let package = commands::package_sources(&document);
    for source in package.into_iter().chain(commands::workflow_sources(&document)) {
        for command in source.commands() {
            black_box(source.place(&document, &command));
        }
    }
}

/// A configuration of sound shapes, of the JSON that TOML can write too.
fn configuration() -> impl Strategy<Value = Value> {
    let level = || {
        let route = prop_oneof![
            text().prop_map(|it| json!(it)),
            (text(), text())
                .prop_map(|(pattern, zone)| json!({"pattern": pattern, "zone_name": zone})),
            text().prop_map(|it| json!({"pattern": it, "custom_domain": true})),
            Just(json!({"pattern": 3, "other": []})),
        ];
        let member = prop_oneof![
            text().prop_map(|it| ("name", json!(it))),
            text().prop_map(|it| ("account_id", json!(it))),
            any::<bool>().prop_map(|it| ("workers_dev", json!(it))),
            any::<bool>().prop_map(|it| ("preview_urls", json!(it))),
            prop::collection::vec(route.clone(), 0..4).prop_map(|it| ("routes", json!(it))),
            route.prop_map(|it| ("route", it)),
            text().prop_map(|it| ("vars", json!({"A": it, "routes": [it]}))),
            text().prop_map(|it| ("services", json!([{"binding": "B", "service": it}]))),
            text().prop_map(|it| ("assets", json!({"run_worker_first": [it]}))),
            Just(("routes", json!("x"))),
        ];
        prop::collection::vec(member, 0..7)
    };
    let table = |members: Vec<(&str, Value)>| -> Map<String, Value> {
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    };
    (level(), prop::collection::btree_map("[a-d]", level(), 0..4)).prop_map(move |(top, envs)| {
        let mut top = table(top);
        let envs: Map<String, Value> =
            envs.into_iter().map(|(name, it)| (name, Value::Object(table(it)))).collect();
        if !envs.is_empty() {
            top.insert("env".to_owned(), Value::Object(envs));
        }
        Value::Object(top)
    })
}

/// What a configuration means, without places; environments by name.
fn meaning(path: &str, text: &str) -> Result<Vec<String>, TestCaseError> {
    let document = documents::parse(path, text).map_err(TestCaseError::fail)?;
    let workers = Workers::read(&[&document]);
    let mut lines: Vec<String> = workers.units().map(|(_, it)| unit_meaning(it)).collect();
    let problem = |it: &wrangler::Problem| format!("{} {}", it.key(), it.kind.code());
    lines.extend(workers.configs[0].problems.iter().map(problem));
    let misplaced = wrangler::misplaced_keys(&document);
    lines.extend(misplaced.iter().map(|it| format!("{} {:?}", it.key(), it.env)));
    lines.sort();
    Ok(lines)
}

fn unit_meaning(unit: &Unit) -> String {
    let claims = unit.claims.iter().chain(&unit.ignored_route);
    let claims = claims.map(|it| (it.declared.to_json(), it.inherited, it.fault.clone(), it.slot));
    let vars = unit.vars.iter().map(|it| (&it.name, it.value.reveal()));
    format!(
        "{:?} {:?} {:?} {} {} {:?} {:?} {:?} {:?}",
        unit.env,
        unit.name,
        unit.account,
        unit.on_workers_dev,
        unit.on_preview_urls,
        claims.collect::<Vec<_>>(),
        unit.services.iter().map(|it| &it.service).collect::<Vec<_>>(),
        vars.collect::<Vec<_>>(),
        unit.run_worker_first.as_ref().map(|it| it.value.to_json()),
    )
}

/// Writes JSON with the members of every table in the opposite order.
fn backwards(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let member =
                |(name, it): (&String, &Value)| format!("{}: {}", json!(name), backwards(it));
            let members: Vec<_> = members.iter().rev().map(member).collect();
            format!("{{ /* x */ {} }}", members.join(",\r\n"))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(backwards).collect::<Vec<_>>().join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

/// The same tree as TOML has it. (Through serde an exact number would become a table.)
fn as_toml(value: &Value) -> toml::Value {
    match value {
        Value::Null => toml::Value::String("null".into()),
        Value::Bool(it) => toml::Value::Boolean(*it),
        Value::Number(it) => match it.as_i64() {
            Some(whole) => toml::Value::Integer(whole),
            None => toml::Value::Float(it.as_f64().unwrap_or_default()),
        },
        Value::String(it) => toml::Value::String(it.clone()),
        Value::Array(items) => toml::Value::Array(items.iter().map(as_toml).collect()),
        Value::Object(members) => {
            let member = |(name, it): (&String, &Value)| (name.clone(), as_toml(it));
            toml::Value::Table(members.iter().map(member).collect())
        }
    }
}

proptest! {
    #![proptest_config(Config { rng_seed: RngSeed::Fixed(SEED), ..Config::default() })]

    #[test]
    fn no_tree_makes_it_panic(root in tree()) {
        ask_everything(root);
    }

    #[test]
    fn no_text_makes_it_panic(text in r#"([ \t\n'"`$(){}<>|&;#\\^=-]|wrangler|deploy|cd |npx |--name|-c|\$\{\{|[a-z]|é){0,60}"#) {
        let is_audited = |_: &str| false;
        let surroundings = commands::Surroundings {
            folder: None,
            override_name: None,
            is_audited: &is_audited,
        };
        for it in commands::deploy_commands(&text).iter().chain(&commands::action_commands(&text)) {
            assert!(it.offset <= text.len() && it.argv().len() >= 2);
            black_box(it.out_of_band(&surroundings));
        }
    }

    #[test]
    fn toml_and_json_and_any_key_order_mean_the_same(configuration in configuration()) {
        let json = meaning("wrangler.json", &configuration.to_string())?;
        let toml = toml::to_string(&as_toml(&configuration))
            .map_err(|it| TestCaseError::fail(it.to_string()))?;
        assert_eq!(&meaning("wrangler.toml", &toml)?, &json, "{toml}");
        assert_eq!(&meaning("wrangler.jsonc", &backwards(&configuration))?, &json);
        let windows = toml.replace('\n', "\r\n");
        assert_eq!(&meaning("wrangler.toml", &windows)?, &json);
    }
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let parse = |path| documents::parse(path, "name='a'").expect("the test's own text parses");
    let [a, b, c] = ["b/wrangler.toml", "a/wrangler.toml", "b-c/wrangler.toml"].map(parse);
    let workers = Workers::read(&[&a, &b, &c]);
    assert_eq!(workers, Workers::read(&[&c, &a, &b]));
    let paths: Vec<_> = workers.configs.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["a/wrangler.toml", "b-c/wrangler.toml", "b/wrangler.toml"]);
}
