//! The program itself.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_fake-github");

#[test]
fn the_first_line_says_where_it_listens_and_the_end_of_stdin_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(PROGRAM);
    command.arg("--root").arg(folder.path()).args(["--repository", "acme/shop", "--until-stdin"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim_end().strip_prefix("listening ").unwrap();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    assert!(folder.path().join("acme/shop.git/HEAD").is_file());
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_cannot_be_served_is_refused_at_the_start() {
    let check = |arguments: &[&str], expected: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("plain")).unwrap();
        std::fs::write(folder.path().join("odd.json"), "[]").unwrap();
        let mut command = Command::new(PROGRAM);
        command.current_dir(folder.path()).args(["--root", "root"]).args(arguments);
        let output = command.stdin(Stdio::null()).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    };
    check(&["--repository", "acme"], "is not `OWNER/NAME`");
    check(&["--repository", "a/b/c"], "is not `OWNER/NAME`");
    check(&["--repository", "acme/shop=plain"], "cannot use the repository `acme/shop`");
    check(&["--facts", "gone.json"], "cannot read the facts in `gone.json`");
    check(&["--facts", "odd.json"], "`answers` is not an object");
    check(&["--openapi", "odd.json"], "cannot read the description of the API");
}
