//! Texts: lengths, patterns that are wanted and that are not, values that are not.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use crate::{
    inclusion::{
        constant::{Constant, TextId},
        engine::{Inclusion, Reason},
        schema::Schema,
        search::{FREE, Outcome, state::State},
    },
    pattern::{Strings, Unsupported},
};

/// Texts that are looked through for a pattern that looks around.
const TRIES: usize = 64;

impl Inclusion<'_> {
    pub(super) fn text(&mut self, state: &State) -> Outcome {
        let mut strings = Strings::default();
        let mut unknown = None;
        let mut looking = Vec::new();
        for leaf in &state.leaves {
            let positive = leaf.is_positive();
            match (self.lowering.schemas.get(leaf.schema()).clone(), positive) {
                (Schema::MinLength(min), true) => strings.least = strings.least.max(min),
                (Schema::MinLength(min), false) => at_most(&mut strings, min.saturating_sub(1)),
                (Schema::MaxLength(max), true) => at_most(&mut strings, max),
                (Schema::MaxLength(max), false) => {
                    strings.least = strings.least.max(max.saturating_add(1));
                }
                (Schema::Pattern(pattern), _) => match self.language(pattern) {
                    Ok(it) if positive => strings.wanted.push(it),
                    Ok(it) => strings.unwanted.push(it),
                    Err(Reason::Pattern(Unsupported::LookAround)) if positive => {
                        looking.push(pattern);
                    }
                    Err(reason) => unknown = Some(reason),
                },
                (Schema::Constants(values), false) => {
                    let constants = &self.lowering.schemas.constants;
                    let texts = values.iter().filter_map(|it| match constants.get(*it) {
                        Constant::Text(text) => Some(constants.str(*text).to_owned()),
                        _ => None,
                    });
                    strings.without.extend(texts);
                }
                _ => {}
            }
        }
        if unknown.is_none() && !looking.is_empty() {
            return self.looked_for(strings, &looking);
        }
        self.some_text(&strings, unknown)
    }

    /// A text that a wanted pattern is found in though it looks around. There may be one even if
    /// none of those that are tried is it.
    fn looked_for(&mut self, mut strings: Strings, patterns: &[TextId]) -> Outcome {
        let unknown = Outcome::Unknown(Reason::Pattern(Unsupported::LookAround));
        for pattern in patterns {
            let Some(looking) = self.looking(*pattern) else { return unknown };
            strings.wanted.extend(looking.wanted.iter().cloned());
            strings.unwanted.extend(looking.unwanted.iter().cloned());
        }
        if strings.least > self.budgets().witness_bytes as u64 {
            return Outcome::Unknown(Reason::Budget("witness"));
        }
        self.spend(strings.without.len() / 16 + TRIES);
        let Ok(texts) = strings.some(TRIES, self.budgets().automaton_states) else {
            return unknown;
        };
        if texts.is_empty() {
            return Outcome::Empty(FREE);
        }
        let found = texts.into_iter().find(|text| {
            patterns
                .iter()
                .all(|it| self.looking(*it).and_then(|it| it.is_found(text)) == Some(true))
        });
        let Some(text) = found else { return unknown };
        let constants = &mut self.lowering.schemas.constants;
        let text = constants.text(&text);
        Outcome::Value(constants.keep(Constant::Text(text)))
    }

    fn some_text(&mut self, strings: &Strings, unknown: Option<Reason>) -> Outcome {
        // A text that is longer than any witness may be is not written out.
        let too_long = strings.least > self.budgets().witness_bytes as u64;
        if too_long && strings.most.is_none_or(|it| it >= strings.least) {
            return Outcome::Unknown(Reason::Budget("witness"));
        }
        self.spend(strings.without.len() / 16 + 1);
        match (strings.shortest(self.budgets().automaton_states), unknown) {
            (Err(_), _) => Outcome::Unknown(Reason::Budget("automaton-states")),
            (Ok(None), _) => Outcome::Empty(FREE),
            (Ok(Some(_)), Some(reason)) => Outcome::Unknown(reason),
            (Ok(Some(text)), None) => {
                let constants = &mut self.lowering.schemas.constants;
                let text = constants.text(&text);
                Outcome::Value(constants.keep(Constant::Text(text)))
            }
        }
    }
}

fn at_most(strings: &mut Strings, most: u64) {
    strings.most = Some(strings.most.map_or(most, |it| it.min(most)));
}
