//! Exit codes: 0 is green, 1 is red or undecided where that counts, 2 is no answer.

use crate::{
    binary::Checks,
    repository::{RIVAL, Repository},
};

#[test]
fn green_is_0_and_red_is_1() {
    Repository::green().checks("run").run().expect(0);
    Repository::red().checks("run").run().expect(1);
    Repository::red().checks("").run().expect(1);
}

#[test]
fn a_repository_without_workers_has_nothing_to_check() {
    let repository = Repository::new();
    repository.write("README.md", "# Nothing\n");
    repository.commit("a text");
    let answer = repository.report("run").expect(0);
    assert_eq!(answer.json()["summary"]["examined"], 0);
}

#[test]
fn what_cannot_be_taken_is_2_with_a_hint() {
    let repository = Repository::green();
    let check = |words: &str, hint: &str| {
        let answer = repository.checks(words).run().expect(2);
        assert!(answer.stderr.contains(hint), "{words}: {}", answer.stderr);
        assert_eq!(answer.stdout, "", "{words}");
    };
    check("run --gate route-adit", "did you mean `route-audit`?");
    check("run --gate key-rotation", "unknown gate `key-rotation`");
    check("run --gate contract-gat", "did you mean `contract-gate`?");
    check("run --rule route-claimed-twic", "did you mean `route-claimed-twice`?");
    check("run --base nowhere", "nowhere");
    check("run --head nowhere", "nowhere");
    check("run --format yaml", "yaml");
    check("run --config nowhere.toml", "nowhere.toml");
    check("run --root nowhere", "nowhere");
    check("frobnicate", "frobnicate");
    check("explain route-claimed-twic", "did you mean `route-claimed-twice`?");
    check("proof verify nowhere.txt", "nowhere.txt");
}

#[test]
fn a_configuration_that_says_nothing_known_is_2_with_its_place() {
    let repository = Repository::green();
    let check = |text: &str, hints: &[&str]| {
        repository.write("checks.toml", text);
        let answer = repository.checks("run").run().expect(2);
        for hint in hints {
            assert!(answer.stderr.contains(hint), "{text}: {}", answer.stderr);
        }
    };
    check("[gates.route-audit]\ninternl = []\n", &["checks.toml:2", "did you mean `internal`?"]);
    check("[rules.route-claimed-twic]\nlevel = \"warn\"\n", &["did you mean"]);
    check("[rules.route-claimed-twice]\nlevel = \"loud\"\n", &["checks.toml:2", "loud"]);
    check("[gates.route-audit]\ninternal = [\"ap\"]\n", &["did you mean `api`?"]);
    check("[gates.route-audit]\nundeployed = [\"x/wrangler.toml\"]\n", &["x/wrangler.toml"]);
    check("not toml at all\n", &["checks.toml"]);
}

#[test]
fn undecided_warns_here_and_fails_in_ci() {
    let repository = Repository::green();
    repository.write("web/wrangler.config.ts", "export default {};\n");
    repository.checks("run").run().expect(0);
    repository.checks("run --strict").run().expect(1);
    repository.checks("run").env("CI", "true").run().expect(1);
    let report = repository.report("run");
    assert_eq!(report.verdict("route-claimed-twice"), "undecided");
}

#[test]
fn the_policy_of_base_holds_in_ci() {
    let repository = Repository::new();
    repository.write("checks.toml", "[rules.route-claimed-twice]\nlevel = \"deny\"\n");
    repository.write("api/wrangler.toml", crate::repository::WRANGLER);
    repository.commit("a policy");
    repository.git("switch --quiet --create change");
    repository.write("jobs/wrangler.toml", RIVAL);
    repository.write("checks.toml", "[rules.route-claimed-twice]\nlevel = \"off\"\n");
    repository.commit("the judge is switched off");
    let here = repository.report("run");
    assert_eq!(here.verdict("route-claimed-twice"), "off");
    let in_ci = repository.report("run --strict").expect(1);
    assert_eq!(in_ci.verdict("route-claimed-twice"), "red");
}

#[test]
fn the_root_can_be_named_or_found() {
    let repository = Repository::red();
    let elsewhere = Repository::bare_folder();
    let named = Checks::within(elsewhere.path()).words("run --format json --root");
    let named = named.arg(repository.path()).run().expect(1);
    let found = Checks::within(&repository.at("api")).words("run --format json").run().expect(1);
    assert_eq!(named.stdout, found.stdout);
    let part = Checks::within(repository.path()).words("run --root api").run();
    part.expect(0);
}
