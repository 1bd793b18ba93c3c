use std::collections::BTreeMap;

use kernel::RepoPath;

use crate::discovery::{EXACT, is_exact_name};

/// A configuration that its own folder does not use.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Capture {
    /// The file that is passed over.
    pub captured: RepoPath,
    /// The file that wrangler reads in that folder instead.
    pub read: RepoPath,
}

/// The files of exact name that wrangler, run in their own folder, does not read.
///
/// Captured files stay readable by `--config`. The answer is in byte order of the captured path.
#[must_use]
pub fn captures(paths: &[RepoPath]) -> Vec<Capture> {
    let exact = exact_names(paths);
    let of = |path: &RepoPath| {
        let read = read_in(&exact, path.folder())?;
        (read != path).then(|| Capture { captured: path.clone(), read: read.clone() })
    };
    exact.values().copied().filter_map(of).collect()
}

/// The configuration wrangler reads when it is run in this folder (an empty text for the root).
///
/// Source: `findWranglerConfig` of `cloudflare/workers-sdk`: the folder and all its parents are
/// searched for `wrangler.json`, only then for `wrangler.jsonc`, then for `wrangler.toml`.
#[must_use]
pub fn config_read_in<'a>(paths: &'a [RepoPath], folder: &str) -> Option<&'a RepoPath> {
    read_in(&exact_names(paths), folder)
}

fn exact_names(paths: &[RepoPath]) -> BTreeMap<&str, &RepoPath> {
    let exact = paths.iter().filter(|it| is_exact_name(it.as_str()));
    exact.map(|it| (it.as_str(), it)).collect()
}

fn read_in<'a>(exact: &BTreeMap<&'a str, &'a RepoPath>, folder: &str) -> Option<&'a RepoPath> {
    EXACT.iter().find_map(|name| folder_and_parents(folder).find_map(|it| file_in(exact, it, name)))
}

fn folder_and_parents(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |it| parent_of(it))
}

fn parent_of(folder: &str) -> Option<&str> {
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    (!folder.is_empty()).then_some(above)
}

fn file_in<'a>(
    exact: &BTreeMap<&'a str, &'a RepoPath>,
    folder: &str,
    name: &str,
) -> Option<&'a RepoPath> {
    let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    exact.get(path.as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paths: &[&str], expected: &[(&str, &str)]) {
        let paths: Vec<_> = paths.iter().map(|it| RepoPath::new(it).unwrap()).collect();
        let found = captures(&paths);
        let found: Vec<_> =
            found.iter().map(|it| (it.captured.as_str(), it.read.as_str())).collect();
        assert_eq!(found, expected, "{paths:?}");
    }

    #[test]
    fn json_of_any_parent_beats_jsonc_of_the_folder() {
        check(&["wrangler.json", "a/wrangler.jsonc"], &[("a/wrangler.jsonc", "wrangler.json")]);
        check(&["wrangler.jsonc", "a/wrangler.toml"], &[("a/wrangler.toml", "wrangler.jsonc")]);
        check(
            &["a/wrangler.json", "a/b/c/wrangler.toml", "wrangler.jsonc"],
            &[("a/b/c/wrangler.toml", "a/wrangler.json")],
        );
    }

    #[test]
    fn the_nearest_of_one_name_wins() {
        check(&["wrangler.json", "a/wrangler.json"], &[]);
        check(&["wrangler.toml", "a/wrangler.toml", "a/b/wrangler.toml"], &[]);
        check(&["wrangler.toml", "a/wrangler.json"], &[]);
        check(&["a/wrangler.json", "ab/wrangler.toml", "b/wrangler.jsonc"], &[]);
    }

    #[test]
    fn three_in_one_folder_capture_two() {
        check(
            &["a/wrangler.json", "a/wrangler.jsonc", "a/wrangler.toml"],
            &[("a/wrangler.jsonc", "a/wrangler.json"), ("a/wrangler.toml", "a/wrangler.json")],
        );
        check(&["wrangler.jsonc", "wrangler.toml"], &[("wrangler.toml", "wrangler.jsonc")]);
    }

    #[test]
    fn alternates_neither_capture_nor_are_captured() {
        check(&["wrangler.dev.json", "a/wrangler.toml", "a/x.wrangler.jsonc"], &[]);
    }

    #[test]
    fn any_folder_can_be_asked() {
        let paths =
            [RepoPath::new("wrangler.toml").unwrap(), RepoPath::new("a/wrangler.json").unwrap()];
        let read = |folder| config_read_in(&paths, folder).map(RepoPath::as_str);
        assert_eq!(read(""), Some("wrangler.toml"));
        assert_eq!(read("b/c"), Some("wrangler.toml"));
        assert_eq!(read("a/b/c"), Some("a/wrangler.json"));
        assert_eq!(config_read_in(&[], "a"), None);
    }
}
