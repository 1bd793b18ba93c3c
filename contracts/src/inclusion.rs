//! Is every value that one schema takes also taken by another one?
//!
//! [`lower`] turns schemas of any dialect into the parts of [`schema`]; the search then looks for
//! a value that fits the one and not the other.

mod circles;
mod constant;
mod construct;
mod dialect;
mod disjoint;
mod engine;
mod evaluate;
mod known;
mod likeness;
pub mod lower;
pub mod schema;
mod search;
mod types;
mod unevaluated;

use std::hash::{BuildHasherDefault, Hash, Hasher};

use rapidhash::fast::RapidHasher;
use serde_json::Value;

pub use constant::{Constant, ConstantId, Constants, TextId};
pub use dialect::Dialect;
pub(crate) use engine::Found;
pub use engine::Inclusion;
pub(crate) use lower::Care;
pub use lower::{
    Child, InvalidKeyword, KeywordClass, Lowering, SchemaPlace, ScopeId, Step, Tags, View,
};
pub use schema::{Others, ReferenceId, Schema, SchemaId, Schemas};
pub use types::TypeSet;

use crate::{Budgets, Contract, Revision, Store};

/// The answer to one question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Every value of the one is a value of the other.
    Included,
    /// This one is not.
    NotIncluded(Value),
    /// It could not be decided: the reason, as a word.
    Undecided(String),
}

/// A question about bare schemas that cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSchema {
    /// Neither an object nor a truth value.
    #[error("`{0}` is no schema")]
    NoSchema(&'static str),
    /// A reference leads nowhere.
    #[error("`{0}` leads nowhere")]
    Dangling(String),
    /// The schema cannot be read.
    #[error("{0}")]
    Unreadable(String),
}

/// Answers for two bare schemas, in the plain meaning of their dialect.
pub fn includes(dialect: Dialect, sub: &Value, sup: &Value) -> Result<Answer, BadSchema> {
    includes_within(dialect, sub, sup, Budgets::default())
}

/// As [`includes`], with other budgets.
pub fn includes_within(
    dialect: Dialect,
    sub: &Value,
    sup: &Value,
    budgets: Budgets,
) -> Result<Answer, BadSchema> {
    for (name, schema) in [("sub", sub), ("sup", sup)] {
        if !schema.is_object() && !schema.is_boolean() {
            return Err(BadSchema::NoSchema(name));
        }
    }
    let mut store = Store::new();
    let unreadable = |it: crate::Unreadable| BadSchema::Unreadable(it.to_string());
    let base = Contract::of_schema(&mut store, sub).map_err(unreadable)?;
    let head = Contract::of_schema(&mut store, sup).map_err(unreadable)?;
    let mut inclusion = Inclusion::new(&store, &base, &head, budgets);
    let lowering = &mut inclusion.lowering;
    let place = lowering.place_in(Revision::Base, base.root(), dialect);
    let sub = lowering.lower(&place, View::PLAIN);
    let place = lowering.place_in(Revision::Head, head.root(), dialect);
    let sup = lowering.lower(&place, View::PLAIN);
    let answer = inclusion.includes(sub, sup);
    match inclusion.lowering.dangling().first() {
        Some(reference) => Err(BadSchema::Dangling(reference.clone())),
        None => Ok(answer),
    }
}

/// A table that nobody iterates over.
type Table<K, V> = hashbrown::HashMap<K, V, BuildHasherDefault<RapidHasher<'static>>>;

/// A hash that is the same in every run.
fn hash_of<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = RapidHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
