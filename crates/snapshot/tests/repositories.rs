//! Snapshots of real repositories, made with the `git` program.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it fails, and says so"
)]

mod fixture;

use fixture::{Fixture, git_in};
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

#[test]
fn same_content_has_the_same_digest_with_any_line_ends() {
    let it =
        Fixture::with_commit(&[(".gitattributes", "* text=auto\n"), ("a.toml", "x = 1\ny = 2\n")]);
    let path = kernel::RepoPath::new("a.toml").unwrap();
    let repository = it.open();
    let committed = repository.commit("HEAD").unwrap().document(&path, Format::Toml).unwrap();
    it.write("a.toml", "x = 1\r\ny = 2\r\n");
    let on_disk = repository.worktree().unwrap().document(&path, Format::Toml).unwrap();
    assert_eq!(on_disk.digest, committed.digest);
    assert_eq!(on_disk.text, committed.text);
    let to_edit = repository.worktree().unwrap().text_to_edit(&path).unwrap();
    assert_eq!(to_edit, "x = 1\r\ny = 2\r\n");
    let place = |it: &kernel::Document| it.place(it.root.get("y").unwrap().span);
    assert_eq!(place(&on_disk), place(&committed));
}

#[test]
fn conversion_is_what_git_add_does() {
    const FILES: &[(&str, &[u8])] = &[
        ("auto.toml", b"a = 1\r\nb = 2\r\n"),
        ("mixed.toml", b"a = 1\r\nb = 2\n"),
        ("lone.toml", b"a = 1\rb\r\n"),
        ("binary.bin", b"\0\x01\r\n"),
        ("kept.bat", b"a\r\n"),
        ("forced.txt", b"\0\r\n"),
        ("eol.sh", b"a\r\nb\r"),
        ("ident.md", b"$Id: 1234 $ and $Id: open\r\n$Id$"),
        ("wide.ps1", b"\xff\xfea\0\r\0\n\0"),
        ("sub/auto.toml", b"a = 1\r\n"),
        ("sub/deep/auto.toml", b"a = 1\r\n"),
        ("old.c", b"a\r\n"),
    ];
    let attributes = "*.toml text=auto\n*.bat -text\n*.txt text\n*.sh eol=lf\n*.md ident\n\
                      *.ps1 text working-tree-encoding=UTF-16\n[attr]legacy crlf\n*.c legacy\n";
    for automatic in ["false", "true", "input"] {
        let it = Fixture::empty();
        it.write(".gitattributes", attributes);
        it.write("sub/.gitattributes", "*.toml -text\n");
        it.write("sub/deep/.gitattributes", "auto.toml text\n");
        it.git(&["config", "core.autocrlf", automatic]);
        it.git(&["config", "core.safecrlf", "false"]);
        for (name, bytes) in FILES {
            it.write(name, bytes);
        }
        let worktree = it.open().worktree().unwrap();
        let fingerprint = worktree.fingerprint(&|_| true).unwrap();
        for (path, id) in fingerprint {
            let expected =
                it.git_with(&["core.autocrlf", automatic], &["hash-object", path.as_str()]);
            assert_eq!(id.to_string(), expected, "{path}, core.autocrlf={automatic}");
        }
    }
}

#[test]
fn stored_windows_line_ends_stay() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\r\n")]);
    let path = kernel::RepoPath::new("a.toml").unwrap();
    let before = it.open().commit("HEAD").unwrap().digest(&path).unwrap();
    it.write(".gitattributes", "* text=auto\n");
    assert_eq!(it.open().worktree().unwrap().digest(&path).unwrap(), before);
}

#[test]
fn fingerprint_is_that_of_the_commit_if_nothing_changed() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\n"), ("b/c.toml", "y = 1\n")]);
    let repository = it.open();
    let all = |snapshot: snapshot::Snapshot| snapshot.fingerprint(&|_| true).unwrap();
    let committed = all(repository.commit("HEAD").unwrap());
    assert_eq!(all(repository.worktree().unwrap()), committed);
    // The same size, and maybe the same time: git calls it racy.
    it.write("a.toml", "x = 2\n");
    let changed = all(repository.worktree().unwrap());
    assert_ne!(changed[0], committed[0]);
    assert_eq!(changed[1], committed[1]);
    let some = repository.worktree().unwrap().fingerprint(&|it| it.folder() == "b").unwrap();
    assert_eq!(some, committed[1..]);
}

#[test]
fn fingerprint_reads_no_file_that_git_knows() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\n")]);
    let file = || std::fs::File::options().write(true).open(it.path().join("a.toml")).unwrap();
    let old = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    file().set_modified(old).unwrap();
    it.git(&["config", "core.trustctime", "false"]);
    it.git(&["update-index", "--refresh"]);
    let fingerprint = || it.open().worktree().unwrap().fingerprint(&|_| true).unwrap();
    let before = fingerprint();
    // Other content with the same looks: seen only by who reads it, and git itself does not.
    std::io::Write::write_all(&mut file(), b"x = 2\n").unwrap();
    file().set_modified(old).unwrap();
    assert_eq!(it.git(&["status", "--short"]), "");
    assert_eq!(fingerprint(), before);
    file().set_modified(old + std::time::Duration::from_micros(4)).unwrap();
    assert_ne!(fingerprint(), before);
}

#[test]
fn file_that_may_have_changed_after_the_index_is_read() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\n")]);
    let file = || std::fs::File::options().write(true).open(it.path().join("a.toml")).unwrap();
    // A file from the future is younger than any index.
    let late = std::time::UNIX_EPOCH + std::time::Duration::from_secs(2_000_000_000);
    it.git(&["config", "core.trustctime", "false"]);
    file().set_modified(late).unwrap();
    it.remove(".git/index");
    it.git(&["add", "a.toml"]);
    let fingerprint = || it.open().worktree().unwrap().fingerprint(&|_| true).unwrap();
    let before = fingerprint();
    std::io::Write::write_all(&mut file(), b"x = 2\n").unwrap();
    file().set_modified(late).unwrap();
    assert_ne!(fingerprint(), before);
    assert_eq!(it.git(&["diff", "--name-only"]), "a.toml", "git sees it too");
}

#[test]
fn links_pipes_and_submodules_are_listed_and_not_read() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\n"), ("dir/b.toml", "x = 1\n")]);
    let other = Fixture::with_commit(&[("secret.toml", "x = 1\n")]);
    it.git(&["submodule", "add", "-q", other.path().to_str().unwrap(), "module"]);
    it.commit();
    let outside = it.beside("outside");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("b.toml"), "stolen = 1\n").unwrap();
    std::os::unix::fs::symlink("a.toml", it.path().join("link.toml")).unwrap();
    std::os::unix::fs::symlink(&outside, it.path().join("folder")).unwrap();
    // What git tracks below a folder that became a link counts as deleted.
    std::fs::remove_dir_all(it.path().join("dir")).unwrap();
    std::os::unix::fs::symlink(&outside, it.path().join("dir")).unwrap();
    it.make_pipe("pipe.toml");
    it.write("vendor/x.toml", "");
    git_in(&it.path().join("vendor"), &["init", "-q"]);
    let worktree = it.open().worktree().unwrap();
    let kinds: Vec<_> = worktree.paths().map(|(path, kind)| (path.as_str(), kind)).collect();
    let expected = [
        (".gitmodules", EntryKind::File),
        ("a.toml", EntryKind::File),
        ("dir", EntryKind::Symlink),
        ("folder", EntryKind::Symlink),
        ("link.toml", EntryKind::Symlink),
        ("module", EntryKind::Submodule),
        ("pipe.toml", EntryKind::Special),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(worktree.submodules().map(kernel::RepoPath::as_str).collect::<Vec<_>>(), ["module"]);
    assert_eq!(worktree.notes(), ["`vendor` is another repository and is not entered"]);
    for (name, words) in [
        ("link.toml", "a symbolic link"),
        ("pipe.toml", "a pipe, a socket or a device"),
        ("module", "a submodule"),
    ] {
        let error = worktree.document(&kernel::RepoPath::new(name).unwrap(), Format::Toml);
        let expected = format!("`{name}` is {words}, which is not read; put a regular file there");
        assert_eq!(error.unwrap_err().to_string(), expected);
    }
    assert_eq!(worktree.fingerprint(&|_| true).unwrap().len(), 7);
}

#[test]
fn bare_repository_gives_its_commits() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\n")]);
    let bare = it.beside("bare.git");
    git_in(it.path(), &["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    let repository = Repository::open(&bare).unwrap();
    assert!(repository.is_bare());
    assert_eq!(names(&repository.commit("main").unwrap()), ["a.toml"]);
    let message = repository.worktree().err().unwrap().to_string();
    assert_eq!(
        message,
        "this repository is bare and has no working tree; name a commit with `--head`"
    );
}

#[test]
fn base_or_the_reason_why_there_is_none() {
    let empty = Fixture::empty();
    empty.write("a.toml", "");
    assert_eq!(empty.open().merge_base(None, Base::CANDIDATES), Base::NoCommits);
    assert_eq!(names(&empty.open().worktree().unwrap()), ["a.toml"]);
    assert_eq!(empty.open().head(), None);

    let it = Fixture::with_commit(&[("a.toml", "x = 1\n")]);
    let first = it.git(&["rev-parse", "HEAD"]);
    it.git(&["checkout", "-q", "-b", "topic"]);
    it.write("a.toml", "x = 2\n");
    it.commit();
    let base = |it: &Repository| it.merge_base(None, Base::CANDIDATES);
    assert!(matches!(base(&it.open()), Base::Found(id) if id.to_string() == first));
    it.git(&["checkout", "-q", "--detach"]);
    assert!(matches!(base(&it.open()), Base::Found(id) if id.to_string() == first));

    let clone = |name: &str, arguments: &[&str]| {
        let folder = it.beside(name);
        let url = format!("file://{}", it.path().display());
        let all = [&["clone", "-q"], arguments, &[&url, folder.to_str().unwrap()]].concat();
        git_in(it.path(), &all);
        Repository::open(&folder).unwrap()
    };
    it.git(&["checkout", "-q", "topic"]);
    for number in 3..7 {
        it.write("a.toml", format!("x = {number}\n"));
        it.commit();
    }
    it.git(&["checkout", "-q", "main"]);
    let shallow = clone("shallow", &["--depth", "3", "--branch", "topic", "--no-single-branch"]);
    assert_eq!(base(&shallow), Base::Shallow { depth: 3 });
    assert!(shallow.is_shallow());
    let alone = clone("alone", &["--depth", "2", "--branch", "topic"]);
    git_in(alone.root(), &["remote", "set-head", "origin", "-d"]);
    assert_eq!(base(&alone), Base::Shallow { depth: 2 });
    assert!(alone.resolve(&first).is_none());
    let message = alone.commit(&first).err().unwrap().to_string();
    assert!(message.contains("fetch-depth: 0"), "{message}");

    it.git(&["checkout", "-q", "topic"]);
    it.git(&["branch", "-q", "-D", "main"]);
    let tried = Base::CANDIDATES.iter().map(ToString::to_string).collect();
    assert_eq!(base(&it.open()), Base::NoBranch { tried });
    it.git(&["checkout", "-q", "--orphan", "main"]);
    it.commit();
    it.git(&["checkout", "-q", "topic"]);
    assert_eq!(base(&it.open()), Base::Unrelated { branch: "main".to_owned() });
}

#[test]
fn linked_worktree_has_its_own_head_and_index() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\n")]);
    let linked = it.beside("linked");
    it.git(&["worktree", "add", "-q", "-b", "other", linked.to_str().unwrap()]);
    std::fs::write(linked.join("b.toml"), "").unwrap();
    git_in(&linked, &["add", "b.toml"]);
    let repository = Repository::open(&linked).unwrap();
    assert_eq!(names(&repository.worktree().unwrap()), ["a.toml", "b.toml"]);
    let real = it.path().canonicalize().unwrap();
    assert_eq!(repository.git_folder().unwrap(), real.join(".git/worktrees/linked"));
    assert_eq!(repository.common_folder().unwrap(), real.join(".git"));
    assert_eq!(Repository::discover(&linked), linked.canonicalize().unwrap());
}

#[test]
fn folder_of_a_repository_is_a_root_of_its_own() {
    let it = Fixture::with_commit(&[
        (".gitignore", "*.log\n"),
        (".gitattributes", "* text=auto\n"),
        ("apps/api/a.toml", "x = 1\n"),
        ("apps/web/b.toml", "x = 1\n"),
        ("apps-old/c.toml", "x = 1\n"),
    ]);
    it.write("apps/api/x.log", "");
    it.write("apps/api/a.toml", "x = 1\r\n");
    let repository = Repository::open(&it.path().join("apps")).unwrap();
    let commit = repository.commit("HEAD").unwrap();
    let worktree = repository.worktree().unwrap();
    assert_eq!(names(&commit), ["api/a.toml", "web/b.toml"]);
    assert_eq!(names(&worktree), ["api/a.toml", "web/b.toml"]);
    assert_eq!(worktree.fingerprint(&|_| true).unwrap(), commit.fingerprint(&|_| true).unwrap());
    assert_eq!(
        Repository::discover(&it.path().join("apps/api")),
        it.path().canonicalize().unwrap()
    );
    it.write("ignored/d.toml", "");
    it.write(".gitignore", "ignored/\n");
    let ignored = Repository::open(&it.path().join("ignored")).unwrap();
    assert_eq!(names(&ignored.worktree().unwrap()), ["d.toml"], "a folder that is named is read");
    assert_eq!(names(&ignored.commit("HEAD").unwrap()), [""; 0]);
}

#[test]
fn sparse_checkout_is_completed_from_git() {
    for is_cone in ["--cone", "--no-cone"] {
        let it = Fixture::with_commit(&[("a/x.toml", "x = 1\n"), ("b/deep/y.toml", "y = 1\n")]);
        it.git(&["sparse-checkout", "set", is_cone, "a"]);
        if is_cone == "--cone" {
            it.git(&["sparse-checkout", "reapply", "--sparse-index"]);
        }
        assert!(!it.path().join("b").exists());
        let worktree = it.open().worktree().unwrap();
        assert_eq!(names(&worktree), ["a/x.toml", "b/deep/y.toml"]);
        let path = kernel::RepoPath::new("b/deep/y.toml").unwrap();
        assert!(worktree.document(&path, Format::Toml).is_ok());
    }
}

#[test]
fn odd_names_are_noted() {
    let it = Fixture::with_commit(&[("a.toml", ""), ("A.toml", ""), ("quote\"\n.toml", "")]);
    let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(&b"caf\xe9.toml"[..]);
    std::fs::write(it.path().join(name), "").unwrap();
    it.commit();
    let left_out = "`caf\u{fffd}.toml` is left out, because its name is not UTF-8 or no path inside the repository";
    let case = "`A.toml` and `a.toml` differ only in case; some systems keep only one of them";
    for snapshot in [it.open().worktree().unwrap(), it.open().commit("HEAD").unwrap()] {
        assert_eq!(names(&snapshot), ["A.toml", "a.toml", "quote\"\n.toml"]);
        assert_eq!(snapshot.notes(), [case, left_out]);
    }
}

#[test]
fn damaged_objects_are_told() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\n"), ("b.toml", "x = 2\n")]);
    let damage = |revision: &str, text: &str| {
        let id = it.git(&["rev-parse", revision]);
        let file = it.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
        std::fs::remove_file(&file).unwrap();
        if !text.is_empty() {
            std::fs::write(&file, text).unwrap();
        }
    };
    for (text, name) in [("garbage", "a.toml"), ("", "b.toml")] {
        damage(&format!("HEAD:{name}"), text);
        let path = kernel::RepoPath::new(name).unwrap();
        let error = it.open().commit("HEAD").unwrap().document(&path, Format::Toml).unwrap_err();
        let expected = format!(
            "git's copy of `{name}` is missing or damaged; run `git fsck` and fetch it again"
        );
        assert_eq!(error.to_string(), expected);
    }
    damage("HEAD^{tree}", "garbage");
    assert!(it.open().commit("HEAD").is_err());
    std::fs::write(it.path().join(".git/index"), "DIRCgarbage").unwrap();
    assert!(it.open().worktree().is_err());
    std::fs::write(it.path().join(".git/HEAD"), "garbage").unwrap();
    assert_eq!(it.open().head(), None);
}

#[test]
fn documents_say_what_is_wrong_with_them() {
    let it = Fixture::empty();
    it.write("latin.toml", b"# caf\xc3\xa9\nx = \"\xe9\"\n");
    it.write("nul.toml", "x = \0\n");
    it.write("open.json", "{\"a\": [1\n");
    it.write("empty.json", "");
    it.write("empty.toml", "");
    it.write("mark.toml", "\u{feff}x = 1\n");
    it.write("deep.json", "[".repeat(200) + &"]".repeat(200));
    it.write("large.toml", "x = 1\n".repeat(1 << 20));
    it.write("lfs.json", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n");
    let worktree = it.open().worktree().unwrap();
    let read = |name: &str| {
        let format = Format::of(name).unwrap();
        let document = worktree.document(&kernel::RepoPath::new(name).unwrap(), format);
        document.map(|it| it.text.len()).map_err(|it| it.to_string())
    };
    let cases = [
        (
            "latin.toml",
            Err("cannot read `latin.toml`: line 2, column 6: not UTF-8; save it as UTF-8"),
        ),
        ("nul.toml", Err("cannot read `nul.toml`: line 1, column 5: ")),
        ("open.json", Err("cannot read `open.json`: line 1, column 7: unterminated array")),
        ("empty.json", Err("cannot read `empty.json`: line 1, column 1: expected a value")),
        ("empty.toml", Ok(0)),
        ("mark.toml", Ok(6)),
        (
            "deep.json",
            Err(
                "cannot read `deep.json`: line 1, column 129: nested deeper than 128 levels; make it simpler",
            ),
        ),
        (
            "large.toml",
            Err("`large.toml` is larger than 4194304 bytes; make it smaller, or ignore it"),
        ),
        (
            "lfs.json",
            Err(
                "`lfs.json` is a pointer into Git LFS, not the file itself; store this file in git",
            ),
        ),
        ("gone.toml", Err("`gone.toml` does not exist in this revision")),
    ];
    for (name, expected) in cases {
        match (read(name), expected) {
            (Err(found), Err(expected)) => assert!(found.starts_with(expected), "{found}"),
            (found, expected) => assert_eq!(found, expected.map_err(str::to_owned), "{name}"),
        }
    }
    let path = kernel::RepoPath::new("mark.toml").unwrap();
    assert_eq!(*worktree.bytes(&path).unwrap(), *"\u{feff}x = 1\n".as_bytes());
    assert_eq!(worktree.digest(&path).unwrap(), kernel::Digest::of("\u{feff}x = 1\n".as_bytes()));
    let large = kernel::RepoPath::new("large.toml").unwrap();
    assert!(worktree.bytes(&large).is_err());
    assert!(worktree.digest(&large).is_ok());
}

#[test]
fn filters_are_never_run() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\n")]);
    let proof = it.beside("filter-ran");
    let program = format!("touch '{}'; cat", proof.display());
    it.git(&["config", "filter.evil.clean", &program]);
    it.git(&["config", "filter.evil.process", &program]);
    it.git(&["config", "core.fsmonitor", &program]);
    it.write(".gitattributes", "* filter=evil\n");
    it.write("a.toml", "x = 2\n");
    let worktree = it.open().worktree().unwrap();
    let path = kernel::RepoPath::new("a.toml").unwrap();
    assert_eq!(*worktree.bytes(&path).unwrap(), *b"x = 2\n");
    worktree.fingerprint(&|_| true).unwrap();
    assert!(!proof.exists());
}

#[test]
fn filtered_file_that_git_knows_is_gits_copy() {
    let it = Fixture::empty();
    it.git(&["config", "filter.up.clean", "tr a-z A-Z"]);
    it.write(".gitattributes", "*.txt filter=up\n");
    it.write("a.txt", "abc\n");
    let file = std::fs::File::options().write(true).open(it.path().join("a.txt")).unwrap();
    let old = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    file.set_modified(old).unwrap();
    it.commit();
    let path = kernel::RepoPath::new("a.txt").unwrap();
    assert_eq!(*it.open().worktree().unwrap().bytes(&path).unwrap(), *b"ABC\n");
    it.write("a.txt", "abcd\n");
    assert_eq!(*it.open().worktree().unwrap().bytes(&path).unwrap(), *b"abcd\n");
}

#[test]
fn rules_outside_the_repository_are_not_its_own() {
    let it = Fixture::with_commit(&[("a.toml", "")]);
    std::fs::write(it.beside(".gitignore"), "*.toml\n").unwrap();
    std::fs::write(it.beside(".gitattributes"), "* text\n").unwrap();
    it.write("b.toml", "x = 1\r\n");
    it.write(".ignore", "b.toml\n");
    let worktree = it.open().worktree().unwrap();
    assert_eq!(names(&worktree), [".ignore", "a.toml", "b.toml"]);
    let path = kernel::RepoPath::new("b.toml").unwrap();
    assert_eq!(*worktree.bytes(&path).unwrap(), *b"x = 1\r\n");
}

#[test]
fn revision_is_one_that_git_would_take() {
    let it = Fixture::with_commit(&[("a.toml", "")]);
    it.git(&["tag", "-a", "v1", "-m", "one"]);
    let head = it.open().head();
    assert!(head.is_some());
    for good in ["HEAD", "main", "v1", "refs/heads/main", "main~0", "@"] {
        assert_eq!(it.open().resolve(good), head, "{good}");
    }
    for bad in ["", "none", "HEAD~1", "-x", "main:a.toml", "HEAD^{tree}", "a..b", "\0", "@{u}"] {
        assert_eq!(it.open().resolve(bad), None, "{bad}");
    }
}

#[test]
fn threads_share_one_document() {
    let it = Fixture::with_commit(&[("a.toml", "x = 1\n")]);
    let path = kernel::RepoPath::new("a.toml").unwrap();
    for snapshot in [it.open().worktree().unwrap(), it.open().commit("HEAD").unwrap()] {
        let read = || snapshot.document(&path, Format::Toml).unwrap();
        let all: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(read)).collect();
            threads.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert!(all.iter().all(|it| std::sync::Arc::ptr_eq(it, &all[0])));
    }
}

#[test]
fn folder_that_is_none_is_refused() {
    let it = Fixture::plain();
    it.write("file", "");
    assert!(Repository::open(&it.path().join("file")).is_err());
    assert!(Repository::open(&it.path().join("gone")).is_err());
    std::fs::create_dir(it.path().join(".git")).unwrap();
    assert!(Repository::open(it.path()).is_err(), "half a git folder");
}
