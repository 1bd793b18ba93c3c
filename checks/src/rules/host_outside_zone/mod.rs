use kernel::{Confirmed, Finding, Level, Outcome, RuleInfo, Side, Stop, Witness};
use routes::{HostPattern, lies_in_zone};
use serde::Serialize;

use crate::{
    context::Context,
    gates,
    route_audit::{Claim, Fleet, RawClaim, Target, Told, clean_host, cut_scheme, is_host_name},
    rule::Rule,
};

/// A host that does not lie in the zone that its claim names.
pub(crate) struct HostOutsideZone;

impl Rule for HostOutsideZone {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "host-outside-zone",
            gate: gates::ROUTE_AUDIT,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[],
            summary: "The host of a claim does not lie in the zone that the claim names.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let mut outcome = Outcome { examined: fleet.n_units(), ..Outcome::default() };
        let saas = &cx.audit().saas_hostnames;
        let patterns: Vec<HostPattern> =
            saas.iter().filter_map(|it| HostPattern::parse(it).ok()).collect();
        let outside = fleet.claims.iter().filter(|it| it.takes_part());
        let outside = outside.filter_map(|it| Some((it, host_outside(fleet, it, &patterns)?)));
        let told = Told::first_of(outside.collect(), cx.audit());
        told.tell(&mut outcome, |(claim, host)| finding(fleet, claim, host, saas))?;
        Ok(outcome)
    }
}

/// The host, if it is outside.
fn host_outside<'a>(fleet: &Fleet, claim: &'a Claim, saas: &[HostPattern]) -> Option<&'a str> {
    let is_outside = |host: &str| {
        let zone = fleet.declared(claim).and_then(|it| it.zone_name.as_deref());
        let is_saas = saas.iter().any(|it| it.covers(host));
        zone.is_some_and(|zone| !lies_in_zone(host, zone)) && !is_saas
    };
    match claim.target.as_ref().ok()? {
        Target::Route(pattern) => pattern.host_outside_zone().then(|| pattern.host_text()),
        Target::Domain(domain) => Some(domain.host()).filter(|it| is_outside(it)),
    }
}

fn finding(
    fleet: &Fleet,
    claim: &Claim,
    host: &str,
    saas: &[String],
) -> Result<Option<Finding>, Stop> {
    let raw = fleet.raw_claim(claim);
    let Some(zone) = &raw.zone else { return Ok(None) };
    let witness = RejectedPattern { pattern: raw.pattern.clone(), code: "host-outside-zone" };
    Ok(Some(Finding {
        place: claim.place.clone(),
        side: Side::Head,
        subject: format!("{} {}", raw.owner, raw.pattern),
        message: format!("`{host}` is not in zone `{zone}`"),
        remedy: "correct it, or declare the host in `saas-hostnames`".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, &(raw.clone(), saas.to_vec()))?,
        fix: None,
        details: None,
    }))
}

/// A pattern whose host is in another place than it says.
#[derive(Debug, Serialize)]
struct RejectedPattern {
    pattern: String,
    code: &'static str,
}

impl Witness for RejectedPattern {
    const KIND: &'static str = "rejected-pattern";
    /// The claim as the file writes it, and the hosts that may lie anywhere.
    type World = (RawClaim, Vec<String>);

    fn replay(&self, (claim, saas): &(RawClaim, Vec<String>)) -> bool {
        let (_, rest) = cut_scheme(claim.trimmed());
        let text = rest.split('/').next().unwrap_or_default();
        let host = clean_host(text.trim_start_matches(['*', '.']));
        let zone = clean_host(claim.zone.as_deref().unwrap_or_default().trim_end_matches('.'));
        let ends_in = |tail: &str| host == tail || host.ends_with(&format!(".{tail}"));
        let is_saas = |it: &String| match it.strip_prefix('*') {
            Some(tail) => clean_host(text.trim_start_matches('*')).ends_with(&clean_host(tail)),
            None => clean_host(it) == clean_host(text),
        };
        self.pattern == claim.pattern
            && claim.zone.is_some()
            // A lone star lies in every zone, but not in what is no zone at all.
            && (!host.is_empty() || !is_host_name(&zone))
            && !ends_in(&zone)
            && !saas.iter().any(is_saas)
    }
}
