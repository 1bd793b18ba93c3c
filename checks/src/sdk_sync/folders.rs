//! The folder of an SDK: on disk, as the command writes it, and in a revision, as the gate reads it.

use std::{
    cell::{Cell, RefCell},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use kernel::RepoPath;
use snapshot::EntryKind;

use crate::{
    context::Reader,
    disk,
    sdk_sync::drift::{Present, SdkFolder},
};

/// What is generated lies in these folders.
const GENERATED: [&str; 2] = ["src", "dist"];
/// And here.
const README: &str = "README.md";
/// How the names of files begin that are being written.
pub(crate) const TEMPORARY: &str = ".checks-";

/// A folder on disk.
pub(crate) struct DiskFolder {
    /// Where.
    root: PathBuf,
    /// The folder that was last found to be reached without a link: files come in the order of
    /// their paths.
    reached: RefCell<Option<String>>,
    has_leftovers: Cell<bool>,
}

impl DiskFolder {
    /// The folder at a path.
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root, reached: RefCell::default(), has_leftovers: Cell::default() }
    }

    /// The path of a file, unless a link leads elsewhere.
    fn below(&self, path: &str) -> io::Result<PathBuf> {
        let folder = path.rsplit_once('/').map(|it| it.0);
        if folder.is_some() && self.reached.borrow().as_deref() == folder {
            return Ok(self.root.join(path));
        }
        let full = disk::below(&self.root, path)?;
        *self.reached.borrow_mut() = folder.map(str::to_owned);
        Ok(full)
    }
}

impl SdkFolder for DiskFolder {
    fn at(&self, path: &str) -> Present {
        let full = match self.below(path) {
            Ok(full) => full,
            Err(err) => return Present::Other(err.to_string()),
        };
        match fs::symlink_metadata(&full) {
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => Present::Absent,
            Err(err) => Present::Other(err.kind().to_string()),
            Ok(it) if it.is_symlink() => {
                let message = "is a symbolic link, which is not followed";
                Present::Other(format!("`{}` {message}", full.display()))
            }
            Ok(it) if !it.is_file() => Present::Other("it is no regular file".to_owned()),
            Ok(_) => match fs::read(&full) {
                Ok(bytes) => Present::File(bytes.into()),
                Err(err) => Present::Other(err.kind().to_string()),
            },
        }
    }

    fn generated_paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = GENERATED
            .iter()
            .flat_map(|it| files_below(&self.root.join(it)))
            .filter_map(|it| relative(&self.root, &it))
            .collect();
        let n_all = paths.len();
        paths.retain(|it| !file_name(it).starts_with(TEMPORARY));
        self.has_leftovers.set(paths.len() < n_all);
        paths.push(README.to_owned());
        paths.sort();
        paths
    }

    fn has_leftovers(&self) -> bool {
        self.has_leftovers.get()
    }
}

/// All regular files below a folder; links are not followed.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let entries = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
        for entry in entries {
            match entry.file_type() {
                Ok(it) if it.is_dir() => waiting.push(entry.path()),
                Ok(it) if it.is_file() => files.push(entry.path()),
                Ok(_) | Err(_) => {}
            }
        }
    }
    files.sort();
    files
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root).ok()?.to_str()?;
    Some(inside.replace(std::path::MAIN_SEPARATOR, "/"))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// A folder of a revision.
pub(crate) struct RevisionFolder<'a> {
    /// The door to the revision.
    pub(crate) reader: &'a Reader<'a>,
    /// Where, from the root of the repository.
    pub(crate) out: &'a str,
}

impl RevisionFolder<'_> {
    fn full(&self, path: &str) -> Option<RepoPath> {
        RepoPath::new(&format!("{}/{path}", self.out)).ok()
    }
}

impl SdkFolder for RevisionFolder<'_> {
    fn at(&self, path: &str) -> Present {
        let Some(full) = self.full(path) else { return Present::Absent };
        match self.reader.snapshot().kind(full.as_str()) {
            None => Present::Absent,
            Some(EntryKind::File) => match self.reader.bytes(&full) {
                Ok(bytes) => Present::File(Arc::clone(&bytes)),
                Err(undecided) => Present::Other(undecided.reason),
            },
            Some(EntryKind::Symlink) => Present::Other("it is a symbolic link".to_owned()),
            Some(EntryKind::Submodule | EntryKind::Special) => {
                Present::Other("it is no regular file".to_owned())
            }
        }
    }

    fn has_leftovers(&self) -> bool {
        false
    }

    fn generated_paths(&self) -> Vec<String> {
        let inside = |path: &'_ RepoPath| -> Option<String> {
            let rest = path.as_str().strip_prefix(self.out)?.strip_prefix('/')?;
            let folder = rest.split('/').next().unwrap_or_default();
            let is_meant = (GENERATED.contains(&folder) && rest.contains('/')) || rest == README;
            is_meant.then(|| rest.to_owned())
        };
        self.reader.files().filter_map(inside).collect()
    }
}
