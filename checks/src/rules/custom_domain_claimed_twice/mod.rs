use std::collections::{BTreeMap, BTreeSet};

use kernel::{Confirmed, Finding, Level, Outcome, Related, RuleInfo, Stop, Witness};
use serde::Serialize;

use crate::{
    context::Context,
    gates,
    route_audit::{ClaimShown, Domain, RawClaim, Told, clean_host, wording::listed},
    rule::Rule,
};

/// One host that two owners claim as a whole.
pub(crate) struct CustomDomainClaimedTwice;

impl Rule for CustomDomainClaimedTwice {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "custom-domain-claimed-twice",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "Two Workers claim one host as their custom domain, so the last deploy decides who answers.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = fleet.outcome(fleet.n_units());
        let mut hosts: BTreeMap<&str, Vec<&Domain>> = BTreeMap::new();
        for domain in &cx.overlaps().domains {
            hosts.entry(&domain.host).or_default().push(domain);
        }
        let owners = |it: &[&Domain]| it.iter().map(|it| &it.owner).collect::<BTreeSet<_>>().len();
        let contested = hosts.into_values().filter(|it| owners(it) > 1).collect();
        Told::first_of(contested, cx.audit()).tell(&mut outcome, |it| finding(it))?;
        Ok(outcome)
    }
}

/// It stands at the last claim, the others are related.
fn finding(domains: &[&Domain]) -> Result<Option<Finding>, Stop> {
    let Some((last, others)) = domains.split_last() else { return Ok(None) };
    let mut sorted = domains.to_vec();
    sorted.sort_by_key(|it| (&it.owner, &it.place));
    let host = last.host.to_string();
    let owners = sorted.iter().map(|it| &*it.owner);
    let claims: Vec<RawClaim> = sorted.iter().map(|it| it.raw.clone()).collect();
    let related =
        |it: &&Domain| Related { place: it.place.clone(), note: "the other claim".into() };
    let witness = HostWithTwoOwners {
        claims: sorted.iter().map(|it| it.shown.clone()).collect(),
        host: host.clone(),
    };
    Ok(Some(Finding {
        place: last.place.clone(),
        side: last.side,
        message: format!(
            "`{host}` is a custom domain of {}; the last deploy takes it",
            listed(owners).replace("` and `", "` and of `")
        ),
        remedy: format!("keep one of {}", listed(domains.iter().map(|it| it.place.path.as_str()))),
        related: others.iter().map(related).collect(),
        witness: Confirmed::by_replay(&witness, &claims)?,
        subject: host,
        fix: None,
        details: None,
    }))
}

/// A host that two owners claim.
#[derive(Debug, Serialize)]
struct HostWithTwoOwners {
    host: String,
    claims: Vec<ClaimShown>,
}

impl Witness for HostWithTwoOwners {
    const KIND: &'static str = "host-with-two-owners";
    type World = Vec<RawClaim>;

    /// The files say: each is a custom domain, it is this host, and the owners differ.
    fn replay(&self, world: &Vec<RawClaim>) -> bool {
        let is_it = |(shown, claim): (&ClaimShown, &RawClaim)| {
            claim.is_domain
                && shown.owner == claim.owner
                && shown.pattern == claim.pattern
                && clean_host(claim.trimmed()) == self.host
        };
        let owners: BTreeSet<&String> = world.iter().map(|it| &it.owner).collect();
        self.claims.len() == world.len()
            && self.claims.iter().zip(world).all(is_it)
            && owners.len() > 1
    }
}
