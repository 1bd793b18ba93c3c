//! Repositories and sets of routes of any size, for measurements and for long tests.
//!
//! A generator is a function of a seed and sizes; it gives files, and [`write()`] puts them on disk.

pub(crate) mod configurations;
pub(crate) mod contracts;
pub(crate) mod monorepo;
pub(crate) mod route_sets;
pub(crate) mod router_pairs;

use std::{fs, path::Path};

use anyhow::{Context, Result};

/// A generated file: where, and what it says.
pub(crate) type File = (String, String);

/// Writes the files below a folder, which is emptied first.
pub(crate) fn write(folder: &Path, files: impl Iterator<Item = File>) -> Result<usize> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| shown(folder))?;
    }
    fs::create_dir_all(folder).with_context(|| shown(folder))?;
    let mut n_files = 0;
    for (path, text) in files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap_or(folder)).with_context(|| shown(&file))?;
        fs::write(&file, text).with_context(|| shown(&file))?;
        n_files += 1;
    }
    Ok(n_files)
}

fn shown(path: &Path) -> String {
    format!("cannot write `{}`", path.display())
}
