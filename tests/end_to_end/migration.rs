//! `contract migrate`: a red contract becomes green, by a patch that git applies.

use std::fs;

use serde_json::Value;

use crate::{
    binary::{Answer, Checks},
    repository::Repository,
};

const FILE: &str = "contracts/shop.openapi.yaml";
const BASE: &str = "\
# The shop, as consumers know it.
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /orders:
    # Everybody may order.
    post:
      operationId: placeOrder
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: \"#/components/schemas/Order\"}
      responses:
        \"204\": {description: done}
components:
  schemas:
    Order:
      type: object
      required: [sku]
      properties:
        sku: {type: string}   # any text
        gift: {enum: [card, ribbon]}
";
const SHIM: &str = "services/shop/src/compat/placeOrder.ts";
const CONSUMER: &str = "services/shop/test/compat/placeOrder.test.ts";
const TODAY: &str = "2026-11-21T08:00:00Z";

/// A repository whose contract is changed in the working tree.
fn changed(from: &str, to: &str) -> Repository {
    let repository = Repository::new();
    repository.write(FILE, BASE);
    repository.write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n");
    repository.commit("a contract");
    assert!(BASE.contains(from), "{from}");
    repository.write(FILE, BASE.replace(from, to));
    repository
}

fn migrate(repository: &Repository, words: &str) -> String {
    call(repository, TODAY, words).expect(0).stdout
}

fn call(repository: &Repository, now: &str, words: &str) -> Answer {
    let words = format!("--now {now} contract migrate --base HEAD {words}");
    Checks::plain(repository.path()).words(words.trim_end()).run()
}

fn verdict(repository: &Repository) -> String {
    let report: Value = repository.report("run --gate contract-gate --base HEAD").json();
    report["contract"][0]["verdict"].as_str().expect("a verdict").to_owned()
}

#[test]
fn a_narrowed_text_gets_a_new_address_and_the_old_one_keeps_its_promise() {
    let repository = changed("sku: {type: string}", "sku: {type: string, minLength: 2}");
    assert_eq!(verdict(&repository), "red");
    let told = migrate(&repository, "");
    assert!(told.contains("edit   contracts/shop.openapi.yaml"), "{told}");
    assert!(repository.read(FILE).contains("minLength"), "nothing is written without --apply");
    repository.git("apply .git/checks/migrations/shop/migration.patch");
    assert_eq!(verdict(&repository), "green");
    let contract = repository.read(FILE);
    for kept in ["# The shop, as consumers know it.", "# Everybody may order.", "/v2/orders:"] {
        assert!(contract.contains(kept), "{kept}\n{contract}");
    }
    assert!(repository.read(SHIM).contains("placeOrderCompat"));
    assert!(repository.read(CONSUMER).contains("JSON.stringify({\"sku\":"));
    assert!(repository.read("CHANGELOG.md").contains("deprecated until 2027-06-03"));
    assert!(migrate(&repository, "").starts_with("nothing to migrate"));
}

#[test]
fn the_same_plan_tomorrow_writes_nothing() {
    let repository = changed("sku: {type: string}", "sku: {type: integer}");
    migrate(&repository, "");
    let plan = || {
        ["migration.patch", "pr-body.md", "plan.json"]
            .map(|it| repository.read(&format!(".git/checks/migrations/shop/{it}")))
    };
    let before = plan();
    call(&repository, "2026-12-01T08:00:00Z", "").expect(0);
    assert_eq!(plan(), before);
    // A month later the last day would be too soon: the plan moves it.
    call(&repository, "2026-12-24T08:00:00Z", "").expect(0);
    assert!(plan()[1].contains("sunset=2027-07-06"), "{}", plan()[1]);
}

#[test]
fn smaller_repairs_need_no_new_address() {
    for (from, to, kept) in [
        ("required: [sku]", "required: [sku, gift]", "required: [sku]"),
        ("enum: [card, ribbon]", "enum: [card]", "ribbon"),
        ("        required: true\n", "        required: true # really\n", "required: true"),
    ] {
        let repository = changed(from, to);
        if verdict(&repository) == "green" {
            continue;
        }
        migrate(&repository, "--apply");
        assert_eq!(verdict(&repository), "green", "{to}");
        let contract = repository.read(FILE);
        assert!(contract.contains(kept) || contract.contains("- sku"), "{contract}");
        assert!(!contract.contains("/v2/"), "{contract}");
        assert!(!repository.at(SHIM).exists());
        let test = repository.read(CONSUMER);
        assert!(
            test.contains("POST /orders keeps its promise") && !test.contains("until 2"),
            "{test}"
        );
    }
}

#[test]
fn what_a_person_edited_is_kept_and_the_proposal_lies_beside() {
    let repository = changed("sku: {type: string}", "sku: {type: string, maxLength: 9}");
    repository.write(SHIM, "// mine\n");
    let told = migrate(&repository, "--apply");
    assert!(told.contains("edited by hand, so kept"), "{told}");
    assert_eq!(repository.read(SHIM), "// mine\n");
    let proposal = format!(".git/checks/migrations/shop/proposals/{SHIM}");
    assert!(repository.read(&proposal).contains("placeOrderCompat"));
}

#[test]
fn a_contract_that_is_gone_comes_back_and_the_version_strategy_keeps_both() {
    let repository = changed("openapi: 3.1.0", "openapi: 3.1.0");
    fs::remove_file(repository.at(FILE)).expect("it is there");
    migrate(&repository, "--apply");
    assert_eq!(repository.read(FILE), BASE);
    let repository = changed("sku: {type: string}", "sku: {type: boolean}");
    migrate(&repository, "--strategy version --apply");
    assert_eq!(repository.read(FILE), BASE);
    assert!(repository.read("contracts/shop-v2.openapi.yaml").contains("boolean"));
    assert_eq!(verdict(&repository), "green");
}

#[test]
fn a_branch_is_made_without_touching_index_and_tree() {
    let repository = changed("sku: {type: string}", "sku: {type: string, minLength: 2}");
    repository.git("config user.name shop");
    repository.git("config user.email shop@shop.example");
    let before = repository.git("status --porcelain");
    migrate(&repository, "--branch checks/contract-gate/shop");
    assert_eq!(repository.git("status --porcelain"), before);
    let files = repository.git("ls-tree -r --name-only checks/contract-gate/shop");
    assert!(files.contains(SHIM) && files.contains(FILE), "{files}");
    let again = call(&repository, TODAY, "--branch checks/contract-gate/shop").expect(2);
    assert!(again.stderr.contains("exists; choose another name"), "{}", again.stderr);
}
