//! What is told on GitHub: reports that were written earlier, as comments, check runs and issues;
//! and the files that changed, as commits.

mod changed;
mod event;
mod incident;
mod notes;
mod plan_digest;
mod told;
mod words;

pub use self::{
    changed::{ChangedError, Changes, Worktree, digest},
    event::Event,
    incident::{incident, over},
    notes::{annotations, conclusion},
    plan_digest::plan_digest,
    told::{MAX_REPORT, ReportError, Standing, Told, read},
    words::{body, keep_migration, migration_block, title, without_migration},
};
