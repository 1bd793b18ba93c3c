//! Real pairs of public contracts: the judge confirms each break.
#![expect(clippy::print_stdout, reason = "what was found is shown on demand")]

use std::collections::BTreeMap;

use contracts::Comparison;

use crate::{
    real::pairs,
    support::{compared, settings, unconfirmed, wire},
};

/// Shows what was found, for whoever asks with `--nocapture`.
fn tell(name: &str, comparison: &Comparison) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &comparison.findings {
        *counts.entry(finding.rule.id()).or_default() += 1;
    }
    let Comparison { n_operations, n_schemas, undecided, .. } = comparison;
    println!("{name}: {n_operations} operations, {n_schemas} schemas {counts:?} {undecided:?}");
}

#[test]
fn each_break_of_a_real_contract_is_confirmed() {
    for [base, head] in pairs() {
        let settings = settings();
        let comparison = compared(&base.text, &head.text, &settings);
        tell(&head.name, &comparison);
        let fault = unconfirmed(&base.text, &head.text, &settings, &wire(&comparison));
        assert_eq!(fault, None, "{}", head.name);
    }
}
