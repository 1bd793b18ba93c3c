use std::{collections::BTreeSet, path::PathBuf};

use kernel::{Level, RepoPath, Side, Timestamp, Undecided};
use snapshot::{DocumentError, Format, ReadError, Snapshot};

use crate::{
    config::{Config, ConfigError, ConfigFile, did_you_mean, stricter_of},
    judge::Bench,
    policy::{Policy, Selection},
    rules,
    run::{Base, World},
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
    /// Where clean runs are remembered, if they are.
    pub cache: Option<PathBuf>,
}

impl Settings {
    /// Everything, judged alone: no older side, not strict, no network, one thread.
    #[must_use]
    pub fn alone(config: &RepoPath, now: Timestamp) -> Self {
        let selection = Selection::default();
        let config = config.clone();
        Self { selection, config, now, is_strict: false, is_live: false, jobs: 1, cache: None }
    }
}

/// Why there is no answer: exit 2.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The configuration says something we cannot take.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The configuration cannot be read.
    #[error("{source}")]
    Unreadable {
        /// Which file.
        path: RepoPath,
        /// Why.
        source: DocumentError,
    },
    /// A witness did not replay: our bug.
    #[error(transparent)]
    Refuted(#[from] kernel::Refuted),
}

/// Reads `checks.toml` of both revisions and tells what holds.
pub fn read_policy(world: &World, settings: &Settings) -> Result<Policy, RunError> {
    let head = config_file(&world.head, &settings.config, Side::Head)?;
    let is_here = head.is_some();
    let head = head.unwrap_or_else(|| ConfigFile::absent(&settings.config, Side::Head));
    if let Some(unknown) = head.unknown.into_iter().next() {
        return Err(unknown.into());
    }
    unknown_rules(&head.root).map_or(Ok(()), Err)?;
    let mut policy = Policy {
        config: Config::of(head.root),
        path: settings.config.clone(),
        differences: Vec::new(),
        unknown_at_base: Vec::new(),
        base_unreadable: None,
        is_enforced: settings.is_strict,
        is_introduced: is_here,
    };
    let Base::Found { snapshot, .. } = &world.base else { return Ok(policy) };
    match config_file(snapshot, &settings.config, Side::Base) {
        Ok(Some(base)) => compare(&mut policy, base, settings),
        Ok(None) => (),
        Err(err) => policy.base_unreadable = Some(unreadable(&settings.config, &err)),
    }
    Ok(policy)
}

fn unreadable(path: &RepoPath, err: &RunError) -> Undecided {
    Undecided { subject: path.to_string(), reason: format!("base's policy is not known: {err}") }
}

fn config_file(
    snapshot: &Snapshot,
    path: &RepoPath,
    side: Side,
) -> Result<Option<ConfigFile>, RunError> {
    match snapshot.document(path, Format::Toml) {
        Ok(document) => Ok(Some(ConfigFile::read(&document, side)?)),
        Err(DocumentError::Read(ReadError::Missing(_))) => Ok(None),
        Err(source) => Err(RunError::Unreadable { path: path.clone(), source }),
    }
}

fn compare(policy: &mut Policy, base: ConfigFile, settings: &Settings) {
    policy.is_introduced = false;
    policy.unknown_at_base = base.unknown;
    policy.unknown_at_base.extend(unknown_rules(&base.root));
    let default_level = |id: &str| rules::find(id).map(|it| it.info().level).map(Level::name);
    let bench = Bench { waivers: &policy.config.waivers, now: settings.now };
    let is_accepted = |key: &str| bench.waiver_of("policy-weakened", key).is_some();
    let head = &policy.config.root;
    let (merged, differences) = stricter_of(&base.root, head, &default_level, &is_accepted);
    policy.differences = differences;
    if settings.is_strict {
        policy.config = Config::of(merged);
    }
}

/// The first rule id in `[rules]` or a waiver that this version does not have.
fn unknown_rules(root: &crate::config::Setting) -> Option<ConfigError> {
    let in_rules = root.get("rules").map_or(&[][..], |it| it.members());
    let in_rules = in_rules.iter().map(|(id, it)| (id.as_str(), it));
    let in_waivers = root.get("waivers").map_or(&[][..], |it| it.items());
    let in_waivers = in_waivers.iter().filter_map(|it| it.get("rule"));
    let in_waivers = in_waivers.filter_map(|it| Some((it.text()?, it)));
    let known: BTreeSet<&str> = rules::ids().collect();
    let (id, setting) = in_rules.chain(in_waivers).find(|(id, _)| !known.contains(id))?;
    let hint = did_you_mean(id, known.iter().copied())
        .map_or_else(String::new, |it| format!("; did you mean `{it}`?"));
    let message = format!("unknown rule `{id}`{hint}");
    Some(ConfigError { place: setting.place.clone(), message })
}

/// The waivers of a revision's file; none if it cannot be read.
pub(crate) fn waivers_of(snapshot: &Snapshot, path: &RepoPath) -> Vec<kernel::Waiver> {
    let file = config_file(snapshot, path, Side::Base).ok().flatten();
    file.map_or_else(Vec::new, |it| Config::of(it.root).waivers)
}
