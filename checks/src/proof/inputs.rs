use std::collections::BTreeMap;

use kernel::{Digest, RepoPath};

/// What decides whether a proof is fresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// The documents the gate is about.
    pub subjects: BTreeMap<RepoPath, Digest>,
    /// Further documents that were read.
    pub materials: BTreeMap<RepoPath, Digest>,
    /// The digest of what the policy means.
    pub policy: Digest,
    /// The policy's file.
    pub config: RepoPath,
}

impl Inputs {
    /// One digest over all inputs: the sorted lines `<sha256>  <name>`.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let documents = self.subjects.iter().chain(&self.materials);
        let policy = (&self.config, &self.policy);
        let mut lines: Vec<String> =
            documents.chain([policy]).map(|(name, digest)| format!("{digest}  {name}\n")).collect();
        lines.sort();
        Digest::of(lines.concat().as_bytes())
    }
}
