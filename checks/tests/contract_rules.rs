//! The rules of the contract gate are those of its engine.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use checks::{gates, rules::RULES};
use contracts::Rule;
use kernel::Need;

#[test]
fn every_rule_of_the_engine_has_its_folder_and_nothing_else_does() {
    let infos = RULES.iter().map(|it| it.info());
    let mut own: Vec<_> = infos.filter(|it| it.gate == gates::CONTRACT_GATE).collect();
    own.sort_by_key(|it| it.id);
    let mut all: Vec<Rule> = Rule::all().collect();
    all.sort_by_key(|it| it.id());
    assert_eq!(own.len(), all.len());
    for (info, rule) in own.into_iter().zip(all) {
        assert_eq!(info.id, rule.id());
        assert_eq!(info.level, rule.level(), "{}", info.id);
        assert_eq!(info.needs, [Need::Base], "{}", info.id);
        assert!(info.summary.ends_with('.') && info.summary.len() < 100, "{}", info.id);
        // The page speaks of the same promise: one word of five letters or more is in both.
        let is_long = |it: &&str| it.chars().count() > 4;
        let page = info.docs.to_lowercase();
        let mut words = rule.promise().split(|it: char| !it.is_alphanumeric()).filter(is_long);
        let is_shared = words.any(|it| page.contains(&it.to_lowercase()));
        assert!(is_shared, "{}: the page does not speak of `{}`", info.id, rule.promise());
    }
}

#[test]
fn no_two_rules_say_the_same() {
    let mut summaries: Vec<&str> = RULES.iter().map(|it| it.info().summary).collect();
    let n_all = summaries.len();
    summaries.sort_unstable();
    summaries.dedup();
    assert_eq!(summaries.len(), n_all);
}
