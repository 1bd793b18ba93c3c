//! Snapshots of real repositories, made with the `git` program.

mod fixture;

use fixture::Fixture;
use snapshot::{Base, EntryKind, Format, Repository, Revision};

fn names(snapshot: &snapshot::Snapshot) -> Vec<&str> {
    snapshot.paths().map(|(path, _)| path.as_str()).collect()
}

#[test]
fn worktree_has_tracked_and_untracked_unignored_files() {
    let it = Fixture::with_commit(&[
        ("a.toml", "x = 1\n"),
        ("gone.toml", "x = 1\n"),
        (".gitignore", "ignored/\n*.log\n"),
    ]);
    it.write("ignored/kept.toml", "x = 1\n");
    it.git(&["add", "-f", "ignored/kept.toml"]);
    it.write("ignored/other.toml", "");
    it.write("b.log", "");
    it.write("new/c.toml", "x = 2\n");
    it.remove("gone.toml");
    let worktree = it.open().worktree().unwrap();
    assert_eq!(names(&worktree), [".gitignore", "a.toml", "ignored/kept.toml", "new/c.toml"]);
    assert_eq!(worktree.revision(), Revision::Worktree);
    assert_eq!(worktree.notes(), [] as [String; 0]);
    let commit = it.open().commit("HEAD").unwrap();
    assert_eq!(names(&commit), [".gitignore", "a.toml", "gone.toml"]);
}

#[test]
fn commit_is_read_without_the_disk() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\n")]);
    it.write("a.toml", "x = 2\n");
    let repository = it.open();
    let value = |snapshot: &snapshot::Snapshot| {
        let path = kernel::RepoPath::new("a.toml").unwrap();
        let document = snapshot.document(&path, Format::Toml).unwrap();
        document.root.get("x").unwrap().kind.clone()
    };
    assert_eq!(value(&repository.commit("HEAD").unwrap()), kernel::Kind::Number("1".into()));
    assert_eq!(value(&repository.worktree().unwrap()), kernel::Kind::Number("2".into()));
    assert_eq!(
        repository.merge_base(None, Base::CANDIDATES),
        Base::Found(repository.head().unwrap())
    );
    assert_eq!(repository.worktree().unwrap().kind("a.toml"), Some(EntryKind::File));
}

#[test]
fn folder_without_git_is_walked() {
    let it = Fixture::plain();
    it.write("a.toml", "x = 1\n");
    it.write(".gitignore", "b/\n");
    it.write("b/c.toml", "");
    let repository = Repository::open(it.path()).unwrap();
    assert_eq!(names(&repository.worktree().unwrap()), [".gitignore", "a.toml"]);
    assert_eq!(repository.merge_base(None, Base::CANDIDATES), Base::NoGit);
    assert!(repository.git_folder().is_none());
    assert!(repository.commit("HEAD").is_err());
}
