//! Puts an SDK into its folder: everything is staged before the first file changes, the lock last.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use tempfile::TempPath;

use crate::{
    disk,
    sdk_sync::{
        drift::Change,
        folders::{TEMPORARY, files_below},
        lock::LOCK,
    },
};

/// Removes what an interrupted run left behind; below the folder itself only if there is anything.
pub(crate) fn sweep(root: &Path, is_below: bool) -> io::Result<()> {
    let is_left = |it: &PathBuf| {
        let name = it.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        name.strip_prefix(TEMPORARY).is_some_and(|it| it.len() == 6)
    };
    let own = fs::read_dir(root).into_iter().flatten().filter_map(Result::ok);
    let own = own.filter(|it| it.file_type().is_ok_and(|it| it.is_file())).map(|it| it.path());
    let below: &[&str] = if is_below { &["src", "dist"] } else { &[] };
    let below = below.iter().flat_map(|it| files_below(&root.join(it)));
    own.chain(below).filter(is_left).try_for_each(fs::remove_file)
}

/// Writes and removes what a folder needs.
pub(crate) fn write(root: &Path, changes: &[Change]) -> io::Result<()> {
    let (lock, others): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|it| it.path == LOCK);
    let mut staged: Vec<(TempPath, PathBuf)> = Vec::new();
    for change in others.iter().chain(&lock) {
        if let Some(text) = &change.expected {
            let target = disk::below(root, &change.path)?;
            staged.push((stage(&target, &text.read())?, target));
        }
    }
    let n_before_lock = staged.len() - lock.iter().filter(|it| it.expected.is_some()).count();
    let last = staged.split_off(n_before_lock);
    for (file, target) in staged {
        file.persist(&target)?;
    }
    for change in others.iter().filter(|it| it.expected.is_none()) {
        remove(root, &change.path)?;
    }
    last.into_iter().try_for_each(|(file, target)| Ok(file.persist(target)?))
}

/// A temporary file beside its target, with the permissions of what it replaces.
fn stage(target: &Path, text: &str) -> io::Result<TempPath> {
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    match fs::metadata(target) {
        Ok(it) => fs::set_permissions(file.path(), it.permissions())?,
        Err(_) => disk::open_up(file.path(), false)?,
    }
    // A folder may have more files than a process may hold open.
    Ok(file.into_temp_path())
}

/// Removes a file, and the folders that are empty without it.
fn remove(root: &Path, path: &str) -> io::Result<()> {
    let full = disk::below(root, path)?;
    fs::remove_file(&full)?;
    let folders = full.ancestors().skip(1).take_while(|it| *it != root);
    for folder in folders {
        // A folder that still holds something stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, expected: Option<&str>) -> Change {
        let expected = expected.map(|it| it.to_owned().into());
        Change { path: path.to_owned(), expected, actual: None, is_edited: false }
    }

    #[test]
    fn files_come_and_go_and_empty_folders_with_them() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, &[change("sdk.lock.json", Some("1")), change("src/a/b.ts", Some("2"))])
            .unwrap();
        assert_eq!(fs::read_to_string(root.join("src/a/b.ts")).unwrap(), "2");
        fs::write(root.join("src/mine.ts"), "mine").unwrap();
        write(root, &[change("src/a/b.ts", None)]).unwrap();
        assert!(!root.join("src/a").exists() && root.join("src/mine.ts").exists());
    }

    #[test]
    fn a_failure_while_staging_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a"), "old").unwrap();
        fs::write(root.join("file"), "in the way").unwrap();
        let changes = [change("a", Some("new")), change("file/b", Some("new"))];
        assert!(write(root, &changes).is_err());
        assert_eq!(fs::read_to_string(root.join("a")).unwrap(), "old");
        assert_eq!(fs::read_dir(root).unwrap().count(), 2, "no temporary file is left");
    }

    #[test]
    fn what_an_interrupted_run_left_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("src/a")).unwrap();
        for name in [".checks-a1B2c3", "src/a/.checks-a1B2c3", "src/.checks-config.json"] {
            fs::write(root.join(name), "").unwrap();
        }
        sweep(root, true).unwrap();
        assert_eq!(files_below(root), [root.join("src/.checks-config.json")]);
    }
}
