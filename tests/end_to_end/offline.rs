//! Without a network every answer is the same.

use std::fs;

use crate::{
    binary::{Answer, clean, path},
    repository::{RIVAL, Repository},
};

/// A shell line in a folder, outside of every network, with this on its standard input.
fn unshared_with(repository: &Repository, words: &[&str], input: &str) -> Option<Answer> {
    let unshare = |arguments: &[&str], input: &str| {
        let file = tempfile::NamedTempFile::new().ok()?;
        fs::write(file.path(), input).ok()?;
        let mut command = clean("unshare", repository.path());
        command.args(["--net", "--map-root-user"]).args(arguments);
        command.stdin(fs::File::open(file.path()).ok()?).output().ok()
    };
    unshare(&["true"], "").filter(|it| it.status.success())?;
    let program = path().display().to_string();
    let line: Vec<&str> = std::iter::once(program.as_str()).chain(words.iter().copied()).collect();
    unshare(&line, input).map(Answer::of)
}

fn unshared(repository: &Repository, words: &[&str]) -> Option<Answer> {
    unshared_with(repository, words, "")
}

#[test]
fn answers_need_no_network() {
    for repository in [Repository::green(), Repository::red(), Repository::shop()] {
        let words = ["--now", crate::binary::NOW, "run", "--format", "json"];
        let Some(apart) = unshared(&repository, &words) else {
            return println!("skipped: no right to leave the network (`unshare --net`)");
        };
        assert_eq!(apart, repository.report("run"));
        for words in [&["--help"][..], &["rules"], &["hook", "status"]] {
            unshared(&repository, words).expect("the right was there").expect(0);
        }
    }
}

#[test]
fn a_broken_contract_is_told_without_a_network() {
    let repository = Repository::new();
    let contract = "openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0}\npaths:\n  /orders:\n    get:\n      parameters: [{name: page, in: query, schema: {type: integer}}]\n      responses: {\"204\": {description: done}}\n";
    let path = "contracts/shop.openapi.yaml";
    repository.write(path, contract);
    let base = repository.commit("a contract");
    repository.write(path, contract.replace("type: integer", "type: integer, maximum: 9"));
    let words = ["--now", crate::binary::NOW, "run", "--format", "json", "--base", &base];
    let Some(apart) = unshared(&repository, &words) else {
        return println!("skipped: no right to leave the network (`unshare --net`)");
    };
    assert_eq!(apart, repository.report(&format!("run --base {base}")).expect(1));
}

#[test]
fn first_files_and_the_hook_need_no_network() {
    let repository = Repository::green();
    let Some(init) = unshared(&repository, &["init", "all"]) else {
        return println!("skipped: no right to leave the network (`unshare --net`)");
    };
    assert!(init.expect(0).stdout.contains("wrote checks.toml\n"));
    let base = repository.commit("first files");
    repository.write("jobs/wrangler.toml", RIVAL);
    let head = repository.commit("a rival");
    let line = format!("refs/heads/main {head} refs/heads/main {base}\n");
    let words = ["hook", "run", "pre-push", "origin", "https://git.shop.example/shop.git"];
    let hook = unshared_with(&repository, &words, &line).expect("the right was there").expect(1);
    assert!(hook.stdout.contains("route-claimed-twice"), "{}", hook.stdout);
    for words in [&["selftest", "--gate", "policy"][..], &["rules"], &["routes", "table"]] {
        unshared(&repository, words).expect("the right was there").expect(0);
    }
}
