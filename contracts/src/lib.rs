//! OpenAPI contracts: does every exchange that was valid under base stay valid under head?
//!
//! Values in, values out: texts come in through [`Files`], findings go out as [`Comparison`].
//! Start with [`read()`] and [`compare()`]; [`includes()`] answers for two bare schemas.

mod blame;
mod compare;
mod contract;
pub mod decimal;
mod finding;
pub mod fuzz;
pub mod inclusion;
pub mod judge;
pub mod migration;
pub mod operations;
pub mod pattern;
mod pointer;
mod reading;
mod rewrite;
mod rule;
mod settings;
mod store;

pub use compare::{compare, compare_operation};
pub use contract::{Contract, ContractFile, FileId, Located, ReferenceError, Version};
pub use finding::{
    Bump, Category, Comparison, Content, Direction, Evidence, Finding, HttpBody, HttpExchange,
    HttpRequest, HttpResponse, JsonInstance, Revision, Sides, Spot, UndecidedPart,
};
pub use inclusion::{Answer, Dialect, includes};
pub use pointer::Pointer;
pub use reading::{
    Files, Limits, Outward, Places, ReadingNote, Unreadable, locate, read, read_by, regions,
};
pub use rewrite::{Tree, render, rewrite};
pub use rule::Rule;
pub use settings::{Budgets, ErrorStatuses, Formats, Servers, Settings, Stability, Undeclared};
pub use store::{Kind, NodeId, Store};
