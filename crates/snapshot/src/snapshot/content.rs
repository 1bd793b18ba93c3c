use std::{fs::File, io::Read};

use kernel::RepoPath;

use crate::{
    ReadError, Snapshot,
    attributes::{self, Attributes, Conversion},
    convert::{has_crlf, to_git},
    git::{Git, NoBlob},
    listing::Item,
    snapshot::EntryKind,
};

impl Snapshot {
    /// The content of an entry as git stores it.
    pub(super) fn content(&self, item: &Item, limit: usize) -> Result<Vec<u8>, ReadError> {
        if let Some(given) = self.given.get(&item.path) {
            let too_large = || ReadError::TooLarge { path: item.path.clone(), limit };
            return (given.len() <= limit).then(|| given.to_vec()).ok_or_else(too_large);
        }
        if let Some(kind) = not_a_file(item.kind) {
            return Err(ReadError::NotAFile { path: item.path.clone(), kind });
        }
        if !item.is_on_disk {
            return self.stored_content(item, limit);
        }
        let Some((git, attributes)) = self.git.as_deref().zip(self.attributes()) else {
            return self.raw(item, limit);
        };
        let conversion = attributes.of(&format!("{}{}", git.prefix(), item.path));
        if conversion.is_filtered && self.is_clean(item) {
            return self.stored_content(item, limit);
        }
        let raw = self.raw(item, limit)?;
        Ok(self.converted(git, item, raw, &conversion))
    }

    fn converted(&self, git: &Git, item: &Item, raw: Vec<u8>, conversion: &Conversion) -> Vec<u8> {
        let has_crlf_in_git = || {
            let copy = item.stored.and_then(|it| git.blob(it.id, self.bounds.bytes).ok());
            copy.is_some_and(|it| has_crlf(&it))
        };
        match to_git(&raw, conversion, has_crlf_in_git) {
            std::borrow::Cow::Borrowed(_) => raw,
            std::borrow::Cow::Owned(converted) => converted,
        }
    }

    fn unconverted(&self, item: &Item, limit: usize) -> Result<Vec<u8>, ReadError> {
        if item.is_on_disk { self.raw(item, limit) } else { self.stored_content(item, limit) }
    }

    pub(super) fn stored_content(&self, item: &Item, limit: usize) -> Result<Vec<u8>, ReadError> {
        let damaged = || ReadError::Damaged(item.path.clone());
        let (git, stored) = self.git.as_deref().zip(item.stored).ok_or_else(damaged)?;
        git.blob(stored.id, limit).map_err(|it| match it {
            NoBlob::TooLarge => ReadError::TooLarge { path: item.path.clone(), limit },
            NoBlob::Damaged => damaged(),
        })
    }

    /// The bytes on disk. A pipe that took the place of the file meanwhile is not opened.
    pub(super) fn raw(&self, item: &Item, limit: usize) -> Result<Vec<u8>, ReadError> {
        let path = &item.path;
        let refused = |it: std::io::Error| refused(path, &it);
        let on_disk = self.root.join(path.as_str());
        let metadata = on_disk.symlink_metadata().map_err(refused)?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile { path: path.clone(), kind: "no regular file" });
        }
        let too_large = || ReadError::TooLarge { path: path.clone(), limit };
        if metadata.len() > limit as u64 {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
        let file = File::open(&on_disk).map_err(refused)?;
        file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(refused)?;
        if bytes.len() > limit { Err(too_large()) } else { Ok(bytes) }
    }

    /// Is the file on disk the one that git compared last?
    pub(super) fn is_clean(&self, item: &Item) -> bool {
        let known = item.stored.and_then(|it| it.stat).zip(self.comparison);
        known.is_some_and(|(stat, it)| it.is_clean(&stat, &self.root.join(item.path.as_str())))
    }

    /// What the attribute files of the work tree say; none without git.
    fn attributes(&self) -> Option<&Attributes> {
        let read = || {
            let git = self.git.as_deref()?;
            let mut files = attributes::above(git.top(), git.prefix());
            let is_attributes = |it: &&Item| it.path.file_name() == ".gitattributes";
            let items = self.slots.iter().map(|it| &it.item).filter(is_attributes);
            let mut own: Vec<&Item> = items.filter(|it| it.kind == EntryKind::File).collect();
            own.sort_by_key(|it| it.path.as_str().matches('/').count());
            files.extend(own.into_iter().filter_map(|it| {
                let bytes = self.unconverted(it, self.bounds.bytes).ok()?;
                Some((format!("{}{}", git.prefix(), it.path), bytes))
            }));
            Some(Attributes::new(git, &files))
        };
        self.attributes.get_or_init(read).as_ref()
    }
}

fn not_a_file(kind: EntryKind) -> Option<&'static str> {
    match kind {
        EntryKind::File => None,
        EntryKind::Symlink => Some("a symbolic link"),
        EntryKind::Submodule => Some("a submodule"),
        EntryKind::Special => Some("a pipe, a socket or a device"),
    }
}

fn refused(path: &RepoPath, error: &std::io::Error) -> ReadError {
    if error.kind() == std::io::ErrorKind::NotFound {
        ReadError::Missing(path.clone())
    } else {
        ReadError::Refused { path: path.clone(), reason: error.kind().to_string() }
    }
}
