//! From gathered root causes to the answer: merged, lowered, sorted; and how far the version
//! has to rise.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Level;

use crate::{Bump, Category, Evidence, Finding, Rule, compare::signs, operations::Reading};

/// Puts findings of one cause together: same promise, same subject, same kind of sender.
pub(crate) fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    let mut known: BTreeMap<(Rule, String, u8), Finding> = BTreeMap::new();
    for finding in findings {
        let key = (finding.rule, finding.subject.clone(), side(&finding.evidence));
        match known.get_mut(&key) {
            Some(first) => {
                first.level = first.level.max(finding.level);
                first.operations.extend(finding.operations);
            }
            None => {
                known.insert(key, finding);
            }
        }
    }
    let sorted = known.into_values().map(|mut it| {
        it.operations.sort();
        it.operations.dedup();
        it
    });
    sorted.collect()
}

fn side(evidence: &Evidence) -> u8 {
    let direction = match evidence {
        Evidence::Instance(it) => it.direction,
        Evidence::Exchange(it) => it.direction,
        Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => return 2,
    };
    u8::from(direction == crate::Direction::FromProvider)
}

/// Breaks that reach only operations below the floor of stability become notes.
pub(crate) fn lower(findings: &mut [Finding], is_below: &BTreeSet<String>) {
    for finding in findings.iter_mut().filter(|it| it.rule.category() == Category::Wire) {
        let all = finding.operations.iter().all(|it| is_below.contains(it));
        if all && !finding.operations.is_empty() {
            finding.level = finding.level.min(Level::Note);
        }
    }
}

/// How far the version has to rise for these findings.
pub(crate) fn bump(findings: &[Finding], base_version: Option<&str>) -> Bump {
    let one = |it: &Finding| match (it.rule.category(), it.level) {
        (Category::Wire, Level::Deny) => Bump::Major,
        (_, _) if it.rule == Rule::TextChanged => Bump::Patch,
        (_, _) if is_neutral(it.rule) => Bump::None,
        (_, _) => Bump::Minor,
    };
    let bump = findings.iter().map(one).max().unwrap_or_default();
    let is_early = base_version.and_then(parts).is_some_and(|it| it[0] == 0);
    if is_early { bump.min(Bump::Minor) } else { bump }
}

/// Remarks on the documents, which change nothing of what is promised.
fn is_neutral(rule: Rule) -> bool {
    matches!(rule, Rule::InvalidSchema | Rule::AmbiguousDocument | Rule::VersionNotRaised)
}

/// The finding that `info.version` rose by less than it had to.
pub(crate) fn not_raised(base: Reading, head: Reading, bump: Bump) -> Option<Finding> {
    let (was, is) = (signs::version(base)?, signs::version(head)?);
    let (old, new) = (parts(&was)?, parts(&is)?);
    let wanted = match bump {
        Bump::None => return None,
        Bump::Patch => [old[0], old[1], old[2].saturating_add(1)],
        Bump::Minor => [old[0], old[1].saturating_add(1), 0],
        Bump::Major => [old[0].saturating_add(1), 0, 0],
    };
    if new >= wanted {
        return None;
    }
    let least = wanted.map(|it| it.to_string()).join(".");
    let spot = signs::version_spot();
    Some(Finding {
        rule: Rule::VersionNotRaised,
        level: Rule::VersionNotRaised.level(),
        subject: "info/version".to_owned(),
        message: if was == is {
            format!("the version stays `{was}` though the contract changed")
        } else {
            format!("the version rises from `{was}` to `{is}`, which says less than what changed")
        },
        remedy: format!("set `info.version` to `{least}` or higher"),
        operations: Vec::new(),
        head: Some(spot.clone()),
        base: Some(spot),
        evidence: Evidence::Texts { base: Some(was), head: Some(is) },
    })
}

/// Major, minor and patch of a semantic version; other versions cannot be compared.
fn parts(version: &str) -> Option<[u64; 3]> {
    let version = version.trim().trim_start_matches('v');
    let core = version.split(['-', '+']).next()?;
    // `2027-01-01` is a day.
    if core != version && !core.contains('.') {
        return None;
    }
    let numbers: Option<Vec<u64>> = core.split('.').map(|it| it.parse().ok()).collect();
    match numbers?.as_slice() {
        [major] => Some([*major, 0, 0]),
        [major, minor] => Some([*major, *minor, 0]),
        [major, minor, patch] => Some([*major, *minor, *patch]),
        _ => None,
    }
}
