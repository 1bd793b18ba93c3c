use kernel::{Confirmed, Finding, Level, Outcome, Related, RuleInfo, Stop, Witness};
use routes::CustomDomain;
use serde::Serialize;

use crate::{
    config::PublicHost,
    context::Context,
    gates,
    route_audit::{Claim, ClaimShown, Domain, Fleet, Overlaps, RawClaim, Told},
    rule::Rule,
};

/// A public host that its declared owner does not claim as often as declared.
pub(crate) struct PublicHostContested;

impl Rule for PublicHostContested {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "public-host-contested",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A host that `checks.toml` declares is not claimed by its owner exactly as often as declared.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = fleet.outcome(fleet.n_units());
        let contested: Vec<Contested<'_>> =
            cx.audit().public_hosts.iter().filter_map(|it| contested(cx, it)).collect();
        let told = Told::first_of(contested, cx.audit());
        let world = if told.found.is_empty() { Vec::new() } else { raw_claims(cx) };
        told.tell(&mut outcome, |it| Ok(Some(finding(it, &world)?)))?;
        Ok(outcome)
    }
}

/// All claims as the files write them.
fn raw_claims(cx: &Context<'_>) -> Vec<RawClaim> {
    let routes = cx.fleet().raw_claims().filter(|it| !it.is_domain);
    routes.chain(cx.overlaps().domains.iter().map(|it| it.raw.clone())).collect()
}

struct Contested<'a> {
    declared: &'a PublicHost,
    /// The host as URLs have it.
    host: String,
    n_own: usize,
    /// The owner's claims; those of others if it has none.
    found: Vec<Covering<'a>>,
}

/// A claim that takes something of the host.
enum Covering<'a> {
    Route(&'a Fleet, &'a Claim),
    Domain(&'a Domain),
}

impl Covering<'_> {
    fn shown(&self) -> ClaimShown {
        match self {
            Self::Route(fleet, claim) => fleet.show(claim),
            Self::Domain(domain) => domain.shown.clone(),
        }
    }

    fn related(&self) -> Related {
        let place = match self {
            Self::Route(_, claim) => claim.place.clone(),
            Self::Domain(domain) => domain.place.clone(),
        };
        Related { place, note: "covers the host".to_owned() }
    }
}

fn contested<'a>(cx: &Context<'a>, declared: &'a PublicHost) -> Option<Contested<'a>> {
    let host = CustomDomain::parse(&declared.host);
    let host = host.map_or_else(|_| declared.host.clone(), |it| it.host().to_owned());
    let covering = covering(cx.fleet(), cx.overlaps(), &host);
    let (own, foreign): (Vec<_>, Vec<_>) =
        covering.into_iter().partition(|it| it.shown().owner == declared.owner);
    let n_own = own.len();
    let mut found = if own.is_empty() { foreign } else { own };
    found.sort_by_key(Covering::shown);
    (n_own != declared.claims).then_some(Contested { declared, host, n_own, found })
}

fn covering<'a>(fleet: &'a Fleet, overlaps: &'a Overlaps, host: &str) -> Vec<Covering<'a>> {
    let routes = fleet.routes.at_host(host).into_iter().filter_map(|it| fleet.claim(it));
    let domains = overlaps.domains.iter().filter(|it| &*it.host == host);
    routes.map(|it| Covering::Route(fleet, it)).chain(domains.map(Covering::Domain)).collect()
}

fn finding(contested: &Contested<'_>, world: &Vec<RawClaim>) -> Result<Finding, Stop> {
    let PublicHost { owner, claims, place, side, .. } = contested.declared;
    let host = &contested.host;
    let noun = if *claims == 1 { "claim" } else { "claims" };
    let witness = HostClaims {
        host: host.clone(),
        expected: Expected { owner: owner.clone(), claims: *claims },
        found: contested.found.iter().map(Covering::shown).collect(),
    };
    Ok(Finding {
        place: place.clone(),
        side: *side,
        subject: host.clone(),
        message: format!(
            "`{host}` should have {claims} {noun} of `{owner}`, found {}",
            contested.n_own
        ),
        remedy: remedy(contested),
        related: contested.found.iter().map(Covering::related).collect(),
        witness: Confirmed::by_replay(&witness, world)?,
        fix: None,
        details: None,
    })
}

fn remedy(contested: &Contested<'_>) -> String {
    let PublicHost { owner, claims, .. } = contested.declared;
    let n_own = contested.n_own;
    match n_own {
        0 if contested.found.is_empty() => format!("claim it in the configuration of `{owner}`"),
        0 => format!("move the claim to `{owner}`, or declare who owns the host now"),
        _ if n_own > *claims => "keep one claim that covers the host, or raise `claims`".to_owned(),
        _ => format!("add the missing claim to `{owner}`, or lower `claims`"),
    }
}

/// A host, what was declared and what is claimed.
#[derive(Debug, Serialize)]
struct HostClaims {
    host: String,
    expected: Expected,
    found: Vec<ClaimShown>,
}

#[derive(Debug, Serialize)]
struct Expected {
    owner: String,
    claims: usize,
}

impl Witness for HostClaims {
    const KIND: &'static str = "host-claims";
    type World = Vec<RawClaim>;

    /// Counts the claims of the owner that cover the host, from the texts alone.
    fn replay(&self, world: &Vec<RawClaim>) -> bool {
        let covering: Vec<&RawClaim> = world.iter().filter(|it| it.covers(&self.host)).collect();
        let is_own = |it: &&&RawClaim| it.owner == self.expected.owner;
        let n_own = covering.iter().filter(is_own).count();
        let is_there = |shown: &ClaimShown| {
            let is_it = |it: &&RawClaim| it.owner == shown.owner && it.pattern == shown.pattern;
            covering.iter().any(is_it)
        };
        let n_told = if n_own == 0 { covering.len() } else { n_own };
        n_own != self.expected.claims
            && self.found.len() == n_told
            && self.found.iter().all(is_there)
    }
}
