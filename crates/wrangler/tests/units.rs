//! What one configuration makes of each unit: inheritance, claims, faults, problems.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod documents;

use wrangler::{Claim, Unit, UnitKind, Workers};

/// Reads one TOML configuration at `w/wrangler.toml` and shows each unit as one line.
fn check(text: &str, expected: &[&str]) {
    check_at("w/wrangler.toml", text, expected);
}

fn check_json(text: &str, expected: &[&str]) {
    check_at("w/wrangler.json", text, expected);
}

fn check_at(path: &str, text: &str, expected: &[&str]) {
    let document = documents::parse(path, text).expect("the test's own text parses");
    let workers = Workers::read(&[&document]);
    let config = &workers.configs[0];
    let units = config.units.iter().map(shown);
    let problems = config.problems.iter().map(|it| {
        format!("! {}:{} {} ({it})", it.place.region.line, it.place.region.column, it.kind.code())
    });
    let found: Vec<_> = units.chain(problems).collect();
    assert_eq!(found, expected, "{text}");
}

fn shown(unit: &Unit) -> String {
    let env = unit.env.as_deref().map_or("-".to_owned(), |it| format!("#{it}"));
    let claims: Vec<_> = unit.claims.iter().map(shown_claim).collect();
    let mut line = format!("{env} {} [{}]", unit.owner, claims.join(", "));
    if unit.kind == UnitKind::Pages {
        line.push_str(" pages");
    }
    for (is_on, name) in [(unit.on_workers_dev, " dev"), (unit.on_preview_urls, " preview")] {
        line.push_str(if is_on { name } else { "" });
    }
    if let Some(route) = &unit.ignored_route {
        line = format!("{line} ignores {}", shown_claim(route));
    }
    for service in &unit.services {
        let targets: Vec<_> = service.targets().map(String::from).collect();
        let binding = service.binding.as_deref().unwrap_or("?");
        line = format!("{line} {binding}->{}", targets.join("|"));
    }
    line
}

fn shown_claim(claim: &Claim) -> String {
    let mut text = claim.pattern.as_deref().unwrap_or("?").to_owned();
    if claim.custom_domain {
        text.push_str(" (domain)");
    }
    if let Some(zone) = claim.zone_name.as_ref().or(claim.zone_id.as_ref()) {
        text = format!("{text} in {zone}");
    }
    if let Some(fault) = &claim.fault {
        text = format!("{text} !{}", fault.code());
    }
    if claim.inherited { format!("^{text}") } else { text }
}

#[test]
fn an_empty_configuration_is_one_public_unnamed_worker() {
    check("", &["- <unnamed w/wrangler.toml> [] dev preview"]);
    check("name = ''", &["- <unnamed w/wrangler.toml> [] dev preview"]);
    check("name = 'a'", &["- a [] dev preview"]);
}

#[test]
fn environments_follow_the_top_level_in_file_order() {
    check(
        "name = 'a'\n[env.z]\n[env.b]\nname = 'c'\n[env.'x y']\n",
        &[
            "- a [] dev preview",
            "#z a-z [] dev preview",
            "#b c [] dev preview",
            "#x y a-x y [] dev preview",
        ],
    );
    check(
        "[env.b]\n",
        &[
            "- <unnamed w/wrangler.toml> [] dev preview",
            "#b <unnamed w/wrangler.toml#b> [] dev preview",
        ],
    );
    check(
        "name = 'a'\nenv.b.name = ''\n",
        &["- a [] dev preview", "#b <unnamed w/wrangler.toml#b> [] dev preview"],
    );
}

#[test]
fn claims_are_inherited_as_wrangler_does() {
    check("name='a'\nroutes=['x/*']\n[env.b]\n", &["- a [x/*]", "#b a-b [^x/*]"]);
    check(
        "name='a'\nroutes=['x/*']\n[env.b]\nroutes=[]\n",
        &["- a [x/*]", "#b a-b [] dev preview"],
    );
    check(
        "name='a'\nroute='x/*'\n[env.b]\n[env.c]\nroute='y'\n",
        &["- a [x/*]", "#b a-b [^x/*]", "#c a-c [y]"],
    );
    check("name='a'\nroute='x/*'\n[env.b]\nroutes=['y']\n", &["- a [x/*]", "#b a-b [y]"]);
    check("name='a'\nroutes=['x']\n[env.b]\nroute='y'\n", &["- a [x]", "#b a-b [^x] ignores y"]);
    check(
        "name='a'\nroutes=[]\n[env.b]\nroute='y'\n",
        &["- a [] dev preview", "#b a-b [] dev preview ignores y"],
    );
    check(
        "name='a'\nroute=''\n[env.b]\nroute=''\n",
        &["- a [] dev preview", "#b a-b [] dev preview"],
    );
    check("name='a'\nroute='x'\n[env.b]\nroute=''\n", &["- a [x]", "#b a-b [^x]"]);
    check("name='a'\nroutes=['x']\n[env.b]\nroute=''\n", &["- a [x]", "#b a-b [^x]"]);
}

#[test]
fn public_surfaces_follow_claims_and_switches() {
    check(
        "name='a'\nworkers_dev=false\n[env.b]\nworkers_dev=true\n[env.c]\n",
        &["- a []", "#b a-b [] dev preview", "#c a-c []"],
    );
    check("name='a'\nroutes=['x']\nworkers_dev=true\n", &["- a [x] dev preview"]);
    check(
        "name='a'\npreview_urls=false\n[env.b]\npreview_urls=true\nworkers_dev=false",
        &["- a [] dev", "#b a-b [] preview"],
    );
    check("name='a'\nroutes=['x']\n[env.b]\nroutes=[]\n", &["- a [x]", "#b a-b [] dev preview"]);
}

#[test]
fn bindings_are_not_inherited() {
    check(
        "name='a'\n[[services]]\nbinding='B'\nservice='s'\nenvironment='p'\n[env.b]\n[[env.b.services]]\nbinding='C'\nservice='t'\n",
        &["- a [] dev preview B->s-p|s", "#b a-b [] dev preview C->t"],
    );
}

#[test]
fn claims_of_pages_are_refused() {
    check(
        "name='a'\npages_build_output_dir='d'\nroutes=['x']\n[env.production]\n",
        &["- a [x !pages] pages", "#production a-production [^x !pages] pages"],
    );
    check(
        "name='a'\npages_build_output_dir='d'\nroutes=['x']\n[env.production]\nroute='y'\n",
        &["- a [x !pages] pages", "#production a-production [^x !pages, y !pages] pages"],
    );
}

#[test]
fn route_objects_are_judged_by_their_keys() {
    for (object, expected) in [
        ("'a.example/*'", "a.example/*"),
        ("''", " !empty"),
        ("{pattern='', zone_name='z'}", " in z !empty"),
        ("{pattern='x', zone_name='z'}", "x in z"),
        ("{pattern='x', zone_id='i'}", "x in i"),
        ("{pattern='x', custom_domain=true}", "x (domain)"),
        ("{pattern='x', custom_domain=false}", "x"),
        (
            "{pattern='x', custom_domain=true, zone_name='z', enabled=false, previews_enabled=true}",
            "x (domain) in z",
        ),
        ("{pattern='x', custom_domain=false, enabled=true}", "x"),
        ("{pattern='x'}", "x !zone-missing"),
        ("{}", "? !pattern-missing"),
        ("{zone_name='z'}", "? in z !pattern-missing"),
        ("{pattern=3, zone_name='z'}", "? in z !pattern-missing"),
        ("{pattern='x', zone_name='z', zone_id='i'}", "x in z !zone-both"),
        ("{pattern='x', zone='z'}", "x !unknown-key"),
        ("{pattern='x', zone_name='z', script='s'}", "x in z !unknown-key"),
        ("{pattern='x', zone_name=3}", "x !unknown-key"),
        ("{pattern='x', custom_domain='yes'}", "x !unknown-key"),
        ("{pattern='x', enabled=true}", "x !enabled-without-custom-domain"),
        (
            "{pattern='x', zone_name='z', previews_enabled=true}",
            "x in z !enabled-without-custom-domain",
        ),
        ("42", "? !pattern-missing"),
        ("true", "? !pattern-missing"),
        ("['x']", "? !pattern-missing"),
        ("2026-01-01", "? !pattern-missing"),
    ] {
        let has_claims = format!("- a [{expected}]");
        check(&format!("name='a'\nroutes=[{object}]"), &[&has_claims]);
        if object != "''" {
            check(&format!("name='a'\nroute={object}"), &[&has_claims]);
        }
    }
    check_json(r#"{"name":"a","routes":[null]}"#, &["- a [? !pattern-missing]"]);
}

#[test]
fn route_beside_routes_is_refused_in_its_own_level_only() {
    check("name='a'\nroute='x'\nroutes=['y']", &["- a [y, x !route-and-routes]"]);
    check("name='a'\nroute=''\nroutes=['y']", &["- a [y]"]);
    check(
        "name='a'\nroutes=['y']\n[env.b]\nroute='x'\nroutes=['z']",
        &["- a [y]", "#b a-b [z, x !route-and-routes]"],
    );
    check("name='a'\nroute='x'\n[env.b]\nroutes=['z']", &["- a [x]", "#b a-b [z]"]);
}

#[test]
fn wrong_shapes_are_told_and_the_rest_counts() {
    check(
        "name='a'\nroutes='x/*'\n[env.b]\n",
        &[
            "- a [] dev preview",
            "#b a-b [] dev preview",
            "! 2:8 not-a-list (`routes` should be a list, found a string)",
        ],
    );
    check(
        "name=3\nworkers_dev='no'\nroute='x'",
        &[
            "- <unnamed w/wrangler.toml> [x]",
            "! 1:6 not-a-string (`name` should be a string, found a number)",
            "! 2:13 not-a-boolean (`workers_dev` should be a boolean, found a string)",
        ],
    );
    check(
        "name='a'\nenv=['b']\nroute='x'",
        &["- a [x]", "! 2:5 not-a-table (`env` should be a table, found a list)"],
    );
    check(
        "name='a'\n[env]\nb=3\nc={}",
        &[
            "- a [] dev preview",
            "#c a-c [] dev preview",
            "! 3:3 not-a-table (`env.b` should be a table, found a number)",
        ],
    );
    check(
        "name='a'\nservices=[{binding='B'}, 4, {service='s'}, {binding='C', service=5}]",
        &[
            "- a [] dev preview ?->s",
            "! 2:11 member-missing (`services[0]` has no `service`)",
            "! 2:26 not-a-table (`services[1]` should be a table, found a number)",
            "! 2:29 member-missing (`services[2]` has no `binding`)",
            "! 2:66 not-a-string (`services[3].service` should be a string, found a number)",
        ],
    );
    check(
        "name='a'\nservices='s'\nvars=1\nassets='d'",
        &[
            "- a [] dev preview",
            "! 2:10 not-a-list (`services` should be a list, found a string)",
            "! 3:6 not-a-table (`vars` should be a table, found a number)",
            "! 4:8 not-a-table (`assets` should be a table, found a string)",
        ],
    );
    check_json("[1]", &["! 1:1 not-a-table (expected a table, found a list)"]);
}

#[test]
fn null_is_told_and_counts_as_absent() {
    check_json(
        r#"{"name": "a", "routes": ["x"], "workers_dev": true,
"env": {"b": {"routes": null, "workers_dev": null, "name": null}, "c": null}}"#,
        &[
            "- a [x] dev preview",
            "#b a-b [^x] dev preview",
            "! 2:25 null (`env.b.routes` should be a value, found null)",
            "! 2:46 null (`env.b.workers_dev` should be a value, found null)",
            "! 2:60 null (`env.b.name` should be a value, found null)",
            "! 2:72 null (`env.c` should be a value, found null)",
        ],
    );
    check_json(
        r#"{"env": null}"#,
        &[
            "- <unnamed w/wrangler.json> [] dev preview",
            "! 1:9 null (`env` should be a value, found null)",
        ],
    );
}

#[test]
fn places_point_at_the_pattern() {
    let text = "name = 'a'\nroutes = [\n  'x/*',\n  { zone_id = 'z', pattern = \"y\" },\n  { zone_id = 'z' },\n]\n[env.b]\nroute = 'z'\n";
    let document = documents::parse("wrangler.toml", text).expect("the test's own text parses");
    let workers = Workers::read(&[&document]);
    let places = workers.units().flat_map(|(_, it)| {
        it.claims.iter().chain(&it.ignored_route).map(|it| {
            let region = it.place.region;
            let value = document.root.at(&it.steps()).map(kernel::Node::to_json);
            assert_eq!(value, Some(it.declared.to_json()), "steps lead to the value");
            (region.line, region.column, region.end_column)
        })
    });
    let top = [(3, 3, 8), (4, 30, 33), (5, 3, 20)];
    let expected: Vec<_> = top.into_iter().chain(top).chain([(8, 9, 12)]).collect();
    assert_eq!(places.collect::<Vec<_>>(), expected);
}

#[test]
fn assets_are_inherited_as_a_whole() {
    let text = "[assets]\nrun_worker_first=['/x']\n[env.b]\n[env.c.assets]\ndirectory='d'\n[env.d.assets]\nrun_worker_first=true\n";
    let document = documents::parse("wrangler.toml", text).expect("the test's own text parses");
    let workers = Workers::read(&[&document]);
    let rules = workers.units().map(|(_, it)| {
        it.run_worker_first.as_ref().map(|it| (it.value.to_json().to_string(), it.inherited))
    });
    let rules: Vec<_> = rules.collect();
    let list = r#"["/x"]"#.to_owned();
    assert_eq!(
        rules,
        [Some((list.clone(), false)), Some((list, true)), None, Some(("true".to_owned(), false))]
    );
}

#[test]
fn values_of_variables_are_not_shown() {
    let text = "[vars]\nA='https://x.example/s3cret'\nB=3\n[env.b.vars]\nC='t'\n";
    let document = documents::parse("wrangler.toml", text).expect("the test's own text parses");
    let workers = Workers::read(&[&document]);
    let vars = workers
        .units()
        .map(|(_, it)| it.vars.iter().map(|it| (&*it.name, it.value.reveal())).collect::<Vec<_>>());
    assert_eq!(
        vars.collect::<Vec<_>>(),
        [vec![("A", "https://x.example/s3cret")], vec![("C", "t")]]
    );
    assert!(!format!("{workers:?}").contains("s3cret"));
}

#[test]
fn owners_carry_the_account_only_when_two_share_a_name() {
    let read = |texts: &[(&str, &str)]| {
        let documents: Vec<_> = texts
            .iter()
            .map(|(path, text)| documents::parse(path, text).expect("the test's own text parses"))
            .collect();
        let workers = Workers::read(&documents.iter().collect::<Vec<_>>());
        workers.units().map(|(_, it)| it.owner.to_string()).collect::<Vec<_>>()
    };
    let a1 = ("a/wrangler.toml", "name='n'\naccount_id='1'");
    let b2 = ("b/wrangler.toml", "name='n'\naccount_id='2'\n[env.x]\nname='m'");
    let c = ("c/wrangler.toml", "name='n'\naccount_id=''");
    assert_eq!(read(&[a1]), ["n"]);
    assert_eq!(read(&[c, a1]), ["n", "n"]);
    assert_eq!(read(&[c, b2, a1]), ["1/n", "2/n", "m", "n"]);
}
