//! What actions write on GitHub, as a runner runs them: under act, against a double of GitHub.

use serde_json::{Value, json};

use crate::{
    act::{Bench, told},
    github::{Hub, TOKEN, bodies},
    repository::RIVAL,
};

const TELLING: &str = r#"  telling:
    runs-on: ubuntu-latest
    steps:
      - CHECKOUT
      - {id: routes, uses: proofmark/proofmark/actions/route-audit@v1, with: {binary: "BINARY", comment: "true", check-run: "true"}, continue-on-error: true}
      - END
"#;

/// A runner whose repository has a pull request that claims a URL twice, and GitHub beside it.
struct Scene {
    bench: Bench,
    hub: Hub,
}

impl Scene {
    fn new() -> Option<Self> {
        let mut bench = Bench::new()?;
        let hub = Hub::of(&bench.repository);
        bench.repository.git("remote add origin https://github.com/acme/shop.git");
        bench.repository.git("checkout --quiet -b rival");
        bench.repository.write("jobs/wrangler.toml", RIVAL);
        bench.api = hub.url();
        bench.token = Some(TOKEN);
        Some(Self { bench, hub })
    }

    /// Commits what was changed, and gives the event of its pull request.
    fn opened(&self) -> Value {
        let commit = self.bench.repository.commit("a change");
        self.hub.push(&self.bench.repository, "rival");
        let mut event = self.hub.pull_request("rival", &commit);
        event["pull_request"]["base"]["sha"] = json!(self.bench.repository.git("rev-parse main"));
        event
    }

    /// One run of the action: what its step gave, and the log.
    fn run(&self, event: &Value) -> ([String; 4], String) {
        let answer = self.bench.run("pull_request", event, TELLING);
        let steps = self.bench.steps("telling", &answer);
        assert!(!answer.stdout.contains(TOKEN), "the log holds the token");
        (told(&steps["routes"]).map(str::to_owned), answer.stdout)
    }
}

#[test]
fn a_red_run_is_one_comment_and_one_check_run() {
    let Some(scene) = Scene::new() else { return };
    let mut event = scene.opened();
    for _ in 0..2 {
        let (told, log) = scene.run(&event);
        assert_eq!(told, ["red", "1", "1", "binary"], "{log}");
        let state = scene.hub.state();
        let [body] = bodies(&state)[..] else { panic!("{state:#}\n{log}") };
        assert!(body.starts_with("<!-- proofmark:route-audit -->\n**Proofmark is red: "), "{body}");
        let [run] = &state["check_runs"].as_array().expect("a list")[..] else {
            panic!("{state:#}\n{log}")
        };
        assert_eq!(run["name"], "proofmark/route-audit");
        assert_eq!(run["conclusion"], "failure");
        assert_eq!(run["head_sha"], event["pull_request"]["head"]["sha"]);
    }
    let repository = &scene.bench.repository;
    repository.write("jobs/wrangler.toml", RIVAL.replace("api.shop", "jobs.shop"));
    event["pull_request"]["head"]["sha"] = json!(repository.commit("a URL of its own"));
    scene.hub.push(repository, "rival");
    let (told, log) = scene.run(&event);
    assert_eq!(told, ["green", "0", "0", "binary"], "{log}");
    let state = scene.hub.state();
    let [body] = bodies(&state)[..] else { panic!("{state:#}\n{log}") };
    assert!(body.contains("Proofmark is green: nothing to do"), "{body}");
}

#[test]
fn a_token_that_may_only_read_changes_no_verdict() {
    let Some(scene) = Scene::new() else { return };
    let mut event = scene.opened();
    event["pull_request"]["head"]["repo"] = json!({"full_name": "ada/shop", "fork": true});
    let refusal = json!({"message": "Resource not accessible by integration"});
    let faults = json!([{"match": "POST /repos/*", "status": 403, "body": refusal}]);
    scene.hub.fail(&faults);
    let (told, log) = scene.run(&event);
    assert_eq!(told, ["red", "1", "1", "binary"], "{log}");
    assert!(log.contains("not published, because runs of forks may only read"), "{log}");
    assert!(bodies(&scene.hub.state()).is_empty());
}
