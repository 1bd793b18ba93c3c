//! A repository on a runner of its own: act, without a container and without a network.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    binary::{self, Answer, clean},
    release::{Member, VERSION, path_with, pinned_actions, pretend, sha256, tar_gz},
    repository::{Repository, WRANGLER},
};

/// The contract of the repository.
const CONTRACT: &str = "\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
servers: [{url: https://api.shop.example}]
paths:
  /orders:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {\"204\": {description: done}}
";
/// The end of each job: what its steps gave and left, where the test finds it.
const END: &str = r#"      - if: always()
        env: {STEPS: '${{ toJSON(steps) }}', JOB: '${{ github.job }}'}
        run: |
          printf '%s' "$STEPS" >"$OUT/$JOB.json"
          rm -rf "$OUT/$JOB.temp"
          cp -r "$RUNNER_TEMP" "$OUT/$JOB.temp"
"#;

/// One start of act.
pub(crate) struct Run<'a> {
    pub(crate) event: &'a str,
    pub(crate) payload: &'a Value,
    pub(crate) workflow: &'a str,
    /// What our actions are called by.
    pub(crate) tag: &'a str,
    /// `NAME=VALUE`, for all steps.
    pub(crate) variable: &'a str,
}

/// A repository under a runner with our actions.
pub(crate) struct Bench {
    act: PathBuf,
    folder: TempDir,
    pub(crate) repository: Repository,
    /// Where GitHub's API seems to be: nowhere, if no test says otherwise.
    pub(crate) api: String,
    /// What `github.token` is, if there is one.
    pub(crate) token: Option<&'static str>,
}

impl Bench {
    /// Nothing if there is no act, which is said aloud.
    pub(crate) fn new() -> Option<Self> {
        let target = binary::path().parent().and_then(Path::parent).expect("a target folder");
        let act = target.join("tools/bin/act");
        if !act.is_file() {
            println!("skipped: act is not installed (`cargo xtask test` does)");
            return None;
        }
        let folder = tempfile::Builder::new().prefix("runner-").tempdir().expect("a folder");
        for name in ["home/.config/act", "out"] {
            fs::create_dir_all(folder.path().join(name)).expect("a folder");
        }
        fs::write(folder.path().join("home/.config/act/actrc"), "").expect("a file");
        pretend(&folder.path().join("bin"));
        let repository = Repository::new();
        repository.write("api/wrangler.toml", WRANGLER);
        repository.write("contracts/shop.openapi.yaml", CONTRACT);
        repository.write("a part/api/wrangler.toml", WRANGLER.replace("api", "part"));
        repository.commit("a shop");
        let api = "http://127.0.0.1:9".to_owned();
        let bench = Self { act, folder, repository, api, token: None };
        bench.pin(&bench.archive());
        Some(bench)
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A release whose program is the one that was built here.
    pub(crate) fn archive(&self) -> Vec<u8> {
        let checks = binary::path().display();
        let mark = self.at("mark").display().to_string();
        let script = format!(
            "#!/bin/sh\necho ran >>'{mark}'\nif [ \"$1\" = --version ]; then echo 'checks {VERSION}'; \
             else exec '{checks}' \"$@\"; fi\n"
        );
        tar_gz(&[Member::file("checks", &script)])
    }

    pub(crate) fn pin(&self, archive: &[u8]) {
        pinned_actions(&self.at("actions"), &sha256(archive));
    }

    /// Runs the jobs of a workflow at an event.
    pub(crate) fn run(&self, event: &str, payload: &Value, jobs: &str) -> Answer {
        let top = "name: shop\non: [push, pull_request, merge_group, schedule]\njobs:\n";
        let text = jobs.replace("BINARY", &binary::path().display().to_string());
        // act takes this step for itself: it copies the repository, and no action is fetched.
        let checkout = "- uses: actions/checkout@v6";
        let text = text.replace("- CHECKOUT", checkout).replace("      - END\n", END);
        self.repository.write(".github/workflows/shop.yml", format!("{top}{text}"));
        let variable = format!("OUT={}", self.at("out").display());
        self.act(&Run { event, payload, workflow: "shop.yml", tag: "v1", variable: &variable })
    }

    /// Runs one workflow; our actions are there under this tag.
    pub(crate) fn act(&self, run: &Run<'_>) -> Answer {
        let Run { event, payload, workflow, tag, variable } = run;
        fs::write(self.at("event.json"), payload.to_string()).expect("a payload");
        let mut command = clean(&self.act, self.repository.path());
        command.env("HOME", self.at("home")).env("XDG_CACHE_HOME", self.at("home/cache"));
        command.env("XDG_CONFIG_HOME", self.at("home/.config"));
        command.env("PATH", path_with(&self.at("bin")));
        command.arg("-W").arg(format!(".github/workflows/{workflow}"));
        command.arg(event).args(["-P", "ubuntu-latest=-self-hosted", "--no-cache-server"]);
        command.args(["--env", &format!("GITHUB_API_URL={}", self.api)]);
        if let Some(token) = self.token {
            command.args(["--secret", &format!("GITHUB_TOKEN={token}")]);
        }
        command.arg("--eventpath").arg(self.at("event.json"));
        let actions = self.at("actions").display().to_string();
        command.args(["--local-repository", &format!("proofmark/proofmark@{tag}={actions}")]);
        command.args(["--env", variable]);
        let mut answer = Answer::of(command.output().expect("act starts"));
        answer.stdout.push_str(&answer.stderr);
        answer
    }

    /// What the steps of a job gave.
    pub(crate) fn steps(&self, job: &str, answer: &Answer) -> Value {
        let text = fs::read_to_string(self.at("out").join(format!("{job}.json")));
        let text = text.unwrap_or_else(|err| panic!("{job}: {err}\n{}", answer.stdout));
        serde_json::from_str(&text).expect("steps are JSON")
    }

    /// The report that an output names; act throws its folder away, a copy stays.
    pub(crate) fn report(&self, job: &str, step: &Value) -> Value {
        let path = step["outputs"]["report"].as_str().expect("a path");
        let tail: PathBuf =
            Path::new(path).iter().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        let copy = self.at("out").join(format!("{job}.temp")).join(tail);
        let text = fs::read_to_string(copy).expect("the report stays, whatever the verdict");
        serde_json::from_str(&text).expect("a report is JSON")
    }

    pub(crate) fn before(&self) -> Value {
        json!({"before": self.repository.git("rev-parse HEAD")})
    }
}

/// The outputs of one step: verdict, findings, exit code and where the program came from.
pub(crate) fn told(step: &Value) -> [&str; 4] {
    ["verdict", "findings", "exit-code", "installed-from"]
        .map(|it| step["outputs"][it].as_str().unwrap_or("absent"))
}
