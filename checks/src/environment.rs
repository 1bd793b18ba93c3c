//! What the environment says, read once in `main`.

use std::{collections::BTreeMap, ffi::OsString};

/// The variables that may change an answer; everything else in the environment is ignored.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
}

impl Environment {
    /// Keeps the variables that we know; names or values that are not UTF-8 are left out.
    pub fn from_variables(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let known = |name: &str| {
            let prefixes = ["GITHUB_", "RUNNER_", "IN_", "CHECKS_", "PRE_COMMIT_"];
            let names = [
                "CI",
                "SOURCE_DATE_EPOCH",
                "NO_COLOR",
                "COLUMNS",
                "TERM",
                "GH_TOKEN",
                "HOME",
                "HTTPS_PROXY",
                "HTTP_PROXY",
                "NO_PROXY",
                "https_proxy",
                "http_proxy",
                "no_proxy",
            ];
            prefixes.iter().any(|it| name.starts_with(it)) || names.contains(&name)
        };
        let text = |it: OsString| it.into_string().ok();
        let pairs =
            variables.into_iter().filter_map(|(name, value)| Some((text(name)?, text(value)?)));
        Self { variables: pairs.filter(|(name, _)| known(name)).collect() }
    }

    /// A variable that is set and not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|it| !it.is_empty())
    }

    /// `CI=true`: undecided counts, and the stricter policy holds.
    #[must_use]
    pub fn is_ci(&self) -> bool {
        matches!(self.get("CI"), Some("true" | "1"))
    }

    /// A run of GitHub Actions.
    #[must_use]
    pub fn is_github_actions(&self) -> bool {
        self.get("GITHUB_ACTIONS") == Some("true")
    }
}
