//! The name that a service has as a folder.

use kernel::RepoPath;
use snapshot::Snapshot;

use crate::{
    contract_gate::{ContractGlobs, service_of},
    policy::Policy,
};

/// The folder of a contract's service; two services that are called alike have two.
pub(super) fn folder(policy: &Policy, head: &Snapshot, path: &RepoPath) -> String {
    let globs = ContractGlobs::new(&policy.config.contract_gate.contracts);
    let name = folder_name(&service_of(path));
    let alike = |it: &&RepoPath| *it < path && folder_name(&service_of(it)) == name;
    match globs.of(head).iter().filter(alike).count() {
        0 => name,
        n_before => format!("{name}-{}", n_before + 1),
    }
}

/// A service as a folder and a part of a branch's name: what is no letter, digit or joint is one.
fn folder_name(service: &str) -> String {
    const LONGEST: usize = 80;
    let letter = |it: char| if it.is_alphanumeric() || "-_.".contains(it) { it } else { '-' };
    let name: String = service.chars().take(LONGEST).map(letter).collect();
    let name = name.replace("..", "-");
    let name = name.trim_matches(['.', '-']);
    let name = name.strip_suffix(".lock").unwrap_or(name);
    if name.is_empty() { "contract".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_leads_nowhere_and_names_a_branch() {
        for (service, expected) in [
            ("shop", "shop"),
            ("shop-v2", "shop-v2"),
            ("..", "contract"),
            ("a b`$(x)", "a-b---x"),
            (".hidden.lock", "hidden"),
            ("a..b", "a-b"),
            ("-rf", "rf"),
            ("", "contract"),
        ] {
            assert_eq!(folder_name(service), expected, "{service:?}");
        }
        assert!(folder_name(&"x".repeat(300)).len() <= 80);
    }
}
