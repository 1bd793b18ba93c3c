use std::fs;

use anyhow::Result;

use crate::{
    bench::{
        checks, cost, folder, print_cost, print_ratio,
        stopwatch::{Program, measure},
    },
    tree::{self, Tree},
};

/// `checks --version` against a Rust program that does nothing.
pub(super) fn run(tree: &Tree) -> Result<()> {
    let folder = folder(tree, "empty");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("empty.rs"), "fn main() {}\n")?;
    let mut rustc = tree.command("rustc");
    tree::answer(rustc.args(["-O", "-o", "empty", "empty.rs"]).current_dir(&folder))?;
    let ours = Program::new("checks --version", checks(tree), &["--version"]);
    let empty = Program::new("empty process", folder.join("empty"), &[]);
    let costs = measure(tree, 101, &[ours, empty])?;
    costs.iter().for_each(print_cost);
    let (ours, empty) = (cost(&costs, 0)?, cost(&costs, 1)?);
    print_ratio("start / empty process", ours.wall(), empty.wall(), "3 ms; floor 1.6 ms");
    Ok(())
}
