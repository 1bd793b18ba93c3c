use kernel::{Confirmed, Finding, Level, Outcome, Related, RuleInfo, Side, Stop};
use wrangler::{NameClash, Unit};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Fleet, Limited,
        config_witness::{ConfigShown, NameWithTwoConfigs},
        is_deployed, unit_place,
    },
    rule::Rule,
};

/// One script name in configurations of different folders.
pub(crate) struct WorkerNameClaimedTwice;

impl Rule for WorkerNameClaimedTwice {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "worker-name-claimed-twice",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "Two folders deploy one script name, so each deploy replaces the other's code.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let (fleet, audit) = (cx.fleet(), &cx.policy.config.route_audit);
        let is_deployed = |it: &Unit| is_deployed(it, audit);
        let examined = fleet.workers.units().count();
        let mut limited = Limited::new(fleet.outcome(examined), audit);
        for clash in wrangler::name_clashes(&fleet.workers, &is_deployed) {
            let units: Vec<&Unit> =
                clash.units.iter().filter_map(|it| fleet.workers.unit(*it)).collect();
            if let Some((last, others)) = units.split_last() {
                limited.add(|| finding(fleet, &clash, last, others))?;
            }
        }
        Ok(limited.finish())
    }
}

/// One finding for one name; it stands at the last unit, the others are related.
fn finding(
    fleet: &Fleet,
    clash: &NameClash,
    last: &Unit,
    others: &[&Unit],
) -> Result<Finding, Stop> {
    let units = || others.iter().copied().chain([last]);
    let shown = units().map(|it| ConfigShown {
        config: it.path.clone(),
        env: it.env.as_deref().map(str::to_owned),
    });
    let witness = NameWithTwoConfigs { name: clash.name.to_string(), configs: shown.collect() };
    let related =
        others.iter().map(|it| Related { place: unit_place(it), note: "the same name".to_owned() });
    Ok(Finding {
        place: unit_place(last),
        side: Side::Head,
        subject: clash.name.to_string(),
        message: format!("`{}` is deployed from {}", clash.name, sources(units())),
        remedy: "rename or remove one of them".to_owned(),
        related: related.collect(),
        witness: Confirmed::by_replay(&witness, &fleet.documents)?,
        fix: None,
        details: None,
    })
}

/// The files: "`a` and from `b`"; of many the first three and a count.
fn sources<'a>(units: impl Iterator<Item = &'a Unit>) -> String {
    let mut paths: Vec<&str> = units.map(|it| it.path.as_str()).collect();
    paths.dedup();
    let n_more = paths.len().saturating_sub(3);
    let quoted: Vec<String> = paths.iter().take(3).map(|it| format!("`{it}`")).collect();
    let text = quoted.join(" and from ");
    if n_more > 0 { format!("{text} and {n_more} more") } else { text }
}
