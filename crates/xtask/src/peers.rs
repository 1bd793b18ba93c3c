//! Steps that run the programs of others.

use anyhow::Result;

use crate::{
    soak::router,
    step::Answer,
    tools,
    tree::{self, Tree},
};

/// A script ends so if it could not look; its last line says why.
const SKIPPED: i32 = 77;

/// Workflows to copy from.
const EXAMPLE: &str = "examples/shop/.github/workflows/";

/// Runs every `tests/node/*.test.mjs`.
pub(crate) fn oracles(tree: &Tree) -> Result<Answer> {
    let mut command = tree.command(tools::node(tree)?);
    command.args(["--test", "--test-reporter=tap"]).args(named(tree, "tests/node/", ".test.mjs")?);
    command.env("WRANGLER_SEND_METRICS", "false").env("CHECKS_BINARY", tree.checks()?);
    let output = tree::run(&mut command)?;
    let skipped = output.text.lines().filter_map(|it| it.split_once(" # SKIP ")).map(|it| it.1);
    let skipped = skipped.map(String::from).collect();
    Ok(Answer::of(output).and(Answer { skipped, ..Answer::default() }))
}

/// The short form of `cargo xtask soak routes`, along the same way each time.
pub(crate) fn router(tree: &Tree) -> Result<Answer> {
    const SEED: u64 = 1;
    let comparison = router::compare(tree, &tools::node(tree)?, SEED, router::IN_SUITE)?;
    println!("    {comparison}");
    let is_good = comparison.is_good();
    Ok(if is_good { Answer::passed() } else { Answer::failed(comparison.to_string()) })
}

/// Runs every `tests/python/check_*.py`; each is one test, and what it needs is in `requirements.txt`.
///
/// A script finds the built binary in `CHECKS_BINARY`. It ends with 0 if all is well and with 77 if
/// it could not look.
pub(crate) fn python(tree: &Tree) -> Result<Answer> {
    let scripts = named(tree, "tests/python/check_", ".py")?;
    if scripts.is_empty() {
        return Ok(Answer::default());
    }
    let python = tools::python(tree)?;
    let binary = tree.checks()?;
    let mut total = Answer::default();
    for script in &scripts {
        let output = tree::run(tree.command(&python).arg(script).env("CHECKS_BINARY", &binary))?;
        let last = output.text.lines().next_back().unwrap_or_default();
        let is_skipped = output.code == Some(SKIPPED);
        total = total.and(if is_skipped {
            Answer::skipped(format!("{script}: {last}"))
        } else {
            Answer::of(output)
        });
    }
    Ok(total)
}

/// Is every workflow well formed?
pub(crate) fn actionlint(tree: &Tree) -> Result<Answer> {
    let mut command = tree.command(tools::actionlint(tree)?);
    command.args(named(tree, ".github/workflows/", ".yml")?);
    command.args(named(tree, EXAMPLE, ".yml")?);
    Ok(Answer::of(tree::run(&mut command)?))
}

/// Has every workflow and every action only the rights it needs, and no way in?
pub(crate) fn zizmor(tree: &Tree) -> Result<Answer> {
    let python = tools::python(tree)?;
    let mut command = tree.command(python.with_file_name("zizmor"));
    command.args(["--offline", "--persona", "auditor", "--no-progress", "--color", "never"]);
    command.args([".github", "actions", "action.yml", "examples/shop/.github"]);
    Ok(Answer::of(tree::run(&mut command)?))
}

/// Does every workflow and every action follow the schema that GitHub publishes?
pub(crate) fn schemas(tree: &Tree) -> Result<Answer> {
    let python = tools::python(tree)?;
    let workflows = [named(tree, ".github/workflows/", ".yml")?, named(tree, EXAMPLE, ".yml")?];
    let actions = named(tree, "", "action.yml")?;
    let kinds = [
        ("vendor.github-workflows", workflows.concat()),
        ("vendor.github-actions", actions),
        ("vendor.dependabot", vec![".github/dependabot.yml".into()]),
    ];
    let mut total = Answer::default();
    for (schema, files) in kinds {
        let mut command = tree.command(python.with_file_name("check-jsonschema"));
        command.args(["--builtin-schema", schema]).args(files);
        total = total.and(Answer::of(tree::run(&mut command)?));
    }
    Ok(total)
}

/// Our files that start and end so.
fn named(tree: &Tree, start: &str, end: &str) -> Result<Vec<String>> {
    let mut files = tree.files()?;
    files.retain(|it| it.starts_with(start) && it.ends_with(end));
    Ok(files)
}
