//! Without a network every answer is the same.

use crate::{
    binary::{Answer, clean, path},
    repository::Repository,
};

/// A shell line in a folder, outside of every network.
fn unshared(repository: &Repository, words: &[&str]) -> Option<Answer> {
    let unshare = |arguments: &[&str]| {
        let mut command = clean("unshare", repository.path());
        command.args(["--net", "--map-root-user"]).args(arguments).output().ok()
    };
    unshare(&["true"]).filter(|it| it.status.success())?;
    let program = path().display().to_string();
    let line: Vec<&str> = std::iter::once(program.as_str()).chain(words.iter().copied()).collect();
    unshare(&line).map(Answer::of)
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
