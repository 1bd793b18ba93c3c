//! Witnesses about what wrangler reads of one configuration, and about which one it reads.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use kernel::{Document, Kind, Node, RepoPath, Witness};
use routes::judge;
use serde::Serialize;
use serde_json::Value;
use wrangler::Unit;

use crate::route_audit::{
    Fleet,
    config_judge::{Reading, SwallowingLevel, swallowing_levels},
};

/// The keys of a route object; any other one may hold what nobody should see.
const ROUTE_KEYS: [&str; 6] =
    ["pattern", "zone_id", "zone_name", "custom_domain", "enabled", "previews_enabled"];

/// A route as read. Of an object only its own keys are shown, with plain values: a variable that
/// stands below `[[routes]]` by mistake is a member of it.
#[must_use]
pub fn shown_route(route: &Node) -> Value {
    match &route.kind {
        Kind::Table(entries) => {
            let own = entries.iter().filter(|it| ROUTE_KEYS.contains(&&*it.key));
            own.map(|it| (it.key.to_string(), plain(&it.value))).collect()
        }
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Datetime(_)
        | Kind::List(_) => plain(route),
    }
}

fn plain(value: &Node) -> Value {
    let is_plain = value.as_list().is_none() && value.as_table().is_none();
    if is_plain { value.to_json() } else { Value::from(value.kind_name()) }
}

fn shown(routes: Vec<&Node>) -> Vec<Value> {
    routes.into_iter().map(shown_route).collect()
}

/// What a level has after inheritance, against what it writes itself.
#[derive(Debug, Serialize)]
pub struct EffectiveConfig {
    /// The file.
    pub config: RepoPath,
    /// The environment.
    pub env: Option<String>,
    /// The script name.
    pub name: Option<String>,
    /// Its routes, as read.
    pub routes: Vec<Value>,
    /// What the level writes, if it writes a route.
    pub declared: Option<Value>,
}

impl Witness for EffectiveConfig {
    const KIND: &'static str = "effective-config";
    type World = Document;

    /// Without a declared route: all routes are inherited, and an elder level of another Worker
    /// has one of them. With one: it is written and is passed over.
    fn replay(&self, document: &Document) -> bool {
        let Some(env) = self.env.as_deref() else { return false };
        let Some(reading) = Reading::of(document, Some(env)) else { return false };
        let is_as_read = shown(reading.routes()) == self.routes
            && reading.name() == self.name
            && !reading.has_own_routes()
            && document.path == self.config;
        is_as_read
            && match &self.declared {
                Some(declared) => {
                    let own = reading.own_route().map(shown_route);
                    reading.has_top_routes() && own.as_ref() == Some(declared)
                }
                None => reading.own_route().is_none() && has_elder(document, &reading),
            }
    }
}

/// Has a level before this one, of another Worker, one of its routes?
fn has_elder(document: &Document, reading: &Reading<'_>) -> bool {
    let worker = |it: &Reading<'_>| Some((it.name()?, it.account().map(str::to_owned)));
    let own: BTreeSet<String> = reading.routes().iter().map(|it| pattern_of(it)).collect();
    let levels = Reading::all(document);
    let elders = levels.iter().take_while(|it| it.env() != reading.env());
    let mut others = elders.filter(|it| worker(it).is_none() || worker(it) != worker(reading));
    others.any(|it| it.routes().iter().any(|it| own.contains(&pattern_of(it))))
}

fn pattern_of(route: &Node) -> String {
    let pattern = route.get("pattern").unwrap_or(route);
    pattern.as_str().map_or_else(|| route.to_json().to_string(), str::to_owned)
}

/// A routing key inside a table that swallows it, and what the Worker has instead.
#[derive(Debug, Serialize)]
pub struct SwallowedKey {
    /// The file.
    pub config: RepoPath,
    /// How wrangler reads the key: `vars.routes`.
    pub key: String,
    /// The routes that the Worker has.
    pub routes: Vec<Value>,
    /// Whether it is public below `workers.dev`.
    pub workers_dev: bool,
}

impl Witness for SwallowedKey {
    const KIND: &'static str = "swallowed-key";
    type World = Document;

    fn replay(&self, document: &Document) -> bool {
        let is_so = |level: &SwallowingLevel<'_>| {
            Reading::of(document, level.env).is_some_and(|it| {
                shown(it.routes()) == self.routes && it.is_on_workers_dev() == self.workers_dev
            })
        };
        document.path == self.config && swallowing_levels(document, &self.key).iter().any(is_so)
    }
}

/// Where a Worker is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum SurfaceKind {
    /// By a route.
    #[serde(rename = "route")]
    Route,
    /// By a custom domain.
    #[serde(rename = "custom-domain")]
    CustomDomain,
    /// Below `workers.dev`.
    #[serde(rename = "workers.dev")]
    WorkersDev,
    /// Each version below `workers.dev`.
    #[serde(rename = "preview")]
    Preview,
}

impl SurfaceKind {
    /// The word in subjects.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::CustomDomain => "custom-domain",
            Self::WorkersDev => "workers.dev",
            Self::Preview => "preview",
        }
    }
}

/// A surface on which a Worker answers the public.
#[derive(Debug, Serialize)]
pub struct PublicSurface {
    /// Which.
    pub surface: SurfaceKind,
    /// The host; stars stand for what the account decides.
    pub host: String,
    /// A URL, where the host is known.
    pub url: Option<String>,
}

/// One level of a file, for witnesses about a unit.
#[derive(Debug)]
pub struct UnitWorld {
    document: Arc<Document>,
    env: Option<String>,
}

impl UnitWorld {
    /// The level that a unit is read from, if its file is there.
    #[must_use]
    pub fn of(fleet: &Fleet, unit: &Unit) -> Option<Self> {
        let document = Arc::clone(fleet.document_of(unit)?);
        Some(Self { document, env: unit.env.as_deref().map(str::to_owned) })
    }
}

impl Witness for PublicSurface {
    const KIND: &'static str = "public-surface";
    type World = UnitWorld;

    fn replay(&self, world: &UnitWorld) -> bool {
        let Some(reading) = Reading::of(&world.document, world.env.as_deref()) else {
            return false;
        };
        let name = reading.name().unwrap_or_else(|| "*".to_owned());
        let taken = |is_domain: bool| {
            let url = self.url.as_deref().unwrap_or_default();
            reading.routes().iter().any(|it| is_taken(it, is_domain, url, &self.host))
        };
        match self.surface {
            SurfaceKind::WorkersDev => {
                self.host == format!("{name}.*.workers.dev") && reading.is_on_workers_dev()
            }
            SurfaceKind::Preview => {
                let is_on = reading.switch("preview_urls") == Some(true);
                self.host == format!("*-{name}.*.workers.dev") && is_on
            }
            SurfaceKind::Route => taken(false),
            SurfaceKind::CustomDomain => taken(true),
        }
    }
}

/// Does this claim answer the URL? A custom domain takes every path of its host.
fn is_taken(route: &Node, is_domain: bool, url: &str, host: &str) -> bool {
    let text = |key| route.get(key).and_then(Node::as_str);
    let flag = route.get("custom_domain").and_then(Node::as_bool) == Some(true);
    let Some(pattern) = route.as_str().or_else(|| text("pattern")) else { return false };
    if flag != is_domain {
        return false;
    }
    if is_domain {
        let parsed = url::Url::parse(&format!("https://{}/", pattern.trim()));
        return parsed.is_ok_and(|it| it.host_str() == Some(host));
    }
    judge::takes(pattern, text("zone_name"), url)
}

/// One name that several configurations deploy.
#[derive(Debug, Serialize)]
pub struct NameWithTwoConfigs {
    /// The name.
    pub name: String,
    /// The configurations.
    pub configs: Vec<ConfigShown>,
}

/// A unit as witnesses show it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ConfigShown {
    /// The file.
    pub config: RepoPath,
    /// The environment.
    pub env: Option<String>,
}

/// Folder, account, and whether it is a project of Pages.
type Project = (String, Option<String>, bool);

impl Witness for NameWithTwoConfigs {
    const KIND: &'static str = "name-with-two-configs";
    type World = BTreeMap<RepoPath, Arc<Document>>;

    /// Each unit shown has the name and a partner in another folder whose account may be the same.
    fn replay(&self, documents: &BTreeMap<RepoPath, Arc<Document>>) -> bool {
        let of = |it: &ConfigShown| {
            let document = documents.get(&it.config)?;
            let reading = Reading::of(document, it.env.as_deref())?;
            let is_named = reading.name().as_deref() == Some(&*self.name);
            let account = reading.account().map(str::to_owned);
            is_named.then(|| (it.config.folder().to_owned(), account, reading.is_pages()))
        };
        let units: Option<BTreeSet<_>> = self.configs.iter().map(of).collect();
        let Some(units) = units.filter(|_| self.configs.len() > 1) else { return false };
        let is_partner = |one: &Project, it: &Project| {
            let may_be_same = one.1.is_none() || it.1.is_none() || one.1 == it.1;
            one.0 != it.0 && one.2 == it.2 && may_be_same
        };
        units.iter().all(|one| units.iter().any(|it| is_partner(one, it)))
    }
}

/// Which file wrangler reads in a folder.
#[derive(Debug, Serialize)]
pub struct ConfigLookup {
    /// The folder; `.` for the root.
    pub directory: String,
    /// The file that lies there to be read.
    pub intended: Option<String>,
    /// The file that is read.
    pub read: String,
}

/// The names of the files of a repository.
#[derive(Debug)]
pub struct FileNames(pub BTreeSet<String>);

impl Witness for ConfigLookup {
    const KIND: &'static str = "config-lookup";
    type World = FileNames;

    /// A redirect comes first, then each of wrangler's names in the folder and all its parents.
    fn replay(&self, world: &FileNames) -> bool {
        let folder = if self.directory == "." { "" } else { self.directory.as_str() };
        let parents: Vec<&str> = std::iter::successors(Some(folder), |it| {
            (!it.is_empty()).then(|| it.rsplit_once('/').map_or("", |(parent, _)| parent))
        })
        .collect();
        let in_folder = |folder: &str, name: &str| {
            if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
        };
        let redirect = in_folder(folder, ".wrangler/deploy/config.json");
        let names = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];
        let mut candidates =
            names.iter().flat_map(|name| parents.iter().map(|it| in_folder(it, name)));
        let first = candidates.find(|it| world.0.contains(it));
        if world.0.contains(&redirect) {
            return self.intended == first && !self.read.is_empty();
        }
        let is_there = |it: &String| world.0.contains(it) && it.starts_with(folder);
        first.as_ref() == Some(&self.read)
            && self.intended != first
            && self.intended.as_ref().is_some_and(is_there)
    }
}
