//! Every format of the report, over reports made by hand.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod hostile;
mod sample;
mod schema;
mod shown;
