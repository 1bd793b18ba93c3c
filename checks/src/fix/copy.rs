use std::{collections::BTreeMap, fs, io, sync::Arc};

use kernel::RepoPath;
use snapshot::{EntryKind, Repository};
use tempfile::TempDir;

use crate::{
    contract_gate::may_be_read,
    fix::{Edited, FixError},
    route_audit::discovery::is_relevant,
    run::{Settings, World},
    sdk_sync::judged_files,
};

/// The files that rules look at, in a folder of their own.
pub(crate) struct WorkingCopy {
    folder: TempDir,
    texts: BTreeMap<RepoPath, Text>,
}

/// A text of the repository, as it is on disk.
struct Text {
    before: String,
    now: String,
}

impl WorkingCopy {
    /// Copies what can change an answer, byte for byte as it lies on disk.
    pub(crate) fn of(world: &World, settings: &Settings) -> Result<Self, FixError> {
        let folder = tempfile::tempdir().map_err(|err| cannot("a temporary folder", err))?;
        let mut copy = Self { folder, texts: BTreeMap::new() };
        let root = world.repository.as_ref().map(Repository::root);
        let is_judged = judged_files(&world.head);
        for (path, kind) in world.head.paths() {
            let is_wanted = is_relevant(path)
                || may_be_read(path)
                || is_judged(path)
                || *path == settings.config;
            if kind != EntryKind::File || !is_wanted {
                continue;
            }
            let on_disk = root.and_then(|it| fs::read(it.join(path.as_str())).ok());
            // A file that a sparse checkout leaves out takes part, but cannot be edited.
            let is_here = on_disk.is_some();
            let bytes = on_disk.or_else(|| world.head.bytes(path).ok().map(|it| it.to_vec()));
            let Some(bytes) = bytes else { continue };
            copy.store(path, &bytes)?;
            if let (true, Ok(text)) = (is_here, String::from_utf8(bytes)) {
                copy.texts.insert(path.clone(), Text { before: text.clone(), now: text });
            }
        }
        Ok(copy)
    }

    /// The copy in the place of head.
    pub(crate) fn world(&self, world: &World) -> Result<World, FixError> {
        let head = Arc::new(Repository::open(self.folder.path())?.worktree()?);
        Ok(world.with_head(head))
    }

    /// The text of a file as it is now, or why it cannot be edited.
    pub(crate) fn text(&self, path: &RepoPath) -> Result<&str, String> {
        let text = self.texts.get(path).map(|it| it.now.as_str());
        text.ok_or_else(|| format!("`{path}` is not on disk as UTF-8"))
    }

    /// Puts another text in the place of a file.
    pub(crate) fn write(&mut self, path: &RepoPath, text: String) -> Result<(), FixError> {
        self.store(path, text.as_bytes())?;
        if let Some(it) = self.texts.get_mut(path) {
            it.now = text;
        }
        Ok(())
    }

    /// The files that are not as they were.
    pub(crate) fn edited(self) -> Vec<Edited> {
        let changed = self.texts.into_iter().filter(|(_, it)| it.before != it.now);
        changed.map(|(path, it)| Edited { path, before: it.before, after: it.now }).collect()
    }

    fn store(&self, path: &RepoPath, bytes: &[u8]) -> Result<(), FixError> {
        let full = self.folder.path().join(path.as_str());
        let parent = full.parent().map_or(Ok(()), fs::create_dir_all);
        parent.and_then(|()| fs::write(&full, bytes)).map_err(|err| cannot("a copy", err))
    }
}

pub(crate) fn cannot(what: &str, source: io::Error) -> FixError {
    FixError::Write { what: what.to_owned(), source }
}
