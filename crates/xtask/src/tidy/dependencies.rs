//! Who may know whom: the picture in `docs/ARCHITECTURE.md`, as a table.

use serde_json::Value;

use crate::tidy::Fault;

/// Each package of ours, and which others of ours it may use. Tests may use more (`DEV`).
const ALLOWED: &[(&str, &[&str])] = &[
    ("checks", &["contracts", "github", "kernel", "routes", "sdk-gen", "snapshot", "wrangler"]),
    ("contracts", &["kernel"]),
    ("fake-github", &[]),
    ("github", &["kernel"]),
    ("kernel", &[]),
    ("routes", &["kernel"]),
    ("sdk-gen", &["contracts", "kernel"]),
    ("snapshot", &["kernel"]),
    ("tests", &["checks", "fake-github", "kernel", "snapshot"]),
    ("wrangler", &["kernel"]),
    ("xtask", &["contracts", "kernel", "routes", "snapshot", "wrangler"]),
];

/// What tests of a package may use besides.
const DEV: &[(&str, &[&str])] = &[
    ("github", &["fake-github"]),
    ("routes", &["wrangler", "snapshot"]),
    ("wrangler", &["snapshot"]),
];

/// Packages of others that reach disk, net or terminal, and so are nothing for kernel and engines.
const OUTSIDE: &[&str] = &[
    "anstream", "anyhow", "clap", "gix", "github", "hyper", "ignore", "octocrab", "tokio", "ureq",
];
const PURE: &[&str] = &["contracts", "kernel", "routes", "sdk-gen", "wrangler"];

/// Compares what cargo knows with the picture.
pub(super) fn check(metadata: &Value) -> Vec<Fault> {
    let packages =
        metadata.get("packages").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    packages.iter().flat_map(package_faults).collect()
}

fn package_faults(package: &Value) -> Vec<Fault> {
    let name = text(package, "name");
    let Some(allowed) = row(ALLOWED, name) else {
        let message = "this package is not in the picture; add it to docs/ARCHITECTURE.md and tidy/dependencies.rs";
        return vec![Fault::new(name, 1, message)];
    };
    let dependencies = package.get("dependencies").and_then(Value::as_array);
    let dependencies = dependencies.map_or(&[][..], Vec::as_slice).iter();
    dependencies.filter_map(|it| edge_fault(name, allowed, it)).collect()
}

fn edge_fault(name: &str, allowed: &[&str], dependency: &Value) -> Option<Fault> {
    let other = text(dependency, "name");
    let is_dev = text(dependency, "kind") == "dev";
    let is_ours =
        row(ALLOWED, other).is_some() && dependency.get("path").is_some_and(|it| !it.is_null());
    let may_in_tests = || is_dev && row(DEV, name).is_some_and(|it| it.contains(&other));
    if is_ours && !allowed.contains(&other) && !may_in_tests() {
        return Some(Fault::new(name, 1, format!("`{name}` must not know `{other}`")));
    }
    let reaches_out = PURE.contains(&name) && OUTSIDE.contains(&other) && !is_dev;
    reaches_out
        .then(|| Fault::new(name, 1, format!("`{name}` does no input or output; `{other}` does")))
}

fn row(table: &[(&str, &'static [&'static str])], name: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|it| it.0 == name).map(|it| it.1)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::check;

    fn ours(name: &str, kind: Option<&str>) -> Value {
        json!({"name": name, "kind": kind, "path": "x"})
    }

    fn messages(name: &str, dependencies: &Value, expected: &[&str]) {
        let metadata = json!({"packages": [{"name": name, "dependencies": dependencies}]});
        let got: Vec<_> = check(&metadata).into_iter().map(|it| it.message).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn arrows_point_upward() {
        messages("checks", &json!([ours("kernel", None), ours("snapshot", None)]), &[]);
        messages(
            "routes",
            &json!([ours("snapshot", None)]),
            &["`routes` must not know `snapshot`"],
        );
        messages(
            "routes",
            &json!([ours("checks", Some("dev"))]),
            &["`routes` must not know `checks`"],
        );
        messages("wrangler", &json!([ours("snapshot", Some("dev"))]), &[]);
        messages("github", &json!([ours("fake-github", Some("dev"))]), &[]);
        messages(
            "checks",
            &json!([ours("fake-github", None)]),
            &["`checks` must not know `fake-github`"],
        );
        messages(
            "wrangler",
            &json!([ours("routes", None)]),
            &["`wrangler` must not know `routes`"],
        );
    }

    #[test]
    fn engines_use_nothing_that_reaches_outside() {
        let gix = json!([{"name": "gix", "kind": null, "path": null}]);
        messages("kernel", &gix, &["`kernel` does no input or output; `gix` does"]);
        messages("snapshot", &gix, &[]);
    }

    #[test]
    fn new_packages_take_their_place_in_the_picture() {
        let metadata = json!({"packages": [{"name": "extra", "dependencies": []}]});
        assert_eq!(check(&metadata).len(), 1);
    }
}
