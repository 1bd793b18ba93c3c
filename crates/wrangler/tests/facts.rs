//! Facts about whole configurations: inheritance, names, misplaced keys, bindings.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod documents;

use kernel::Document;
use wrangler::{Unit, Workers};

fn read(texts: &[(&str, &str)]) -> Workers {
    let parsed = texts.iter().map(|(path, text)| document(path, text));
    let parsed: Vec<Document> = parsed.collect();
    Workers::read(&parsed.iter().collect::<Vec<_>>())
}

fn document(path: &str, text: &str) -> Document {
    documents::parse(path, text).expect("the test's own text parses")
}

/// Shows who inherits what from whom, and which claims stand aside.
fn check_inheritance(undeployed: &[&str], text: &str, expected: &str) {
    let workers = read(&[("wrangler.toml", text)]);
    let config = &workers.configs[0];
    let is_deployed = |it: &Unit| !undeployed.contains(&it.env.as_deref().unwrap_or("-"));
    let name = |index: usize| config.units[index].env.as_deref().unwrap_or("-");
    let mut found = Vec::new();
    for it in wrangler::inheritances(config, &is_deployed) {
        found.push(format!("{} has {:?} of {}", name(it.unit), it.claims, name(it.rightful)));
    }
    let elders = wrangler::Elders::of(config, &is_deployed);
    for (index, unit) in config.units.iter().enumerate().filter(|(_, it)| is_deployed(it)) {
        for claim in 0..unit.claims.len() {
            if let Some(elder) = elders.elder_copy(index, claim) {
                found.push(format!("{}.{claim} after {}", name(index), name(elder)));
            }
        }
    }
    assert_eq!(found.join("; "), expected, "{text}");
}

#[test]
fn an_environment_inherits_claims_of_production() {
    let text = "name='a'\nroutes=['x','y']\n[env.b]\n[env.c]\nroutes=[]\n";
    check_inheritance(&[], text, "b has [0, 1] of -; b.0 after -; b.1 after -");
    check_inheritance(&["b"], text, "");
    check_inheritance(&["-"], text, "");
}

#[test]
fn an_environment_of_the_rightful_name_is_no_fault_wherever_it_stands() {
    let last = "name='a'\nroutes=['x']\n[env.b]\n[env.p]\nname='a'\n";
    check_inheritance(&[], last, "b has [0] of -; b.0 after -; p.0 after -");
    let first = "name='a'\nroutes=['x']\n[env.p]\nname='a'\n[env.b]\n";
    check_inheritance(&[], first, "b has [0] of -; p.0 after -; b.0 after -");
    check_inheritance(&["-"], last, "p has [0] of b; p.0 after b");
}

#[test]
fn the_first_environment_is_rightful_once_the_top_level_is_undeployed() {
    let text = "name='a'\nroutes=['x']\n[env.b]\n[env.c]\n[env.d]\nroutes=['x']\n";
    check_inheritance(&["-"], text, "c has [0] of b; c.0 after b");
    check_inheritance(&["-", "b"], text, "");
    check_inheritance(&[], text, "b has [0] of -; c has [0] of -; b.0 after -; c.0 after -");
    let own_first = "name='a'\nroutes=['x','y']\n[env.b]\nroutes=['x']\n[env.c]\n";
    check_inheritance(&["-"], own_first, "c has [0] of b; c.0 after b");
    let other_kind =
        "name='a'\nroutes=['x']\n[env.b]\nroutes=[{pattern='x', custom_domain=true}]\n[env.c]\n";
    check_inheritance(&["-"], other_kind, "");
}

#[test]
fn the_same_name_is_the_same_worker() {
    let text = "name='a'\nroutes=['x']\n[env.b]\nname='a'\n[env.c]\n";
    check_inheritance(&[], text, "c has [0] of -; b.0 after -; c.0 after -");
    check_inheritance(&["-"], text, "c has [0] of b; c.0 after b");
}

#[test]
fn a_route_that_is_ignored_silences_the_inheritance() {
    let text = "name='a'\nroutes=['x']\n[env.b]\nroute='y'\n";
    check_inheritance(&[], text, "b.0 after -");
    let workers = read(&[("wrangler.toml", text)]);
    let ignored: Vec<_> = wrangler::ignored_routes(&workers.configs[0]).collect();
    assert_eq!(ignored.len(), 1);
    assert_eq!((ignored[0].unit, ignored[0].route.pattern.as_deref()), (1, Some("y")));
}

#[test]
fn an_inherited_route_and_refused_claims() {
    check_inheritance(&[], "name='a'\nroute='x'\n[env.b]\n", "b has [0] of -; b.0 after -");
    check_inheritance(
        &[],
        "name='a'\nroutes=[3,'x']\n[env.b]\n",
        "b has [1] of -; b.0 after -; b.1 after -",
    );
    check_inheritance(
        &[],
        "name='a'\nroutes=['x']\nroute='y'\n[env.b]\n",
        "b has [0] of -; b.0 after -",
    );
}

fn check_clashes(texts: &[(&str, &str)], expected: &[(&str, &[&str])]) {
    let workers = read(texts);
    let clashes = wrangler::name_clashes(&workers, &|it| it.env.as_deref() != Some("off"));
    let addresses = |it: &wrangler::NameClash| -> Vec<String> {
        it.units.iter().filter_map(|it| Some(workers.unit(*it)?.address())).collect()
    };
    let found: Vec<_> = clashes.iter().map(|it| (it.name.to_string(), addresses(it))).collect();
    let found: Vec<(&str, Vec<&str>)> = found
        .iter()
        .map(|(name, units)| (name.as_str(), units.iter().map(String::as_str).collect()))
        .collect();
    let expected: Vec<_> = expected.iter().map(|(name, units)| (*name, units.to_vec())).collect();
    assert_eq!(found, expected, "{texts:?}");
}

#[test]
fn one_name_in_two_folders_is_a_clash() {
    let n = "name='n'";
    check_clashes(
        &[("a/wrangler.toml", n), ("b/wrangler.toml", n)],
        &[("n", &["a/wrangler.toml", "b/wrangler.toml"])],
    );
    check_clashes(&[("a/wrangler.toml", n), ("a/wrangler.dev.toml", n)], &[]);
    check_clashes(
        &[("a/wrangler.toml", n), ("b/wrangler.toml", "pages_build_output_dir='d'\nname='n'")],
        &[],
    );
    check_clashes(
        &[
            ("a/wrangler.toml", "name='n'\naccount_id='1'"),
            ("b/wrangler.toml", "name='n'\naccount_id='2'"),
        ],
        &[],
    );
    check_clashes(&[("a/wrangler.toml", ""), ("b/wrangler.toml", "")], &[]);
    check_clashes(
        &[
            ("a/wrangler.toml", "name='n'\naccount_id='1'"),
            ("b/wrangler.toml", "name='n'\naccount_id='2'"),
            ("c/wrangler.toml", n),
        ],
        &[("n", &["a/wrangler.toml", "b/wrangler.toml", "c/wrangler.toml"])],
    );
    check_clashes(
        &[("a/wrangler.toml", "name='m'\n[env.x]\nname='n'"), ("b/wrangler.toml", n)],
        &[("n", &["a/wrangler.toml#x", "b/wrangler.toml"])],
    );
    check_clashes(
        &[("a/wrangler.toml", "name='m'\n[env.off]\nname='n'"), ("b/wrangler.toml", n)],
        &[],
    );
}

fn check_misplaced(text: &str, expected: &[&str]) {
    let found = wrangler::misplaced_keys(&document("wrangler.toml", text));
    let shown = |it: &wrangler::MisplacedKey| {
        let env = it.env.as_deref().map_or(String::new(), |it| format!("#{it}"));
        format!("{}:{} {}{env}", it.place.region.line, it.place.region.column, it.key())
    };
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected, "{text}");
}

#[test]
fn a_table_header_swallows_what_follows() {
    check_misplaced("[vars]\nA='b'\nroutes=['x.example/*']", &["3:1 vars.routes"]);
    check_misplaced(
        "[ai]\nbinding='AI'\nroute='x'\nworkers_dev=false",
        &["3:1 ai.route", "4:1 ai.workers_dev"],
    );
    check_misplaced("[triggers]\ncrons=[]\npreview_urls=true", &["3:1 triggers.preview_urls"]);
    check_misplaced(
        "[[kv_namespaces]]\nbinding='a'\n[[kv_namespaces]]\nbinding='b'\nroutes=[]",
        &["5:1 kv_namespaces[1].routes"],
    );
    check_misplaced(
        "[durable_objects]\nbindings=[{name='a', routes=[]}]",
        &["2:22 durable_objects.bindings[0].routes"],
    );
    check_misplaced("[observability.logs]\nservices=[]", &["2:1 observability.logs.services"]);
    check_misplaced(
        "[assets]\ndirectory='d'\n[[assets.services]]\nbinding='a'",
        &["3:10 assets.services"],
    );
    check_misplaced(
        "[env.b.vars]\nworkers_dev=true\n[env.b.placement]\nmode='smart'\nroute='x'",
        &["2:1 env.b.vars.workers_dev#b", "5:1 env.b.placement.route#b"],
    );
    check_misplaced("[env.b.env.c]\nroutes=['x']", &["2:1 env.b.env.c.routes#b"]);
    check_misplaced("[env]\nroutes=['x']\n[env.b]\nroutes=['x']", &["2:1 env.routes"]);
}

#[test]
fn routing_keys_at_home_are_not_misplaced() {
    check_misplaced(
        "route='x'\nroutes=[]\nworkers_dev=true\npreview_urls=true\nservices=[{binding='a', service='b'}]",
        &[],
    );
    check_misplaced(
        "[[services]]\nbinding='a'\nservice='b'\n[env.b]\nroutes=[]\n[[env.b.services]]\nbinding='a'\nservice='b'",
        &[],
    );
    check_misplaced("[[routes]]\npattern='x'\nzone_name='z'", &[]);
    check_misplaced("[env.routes]\nname='x'\nroutes=[]", &[]);
    check_misplaced("[previews]\nservices=[{binding='a', service='b'}]", &[]);
    check_misplaced(
        "[previews]\nroutes=['x']\n[previews.vars]\nroute='x'",
        &["2:1 previews.routes"],
    );
}

#[test]
fn free_maps_may_use_any_name() {
    for table in
        ["define", "alias", "unsafe", "unsafe.metadata", "text_blobs", "data_blobs", "wasm_modules"]
    {
        check_misplaced(
            &format!("[{table}]\nroutes=['x']\nroute='a.example/'\nworkers_dev=true"),
            &[],
        );
        check_misplaced(&format!("[env.b.{table}]\nservices=[{{service='a'}}]"), &[]);
    }
}

#[test]
fn a_variable_of_that_name_needs_the_shape_of_the_key() {
    for (value, is_misplaced) in [
        ("routes='/a,/b'", false),
        ("routes=[]", true),
        ("routes={a='b'}", false),
        ("route='a.example/*'", true),
        ("route='https://a.example/x'", true),
        ("route='*.a.example/'", true),
        ("route='/api/v1.2/x'", false),
        ("route='a.example'", false),
        ("route='https://a.example'", false),
        ("route='internal/x'", false),
        ("route='see a.example/x'", false),
        ("route=['a.example/*']", false),
        ("workers_dev='false'", false),
        ("workers_dev=false", true),
        ("preview_urls=true", true),
        ("preview_urls='true'", false),
        ("services='a'", false),
        ("services=['a']", false),
        ("services=[]", false),
        ("services=[{binding='a', service='b'}]", true),
        ("nested={routes=['x']}", false),
    ] {
        let name = value.split('=').next().unwrap_or_default();
        let key = format!("2:1 vars.{name}");
        let expected = if is_misplaced { vec![key.as_str()] } else { vec![] };
        check_misplaced(&format!("[vars]\n{value}"), &expected);
    }
}

fn check_bindings(texts: &[(&str, &str)], dangling: &[&str], rings: &[&str]) {
    let workers = read(texts);
    let found = wrangler::dangling_services(&workers, &|it| it == "billing");
    let found: Vec<_> = found.iter().map(|it| &*it.service.service).collect();
    assert_eq!(found, dangling, "{texts:?}");
    let found = wrangler::service_rings(&workers, &|it| it.env.as_deref() != Some("off"));
    for ring in &found {
        let unit = workers.unit(ring.unit).expect("the unit of a ring is there");
        assert_eq!((&unit.owner, unit.services.len() > ring.service), (&ring.owners[0], true));
    }
    let found: Vec<_> = found.iter().map(|it| it.owners.join(">")).collect();
    assert_eq!(found, rings, "{texts:?}");
}

/// A Worker of this name that binds these.
fn worker(name: &str, targets: &[&str]) -> String {
    let bindings = targets.iter().map(|it| format!("{{binding='B', service='{it}'}}"));
    format!("name='{name}'\nservices=[{}]", bindings.collect::<Vec<_>>().join(","))
}

#[test]
fn bindings_point_at_units_here() {
    let a = |targets: &[&str]| worker("a", targets);
    check_bindings(&[("wrangler.toml", &a(&["a", "b", "billing"]))], &["b"], &[]);
    check_bindings(
        &[("wrangler.toml", &a(&["a-x"])), ("b/wrangler.toml", "name='a'\n[env.x]")],
        &[],
        &[],
    );
    let service = |it: &str| format!("name='a'\nservices=[{it}]\n[env.p]");
    check_bindings(
        &[("wrangler.toml", &service("{binding='B', service='a', environment='p'}"))],
        &[],
        &[],
    );
    check_bindings(
        &[("wrangler.toml", &service("{binding='B', service='a', environment='q'}"))],
        &[],
        &[],
    );
    check_bindings(
        &[("wrangler.toml", "name='a-p'\nservices=[{binding='B', service='a', environment='p'}]")],
        &[],
        &[],
    );
    check_bindings(
        &[("wrangler.toml", "name='a-p'\nservices=[{binding='B', service='a'}]")],
        &["a"],
        &[],
    );
}

#[test]
fn one_ring_is_told_of_each_group() {
    let config = |name: &'static str, targets: &[&str]| {
        (format!("{name}/wrangler.toml"), worker(name, targets))
    };
    let check = |configs: &[(String, String)], rings: &[&str]| {
        let texts: Vec<_> = configs.iter().map(|(path, text)| (&**path, &**text)).collect();
        check_bindings(&texts, &[], rings);
    };
    check(&[config("a", &["a"])], &[]);
    check(&[config("a", &["b"]), config("b", &[])], &[]);
    check(&[config("a", &["a", "b"]), config("b", &["b", "a"])], &["a>b"]);
    check(&[config("b", &["a"]), config("a", &["b"])], &["a>b"]);
    check(&[config("a", &["b"]), config("b", &["c"]), config("c", &["a", "b"])], &["a>b>c"]);
    check(&[config("a", &["b", "c"]), config("b", &["c"]), config("c", &["a"])], &["a>c"]);
    check(
        &[config("a", &["b"]), config("b", &["a", "c"]), config("c", &["d"]), config("d", &["c"])],
        &["a>b", "c>d"],
    );
}

#[test]
fn undeployed_units_and_other_accounts_close_no_ring() {
    let b = worker("b", &["a-off"]);
    check_bindings(
        &[
            ("wrangler.toml", "name='a'\n[env.off]\nservices=[{binding='B', service='b'}]"),
            ("b/wrangler.toml", &b),
        ],
        &[],
        &[],
    );
    let a = format!("account_id='1'\n{}", worker("a", &["b"]));
    let b = format!("account_id='2'\n{}", worker("b", &["a"]));
    check_bindings(&[("wrangler.toml", &a), ("b/wrangler.toml", &b)], &[], &[]);
}
