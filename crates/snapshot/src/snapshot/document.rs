use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use kernel::{Digest, Document, LineIndex, RepoPath};

use crate::{
    DocumentError, EntryKind, Format, Snapshot, SyntaxError,
    listing::{Item, threads},
    snapshot::Slot,
};

/// So few documents are parsed before another thread has started.
const FEW: usize = 16;

/// How the pointer files of Git LFS start.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/v1";

impl Snapshot {
    /// Parses these documents on several threads, so that [`Snapshot::document`] has them at hand.
    /// What cannot be parsed is said to whoever asks for it.
    pub fn load(&self, wanted: &[(&RepoPath, Format)]) {
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some((path, format)) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                drop(self.document(path, *format));
            }
        };
        let n_others = threads().min(wanted.len() / FEW).saturating_sub(1);
        thread::scope(|scope| {
            (0..n_others).for_each(|_| drop(scope.spawn(work)));
            work();
        });
    }

    pub(super) fn parse(&self, slot: &Slot, format: Format) -> Result<Document, DocumentError> {
        let path = &slot.item.path;
        let bytes = self.content(&slot.item, self.bounds.bytes)?;
        let digest = *slot.digest.get_or_init(|| Digest::of(&bytes));
        if bytes.starts_with(LFS) {
            return Err(DocumentError::LfsPointer(path.clone()));
        }
        let text = String::from_utf8(bytes).map_err(|it| not_utf8(path, it.as_bytes()))?;
        let text = without_mark(&text);
        let root = format.parse(text, &self.bounds).map_err(|it| at_place(path, text, it))?;
        Ok(Document::new(path.clone(), text.into(), digest, root))
    }

    pub(super) fn text_as_it_lies(&self, item: &Item) -> Result<String, DocumentError> {
        let bytes = if item.kind == EntryKind::File && item.is_on_disk {
            self.raw(item, self.bounds.bytes)?
        } else {
            self.content(item, self.bounds.bytes)?
        };
        String::from_utf8(bytes).map_err(|it| not_utf8(&item.path, it.as_bytes()))
    }
}

/// The text without byte order mark.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn not_utf8(path: &RepoPath, bytes: &[u8]) -> DocumentError {
    let good = bytes.utf8_chunks().next().map_or("", |it| it.valid());
    let text = without_mark(good);
    let (line, column) = LineIndex::new(text).position(text, text.len());
    DocumentError::NotUtf8 { path: path.clone(), line, column }
}

fn at_place(path: &RepoPath, text: &str, error: SyntaxError) -> DocumentError {
    let region = LineIndex::new(text).region(text, error.span);
    let path = path.clone();
    if error.is_bound {
        DocumentError::TooDeep { path, region, problem: error.message }
    } else {
        DocumentError::Syntax { path, region, expected: error.message }
    }
}
