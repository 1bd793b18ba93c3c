//! The witness of two names that TypeScript would spell alike, and its judge.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{RepoPath, Witness};
use sdk_gen::Spelling;
use serde::Serialize;

/// Names of a contract that wanted one name in TypeScript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct NamePair {
    /// The name that they wanted.
    pub(crate) wanted: String,
    /// Who wanted it, and what each got.
    pub(crate) names: Vec<Named>,
}

/// What one of them got.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Named {
    /// The name in the contract.
    pub(crate) contract: String,
    /// The name in TypeScript.
    pub(crate) typescript: String,
}

/// Every group of names that met, by the name they wanted.
pub(crate) fn pairs(spellings: &[Spelling]) -> Vec<NamePair> {
    let mut groups: BTreeMap<&str, Vec<&Spelling>> = BTreeMap::new();
    // What is only used inside of the SDK hurts nobody.
    let is_inner =
        |it: &Spelling| ["mark", "check"].iter().any(|word| it.owner.kind().starts_with(word));
    for it in spellings.iter().filter(|it| !(it.is_derived && is_inner(it))) {
        groups.entry(it.wanted.as_str()).or_default().push(it);
    }
    let pair = |(wanted, group): (&str, Vec<&Spelling>)| {
        let mut names: Vec<Named> = group
            .iter()
            .map(|it| Named {
                contract: it.contract.to_string(),
                typescript: it.name.as_str().to_owned(),
            })
            .collect();
        names.sort();
        let met = group.iter().any(|it| it.why == Some("collision"));
        (met && names.len() > 1).then(|| NamePair { wanted: wanted.to_owned(), names })
    };
    groups.into_iter().filter_map(pair).collect()
}

/// The texts of a contract.
pub(crate) struct Texts {
    /// The files, the contract itself first.
    pub(crate) files: Vec<(RepoPath, Arc<[u8]>)>,
}

impl Witness for NamePair {
    const KIND: &'static str = "name-pair";
    type World = Texts;

    /// Each name stands in the contract, no two got the same, and at most one got what all wanted.
    fn replay(&self, world: &Texts) -> bool {
        let is_there = |it: &Named| {
            // A name that was made from a place has words of the text, each with its first letter
            // in another case; an escaped one has other bytes.
            let is_border = |it: char| !it.is_ascii_lowercase() && !it.is_ascii_digit();
            let words = it.contract.split(is_border);
            let longest = words.max_by_key(|it| it.len()).unwrap_or_default().as_bytes();
            let holds = |text: &[u8], word: &[u8]| text.windows(word.len()).any(|it| it == word);
            let mut texts = world.files.iter().map(|it| &it.1);
            longest.is_empty() || texts.any(|it| holds(it, longest) || holds(it, b"\\u"))
        };
        let mut given: Vec<&str> = self.names.iter().map(|it| it.typescript.as_str()).collect();
        given.sort_unstable();
        given.dedup();
        let n_kept = given.iter().filter(|it| **it == self.wanted).count();
        let are_near = given.iter().all(|it| it.starts_with(&self.wanted));
        self.names.len() > 1
            && given.len() == self.names.len()
            && n_kept <= 1
            && are_near
            && self.names.iter().all(is_there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_did_not_meet_are_no_pair() {
        let check = |names: &[(&str, &str)], expected: bool| {
            let named = |it: &(&str, &str)| Named {
                contract: it.0.to_owned(),
                typescript: it.1.to_owned(),
            };
            let it = NamePair {
                wanted: "OrderRow".to_owned(),
                names: names.iter().map(named).collect(),
            };
            let path = RepoPath::new("a.json").unwrap();
            let bytes: Arc<[u8]> = b"{\"order-row\": 1, \"OrderRow\": 2}".to_vec().into();
            assert_eq!(it.replay(&Texts { files: vec![(path, bytes)] }), expected, "{names:?}");
        };
        check(&[("order-row", "OrderRow_ab12"), ("OrderRow", "OrderRow")], true);
        check(&[("order-row", "OrderRow"), ("OrderRow", "OrderRow")], false);
        check(&[("order-row", "OrderRow_ab12"), ("Invoice", "OrderRow")], false);
        check(&[("order-row", "OrderRow_ab12"), ("OrderRow", "Order")], false);
        check(&[("OrderRow", "OrderRow")], false);
    }
}
