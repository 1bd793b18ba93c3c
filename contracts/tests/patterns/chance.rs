//! Random patterns, from a seed.

/// A seeded stream of numbers (`SplitMix64`).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    pub(crate) fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices.get(self.below(choices.len())).cloned().unwrap()
    }
}

/// A random pattern over few letters.
pub(crate) fn pattern(chance: &mut Chance, depth: usize) -> String {
    let atoms = [
        "a", "b", "-", ".", "[ab]", "[^a]", "[^]", r"\w", r"\W", r"\d", r"\s", "[a-]", "é", "(?:)",
        "[]", "^", "$", r"\b", r"\B",
    ];
    if depth == 0 {
        return chance.of(&atoms).to_owned();
    }
    let mut part = || pattern(chance, depth - 1);
    let (one, other) = (part(), part());
    match chance.below(9) {
        0 | 1 => format!("{one}{other}"),
        2 => format!("{one}|{other}"),
        3 => format!("({one})"),
        4 => format!(
            "(?:{one}{other}){}",
            chance.of(&["*", "+", "?", "{2}", "{1,2}", "{0,3}?", "{2,}"])
        ),
        5 => format!("^(?:{one})$"),
        6 => format!("{one}(?:{other})?"),
        7 => format!("(?:{one}|{other}|{})", chance.of(&atoms)),
        _ => one,
    }
}
