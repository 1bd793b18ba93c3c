use kernel::{Confirmed, Document, Finding, Level, Outcome, RuleInfo, Side, Stop};
use snapshot::Format;
use wrangler::RuleFault;

use crate::{
    context::Context,
    gates,
    route_audit::{
        Limited,
        static_rule_witness::{RejectedRule, RuleList, message, remedy, short},
    },
    rule::Rule,
};

/// A `_routes.json` that Cloudflare Pages refuses.
pub(crate) struct MalformedPagesRoutes;

impl Rule for MalformedPagesRoutes {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "malformed-pages-routes",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A `_routes.json` breaks a rule of Pages, so the deploy is refused.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let paths = &cx.fleet().discovery.pages_routes;
        let mut outcome = Outcome { examined: paths.len(), ..Outcome::default() };
        let read: Vec<_> = paths.iter().map(|it| cx.head().document(it, Format::Jsonc)).collect();
        outcome.undecided = read.iter().filter_map(|it| it.clone().err()).collect();
        let mut limited = Limited::new(outcome, &cx.policy.config.route_audit);
        for document in read.into_iter().flatten() {
            let faults = wrangler::pages_routes_faults(&document.root);
            let world = RuleList::pages(&document);
            for fault in &faults {
                limited.add(|| finding(&document, fault, &world))?;
            }
        }
        Ok(limited.finish())
    }
}

fn finding(document: &Document, fault: &RuleFault, world: &RuleList) -> Result<Finding, Stop> {
    let witness = RejectedRule { rule: fault.rule.to_string(), code: fault.kind.code() };
    Ok(Finding {
        place: document.place(fault.span),
        side: Side::Head,
        subject: format!("{} {}{}", document.path, fault.kind.code(), short(fault)),
        message: message(fault),
        remedy: remedy(fault).to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, world)?,
        fix: None,
        details: None,
    })
}
