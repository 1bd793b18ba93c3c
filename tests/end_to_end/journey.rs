//! What the README promises, on this repository and on the example.

use crate::{
    binary::{Checks, workspace},
    repository::Repository,
};

#[test]
fn the_shop_is_green_also_in_ci() {
    let shop = Repository::shop();
    for words in ["run", "run --strict", "run --base none --strict"] {
        let report = shop.checks(words).env("CI", "true").words("--format json").run().expect(0);
        let summary = &report.json()["summary"];
        let numbers = ["red", "undecided", "warnings"].map(|it| summary[it].clone());
        assert_eq!(numbers, [0, 0, 0], "{words}: {summary}");
    }
}

#[test]
fn the_example_in_this_repository_is_green() {
    let root = workspace().join("examples/shop");
    let checks = Checks::within(&workspace()).words("run --base none --strict --root");
    checks.arg(root).run().expect(0);
}

#[test]
fn this_repository_is_green() {
    let checks = Checks::within(&workspace()).words("run --base none --strict --format json");
    let report = checks.run().expect(0).json();
    assert_ne!(report["summary"]["examined"], 0, "the example is judged too");
}

#[test]
fn proofs_of_this_repository_and_of_the_example_are_valid() {
    for root in [workspace(), workspace().join("examples/shop")] {
        let folder = root.join("ops/proofs");
        let entries = std::fs::read_dir(&folder).expect("there are proofs");
        let paths = entries.map(|it| it.expect("an entry").path());
        let newest = paths.filter(|it| it.extension().is_some_and(|it| it == "txt")).max();
        let newest = newest.expect("there is a proof");
        let verify = Checks::within(&root).words("proof verify --json --root").arg(&root);
        let verify = verify.arg(newest).run();
        assert_eq!(verify.json()["proofs"][0]["result"], "PASSED", "{}", verify.stdout);
        verify.expect(0);
    }
}

#[test]
fn whoever_owns_a_url_is_told() {
    let shop = Repository::shop();
    let url = "https://api.shop.example/orders?page=2";
    let answer = shop.checks("routes who --json").arg(url).run().expect(0).json();
    assert_eq!(answer["answers"][0]["owner"], "gateway");
    assert_eq!(answer["answers"][0]["certain"], true);
}

#[test]
fn a_proof_that_was_touched_does_not_verify() {
    let repository = Repository::green();
    repository.checks("run --write-proofs --base none").run().expect(0);
    let stem = "ops/proofs/api-route-audit-20261121-090000";
    let verify = || repository.checks("proof verify").arg(format!("{stem}.txt")).run();
    verify().expect(0);
    let text = repository.read(&format!("{stem}.txt"));
    repository.write(&format!("{stem}.txt"), text.replace("api.shop.example", "app.shop.example"));
    verify().expect(1);
    repository.write(&format!("{stem}.txt"), &text);
    verify().expect(0);
    let config = repository.read("api/wrangler.toml");
    repository.write("api/wrangler.toml", format!("{config}# one more byte\n"));
    verify().expect(1);
}
