//! What `actions/setup/install.sh` says where it cannot install, and what it does instead.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use crate::{
    binary::{clean, workspace},
    release::{Member, Reply, Server, VERSION, asset, program, sha256, zip},
    runner::{Runner, script},
};

/// Both ways on for somebody who gets no release.
#[track_caller]
fn expect_remedies(said: &str) {
    for remedy in ["`binary`", "`fallback: cargo`"] {
        assert!(said.contains(remedy), "{remedy}: {said}");
    }
}

#[test]
fn without_an_asset_both_remedies_are_named() {
    let (runner, _) = Runner::new();
    let absent = runner.install(&Server::start(BTreeMap::new()));
    runner.expect_nothing(&absent, "not found");
    assert!(absent.stdout.contains(&format!("`{}` cannot be fetched", asset())));
    expect_remedies(&absent.stdout);
    let unreachable = runner.install_from("http://127.0.0.1:1");
    runner.expect_nothing(&unreachable, "nobody listens");
    expect_remedies(&unreachable.stdout);
    fs::write(runner.at("action/actions/setup/checksums.txt"), "").expect("a file");
    let unknown = runner.install_from("http://127.0.0.1:1");
    runner.expect_nothing(&unknown, "no checksum");
    assert!(unknown.stdout.contains("no asset for this platform"), "{}", unknown.stdout);
    expect_remedies(&unknown.stdout);
}

#[test]
fn the_source_of_the_action_is_built_if_that_was_asked_for() {
    let (runner, _) = Runner::new();
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$PWD\" \"$@\" >'{}'\nfor it; do folder=$it; done\n\
         mkdir -p \"$folder/release\"\n>\"$folder/release/checks\"\n",
        runner.at("built").display()
    );
    program(&runner.at("bin/cargo"), &script);
    let runner = runner.with("IN_FALLBACK", "cargo\r\n");
    runner.install(&Server::start(BTreeMap::new())).expect(0);
    assert_eq!(runner.output("installed-from"), "cargo");
    assert!(Path::new(&runner.output("binary")).is_file());
    let built = runner.read("built");
    let lines: Vec<&str> = built.lines().collect();
    // Not the workspace: its configuration for cargo is part of what is judged.
    let source = fs::canonicalize(runner.at("action")).expect("a folder");
    assert_eq!(lines.first().map(Path::new), Some(source.as_path()));
    assert!(lines.contains(&"--locked"), "{lines:?}");
    assert!(
        runner.entry().parent().is_some_and(|it| !it.exists()),
        "the cache holds releases only"
    );
}

#[test]
fn only_this_machine_may_serve_without_encryption() {
    let check = |base: &str, is_refused: bool| {
        let (runner, _) = Runner::new();
        let answer = runner.install_from(base);
        runner.expect_nothing(&answer, base);
        let said = answer.stdout.contains("`PROOFMARK_RELEASE_BASE`");
        assert_eq!(said, is_refused, "{base}: {}", answer.stdout);
    };
    check("http://shop.example", true);
    check("http://127.0.0.1.shop.example/", true);
    check("http://127.0.0.1:80@shop.example/", true);
    check("http://localhost.shop.example", true);
    check("http://shop.example/127.0.0.1", true);
    check("HTTP://127.0.0.1", true);
    check("ftp://127.0.0.1", true);
    check("file:///tmp", true);
    check("https://a b", true);
    check("https://127.0.0.1:1\nhttp://shop.example", true);
    check("--output", true);
    check("http://127.0.0.1:1/", false);
    check("http://localhost:1", false);
    check("http://[::1]:1", false);
    check("https://127.0.0.1:1/a/b", false);
}

#[test]
fn nobody_is_sent_elsewhere_without_encryption() {
    let (runner, archive) = Runner::new();
    let other = Server::of_release(Reply::Bytes(archive));
    let target = format!("{}/v{VERSION}/{}", other.url(), asset());
    let answer = runner.install(&Server::of_release(Reply::Elsewhere(target)));
    runner.expect_nothing(&answer, "redirected");
    assert_eq!(other.n_requests(), 0);
}

#[test]
fn a_program_that_is_missing_is_named() {
    for missing in ["curl", "gzip", "sha256sum", "tar"] {
        let (runner, archive) = Runner::new();
        let server = Server::of_release(Reply::Bytes(archive));
        let tools = [
            "bash",
            "cat",
            "chmod",
            "cp",
            "curl",
            "cut",
            "grep",
            "gzip",
            "mkdir",
            "mktemp",
            "mv",
            "rm",
            "sed",
            "sha256sum",
            "tar",
        ];
        let bin = runner.at("bin").display().to_string();
        for tool in tools.iter().filter(|it| **it != missing) {
            symlink(found(tool), runner.at("bin").join(tool)).expect("a link");
        }
        let runner = runner.with("PATH", bin);
        let answer = runner.install(&server);
        runner.expect_nothing(&answer, missing);
        assert!(
            answer.stdout.contains(&format!("`{missing}` is not on PATH")),
            "{}",
            answer.stdout
        );
        expect_remedies(&answer.stdout);
        symlink(found(missing), runner.at("bin").join(missing)).expect("a link");
        runner.install(&server).expect(0);
    }
}

/// Where a program lies.
fn found(tool: &str) -> PathBuf {
    let path = std::env::var_os("PATH").expect("there is a PATH");
    let folders = std::env::split_paths(&path);
    let mut places = folders.map(|it| it.join(tool)).filter(|it| it.is_file());
    places.next().unwrap_or_else(|| panic!("`{tool}` is needed here"))
}

#[test]
fn where_the_cache_is_closed_the_temporary_folder_serves() {
    for cache in ["/dev/null", "/dev/null/cache"] {
        let (runner, archive) = Runner::new();
        let server = Server::of_release(Reply::Bytes(archive));
        let runner = runner.with("RUNNER_TOOL_CACHE", cache);
        let answer = runner.install(&server).expect(0);
        assert!(answer.stdout.contains("::notice title=proofmark::the tool cache"), "{cache}");
        assert!(runner.output("binary").contains("/temp/proofmark/"), "{cache}");
        runner.install(&server).expect(0);
        assert_eq!(runner.output("installed-from"), "tool-cache", "{cache}");
    }
}

#[test]
fn functions_of_others_are_refused_and_their_start_file_is_ignored() {
    for name in ["curl", "exec", "export", "printf", "sha256sum"] {
        let (runner, archive) = Runner::new();
        let runner = runner.with(&format!("BASH_FUNC_{name}%%"), "() { echo foreign; }");
        let answer = runner.install(&Server::of_release(Reply::Bytes(archive)));
        runner.expect_nothing(&answer, name);
        assert!(answer.stdout.contains("exports shell functions"), "{name}: {}", answer.stdout);
        assert!(!answer.stdout.contains("foreign\n"), "{name}");
    }
    let (runner, archive) = Runner::new();
    let file = runner.at("start");
    fs::write(&file, "sha256sum() { echo 0; }\ncurl() { echo; }\n").expect("a file");
    let runner = runner.with("BASH_ENV", file.display().to_string());
    runner.install(&Server::of_release(Reply::Bytes(archive))).expect(0);
}

#[test]
fn what_others_set_for_tools_changes_nothing() {
    let (runner, archive) = Runner::new();
    let mark = runner.at("touched").display().to_string();
    fs::write(runner.at("workspace/.curlrc"), "url = file:///etc/hostname\n").expect("a file");
    let runner = runner
        .with("TAR_OPTIONS", format!("--to-command=>'{mark}'"))
        .with("CURL_HOME", runner_home())
        .with("http_proxy", "http://127.0.0.1:1")
        .with("CDPATH", "/tmp");
    runner.install(&Server::of_release(Reply::Bytes(archive))).expect(0);
    assert!(!runner.at("touched").exists());
}

fn runner_home() -> String {
    workspace().display().to_string()
}

#[test]
fn line_ends_of_windows_are_read() {
    let (runner, archive) = Runner::new();
    for name in ["VERSION", "checksums.txt"] {
        let path = runner.at("action/actions/setup").join(name);
        let text = fs::read_to_string(&path).expect("a pin");
        fs::write(&path, text.replace('\n', "\r\n") + "\r\n").expect("a file");
    }
    runner.install(&Server::of_release(Reply::Bytes(archive))).expect(0);
    assert_eq!(runner.output("installed-from"), "release");
}

#[test]
fn windows_has_its_own_archive() {
    let check = |members: &dyn Fn(&str) -> Vec<Member<'static>>, expected: i32| {
        let (runner, _) = Runner::new();
        program(
            &runner.at("bin/uname"),
            "#!/bin/sh\n[ \"$1\" = -m ] && echo x86_64 || echo MINGW64_NT-10.0\n",
        );
        let Some(archive) = zip(&members(&script(runner.folder.path(), VERSION))) else {
            return println!("skipped: no Python to make a zip");
        };
        let name = format!("checks-{VERSION}-x86_64-pc-windows-msvc.zip");
        let pins = runner.at("action/actions/setup/checksums.txt");
        fs::write(pins, format!("{}  {name}\n", sha256(&archive))).expect("a pin");
        let reply = Reply::Bytes(archive);
        let server = Server::start(BTreeMap::from([(format!("/v{VERSION}/{name}"), reply)]));
        let answer = runner.install(&server);
        if answer.stdout.contains("`unzip` is not on PATH") {
            return println!("skipped: unzip is not installed");
        }
        let answer = answer.expect(expected);
        if expected != 0 {
            return runner.expect_nothing(&answer, "a zip");
        }
        assert!(runner.output("binary").ends_with("/x86_64-pc-windows-msvc/checks.exe"));
        runner.install(&server).expect(0);
        assert_eq!(runner.output("installed-from"), "tool-cache");
    };
    let text = |it: &str| -> &'static str { String::leak(it.to_owned()) };
    let program = |it: &str| Member::file("checks.exe", text(it));
    check(&|it| vec![program(it), Member::file("LICENSE-MIT", "x")], 0);
    check(&|it| vec![program(it), Member::link("more", b'2', "../../mark")], 2);
    check(&|it| vec![program(it), Member::file("../mark", "x")], 2);
    check(&|_| vec![Member::link("checks.exe", b'2', "/bin/true")], 2);
    check(&|it| vec![Member::file("checks", text(it))], 2);
}

#[test]
fn pins_that_are_not_clear_pin_nothing() {
    let check = |name: &str, change: &dyn Fn(&str) -> String| {
        let (runner, archive) = Runner::new();
        let path = runner.at("action/actions/setup").join(name);
        let text = fs::read_to_string(&path).expect("a pin");
        fs::write(&path, change(&text)).expect("a file");
        let answer = runner.install(&Server::of_release(Reply::Bytes(archive)));
        runner.expect_nothing(&answer, &change(&text));
    };
    check("VERSION", &|_| "../1.4.0\n".to_owned());
    check("VERSION", &|_| "latest\n".to_owned());
    check("VERSION", &|_| String::new());
    check("checksums.txt", &|it| format!("{it}{}  {}\n", "0".repeat(64), asset()));
    check("checksums.txt", &|it| format!("{it}{it}"));
    check("checksums.txt", &|it| it.get(1..).unwrap_or_default().to_owned());
    check("checksums.txt", &|it| it.replace("1.4.0", "1.3.9"));
}

#[test]
fn an_own_build_is_taken_as_it_is() {
    let (runner, _) = Runner::new();
    program(&runner.at("workspace/my build/checks"), "#!/bin/sh\n");
    let runner = runner.with("IN_BINARY", "my build/checks");
    runner.install_from("http://127.0.0.1:1").expect(0);
    let outputs = (runner.output("binary"), runner.output("installed-from"), runner.read("path"));
    assert_eq!(outputs, ("my build/checks".into(), "binary".into(), String::new()));
}

#[test]
fn hostile_inputs_stay_text() {
    for name in ["IN_BINARY", "IN_FALLBACK", "PROOFMARK_RELEASE_BASE"] {
        for text in [
            "$(touch x)",
            "`touch x`",
            "\"; touch x; \"",
            "a\n::error::x",
            "a\r\n::warning::x",
            "* ?",
            "-rf",
        ] {
            let (runner, _) = Runner::new();
            let runner = runner.with(name, text);
            let answer = runner.install_from("http://127.0.0.1:1");
            assert_eq!(answer.code, Some(2), "{name}: {text}");
            assert_eq!(fs::read_dir(runner.at("workspace")).expect("a folder").count(), 0);
            let commands = answer.stdout.lines().filter(|it| it.starts_with("::"));
            let foreign: Vec<_> =
                commands.filter(|it| !it.starts_with("::error title=proofmark")).collect();
            assert!(foreign.is_empty(), "{name}: {text}: {foreign:?}");
            assert_eq!(runner.read("output").lines().count(), 3, "{name}: {text}");
        }
    }
}

#[test]
fn the_pins_of_this_commit_fit_together() {
    let read = |name: &str| {
        fs::read_to_string(workspace().join("actions/setup").join(name)).expect("a pin")
    };
    let version = read("VERSION");
    let names: Vec<String> = read("checksums.txt")
        .lines()
        .map(|line| {
            let (digest, name) = line.split_once("  ").expect("a digest and a name");
            assert_eq!(digest.len(), 64, "{line}");
            assert!(digest.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f')), "{line}");
            name.to_owned()
        })
        .collect();
    let expected: Vec<String> = [
        ("aarch64-apple-darwin", "tar.gz"),
        ("aarch64-pc-windows-msvc", "zip"),
        ("aarch64-unknown-linux-musl", "tar.gz"),
        ("x86_64-apple-darwin", "tar.gz"),
        ("x86_64-pc-windows-msvc", "zip"),
        ("x86_64-unknown-linux-musl", "tar.gz"),
    ]
    .map(|(triple, form)| format!("checks-{}-{triple}.{form}", version.trim_end()))
    .into();
    // Before the first release there is nothing to pin.
    assert!(names.is_empty() || names == expected, "{names:?}");
    let help = clean("bash", &workspace()).args(["-n", "actions/setup/install.sh"]).status();
    assert!(help.expect("bash runs").success());
}
