//! Promises that were told already, and the values that show nothing but them.

use std::collections::BTreeMap;

use crate::{
    blame::{
        asking::Asking,
        path::{Turn, candidates},
        walk::Turns,
    },
    inclusion::{ConstantId, SchemaId},
};

/// What was told so far.
pub(crate) struct Told {
    /// At the root.
    pub demands: Vec<SchemaId>,
    /// At each pair of positions.
    pub at: BTreeMap<usize, Vec<SchemaId>>,
    /// How these hang together.
    pub turns: Turns,
}

impl Told {
    /// Is a promise that was told already broken somewhere in the value? In a schema that contains
    /// itself it may be broken at any depth.
    pub(crate) fn explains(&self, asking: &mut Asking<'_>, value: ConstantId) -> bool {
        let mut open = vec![(0, value, 0)];
        let mut n_looks = 0;
        while let Some((at, value, depth)) = open.pop() {
            n_looks += 1;
            if n_looks > LOOKS {
                return false;
            }
            let mut demands = self.at.get(&at).into_iter().flatten();
            if demands.any(|it| !asking.takes_kept(*it, value)) {
                return true;
            }
            for (turn, next) in self.turns.get(&at).into_iter().flatten() {
                let below = below(asking, turn, (value, depth));
                open.extend(below.into_iter().map(|it| (*next, it.0, it.1)));
            }
        }
        false
    }
}

/// The values that a turn leads to, with the number of alternatives chosen without a step down.
fn below(
    asking: &mut Asking<'_>,
    turn: &Turn,
    (value, depth): (ConstantId, usize),
) -> Vec<(ConstantId, usize)> {
    if matches!(turn, Turn::Unless(_)) {
        return if depth < LEVELS { vec![(value, depth + 1)] } else { Vec::new() };
    }
    let constants = &mut asking.schemas().constants;
    candidates(constants, turn, value).into_iter().map(|it| (it.1, 0)).collect()
}

/// Places of a value that are looked at for a promise that was told.
const LOOKS: usize = 2_000;

/// Alternatives within alternatives.
const LEVELS: usize = 8;
