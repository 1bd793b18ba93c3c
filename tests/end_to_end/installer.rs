//! `actions/setup/install.sh`: what is pinned is installed, and nothing else is ever run.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    release::{Member, Reply, Server, VERSION, asset, program, sha256, tar_gz},
    runner::{Runner, script},
};

#[test]
fn what_is_pinned_is_installed_and_used_again() {
    let (runner, archive) = Runner::new();
    let server = Server::of_release(Reply::Bytes(archive.clone()));
    let first = runner.install(&server).expect(0);
    assert_eq!(runner.output("installed-from"), "release", "{}", first.stdout);
    let binary = runner.output("binary");
    assert_eq!(Path::new(&binary), runner.entry().join("checks"));
    assert_eq!(Path::new(runner.read("path").trim_end()), runner.entry());
    let digest = fs::read_to_string(runner.entry().join(".digest")).expect("a digest");
    assert_eq!(digest, format!("{}  {}\n", sha256(&archive), asset()));
    runner.install(&server).expect(0);
    assert_eq!(runner.output("installed-from"), "tool-cache");
    assert_eq!((runner.output("binary"), server.n_requests()), (binary, 1));
    assert_eq!(runner.files("temp"), Vec::<PathBuf>::new());
}

#[test]
fn an_archive_of_a_folder_is_taken_too() {
    let folder = Member { kind: b'5', ..Member::file("./", "") };
    let archive = |it: &Path| {
        let text = script(it, VERSION);
        let licence = Member::file("./LICENSE-MIT", "x");
        tar_gz(&[Member { ..folder }, Member::file("./checks", &text), licence])
    };
    let (runner, archive) = Runner::pinning(&archive);
    let server = Server::of_release(Reply::Bytes(archive));
    for from in ["release", "tool-cache"] {
        runner.install(&server).expect(0);
        assert_eq!(runner.output("installed-from"), from);
    }
}

#[test]
fn what_is_not_pinned_is_never_run() {
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let change = |mut bytes: Vec<u8>| {
            change(&mut bytes);
            Reply::Bytes(bytes)
        };
        let (runner, archive) = Runner::new();
        (runner, change(archive))
    };
    let foreign = |version: &str| {
        let (runner, _) = Runner::new();
        let text = script(runner.folder.path(), version) + "# not ours\n";
        let archive = tar_gz(&[Member::file("checks", &text)]);
        (runner, Reply::Bytes(archive))
    };
    let (cut, whole) = Runner::new();
    let half = whole.get(..whole.len() / 2).expect("half of it").to_vec();
    let kinds = [
        ("one flipped bit", changed(&|it| it[20] ^= 1)),
        ("one more byte", changed(&|it| it.push(0))),
        ("truncated", changed(&|it| it.truncate(it.len() / 2))),
        ("empty", changed(&Vec::clear)),
        ("a page", changed(&|it| *it = b"<html>not found</html>".to_vec())),
        ("broken off", (cut, Reply::BrokenOff(half))),
        ("another version", foreign("1.3.9")),
        ("foreign", foreign(VERSION)),
    ];
    for (what, (runner, reply)) in kinds {
        let server = Server::of_release(reply);
        let built = runner.at("built");
        program(&runner.at("bin/cargo"), &format!("#!/bin/sh\n>'{}'\n", built.display()));
        let runner = runner.with("IN_FALLBACK", "cargo");
        let answer = runner.install(&server);
        runner.expect_nothing(&answer, what);
        assert!(!built.exists(), "{what}: no fallback after a wrong digest");
        let pinned = runner.read("action/actions/setup/checksums.txt");
        let digest = pinned.split(' ').next().expect("a digest");
        let said = format!("expected sha256 {digest}, got ");
        let error = answer.stdout.lines().find(|it| it.contains("title=proofmark integrity::"));
        assert!(error.is_some_and(|it| it.contains(&said)), "{what}: {}", answer.stdout);
    }
}

#[test]
fn an_archive_that_reaches_out_is_refused_even_if_it_is_pinned() {
    let check = |what: &str, members: &dyn Fn(&str) -> Vec<u8>| {
        let (runner, archive) = Runner::pinning(&|it| members(&script(it, VERSION)));
        let answer = runner.install(&Server::of_release(Reply::Bytes(archive)));
        runner.expect_nothing(&answer, what);
        assert!(answer.stdout.contains("title=proofmark integrity::"), "{what}: {}", answer.stdout);
    };
    let beside = |it: &str, member: Member<'_>| tar_gz(&[Member::file("checks", it), member]);
    check("above", &|it| beside(it, Member::file("../mark", "x")));
    check("above, deeper", &|it| beside(it, Member::file("a/../../mark", "x")));
    check("absolute", &|it| beside(it, Member::file("/tmp/proofmark-mark", "x")));
    check("a link out", &|it| beside(it, Member::link("more", b'2', "../../mark")));
    check("a hard link", &|it| beside(it, Member::link("more", b'1', "checks")));
    check("a pipe", &|it| beside(it, Member::link("more", b'6', "")));
    check("a link", &|_| tar_gz(&[Member::link("checks", b'2', "/bin/true")]));
    check("a name with a line", &|it| beside(it, Member::file("a\nb", "x")));
    check("nothing at its top", &|it| tar_gz(&[Member::file("bin/checks", it)]));
    check("no archive", &|it| it.as_bytes().to_vec());
}

#[test]
fn a_program_that_says_another_version_is_not_installed() {
    let (runner, archive) =
        Runner::pinning(&|it| tar_gz(&[Member::file("checks", &script(it, "1.3.9"))]));
    let answer = runner.install(&Server::of_release(Reply::Bytes(archive))).expect(2);
    assert!(answer.stdout.contains("says `checks 1.3.9` and not `checks 1.4.0`"));
    assert_eq!(runner.files("cache"), Vec::<PathBuf>::new());
}

/// Somebody at work in the tool cache.
type Touch<'a> = &'a dyn Fn(&Runner);

#[test]
fn a_cached_program_that_was_touched_is_installed_anew() {
    let other = |runner: &Runner| {
        let text = format!("#!/bin/sh\n>'{}'\n", runner.at("touched").display());
        (text.clone(), tar_gz(&[Member::file("checks", &text)]))
    };
    let digest = |archive: &str| format!("{archive}  {}\n", asset());
    let kinds: [(&str, Touch<'_>); 7] = [
        ("the program", &|it| fs::write(it.entry().join("checks"), other(it).0).unwrap()),
        ("the program, at the end", &|it| {
            let text = fs::read_to_string(it.entry().join("checks")).unwrap();
            fs::write(it.entry().join("checks"), text + &other(it).0).unwrap();
        }),
        ("the program and its archive", &|it| {
            let (text, archive) = other(it);
            fs::write(it.entry().join(asset()), archive).unwrap();
            fs::write(it.entry().join("checks"), text).unwrap();
        }),
        ("all three", &|it| {
            let (text, archive) = other(it);
            fs::write(it.entry().join(".digest"), digest(&sha256(&archive))).unwrap();
            fs::write(it.entry().join(asset()), archive).unwrap();
            fs::write(it.entry().join("checks"), text).unwrap();
        }),
        ("the digest", &|it| fs::remove_file(it.entry().join(".digest")).unwrap()),
        ("another digest", &|it| {
            fs::write(it.entry().join(".digest"), digest(&"0".repeat(64))).unwrap();
        }),
        ("a link", &|it| {
            program(&it.at("other/checks"), &other(it).0);
            fs::remove_file(it.entry().join("checks")).unwrap();
            std::os::unix::fs::symlink(it.at("other/checks"), it.entry().join("checks")).unwrap();
        }),
    ];
    let runners = [Runner::new, Runner::plain];
    for ((what, touch), runner) in kinds.iter().flat_map(|it| runners.map(|runner| (it, runner))) {
        let (runner, archive) = runner();
        let server = Server::of_release(Reply::Bytes(archive));
        runner.install(&server).expect(0);
        touch(&runner);
        let again = runner.install(&server).expect(0);
        assert_eq!(runner.output("installed-from"), "release", "{what}");
        assert!(again.stdout.contains("::warning title=proofmark integrity::"), "{what}");
        assert!(!runner.at("touched").exists(), "{what}: what was touched was run");
        let there = fs::read_to_string(runner.entry().join("checks")).unwrap();
        assert_eq!(there, script(runner.folder.path(), VERSION), "{what}");
    }
}
