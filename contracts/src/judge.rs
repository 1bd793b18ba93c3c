//! The judge: confirms a witness from the texts alone. Shares no code with the search.
//!
//! A [`World`] holds the [`Texts`] of both revisions; nothing is parsed before a witness asks.
//! [`World::rule_instance`] and [`World::rule_exchange`] rule on one witness,
//! [`World::shrink_instance`] and [`World::shrink_exchange`] make it small.

mod dialect;
mod direction;
mod document;
mod exchange;
mod format;
mod instance;
mod keywords;
mod pointer;
mod schema;
mod shrink;
mod text;
mod texts;
mod uri;
mod validator;
mod world;
mod yaml;

use kernel::Witness;

pub use texts::Texts;
pub use world::{Ruling, Settings, World};

use crate::{HttpExchange, JsonInstance};

impl Witness for JsonInstance {
    const KIND: &'static str = "json-instance";
    type World = World;

    fn replay(&self, world: &World) -> bool {
        world.rule_instance(self) == Ruling::Confirmed
    }
}

impl Witness for HttpExchange {
    const KIND: &'static str = "http-exchange";
    type World = World;

    fn replay(&self, world: &World) -> bool {
        world.rule_exchange(self) == Ruling::Confirmed
    }
}

#[cfg(test)]
mod tests;
