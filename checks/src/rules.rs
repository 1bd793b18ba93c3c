//! The registry: a rule is one folder and two lines here.

mod route_claimed_twice;

use crate::rule::Rule;

/// Every rule, by gate and id.
pub static RULES: &[&dyn Rule] = &[&route_claimed_twice::RouteClaimedTwice];

/// The rule of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|it| it.info().id == id)
}

/// The ids of all rules, in the order of the registry.
pub fn ids() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|it| it.info().id)
}
