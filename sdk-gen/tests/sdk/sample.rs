//! Contracts of our own writing, and their SDKs.

use std::{fs, path::Path, sync::Arc};

use contracts::{Files, Formats, Limits, Store};
use kernel::{Digest, RepoPath};
use sdk_gen::{Emit, Options, Plan};

/// One text as the only file.
struct Text(Arc<[u8]>);

impl Files for Text {
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String> {
        if path.as_str() == "contract.json" {
            Ok(Arc::clone(&self.0))
        } else {
            Err(path.to_string())
        }
    }
}

/// The SDK of a contract.
pub(crate) fn plan(contract: &str) -> Plan {
    let mut store = Store::new();
    let path = RepoPath::new("contract.json").unwrap();
    let files = Text(contract.as_bytes().into());
    let (read, _) = contracts::read(&mut store, &path, &files, &Limits::default()).unwrap();
    let options = Options {
        service: "sample".to_owned(),
        package: "sample-sdk".to_owned(),
        formats: Formats::Numeric,
        emit: Emit::SourceAndScript,
        contract_path: "contract.json".to_owned(),
        contract_digest: Digest::of(contract.as_bytes()),
        generator: "checks 0.0.0".to_owned(),
    };
    sdk_gen::generate(&store, &read, &options)
}

/// The contracts beside the harness.
pub(crate) fn torture() -> Vec<(&'static str, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agreement");
    let names = ["torture-30", "torture-31"];
    names.map(|it| (it, fs::read_to_string(folder.join(format!("{it}.json"))).unwrap())).into()
}

/// Those, and one with every form of an operation.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations/operations.json");
    let mut found = torture();
    found.push(("operations", fs::read_to_string(path).unwrap()));
    found
}

/// Writes an SDK into a folder.
pub(crate) fn write(plan: &Plan, folder: &Path) {
    for (path, text) in plan.files.iter() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text.read().as_bytes()).unwrap();
    }
}
