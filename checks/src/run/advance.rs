//! How far a run has come, for whoever waits.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Contracts that are done, of all that there are.
#[derive(Debug, Default)]
pub struct Advance {
    n_done: AtomicUsize,
    n_all: AtomicUsize,
}

impl Advance {
    /// So many contracts are to be looked at.
    pub(crate) fn expect(&self, n_all: usize) {
        self.n_all.fetch_add(n_all, Ordering::Relaxed);
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        self.n_done.fetch_add(1, Ordering::Relaxed);
    }

    /// `contract 12 of 1000`; nothing where there are none.
    #[must_use]
    pub fn told(&self) -> Option<String> {
        let n_all = self.n_all.load(Ordering::Relaxed);
        let n_next = self.n_done.load(Ordering::Relaxed).saturating_add(1).min(n_all);
        (n_all > 0).then(|| format!("contract {n_next} of {n_all}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_that_is_looked_at_is_told() {
        let advance = Advance::default();
        assert_eq!(advance.told(), None);
        advance.expect(2);
        for expected in ["contract 1 of 2", "contract 2 of 2", "contract 2 of 2"] {
            assert_eq!(advance.told().as_deref(), Some(expected));
            advance.step();
        }
    }
}
