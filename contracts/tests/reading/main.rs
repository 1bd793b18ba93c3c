//! Reading from outside: texts of every kind, real contracts, references over files.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at once")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

mod json;
mod pairs;
mod texts;
