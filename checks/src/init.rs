//! First files for a repository that has none: what they say, and how they are written.

mod draft;
mod files;
mod templates;

pub use self::{
    draft::{Draft, checks_toml},
    files::{Written, write},
    templates::{COMMENT, Templates, attributes},
};
