//! Names of files are text of strangers: none becomes a command of the workflow runner.

use std::collections::BTreeSet;

use crate::repository::{RIVAL, Repository};

/// Folder names that try to start a command, to break a line or to colour a terminal.
const NAMES: [&str; 9] = [
    "a\n::error::planted",
    "b\r::set-output name=planted::x",
    "::warning file=x::planted",
    "c%0A::error::planted",
    "quotes \"and' spaces",
    "\u{1b}[31mred",
    "d,line=1::planted",
    "##[error]planted",
    "e`$(touch planted)`",
];

/// The commands that our own reports may hold.
const OURS: [&str; 3] = ["::error ", "::warning ", "::notice "];

fn hostile() -> Repository {
    let repository = Repository::green();
    for name in NAMES {
        repository.write(&format!("{name}/wrangler.toml"), RIVAL);
        repository.write(&format!("{name}/broken/wrangler.toml"), "name = [\n");
    }
    repository
}

#[test]
fn no_name_starts_a_workflow_command() {
    if !cfg!(unix) {
        return println!("skipped: such names need a Unix system");
    }
    let repository = hostile();
    let answer = repository.checks("run --format github").run().expect(1);
    assert!(!answer.stdout.contains(['\r', '\u{1b}']), "{:?}", answer.stdout);
    let lines = answer.stdout.lines();
    let commands: Vec<&str> =
        lines.filter(|it| it.starts_with("::") || it.starts_with("##[")).collect();
    let open = commands.first().and_then(|it| it.strip_prefix("::stop-commands::"));
    let close = format!("::{}::", open.expect("text for people stands where no command counts"));
    for line in commands.iter().skip(1) {
        assert!(*line == close || OURS.iter().any(|it| line.starts_with(it)), "{line:?}");
        // What follows the type up to `::` is ours, and a name in it is escaped.
        let properties = line.trim_start_matches(':').split("::").next().unwrap_or_default();
        assert!(!properties.contains("planted,line"), "{line:?}");
    }
    assert_eq!(commands.iter().filter(|it| **it == close).count(), 1);
    assert!(!repository.at("planted").exists(), "nothing of a repository is executed");
}

#[test]
fn no_name_breaks_a_format() {
    if !cfg!(unix) {
        return println!("skipped: such names need a Unix system");
    }
    let repository = hostile();
    for format in ["human", "markdown", "junit", "sarif", "json"] {
        let answer = repository.checks("run --color never --format").arg(format).run().expect(1);
        let controls: BTreeSet<char> =
            answer.stdout.chars().filter(|it| it.is_control() && *it != '\n').collect();
        assert_eq!(controls, BTreeSet::new(), "{format}");
        let lines = answer.stdout.lines().chain(answer.stderr.lines());
        let starts = lines.filter(|it| it.starts_with("::") || it.starts_with("##["));
        assert_eq!(starts.count(), 0, "{format}");
    }
    let report = repository.report("run").json();
    let text = report.to_string();
    assert!(text.contains("\\n::error::planted"), "the name itself is told: {text}");
}

#[test]
fn a_proof_of_hostile_names_verifies() {
    if !cfg!(unix) {
        return println!("skipped: such names need a Unix system");
    }
    let repository = hostile();
    repository.checks("run --write-proofs --base none").run().expect(1);
    let text = repository.read("ops/proofs/api-route-audit-20261121-090000.txt");
    assert!(text.lines().count() <= 40, "{text}");
    assert!(text.lines().all(|it| !it.starts_with("::")), "{text}");
    let verify = "proof verify ops/proofs/api-route-audit-20261121-090000.txt";
    repository.checks(verify).run().expect(0);
}
