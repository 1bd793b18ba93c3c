use std::collections::BTreeSet;

use kernel::{Kind, Node};

use crate::{
    RuleFault, RuleFaultKind,
    static_rule::{MAX_RULES, Rule, is_too_long, overlapped},
};

/// What Cloudflare refuses in `assets.run_worker_first`, in the order of the file.
///
/// A boolean is always fine. Source: `parseStaticRouting.ts` of `cloudflare/workers-sdk`, which
/// also refuses a rule that a `*` rule of the same sign covers.
#[must_use]
pub fn asset_rule_faults(value: &Node) -> Vec<RuleFault> {
    let items = match &value.kind {
        Kind::Bool(_) => return Vec::new(),
        Kind::List(items) => items,
        Kind::Null | Kind::Number(_) | Kind::String(_) | Kind::Datetime(_) | Kind::Table(_) => {
            return vec![RuleFault::whole(RuleFaultKind::NotAList, value.span)];
        }
    };
    if items.is_empty() {
        return vec![RuleFault::whole(RuleFaultKind::Empty, value.span)];
    }
    let mut list = List::default();
    for item in items {
        list.add(item);
    }
    if items.len() > MAX_RULES {
        list.faults.push(RuleFault::whole(RuleFaultKind::RuleCount, value.span));
    }
    if list.positive.is_empty() && !list.negative.is_empty() {
        list.faults.push(RuleFault::whole(RuleFaultKind::NoPositive, value.span));
    }
    list.faults.extend(overlapped(&list.positive));
    list.faults.extend(overlapped(&list.negative));
    list.faults.sort_by_key(|it| (it.span.start, it.kind));
    list.faults
}

#[derive(Default)]
struct List<'a> {
    seen: BTreeSet<&'a str>,
    positive: Vec<Rule<'a>>,
    negative: Vec<Rule<'a>>,
    faults: Vec<RuleFault>,
}

impl<'a> List<'a> {
    fn add(&mut self, item: &'a Node) {
        let Some(text) = item.as_str() else {
            self.faults.push(RuleFault::whole(RuleFaultKind::RuleNotString, item.span));
            return;
        };
        let rule = Rule { text, span: item.span };
        if is_too_long(&rule) {
            self.faults.push(RuleFault::of(RuleFaultKind::RuleTooLong, &rule));
        }
        if !self.seen.insert(text) {
            self.faults.push(RuleFault::of(RuleFaultKind::Duplicate, &rule));
        } else if text.starts_with("!/") {
            self.negative.push(rule);
        } else if text.starts_with('/') {
            self.positive.push(rule);
        } else {
            self.faults.push(RuleFault::of(RuleFaultKind::RuleLeadingSlash, &rule));
        }
    }
}
