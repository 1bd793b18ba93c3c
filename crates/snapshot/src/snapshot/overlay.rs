use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use kernel::RepoPath;

use crate::{
    Snapshot,
    listing::Item,
    snapshot::{EntryKind, Slot},
};

impl Snapshot {
    /// The same revision with other contents for some files: given bytes, or none for a file that
    /// is gone. Nothing is written; documents of the other files are shared if they were read.
    #[must_use]
    pub fn with(&self, files: &BTreeMap<RepoPath, Option<Arc<[u8]>>>) -> Self {
        let kept =
            self.slots.iter().filter(|it| !files.contains_key(&it.item.path)).map(Slot::again);
        let present = files.iter().filter(|(_, bytes)| bytes.is_some());
        let mut slots: Vec<Slot> = kept.chain(present.map(|(path, _)| Slot::given(path))).collect();
        slots.sort_by(|left, right| left.item.path.cmp(&right.item.path));
        let mut given = self.given.clone();
        for (path, bytes) in files {
            given.remove(path);
            given.extend(bytes.clone().map(|it| (path.clone(), it)));
        }
        Self {
            revision: self.revision,
            bounds: self.bounds,
            root: self.root.clone(),
            git: self.git.clone(),
            slots,
            given,
            notes: self.notes.clone(),
            comparison: self.comparison,
            attributes: OnceLock::new(),
        }
    }
}

impl Slot {
    fn again(&self) -> Self {
        let Item { path, kind, stored, is_on_disk } = &self.item;
        let (path, kind, stored, is_on_disk) = (path.clone(), *kind, *stored, *is_on_disk);
        let item = Item { path, kind, stored, is_on_disk };
        Self { item, digest: self.digest.clone(), documents: self.documents.clone() }
    }

    fn given(path: &RepoPath) -> Self {
        let (path, kind) = (path.clone(), EntryKind::File);
        let item = Item { path, kind, stored: None, is_on_disk: true };
        Self { item, digest: OnceLock::new(), documents: Default::default() }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{Format, Repository};

    #[test]
    fn other_contents_do_not_touch_the_disk_or_the_first_snapshot() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.toml"), "x = 1").unwrap();
        fs::write(folder.path().join("b.toml"), "x = 2").unwrap();
        let first = Repository::open(folder.path()).unwrap().worktree().unwrap();
        let path = |it: &str| RepoPath::new(it).unwrap();
        let files = BTreeMap::from([
            (path("a.toml"), Some(Arc::from(b"x = 3".as_slice()))),
            (path("b.toml"), None),
            (path("0.toml"), Some(Arc::from(b"x = 4".as_slice()))),
        ]);
        let second = first.with(&files);
        let names = |it: &Snapshot| it.paths().map(|(it, _)| it.to_string()).collect::<Vec<_>>();
        assert_eq!(names(&first), ["a.toml", "b.toml"]);
        assert_eq!(names(&second), ["0.toml", "a.toml"]);
        let text =
            |it: &Snapshot| it.document(&path("a.toml"), Format::Toml).unwrap().text.to_string();
        assert_eq!((text(&first).as_str(), text(&second).as_str()), ("x = 1", "x = 3"));
        assert!(second.bytes(&path("b.toml")).is_err());
        let third = second.with(&BTreeMap::from([(path("a.toml"), None)]));
        assert!(third.bytes(&path("a.toml")).is_err());
    }
}
