//! What CI runs. A new step is one entry in [`STEPS`] and one function.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::{
    docs, peers,
    step::{Answer, Step},
    test_results, tidy,
    tools::{self, Missing},
    tree::{self, Tree},
};

/// All steps, in the order in which they run; none needs another's result.
const STEPS: &[Step] = &[
    Step { name: "fmt", about: "the code is formatted", run: fmt },
    Step { name: "tidy", about: "the house is in order", run: tidy::step },
    Step { name: "clippy", about: "the code has no lints", run: clippy },
    Step { name: "docs", about: "generated files are up to date", run: docs::step },
    Step {
        name: "oracles",
        about: "the peers in tests/node answer as recorded",
        run: peers::oracles,
    },
    Step {
        name: "router",
        about: "the owners of 10,000 generated URLs are those of miniflare's router",
        run: peers::router,
    },
    Step { name: "test", about: "the tests of all crates", run: test },
    Step { name: "deny", about: "licences, bans and sources of dependencies", run: deny },
    Step { name: "advisories", about: "no dependency has a known hole", run: advisories },
    Step { name: "actionlint", about: "workflows are well formed", run: peers::actionlint },
    Step {
        name: "workflows",
        about: "workflows and actions follow GitHub's schema",
        run: peers::schemas,
    },
    Step { name: "zizmor", about: "workflows and actions are safe", run: peers::zizmor },
    Step { name: "python", about: "peers in Python agree", run: peers::python },
    Step { name: "doc", about: "the documentation of the code has no warnings", run: doc },
];

/// Prints the names of all steps.
pub(crate) fn list() -> bool {
    for step in STEPS {
        println!("{:14} {}", step.name, step.about);
    }
    true
}

/// Runs the steps of these names, or all; true if nothing failed.
pub(crate) fn run(tree: &Tree, names: &[String]) -> Result<bool> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|it| it.name != **name)) {
        bail!("there is no step `{unknown}`; `cargo xtask test --list` names them");
    }
    let is_chosen = |it: &&Step| names.is_empty() || names.iter().any(|name| name == it.name);
    let mut total = Answer::default();
    let mut failures = Vec::new();
    for step in STEPS.iter().filter(is_chosen) {
        let answer = run_step(tree, step);
        if answer.failed > 0 {
            failures.push(step.name);
        }
        total = total.and(answer);
    }
    if !failures.is_empty() {
        println!("\nfailed: {}; repeat one by `cargo xtask test <name>`", failures.join(", "));
    }
    println!("{}", closing_line(&total));
    Ok(total.failed == 0)
}

fn run_step(tree: &Tree, step: &Step) -> Answer {
    println!("==> {}: {}", step.name, step.about);
    let start = Instant::now();
    let answer = (step.run)(tree).unwrap_or_else(|err| match err.downcast::<Missing>() {
        Ok(missing) => Answer::skipped(missing.to_string()),
        Err(err) => Answer::failed(format!("{err:#}\n")),
    });
    if answer.failed > 0 {
        println!("{}", answer.output);
    }
    for reason in &answer.skipped {
        println!("skipped: {reason}");
    }
    let word = if answer.failed > 0 { "FAILED" } else { "ok" };
    let Answer { passed, failed, .. } = answer;
    println!(
        "    {word}: {passed} of {} in {:.1} s",
        passed + failed,
        start.elapsed().as_secs_f32()
    );
    answer
}

/// The last line of a run; whoever counts tests reads this one.
fn closing_line(total: &Answer) -> String {
    let Answer { passed, failed, skipped, .. } = total;
    let skipped = match skipped.len() {
        0 => String::new(),
        n_skipped => format!(", {n_skipped} skipped"),
    };
    format!("{passed} passed, {failed} failed{skipped}")
}

fn fmt(tree: &Tree) -> Result<Answer> {
    Ok(Answer::of(tree::run(&mut tree.cargo(&["fmt", "--all", "--check"]))?))
}

fn clippy(tree: &Tree) -> Result<Answer> {
    let arguments = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--keep-going",
        "--locked",
        "--",
        "-D",
        "warnings",
    ];
    Ok(Answer::of(tree::run(&mut tree.cargo(&arguments))?))
}

fn test(tree: &Tree) -> Result<Answer> {
    // Tests that compare with the peers in tests/node say themselves when these are absent.
    tools::node(tree).ok();
    // The same for what runs our actions and looks at the templates of `checks init`.
    tools::act(tree).ok();
    tools::actionlint(tree).ok();
    tools::python(tree).ok();
    let arguments = ["test", "--workspace", "--locked", "--no-fail-fast", "--", "--show-output"];
    let output = tree::run(tree.cargo(&arguments).env("INSTA_UPDATE", "no"))?;
    let mut answer = test_results::count(&output.text);
    if !output.is_success {
        // A crate that does not build has no results, and yet it is a failure.
        answer.failed = answer.failed.max(1);
        answer.output = output.text;
    }
    Ok(answer)
}

fn doc(tree: &Tree) -> Result<Answer> {
    let mut command = tree.cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    Ok(Answer::of(tree::run(command.env("RUSTDOCFLAGS", "-D warnings"))?))
}

fn deny(tree: &Tree) -> Result<Answer> {
    let mut command = tree.command(tools::cargo_deny(tree)?);
    command.args(["--workspace", "--locked", "check", "licenses", "bans", "sources"]);
    Ok(Answer::of(tree::run(&mut command)?))
}

fn advisories(tree: &Tree) -> Result<Answer> {
    let program = tools::cargo_deny(tree)?;
    let fetched = tree::run(tree.command(&program).args(["fetch", "db"]))?;
    if !fetched.is_success {
        return Ok(Answer::skipped("the database of advisories cannot be reached"));
    }
    let mut command = tree.command(program);
    command.args(["--workspace", "--locked", "check", "advisories"]);
    Ok(Answer::of(tree::run(&mut command)?))
}

#[cfg(test)]
mod tests {
    use super::{STEPS, closing_line};
    use crate::step::Answer;

    #[test]
    fn the_closing_line_mentions_skips_only_if_there_are_any() {
        let mut total = Answer { passed: 12, failed: 1, ..Answer::default() };
        assert_eq!(closing_line(&total), "12 passed, 1 failed");
        total = total.and(Answer::skipped("no Go"));
        assert_eq!(closing_line(&total), "12 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn names_of_steps_are_different() {
        let mut names: Vec<_> = STEPS.iter().map(|it| it.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STEPS.len());
    }
}
