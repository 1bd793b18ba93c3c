use std::{collections::BTreeMap, path::Path};

use gix::{
    ObjectId,
    bstr::ByteSlice,
    index::{
        Entry,
        entry::{Flags, Mode, Stage},
    },
};
use kernel::RepoPath;

use crate::{
    Error,
    git::Git,
    listing::{
        Comparison, Item, Listing, Stored, odd_name,
        tree::list_tree,
        worktree::{Walked, kind_of},
    },
    snapshot::EntryKind,
};

/// Puts git's index beside what the walk has seen.
pub(super) struct Tracked<'a> {
    root: &'a Path,
    git: &'a Git,
    walked: &'a [Item],
    /// Is this folder really one, and not a link to one?
    folders: BTreeMap<String, bool>,
    found: Listing,
}

impl<'a> Tracked<'a> {
    pub(super) fn new(root: &'a Path, git: &'a Git, walked: &'a [Item]) -> Self {
        Self { root, git, walked, folders: BTreeMap::new(), found: Listing::default() }
    }

    /// What git tracks and is there, or is left out by a sparse checkout.
    pub(super) fn read(mut self) -> Result<Found, Error> {
        let damaged = |_| Error::Damaged { what: "git's index".to_owned() };
        let index = self.git.with(|it| it.index_or_empty().map_err(damaged))?;
        let options = self.git.with(|it| it.stat_options().unwrap_or_default());
        self.found.comparison = Some(Comparison::new(&index, options));
        for entry in index.entries() {
            let Some(name) = entry.path(&index).strip_prefix(self.git.prefix().as_bytes()) else {
                continue;
            };
            let path = str::from_utf8(name).ok().and_then(|it| RepoPath::new(it).ok());
            match path {
                _ if entry.mode == Mode::DIR => self.add_folder(name, entry.id)?,
                Some(path) => self.add(path, entry),
                None => self.found.notes.push(odd_name(name)),
            }
        }
        self.found.items.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(Found(self.found))
    }

    /// A folder that a sparse index keeps as one entry.
    fn add_folder(&mut self, name: &[u8], tree: ObjectId) -> Result<(), Error> {
        list_tree(self.git, tree, &name.as_bstr().to_str_lossy(), &mut self.found)
    }

    fn add(&mut self, path: RepoPath, entry: &Entry) {
        let is_merged = entry.stage() == Stage::Unconflicted;
        let stored = is_merged.then_some(Stored { id: entry.id, stat: Some(entry.stat) });
        let on_disk = if entry.mode == Mode::COMMIT { None } else { self.kind_on_disk(&path) };
        let is_kept = entry.flags.contains(Flags::SKIP_WORKTREE) && stored.is_some();
        let kind = match entry.mode {
            Mode::COMMIT => EntryKind::Submodule,
            Mode::SYMLINK => EntryKind::Symlink,
            _ => EntryKind::File,
        };
        if let Some(kind) = on_disk {
            self.found.items.push(Item { path, kind, stored, is_on_disk: true });
        } else if is_kept || kind == EntryKind::Submodule {
            self.found.items.push(Item { path, kind, stored, is_on_disk: false });
        }
    }

    /// Files that are ignored and yet tracked were not walked.
    fn kind_on_disk(&mut self, path: &RepoPath) -> Option<EntryKind> {
        if let Ok(idx) = self.walked.binary_search_by(|it| it.path.cmp(path)) {
            return self.walked.get(idx).map(|it| it.kind);
        }
        if !self.is_folder(path.folder()) {
            return None;
        }
        let metadata = self.root.join(path.as_str()).symlink_metadata().ok()?;
        kind_of(metadata.file_type())
    }

    /// A link in the place of a folder may lead out of the repository; what git tracks below it
    /// counts as deleted, as git itself sees it.
    fn is_folder(&mut self, folder: &str) -> bool {
        if folder.is_empty() {
            return true;
        }
        if let Some(known) = self.folders.get(folder) {
            return *known;
        }
        let parent = folder.rsplit_once('/').map_or("", |it| it.0);
        let is_real = self.is_folder(parent)
            && self.root.join(folder).symlink_metadata().is_ok_and(|it| it.is_dir());
        self.folders.insert(folder.to_owned(), is_real);
        is_real
    }
}

/// What git tracks, sorted by path.
pub(super) struct Found(Listing);

impl Found {
    /// Adds it to what the walk has seen.
    pub(super) fn join(self, walked: &mut Walked) {
        let tracked = self.0.items;
        let find = |path: &str| {
            let idx = tracked.binary_search_by(|it| it.path.as_str().cmp(path)).ok()?;
            tracked.get(idx)
        };
        let is_module = |path: &str| find(path).is_some_and(|it| it.kind == EntryKind::Submodule);
        let is_in_module =
            |path: &str| path.match_indices('/').any(|(at, _)| is_module(&path[..at]));
        walked.foreign.retain(|it| !is_module(it));
        let is_untracked =
            |it: &Item| find(it.path.as_str()).is_none() && !is_in_module(it.path.as_str());
        walked.listing.items.retain(is_untracked);
        walked.listing.items.extend(tracked);
        walked.listing.notes.extend(self.0.notes);
        walked.listing.comparison = self.0.comparison;
    }
}
