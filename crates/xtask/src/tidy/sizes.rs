//! Files and rules stay small.

use crate::tidy::{Fault, Sources};

const MAX_FILE: usize = 400;
const MAX_RULE: usize = 300;
const SCRIPTS: &[&str] = &[".mjs", ".py", ".sh"];

pub(super) fn check(sources: &Sources) -> Vec<Fault> {
    let rust = sources.rust().filter(|(path, _)| !is_test(path)).map(|(path, text)| {
        let max = if path.starts_with("checks/src/rules/") { MAX_RULE } else { MAX_FILE };
        (path, text.n_lines_without_tests, max)
    });
    let scripts = SCRIPTS.iter().flat_map(|end| sources.ending(end));
    let scripts = scripts.map(|(path, text)| (path, text.lines().count(), MAX_FILE));
    let too_long = rust.chain(scripts).filter(|(_, n_lines, max)| n_lines > max);
    let fault = |(path, n_lines, max): (&str, usize, usize)| {
        Fault::new(path, max + 1, format!("{n_lines} lines without tests, {max} are allowed"))
    };
    too_long.map(fault).collect()
}

/// Is this a file of tests alone?
fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.starts_with("tests/") || path.contains("/tests/")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Sources;

    #[test]
    fn only_lines_before_the_tests_count() {
        let long = "\n".repeat(301);
        let tested = format!("#[cfg(test)]\n{}", "\n".repeat(1000));
        let longer = "\n".repeat(401);
        let sources = Sources::sample(&[
            ("checks/src/run.rs", &long),
            ("checks/src/rules/a/mod.rs", &long),
            ("checks/src/tested.rs", &tested),
            ("checks/src/report.rs", &longer),
            ("checks/tests/report.rs", &longer),
            ("actions/setup/install.sh", &longer),
        ]);
        let paths: Vec<_> = check(&sources).into_iter().map(|it| it.path).collect();
        let expected =
            ["checks/src/report.rs", "checks/src/rules/a/mod.rs", "actions/setup/install.sh"];
        assert_eq!(paths, expected);
    }
}
