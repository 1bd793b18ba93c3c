//! A secret that lies in a file reaches no output, wherever it lies.

use std::{fs, path::Path};

use crate::repository::Repository;

/// Made up, in the shapes that real ones have.
const SECRETS: [&str; 4] = [
    "ghp_9fK2mQ7xW4bN8vC1zL5tR3yH6jD0sA2pE7uG",
    "sk_live_4eC39HqLyjWDarjtT1zdp7dcQwErTy",
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw",
    "AKIAQYLPMN5HFIQR7XYA",
];

const FORMATS: [&str; 6] = ["human", "github", "sarif", "json", "junit", "markdown"];

/// Everything that a Worker's author can write, with one secret in each place.
fn planted(secret: &str) -> Repository {
    let repository = Repository::new();
    let config = format!(
        "# {secret}\nname = \"api\"\nworkers_dev = true\nroutes = [\"api.shop.example/{secret}*\"]\n\
         services = [{{ binding = \"X\", service = \"{secret}\" }}]\n\
         [vars]\nKEY = \"{secret}\"\nURL = \"https://api.shop.example/{secret}\"\n"
    );
    repository.write("api/wrangler.toml", &config);
    repository.write("jobs/wrangler.toml", config.replace("\"api\"", "\"jobs\""));
    repository.write("other/wrangler.toml", format!("name = \"other\"\nroutes = [\"{secret}\"]\n"));
    repository.write("broken/wrangler.toml", format!("name = \"{secret}\nroutes = 5\n"));
    repository.write("worse/wrangler.jsonc", format!("{{\"name\": {secret}}}\n"));
    let deploy = format!("wrangler deploy --route api.shop.example/x --var KEY:{secret} {secret}");
    let package = format!("{{\"name\": \"x\", \"scripts\": {{\"deploy\": \"{deploy}\"}}}}\n");
    repository.write("package.json", package);
    let workflow =
        format!("on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: {deploy}\n");
    repository.write(".github/workflows/deploy.yml", workflow);
    repository.commit("everything");
    repository
}

/// Every file below a folder, as text.
fn texts(folder: &Path, texts: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            self::texts(&path, texts);
        } else {
            let bytes = fs::read(&path).expect("a file");
            texts.push((path.display().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
}

#[track_caller]
fn assert_absent(secret: &str, text: &str, place: &str) {
    if let Some(at) = text.find(secret) {
        let before = text.get(at.saturating_sub(80)..at).unwrap_or_default();
        panic!("a secret is in {place}, after `{before}`");
    }
}

#[test]
fn secrets_reach_no_output() {
    for secret in SECRETS {
        let repository = planted(secret);
        for format in FORMATS {
            let answer = repository.checks("run --format").arg(format).run().expect(1);
            assert_absent(secret, &answer.stdout, format);
            assert_absent(secret, &answer.stderr, "stderr");
        }
        repository.checks("run --write-proofs").run().expect(1);
        let mut kept = Vec::new();
        texts(&repository.at("ops/proofs"), &mut kept);
        assert_eq!(kept.len(), 2, "a proof is a pair");
        texts(&repository.at(".git/checks"), &mut kept);
        for (place, text) in kept {
            assert_absent(secret, &text, &place);
        }
    }
}

#[test]
fn secrets_reach_no_error() {
    for secret in SECRETS {
        let repository = Repository::green();
        let check = |config: &str| {
            repository.write("checks.toml", config);
            let answer = repository.checks("run").run().expect(2);
            assert_absent(secret, &answer.stderr, "stderr");
            assert_absent(secret, &answer.stdout, "stdout");
        };
        check(&format!("[gates.route-audit]\nrequire-proof = \"{secret}\"\n"));
        check(&format!("[gates.route-audit]\n{secret} = true\n"));
        check(&format!("{secret}\n"));
        check(&format!("[gates.route-audit]\ninternal = [\"{secret}\"]\n"));
        let named = repository.checks("run --base").arg(secret).run().expect(2);
        assert_absent(secret, &named.stderr, "stderr");
    }
}

#[test]
fn a_green_run_remembers_no_secret() {
    let secret = SECRETS[0];
    let repository = Repository::new();
    let config = format!(
        "# {secret}\nname = \"api\"\nworkers_dev = false\nroutes = [\"api.shop.example/*\"]\n[vars]\nKEY = \"{secret}\"\n"
    );
    repository.write("api/wrangler.toml", config);
    repository.commit("a Worker with a secret");
    repository.checks("run").run().expect(0);
    let mut kept = Vec::new();
    texts(&repository.at(".git/checks"), &mut kept);
    assert!(!kept.is_empty(), "a clean run is remembered");
    for (place, text) in kept {
        assert_absent(secret, &text, &place);
    }
}

#[test]
fn a_token_on_the_command_line_or_in_a_route_is_not_repeated() {
    let token = format!("ghp_{}", "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bD1fH3jL5");
    let repository = Repository::green();
    let worker = format!("name = \"jobs\"\nroutes = [\"jobs.example.com/{token}/*\"]\n");
    repository.write("jobs/wrangler.toml", worker);
    let url = format!("https://jobs.example.com/{token}/x");
    for words in [
        format!("run --format {token}"),
        token.clone(),
        "routes table --json".to_owned(),
        format!("routes who {url}"),
        format!("routes who {url} --json"),
    ] {
        let answer = repository.checks(&words).run();
        let said = answer.stdout + &answer.stderr;
        assert!(said.contains("<redacted>"), "{words}: {said}");
        assert!(!said.contains(&token), "{words}: {said}");
    }
}
