use kernel::{Digest, Document, LineIndex, RepoPath};

use crate::{
    DocumentError, EntryKind, Format, Snapshot, SyntaxError, listing::Item, snapshot::Slot,
};

/// How the pointer files of Git LFS start.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/v1";

impl Snapshot {
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
