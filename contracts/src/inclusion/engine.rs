//! Questions, their budgets, and what is remembered between them.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use std::fmt;

use serde_json::Value;

use crate::{
    Budgets, Contract, Store,
    inclusion::{
        Answer, Lowering, Table,
        constant::{ConstantId, TextId},
        evaluate::Truth,
        schema::{Schema, SchemaId},
        search::{Literal, Outcome},
    },
    pattern::{Language, Looking, Patterns, Unsupported},
};

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A budget ran out: its name.
    Budget(&'static str),
    /// A pattern that is no regular set.
    Pattern(Unsupported),
    /// A part that is only equal to itself.
    Opaque(String),
    /// The search and its own check disagree.
    Unconfirmed,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Budget(name) => write!(out, "budget-{name}"),
            Self::Pattern(unsupported) => unsupported.fmt(out),
            Self::Opaque(name) => out.write_str(&name.replace(' ', "-")),
            Self::Unconfirmed => out.write_str("unconfirmed"),
        }
    }
}

/// How deep one step may lie within others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Of questions within questions.
    pub(super) questions: u32,
    /// Of parts and values while one value is looked at.
    pub(super) evaluation: u32,
}

/// For the stack that there is.
const SHALLOW: Bounds = Bounds { questions: 24, evaluation: 200 };
/// For a stack of its own.
const DEEP: Bounds = Bounds { questions: 1_200, evaluation: 4_000 };
const STACK: usize = 256 << 20;

/// What is known of a conjunction.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known {
    /// This value fits all.
    Value(ConstantId),
    /// No value does.
    Empty,
    /// No value does, unless one fits an open question at this depth or above.
    EmptyBelow(u32),
}

/// An answer whose value is not written out.
#[derive(Debug, Clone)]
pub(crate) enum Found {
    /// Every value of the one is a value of the other.
    Nothing,
    /// This one is not.
    Value(ConstantId),
    /// It could not be decided.
    Unknown(Reason),
}

/// Answers questions about the schemas of two contracts, and remembers what it found out.
pub struct Inclusion<'a> {
    /// Where the parts come from.
    pub lowering: Lowering<'a>,
    budgets: Budgets,
    pub(super) patterns: Patterns,
    n_steps: usize,
    pub(super) evaluation_depth: u32,
    pub(super) fitting: Table<(SchemaId, ConstantId), Truth>,
    pub(super) disjoint: Table<SchemaId, bool>,
    pub(super) expansions: Table<SchemaId, SchemaId>,
    pub(super) memo: Table<Box<[Literal]>, Known>,
    pub(super) unknown: Table<Box<[Literal]>, Reason>,
    pub(super) open: Table<Box<[Literal]>, u32>,
    pub(super) provisional: Vec<Box<[Literal]>>,
    pub(super) depth: u32,
    pub(super) n_branches: usize,
    pub(super) bounds: Bounds,
    /// Whether a bound was met that a larger stack would lift.
    pub(super) is_too_deep: bool,
}

impl<'a> Inclusion<'a> {
    /// For two contracts whose values are kept in one store.
    #[must_use]
    pub fn new(store: &'a Store, base: &'a Contract, head: &'a Contract, budgets: Budgets) -> Self {
        Self {
            lowering: Lowering::new(store, base, head),
            budgets,
            patterns: Patterns::new(budgets.automaton_states),
            n_steps: 0,
            evaluation_depth: 0,
            fitting: Table::default(),
            disjoint: Table::default(),
            expansions: Table::default(),
            memo: Table::default(),
            unknown: Table::default(),
            open: Table::default(),
            provisional: Vec::new(),
            depth: 0,
            n_branches: 0,
            bounds: SHALLOW,
            is_too_deep: false,
        }
    }

    /// Is every value of the one a value of the other?
    pub fn includes(&mut self, sub: SchemaId, sup: SchemaId) -> Answer {
        self.ask(&[Literal::fits(sub), Literal::fits_not(sup)])
    }

    /// As [`Inclusion::includes`], but of values without member names that only `sup` declares.
    pub fn includes_known_names(&mut self, sub: SchemaId, sup: SchemaId) -> Answer {
        let known = self.lowering.schemas.known(vec![sub], vec![sup]);
        self.ask(&[Literal::fits(sub), Literal::fits_not(sup), Literal::fits(known)])
    }

    /// Does no value fit? "Not included" comes with one that does.
    pub fn is_empty(&mut self, schema: SchemaId) -> Answer {
        self.ask(&[Literal::fits(schema)])
    }

    /// As [`Inclusion::includes`], with a value that is not written out.
    pub(crate) fn outside(&mut self, sub: SchemaId, sup: SchemaId) -> Found {
        self.find(&[Literal::fits(sub), Literal::fits_not(sup)])
    }

    /// Does the value fit, as far as that is told without a search?
    pub(crate) fn takes(&mut self, schema: SchemaId, value: ConstantId) -> Option<bool> {
        self.n_steps = 0;
        self.bounds = SHALLOW;
        self.fits(schema, value)
    }

    fn ask(&mut self, literals: &[Literal]) -> Answer {
        match self.find(literals) {
            Found::Nothing => Answer::Included,
            Found::Value(value) => Answer::NotIncluded(self.value(value)),
            Found::Unknown(reason) => Answer::Undecided(reason.to_string()),
        }
    }

    fn find(&mut self, literals: &[Literal]) -> Found {
        self.n_steps = 0;
        self.unknown.clear();
        self.is_too_deep = false;
        let mut outcome = self.confirmed(literals, SHALLOW);
        if self.is_too_deep && matches!(outcome, Outcome::Unknown(_)) {
            // Most questions need little stack, so the large one is only made on demand.
            self.unknown.clear();
            outcome = std::thread::scope(|scope| {
                let search = || self.confirmed(literals, DEEP);
                let thread = std::thread::Builder::new().stack_size(STACK);
                let outcome = thread.spawn_scoped(scope, search).ok().and_then(|it| it.join().ok());
                outcome.unwrap_or(Outcome::Unknown(Reason::Budget("depth")))
            });
        }
        match outcome {
            Outcome::Empty(_) => Found::Nothing,
            Outcome::Unknown(reason) => Found::Unknown(reason),
            Outcome::Value(value) => Found::Value(value),
        }
    }

    /// What comes of the search, where a value is looked at once more.
    fn confirmed(&mut self, literals: &[Literal], bounds: Bounds) -> Outcome {
        self.bounds = bounds;
        let outcome = self.inhabitant(literals.to_vec());
        let Outcome::Value(value) = outcome else { return outcome };
        self.n_steps = 0;
        match self.all_hold(literals, value) {
            Ok(true) => outcome,
            Ok(false) => Outcome::Unknown(Reason::Unconfirmed),
            Err(reason) => Outcome::Unknown(reason),
        }
    }

    /// A value that was found.
    #[must_use]
    pub fn value(&self, value: ConstantId) -> Value {
        self.lowering.schemas.constants.to_value(value)
    }

    /// Takes steps from the budget of the question; tells whether there were so many.
    pub(super) fn spend(&mut self, n_steps: usize) -> bool {
        self.n_steps = self.n_steps.saturating_add(n_steps);
        self.n_steps <= self.budgets.steps
    }

    pub(super) fn budgets(&self) -> &Budgets {
        &self.budgets
    }

    /// The texts in which a pattern is found.
    pub(super) fn language(&mut self, pattern: TextId) -> Result<Language, Reason> {
        let text = self.lowering.schemas.constants.str(pattern);
        self.patterns.language(text).map_err(Reason::Pattern)
    }

    /// A pattern that looks around.
    pub(super) fn looking(&mut self, pattern: TextId) -> Option<&Looking> {
        self.patterns.looking(self.lowering.schemas.constants.str(pattern))
    }

    /// What a part means that is written in terms of others.
    pub(super) fn expanded(&mut self, id: SchemaId) -> Result<SchemaId, Reason> {
        if let Some(known) = self.expansions.get(&id) {
            return Ok(*known);
        }
        let expanded = match self.lowering.schemas.get(id).clone() {
            Schema::UnevaluatedProperties(within, rest) => self.expand_properties(within, rest)?,
            Schema::UnevaluatedItems(within, rest) => self.expand_items(within, rest)?,
            Schema::Known(sending, receiving) => self.expand_known(&sending, &receiving),
            _ => id,
        };
        self.expansions.insert(id, expanded);
        Ok(expanded)
    }
}
