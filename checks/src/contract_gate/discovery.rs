//! Which files of a revision are contracts, and of which service.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use kernel::RepoPath;
use snapshot::{EntryKind, Snapshot};

/// What the policy calls a contract.
#[derive(Debug, Clone)]
pub struct ContractGlobs {
    taken: GlobSet,
    left_out: GlobSet,
    /// The parts of each pattern that takes files.
    parts: Vec<Vec<String>>,
}

impl ContractGlobs {
    /// Reads the globs; one that does not parse matches nothing.
    #[must_use]
    pub fn new(patterns: &[String]) -> Self {
        let (left_out, taken): (Vec<&str>, Vec<&str>) =
            patterns.iter().map(String::as_str).partition(|it| it.starts_with('!'));
        let parts = |it: &&str| it.trim_start_matches("./").split('/').map(str::to_owned).collect();
        let parts = taken.iter().map(parts).collect();
        let left_out = left_out.iter().map(|it| it.trim_start_matches('!'));
        Self { taken: globs(taken.into_iter()), left_out: globs(left_out), parts }
    }

    /// Is this the path of a contract?
    #[must_use]
    pub fn takes(&self, path: &RepoPath) -> bool {
        self.taken.is_match(path.as_str()) && !self.left_out.is_match(path.as_str())
    }

    /// Could a contract lie somewhere below this folder?
    #[must_use]
    pub fn reach_below(&self, folder: &RepoPath) -> bool {
        let folder: Vec<&str> = folder.as_str().split('/').collect();
        self.parts.iter().any(|it| leads_below(it, &folder))
    }

    /// The contracts of a revision, sorted; links count, and are followed when they are read.
    #[must_use]
    pub fn of(&self, snapshot: &Snapshot) -> Vec<RepoPath> {
        let is_file = |kind| matches!(kind, EntryKind::File | EntryKind::Symlink);
        let paths = snapshot.paths().filter(|(path, kind)| is_file(*kind) && self.takes(path));
        paths.map(|(path, _)| path.clone()).collect()
    }
}

/// Does a pattern, part by part, lead into a folder and further on?
fn leads_below(pattern: &[String], folder: &[&str]) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return false };
    if first == "**" {
        return true;
    }
    let Some((name, inner)) = folder.split_first() else { return true };
    let is_match = globs(std::iter::once(first.as_str())).is_match(name);
    is_match && leads_below(rest, inner)
}

fn globs<'a>(patterns: impl Iterator<Item = &'a str>) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for pattern in patterns {
        let pattern = pattern.trim_start_matches("./");
        if let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() {
            builder.add(glob);
        }
    }
    builder.build().unwrap_or_else(|_| GlobSet::empty())
}

/// May a contract be in this file, or refer to it? Only the policy and the contracts know exactly.
#[must_use]
pub fn may_be_read(path: &RepoPath) -> bool {
    let ending = path.file_name().rsplit('.').next();
    matches!(ending, Some("json" | "yaml" | "yml"))
}

/// The service of a contract: its file name up to `.openapi.`; of a file that is called just
/// `openapi`, the folder.
#[must_use]
pub fn service_of(path: &RepoPath) -> String {
    let name = path.file_name();
    if let Some((service, _)) = name.split_once(".openapi.").filter(|it| !it.0.is_empty()) {
        return service.to_owned();
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folder = path.folder().rsplit('/').next().unwrap_or_default();
    let is_plain = matches!(stem, "openapi" | "swagger") && !folder.is_empty();
    if is_plain { folder.to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    #[test]
    fn globs_take_in_and_out() {
        let check = |patterns: &[&str], file: &str, expected: bool| {
            let patterns: Vec<String> = patterns.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(ContractGlobs::new(&patterns).takes(&path(file)), expected, "{file}");
        };
        let usual = ["contracts/*.openapi.json"];
        check(&usual, "contracts/shop.openapi.json", true);
        check(&usual, "contracts/old/shop.openapi.json", false);
        check(&usual, "contracts/shop.openapi.yaml", false);
        check(&["**/*.openapi.yaml", "!vendor/**"], "a/b/c.openapi.yaml", true);
        check(&["**/*.openapi.yaml", "!vendor/**"], "c.openapi.yaml", true);
        check(&["!vendor/**", "**/*.openapi.yaml"], "vendor/c.openapi.yaml", false);
        check(&["./api/*.json"], "api/x.json", true);
        check(&["[", "a.json"], "a.json", true);
        check(&[], "contracts/shop.openapi.json", false);
    }

    #[test]
    fn patterns_reach_below_folders() {
        for (pattern, folder, expected) in [
            ("contracts/*.openapi.json", "contracts", true),
            ("contracts/*.openapi.json", "contracts/deep", false),
            ("contracts/*.openapi.json", "vendor", false),
            ("services/*/openapi.yaml", "services/shop", true),
            ("services/*/openapi.yaml", "services", true),
            ("services/**/openapi.yaml", "services/a/b/c", true),
            ("**/*.openapi.json", "anything", true),
            ("openapi.json", "openapi.json", false),
        ] {
            let globs = ContractGlobs::new(&[pattern.to_owned()]);
            assert_eq!(globs.reach_below(&path(folder)), expected, "{pattern} {folder}");
        }
    }

    #[test]
    fn a_service_is_named_by_its_file() {
        for (file, expected) in [
            ("contracts/shop.openapi.json", "shop"),
            ("contracts/shop-v2.openapi.yaml", "shop-v2"),
            ("shop.openapi.v3.yml", "shop"),
            ("services/orders/openapi.yaml", "orders"),
            ("openapi.yaml", "openapi"),
            ("api/pets.json", "pets"),
        ] {
            assert_eq!(service_of(&path(file)), expected);
        }
    }
}
