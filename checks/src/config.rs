//! `checks.toml`: one table says what each key is, where it may stand and which way is stricter.

mod check;
mod compare;
mod contract_gate;
mod keys;
mod schema;
mod sdk_sync;
mod setting;
mod typed;

pub use self::{
    compare::{Compared, Difference, RuleDefault, stricter_of},
    contract_gate::{ContractGate, Migrate},
    keys::{Key, Looser, ROOT, Shape},
    schema::json_schema,
    sdk_sync::SdkSync,
    setting::{Setting, Value},
    typed::{Allowance, Config, LiveExpectation, LiveHead, PublicHost, RequireProof, RouteAudit},
};
use kernel::{Document, Place, Side};

/// The name of the configuration file at the root of the repository.
pub const FILE_NAME: &str = "checks.toml";

/// A fault in `checks.toml`; at head it ends the run with 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}:{}:{}: {message}", .place.path, .place.region.line, .place.region.column)]
pub struct ConfigError {
    /// Where.
    pub place: Place,
    /// What is wrong, and the nearest right word if there is one.
    pub message: String,
}

/// What `checks.toml` of one revision says, checked against the table of keys.
#[derive(Debug, Clone)]
pub struct ConfigFile {
    /// The settings as written.
    pub root: Setting,
    /// Keys this version does not know: faults at head, left out of the comparison at base.
    pub unknown: Vec<UnknownKey>,
}

/// A key that this version does not know.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownKey {
    /// The key, dotted from the root of the file.
    pub key: String,
    /// What it says.
    pub value: serde_json::Value,
    /// The fault, with its place.
    pub error: ConfigError,
}

impl ConfigFile {
    /// Reads one revision's file.
    pub fn read(document: &Document, side: Side) -> Result<Self, ConfigError> {
        let root = Setting::from_node(document, &document.root, side);
        let mut check = check::Check::default();
        let root = check.known_part(&root, &ROOT)?;
        Ok(Self { root, unknown: check.unknown })
    }

    /// What holds where there is no file.
    #[must_use]
    pub fn absent(path: &kernel::RepoPath, side: Side) -> Self {
        let place = Place::start_of(path);
        Self { root: Setting { place, side, value: Value::Table(Vec::new()) }, unknown: Vec::new() }
    }
}

/// The nearest of the given words, if one is near enough to be meant.
#[must_use]
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let is_near = |distance: usize, it: &str| {
        let is_part =
            it.len().min(word.len()) > 2 && (it.starts_with(word) || word.starts_with(it));
        is_part || distance <= 1 + it.len().max(word.len()) / 4
    };
    known
        .into_iter()
        .map(|it| (strsim::damerau_levenshtein(word, it), it))
        .filter(|(distance, it)| is_near(*distance, it))
        .min()
        .map(|(_, it)| it)
}
