//! The folders of rules and their two lines in `rules.rs` agree.

use std::collections::BTreeSet;

use crate::tidy::{Fault, Sources};

const REGISTRY: &str = "checks/src/rules.rs";
const FOLDER: &str = "checks/src/rules/";

pub(super) fn check(sources: &Sources) -> Vec<Fault> {
    let Some(registry) = sources.rust.get(REGISTRY) else { return Vec::new() };
    let folders: BTreeSet<_> = sources.texts.keys().filter_map(|it| folder(it)).collect();
    let (modules, entries) = (modules(&registry.code), entries(&registry.code));
    let mut faults = Vec::new();
    for name in &folders {
        for file in ["mod.rs", "rule.md"] {
            if !sources.texts.contains_key(&format!("{FOLDER}{name}/{file}")) {
                faults.push(Fault::new(&format!("{FOLDER}{name}"), 1, format!("no `{file}`")));
            }
        }
        if !modules.contains(name) {
            faults.push(Fault::new(REGISTRY, 1, format!("no line `mod {name};`")));
        }
        if !entries.contains(&name.as_str()) {
            faults.push(Fault::new(REGISTRY, 1, format!("no line `&{name}::…` in `RULES`")));
        }
        faults.extend(misnamed(sources, name));
    }
    let idle = modules.iter().filter(|it| !folders.contains(*it));
    faults.extend(idle.map(|it| Fault::new(REGISTRY, 1, format!("`mod {it};` has no folder"))));
    if !modules.is_sorted() {
        faults.push(Fault::new(REGISTRY, 1, "the lines `mod …;` are not sorted"));
    }
    faults
}

/// The rule's folder, if the file lies in one.
fn folder(path: &str) -> Option<String> {
    let (name, _) = path.strip_prefix(FOLDER)?.split_once('/')?;
    Some(name.to_owned())
}

fn modules(code: &str) -> Vec<String> {
    let names = code.lines().filter_map(|it| it.strip_suffix(';')?.split_once("mod "));
    names
        .filter(|(before, _)| before.is_empty() || before.starts_with("pub"))
        .map(|it| it.1.to_owned())
        .collect()
}

fn entries(code: &str) -> Vec<&str> {
    let items = code.split('&').skip(1);
    items.filter_map(|it| it.split_once("::").map(|(name, _)| name)).collect()
}

/// The id in the code, if it is not the name of the folder.
fn misnamed(sources: &Sources, name: &str) -> Option<Fault> {
    let path = format!("{FOLDER}{name}/mod.rs");
    let text = sources.texts.get(&path)?;
    let id = name.replace('_', "-");
    let is_named = text.contains(&format!("\"{id}\""));
    (!is_named).then(|| Fault::new(&path, 1, format!("the id of this rule is not `{id}`")))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Sources;

    const MOD: (&str, &str) = ("checks/src/rules/a_b/mod.rs", "id: \"a-b\"");
    const PAGE: (&str, &str) = ("checks/src/rules/a_b/rule.md", "# a-b");

    fn messages(registry: &str, files: &[(&str, &str)], expected: &[&str]) {
        let files: Vec<_> =
            [("checks/src/rules.rs", registry)].into_iter().chain(files.iter().copied()).collect();
        let got: Vec<_> =
            check(&Sources::sample(&files)).into_iter().map(|it| it.message).collect();
        assert_eq!(got, expected, "{registry}");
    }

    #[test]
    fn folders_and_lines_agree() {
        let whole = "mod a_b;\nstatic RULES: &[&dyn Rule] = &[\n    &a_b::AB,\n];\n";
        messages(whole, &[MOD, PAGE], &[]);
        messages(whole, &[MOD], &["no `rule.md`"]);
        messages(whole, &[], &["`mod a_b;` has no folder"]);
        messages("mod a_b;\n", &[MOD, PAGE], &["no line `&a_b::…` in `RULES`"]);
        messages("&[&a_b::AB]", &[MOD, PAGE], &["no line `mod a_b;`"]);
        let other = ("checks/src/rules/a_b/mod.rs", "id: \"b-a\"");
        messages(whole, &[other, PAGE], &["the id of this rule is not `a-b`"]);
    }

    #[test]
    fn lines_are_sorted() {
        let registry = "mod b;\nmod a;\n[&a::A, &b::B]";
        let files =
            ["a", "b"].map(|it| (format!("checks/src/rules/{it}/mod.rs"), format!("\"{it}\"")));
        let pages = ["a", "b"].map(|it| (format!("checks/src/rules/{it}/rule.md"), String::new()));
        let files: Vec<_> =
            files.iter().chain(&pages).map(|(path, text)| (path.as_str(), text.as_str())).collect();
        messages(registry, &files, &["the lines `mod …;` are not sorted"]);
    }
}
