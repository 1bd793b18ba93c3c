//! What two rules say of a route that runs before a domain of another owner.

use kernel::{Confirmed, Finding, Related, Side, Stop};

use crate::{
    context::Context,
    route_audit::{
        Intrusion,
        witness::{BeforeDomain, DomainShown, UrlBeforeDomain},
        wording::expired,
    },
};

impl Context<'_> {
    /// The finding of one route and one domain; it stands at the route.
    pub(crate) fn intrusion(
        &self,
        intrusion: &Intrusion,
        verb: &str,
        remedy: &str,
    ) -> Result<Option<Finding>, Stop> {
        let fleet = self.fleet();
        let domain = self.overlaps().domains.get(intrusion.domain);
        let (Some(route), Some(domain)) = (fleet.claim(intrusion.route), domain) else {
            return Ok(None);
        };
        let (pattern, owner) = fleet.named(route);
        let (other, host) = (&domain.owner, &domain.host);
        let witness = UrlBeforeDomain {
            url: intrusion.url.clone(),
            route: fleet.show(route),
            domain: DomainShown {
                owner: other.to_string(),
                host: host.to_string(),
                surface: domain.surface.name(),
            },
        };
        let world = BeforeDomain { route: fleet.texts(&[route]), domain: domain.raw.clone() };
        let note = "the domain".to_owned();
        let mut related = vec![Related { place: domain.place.clone(), note }];
        related.extend(expired(self.audit(), intrusion.expired));
        Ok(Some(Finding {
            place: route.place.clone(),
            side: Side::Head,
            subject: format!("{owner} {pattern} over {other} {host}"),
            message: format!("`{pattern}` of `{owner}` {verb} before `{other}` on `{host}`"),
            remedy: remedy.to_owned(),
            related,
            witness: Confirmed::by_replay(&witness, &world)?,
            fix: None,
            details: None,
        }))
    }
}
