use std::{fs, io::Read as _, path::Path};

use anyhow::{Context as _, bail};

use crate::publish::{MAX_REPORT, Told, read};

/// What a report of a fork may be long, where it comes as data from another workflow.
pub(super) const MAX_FOREIGN: u64 = 1024 * 1024;

/// Reads a report file of at most so many bytes; one that is no report is published by nobody.
pub(super) fn open(file: &Path, limit: u64) -> anyhow::Result<Told> {
    let name = file.display();
    let limit = limit.min(MAX_REPORT);
    let opened =
        fs::File::open(file).with_context(|| format!("cannot read the report `{name}`"))?;
    let mut bytes = Vec::new();
    let read_whole = opened.take(limit + 1).read_to_end(&mut bytes);
    read_whole.with_context(|| format!("cannot read the report `{name}`"))?;
    if bytes.len() as u64 > limit {
        bail!("`{name}` has more than {limit} bytes, so nothing is published");
    }
    read(&bytes).with_context(|| format!("`{name}`, so nothing is published"))
}
