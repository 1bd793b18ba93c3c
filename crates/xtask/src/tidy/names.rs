//! Modules are named after what they hold.

use crate::tidy::{Fault, Sources};

const BANNED: &[&str] =
    &["util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"];

pub(super) fn check(sources: &Sources) -> Vec<Fault> {
    sources.texts.keys().filter_map(|path| fault(path)).collect()
}

fn fault(path: &str) -> Option<Fault> {
    if path.rsplit('/').next() == Some("build.rs") {
        return Some(Fault::new(path, 1, "nothing is made at build time; see Generated files"));
    }
    let stem = |part: &str| part.split('.').next().unwrap_or_default().to_owned();
    let banned = path.split('/').map(stem).find(|it| BANNED.contains(&it.as_str()))?;
    let message =
        format!("`{banned}` says nothing; a function without a home shows a missing type");
    Some(Fault::new(path, 1, message))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn names_that_say_nothing_are_faults() {
        let check = |path: &str, is_fault: bool| {
            assert_eq!(fault(path).is_some(), is_fault, "{path}");
        };
        check("crates/kernel/src/utils.rs", true);
        check("checks/src/common/mod.rs", true);
        check("tests/node/helpers.mjs", true);
        check("checks/build.rs", true);
        check("checks/src/report.rs", false);
        check("docs/guides/common-questions.md", false);
        check("checks/src/rules/manager_without_team/mod.rs", false);
    }
}
