use std::{
    fs::{self, FileType},
    path::Path,
    sync::{Arc, Mutex, PoisonError, mpsc},
};

use ignore::{DirEntry, WalkBuilder, WalkState};
use kernel::RepoPath;

use crate::{
    Error,
    git::Git,
    listing::{Item, Listing, index::Tracked, odd_name},
    snapshot::EntryKind,
};

/// Lists what git tracks and what it does not ignore; without git, what `.gitignore` files leave.
pub(crate) fn list_worktree(root: &Path, git: Option<&Git>) -> Result<Listing, Error> {
    let mut walked = Walked::new(root, git.is_some())?;
    if let Some(git) = git {
        Tracked::new(root, git, &walked.listing.items).read()?.join(&mut walked);
    }
    let another = |name| format!("`{name}` is another repository and is not entered");
    walked.listing.notes.extend(walked.foreign.into_iter().map(another));
    Ok(walked.listing.finish())
}

/// What lies on disk.
pub(super) struct Walked {
    /// Sorted by path.
    pub(super) listing: Listing,
    /// Folders that are repositories of their own.
    pub(super) foreign: Vec<String>,
}

/// What the walk tells of one entry.
enum Seen {
    Item(RepoPath, EntryKind),
    Note(String),
}

impl Walked {
    fn new(root: &Path, has_git: bool) -> Result<Self, Error> {
        let refused = |it: std::io::Error| Error::Listing {
            folder: root.display().to_string(),
            reason: it.kind().to_string(),
        };
        fs::read_dir(root).map_err(refused)?;
        let foreign = Arc::new(Mutex::new(Vec::new()));
        let (sender, receiver) = mpsc::channel();
        walker(root, has_git, Arc::clone(&foreign)).build_parallel().run(|| {
            let sender = sender.clone();
            Box::new(move |entry| {
                // The receiver lives until all threads have ended.
                look(root, entry).map(|it| sender.send(it).ok());
                WalkState::Continue
            })
        });
        drop(sender);
        let mut listing = Listing::default();
        for seen in receiver {
            match seen {
                Seen::Note(note) => listing.notes.push(note),
                Seen::Item(path, kind) => {
                    listing.items.push(Item { path, kind, stored: None, is_on_disk: true });
                }
            }
        }
        listing.items.sort_by(|left, right| left.path.cmp(&right.path));
        let foreign = std::mem::take(&mut *foreign.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(Self { listing, foreign })
    }
}

fn walker(root: &Path, has_git: bool, foreign: Arc<Mutex<Vec<String>>>) -> WalkBuilder {
    let top = root.to_owned();
    let is_ours = move |entry: &DirEntry| {
        if entry.depth() == 0 {
            return true;
        }
        if entry.file_name().eq_ignore_ascii_case(".git") {
            return false;
        }
        let is_folder = entry.file_type().is_some_and(|it| it.is_dir());
        let is_foreign = is_folder && entry.path().join(".git").symlink_metadata().is_ok();
        if is_foreign {
            let name = name_below(&top, entry.path());
            foreign.lock().unwrap_or_else(PoisonError::into_inner).push(name);
        }
        !is_foreign
    };
    let mut builder = WalkBuilder::new(root);
    builder
        .hidden(false)
        .ignore(false)
        .git_ignore(true)
        .git_exclude(has_git)
        .git_global(has_git)
        .parents(has_git)
        .require_git(has_git)
        .follow_links(false)
        .threads(threads())
        .filter_entry(is_ours);
    builder
}

/// Enough to hide the waiting for the disk; more only costs their start.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(2, |it| it.get().clamp(1, 8))
}

fn look(root: &Path, entry: Result<DirEntry, ignore::Error>) -> Option<Seen> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return unreadable(root, &error).map(Seen::Note),
    };
    let kind = kind_of(entry.file_type()?)?;
    let name = name_below(root, entry.path());
    let is_exact = entry.path().to_str().is_some();
    Some(match RepoPath::new(&name) {
        Ok(path) if is_exact => Seen::Item(path, kind),
        Ok(_) | Err(_) => Seen::Note(odd_name(name.as_bytes())),
    })
}

fn name_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        below.into_owned()
    } else {
        below.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

pub(super) fn kind_of(kind: FileType) -> Option<EntryKind> {
    if kind.is_dir() {
        None
    } else if kind.is_symlink() {
        Some(EntryKind::Symlink)
    } else if kind.is_file() {
        Some(EntryKind::File)
    } else {
        Some(EntryKind::Special)
    }
}

/// A folder that cannot be read is a note; what vanished during the walk is nothing.
fn unreadable(root: &Path, error: &ignore::Error) -> Option<String> {
    let reason = error.io_error().map(std::io::Error::kind)?;
    let ignore::Error::WithPath { path, .. } = strip(error) else { return None };
    if reason == std::io::ErrorKind::NotFound {
        return None;
    }
    Some(format!("`{}` cannot be read and is left out: {reason}", name_below(root, path)))
}

fn strip(error: &ignore::Error) -> &ignore::Error {
    if let ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } = error
    {
        strip(err)
    } else {
        error
    }
}
