//! Two revisions of one contract, compared by meaning.

pub(crate) mod question;

use crate::{Comparison, Contract, Settings, Store};

/// Every root cause that breaks an exchange, generated code or the life cycle, and what could
/// not be decided.
#[must_use]
pub fn compare(
    _store: &mut Store,
    _base: &Contract,
    _head: &Contract,
    _settings: &Settings,
) -> Comparison {
    Comparison::default()
}
