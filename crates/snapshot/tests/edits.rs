//! Every edit keeps every byte that it is not about.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails, and says so")]

use kernel::{Fix, RepoPath, Step};
use snapshot::{
    Format,
    edit::{EditError, apply},
};

fn steps(pointer: &str) -> Vec<Step> {
    let step = |it: &str| match it.parse() {
        Ok(index) => Step::Index(index),
        Err(_) => Step::Key(it.into()),
    };
    pointer.split('/').filter(|it| !it.is_empty()).map(step).collect()
}

fn path() -> RepoPath {
    RepoPath::new("wrangler.toml").unwrap()
}

fn remove(at: &str) -> Fix {
    Fix::Remove { path: path(), at: steps(at) }
}

fn hoist(at: &str) -> Fix {
    Fix::Hoist { path: path(), at: steps(at) }
}

fn listify(at: &str) -> Fix {
    Fix::Listify { path: path(), at: steps(at), name: "routes".into() }
}

fn switch_off(at: &str) -> Fix {
    Fix::SwitchOff { path: path(), at: steps(at), keys: vec!["workers_dev", "preview_urls"] }
}

/// Checks one edit with every kind of line end, with and without byte order mark.
fn check(format: Format, fix: &Fix, before: &str, after: &str) {
    for (mark, line_end) in [("", "\n"), ("", "\r\n"), ("\u{feff}", "\r\n")] {
        let on_disk = |it: &str| format!("{mark}{}", it.replace('\n', line_end));
        let result = apply(&on_disk(before), format, fix);
        assert_eq!(result, Ok(on_disk(after)), "{fix:?} of:\n{before}");
    }
}

fn toml(fix: &Fix, before: &str, after: &str) {
    check(Format::Toml, fix, before, after);
}

fn jsonc(fix: &Fix, before: &str, after: &str) {
    check(Format::Jsonc, fix, before, after);
}

#[test]
fn toml_items_go_with_their_lines_and_commas() {
    toml(&remove("/r/0"), "r = [\"a\", \"b\", \"c\"] # kept\n", "r = [\"b\", \"c\"] # kept\n");
    toml(&remove("/r/1"), "r = [\"a\", \"b\", \"c\"] # kept\n", "r = [\"a\", \"c\"] # kept\n");
    toml(&remove("/r/2"), "r = [\"a\", \"b\", \"c\"] # kept\n", "r = [\"a\", \"b\"] # kept\n");
    toml(&remove("/r/0"), "r = [\"a\"]\n", "r = []\n");
    toml(&remove("/r/1"), "r = [\"a\", \"b\",]\n", "r = [\"a\",]\n");
    toml(
        &remove("/r/1"),
        "r = [\n  \"a\", # one\n  \"b\", # two\n  # about c\n  \"c\",\n]\n",
        "r = [\n  \"a\", # one\n  # about c\n  \"c\",\n]\n",
    );
    toml(&remove("/r/1"), "r = [\n  \"a\", # one\n  \"b\" # two\n]\n", "r = [\n  \"a\" # one\n]\n");
    toml(&remove("/r/1"), "r = [ \"a\", \"b\",\n  \"c\" ]\n", "r = [ \"a\",\n  \"c\" ]\n");
    toml(
        &remove("/r/0"),
        "r = [\n  { pattern = \"a/*\", zone_name = \"x\" },\n  { pattern = \"b/*\" },\n]\n",
        "r = [\n  { pattern = \"b/*\" },\n]\n",
    );
    toml(&remove("/r/0/a"), "r = [{ a = 1, b = 2 }]\n", "r = [{ b = 2 }]\n");
    toml(&remove("/r/a"), "r = { a.x = 1, b = 2, a.y = 3 }\n", "r = { b = 2 }\n");
}

#[test]
fn toml_members_and_tables_go_with_their_lines() {
    toml(&remove("/a"), "# top\na = 1 # one\nb = 2\n", "# top\nb = 2\n");
    toml(&remove("/b"), "a = 1\nb = 2", "a = 1\n");
    toml(&remove("/a"), "a = [\n  1,\n]\nb = 2\n", "b = 2\n");
    toml(
        &remove("/env/x/routes"),
        "[env.x]\nroutes = []\nname = \"n\"\n",
        "[env.x]\nname = \"n\"\n",
    );
    toml(&remove("/a"), "a.x = 1\nb = 2\na.y = 3\n", "b = 2\n");
    toml(
        &remove("/routes/1"),
        "[[routes]]\npattern = \"a\"\n\n[[routes]]\npattern = \"b\"\n\n[[routes]]\npattern = \"c\"\n",
        "[[routes]]\npattern = \"a\"\n\n[[routes]]\npattern = \"c\"\n",
    );
    toml(
        &remove("/env/x/routes/0"),
        "name = \"n\"\n\n[[env.x.routes]] # one\npattern = \"a\"\n[env.x.vars]\nA = 1\n",
        "name = \"n\"\n\n[env.x.vars]\nA = 1\n",
    );
    toml(&remove("/a/0"), "[[a]]\n[a.b]\nc = 1\n[[a]]\nd = 1\n", "[[a]]\nd = 1\n");
    toml(
        &remove("/a/1/b"),
        "[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2\n",
        "[[a]]\n[a.b]\nc = 1\n[[a]]\n",
    );
}

#[test]
fn toml_members_move_before_the_first_header() {
    toml(
        &hoist("/vars/routes"),
        "name = \"n\" # it\n\n[vars]\n# about A\nA = 1\nroutes = [\n  \"a/*\", # one\n] # two\nB = 2\n",
        "name = \"n\" # it\nroutes = [\n  \"a/*\", # one\n] # two\n\n[vars]\n# about A\nA = 1\nB = 2\n",
    );
    toml(&hoist("/vars/routes"), "[vars]\nroutes = []\n", "routes = []\n[vars]\n");
    toml(
        &hoist("/vars/routes"),
        "# file\n\n# variables\n[vars]\nroutes = []",
        "# file\n\nroutes = []\n# variables\n[vars]\n",
    );
    toml(&hoist("/vars/routes"), "# file\n[vars]\nroutes = []\n", "# file\nroutes = []\n[vars]\n");
    toml(&hoist("/vars/routes"), "a = 1\nvars.routes = [] # x\n", "a = 1\nroutes = [] # x\n");
    toml(
        &hoist("/vars/routes"),
        "vars = { A = 1, routes = [\"a\"], B = 2 }\n\n[x]\n",
        "vars = { A = 1, B = 2 }\nroutes = [\"a\"]\n\n[x]\n",
    );
    toml(
        &hoist("/vars/routes"),
        "a = 1\nvars = { routes = [\"a\"] }",
        "a = 1\nvars = { }\nroutes = [\"a\"]",
    );
    toml(
        &hoist("/kv/0/workers_dev"),
        "name = \"n\"\n[[kv]]\nid = 1\n  workers_dev = false\n",
        "name = \"n\"\nworkers_dev = false\n[[kv]]\nid = 1\n",
    );
    toml(
        &hoist("/ai/routes"),
        "[ai]\nb = 1\n[[ai.routes]]\npattern = \"a\"\n[[ai.routes]]\npattern = \"b\"\n",
        "[ai]\nb = 1\n[[routes]]\npattern = \"a\"\n[[routes]]\npattern = \"b\"\n",
    );
    toml(
        &hoist("/a/b/routes"),
        "x = 1\n[a]\nb.routes = []\nb.c = 1\n",
        "x = 1\nroutes = []\n[a]\nb.c = 1\n",
    );
    let taken = apply("routes = []\n[vars]\nroutes = []\n", Format::Toml, &hoist("/vars/routes"));
    assert_eq!(taken, Err(EditError::Taken("routes".to_owned())));
}

#[test]
fn toml_members_become_lists() {
    toml(
        &listify("/env/x/route"),
        "[env.x]\nroute = \"a/*\" # x\n",
        "[env.x]\nroutes = [\"a/*\"] # x\n",
    );
    toml(&listify("/route"), "route = { pattern = \"a\" }\n", "routes = [{ pattern = \"a\" }]\n");
    toml(&listify("/env/x/route"), "env.x.route = \"a\"\n", "env.x.routes = [\"a\"]\n");
    toml(
        &listify("/env/x/route"),
        "env = { x = { route = \"a\", name = \"n\" } }\n",
        "env = { x = { routes = [\"a\"], name = \"n\" } }\n",
    );
    toml(
        &listify("/env/x/route"),
        "[env.x]\n[env.x.route] # it\npattern = \"a\"\n",
        "[env.x]\n[[env.x.routes]] # it\npattern = \"a\"\n",
    );
    let taken = apply("route = 1\nroutes = 2\n", Format::Toml, &listify("/route"));
    assert_eq!(taken, Err(EditError::Taken("routes".to_owned())));
}

#[test]
fn toml_switches_stand_after_the_name() {
    const BOTH: &str = "workers_dev = false\npreview_urls = false\n";
    let all = |text: &str| text.replace("BOTH\n", BOTH);
    let switched = |at: &str, before: &str, after: &str| toml(&switch_off(at), before, &all(after));
    switched("", "name = \"n\" # it\nmain = \"m\"\n", "name = \"n\" # it\nBOTH\nmain = \"m\"\n");
    switched("", "main = \"m\"\n", "BOTH\nmain = \"m\"\n");
    assert_eq!(apply("", Format::Toml, &switch_off("")), Ok(BOTH.to_owned()));
    switched("", "[vars]\nA = 1\n", "BOTH\n[vars]\nA = 1\n");
    toml(
        &switch_off(""),
        "name = \"n\"\nmain = \"m\"\nworkers_dev = true # why\n",
        "name = \"n\"\npreview_urls = false\nmain = \"m\"\nworkers_dev = false # why\n",
    );
    toml(
        &switch_off(""),
        "a = 1
name = \"n\"",
        "a = 1
name = \"n\"
workers_dev = false
preview_urls = false",
    );
    switched(
        "/env/x",
        "[env.x]\nname = \"n\"\n[env.y]\n",
        "[env.x]\nname = \"n\"\nBOTH\n[env.y]\n",
    );
    switched("/env/x", "[env.x] # it\nvars = {}\n", "[env.x] # it\nBOTH\nvars = {}\n");
    switched(
        "/env/x",
        "a = 1\n[env.x.vars]\nA = 1\n",
        "a = 1\n[env.x]\nBOTH\n\n[env.x.vars]\nA = 1\n",
    );
    toml(
        &switch_off("/env/x"),
        "env.x.name = \"n\"\n",
        "env.x.name = \"n\"\nenv.x.workers_dev = false\nenv.x.preview_urls = false\n",
    );
    toml(
        &switch_off("/env/x"),
        "[env]\n  x.main = \"n\"\n",
        "[env]\n  x.workers_dev = false\n  x.preview_urls = false\n  x.main = \"n\"\n",
    );
    toml(
        &switch_off("/env/x"),
        "env = { x = { name = \"n\", b = 1 } }\n",
        "env = { x = { name = \"n\", workers_dev = false, preview_urls = false, b = 1 } }\n",
    );
    toml(
        &switch_off("/env/x"),
        "[env]\nx = {}\n",
        "[env]\nx = { workers_dev = false, preview_urls = false }\n",
    );
}

#[test]
fn json_items_and_members_go_with_their_commas() {
    jsonc(&remove("/r/0"), "{\"r\": [\"a\", \"b\"]}\n", "{\"r\": [\"b\"]}\n");
    jsonc(&remove("/r/1"), "{\"r\": [\"a\", \"b\"]}\n", "{\"r\": [\"a\"]}\n");
    jsonc(
        &remove("/r/1"),
        "{\n  \"r\": [\n    \"a\", // one\n    \"b\" // two\n  ]\n}\n",
        "{\n  \"r\": [\n    \"a\" // one\n  ]\n}\n",
    );
    jsonc(
        &remove("/a"),
        "{\n  // about a\n  \"a\": {\n    \"x\": 1\n  }, /* gone */\n  \"b\": 2,\n}\n",
        "{\n  // about a\n  \"b\": 2,\n}\n",
    );
    jsonc(&remove("/b"), "{\n  \"a\": 1,\n  \"b\": 2\n}", "{\n  \"a\": 1\n}");
    jsonc(&remove("/a"), "{ \"a\": 1 }\n", "{ }\n");
    jsonc(&remove("/r/1"), "{\"r\": [1, /* x */ 2]}\n", "{\"r\": [1 /* x */]}\n");
    jsonc(&remove("/r/1"), "{\"r\": [1\n , 2\n , 3]}\n", "{\"r\": [1\n , 3]}\n");
}

#[test]
fn json_members_move_into_the_root_object() {
    jsonc(
        &hoist("/vars/routes"),
        "{\n  \"name\": \"n\",\n  \"vars\": { // it\n    \"A\": 1,\n    \"routes\": [\n      \"a\" // one\n    ]\n  }\n}\n",
        "{\n  \"name\": \"n\",\n  \"routes\": [\n    \"a\" // one\n  ],\n  \"vars\": { // it\n    \"A\": 1\n  }\n}\n",
    );
    jsonc(
        &hoist("/vars/routes"),
        "{\n  \"vars\": {\n    \"routes\": [], // why\n    \"A\": 1\n  }\n}\n",
        "{\n  \"routes\": [], // why\n  \"vars\": {\n    \"A\": 1\n  }\n}\n",
    );
    jsonc(
        &hoist("/vars/routes"),
        "{\n  \"vars\": {\n    \"routes\": [] /* why */\n  }\n}\n",
        "{\n  \"routes\": [], /* why */\n  \"vars\": {\n  }\n}\n",
    );
    jsonc(
        &hoist("/vars/routes"),
        "{\"vars\": {\"routes\": []}}\n",
        "{\"routes\": [], \"vars\": {}}\n",
    );
    let taken =
        apply("{\"routes\": 1, \"v\": {\"routes\": 2}}", Format::Jsonc, &hoist("/v/routes"));
    assert_eq!(taken, Err(EditError::Taken("routes".to_owned())));
}

#[test]
fn json_members_become_lists() {
    jsonc(
        &listify("/env/x/route"),
        "{\"env\": {\"x\": {\n  \"route\": \"a\", // it\n}}}\n",
        "{\"env\": {\"x\": {\n  \"routes\": [\"a\"], // it\n}}}\n",
    );
}

#[test]
fn json_switches_stand_after_the_name() {
    jsonc(
        &switch_off(""),
        "{\n  \"name\": \"n\", // it\n  \"main\": \"m\"\n}\n",
        "{\n  \"name\": \"n\", // it\n  \"workers_dev\": false,\n  \"preview_urls\": false,\n  \"main\": \"m\"\n}\n",
    );
    jsonc(
        &switch_off(""),
        "{\n\t\"name\": \"n\" // it\n}\n",
        "{\n\t\"name\": \"n\", // it\n\t\"workers_dev\": false,\n\t\"preview_urls\": false\n}\n",
    );
    jsonc(
        &switch_off(""),
        "{\"name\": \"n\", \"workers_dev\": true}\n",
        "{\"name\": \"n\", \"preview_urls\": false, \"workers_dev\": false}\n",
    );
    jsonc(
        &switch_off(""),
        "{\n  \"main\": \"m\"\n}\n",
        "{\n  \"workers_dev\": false,\n  \"preview_urls\": false,\n  \"main\": \"m\"\n}\n",
    );
    jsonc(
        &switch_off("/env/x"),
        "{\"env\": {\"x\": {}}}\n",
        "{\"env\": {\"x\": { \"workers_dev\": false, \"preview_urls\": false }}}\n",
    );
}

#[test]
fn what_is_not_there_is_not_edited() {
    let cases = [
        ("a = 1\n", remove("/b"), EditError::Missing("/b".to_owned())),
        ("a = [1]\n", remove("/a/1"), EditError::Missing("/a/1".to_owned())),
        ("a = \n", remove("/a"), EditError::Malformed),
        ("a = 1\n", switch_off("/a"), EditError::Missing("/a".to_owned())),
    ];
    for (text, fix, expected) in cases {
        assert_eq!(apply(text, Format::Toml, &fix), Err(expected));
    }
    assert!(apply("a: 1\n", Format::Yaml, &remove("/a")).is_err());
}
