//! The actions as a runner runs them: under act, without a container and without a network.

use serde_json::{Value, json};

use crate::{
    act::{Bench, Run, told},
    release::{Member, Reply, Server, tar_gz},
    repository::Repository,
};

/// What breaks the contract.
const NARROWED: &str = "schema: {type: integer, maximum: 9}";

const VERDICTS: &str = r#"  green:
    runs-on: ubuntu-latest
    steps:
      - CHECKOUT
      - {id: checks, uses: proofmark/proofmark/actions/checks@v1, with: {binary: "BINARY", gates: policy}}
      - {id: root, uses: proofmark/proofmark@v1, with: {binary: "BINARY", selftest: "false"}}
      - {id: routes, uses: proofmark/proofmark/actions/route-audit@v1, with: {binary: "BINARY"}}
      - {id: contracts, uses: proofmark/proofmark/actions/contract-gate@v1, with: {binary: "BINARY"}}
      - run: mkdir "a build" && ln -s "BINARY" "a build/checks"
      - {id: spaces, uses: proofmark/proofmark/actions/route-audit@v1, with: {binary: "a build/checks", root: "a part", sarif-file: "a build/out.sarif"}}
      - run: test -s "a build/out.sarif"
      - END
  red:
    runs-on: ubuntu-latest
    steps:
      - CHECKOUT
      - run: |
          mkdir jobs && sed s/api/jobs/ api/wrangler.toml >jobs/wrangler.toml
          sed -i 's/jobs.shop/api.shop/' jobs/wrangler.toml
          sed -i 's/schema: {type: integer}/NARROWED/' contracts/shop.openapi.yaml
      - {id: checks, uses: proofmark/proofmark/actions/checks@v1, with: {binary: "BINARY", selftest: "false"}, continue-on-error: true}
      - {id: routes, uses: proofmark/proofmark/actions/route-audit@v1, with: {binary: "BINARY"}, continue-on-error: true}
      - {id: contracts, uses: proofmark/proofmark/actions/contract-gate@v1, with: {binary: "BINARY", migrate: suggest}, continue-on-error: true}
      - END
  failing:
    runs-on: ubuntu-latest
    steps:
      - CHECKOUT
      - run: mkdir jobs && cp api/wrangler.toml jobs/wrangler.toml
      - {id: routes, uses: proofmark/proofmark/actions/route-audit@v1, with: {binary: "BINARY", annotations: "false"}}
      - END
"#;

#[test]
fn each_action_is_green_and_red_and_tells_it() {
    let Some(bench) = Bench::new() else { return };
    let jobs = VERDICTS.replace("NARROWED", NARROWED);
    let answer = bench.run("push", &bench.before(), &jobs);
    // The step without `continue-on-error` fails its job.
    assert_ne!(answer.code, Some(0), "{}", answer.stdout);
    let green = bench.steps("green", &answer);
    for step in ["checks", "root", "routes", "contracts", "spaces"] {
        assert_eq!(told(&green[step]), ["green", "0", "0", "binary"], "{step}: {}", answer.stdout);
        assert_eq!(green[step]["outcome"], "success", "{step}");
    }
    assert_eq!(green["contracts"]["outputs"]["bump"], "none");
    // act prints each summary, and throws it away.
    for line in ["Summary - **checks: green**", "Summary - ## checks: red", "local binary"] {
        assert!(answer.stdout.contains(line), "{line}: {}", answer.stdout);
    }
    let red = bench.steps("red", &answer);
    for step in ["checks", "routes", "contracts"] {
        let [verdict, findings, code, from] = told(&red[step]);
        assert_eq!([verdict, code, from], ["red", "1", "binary"], "{step}: {}", answer.stdout);
        assert_eq!(red[step]["outcome"], "failure", "{step}");
        let report = bench.report("red", &red[step]);
        assert_eq!(report["base"], bench.before()["before"], "{step}");
        let verdicts = report["verdicts"].as_array().expect("a report has verdicts");
        let counts = verdicts.iter().filter_map(|it| Some(it["findings"].as_array()?.len()));
        assert_eq!(findings, counts.sum::<usize>().to_string(), "{step}");
    }
    assert_eq!(red["contracts"]["outputs"]["bump"], "major");
    let migration = red["contracts"]["outputs"]["migration"].as_str().expect("a folder");
    assert!(migration.ends_with("/migration"), "{migration}");
    assert!(answer.stdout.contains("**error[route-claimed-twice]**"), "{}", answer.stdout);
    assert!(answer.stdout.contains("::error file=jobs/wrangler.toml,"), "{}", answer.stdout);
    let failing = bench.steps("failing", &answer);
    assert_eq!(failing["routes"]["outcome"], "failure");
    assert_eq!(told(&failing["routes"])[..3], ["red", "1", "1"]);
}

const RELEASED: &str = r#"  released:
    needs: [tampered]
    runs-on: ubuntu-latest
    env: {PROOFMARK_RELEASE_BASE: "GOOD"}
    steps:
      - CHECKOUT
      - {id: first, uses: proofmark/proofmark/actions/route-audit@v1}
      - {id: second, uses: proofmark/proofmark/actions/contract-gate@v1}
      - {id: setup, uses: proofmark/proofmark/actions/setup@v1}
      - {id: path, run: "checks --version"}
      - END
  tampered:
    runs-on: ubuntu-latest
    env: {PROOFMARK_RELEASE_BASE: "BAD"}
    steps:
      - CHECKOUT
      - {id: routes, uses: proofmark/proofmark/actions/route-audit@v1, with: {fallback: cargo}, continue-on-error: true}
      - {id: setup, uses: proofmark/proofmark/actions/setup@v1, continue-on-error: true}
      - END
"#;

#[test]
fn a_release_is_installed_once_and_a_tampered_one_never() {
    let Some(bench) = Bench::new() else { return };
    let archive = bench.archive();
    let good = Server::of_release(Reply::Bytes(archive));
    let foreign = format!("#!/bin/sh\n>'{}'\n", bench.at("touched").display());
    let bad = Server::of_release(Reply::Bytes(tar_gz(&[Member::file("checks", &foreign)])));
    let jobs = RELEASED.replace("GOOD", &good.url()).replace("BAD", &bad.url());
    let answer = bench.run("push", &bench.before(), &jobs);
    let released = bench.steps("released", &answer);
    assert_eq!(told(&released["first"]), ["green", "0", "0", "release"], "{}", answer.stdout);
    assert_eq!(told(&released["second"]), ["green", "0", "0", "tool-cache"], "{}", answer.stdout);
    assert_eq!(released["setup"]["outputs"]["installed-from"], "tool-cache");
    assert_eq!(released["path"]["outcome"], "success", "{}", answer.stdout);
    assert_eq!(good.n_requests(), 1);
    assert!(!answer.stdout.contains("local binary"), "{}", answer.stdout);
    let tampered = bench.steps("tampered", &answer);
    for step in ["routes", "setup"] {
        assert_eq!(tampered[step]["outcome"], "failure", "{}", answer.stdout);
    }
    assert_eq!(told(&tampered["routes"]), ["error", "0", "2", ""], "{}", answer.stdout);
    assert!(answer.stdout.contains("title=proofmark integrity::"), "{}", answer.stdout);
    assert!(!bench.at("touched").exists(), "the tampered program was run");
}

const HOSTILE: &str = r#"  hostile:
    runs-on: ubuntu-latest
    env:
      TEXT: |
        "; touch x; $(touch x) `touch x` ' %0A
        ::error::pwned
    steps:
      - CHECKOUT
      - {id: root, uses: proofmark/proofmark/actions/route-audit@v1, with: {binary: "BINARY", root: "${{ env.TEXT }}"}, continue-on-error: true}
      - {id: base, uses: proofmark/proofmark/actions/checks@v1, with: {binary: "BINARY", base: "${{ env.TEXT }}", gates: "${{ env.TEXT }}"}, continue-on-error: true}
      - {id: binary, uses: proofmark/proofmark/actions/contract-gate@v1, with: {binary: "${{ env.TEXT }}"}, continue-on-error: true}
      - {id: level, uses: proofmark/proofmark/actions/contract-gate@v1, with: {binary: "BINARY", level: "${{ env.TEXT }}", contracts: "${{ env.TEXT }}"}, continue-on-error: true}
      - {id: fallback, uses: proofmark/proofmark/actions/setup@v1, with: {fallback: "${{ env.TEXT }}"}, continue-on-error: true}
      - {id: strict, uses: proofmark/proofmark/actions/checks@v1, with: {binary: "BINARY", strict: "perhaps"}, continue-on-error: true}
      - {id: look, run: "test ! -e x"}
      - END
"#;

#[test]
fn hostile_inputs_change_nothing() {
    let Some(bench) = Bench::new() else { return };
    let answer = bench.run("push", &bench.before(), HOSTILE);
    let steps = bench.steps("hostile", &answer);
    for step in ["root", "base", "binary", "level", "strict"] {
        let [verdict, findings, code, _] = told(&steps[step]);
        assert_eq!([verdict, findings, code], ["error", "0", "2"], "{step}: {}", answer.stdout);
    }
    assert_eq!(steps["fallback"]["outcome"], "failure");
    assert_eq!(steps["look"]["outcome"], "success", "a command in an input was run");
    let pwned = answer.stdout.lines().filter(|it| it.contains("::error::pwned"));
    let started: Vec<_> = pwned.filter(|it| it.contains("❗  ::error::pwned")).collect();
    assert!(started.is_empty(), "{started:?}");
    assert!(answer.stdout.contains("true and false are accepted"), "{}", answer.stdout);
}

const JUDGED: &str = r#"  judged:
    runs-on: ubuntu-latest
    steps:
      - CHECKOUT
      - {id: routes, uses: proofmark/proofmark/actions/route-audit@v1, with: {binary: "BINARY"}, continue-on-error: true}
      - END
"#;

#[test]
fn the_event_names_the_base() {
    let Some(bench) = Bench::new() else { return };
    let root = bench.repository.git("rev-parse HEAD");
    bench.repository.git("switch --quiet --create change");
    bench.repository.write("a.txt", "a");
    let middle = bench.repository.commit("first");
    bench.repository.write("b.txt", "b");
    bench.repository.commit("second");
    let fork = json!({"repo": {"full_name": "ada/shop", "fork": true}});
    let pull_request = |head: Value| json!({"pull_request": {"base": {"sha": root}, "head": head}});
    for (event, payload, expected) in [
        ("pull_request", pull_request(json!({})), &root),
        ("pull_request", pull_request(fork), &root),
        ("merge_group", json!({"merge_group": {"base_sha": middle}}), &middle),
        ("push", json!({"before": middle}), &middle),
        ("schedule", json!({}), &root),
    ] {
        let answer = bench.run(event, &payload, JUDGED);
        let steps = bench.steps("judged", &answer);
        let report = bench.report("judged", &steps["routes"]);
        assert_eq!(report["base"], **expected, "{event}: {}", answer.stdout);
    }
}

#[test]
fn the_example_is_green_under_its_own_workflow() {
    let Some(mut bench) = Bench::new() else { return };
    bench.repository = Repository::shop();
    let server = Server::of_release(Reply::Bytes(bench.archive()));
    let tag = format!("v{}", env!("CARGO_PKG_VERSION"));
    let base = format!("PROOFMARK_RELEASE_BASE={}", server.url());
    let before = bench.before();
    let answer = bench.act(&Run {
        event: "push",
        payload: &before,
        workflow: "proofmark.yml",
        tag: &tag,
        variable: &base,
    });
    let answer = answer.expect(0);
    assert!(answer.stdout.contains("**checks: green**"), "{}", answer.stdout);
    assert_eq!(server.n_requests(), 1);
}
