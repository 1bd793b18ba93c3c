//! `routes table`, exactly.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failing test")]

use std::{fs, path::Path, process::Command};

use serde_json::{Value, json};

fn write(folder: &Path, path: &str, text: &str) {
    let full = folder.join(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(full, text).unwrap();
}

fn shop(folder: &Path) {
    write(
        folder,
        "api/wrangler.toml",
        "name = \"gateway\"\nworkers_dev = false\n\nroutes = [\n  \
         { pattern = \"API.example.com/*\", zone_name = \"example.com\" },\n  5,\n]\n\
         [[services]]\nbinding = \"JOBS\"\nservice = \"jobs\"\n[env.dev]\nroutes = []\n",
    );
    write(
        folder,
        "jobs/wrangler.jsonc",
        "{ // Jobs.\n  \"name\": \"jobs\",\n  \"route\": { \"pattern\": \"jobs.example.com\", \"custom_domain\": true },\n}\n",
    );
    write(folder, "x/wrangler.config.ts", "export default {};\n");
    write(folder, "checks.toml", "[gates.route-audit]\nundeployed = [\"api/wrangler.toml#dev\"]\n");
}

fn table(folder: &Path, further: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_checks"));
    command.args(["routes", "table", "--root"]).arg(folder).args(further);
    let out = command.output().unwrap();
    assert_eq!(out.status.code(), Some(0));
    [out.stdout, out.stderr].map(|it| String::from_utf8(it).unwrap()).into()
}

#[test]
fn the_document_holds_every_unit_and_host() {
    let folder = tempfile::tempdir().unwrap();
    shop(folder.path());
    let (document, complaints) = table(folder.path(), &["--json"]);
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["schema"], "checks-routes-table/v1");
    assert_eq!(
        document["workers"][0],
        json!({
            "owner": "gateway", "name": "gateway", "config": "api/wrangler.toml", "env": null,
            "kind": "worker", "account": null, "deployed": true, "workers_dev": false,
            "preview_urls": null, "on_workers_dev": false,
            "routes": [
                {"pattern": "API.example.com/*",
                 "declared": {"pattern": "API.example.com/*", "zone_name": "example.com"},
                 "kind": "route", "zone": "example.com", "specificity": 78, "valid": true,
                 "code": null, "line": 5, "column": 15},
                {"pattern": null, "declared": 5, "kind": "route", "zone": null,
                 "specificity": null, "valid": false, "code": "pattern-missing", "line": 6,
                 "column": 3},
            ],
            "services": [{"binding": "JOBS", "service": "jobs"}],
        })
    );
    let dev = &document["workers"][1];
    assert_eq!((&dev["env"], &dev["deployed"]), (&json!("dev"), &json!(false)));
    assert_eq!((&dev["routes"], &dev["services"]), (&json!([]), &json!([])));
    let jobs = &document["workers"][2]["routes"][0];
    assert_eq!((&jobs["kind"], &jobs["specificity"]), (&json!("custom-domain"), &json!(null)));
    assert_eq!(
        document["hosts"],
        json!([
            {"host": "api.example.com", "owners": ["gateway"]},
            {"host": "jobs.example.com", "owners": ["jobs"]},
        ])
    );
    assert_eq!(document["undecided"][0]["path"], "x/wrangler.config.ts");
    assert!(complaints.contains("may be incomplete"), "{complaints}");
}

#[test]
fn people_get_columns() {
    let folder = tempfile::tempdir().unwrap();
    shop(folder.path());
    let (text, _) = table(folder.path(), &[]);
    let expected = "host              owner    file\n\
                    api.example.com   gateway  api/wrangler.toml\n\
                    jobs.example.com  jobs     jobs/wrangler.jsonc\n";
    assert_eq!(text, expected);
}
