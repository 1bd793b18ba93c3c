//! Witnesses of what breaks no exchange, replayed on the raw texts.

use std::sync::Arc;

use kernel::{RepoPath, Witness};
use serde::Serialize;
use serde_json::Value;

/// A symbol of generated code that changes.
#[derive(Debug, Serialize)]
pub(crate) struct SdkSymbol {
    /// At base.
    pub(crate) base: Option<String>,
    /// At head.
    pub(crate) head: Option<String>,
}

/// Words that changed.
#[derive(Debug, Serialize)]
pub(crate) struct TextPair {
    /// At base.
    pub(crate) base: Option<String>,
    /// At head.
    pub(crate) head: Option<String>,
}

/// A keyword that validators refuse or ignore.
#[derive(Debug, Serialize)]
pub(crate) struct RejectedKeyword {
    /// Where it stands.
    pub(crate) pointer: String,
    /// Which keyword.
    pub(crate) keyword: String,
    /// Its value.
    pub(crate) value: Value,
}

/// Something that two readers take for two things.
#[derive(Debug, Serialize)]
pub(crate) struct TwoReadings {
    /// What is read here.
    pub(crate) here: String,
    /// What others may read.
    pub(crate) elsewhere: String,
}

/// The raw files of both revisions of a contract, each led by the contract itself.
pub(crate) struct RawTexts {
    /// The older ones; none if there is no older revision.
    pub(crate) base: Vec<(RepoPath, Arc<[u8]>)>,
    /// The newer ones; none if the contract is gone.
    pub(crate) head: Vec<(RepoPath, Arc<[u8]>)>,
}

impl RawTexts {
    /// Do the two revisions differ at all?
    fn differ(&self) -> bool {
        let bytes = |it: &[(RepoPath, Arc<[u8]>)]| -> Vec<Arc<[u8]>> {
            it.iter().map(|(_, bytes)| Arc::clone(bytes)).collect()
        };
        let paths = |it: &[(RepoPath, Arc<[u8]>)]| -> Vec<RepoPath> {
            it.iter().map(|(path, _)| path.clone()).collect()
        };
        bytes(&self.base) != bytes(&self.head) || paths(&self.base) != paths(&self.head)
    }
}

impl Witness for SdkSymbol {
    const KIND: &'static str = "sdk-symbol";
    type World = RawTexts;

    fn replay(&self, world: &RawTexts) -> bool {
        self.base != self.head && world.differ()
    }
}

impl Witness for TextPair {
    const KIND: &'static str = "text-pair";
    type World = RawTexts;

    fn replay(&self, world: &RawTexts) -> bool {
        world.differ()
    }
}

impl Witness for RejectedKeyword {
    const KIND: &'static str = "rejected-keyword";
    type World = RawTexts;

    fn replay(&self, world: &RawTexts) -> bool {
        let mentions = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(&self.keyword);
        world.head.iter().any(|(_, bytes)| mentions(bytes))
    }
}

impl Witness for TwoReadings {
    const KIND: &'static str = "two-readings";
    type World = RawTexts;

    fn replay(&self, world: &RawTexts) -> bool {
        self.here != self.elsewhere && !world.head.is_empty()
    }
}
