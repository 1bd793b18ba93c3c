use std::path::Path;

use gix::index::{
    State,
    entry::{Stat, stat::Options},
    fs::Metadata,
};

/// Tells from times, size and place whether a file is the one that git compared last, as git does.
#[derive(Clone, Copy)]
pub(crate) struct Comparison {
    /// When git wrote the index, in nanoseconds.
    written: i128,
    options: Options,
}

/// Clocks of file systems stand still for some milliseconds: a file that changed this shortly
/// before the index was written may have changed once more without showing it. Git calls it racy.
const RACY_NS: i128 = 20_000_000;

const SECOND_NS: i128 = 1_000_000_000;

impl Comparison {
    pub(super) fn new(index: &State, options: Options) -> Self {
        let time = index.timestamp();
        let written = i128::from(time.unix_seconds()) * SECOND_NS + i128::from(time.nanoseconds());
        Self { written, options }
    }

    /// Is the file here surely the one whose looks git noted?
    pub(crate) fn is_clean(&self, known: &Stat, file: &Path) -> bool {
        let metadata = Metadata::from_path_no_follow(file).ok().filter(Metadata::is_file);
        let Some(now) = metadata.and_then(|it| Stat::from_fs(&it).ok()) else { return false };
        // Some writers of an index note whole seconds only; then nothing finer can be compared.
        let use_nsec = known.mtime.nsecs != 0 || known.ctime.nsecs != 0;
        let options = Options { use_nsec, ..self.options };
        known.matches(&now, options) && !self.is_racy(known, use_nsec)
    }

    fn is_racy(&self, known: &Stat, use_nsec: bool) -> bool {
        let seconds = i128::from(known.mtime.secs) * SECOND_NS;
        if use_nsec {
            seconds + i128::from(known.mtime.nsecs) + RACY_NS >= self.written
        } else {
            seconds + SECOND_NS > self.written
        }
    }
}
