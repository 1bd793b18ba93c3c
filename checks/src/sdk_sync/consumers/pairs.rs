//! The SDKs of both revisions, side by side.

use contracts::Files as _;
use kernel::{RepoPath, Undecided, joined};
use sdk_gen::{Plan, Text};
use serde_json::Value;

use crate::{
    config::Config,
    context::Reader,
    contract_gate::{ContractGlobs, RepositoryFiles},
    sdk_sync::{
        consumers::{
            imports::{below, is_relative},
            layout::ways,
        },
        making::{Made, Service, make},
        sdks::Sdks,
        services::services,
    },
};

/// One SDK with what base's contract yields.
pub(crate) struct Pair<'a> {
    /// The folder.
    pub(crate) out: String,
    /// The name of the package at head, then those that base alone has.
    pub(crate) packages: Vec<String>,
    /// What head's contract yields; nothing if there is none any more.
    pub(crate) head: Option<&'a Made>,
    /// What base's contract yields; nothing if that is what head's yields.
    pub(crate) base: Option<Made>,
    /// May a consumer see another SDK than before?
    pub(crate) is_changed: bool,
    /// Why nobody knows what base's contract yields.
    pub(crate) unread: Option<Undecided>,
}

impl Pair<'_> {
    /// The name that consumers at head import.
    pub(crate) fn package(&self) -> &str {
        self.packages.first().map_or("", String::as_str)
    }

    /// The name of the service.
    pub(crate) fn service(&self) -> &str {
        self.head.or(self.base.as_ref()).map_or("", |it| &it.service.name)
    }

    /// The files of a side.
    pub(crate) fn plan(&self, is_base: bool) -> Option<&Plan> {
        let base = self.base.as_ref().filter(|_| is_base);
        base.or(self.head).map(|it| &it.plan)
    }

    /// Where the names of the package lead on a side.
    pub(crate) fn ways(&self, is_base: bool) -> Vec<(String, String)> {
        let Some(plan) = self.plan(is_base) else { return Vec::new() };
        let n_names = if is_base { self.packages.len() } else { 1 };
        let names = self.packages.iter().take(n_names);
        names.flat_map(|it| ways(plan, it, &self.out)).collect()
    }

    /// Does an import in a file of this folder mean this SDK?
    pub(crate) fn is_meant(&self, folder: &str, specifier: &str) -> bool {
        if is_relative(specifier) {
            let target = joined(folder, specifier);
            return target.is_some_and(|it| below(&it, &self.out).is_some());
        }
        self.packages.iter().any(|it| below(specifier, it).is_some())
    }
}

/// All SDKs of both revisions.
pub(crate) fn pairs<'a>(
    (head, base): (&Reader<'_>, &Reader<'_>),
    sdks: &'a Sdks,
    config: &Config,
) -> Vec<Pair<'a>> {
    let globs = ContractGlobs::new(&config.sdk_sync.contracts);
    let older = services(&config.sdk_sync, &globs.of(base.snapshot())).unwrap_or_default();
    let limit = config.contract_gate.limits.bytes;
    let files = RepositoryFiles { reader: base, limit };
    let mut pairs = Vec::new();
    for sdk in &sdks.sdks {
        let service = older.iter().find(|it| it.name == sdk.made.service.name);
        let is_same = service.is_none_or(|it| is_same(it, &sdk.made, &files));
        let made = service.filter(|_| !is_same).map(|it| make(it, &files, config)).transpose();
        let (made, unread) = match made {
            Ok(made) => (made, None),
            Err(err) => (None, service.map(|it| unread(it, &err.to_string()))),
        };
        pairs.push(Pair { unread, ..pair((head, base), &sdk.made, made) });
    }
    let is_known = |it: &&Service| {
        let is_made = sdks.sdks.iter().any(|sdk| sdk.made.service.name == it.name);
        let contracts = sdks.refused.iter().chain(&sdks.unread).map(|it| &it.contract);
        is_made || contracts.into_iter().any(|one| *one == it.contract)
    };
    let is_gone =
        |it: &&Service| !is_known(it) && !has_below(head, &it.out) && has_below(base, &it.out);
    // What nobody can read at base, and has no contract at head, nobody misses.
    let gone = older.iter().filter(is_gone).filter_map(|it| make(it, &files, config).ok());
    pairs.extend(gone.map(|it| self::gone(base, it)));
    pairs
}

fn unread(service: &Service, reason: &str) -> Undecided {
    let subject = service.contract.to_string();
    let reason = format!("what base's `{subject}` yields is not known: {reason}");
    Undecided { subject, reason }
}

/// Has base the same texts for a contract?
fn is_same(service: &Service, made: &Made, files: &RepositoryFiles<'_>) -> bool {
    let same = |(path, bytes): &(RepoPath, _)| files.read(path).is_ok_and(|it| it == *bytes);
    service.contract == made.service.contract && made.texts.iter().all(same)
}

fn has_below(reader: &Reader<'_>, folder: &str) -> bool {
    let start = format!("{folder}/");
    reader.files().any(|it| it.as_str().starts_with(&start))
}

fn pair<'a>(
    (head, base): (&Reader<'_>, &Reader<'_>),
    made: &'a Made,
    older: Option<Made>,
) -> Pair<'a> {
    let service = &made.service;
    let name = |reader| name_of(reader, &service.out).unwrap_or_else(|| service.package.clone());
    let mut packages = vec![name(head)];
    let old = name_of(base, &service.out).filter(|it| !packages.contains(it));
    packages.extend(old);
    let is_other = older.as_ref().is_some_and(|it| types(&it.plan) != types(&made.plan));
    let is_changed = is_other || packages.len() > 1;
    Pair {
        out: service.out.clone(),
        packages,
        head: Some(made),
        base: older,
        is_changed,
        unread: None,
    }
}

fn gone<'a>(base: &Reader<'_>, made: Made) -> Pair<'a> {
    let out = made.service.out.clone();
    let name = name_of(base, &out).unwrap_or_else(|| made.service.package.clone());
    Pair { out, packages: vec![name], head: None, base: Some(made), is_changed: true, unread: None }
}

/// The name that the package has in a revision: it is the user's, once it is written.
fn name_of(reader: &Reader<'_>, out: &str) -> Option<String> {
    let path = RepoPath::new(&format!("{out}/package.json")).ok()?;
    reader.snapshot().kind(path.as_str())?;
    let value: Value = serde_json::from_slice(&reader.bytes(&path).ok()?).ok()?;
    value.get("name")?.as_str().map(str::to_owned)
}

/// What a compiler sees of an SDK.
fn types(plan: &Plan) -> Vec<(&str, &Text)> {
    let is_any = |ending: &str| plan.files.paths().any(|it| it.ends_with(ending));
    let ending = if is_any(".d.ts") { ".d.ts" } else { ".ts" };
    plan.files.iter().filter(|it| it.0.ends_with(ending) || it.0 == "package.json").collect()
}
