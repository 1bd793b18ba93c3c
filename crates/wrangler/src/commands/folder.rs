/// A folder that a command text goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Folder {
    /// Seen from where the text starts; empty for that folder itself.
    FromStart(String),
    /// Seen from the root of the repository.
    FromRoot(String),
    /// Only the run knows.
    Unknown,
}

/// What a path of a command means in the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A path from the root of the repository; empty for the root.
    Inside(String),
    /// Something that no repository holds.
    Outside,
    /// Only the run knows.
    Unknown,
}

/// Ways to write the root of the repository in a workflow.
const ROOTS: [&str; 4] = [
    "$GITHUB_WORKSPACE",
    "${GITHUB_WORKSPACE}",
    "${{ github.workspace }}",
    "${{github.workspace}}",
];

impl Folder {
    /// Where `cd PATH` leads from here; absolute paths lead out of sight.
    pub(crate) fn enter(&self, path: &str, is_dynamic: bool) -> Self {
        if let Some(rest) = below_root(path) {
            return if rest.contains('$') {
                Self::Unknown
            } else {
                Self::FromRoot(rest.to_owned())
            };
        }
        if is_dynamic || path.starts_with(['/', '~', '-']) || path.is_empty() {
            return Self::Unknown;
        }
        match self {
            Self::FromStart(folder) => Self::FromStart(format!("{folder}/{path}")),
            Self::FromRoot(folder) => Self::FromRoot(format!("{folder}/{path}")),
            Self::Unknown => Self::Unknown,
        }
    }

    /// What a path means that is written in this folder of a text that starts in `start`.
    pub(crate) fn meaning(&self, start: Option<&str>, path: &str, is_dynamic: bool) -> Meaning {
        if let Some(rest) = below_root(path) {
            return if rest.contains('$') { Meaning::Unknown } else { normalised("", rest) };
        }
        if is_dynamic {
            return Meaning::Unknown;
        }
        if path.starts_with(['/', '~']) {
            return Meaning::Outside;
        }
        match (self, start) {
            (Self::FromStart(folder), Some(start)) => {
                normalised(&format!("{start}/{folder}"), path)
            }
            (Self::FromRoot(folder), _) => normalised(folder, path),
            (Self::FromStart(_), None) | (Self::Unknown, _) => Meaning::Unknown,
        }
    }
}

fn below_root(path: &str) -> Option<&str> {
    let rest = ROOTS.iter().find_map(|it| path.strip_prefix(it))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

fn normalised(folder: &str, path: &str) -> Meaning {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                let Some(_) = parts.pop() else { return Meaning::Outside };
            }
            _ => parts.push(part),
        }
    }
    Meaning::Inside(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(folders: &[&str], path: &str, expected: Option<&str>) {
        let mut folder = Folder::FromStart(String::new());
        for it in folders {
            folder = folder.enter(it, it.contains('$'));
        }
        let expected = match expected {
            Some("outside") => Meaning::Outside,
            Some(path) => Meaning::Inside(path.to_owned()),
            None => Meaning::Unknown,
        };
        let found = folder.meaning(Some("apps/api"), path, path.contains('$'));
        assert_eq!(found, expected, "{folders:?} {path}");
    }

    #[test]
    fn paths_are_seen_from_the_root() {
        check(&[], "wrangler.toml", Some("apps/api/wrangler.toml"));
        check(&[], "./x//../wrangler.toml", Some("apps/api/wrangler.toml"));
        check(&[], "../../wrangler.toml", Some("wrangler.toml"));
        check(&[], "../../../wrangler.toml", Some("outside"));
        check(&["b", "../c"], "w.toml", Some("apps/api/c/w.toml"));
        check(&["$GITHUB_WORKSPACE"], "w.toml", Some("w.toml"));
        check(&["${{ github.workspace }}/b", "c"], "w.toml", Some("b/c/w.toml"));
        check(&["$X"], "$GITHUB_WORKSPACE/b/w.toml", Some("b/w.toml"));
        check(&["$X"], "/tmp/w.toml", Some("outside"));
    }

    #[test]
    fn what_only_the_run_knows_stays_unknown() {
        check(&["$X"], "w.toml", None);
        check(&["/opt/x"], "w.toml", None);
        check(&["-"], "w.toml", None);
        check(&[], "$X/w.toml", None);
        check(&["$GITHUB_WORKSPACE/$X"], "w.toml", None);
        check(&[], "$GITHUB_WORKSPACES/w.toml", None);
    }
}
