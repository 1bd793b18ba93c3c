use kernel::{Kind, Node};

use crate::{
    RuleFault, RuleFaultKind,
    static_rule::{MAX_RULES, Rule, is_too_long, overlapped},
};

/// What Cloudflare Pages refuses in a `_routes.json`, in the order of the file.
///
/// Source: `routes-validation.ts` of `cloudflare/workers-sdk`, which stops at the first fault and
/// sees only rules under a `/*` rule; a rule under `/x*` is just as idle.
#[must_use]
pub fn pages_routes_faults(root: &Node) -> Vec<RuleFault> {
    if root.as_table().is_none() {
        return vec![RuleFault::whole(RuleFaultKind::NotAnObject, root.span)];
    }
    let mut faults = Vec::new();
    if !root.get("version").is_some_and(is_one) {
        let at = root.get("version").unwrap_or(root);
        faults.push(RuleFault::whole(RuleFaultKind::Version, at.span));
    }
    let include = root.get("include").and_then(Node::as_list);
    let exclude = root.get("exclude").and_then(Node::as_list);
    let missing = |key, kind| RuleFault::whole(kind, root.get(key).unwrap_or(root).span);
    match include {
        None => faults.push(missing("include", RuleFaultKind::IncludeMissing)),
        Some([]) => faults.push(missing("include", RuleFaultKind::IncludeEmpty)),
        Some(_) => {}
    }
    if exclude.is_none() {
        faults.push(missing("exclude", RuleFaultKind::ExcludeMissing));
    }
    let lists = [include.unwrap_or_default(), exclude.unwrap_or_default()];
    if lists.iter().map(|it| it.len()).sum::<usize>() > MAX_RULES {
        faults.push(RuleFault::whole(RuleFaultKind::RuleCount, root.span));
    }
    faults.extend(lists.into_iter().flat_map(list_faults));
    faults.sort_by_key(|it| (it.span.start, it.kind));
    faults
}

/// JavaScript reads `1.0` and `1e0` as 1, too.
fn is_one(version: &Node) -> bool {
    let Kind::Number(text) = &version.kind else { return false };
    text.parse::<f64>().is_ok_and(|it| it.total_cmp(&1.0).is_eq())
}

fn list_faults(items: &[Node]) -> Vec<RuleFault> {
    let mut faults = Vec::new();
    let mut rules = Vec::new();
    for item in items {
        let Some(text) = item.as_str() else {
            faults.push(RuleFault::whole(RuleFaultKind::RuleNotString, item.span));
            continue;
        };
        let rule = Rule { text, span: item.span };
        if is_too_long(&rule) {
            faults.push(RuleFault::of(RuleFaultKind::RuleTooLong, &rule));
        }
        if text.starts_with('/') {
            rules.push(rule);
        } else {
            faults.push(RuleFault::of(RuleFaultKind::RuleLeadingSlash, &rule));
        }
    }
    faults.extend(overlapped(&rules));
    faults
}
