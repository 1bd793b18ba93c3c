//! Same input, same bytes; and what the command line says of itself.

use std::{fs, io::Read as _, process::Stdio};

use crate::{
    binary::{Checks, path},
    repository::{Repository, WRANGLER},
};

/// Every format but the human one, whose last line tells the time.
const FORMATS: [&str; 5] = ["github", "sarif", "json", "junit", "markdown"];

/// The human report without its only duration.
fn timeless(text: &str) -> String {
    let line = |it: &str| it.rsplit_once(" in ").map_or(it.to_owned(), |(head, _)| head.to_owned());
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let repository = Repository::red();
    repository.write("web/wrangler.toml", "name = \"web\"\nroutes = [\"*/x*y\"]\n");
    repository.write("broken/wrangler.toml", "name = [\n");
    for format in FORMATS {
        let run = |jobs: &str| repository.checks("run --format").arg(format).words(jobs).run();
        let one = run("--jobs 1");
        assert_eq!(one.code, Some(1), "{format}");
        assert_eq!(run("--jobs 8"), one, "{format}");
        assert_eq!(run(""), one, "{format}");
    }
    let human = |jobs: &str| timeless(&repository.checks(jobs).run().stdout);
    assert_eq!(human("--jobs 1"), human("--jobs 8"));
}

#[test]
fn a_repeated_run_says_the_same_with_and_without_a_cache() {
    let repository = Repository::green();
    let cold = repository.report("run").expect(0);
    assert!(repository.at(".git/checks").is_dir(), "a clean run is remembered");
    assert_eq!(repository.report("run"), cold);
    for entry in fs::read_dir(repository.at(".git/checks")).expect("a folder") {
        fs::write(entry.expect("an entry").path(), "damaged").expect("a file");
    }
    assert_eq!(repository.report("run"), cold, "a damaged cache is ignored");
    fs::remove_dir_all(repository.at(".git/checks")).expect("a folder");
    repository.write(".git/checks", "a file where the folder would be");
    assert_eq!(repository.report("run"), cold, "a cache that cannot be written is no matter");
}

#[test]
fn a_remembered_run_forgets_when_its_inputs_change() {
    let repository = Repository::green();
    repository.checks("run").run().expect(0);
    repository.checks("run").run().expect(0);
    repository.write("jobs/wrangler.toml", crate::repository::RIVAL);
    repository.checks("run").run().expect(1);
    fs::remove_dir_all(repository.at("jobs")).expect("a folder");
    repository.checks("run").run().expect(0);
}

#[test]
fn one_run_writes_several_formats() {
    let repository = Repository::red();
    let files = FORMATS.map(|it| format!("--format {it}=out.{it}")).join(" ");
    let answer = repository.checks("run --format json").words(&files).run().expect(1);
    assert_eq!(repository.read("out.json"), answer.stdout);
    for format in FORMATS {
        let alone = repository.checks("run --format").arg(format).run();
        assert_eq!(repository.read(&format!("out.{format}")), alone.stdout, "{format}");
    }
}

#[test]
fn actions_get_annotations_and_a_summary() {
    let repository = Repository::red();
    let summary = repository.at(".git/summary.md");
    let checks = repository.checks("run").env("GITHUB_ACTIONS", "true");
    let answer = checks.env("GITHUB_STEP_SUMMARY", &summary).run().expect(1);
    assert!(answer.stdout.lines().any(|it| it.starts_with("::error ")), "{}", answer.stdout);
    assert!(fs::read_to_string(summary).expect("a summary").contains("route-claimed-twice"));
}

#[test]
fn there_is_no_colour_unless_asked_for() {
    let repository = Repository::red();
    let plain = repository.checks("run").run().stdout;
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    let silenced = repository.checks("run").env("NO_COLOR", "1").run().stdout;
    assert!(!silenced.contains('\u{1b}'), "{silenced:?}");
    let file = repository.checks("run --color always --format human=out.txt --format json").run();
    assert_eq!(file.code, Some(1));
    assert!(!repository.read("out.txt").contains('\u{1b}'));
}

#[test]
fn output_into_a_closed_pipe_ends_quietly() {
    let repository = Repository::green();
    for idx in 0..300 {
        let text = format!("name = \"w{idx}\"\nroutes = [\"api.shop.example/*\"]\n");
        repository.write(&format!("w{idx}/wrangler.toml"), text);
    }
    let mut command = repository.checks("run --format json").into_command();
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("`checks` starts");
    let mut first = [0];
    let mut pipe = child.stdout.take().expect("a pipe");
    pipe.read_exact(&mut first).expect("one byte");
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.code().is_some(), "a signal ended it: {}", output.status);
}

/// The commands of a help text.
fn commands(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|it| !it.starts_with("Commands:")).skip(1);
    let names = lines.take_while(|it| !it.trim().is_empty()).filter_map(|it| {
        let is_name = it.starts_with("  ") && !it.starts_with("   ");
        is_name.then(|| it.split_whitespace().next()).flatten()
    });
    names.filter(|it| *it != "help").map(str::to_owned).collect()
}

fn check_help(folder: &Repository, words: &str) {
    let answer = folder.checks(words).words("--help").run().expect(0);
    let help = &answer.stdout;
    let is_example =
        |it: &str| ["  checks ", "  git push "].iter().any(|word| it.starts_with(word));
    let mut examples = help.lines().skip_while(|it| !it.starts_with("Example"));
    assert!(examples.any(is_example), "`checks {words} --help` has no example:\n{help}");
    for command in commands(help) {
        check_help(folder, &format!("{words} {command}"));
    }
}

#[test]
fn every_help_has_an_example() {
    check_help(&Repository::bare_folder(), "");
}

#[test]
fn completions_and_manual_pages_are_made() {
    let folder = Repository::bare_folder();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let answer = folder.checks("completions").arg(shell).run().expect(0);
        assert!(
            answer.stdout.contains("route-audit") || answer.stdout.contains("explain"),
            "{shell}"
        );
    }
    folder.checks("man pages").run().expect(0);
    let page = folder.read("pages/checks-run.1");
    assert!(page.contains("write\\-proofs"), "{page}");
}

#[cfg(unix)]
#[test]
fn completion_knows_the_services_of_the_repository() {
    let repository = Repository::new();
    for name in ["gateway", "gate-keeper", "jobs", "g$(touch owned)", "g h"] {
        repository.write(&format!("contracts/{name}.openapi.json"), crate::sdk::orders());
    }
    for shell in ["zsh", "fish"] {
        let script = repository.checks("completions").arg(shell).run().expect(0).stdout;
        assert!(script.contains("checks sdk services"), "{shell}: {script}");
        assert!(!script.contains("how the service is called]:NAME:_default"), "{script}");
    }
    let script = repository.checks("completions bash").run().expect(0).stdout;
    repository.write("completions.bash", script);
    let ask = "source ./completions.bash; COMP_WORDS=(checks sdk generate --service g); COMP_CWORD=4; _checks_or_services checks g --service; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let mut command = crate::binary::clean("bash", repository.path());
    let folder = crate::binary::path().parent().unwrap().to_owned();
    let ask = format!("PATH='{}':$PATH; {ask}", folder.display());
    command.args(["-c", &ask]);
    let found = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert_eq!(found, "gate-keeper\ngateway\n");
    assert!(!repository.at("owned").exists());
}

#[test]
fn the_schema_lists_what_the_policy_takes() {
    let folder = Repository::bare_folder();
    let schema = folder.checks("config schema").run().expect(0).json();
    let text = schema.to_string();
    for key in ["public-hosts", "require-proof", "max-waiver-days", "new-only"] {
        assert!(text.contains(key), "{key}");
    }
}

#[test]
fn every_rule_can_be_explained() {
    let folder = Repository::bare_folder();
    let rules = folder.checks("rules --format json").run().expect(0).json();
    let rules = rules.as_array().or_else(|| rules["rules"].as_array()).expect("a list").clone();
    assert!(!rules.is_empty());
    for rule in rules {
        let id = rule["id"].as_str().expect("an id");
        let answer = folder.checks("explain").arg(id).run().expect(0);
        assert!(answer.stdout.contains(id), "{id}");
    }
}

#[test]
fn the_instant_comes_from_outside() {
    let repository = Repository::green();
    let instant = |checks: Checks| {
        let report = checks.words("run --format json").run().expect(0).json();
        report["now"].as_str().expect("an instant").to_owned()
    };
    let plain = || Checks::plain(repository.path());
    assert_eq!(instant(plain().env("SOURCE_DATE_EPOCH", "0")), "1970-01-01T00:00:00Z");
    let both = plain().env("SOURCE_DATE_EPOCH", "0").words("--now 2026-01-02T03:04:05Z");
    assert_eq!(instant(both), "2026-01-02T03:04:05Z");
    plain().words("run --now yesterday").run().expect(2);
    plain().words("run").env("SOURCE_DATE_EPOCH", "soon").run().expect(2);
}

#[test]
fn line_ends_and_marks_change_no_answer() {
    let repository = Repository::green();
    let before = repository.report("run --base none").expect(0);
    repository.write("api/wrangler.toml", format!("\u{feff}{}", WRANGLER.replace('\n', "\r\n")));
    assert_eq!(repository.report("run --base none").expect(0), before);
    assert!(path().is_file());
}

#[test]
fn a_reader_that_goes_away_does_not_change_the_verdict() {
    let repository = Repository::red();
    let mut command = repository.checks("run --format sarif").into_command();
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
    // The report is larger than what a pipe holds.
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn what_cannot_be_taken_is_said_once_and_by_name() {
    let repository = Repository::green();
    repository.write("checks.toml", "[[[\n");
    let answer = repository.checks("run").run().expect(2);
    assert_eq!(answer.stderr.matches("cannot read").count(), 1, "{}", answer.stderr);
    let answer = repository.checks("run --gate key-rotation").run().expect(2);
    let hint = "did you mean `contract-gate` or `policy` or `route-audit` or `sdk-sync`?";
    assert!(answer.stderr.contains(hint), "{}", answer.stderr);
    repository.write("checks.toml", "");
    repository.write("ops", "a file where a folder belongs");
    let answer = repository.checks("run --write-proofs").run().expect(2);
    assert_eq!(answer.stderr.matches("os error").count(), 1, "{}", answer.stderr);
    let run = repository.checks("run").env("GITHUB_ACTIONS", "true");
    let answer = run.env("GITHUB_STEP_SUMMARY", repository.path()).run().expect(2);
    assert!(answer.stderr.contains("cannot write `"), "{}", answer.stderr);
}

#[test]
fn two_roots_of_one_clone_are_remembered_apart() {
    let repository = Repository::new();
    let policy = "[gates.route-audit]\nrequire-proof = \"on-change\"\n";
    let worker = |routes: &str| format!("name = \"api\"\nworkers_dev = false\n{routes}");
    let routed = worker("routes = [\"api.shop.example/*\"]\n");
    for (root, text) in [("same", &routed), ("other", &worker(""))] {
        repository.write(&format!("{root}/wrangler.toml"), text);
        repository.write(&format!("{root}/checks.toml"), policy);
    }
    repository.commit("two roots");
    repository.write("other/wrangler.toml", &routed);
    let judge = |root: &str| repository.checks("run --root").arg(repository.at(root)).run();
    judge("same").expect(0);
    assert_eq!(judge("other").code, Some(1), "only this one differs from base, and needs a proof");
}
