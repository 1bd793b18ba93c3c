//! Lays a project out in a temporary folder, once for each side, with the SDK of that side.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs, io,
    path::Path,
    sync::Arc,
};

use kernel::{RepoPath, joined};
use sdk_gen::Plan;
use serde_json::Value;

use crate::{
    context::Reader,
    sdk_sync::consumers::{
        imports::{is_relative, specifiers},
        tsconfig::{Effective, is_file},
    },
};

/// The file whose one error tells that types were looked at.
pub(crate) const CANARY: &str = "checks-consumer-canary.ts";
/// What it holds: nothing that lives at run time, so that every kind of module takes it.
pub(crate) const CANARY_TEXT: &str = "export type ChecksCanary = \"x\"[\"checksCanary\"];\n";
/// The configuration that extends the project's own.
pub(crate) const CONFIG: &str = "tsconfig.checks-consumers.json";

/// What a compiler may want to read of a project.
const ENDINGS: [&str; 9] = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json"];
/// No larger project is laid out.
const MAX_FILES: usize = 20_000;
/// What an import without its ending may mean.
const GUESSES: [&str; 12] = [
    ".ts",
    ".tsx",
    ".d.ts",
    ".mts",
    ".cts",
    ".js",
    ".jsx",
    ".json",
    "/index.ts",
    "/index.tsx",
    "/index.d.ts",
    "/index.js",
];
/// What the name of a script in an import may stand for.
const SOURCES: [(&str, &[&str]); 4] = [
    (".js", &[".ts", ".tsx", ".d.ts"]),
    (".jsx", &[".tsx", ".d.ts"]),
    (".mjs", &[".mts", ".d.mts"]),
    (".cjs", &[".cts", ".d.cts"]),
];

/// The files of a project, as head has them.
pub(crate) type Contents = BTreeMap<RepoPath, Arc<[u8]>>;

/// Where a project lies, and what is none of it.
pub(crate) struct Ground<'a> {
    /// The state under judgement.
    pub(crate) head: &'a Reader<'a>,
    /// The folder of the configuration; nothing if there is none.
    pub(crate) folder: Option<&'a str>,
    /// What the configuration says.
    pub(crate) own: Option<&'a Effective>,
    /// The folders of all SDKs.
    pub(crate) outs: &'a [String],
}

impl Ground<'_> {
    /// Every file of the project, and those of elsewhere that it imports; or why not.
    pub(crate) fn contents(&self, consumers: &[RepoPath]) -> Result<Contents, String> {
        let mut waiting: VecDeque<RepoPath> = consumers.iter().cloned().collect();
        waiting.extend(self.own.iter().flat_map(|it| it.chain.iter().cloned()));
        waiting.extend(self.manifests(consumers));
        if let Some(folder) = self.folder {
            waiting.extend(self.head.files().filter(|it| self.is_of(folder, it)).cloned());
        }
        let mut seen: BTreeSet<RepoPath> = waiting.iter().cloned().collect();
        let mut contents = Contents::new();
        while let Some(path) = waiting.pop_front() {
            let bytes = match self.head.bytes(&path) {
                Ok(bytes) => bytes,
                Err(err) if consumers.contains(&path) => return Err(err.reason),
                // What nobody can read is missed by the compiler, if at all, on both sides.
                Err(_) => continue,
            };
            if contents.len() >= MAX_FILES {
                return Err(format!("the project has more than {MAX_FILES} files"));
            }
            let text = str::from_utf8(&bytes).unwrap_or_default();
            let imports = if is_script(&path) { specifiers(text) } else { Vec::new() };
            let found = imports.iter().filter_map(|it| self.resolved(path.folder(), it));
            let own = found.filter(|it| !self.is_foreign(it));
            waiting.extend(own.filter(|it| seen.insert(it.clone())));
            contents.insert(path, bytes);
        }
        Ok(contents)
    }

    /// The `package.json` files that say what kind of module a file is.
    fn manifests(&self, consumers: &[RepoPath]) -> BTreeSet<RepoPath> {
        let folders = consumers.iter().flat_map(|it| ancestors(it.folder()));
        let paths = folders.map(|it| below(it, "package.json")).filter(|it| is_file(self.head, it));
        paths.filter_map(|it| RepoPath::new(&it).ok()).collect()
    }

    fn is_of(&self, folder: &str, path: &RepoPath) -> bool {
        let is_inside = folder.is_empty()
            || path.as_str().strip_prefix(folder).is_some_and(|it| it.starts_with('/'));
        let ending = path.file_name().rsplit('.').next().unwrap_or_default();
        is_inside && ENDINGS.contains(&ending) && !self.is_foreign(path)
    }

    fn is_foreign(&self, path: &RepoPath) -> bool {
        is_foreign(path, self.outs)
    }

    /// The file of head that an import leads to.
    fn resolved(&self, folder: &str, specifier: &str) -> Option<RepoPath> {
        let targets: Vec<String> = if is_relative(specifier) {
            joined(folder, specifier).into_iter().collect()
        } else {
            let own = self.own?;
            let url = own.base_url.as_deref().and_then(|it| joined(it, specifier));
            aliased(&own.paths, specifier).into_iter().chain(url).collect()
        };
        let found = targets.iter().find_map(|it| candidates(it).find(|it| is_file(self.head, it)));
        RepoPath::new(&found?).ok()
    }
}

/// Is a file one of an SDK or of a dependency?
pub(crate) fn is_foreign(path: &RepoPath, outs: &[String]) -> bool {
    let inside = |out: &String| path.as_str().strip_prefix(out.as_str());
    path.as_str().split('/').any(|it| it == "node_modules")
        || outs.iter().any(|out| inside(out).is_some_and(|it| it.starts_with('/')))
}

/// May a file import others?
pub(crate) fn is_script(path: &RepoPath) -> bool {
    path.file_name().rsplit('.').next() != Some("json")
}

/// What `paths` of a configuration make of a name.
fn aliased(paths: &[(String, Vec<String>)], specifier: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, targets) in paths {
        let (start, end) = name.split_once('*').unwrap_or((name, ""));
        let middle = specifier.strip_prefix(start).and_then(|it| it.strip_suffix(end));
        let Some(middle) = middle.filter(|it| name.contains('*') || it.is_empty()) else {
            continue;
        };
        found.extend(targets.iter().map(|it| it.replacen('*', middle, 1)));
    }
    found
}

fn candidates(target: &str) -> impl Iterator<Item = String> {
    let of_scripts = SOURCES.iter().filter_map(|(script, sources)| {
        let stem = target.strip_suffix(script)?;
        Some(sources.iter().map(move |it| format!("{stem}{it}")))
    });
    let plain = std::iter::once(target.to_owned());
    let guesses = GUESSES.iter().map(|it| format!("{target}{it}"));
    plain.chain(of_scripts.flatten()).chain(guesses).collect::<Vec<_>>().into_iter()
}

/// A folder and those that hold it, the root last.
pub(crate) fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |it| {
        let above = it.rsplit_once('/').map_or("", |(folder, _)| folder);
        (!it.is_empty()).then_some(above)
    })
}

/// A path below a folder, which may be the root.
pub(crate) fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Where the ways into a package lead: the types of its `exports`.
pub(crate) fn ways(plan: &Plan, package: &str, out: &str) -> Vec<(String, String)> {
    let manifest = plan.files.get("package.json").unwrap_or_default();
    let manifest: Value = serde_json::from_str(&manifest).unwrap_or_default();
    let exports = manifest.get("exports").and_then(Value::as_object);
    let way = |(way, target): (&String, &Value)| {
        let types = target.get("types").unwrap_or(target).as_str()?;
        let name = way.strip_prefix('.')?;
        let target = types.strip_prefix("./")?;
        Some((format!("{package}{name}"), format!("{out}/{target}")))
    };
    exports.into_iter().flatten().filter_map(way).collect()
}

/// Writes a file below a folder.
pub(crate) fn write(root: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let full = root.join(path);
    fs::create_dir_all(full.parent().unwrap_or(root))?;
    fs::write(full, bytes)
}

/// Makes dependencies that are installed in the work tree readable from the folder: nothing of
/// them is executed, and git's files are not among them.
pub(crate) fn link(root: &Path, folder: &str, target: &Path) -> io::Result<()> {
    let target = target.join("node_modules");
    let place = root.join(below(folder, "node_modules"));
    if !target.is_dir() || place.symlink_metadata().is_ok() {
        return Ok(());
    }
    fs::create_dir_all(place.parent().unwrap_or(root))?;
    link_folder(&target, &place)
}

#[cfg(unix)]
fn link_folder(target: &Path, place: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, place)
}

#[cfg(windows)]
fn link_folder(target: &Path, place: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(target, place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_lead_to_the_root() {
        assert_eq!(ancestors("a/b").collect::<Vec<_>>(), ["a/b", "a", ""]);
        assert_eq!(ancestors("").collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn names_lead_where_the_configuration_says() {
        let paths = [
            ("@/*".to_owned(), vec!["apps/web/src/*".to_owned()]),
            ("env".to_owned(), vec!["apps/env.ts".to_owned()]),
        ];
        let check = |name: &str, expected: &[&str]| assert_eq!(aliased(&paths, name), expected);
        check("@/a/b", &["apps/web/src/a/b"]);
        check("env", &["apps/env.ts"]);
        check("env/x", &[]);
        check("@acme/shop", &[]);
        assert!(candidates("a/b.js").any(|it| it == "a/b.ts"));
        assert!(candidates("a/b").any(|it| it == "a/b/index.ts"));
    }

    #[test]
    fn files_of_others_are_no_part() {
        let outs = ["sdk/ts/shop".to_owned()];
        let check = |path: &str, expected: bool| {
            assert_eq!(is_foreign(&RepoPath::new(path).unwrap(), &outs), expected, "{path}");
        };
        check("sdk/ts/shop/src/index.ts", true);
        check("sdk/ts/shopping/index.ts", false);
        check("apps/node_modules/a/index.ts", true);
        check("apps/web/a.ts", false);
    }
}
