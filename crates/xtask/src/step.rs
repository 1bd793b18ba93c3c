//! One step of the suite and what comes of it.

use anyhow::Result;

use crate::tree::{Output, Tree};

/// One thing that CI looks at.
pub(crate) struct Step {
    /// What a person types to run only this one.
    pub(crate) name: &'static str,
    /// One line: what it looks at.
    pub(crate) about: &'static str,
    /// Looks.
    pub(crate) run: fn(&Tree) -> Result<Answer>,
}

/// What a step found.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// Tests that held.
    pub(crate) passed: usize,
    /// Tests that did not hold.
    pub(crate) failed: usize,
    /// Why something was not looked at, one line each.
    pub(crate) skipped: Vec<String>,
    /// What to show if something failed.
    pub(crate) output: String,
}

impl Answer {
    /// One test that held.
    pub(crate) fn passed() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// One test that did not hold.
    pub(crate) fn failed(output: impl Into<String>) -> Self {
        Self { failed: 1, output: output.into(), ..Self::default() }
    }

    /// One test that could not be run.
    pub(crate) fn skipped(reason: impl Into<String>) -> Self {
        Self { skipped: vec![reason.into()], ..Self::default() }
    }

    /// One test: a program that must be content.
    pub(crate) fn of(output: Output) -> Self {
        if output.is_success { Self::passed() } else { Self::failed(output.text) }
    }

    /// Both together.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped.extend(other.skipped);
        self.output.push_str(&other.output);
        self
    }
}
