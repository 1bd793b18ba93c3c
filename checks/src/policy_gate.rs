//! The gate `policy`: what its rules share. Each judge reads the texts again, with other parsers
//! than the search, and shares no code with it.

mod acceptor;
mod difference;
mod jsonc;
mod reread;
mod unreadable;
mod waiver;

pub(crate) use self::{
    difference::{Claimed, PolicyDifference, PolicyTexts},
    unreadable::{Bytes, Unreadable},
    waiver::{Fault, WaiverText, Written, written},
};
