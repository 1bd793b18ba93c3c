//! What STYLE.md marks as enforced, and what else a reviewer should not have to say.
//!
//! A check is a function from [`Sources`] to faults. Sizes of functions, numbers of parameters and
//! nesting are clippy's part (`clippy.toml`).

mod dependencies;
mod imports;
mod locks;
mod markdown;
mod marks;
mod names;
mod pins;
mod places;
mod purity;
mod registry;
mod rust_text;
mod sizes;

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;

use crate::{step::Answer, tidy::rust_text::RustText, tree::Tree};

/// All checks of files.
const CHECKS: &[fn(&Sources) -> Vec<Fault>] = &[
    imports::check,
    locks::check,
    markdown::check,
    marks::check,
    names::check,
    pins::check,
    places::check,
    purity::check,
    registry::check,
    sizes::check,
];

/// One thing out of order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    path: String,
    line: usize,
    message: String,
}

impl Fault {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.into(), line, message: message.into() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// The texts that are looked at, by path.
#[derive(Default)]
pub(crate) struct Sources {
    texts: BTreeMap<String, String>,
    rust: BTreeMap<String, RustText>,
}

impl Sources {
    /// Reads all files of the repository that are text.
    pub(crate) fn read(tree: &Tree) -> Result<Self> {
        let mut files = Vec::new();
        for path in tree.files()? {
            let bytes = std::fs::read(tree.root.join(&path))?;
            if let Ok(text) = String::from_utf8(bytes) {
                files.push((path, text));
            }
        }
        Ok(Self::of(files))
    }

    fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut sources = Self::default();
        for (path, text) in files {
            if has_ending(&path, "rs") {
                sources.rust.insert(path.clone(), RustText::of(&text));
            }
            sources.texts.insert(path, text);
        }
        sources
    }

    #[cfg(test)]
    fn sample(files: &[(&str, &str)]) -> Self {
        Self::of(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
    }

    /// Path and text of every file whose name ends so.
    fn ending<'a>(&'a self, end: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let all = self.texts.iter().filter(move |(path, _)| path.ends_with(end));
        all.map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Every Rust file, taken apart.
    fn rust(&self) -> impl Iterator<Item = (&str, &RustText)> {
        self.rust.iter().map(|(path, text)| (path.as_str(), text))
    }
}

/// Prints what is out of order; true if nothing is.
pub(crate) fn run(tree: &Tree) -> Result<bool> {
    let faults = faults(tree)?;
    for fault in &faults {
        println!("{fault}");
    }
    println!("tidy: {} faults", faults.len());
    Ok(faults.is_empty())
}

/// The same as a step of the suite.
pub(crate) fn step(tree: &Tree) -> Result<Answer> {
    let faults = faults(tree)?;
    let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
    Ok(if faults.is_empty() { Answer::passed() } else { Answer::failed(lines.join("\n")) })
}

fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == ending)
}

fn faults(tree: &Tree) -> Result<Vec<Fault>> {
    let sources = Sources::read(tree)?;
    let mut faults: Vec<_> = CHECKS.iter().flat_map(|check| check(&sources)).collect();
    faults.extend(dependencies::check(&tree.metadata()?));
    faults.sort();
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use crate::{tidy::faults, tree::Tree};

    #[test]
    fn this_repository_is_tidy() {
        let faults = faults(&Tree::find().unwrap()).unwrap();
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }
}
