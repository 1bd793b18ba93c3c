//! Exchanges as evidence: who takes them, who does not, and the places that decide.

use crate::{
    Evidence, HttpExchange, Revision, Sides, Spot,
    compare::{
        exchange::{self, Special},
        work::{Pair, Work},
    },
};

/// A request that its sender's side takes and the other does not.
pub(crate) fn request(
    work: &Work,
    pair: &Pair,
    special: &Special,
    because: (Option<Spot>, Option<Spot>),
) -> Evidence {
    let (accepted_by, refused_by) = pair.request.revisions();
    let (sender, _) = pair.request.sides(pair.base, pair.head);
    let reading = work.reading(accepted_by);
    Evidence::Exchange(HttpExchange {
        direction: pair.request,
        operation: pair.label.clone(),
        accepted_by,
        refused_by,
        request: exchange::request(reading, sender, pair.request, special),
        response: None,
        because: because_of(work, because),
    })
}

/// The places that decide.
pub(crate) fn because_of(work: &Work, (base, head): (Option<Spot>, Option<Spot>)) -> Sides {
    Sides {
        base: base.map(|it| work.address(Revision::Base, &it)),
        head: head.map(|it| work.address(Revision::Head, &it)),
    }
}
