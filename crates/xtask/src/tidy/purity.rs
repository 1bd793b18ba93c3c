//! The kernel and the engines do no input or output, and a judge does not lean on the search.

use crate::tidy::{Fault, Sources};

/// Crates without disk, git, net, clock and terminal.
const PURE: &[&str] = &["crates/kernel/src/", "crates/routes/src/", "crates/wrangler/src/"];

/// What reaches outside.
const OUTSIDE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "Instant::now",
    "SystemTime",
];

/// Where `anyhow` may be: where messages end and nobody matches on the error.
const SHELL: &[&str] =
    &["checks/src/main.rs", "checks/src/cli.rs", "checks/src/cli/", "crates/xtask/"];

/// Modules that decide whether a witness holds.
const JUDGES: &[&str] = &["crates/routes/src/judge"];

/// What a judge may know of its own crate: the words, not the search.
const WORDS: &[&str] = &["judge", "pattern", "request"];

pub(super) fn check(sources: &Sources) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in sources.rust() {
        let is_in = |folders: &[&str]| folders.iter().any(|it| path.starts_with(it));
        for (number, line) in text.lines_without_tests() {
            let outside = OUTSIDE.iter().find(|it| line.contains(**it));
            if let Some(name) = outside.filter(|_| is_in(PURE)) {
                faults.push(Fault::new(
                    path,
                    number,
                    format!("`{name}` in a crate without input and output"),
                ));
            }
            if line.contains("anyhow") && !is_in(SHELL) {
                faults.push(Fault::new(
                    path,
                    number,
                    "`anyhow` outside the command line; name the errors",
                ));
            }
            if is_in(JUDGES) && leans_on_search(line) {
                faults.push(Fault::new(
                    path,
                    number,
                    "a judge that uses the search proves nothing",
                ));
            }
        }
    }
    faults
}

/// Does this line name a module of the own crate that is not among the words?
fn leans_on_search(line: &str) -> bool {
    let mut pieces = line.split("crate::");
    pieces.next();
    pieces.any(|it| {
        let end = it.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(it.len());
        !WORDS.contains(&it.get(..end).unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Sources;

    fn lines(path: &str, text: &str, expected: &[usize]) {
        let faults = check(&Sources::sample(&[(path, text)]));
        let lines: Vec<_> = faults.iter().map(|it| it.line).collect();
        assert_eq!(lines, expected, "{path}: {text}");
    }

    #[test]
    fn engines_do_not_reach_outside() {
        lines("crates/routes/src/a.rs", "use std::fs;\n// std::fs\n", &[1]);
        lines("crates/routes/src/a.rs", "a();\n#[cfg(test)]\nuse std::fs;\n", &[]);
        lines("checks/src/a.rs", "use std::fs;\n", &[]);
    }

    #[test]
    fn errors_have_names_outside_the_command_line() {
        lines("checks/src/run.rs", "use anyhow::Result;\n", &[1]);
        lines("checks/src/cli/run.rs", "use anyhow::Result;\n", &[]);
    }

    #[test]
    fn judges_know_words_only() {
        lines("crates/routes/src/judge.rs", "use crate::pattern::Pattern;\n", &[]);
        lines("crates/routes/src/judge.rs", "use crate::{pattern::A, forest::B};\n", &[1]);
        lines("crates/routes/src/judge.rs", "let a = crate::forest::find();\n", &[1]);
        lines("crates/routes/src/twins.rs", "use crate::forest::A;\n", &[]);
    }
}
