//! Random numbers that a seed repeats.

/// A stream of numbers (`SplitMix64`).
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// How many times as long as usual random tests run.
#[expect(clippy::disallowed_methods, reason = "the soak says how long tests run")]
pub(crate) fn factor() -> usize {
    std::env::var("PROOFMARK_SOAK").ok().and_then(|it| it.parse().ok()).unwrap_or(1)
}

/// Where the random inputs of a soak start.
#[expect(clippy::disallowed_methods, reason = "the soak says where random tests start")]
pub(crate) fn seed() -> u64 {
    std::env::var("PROOFMARK_SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(1_000_000)
}
