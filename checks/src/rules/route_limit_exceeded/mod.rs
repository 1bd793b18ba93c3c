use std::collections::{BTreeMap, BTreeSet};

use kernel::{Confirmed, Finding, Level, Outcome, RuleInfo, Side, Stop, Witness};
use routes::lies_in_zone;
use serde::Serialize;

use crate::{
    context::Context,
    gates,
    route_audit::{Claim, Fleet, Shape, Surface, Target, Told},
    rule::Rule,
};

/// How much one zone may have.
/// Source: <https://developers.cloudflare.com/workers/platform/limits/>.
const MAX_ROUTES: usize = 1_000;
const MAX_DOMAINS: usize = 100;

/// More routes or custom domains than one zone may have.
pub(crate) struct RouteLimitExceeded;

impl Rule for RouteLimitExceeded {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "route-limit-exceeded",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A zone has more routes or custom domains than Cloudflare lets one zone have.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = Outcome { examined: fleet.n_units(), ..Outcome::default() };
        let crowds: Vec<Crowd<'_>> =
            crowds(fleet).into_values().filter(|it| it.texts.len() > it.limit).collect();
        let told = Told::first_of(crowds, cx.audit());
        told.tell(&mut outcome, |it| finding(it, fleet))?;
        Ok(outcome)
    }
}

/// The claims of one kind in one zone.
struct Crowd<'a> {
    zone: &'a str,
    surface: &'static str,
    limit: usize,
    /// Each pattern counts once, whoever claims it.
    texts: BTreeSet<&'a str>,
    /// The first claim over the limit.
    first_over: Option<&'a Claim>,
}

type Crowds<'a> = BTreeMap<(&'a str, &'static str), Crowd<'a>>;

fn crowds(fleet: &Fleet) -> Crowds<'_> {
    let mut crowds = Crowds::new();
    for claim in fleet.claims.iter().filter(|it| it.takes_part()) {
        let (text, surface, limit) = match &claim.target {
            Ok(Target::Route(pattern)) => (pattern.text(), "route", MAX_ROUTES),
            Ok(Target::Domain(domain)) => {
                (domain.host(), Surface::CustomDomain.name(), MAX_DOMAINS)
            }
            Err(_) => continue,
        };
        let Some(zone) = zone(fleet, claim) else { continue };
        let crowd = crowds.entry((zone, surface)).or_insert_with(|| Crowd {
            zone,
            surface,
            limit,
            texts: BTreeSet::new(),
            first_over: None,
        });
        if crowd.texts.insert(text) && crowd.texts.len() == limit + 1 {
            crowd.first_over = Some(claim);
        }
    }
    crowds
}

/// The zone of a claim as far as the file knows it: by its name if the host lies in it, else by
/// its identifier.
fn zone<'a>(fleet: &'a Fleet, claim: &'a Claim) -> Option<&'a str> {
    let declared = fleet.declared(claim)?;
    match &claim.target {
        Ok(Target::Route(pattern)) => pattern.zone(),
        Ok(Target::Domain(domain)) => {
            declared.zone_name.as_deref().filter(|it| lies_in_zone(domain.host(), it))
        }
        Err(_) => None,
    }
    .or(declared.zone_id.as_deref())
}

fn finding(crowd: &Crowd<'_>, fleet: &Fleet) -> Result<Option<Finding>, Stop> {
    let Some(claim) = crowd.first_over else { return Ok(None) };
    let Crowd { zone, surface, limit, texts, .. } = crowd;
    let count = texts.len();
    let noun = surface.replace('-', " ");
    let witness = CountOverLimit { zone: (*zone).to_owned(), surface, count, limit: *limit };
    Ok(Some(Finding {
        place: claim.place.clone(),
        side: Side::Head,
        subject: format!("{zone} {surface}"),
        message: format!("zone `{zone}` has {count} {noun}s, limit {limit}"),
        remedy: "join them in a wildcard, or send them through one gateway".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, fleet)?,
        fix: None,
        details: None,
    }))
}

/// How much a zone has.
#[derive(Debug, Serialize)]
struct CountOverLimit {
    zone: String,
    surface: &'static str,
    count: usize,
    limit: usize,
}

impl Witness for CountOverLimit {
    const KIND: &'static str = "count-over-limit";
    type World = Fleet;

    /// Counts again, from the texts alone.
    fn replay(&self, fleet: &Fleet) -> bool {
        let is_domain = self.surface == "custom-domain";
        let texts: BTreeSet<String> = fleet
            .raw_claims()
            .filter(|it| it.is_domain == is_domain)
            .filter_map(|it| {
                let named = Shape::of(&it.pattern, it.zone.as_deref());
                let zone = named.zone().or(it.zone_id.as_deref())?;
                (zone == self.zone.to_lowercase() || zone == self.zone).then(|| named.text())
            })
            .collect();
        texts.len() == self.count && self.count > self.limit
    }
}
