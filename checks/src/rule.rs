//! What a rule is.

use kernel::{Outcome, RuleInfo, Stop};

use crate::context::Context;

/// One named promise about a repository. Rules are unit structs, listed in [`crate::rules::RULES`].
pub trait Rule: Sync {
    /// What it promises, as data.
    fn info(&self) -> &'static RuleInfo;

    /// Looks for faults at head. Faults of the repository are findings, never errors.
    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop>;
}
