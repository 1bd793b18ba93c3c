use std::{fmt, thread};

use kernel::RepoPath;

use crate::{
    Error, ReadError, Snapshot,
    git::Git,
    listing::{Item, threads},
    snapshot::{EntryKind, LARGEST_DIGESTED},
};

/// A name of the content of a file: equal ids mean equal content.
///
/// With git it is the name that git gives the content, without git a digest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(Box<str>);

impl ContentId {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContentId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Snapshot {
    /// The name of the content of one file, without reading what git knows.
    pub fn content_id(&self, path: &RepoPath) -> Result<ContentId, ReadError> {
        let slot = self.slot(path.as_str()).ok_or_else(|| ReadError::Missing(path.clone()))?;
        self.name(&slot.item)
    }

    /// A stable identity of the files that the filter takes, without reading what git knows.
    ///
    /// A file whose times, size and place are those of git's index has the content that the index
    /// names; everything else is read. Links and other things that are not read have their kind.
    pub fn fingerprint(
        &self,
        filter: &dyn Fn(&RepoPath) -> bool,
    ) -> Result<Vec<(RepoPath, ContentId)>, Error> {
        let items = self.slots.iter().map(|it| &it.item);
        let items: Vec<&Item> = items.filter(|it| filter(&it.path)).collect();
        let share = items.len().div_ceil(threads()).max(64);
        let named = thread::scope(|scope| {
            let name_all = |items: &[&Item]| -> Result<Vec<_>, ReadError> {
                items.iter().map(|it| Ok((it.path.clone(), self.name(it)?))).collect()
            };
            let parts: Vec<_> =
                items.chunks(share).map(|part| scope.spawn(move || name_all(part))).collect();
            let join = |part: thread::ScopedJoinHandle<'_, _>| {
                part.join().unwrap_or_else(|it| std::panic::resume_unwind(it))
            };
            parts.into_iter().map(join).collect::<Result<Vec<_>, ReadError>>()
        })?;
        Ok(named.into_iter().flatten().collect())
    }

    fn name(&self, item: &Item) -> Result<ContentId, ReadError> {
        if item.kind != EntryKind::File {
            let known = item.stored.filter(|_| !item.is_on_disk).map(|it| it.id.to_string());
            let name = known.unwrap_or_else(|| format!("{:?}", item.kind).to_lowercase());
            return Ok(ContentId(name.into()));
        }
        let git = self.git.as_deref();
        let known = item.stored.filter(|_| !item.is_on_disk || self.is_clean(item));
        if let Some(known) = known {
            return Ok(ContentId(known.id.to_string().into()));
        }
        let content = self.content(item, self.bounds.bytes.max(LARGEST_DIGESTED))?;
        let name = git.and_then(|it: &Git| it.name_of(&content)).map(|it| it.to_string());
        Ok(ContentId(name.unwrap_or_else(|| kernel::Digest::of(&content).to_string()).into()))
    }
}
