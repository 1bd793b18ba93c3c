use kernel::{Document, Place, RepoPath};

use crate::{
    Claim, ClaimFault, Problem, ProblemKind, Setting, Switch, Unit, UnitId, UnitKind,
    level::{Level, LevelReader, key},
    owner::name_owners,
    unit::Declares,
};

/// All configurations of a repository, as wrangler would read them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workers {
    /// The configurations in byte order of their paths.
    pub configs: Vec<Config>,
}

/// One configuration file.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The file.
    pub path: RepoPath,
    /// The top level, then the environments in the order of the file.
    pub units: Vec<Unit>,
    /// Values of a wrong shape, in the order of the file.
    pub problems: Vec<Problem>,
}

impl Workers {
    /// Reads parsed configurations; their order does not matter.
    #[must_use]
    pub fn read(documents: &[&Document]) -> Self {
        let mut documents = documents.to_vec();
        documents.sort_by(|left, right| left.path.cmp(&right.path));
        let mut workers = Self { configs: documents.into_iter().map(Config::read).collect() };
        name_owners(&mut workers);
        workers
    }

    /// All units: configurations in order, the top level before the environments.
    pub fn units(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        self.configs.iter().enumerate().flat_map(|(config, it)| it.numbered(config))
    }

    /// The unit of this place in the list.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.configs.get(id.config)?.units.get(id.unit)
    }
}

impl Config {
    /// Reads one parsed configuration; owners are named as if there were no other.
    fn read(document: &Document) -> Self {
        let path = document.path.clone();
        if document.root.as_table().is_none() {
            let place = document.place(document.root.span);
            let found = document.root.kind_name();
            let kind = ProblemKind::NotATable;
            let problem = Problem { place, steps: Vec::new(), env: None, kind, found };
            return Self { path, units: Vec::new(), problems: vec![problem] };
        }
        let mut reader = LevelReader::new(document, &document.root, None);
        let top = reader.read();
        let environments = reader.environments();
        let mut problems = reader.problems;
        let mut units = Vec::with_capacity(1 + environments.len());
        for entry in environments {
            let mut reader = LevelReader::new(document, &entry.value, Some(&entry.key));
            let level = reader.read();
            problems.append(&mut reader.problems);
            let place = document.place(entry.key_span);
            units.push(environment(document, (&entry.key, place), level, &top));
        }
        units.insert(0, top_unit(document, top));
        problems.sort_by(|left, right| left.place.cmp(&right.place));
        Self { path, units, problems }
    }

    fn numbered(&self, config: usize) -> impl Iterator<Item = (UnitId, &Unit)> {
        let numbered = move |(unit, it)| (UnitId { config, unit }, it);
        self.units.iter().enumerate().map(numbered)
    }
}

fn top_unit(document: &Document, top: Level) -> Unit {
    let unit = Unit {
        path: document.path.clone(),
        env: None,
        place: Place::start_of(&document.path),
        steps: Vec::new(),
        name: script_name(&top),
        name_place: top.name.as_ref().map(|it| it.place.clone()),
        top_name: script_name(&top),
        owner: Box::default(),
        account: top.account.as_ref().map(|it| it.value.clone()),
        kind: kind(&top),
        declares: declares(&top),
        claims: claims(top.routes, top.route, None),
        workers_dev: top.workers_dev,
        preview_urls: top.preview_urls,
        on_workers_dev: false,
        on_preview_urls: false,
        ignored_route: None,
        services: top.services,
        vars: top.vars,
        run_worker_first: top.run_worker_first,
    };
    settled(unit)
}

/// Inherited when absent or null: `account_id`, `workers_dev`, `preview_urls`, `routes`, `route`,
/// `assets`; of `name` only a beginning. Source: `normalizeAndValidateEnvironment`.
fn environment(document: &Document, at: (&str, Place), own: Level, top: &Level) -> Unit {
    let (env, place) = at;
    let name = match &own.name {
        Some(_) => script_name(&own),
        None => script_name(top).map(|it| format!("{it}-{env}").into()),
    };
    let run_worker_first = match &top.run_worker_first {
        Some(it) if !own.has_assets => Some(Setting { inherited: true, ..it.clone() }),
        _ => own.run_worker_first.clone(),
    };
    let loses = own.routes.is_none() && top.routes.is_some();
    let unit = Unit {
        path: document.path.clone(),
        env: Some(env.into()),
        place,
        steps: vec![key("env"), key(env)],
        name,
        name_place: own.name.as_ref().or(top.name.as_ref()).map(|it| it.place.clone()),
        top_name: script_name(top),
        owner: Box::default(),
        account: own.account.as_ref().or(top.account.as_ref()).map(|it| it.value.clone()),
        kind: kind(top),
        declares: declares(&own),
        workers_dev: inherited_switch(own.workers_dev, top.workers_dev.as_ref()),
        preview_urls: inherited_switch(own.preview_urls, top.preview_urls.as_ref()),
        on_workers_dev: false,
        on_preview_urls: false,
        ignored_route: own.route.clone().filter(|_| loses),
        claims: claims(own.routes, own.route, Some(top)),
        services: own.services,
        vars: own.vars,
        run_worker_first,
    };
    settled(unit)
}

fn kind(top: &Level) -> UnitKind {
    if top.is_pages { UnitKind::Pages } else { UnitKind::Worker }
}

fn script_name(level: &Level) -> Option<Box<str>> {
    level.name.as_ref().map(|it| it.value.clone()).filter(|it| !it.is_empty())
}

fn declares(level: &Level) -> Declares {
    Declares {
        routes: level.routes.is_some(),
        route: level.route.is_some(),
        workers_dev: level.workers_dev.is_some(),
    }
}

fn inherited_switch(own: Option<Switch>, top: Option<&Switch>) -> Option<Switch> {
    own.or_else(|| top.map(|it| Switch { inherited: true, ..it.clone() }))
}

/// `routes` if present, own or inherited and also when empty, else a `route`.
///
/// A `route` beside `routes` of its own level is refused by wrangler; it stays visible as refused.
fn claims(routes: Option<Vec<Claim>>, route: Option<Claim>, top: Option<&Level>) -> Vec<Claim> {
    let inherit = |it: &Claim| Claim { inherited: true, ..it.clone() };
    if let Some(mut claims) = routes {
        let refuse = |it| Claim { fault: Some(ClaimFault::RouteAndRoutes), ..it };
        claims.extend(route.map(refuse));
        return claims;
    }
    if let Some(routes) = top.and_then(|it| it.routes.as_ref()) {
        return routes.iter().map(inherit).collect();
    }
    let inherited = || top.and_then(|it| it.route.as_ref()).map(inherit);
    route.or_else(inherited).into_iter().collect()
}

/// Fills in what follows from the rest.
fn settled(mut unit: Unit) -> Unit {
    if unit.kind == UnitKind::Pages {
        unit.claims.extend(unit.ignored_route.take());
        unit.claims.iter_mut().for_each(|it| it.fault = Some(ClaimFault::Pages));
        return unit;
    }
    let unset = unit.claims.is_empty();
    unit.on_workers_dev = unit.workers_dev.as_ref().map_or(unset, |it| it.value);
    unit.on_preview_urls = unit.preview_urls.as_ref().map_or(unit.on_workers_dev, |it| it.value);
    unit
}
