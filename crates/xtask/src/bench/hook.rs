use std::{fs, path::Path};

use anyhow::Result;

use crate::{
    bench::{
        checks, commit_all, cost, folder, git, print_cost,
        stopwatch::{Program, measure},
    },
    generate,
    tree::{self, Tree},
};

const SERVICES: usize = 1000;
const ROUNDS: usize = 15;

/// A push of one commit with our hook, in turn with a push that has an empty one.
pub(super) fn run(tree: &Tree) -> Result<()> {
    let top = folder(tree, "hook");
    let clone = prepare(tree, &top)?;
    let branches = [("irrelevant", "50 ms"), ("service", "500 ms")];
    for (branch, target) in branches {
        git(tree, &clone, &["checkout", "--quiet", branch])?;
        let push = |name: &str, hooks: &str| {
            let hooks = format!("core.hooksPath={}", top.join(hooks).display());
            let words = ["-c", &hooks, "push", "--dry-run", "--quiet", "origin", branch];
            let name = format!("push, {name}");
            Program::new(&name, "git", &words).in_folder(&clone)
        };
        let ours = push("our hook", "ours").forgetting(clone.join(".git/checks"));
        let costs = measure(tree, ROUNDS, &[ours, push("empty hook", "empty")])?;
        println!("  one commit: {branch}");
        costs.iter().for_each(print_cost);
        let (ours, empty) = (cost(&costs, 0)?.wall(), cost(&costs, 1)?.wall());
        let (best, median) = (ours.best - empty.best, ours.median - empty.median);
        println!(
            "  = our hook adds {best:.1} ms (best), {median:.1} ms (median)   target {target}"
        );
    }
    Ok(())
}

/// A clone with two branches of one commit each, and two folders of hooks.
fn prepare(tree: &Tree, top: &Path) -> Result<std::path::PathBuf> {
    let (origin, clone) = (top.join("origin"), top.join("clone"));
    generate::write(top, std::iter::empty())?;
    generate::write(&origin, generate::monorepo::files(SERVICES))?;
    commit_all(tree, &origin)?;
    git(tree, &origin, &["config", "receive.denyCurrentBranch", "ignore"])?;
    git(tree, top, &["clone", "--quiet", "--no-local", "origin", "clone"])?;
    let changes = [("irrelevant", "README.md"), ("service", "services/svc-0007/wrangler.toml")];
    for (branch, file) in changes {
        git(tree, &clone, &["checkout", "--quiet", "-b", branch, "origin/main"])?;
        let text = fs::read_to_string(clone.join(file)).unwrap_or_default() + "# One more line.\n";
        fs::write(clone.join(file), text)?;
        git(tree, &clone, &["add", "--all"])?;
        git(tree, &clone, &["commit", "--quiet", "--message=change"])?;
    }
    hooks(tree, top, &clone)?;
    Ok(clone)
}

fn hooks(tree: &Tree, top: &Path, clone: &Path) -> Result<()> {
    for name in ["ours", "empty"] {
        let folder = top.join(name);
        fs::create_dir_all(&folder)?;
        git(tree, clone, &["config", "core.hooksPath", &folder.to_string_lossy()])?;
        let root = clone.to_string_lossy();
        tree::answer(tree.command(checks(tree)).args(["--root", &root, "hook", "install"]))?;
    }
    // The empty hook keeps its place and its rights, and loses all that it does.
    fs::write(top.join("empty/pre-push"), "#!/bin/sh\nexit 0\n")?;
    Ok(())
}
