//! Proofmark's shell: command line, runner, reporters and every rule.
//!
//! One run has eight steps, in [`run`]; a rule is one folder below `rules/`.

pub mod cache;
pub mod cli;
pub mod config;
pub mod context;
pub mod contract_gate;
pub mod disk;
pub mod environment;
pub mod fix;
pub mod gates;
pub mod hook;
pub mod init;
pub mod judge;
pub mod policy;
mod policy_gate;
pub mod proof;
pub mod publish;
pub mod report;
pub mod route_audit;
pub mod rule;
pub mod rule_page;
pub mod rule_test;
pub mod rules;
pub mod run;
mod sdk_sync;
pub mod selftest;
pub mod waive;
