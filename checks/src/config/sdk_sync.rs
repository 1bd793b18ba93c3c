//! The settings of the gate `sdk-sync`, with types.

use std::collections::BTreeMap;

use contracts::Formats;
use sdk_gen::Emit;

use crate::config::{Setting, contract_gate::words};

/// What stands for the name of a service in paths and names of packages.
const SERVICE: &str = "{service}";

/// Settings of the gate `sdk-sync`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdkSync {
    /// Does the policy speak of this gate at all?
    pub is_configured: bool,
    /// Globs of the contracts that have an SDK.
    pub contracts: Vec<String>,
    /// The folder of an SDK.
    pub out: String,
    /// The name of its package.
    pub package: String,
    /// Services without an SDK, and why.
    pub skip: BTreeMap<String, String>,
    /// Which formats guards check.
    pub formats: Formats,
    /// Which files are made.
    pub emit: Emit,
    /// Globs of the files that are compiled against the SDKs they import.
    pub consumers: Vec<String>,
    /// How long the compiler may take, in seconds.
    pub consumer_seconds: u64,
}

impl SdkSync {
    pub(super) fn of(gate: Option<&Setting>, contracts: &[String]) -> Self {
        let member = |name: &str| gate.and_then(|it| it.get(name));
        let word = |name: &str| member(name).and_then(Setting::text);
        let skip = member("skip").map_or(&[][..], Setting::items);
        let skipped = |it: &Setting| {
            let text = |name: &str| it.get(name).and_then(Setting::text).map(str::to_owned);
            Some((text("service")?, text("reason")?))
        };
        let seconds = member("consumer-seconds").and_then(Setting::integer);
        Self {
            is_configured: gate.is_some(),
            contracts: member("contracts").map_or_else(|| contracts.to_vec(), words),
            out: word("out").unwrap_or("sdk/ts/{service}").trim_start_matches("./").to_owned(),
            package: word("package").unwrap_or("{service}-sdk").to_owned(),
            skip: skip.iter().filter_map(skipped).collect(),
            formats: match word("formats") {
                Some("none") => Formats::None,
                Some("all") => Formats::All,
                _ => Formats::Numeric,
            },
            emit: match word("emit") {
                Some("ts") => Emit::Source,
                _ => Emit::SourceAndScript,
            },
            consumers: member("consumers").map_or_else(|| vec!["**".to_owned()], words),
            consumer_seconds: seconds.and_then(|it| u64::try_from(it).ok()).unwrap_or(120),
        }
    }

    /// The folder of a service's SDK.
    #[must_use]
    pub fn out_of(&self, service: &str) -> String {
        self.out.replace(SERVICE, service).trim_end_matches('/').to_owned()
    }

    /// The package of a service's SDK.
    #[must_use]
    pub fn package_of(&self, service: &str) -> String {
        self.package.replace(SERVICE, service)
    }

    /// The service whose SDK would lie in this folder, if its name is part of the path.
    #[must_use]
    pub fn service_at(&self, folder: &str) -> Option<String> {
        let (before, after) = self.out.trim_end_matches('/').split_once(SERVICE)?;
        let name = folder.strip_prefix(before)?.strip_suffix(after)?;
        let is_name = !name.is_empty() && !name.contains('/');
        (is_name && self.out_of(name) == folder).then(|| name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_tells_its_service() {
        let check = |out: &str, folder: &str, expected: Option<&str>| {
            let gate = SdkSync { out: out.to_owned(), ..SdkSync::of(None, &[]) };
            assert_eq!(gate.service_at(folder).as_deref(), expected, "{out} {folder}");
        };
        check("sdk/ts/{service}", "sdk/ts/shop", Some("shop"));
        check("sdk/ts/{service}/", "sdk/ts/shop", Some("shop"));
        check("sdk/ts/{service}", "sdk/ts/shop/src", None);
        check("sdk/ts/{service}", "sdk/ts/", None);
        check("services/{service}/sdk", "services/shop/sdk", Some("shop"));
        check("sdk", "sdk", None);
    }
}
