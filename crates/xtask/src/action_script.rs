//! What `actions/run.sh` makes of inputs, good and hostile, with a stub in the place of the binary.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::tree::{self, Tree};

/// Writes down its arguments and the variables of interest, then does as it is told.
const STUB: &str = r#"#!/usr/bin/env bash
printf '%s\0' "$@" >>"$STUB_FOLDER/arguments"
printf 'CI=%s asked=%s token=%s%s summary=%s' "${CI:-}" "${IN_SUMMARY:-}" "${IN_TOKEN:-}" \
  "${GITHUB_TOKEN:-}" "${GITHUB_STEP_SUMMARY:-}" >"$STUB_FOLDER/environment"
if [ "$1" = github ]; then printf '%s' "${GITHUB_TOKEN:-}" >"$STUB_FOLDER/told"; exit "${STUB_PUBLISH:-0}"; fi
for it in "$@"; do
  case "$it" in
    --format=json=*) printf '%s' "$STUB_REPORT" >"${it#--format=json=}" ;;
  esac
done
if [ "$1" = selftest ]; then exit "${STUB_SELFTEST:-0}"; fi
exit "${STUB_EXIT:-0}"
"#;

/// Two findings; a witness and a message of theirs hold the word that is counted.
const RED: &str = r#"{
  "summary": {
    "red": 1
  },
  "verdicts": [
    {
      "findings": [
        {
          "fingerprint": "a",
          "message": "\n          \"fingerprint\": ",
          "witness": {
            "fingerprint": "c"
          }
        },
        {
          "fingerprint": "b"
        }
      ]
    }
  ]
}
"#;
const CALM: &str = "{\n  \"summary\": {\n    \"red\": 0\n  }\n}\n";

/// What a run left behind.
struct Run {
    folder: TempDir,
    code: Option<i32>,
    log: String,
}

impl Run {
    fn of(variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let stub = folder.path().join("checks");
        fs::write(&stub, STUB).unwrap();
        fs::set_permissions(&stub, fs::Permissions::from_mode(0o755)).unwrap();
        let script = Tree::find().unwrap().root.join("actions/run.sh");
        let mut command = std::process::Command::new("bash");
        command.arg(script).env_clear().current_dir(folder.path());
        command.env("PATH", std::env::var_os("PATH").unwrap());
        let place = |name: &str| folder.path().join(name);
        command.env("GITHUB_OUTPUT", place("output")).env("GITHUB_STEP_SUMMARY", place("summary"));
        command.env("RUNNER_TEMP", folder.path()).env("STUB_FOLDER", folder.path());
        command.env("CI", "true").env("STUB_REPORT", CALM).env("IN_BINARY", "checks");
        command.envs(variables.iter().copied());
        let output = tree::run(&mut command).unwrap();
        Self { folder, code: output.code, log: output.text }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }

    fn arguments(&self) -> Vec<String> {
        self.read("arguments").split_terminator('\0').map(String::from).collect()
    }

    fn output(&self, name: &str) -> String {
        let text = self.read("output");
        let value = |it: &str| Some(it.strip_prefix(name)?.strip_prefix('=')?.to_owned());
        text.lines().rev().find_map(value).unwrap_or_else(|| "absent".into())
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        entries.map(|it| it.unwrap().path()).collect()
    }
}

fn check_outputs(variables: &[(&str, &str)], verdict: &str, findings: &str, code: i32) {
    let run = Run::of(variables);
    assert_eq!(run.code, Some(code), "{variables:?}\n{}", run.log);
    assert_eq!(run.output("verdict"), verdict, "{variables:?}\n{}", run.log);
    assert_eq!(run.output("findings"), findings, "{variables:?}");
    assert_eq!(run.output("exit-code"), code.to_string(), "{variables:?}");
    let report = run.output("report");
    assert_eq!(Path::new(&report).is_file(), verdict != "error" || findings != "0", "{report}");
}

#[test]
fn outputs_are_written_whatever_the_verdict() {
    check_outputs(&[], "green", "0", 0);
    check_outputs(&[("STUB_EXIT", "1"), ("STUB_REPORT", RED)], "red", "2", 1);
    check_outputs(&[("STUB_EXIT", "1")], "undecided", "0", 1);
    check_outputs(&[("IN_BINARY", "")], "error", "0", 2);
    check_outputs(&[("IN_BINARY", "absent")], "error", "0", 2);
    check_outputs(&[("IN_STRICT", "yes")], "error", "0", 2);
    check_outputs(&[("IN_CHECK_RUN", "1")], "error", "0", 2);
}

#[test]
fn the_highest_bump_of_all_contracts_is_told() {
    let report = |bumps: &[&str]| {
        let contract = |it: &&str| format!("    {{\n      \"bump\": \"{it}\"\n    }}");
        let contracts: Vec<String> = bumps.iter().map(contract).collect();
        format!("{{\n  \"contract\": [\n{}\n  ]\n}}\n", contracts.join(",\n"))
    };
    for (bumps, expected) in [
        (&[][..], "none"),
        (&["patch", "none"], "patch"),
        (&["minor", "major", "none"], "major"),
        (&["none", "minor"], "minor"),
    ] {
        let run = Run::of(&[("STUB_REPORT", &report(bumps))]);
        assert_eq!(run.output("bump"), expected, "{bumps:?}\n{}", run.log);
    }
    assert_eq!(Run::of(&[("IN_BINARY", "")]).output("bump"), "");
}

#[test]
fn a_migration_is_proposed_only_for_red_and_on_demand() {
    let is_asked =
        |variables: &[(&str, &str)]| Run::of(variables).arguments().contains(&"migrate".to_owned());
    let red = [("IN_MIGRATE", "suggest"), ("STUB_EXIT", "1"), ("STUB_REPORT", RED)];
    assert!(is_asked(&red));
    assert!(!is_asked(&[("IN_MIGRATE", "suggest")]));
    assert!(!is_asked(&[("STUB_EXIT", "1"), ("STUB_REPORT", RED)]));
    check_outputs(&[("IN_MIGRATE", "yes")], "error", "0", 2);
}

#[test]
fn only_a_relative_binary_is_looked_for_in_the_workspace() {
    for (binary, shown) in
        [("a/checks", "./a/checks"), ("/a/checks", "/a/checks"), ("D:\\a\\checks", "D:\\a\\checks")]
    {
        let log = Run::of(&[("IN_BINARY", binary)]).log;
        assert!(log.contains(&format!("`{shown}` is no program")), "{log}");
    }
}

#[test]
fn a_selftest_that_fails_is_no_green_and_does_not_hide_red() {
    let selftest = ("IN_SELFTEST", "true");
    check_outputs(&[selftest], "green", "0", 0);
    let survived = Run::of(&[selftest, ("STUB_SELFTEST", "1")]);
    assert_eq!((survived.code, survived.output("verdict").as_str()), (Some(1), "error"));
    let red = [selftest, ("STUB_SELFTEST", "2"), ("STUB_EXIT", "1"), ("STUB_REPORT", RED)];
    check_outputs(&red, "red", "2", 1);
}

#[test]
fn inputs_become_flags() {
    let defaults = Run::of(&[]).arguments();
    assert!(defaults.starts_with(&["run".into(), "--root=.".into()]), "{defaults:?}");
    assert!(defaults.ends_with(&["--strict".into(), "--format=github".into()]), "{defaults:?}");
    let run = Run::of(&[
        ("IN_ROOT", "a b\r\n"),
        ("IN_BASE", "main"),
        ("IN_GATES", "route-audit,policy\n other"),
        ("IN_STRICT", "false"),
        ("IN_SARIF_FILE", "out/a.sarif"),
        ("IN_WRITE_PROOFS", "true"),
        ("IN_ANNOTATIONS", "false"),
    ]);
    let arguments = run.arguments();
    let expected = [
        "--root=a b",
        "--base=main",
        "--gate=route-audit",
        "--gate=policy",
        "--gate=other",
        "--format=sarif=out/a.sarif",
        "--write-proofs",
        "--format=human",
    ];
    for flag in expected {
        assert!(arguments.iter().any(|it| it == flag), "{flag} is not in {arguments:?}");
    }
    assert!(!arguments.contains(&"--strict".into()));
    assert!(run.read("environment").starts_with("CI=false"));
}

#[test]
fn without_a_summary_the_binary_knows_no_place_for_it() {
    let run = Run::of(&[("IN_SUMMARY", "false")]);
    assert!(run.read("environment").ends_with("summary="), "{}", run.read("environment"));
}

#[test]
fn only_what_writes_on_github_sees_the_token() {
    let token = ("IN_TOKEN", "t0ken");
    let alone = Run::of(&[token]);
    assert!(alone.read("environment").contains("token= "), "{}", alone.read("environment"));
    assert!(!alone.arguments().contains(&"publish".into()), "nobody asked for it");
    for (name, flag) in [("IN_COMMENT", "--comment"), ("IN_CHECK_RUN", "--check-run")] {
        let red = [token, (name, "true"), ("STUB_EXIT", "1"), ("STUB_REPORT", RED)];
        let run = Run::of(&red);
        let arguments = run.arguments();
        let report = format!("--report={}", run.output("report"));
        assert!(arguments.ends_with(&["publish".into(), report, flag.into()]), "{arguments:?}");
        assert_eq!(run.read("told"), "t0ken");
        assert_eq!(run.code, Some(1));
        let untold = Run::of(&[token, (name, "true"), ("STUB_PUBLISH", "2")]);
        assert_eq!((untold.code, untold.output("verdict").as_str()), (Some(0), "green"));
        assert!(untold.log.contains("::warning title=proofmark::"), "{}", untold.log);
    }
}

#[test]
fn a_summary_says_that_the_binary_is_local() {
    let check = |from: &str, expected: bool| {
        let run = Run::of(&[("IN_INSTALLED_FROM", from)]);
        assert_eq!(run.read("summary").contains("local binary"), expected, "{from}");
    };
    check("binary", true);
    check("release", false);
    check("tool-cache", false);
}

#[test]
fn the_folder_of_proofs_is_told_if_it_is_there() {
    assert_eq!(Run::of(&[]).output("proofs"), "");
    let here = Tree::find().unwrap().root.display().to_string();
    assert_eq!(Run::of(&[("IN_ROOT", &here)]).output("proofs"), format!("{here}/ops/proofs"));
}

#[test]
fn hostile_inputs_stay_text() {
    let hostile = [
        "$(touch pwned)",
        "`touch pwned`",
        "\"; touch pwned; \"",
        "'; touch pwned; '",
        "a\n::error::pwned",
        "--help",
        "-rf /",
        "* ? [a]",
        "a%0A::warning::b",
        "${IN_BINARY}",
    ];
    for text in hostile {
        let run = Run::of(&[("IN_ROOT", text), ("IN_BASE", text)]);
        assert_eq!(run.code, Some(0), "{text}\n{}", run.log);
        assert!(run.arguments().contains(&format!("--root={text}")), "{:?}", run.arguments());
        assert!(run.arguments().contains(&format!("--base={text}")), "{:?}", run.arguments());
        let names = [
            "IN_GATES",
            "IN_BINARY",
            "IN_STRICT",
            "IN_SELFTEST",
            "IN_LEVEL",
            "IN_CONTRACTS",
            "IN_COMMENT",
            "IN_CHECK_RUN",
            "IN_TOKEN",
            "IN_SUMMARY",
        ];
        for name in names {
            let run = Run::of(&[(name, text)]);
            let commands: Vec<_> = run.log.lines().filter(|it| it.starts_with("::error")).collect();
            assert!(
                commands.iter().all(|it| it.starts_with("::error title=proofmark::")),
                "{}",
                run.log
            );
            assert!(!run.log.contains("\n::warning"), "{}", run.log);
            assert!(!run.files().iter().any(|it| it.ends_with("pwned")), "{name}: {text}");
            assert_eq!(run.read("output").lines().count(), 9, "{name}: {text}");
        }
    }
}
