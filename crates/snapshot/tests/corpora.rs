//! Real configurations of many authors: they are read, and fixes of them are edits of few bytes.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where it fails, and says so"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use kernel::{Entry, Fix, RepoPath, Step};
use snapshot::{Bounds, Format, edit::apply};

fn corpus(name: &str) -> Option<PathBuf> {
    let named = std::env::var_os("PROOFMARK_CORPORA").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    let folder = named.unwrap_or(beside).join(name);
    if !folder.is_dir() {
        println!("skipped: the corpus `{name}` is not here");
        return None;
    }
    Some(folder)
}

fn configurations(folder: &Path) -> Vec<(PathBuf, Format, String)> {
    let mut folders = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.starts_with("wrangler.")
                && let Some(format) = Format::of(&name)
            {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, format, text));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn wrangler_files_are_read_but_templates() {
    let Some(folder) = corpus("wrangler/repos") else { return };
    let all = configurations(&folder);
    let is_bad = |it: &&(PathBuf, Format, String)| it.1.parse(&it.2, &Bounds::DEFAULT).is_err();
    let bad: Vec<&Path> = all.iter().filter(is_bad).map(|it| it.0.as_path()).collect();
    assert!(all.len() > 100, "{} files", all.len());
    assert!(bad.iter().all(|it| it.to_string_lossy().contains("/templates/")), "{bad:?}");
    assert_eq!(bad.len(), 4, "{bad:?}");
}

#[test]
fn removing_a_member_only_takes_bytes_away() {
    let Some(folder) = corpus("wrangler/repos") else { return };
    let path = RepoPath::new("wrangler.toml").unwrap();
    let mut n_edits = 0;
    for (file, format, text) in configurations(&folder) {
        let Ok(root) = format.parse(&text, &Bounds::DEFAULT) else { continue };
        let key = |it: &Entry| vec![Step::Key(it.key.clone())];
        for at in root.as_table().unwrap().iter().map(key) {
            let edited = apply(&text, format, &Fix::Remove { path: path.clone(), at: at.clone() });
            let edited = edited.unwrap_or_else(|it| panic!("{}: {at:?}: {it}", file.display()));
            let mut rest = text.bytes();
            assert!(edited.bytes().all(|wanted| rest.any(|it| it == wanted)), "{}", file.display());
            n_edits += 1;
        }
    }
    assert!(n_edits > 500, "{n_edits} edits");
}
