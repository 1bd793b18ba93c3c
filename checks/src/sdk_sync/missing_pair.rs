//! The witness of a contract without its SDK, or the other way round, and its judge.

use std::collections::BTreeSet;

use kernel::{RepoPath, Witness};
use serde::Serialize;
use serde_json::Value;

/// A contract and the folder of its SDK, of which one is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MissingPair {
    /// The contract; none if nobody knows which it was.
    pub(crate) contract: Option<RepoPath>,
    /// The folder of the SDK.
    pub(crate) out: String,
    /// Which of the two is missing: `sdk` or `contract`.
    pub(crate) missing: &'static str,
}

/// What a revision has.
pub(crate) struct Listing {
    /// All its paths.
    pub(crate) paths: BTreeSet<RepoPath>,
    /// The folders that the contracts of the policy have.
    pub(crate) outs: BTreeSet<String>,
    /// What lies under the name of the lock.
    pub(crate) lock: Option<Vec<u8>>,
}

impl Witness for MissingPair {
    const KIND: &'static str = "missing-pair";
    type World = Listing;

    fn replay(&self, world: &Listing) -> bool {
        let folder = format!("{}/", self.out);
        let is_inside = |it: &RepoPath| it.as_str().starts_with(&folder);
        let contract = self.contract.as_ref();
        match self.missing {
            "sdk" => contract.is_some_and(|it| world.paths.contains(it)) && !world.has_lock(),
            "contract" => world.paths.iter().any(is_inside) && !world.outs.contains(&self.out),
            _ => false,
        }
    }
}

impl Listing {
    fn has_lock(&self) -> bool {
        let Some(bytes) = &self.lock else { return false };
        match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => value.get("schema").and_then(Value::as_str) == Some("checks-sdk/v1"),
            Err(_) => String::from_utf8_lossy(bytes).contains("checks-sdk/v1"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_confirmed() {
        let check = |missing: &'static str, paths: &[&str], lock: Option<&str>, expected: bool| {
            let path = |it: &&str| RepoPath::new(it).unwrap();
            let contract = RepoPath::new("contracts/a.openapi.json").unwrap();
            let world = Listing {
                paths: paths.iter().map(path).collect(),
                outs: BTreeSet::from(["sdk/c".to_owned()]),
                lock: lock.map(|it| it.as_bytes().to_vec()),
            };
            let it = MissingPair { contract: Some(contract), out: "sdk/a".to_owned(), missing };
            assert_eq!(it.replay(&world), expected, "{missing} {paths:?} {lock:?}");
        };
        let lock = "{\"schema\": \"checks-sdk/v1\"}";
        check("sdk", &["contracts/a.openapi.json"], None, true);
        check("sdk", &["contracts/a.openapi.json"], Some("{}"), true);
        check("sdk", &["contracts/a.openapi.json", "sdk/a/sdk.lock.json"], Some(lock), false);
        check("sdk", &["contracts/a.openapi.json"], Some("<<<< checks-sdk/v1"), false);
        check("sdk", &[], None, false);
        check("contract", &["sdk/a/sdk.lock.json"], Some(lock), true);
        check("contract", &["sdk/b/sdk.lock.json"], Some(lock), false);
        check("neither", &["sdk/a/sdk.lock.json"], None, false);
    }
}
