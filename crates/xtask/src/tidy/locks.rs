//! Lock files name no registry but the public ones.

use crate::tidy::{Fault, Sources};

/// Name of a lock file, how a line names a source, and the only source allowed.
const LOCKS: &[(&str, &str, &str)] = &[
    ("package-lock.json", "\"resolved\": \"", "https://registry.npmjs.org/"),
    ("Cargo.lock", "source = \"", "registry+https://github.com/rust-lang/crates.io-index\""),
];

pub(super) fn check(sources: &Sources) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, mark, allowed) in LOCKS {
        let files = sources.ending(name).filter(|(path, _)| path.rsplit('/').next() == Some(name));
        for (path, text) in files {
            let lines = text.lines().enumerate();
            let foreign = lines.filter(|(_, line)| is_foreign(line, mark, allowed));
            let message = format!("a source other than `{allowed}`");
            faults.extend(foreign.map(|(idx, _)| Fault::new(path, idx + 1, &message)));
        }
    }
    faults
}

fn is_foreign(line: &str, mark: &str, allowed: &str) -> bool {
    line.trim_start().strip_prefix(mark).is_some_and(|source| !source.starts_with(allowed))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Sources;

    #[test]
    fn foreign_registries_are_faults() {
        let npm = "{\n \"resolved\": \"https://registry.npmjs.org/a\"\n \"resolved\": \"https://npm.example/b\"\n}";
        let cargo = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nsource = \"git+https://git.example/a\"\n";
        let sources =
            Sources::sample(&[("tests/node/package-lock.json", npm), ("Cargo.lock", cargo)]);
        let lines: Vec<_> = check(&sources).into_iter().map(|it| (it.path, it.line)).collect();
        assert_eq!(lines, [("tests/node/package-lock.json".into(), 3), ("Cargo.lock".into(), 2)]);
    }
}
