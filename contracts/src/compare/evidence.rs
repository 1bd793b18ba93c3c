//! Exchanges as evidence: who takes them, who does not, and the places that decide.

use crate::{
    Evidence, HttpExchange, Revision, Rule, Sides, Spot,
    compare::{
        exchange::{self, Special},
        work::{Cause, Pair, Work},
    },
};

/// A request that its sender's side takes and the other does not; nothing if there can be none.
pub(crate) fn request(
    work: &Work,
    pair: &Pair,
    special: &Special,
    because: (Option<Spot>, Option<Spot>),
) -> Option<Evidence> {
    let (accepted_by, refused_by) = pair.request.revisions();
    let (sender, _) = pair.request.sides(pair.base, pair.head);
    let reading = work.reading(accepted_by);
    Some(Evidence::Exchange(HttpExchange {
        direction: pair.request,
        operation: pair.label.clone(),
        accepted_by,
        refused_by,
        request: exchange::request(reading, sender, pair.request, special)?,
        response: None,
        because: because_of(work, because),
    }))
}

/// What is wrong with a request.
pub(crate) struct Claim {
    /// The promise.
    pub rule: Rule,
    /// The deepest shared place, or the operation.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// What to do instead.
    pub remedy: String,
    /// The place at base.
    pub base: Option<Spot>,
    /// The place at head.
    pub head: Option<Spot>,
}

/// Tells what is wrong, with a request that shows it.
pub(crate) fn tell(work: &mut Work, pair: &Pair, claim: Claim, special: &Special) {
    let Claim { rule, subject, message, remedy, base, head } = claim;
    let evidence = request(work, pair, special, (base.clone(), head.clone()));
    let Some(evidence) = evidence else { return };
    let operation = &pair.label;
    work.tell(Cause { rule, operation, subject, message, remedy, base, head, evidence });
}

/// The places that decide.
pub(crate) fn because_of(work: &Work, (base, head): (Option<Spot>, Option<Spot>)) -> Sides {
    Sides {
        base: base.map(|it| work.address(Revision::Base, &it)),
        head: head.map(|it| work.address(Revision::Head, &it)),
    }
}
