//! One fault for each rule, made in a repository without any.

use serde_json::{Value, json};

use super::{Chance, Fixture, Language, Service};

/// Makes one fault, and gives the path at fault.
pub type Mutation = fn(&mut Fixture, &mut Chance) -> String;

/// The rules with the mutation that must make them, and only them, speak; each gives the path at
/// fault.
pub const MUTATIONS: &[(&str, Mutation)] = &[
    ("routes-inherited-by-env", inherit),
    ("env-route-ignored", ignore_route),
    ("misplaced-routing-key", misplace),
    ("internal-worker-exposed", expose),
    ("bound-worker-public-by-default", forget_workers_dev),
    ("worker-name-claimed-twice", copy_name),
    ("config-captured", capture),
    ("config-redirect-committed", redirect),
    ("dangling-service-binding", dangle),
    ("service-binding-cycle", bind_back),
    ("var-points-at-route", point),
    ("malformed-pages-routes", break_pages),
    ("malformed-asset-rules", break_assets),
    ("route-set-out-of-band", set_out_of_band),
];

/// One of the two that have routes and environments.
fn routed(chance: &mut Chance) -> usize {
    *chance.pick(&[0, 4])
}

fn an_environment(service: &mut Service, chance: &mut Chance) -> String {
    let names: Vec<String> = service.config["env"].as_object().unwrap().keys().cloned().collect();
    chance.pick(&names).clone()
}

fn inherit(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let service = &mut fixture.services[routed(chance)];
    let env = an_environment(service, chance);
    service.config["env"][env].as_object_mut().unwrap().remove("routes");
    service.path()
}

fn ignore_route(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let service = &mut fixture.services[routed(chance)];
    let env = an_environment(service, chance);
    let table = service.config["env"][env].as_object_mut().unwrap();
    let route = table.remove("routes").unwrap()[0].clone();
    let is_text = chance.number(2) == 0;
    table.insert("route".into(), if is_text { route["pattern"].clone() } else { route });
    service.path()
}

fn misplace(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let keys = [
        ("routes", json!([format!("lost.{}/*", fixture.zone)])),
        ("route", json!(format!("lost.{}/x/*", fixture.zone))),
        ("workers_dev", json!(false)),
        ("preview_urls", json!(true)),
        ("services", json!([{"binding": "LOST", "service": "lost"}])),
    ];
    let (key, value) = chance.pick(&keys).clone();
    let at = chance.number(6);
    let service = &mut fixture.services[at];
    match chance.number(4) {
        0 => service.config["vars"][key] = value,
        1 => service.config["ai"] = json!({"binding": "AI", key: value}),
        2 => service.config["triggers"] = json!({"crons": [], key: value}),
        _ => {
            service.config["r2_buckets"] = json!([{"binding": "R2"}, {"binding": "X", key: value}]);
        }
    }
    service.path()
}

fn expose(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let host = format!("inside.{}", fixture.zone);
    let at = 1 + chance.number(2);
    let service = &mut fixture.services[at];
    let table = service.table();
    match chance.number(5) {
        0 => drop(table.remove("workers_dev")),
        1 => drop(table.insert("workers_dev".into(), json!(true))),
        2 => drop(table.insert("preview_urls".into(), json!(true))),
        3 => drop(table.insert("route".into(), json!(format!("{host}/*")))),
        _ => {
            let domain = json!([{"pattern": host, "custom_domain": true}]);
            table.insert("routes".into(), domain);
        }
    }
    service.path()
}

fn forget_workers_dev(fixture: &mut Fixture, _: &mut Chance) -> String {
    fixture.services[3].table().remove("workers_dev");
    fixture.services[3].path()
}

fn copy_name(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let mut copy = fixture.services[1 + chance.number(5)].clone();
    let name = copy.name().to_owned();
    copy.folder = format!("{}/copy-{}", copy.folder, chance.word());
    // The same language, so that neither captures the other.
    copy.config = if chance.number(2) == 0 || copy.config.get("env").is_some() {
        json!({"name": name, "workers_dev": false, "preview_urls": false})
    } else {
        json!({"name": "alias", "workers_dev": false, "preview_urls": false,
               "env": {"other": {"name": name}}})
    };
    let path = copy.path();
    fixture.services.push(copy);
    path
}

fn capture(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let at = chance.number(6);
    let service = &mut fixture.services[at];
    let weaker = *chance.pick(&[Language::Toml, Language::Jsonc]);
    service.language = weaker;
    let captured = service.path();
    let mut other = service.clone();
    other.language = match weaker {
        Language::Toml => *chance.pick(&[Language::Json, Language::Jsonc]),
        Language::Json | Language::Jsonc => Language::Json,
    };
    if chance.number(2) == 0 {
        other.folder.truncate(other.folder.find('/').unwrap());
        // The parent's file captures all weaker ones below; only this one may be weaker.
        for (idx, it) in fixture.services.iter_mut().enumerate() {
            it.language = if idx == at { weaker } else { other.language };
        }
    }
    other.config = json!({"name": "other", "workers_dev": false, "preview_urls": false});
    fixture.services.push(other);
    rename_in_workflow(fixture);
    captured
}

/// The workflow names one configuration, whose language may have changed.
fn rename_in_workflow(fixture: &mut Fixture) {
    let path = fixture.services[3].path();
    let folder = fixture.services[3].folder.clone();
    for (_, text) in fixture.files.iter_mut().filter(|(it, _)| it.contains("workflows/")) {
        for it in [Language::Toml, Language::Jsonc, Language::Json] {
            *text = text.replace(&format!("{folder}/{}\n", it.name()), &format!("{path}\n"));
        }
    }
}

fn redirect(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let folder = &fixture.services[chance.number(7)].folder;
    let path = format!("{folder}/.wrangler/deploy/config.json");
    let targets = ["../../dist/wrangler.json", "../../../../x.json", "", "../../a\\b/c.json"];
    let text = json!({"configPath": chance.pick(&targets)}).to_string();
    fixture.files.push((path.clone(), text));
    path
}

fn dangle(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let at = chance.number(6);
    let service = &mut fixture.services[at];
    let binding = json!({"binding": "LOST", "service": chance.word(), "environment": "dev"});
    match service.config["services"].as_array_mut() {
        Some(services) => services.push(binding),
        None => service.config["services"] = json!([binding]),
    }
    service.path()
}

fn bind_back(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let gateway = fixture.services[0].name().to_owned();
    let at = 1 + chance.number(3);
    let mut path = fixture.services[0].path();
    let back = json!([{"binding": "BACK", "service": gateway}]);
    fixture.services[at].config["services"] = back;
    // The finding stands at the first name of the ring.
    if fixture.services[at].name() < gateway.as_str() {
        path = fixture.services[at].path();
    }
    path
}

fn point(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let (caller, host) = if chance.number(2) == 0 { (0, "own") } else { (4, "api") };
    let tails = ["", "/", "/deep/path", "/x?key=hunter2", ":8443/a#b"];
    let user = *chance.pick(&["", "user:hunter2@"]);
    let url = format!("https://{user}{host}.{}{}", fixture.zone, chance.pick(&tails));
    fixture.services[caller].config["vars"]["TARGET"] = json!(url);
    fixture.services[caller].path()
}

fn break_pages(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let long = format!("/{}", "x".repeat(100));
    let many: Vec<String> = (0..100).map(|it| format!("/{it}")).collect();
    let faults: [(&str, Value); 8] = [
        ("version", json!(2)),
        ("version", Value::Null),
        ("include", json!([])),
        ("include", json!(["/a*", "/ab"])),
        ("include", json!(["a"])),
        ("include", json!([long])),
        ("include", json!(many)),
        ("exclude", json!("none")),
    ];
    let (key, value) = chance.pick(&faults).clone();
    fixture.edit("_routes.json", |text| {
        let mut root: Value = serde_json::from_str(text).unwrap();
        root[key] = value;
        root.to_string()
    })
}

fn break_assets(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let faults = [
        json!([]),
        json!("/api/*"),
        json!(["/a", "/a"]),
        json!(["!/a"]),
        json!(["a", "/b"]),
        json!(["/b", format!("/{}", "é".repeat(100))]),
        json!((0..101).map(|it| format!("/{it}")).collect::<Vec<_>>()),
    ];
    fixture.services[5].config["assets"]["run_worker_first"] = chance.pick(&faults).clone();
    fixture.services[5].path()
}

fn set_out_of_band(fixture: &mut Fixture, chance: &mut Chance) -> String {
    let flags = [
        "--route 'x.example/*'",
        "--routes=x.example/*",
        "--domain x.example",
        "--domains x.example",
        "--name other --var KEY:hunter2",
        "--config elsewhere/cloudflare.toml",
        "-c ../outside/wrangler.toml",
    ];
    let flag = *chance.pick(&flags);
    match chance.number(4) {
        0 => fixture.edit("package.json", |text| {
            text.replace("wrangler deploy --env", &format!("wrangler deploy {flag} --env"))
        }),
        1 => fixture.edit("deploy.yml", |text| {
            text.replace("command: deploy", &format!("command: deploy {flag}"))
        }),
        2 => fixture.edit("deploy.yml", |text| {
            text.replace("npm ci", &format!("pnpm exec wrangler triggers deploy {flag}"))
        }),
        _ => fixture.edit("deploy.yml", |text| {
            text.replace(
                "npm ci",
                "export WRANGLER_CI_OVERRIDE_NAME=other\n          wrangler publish",
            )
        }),
    }
}
