//! What wrangler would read: workers, environments and their effective configuration.
//!
//! Values in, values out: parsed documents become [`Workers`], and the questions of the route
//! audit that need no pattern (capture, inheritance, misplaced keys, bindings, deploy commands) are
//! answered here as facts. Which of them is a fault, and what it is called, is said elsewhere.

mod asset_rules;
mod bindings;
mod claim;
pub mod commands;
mod discovery;
mod groups;
mod inheritance;
mod level;
mod lookup;
mod misplaced;
mod owner;
mod pages_routes;
mod problem;
mod static_rule;
mod unit;
mod vars;
mod workers;

pub use crate::{
    asset_rules::asset_rule_faults,
    bindings::{Dangling, Ring, Service, dangling_services, service_rings},
    claim::{Claim, ClaimFault, Slot},
    discovery::{
        REDIRECT, is_config, is_exact_name, is_excluded, is_pages_routes, is_programmatic,
        is_redirect,
    },
    inheritance::{Elders, IgnoredRoute, Inheritance, ignored_routes, inheritances},
    lookup::{Capture, captures, config_read_in},
    misplaced::{MisplacedKey, misplaced_keys},
    owner::{NameClash, name_clashes},
    pages_routes::pages_routes_faults,
    problem::{Problem, ProblemKind},
    static_rule::{RuleFault, RuleFaultKind},
    unit::{Declares, Setting, Switch, Unit, UnitId, UnitKind},
    vars::{Hidden, Var},
    workers::{Config, Workers},
};
