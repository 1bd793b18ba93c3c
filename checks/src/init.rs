//! First files for a repository that has none: what they say, and how they are written.

mod draft;
mod files;

pub use self::{
    draft::{Draft, checks_toml, workflow},
    files::{Written, write},
};
