//! What the lock of an SDK remembers of the last time that it was made.

use std::collections::BTreeMap;

use kernel::RepoPath;
use serde_json::Value;

/// The name of the lock in the folder of an SDK.
pub(crate) const LOCK: &str = "sdk.lock.json";
/// The name of what npm reads.
pub(crate) const PACKAGE: &str = "package.json";

/// The lock as it lies in the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    /// The files that were made, each with its digest.
    pub(crate) files: BTreeMap<String, String>,
    /// What made them.
    pub(crate) generator: Option<String>,
    /// The contract that they were made from.
    pub(crate) contract: Option<String>,
    /// The service.
    pub(crate) service: Option<String>,
    /// The file is there and says that it is a lock, but nobody can read what it says.
    pub(crate) is_damaged: bool,
}

impl Lock {
    /// Reads a lock; nothing if the file is none of ours.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
            // Two branches that were merged badly leave such a file.
            let is_ours = String::from_utf8_lossy(bytes).contains("checks-sdk/v1");
            return is_ours.then(|| Self { is_damaged: true, ..Self::default() });
        };
        if value.get("schema").and_then(Value::as_str) != Some("checks-sdk/v1") {
            return None;
        }
        let text = |pointer: &str| value.pointer(pointer)?.as_str().map(str::to_owned);
        let digests = value.get("files").and_then(Value::as_object);
        // A lock is a file like any other: what leads out of the folder is not believed.
        let file = |(path, digest): (&String, &Value)| {
            let path = RepoPath::new(path).ok()?;
            Some((path.to_string(), digest.as_str()?.to_owned()))
        };
        Some(Self {
            files: digests.into_iter().flatten().filter_map(file).collect(),
            generator: text("/generator"),
            contract: text("/contract/path"),
            service: text("/options/service"),
            is_damaged: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_names_only_what_lies_in_its_folder() {
        let lock = Lock::read(
            br#"{"schema":"checks-sdk/v1","files":{"src/a.ts":"1","../b":"2","/c":"3","d/../e":"4"}}"#,
        );
        let files: Vec<_> = lock.unwrap().files.into_keys().collect();
        assert_eq!(files, ["src/a.ts"]);
    }

    #[test]
    fn a_badly_merged_lock_is_a_lock_still() {
        let check = |text: &str, expected: Option<bool>| {
            assert_eq!(Lock::read(text.as_bytes()).map(|it| it.is_damaged), expected, "{text}");
        };
        check("<<<<<<< ours\n{\"schema\": \"checks-sdk/v1\"}", Some(true));
        check("{\"schema\": \"checks-sdk/v1\"}", Some(false));
        check("{\"schema\": \"other\"}", None);
        check("no json", None);
    }
}
