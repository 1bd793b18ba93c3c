//! How much a rule of the gate tells, and what it says of the rest.

use kernel::{Finding, Outcome, Stop, Undecided};

use crate::{config::RouteAudit, route_audit::Told};

/// Where counting stops.
pub const MAX_COUNTED: usize = 1_000_000;

/// The most findings of one rule. At least one is told, for a rule with nothing but omitted faults
/// would look green.
#[must_use]
pub fn max_findings(audit: &RouteAudit) -> usize {
    audit.max_findings.max(1)
}

impl<T> Told<T> {
    /// The first of a list, as many as the policy lets a rule tell.
    #[must_use]
    pub fn first_of(mut all: Vec<T>, audit: &RouteAudit) -> Self {
        let omitted = all.len().saturating_sub(max_findings(audit)).min(MAX_COUNTED);
        all.truncate(max_findings(audit));
        Self { found: all, omitted }
    }

    /// Adds a finding for each, and the number of those left out.
    pub fn tell(
        &self,
        outcome: &mut Outcome,
        finding: impl Fn(&T) -> Result<Option<Finding>, Stop>,
    ) -> Result<(), Stop> {
        for it in &self.found {
            outcome.findings.extend(finding(it)?);
        }
        outcome.omitted += self.omitted;
        if self.found.is_empty() && self.omitted > 0 {
            outcome.undecided.push(Undecided {
                subject: "budget".to_owned(),
                reason: format!("{} overlaps were counted and not tested", self.omitted),
            });
        }
        Ok(())
    }
}
