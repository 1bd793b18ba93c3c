//! The pre-push hook: installed, removed, and run.

mod install;
mod push;
mod skips;

pub use self::{
    install::{HookError, HookState, HooksFolder, Installed},
    push::{Push, pre_commit_push, read_pushes},
    skips::{Skip, SkipLog},
};
