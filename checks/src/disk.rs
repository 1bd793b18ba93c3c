//! Writing files so that nobody ever sees half of one.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

/// Puts a new file in the place of an old one at once; makes its folder.
pub fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mode = fs::metadata(target).map(|it| it.permissions()).ok();
    let file = stage(parent(target), bytes)?;
    if let Some(mode) = mode {
        fs::set_permissions(file.path(), mode)?;
    }
    file.persist(target)?;
    Ok(())
}

/// The path below a folder, unless a link on the way leads elsewhere.
pub fn below(folder: &Path, path: &str) -> io::Result<PathBuf> {
    let mut at = folder.to_path_buf();
    for part in path.split('/') {
        at.push(part);
        if fs::symlink_metadata(&at).is_ok_and(|it| it.is_symlink()) {
            let message = format!("`{}` is a symbolic link, which is not followed", at.display());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
    }
    Ok(at)
}

/// Puts a program in the place of an old one at once.
pub fn replace_program(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = stage(parent(target), bytes)?;
    open_up(file.path(), true)?;
    file.persist(target)?;
    Ok(())
}

/// Writes new files under names that must be free: all of them, or none.
pub fn create_all(files: &[(PathBuf, &[u8])]) -> io::Result<()> {
    let staged: Vec<(NamedTempFile, &Path)> = files
        .iter()
        .map(|(target, bytes)| Ok((stage(parent(target), bytes)?, target.as_path())))
        .collect::<io::Result<_>>()?;
    let mut written: Vec<&Path> = Vec::new();
    for (file, target) in staged {
        if let Err(err) = file.persist_noclobber(target) {
            for path in written {
                // What cannot be taken back now is told by the error itself.
                drop(fs::remove_file(path));
            }
            return Err(err.error);
        }
        written.push(target);
    }
    Ok(())
}

fn parent(target: &Path) -> &Path {
    target.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A temporary file beside its target, so that renaming is atomic; it goes away by itself.
fn stage(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".checks-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    open_up(file.path(), false)?;
    Ok(file)
}

/// Temporary files are private; what we write is for everybody to read.
#[cfg(unix)]
pub(crate) fn open_up(file: &Path, is_program: bool) -> io::Result<()> {
    let mode = if is_program { 0o755 } else { 0o644 };
    fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

/// Elsewhere a file has what its folder gives it.
#[cfg(not(unix))]
pub(crate) fn open_up(_file: &Path, _is_program: bool) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_leaves_nothing_of_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let [one, two] = ["one", "two"].map(|it| folder.path().join(it));
        fs::write(&two, "taken").unwrap();
        let files: [(PathBuf, &[u8]); 2] = [(one.clone(), b"1"), (two.clone(), b"2")];
        assert_eq!(create_all(&files).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert!(!one.exists());
        assert_eq!(fs::read(&two).unwrap(), b"taken");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_file_is_replaced_with_its_permissions() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/file");
        replace(&file, b"1").unwrap();
        replace_program(&file, b"2").unwrap();
        let mode = fs::metadata(&file).unwrap().permissions();
        replace(&file, b"3").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"3");
        assert_eq!(fs::metadata(&file).unwrap().permissions(), mode);
    }
}
