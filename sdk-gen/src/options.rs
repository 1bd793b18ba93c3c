//! What a project chooses for one SDK.

use contracts::Formats;

/// Which files are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Emit {
    /// Sources, scripts and declarations: nothing has to be built before use.
    #[default]
    SourceAndScript,
    /// Sources only, for those who build themselves.
    Source,
}

/// What a project chooses for one SDK, and what its lock remembers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The name of the service: `gateway` of `contracts/gateway.openapi.json`.
    pub service: String,
    /// The name that `package.json` starts with.
    pub package: String,
    /// Which formats guards check: the code list of the contract gate.
    pub formats: Formats,
    /// Which files are made.
    pub emit: Emit,
    /// The path of the contract as the lock has it: relative, never of a machine.
    pub contract_path: String,
    /// The digest of the contract's bytes.
    pub contract_digest: kernel::Digest,
    /// Name and version of the generator.
    pub generator: String,
}
