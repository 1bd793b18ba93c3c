use kernel::{Finding, Outcome, Stop};

use crate::{
    config::RouteAudit,
    route_audit::{MAX_COUNTED, max_findings},
};

/// An outcome that tells no more findings than the policy wants; the others are counted.
#[derive(Debug)]
pub struct Limited {
    outcome: Outcome,
    limit: usize,
}

impl Limited {
    /// Goes on with an outcome that has no findings yet.
    #[must_use]
    pub fn new(outcome: Outcome, audit: &RouteAudit) -> Self {
        Self { outcome, limit: max_findings(audit) }
    }

    /// Adds a finding, which is made only if there is room for it.
    pub fn add(&mut self, make: impl FnOnce() -> Result<Finding, Stop>) -> Result<(), Stop> {
        if self.outcome.findings.len() < self.limit {
            self.outcome.findings.push(make()?);
        } else if self.outcome.omitted < MAX_COUNTED {
            self.outcome.omitted += 1;
        }
        Ok(())
    }

    /// The outcome with its findings.
    #[must_use]
    pub fn finish(self) -> Outcome {
        self.outcome
    }
}
