use kernel::{Confirmed, Document, Finding, Level, Outcome, RuleInfo, Side, Stop};
use wrangler::{RuleFault, Unit};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Limited,
        static_rule_witness::{RejectedRule, RuleList, message, remedy, short},
    },
    rule::Rule,
};

/// Rules in `assets.run_worker_first` that Cloudflare refuses.
pub(crate) struct MalformedAssetRules;

impl Rule for MalformedAssetRules {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "malformed-asset-rules",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "`assets.run_worker_first` holds a rule that Cloudflare refuses.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let outcome = Outcome { examined: fleet.workers.units().count(), ..Outcome::default() };
        let mut limited = Limited::new(outcome, &cx.policy.config.route_audit);
        for (_, unit) in fleet.workers.units() {
            // What an environment inherits is told at the top level.
            let own = unit.run_worker_first.as_ref().filter(|it| !it.inherited);
            let (Some(setting), Some(document)) = (own, fleet.document_of(unit)) else { continue };
            let Some(world) = RuleList::assets(document, &setting.steps) else { continue };
            for fault in wrangler::asset_rule_faults(&setting.value) {
                limited.add(|| finding(document, unit, &fault, &world))?;
            }
        }
        Ok(limited.finish())
    }
}

fn finding(
    document: &Document,
    unit: &Unit,
    fault: &RuleFault,
    world: &RuleList,
) -> Result<Finding, Stop> {
    let witness = RejectedRule { rule: fault.rule.to_string(), code: fault.kind.code() };
    Ok(Finding {
        place: document.place(fault.span),
        side: Side::Head,
        subject: format!("{} {}{}", unit.owner, fault.kind.code(), short(fault)),
        message: message(fault),
        remedy: remedy(fault).to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, world)?,
        fix: None,
        details: None,
    })
}
