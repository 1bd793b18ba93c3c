//! A double of GitHub for tests.

mod options;

pub use crate::options::{Options, Slug, SlugError};
