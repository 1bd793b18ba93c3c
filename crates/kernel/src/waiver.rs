use jiff::civil::Date;

use crate::Place;

/// A dated, owned permission for one finding to stay. What is missing makes it incomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The rule whose finding may stay.
    pub rule: String,
    /// The finding's subject, exact or as a glob.
    pub subject: String,
    /// Why it may stay.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day (UTC) on which it counts.
    pub expires: Option<Date>,
    /// Where it is written.
    pub place: Place,
}

impl Waiver {
    /// Has everything that a waiver needs to count.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let told = |it: &Option<String>| it.as_deref().is_some_and(|it| !it.trim().is_empty());
        told(&self.reason) && told(&self.owner) && self.expires.is_some()
    }
}
