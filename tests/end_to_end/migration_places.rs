//! `contract migrate` where files lie oddly: nothing is written outside, and no line is lost.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::symlink;

use serde_json::Value;

use crate::{
    binary::{Answer, Checks},
    repository::{Repository, git},
};

const FILE: &str = "contracts/shop.openapi.yaml";
const BASE: &str = "\
# The shop, as consumers know it.
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
x-shared: &sku
  type: string   # any text
paths:
  /orders:
    post:
      operationId: placeOrder
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [sku]
              properties:
                sku: *sku
                other: *sku
      responses:
        \"204\": {description: done}
";
const LAX: &str = "type: string ";
const STRICT: &str = "type: integer";

fn shop(files: &[(&str, String)]) -> Repository {
    let repository = Repository::new();
    for (path, text) in files {
        repository.write(path, text);
    }
    repository.commit("contracts");
    repository
}

fn narrowed(text: &str) -> String {
    assert!(text.contains(LAX), "{text}");
    text.replace(LAX, STRICT)
}

fn migrate(repository: &Repository, words: &str) -> Answer {
    repository.checks("contract migrate --base HEAD").words(words).run()
}

fn verdicts(repository: &Repository) -> Vec<String> {
    let report: Value = repository.report("run --gate contract-gate --base HEAD").json();
    let records = report["contract"].as_array().expect("contracts");
    records.iter().filter_map(|it| it["verdict"].as_str().map(str::to_owned)).collect()
}

#[test]
fn line_ends_anchors_and_comments_survive() {
    for newline in ["\n", "\r\n"] {
        let text = BASE.replace('\n', newline);
        let repository = shop(&[(FILE, text.clone())]);
        repository.write(FILE, narrowed(&text));
        migrate(&repository, "--apply").expect(0);
        assert_eq!(verdicts(&repository), ["green"]);
        let after = repository.read(FILE);
        assert!(after.contains("# The shop, as consumers know it."), "{after}");
        let n_lines = after.matches('\n').count();
        assert_eq!(after.matches(newline).count(), n_lines, "{newline:?}\n{after:?}");
    }
}

#[test]
fn the_patch_of_a_file_with_other_line_ends_applies() {
    let text = BASE.replace('\n', "\r\n");
    let repository = shop(&[(FILE, text.clone())]);
    repository.write(FILE, narrowed(&text));
    migrate(&repository, "").expect(0);
    repository.git("apply --whitespace=nowarn .git/checks/migrations/shop/migration.patch");
    assert_eq!(verdicts(&repository), ["green"]);
}

#[test]
fn a_contract_that_was_renamed_keeps_its_promise_under_its_new_name() {
    let repository = shop(&[(FILE, BASE.to_owned())]);
    repository.git("mv contracts/shop.openapi.yaml contracts/store.openapi.yaml");
    repository.write("contracts/store.openapi.yaml", narrowed(BASE));
    migrate(&repository, "--apply").expect(0);
    assert_eq!(verdicts(&repository), ["green"]);
    assert!(!repository.at(FILE).exists());
    assert!(repository.at("services/store/src/compat/placeOrder.ts").exists());
}

#[test]
fn two_services_of_one_name_have_two_folders() {
    let policy = "[gates.contract-gate]\ncontracts = [\"**/*.openapi.yaml\"]\n";
    let paths = ["a/shop.openapi.yaml", "b/shop.openapi.yaml"];
    let repository = shop(&[
        (paths[0], BASE.to_owned()),
        (paths[1], BASE.to_owned()),
        ("checks.toml", policy.to_owned()),
    ]);
    for path in paths {
        repository.write(path, narrowed(BASE));
    }
    migrate(&repository, "--apply").expect(0);
    assert_eq!(verdicts(&repository), ["green", "green"]);
    for folder in ["shop", "shop-2"] {
        assert!(repository.at(&format!("services/{folder}/src/compat/placeOrder.ts")).exists());
        assert!(repository.at(&format!(".git/checks/migrations/{folder}/plan.json")).exists());
    }
}

#[test]
fn no_word_of_the_policy_leads_outside() {
    for key in ["services", "docs", "out"] {
        for place in ["../planted", "/tmp/planted", "a/../../planted"] {
            let policy = format!("[gates.contract-gate.migrate]\n{key} = \"{place}\"\n");
            let repository = shop(&[(FILE, BASE.to_owned()), ("checks.toml", policy)]);
            repository.write(FILE, narrowed(BASE));
            let answer = migrate(&repository, "--apply").expect(2);
            assert!(answer.stderr.contains(place), "{key}: {}", answer.stderr);
            assert_eq!(repository.read(FILE), narrowed(BASE), "nothing is written");
        }
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let outside = tempfile::tempdir().expect("a folder");
    for link in ["services", "services/shop", "docs", "CHANGELOG.md"] {
        let repository = shop(&[(FILE, BASE.to_owned())]);
        let at = repository.at(link);
        fs::create_dir_all(at.parent().expect("a folder")).expect("a folder");
        let target = outside.path().join(if link == "CHANGELOG.md" { "file.md" } else { "" });
        symlink(target, at).expect("a link");
        repository.commit("a link");
        repository.write(FILE, narrowed(BASE));
        let answer = migrate(&repository, "--apply");
        assert_eq!(fs::read_dir(outside.path()).expect("it is there").count(), 0, "{link}");
        if answer.code == Some(2) {
            assert!(answer.stderr.contains(link), "{link}: {}", answer.stderr);
            assert_eq!(repository.read(FILE), narrowed(BASE), "nothing is written");
        }
    }
}

#[test]
fn a_folder_below_the_root_of_git_is_migrated_by_its_own_paths() {
    let repository = shop(&[("inner/contracts/shop.openapi.yaml", BASE.to_owned())]);
    repository.write("inner/contracts/shop.openapi.yaml", narrowed(BASE));
    repository.git("config user.name shop");
    repository.git("config user.email shop@shop.example");
    let words = "--root inner contract migrate --base HEAD --branch kept";
    repository.checks(words).run().expect(0);
    let listed = repository.git("ls-tree -r --name-only kept");
    assert!(listed.contains("inner/services/shop/src/compat/placeOrder.ts"), "{listed}");
    assert!(!listed.lines().any(|it| it.starts_with("services/")), "{listed}");
}

#[test]
fn contracts_in_submodules_are_named_and_left_alone() {
    let other = shop(&[("shop.openapi.yaml", BASE.to_owned())]);
    let repository = Repository::green();
    let url = other.path().to_str().expect("a path");
    git(repository.path(), &["submodule", "--quiet", "add", url, "contracts"]);
    git(repository.path(), &["submodule", "--quiet", "add", url, "elsewhere"]);
    repository.commit("submodules");
    let told = repository.checks("run --gate contract-gate --base HEAD").run().expect(0).stdout;
    assert!(told.contains("contracts in `contracts` are not looked at"), "{told}");
    assert!(!told.contains("elsewhere"), "{told}");
}

#[test]
fn without_git_two_files_are_compared_and_a_migration_says_what_it_needs() {
    let folder = Repository::bare_folder();
    folder.write("base.yaml", BASE);
    folder.write("head.yaml", narrowed(BASE));
    let answer = folder.checks("contract diff base.yaml head.yaml").run().expect(1);
    assert!(answer.stdout.contains("input-type-narrowed"), "{}", answer.stdout);
    let answer = Checks::within(folder.path()).words("contract migrate").run().expect(2);
    assert!(answer.stderr.contains("base") || answer.stderr.contains("git"), "{}", answer.stderr);
}
