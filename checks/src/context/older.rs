//! The revision that head is compared with.

use kernel::{Stop, Undecided};

use crate::context::Reader;

/// The older side of a run.
pub enum Older<'run> {
    /// It is here.
    Reader(Reader<'run>),
    /// `--base none`: what needs it is off.
    Declined,
    /// It cannot be had: what needs it is undecided.
    Missing(Undecided),
}

impl<'run> Older<'run> {
    /// The reader, or the reason why the rule stops.
    pub fn reader(&self) -> Result<&Reader<'run>, Stop> {
        match self {
            Self::Reader(reader) => Ok(reader),
            Self::Declined => {
                Err(Stop::Off("`--base none`: there is nothing to compare with".into()))
            }
            Self::Missing(undecided) => Err(Stop::Undecided(undecided.clone())),
        }
    }
}
