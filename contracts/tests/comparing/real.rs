//! The public contracts of the corpora, which are no part of the repository.

use std::{
    io::BufReader,
    path::{Path, PathBuf},
};

use contracts::Store;
use serde_json::Value;

use crate::{random::factor, support};

/// Larger files, packed, take longer than seconds in a build for tests; the soak takes all.
const LARGEST: u64 = 125_000;
/// The same for what is done with each file many times.
const LARGEST_TO_EDIT: u64 = 50_000;

/// One revision of one contract.
pub(crate) struct Revision {
    pub(crate) name: String,
    pub(crate) text: Vec<u8>,
}

impl Revision {
    /// What it says.
    pub(crate) fn value(&self) -> Value {
        let mut store = Store::new();
        let contract = support::contract(&mut store, &self.text);
        store.value(contract.root().node)
    }
}

#[expect(clippy::disallowed_methods, reason = "a test finds its data by the environment")]
fn folder() -> Option<PathBuf> {
    let named = std::env::var("PROOFMARK_CORPORA").ok().map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora");
    let folder = named.unwrap_or_else(beside).join("contracts/pairs");
    folder.is_dir().then_some(folder)
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).unwrap();
    lzma_rs::xz_decompress(&mut BufReader::new(file), &mut bytes).unwrap();
    bytes
}

/// The files of a folder, in order.
fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Base and head of each pair; in the suite only of those that are small enough.
pub(crate) fn pairs() -> Vec<[Revision; 2]> {
    pairs_up_to(LARGEST)
}

/// Each revision by itself; in the suite only the newer ones of small pairs.
pub(crate) fn revisions() -> impl Iterator<Item = Revision> {
    let n_skipped = usize::from(factor() == 1);
    pairs_up_to(LARGEST_TO_EDIT).into_iter().flat_map(move |it| it.into_iter().skip(n_skipped))
}

#[expect(clippy::print_stdout, reason = "a test says when it was skipped")]
fn pairs_up_to(largest: u64) -> Vec<[Revision; 2]> {
    let Some(folder) = folder() else {
        println!("skipped: no corpora beside the repository");
        return Vec::new();
    };
    let folders = sorted(&folder).into_iter().filter(|it| it.is_dir());
    folders.filter_map(|it| pair(&it, largest)).collect()
}

fn pair(folder: &Path, largest: u64) -> Option<[Revision; 2]> {
    let is_packed = |it: &PathBuf| it.extension().is_some_and(|it| it == "xz");
    let files: Vec<_> = sorted(folder).into_iter().filter(is_packed).collect();
    let is_small = |it: &PathBuf| it.metadata().unwrap().len() <= largest || factor() > 1;
    let revision = |path: &PathBuf| {
        let [folder, file] = [folder, path].map(|it| it.file_name().unwrap().to_string_lossy());
        Revision { name: format!("{folder}/{file}"), text: unpacked(path) }
    };
    let [base, head] = files.as_slice() else { return None };
    files.iter().all(is_small).then(|| [revision(base), revision(head)])
}
