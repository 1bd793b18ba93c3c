//! Which contracts have an SDK, and where it lies.

use std::collections::BTreeMap;

use kernel::RepoPath;

use crate::{config::SdkSync, contract_gate::service_of, sdk_sync::making::Service};

/// Two services that cannot both have what they are given, or one that can have nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Clash {
    /// One folder for two.
    #[error("`{one}` and `{other}` have one folder: `{out}`; put `{{service}}` into `out`")]
    Out {
        /// A contract.
        one: RepoPath,
        /// Another one.
        other: RepoPath,
        /// The folder.
        out: String,
    },
    /// One package for two.
    #[error(
        "`{one}` and `{other}` have one package: `{package}`; put `{{service}}` into `package`"
    )]
    Package {
        /// A contract.
        one: RepoPath,
        /// Another one.
        other: RepoPath,
        /// The package.
        package: String,
    },
    /// A folder that is none of the repository.
    #[error(
        "the SDK of `{contract}` would lie in `{out}`, which is no folder inside the repository"
    )]
    Outside {
        /// The contract.
        contract: RepoPath,
        /// The folder.
        out: String,
    },
    /// A folder that holds the contract.
    #[error("the SDK of `{contract}` would lie in `{out}`, the folder of the contract itself")]
    Contract {
        /// The contract.
        contract: RepoPath,
        /// The folder.
        out: String,
    },
}

/// The services of these contracts, but those that the policy skips.
pub(crate) fn services(gate: &SdkSync, contracts: &[RepoPath]) -> Result<Vec<Service>, Clash> {
    let mut services: Vec<Service> = Vec::new();
    let mut outs: BTreeMap<String, RepoPath> = BTreeMap::new();
    let mut packages: BTreeMap<String, RepoPath> = BTreeMap::new();
    for contract in contracts {
        let name = service_of(contract);
        if gate.skip.contains_key(&name) {
            continue;
        }
        let service = Service {
            out: gate.out_of(&name),
            package: gate.package_of(&name),
            contract: contract.clone(),
            shown: contract.to_string(),
            name,
        };
        let out = service.out.clone();
        let is_inside = RepoPath::new(&out).is_ok_and(|_| !out.split('/').any(|it| it == ".git"));
        if !is_inside {
            return Err(Clash::Outside { contract: contract.clone(), out });
        }
        if out == contract.folder() {
            return Err(Clash::Contract { contract: contract.clone(), out });
        }
        // Some disks know no case.
        if let Some(one) = outs.insert(out.to_lowercase(), contract.clone()) {
            return Err(Clash::Out { one, other: contract.clone(), out });
        }
        let package = service.package.clone();
        if let Some(one) = packages.insert(package.to_lowercase(), contract.clone()) {
            return Err(Clash::Package { one, other: contract.clone(), package });
        }
        services.push(service);
    }
    Ok(services)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, ConfigFile};

    fn told(toml: &str, contracts: &[&str]) -> String {
        let path = RepoPath::new("checks.toml").unwrap();
        let root = snapshot::parse_toml(toml).unwrap();
        let digest = kernel::Digest::of(toml.as_bytes());
        let document = kernel::Document::new(path, toml.into(), digest, root);
        let file = ConfigFile::read(&document, kernel::Side::Head).unwrap();
        let contracts: Vec<_> = contracts.iter().map(|it| RepoPath::new(it).unwrap()).collect();
        match services(&Config::of(file.root).sdk_sync, &contracts) {
            Ok(found) => {
                found.iter().flat_map(|it| [&it.out, "=", &it.package, " "]).collect::<String>()
            }
            Err(clash) => clash.to_string(),
        }
    }

    #[test]
    fn each_service_has_a_folder_and_a_package_of_its_own() {
        let both = ["contracts/a.openapi.json", "contracts/b.openapi.json"];
        for (toml, contracts, expected) in [
            ("", &both[..], "sdk/ts/a=a-sdk sdk/ts/b=b-sdk "),
            (
                "[gates.sdk-sync]\nout = \"./clients/{service}/\"\npackage = \"@acme/{service}\"",
                &both,
                "clients/a=@acme/a clients/b=@acme/b ",
            ),
            (
                "[gates.sdk-sync]\nskip = [{service = \"a\", reason = \"old\"}]",
                &both,
                "sdk/ts/b=b-sdk ",
            ),
            (
                "[gates.sdk-sync]\nout = \"sdk\"",
                &both,
                "`contracts/a.openapi.json` and `contracts/b.openapi.json` have one folder: `sdk`; put `{service}` into `out`",
            ),
            (
                "[gates.sdk-sync]\npackage = \"sdk\"",
                &both,
                "`contracts/a.openapi.json` and `contracts/b.openapi.json` have one package: `sdk`; put `{service}` into `package`",
            ),
            (
                "[gates.sdk-sync]\nout = \"../{service}\"",
                &both,
                "the SDK of `contracts/a.openapi.json` would lie in `../a`, which is no folder inside the repository",
            ),
            (
                "[gates.sdk-sync]\nout = \".git/{service}\"",
                &both,
                "the SDK of `contracts/a.openapi.json` would lie in `.git/a`, which is no folder inside the repository",
            ),
            (
                "[gates.sdk-sync]\nout = \"contracts\"",
                &both[..1],
                "the SDK of `contracts/a.openapi.json` would lie in `contracts`, the folder of the contract itself",
            ),
            (
                "",
                &["contracts/a.openapi.json", "contracts/A.openapi.yaml"],
                "`contracts/a.openapi.json` and `contracts/A.openapi.yaml` have one folder: `sdk/ts/A`; put `{service}` into `out`",
            ),
        ] {
            assert_eq!(told(toml, contracts), expected, "{toml}");
        }
    }
}
