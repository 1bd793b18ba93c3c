use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use kernel::{Level, RepoPath, Side, Timestamp, Undecided};
use snapshot::{DocumentError, Format, ReadError, Snapshot};

use crate::{
    config::{
        Config, ConfigError, ConfigFile, FILE_NAME, Setting, UnknownKey, Value, did_you_mean,
        stricter_of,
    },
    gates,
    policy::{Policy, Selection},
    rules,
    run::{Advance, Base, World},
};

/// How to run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which rules.
    pub selection: Selection,
    /// Where the configuration lies.
    pub config: RepoPath,
    /// The instant.
    pub now: Timestamp,
    /// `CI=true` or `--strict`: undecided counts, and the stricter policy holds.
    pub is_strict: bool,
    /// The network may be used.
    pub is_live: bool,
    /// Threads.
    pub jobs: usize,
    /// Where the run says how far it has come.
    pub advance: Arc<Advance>,
    /// Where clean runs are remembered, if they are.
    pub cache: Option<PathBuf>,
    /// What an action asks of the contract gate.
    pub contracts: ContractInputs,
    /// The TypeScript that compiles consumers of SDKs, if one was named.
    pub typescript: Option<PathBuf>,
}

/// What an action asks of the contract gate, over what the policy says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractInputs {
    /// Globs instead of the policy's; none if empty.
    pub globs: Vec<String>,
    /// Findings of this level and higher ones deny.
    pub denied_from: Level,
}

impl Default for ContractInputs {
    fn default() -> Self {
        Self { globs: Vec::new(), denied_from: Level::Deny }
    }
}

impl Settings {
    /// Everything, judged alone: no older side, not strict, no network, one thread.
    #[must_use]
    pub fn alone(config: &RepoPath, now: Timestamp) -> Self {
        let selection = Selection::default();
        let config = config.clone();
        Self {
            selection,
            config,
            now,
            is_strict: false,
            is_live: false,
            jobs: 1,
            advance: Arc::default(),
            cache: None,
            contracts: ContractInputs::default(),
            typescript: None,
        }
    }
}

/// Why there is no answer: exit 2.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The configuration says something we cannot take.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The configuration cannot be read.
    #[error(transparent)]
    Unreadable(DocumentError),
    /// A witness did not replay: our bug.
    #[error(transparent)]
    Refuted(#[from] kernel::Refuted),
}

/// Reads `checks.toml` of both revisions and tells what holds.
pub fn read_policy(world: &World, settings: &Settings) -> Result<Policy, RunError> {
    let head = config_file(&world.head, &settings.config, Side::Head)?;
    let is_here = head.is_some();
    let head = head.unwrap_or_else(|| ConfigFile::absent(&settings.config, Side::Head));
    refuse_unknown(&head)?;
    let mut policy = Policy::of_head(head.root, &settings.config, settings.is_strict);
    match &world.base {
        Base::Declined => policy.permit_loosening(None, settings.now),
        Base::Missing(undecided) => unknown_base(&mut policy, undecided.clone(), settings),
        Base::Found { snapshot, .. } => match base_file(snapshot, &settings.config) {
            Ok(Some((path, base))) => compare(&mut policy, base, path, settings),
            Ok(None) => policy.is_introduced = is_here,
            Err(err) => {
                let reason = format!("base's policy is not known: {err}");
                let subject = settings.config.to_string();
                unknown_base(&mut policy, Undecided { subject, reason }, settings);
            }
        },
    }
    let gate = &mut policy.config.contract_gate;
    if !settings.contracts.globs.is_empty() {
        gate.contracts.clone_from(&settings.contracts.globs);
    }
    gate.denied_from = settings.contracts.denied_from;
    Ok(policy)
}

fn unknown_base(policy: &mut Policy, undecided: Undecided, settings: &Settings) {
    policy.base_unreadable = Some(undecided);
    policy.permit_loosening(None, settings.now);
}

/// At head, what this version does not know is an error.
pub(crate) fn refuse_unknown(head: &ConfigFile) -> Result<(), ConfigError> {
    if let Some(unknown) = head.unknown.first() {
        return Err(unknown.error.clone());
    }
    let known: BTreeSet<&str> = rules::ids().collect();
    let in_rules = members(&head.root, "rules").iter().map(|(id, it)| (id.as_str(), it));
    let in_waivers = head.root.get("waivers").map_or(&[][..], Setting::items);
    let in_waivers = in_waivers.iter().filter_map(|it| it.get("rule"));
    let in_waivers = in_waivers.filter_map(|it| Some((it.text()?, it)));
    if let Some((id, at)) = in_rules.chain(in_waivers).find(|(id, _)| !known.contains(id)) {
        return Err(unknown_rule(id, at));
    }
    for (id, level) in service_levels(&head.root) {
        match rules::find(id) {
            None => return Err(unknown_rule(id, level)),
            Some(rule) if rule.info().gate != gates::CONTRACT_GATE => {
                let message = format!("`{id}` is no rule of the gate `contract-gate`");
                return Err(ConfigError { place: level.place.clone(), message });
            }
            Some(_) => {}
        }
    }
    for (id, rule) in members(&head.root, "rules") {
        let is_of_policy = rules::find(id).is_some_and(|it| it.info().gate == gates::POLICY);
        if let Some(at) = rule.get("new-only").filter(|_| is_of_policy) {
            let message = format!("`{id}` judges the policy and takes no `new-only`");
            return Err(ConfigError { place: at.place.clone(), message });
        }
    }
    Ok(())
}

/// The levels of single services, by rule.
fn service_levels(root: &Setting) -> impl Iterator<Item = (&str, &Setting)> {
    let services = root.at(&["gates", gates::CONTRACT_GATE, "levels"]);
    let services = services.map_or(&[][..], Setting::members);
    services.iter().flat_map(|(_, it)| it.members()).map(|(id, it)| (id.as_str(), it))
}

fn unknown_rule(id: &str, at: &Setting) -> ConfigError {
    let hint = did_you_mean(id, rules::ids())
        .map_or_else(String::new, |it| format!("; did you mean `{it}`?"));
    ConfigError { place: at.place.clone(), message: format!("unknown rule `{id}`{hint}") }
}

fn members<'a>(root: &'a Setting, table: &str) -> &'a [(String, Setting)] {
    root.get(table).map_or(&[], Setting::members)
}

fn config_file(
    snapshot: &Snapshot,
    path: &RepoPath,
    side: Side,
) -> Result<Option<ConfigFile>, RunError> {
    match snapshot.document(path, Format::Toml) {
        Ok(document) => Ok(Some(ConfigFile::read(&document, side)?)),
        Err(DocumentError::Read(ReadError::Missing(_))) => Ok(None),
        Err(source) => Err(RunError::Unreadable(source)),
    }
}

/// Base's policy lies where head's does, or else at the usual place: another `--config` does not
/// shake it off.
fn base_file(
    snapshot: &Snapshot,
    path: &RepoPath,
) -> Result<Option<(RepoPath, ConfigFile)>, RunError> {
    let usual = RepoPath::new(FILE_NAME).ok().filter(|it| it != path);
    for path in [Some(path.clone()), usual].into_iter().flatten() {
        if let Some(file) = config_file(snapshot, &path, Side::Base)? {
            return Ok(Some((path, file)));
        }
    }
    Ok(None)
}

fn compare(policy: &mut Policy, base: ConfigFile, path: RepoPath, settings: &Settings) {
    let base = without_unknown_rules(base);
    policy.base_path = Some(path);
    policy.unknown_at_base = base.unknown;
    policy.permit_loosening(Some(&Config::of(base.root.clone())), settings.now);
    let permits = &policy.permits;
    let is_accepted = |key: &str| permits.iter().any(|it| it.subject == key);
    let head = &policy.config.root;
    let compared = stricter_of(&base.root, head, &rules::default_of, &is_accepted);
    policy.differences = compared.differences;
    policy.n_compared = compared.n_keys;
    if settings.is_strict {
        policy.config = Config::of_stricter(compared.stricter, head);
    }
}

/// Rules that this version does not have take no part in the comparison.
fn without_unknown_rules(mut base: ConfigFile) -> ConfigFile {
    let Value::Table(sections) = &mut base.root.value else { return base };
    for (name, section) in sections {
        let Value::Table(members) = &mut section.value else { continue };
        if name == "rules" {
            base.unknown.extend(members.iter().filter(|(id, _)| rules::find(id).is_none()).map(
                |(id, it)| UnknownKey {
                    key: format!("rules.{id}"),
                    value: it.to_json(),
                    error: unknown_rule(id, it),
                },
            ));
            members.retain(|(id, _)| rules::find(id).is_some());
        }
    }
    base
}

/// The waivers of base's file; none if it cannot be read.
pub(crate) fn waivers_of(snapshot: &Snapshot, path: &RepoPath) -> Vec<kernel::Waiver> {
    let file = base_file(snapshot, path).ok().flatten();
    file.map_or_else(Vec::new, |(_, it)| Config::of(it.root).waivers)
}
