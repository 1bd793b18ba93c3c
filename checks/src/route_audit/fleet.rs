use std::{collections::BTreeMap, sync::Arc, thread};

use kernel::{Document, Place, RepoPath, Undecided};
use routes::{CustomDomain, HostPattern, Owner, Pattern, Refusal, Route, RouteId, RouteTable};
use snapshot::Format;
use wrangler::{Elders, Unit, UnitId, UnitKind, Workers};

use crate::{
    config::RouteAudit,
    context::Reader,
    route_audit::discovery::{Discovery, discover},
    run::parallel::parallel,
};

/// All Workers and Pages projects of one revision, and what they claim.
#[derive(Debug)]
pub struct Fleet {
    /// Which files there are.
    pub discovery: Discovery,
    /// The parsed configurations, by path.
    pub documents: BTreeMap<RepoPath, Arc<Document>>,
    /// What wrangler would read of them.
    pub workers: Workers,
    /// Owners by number, as the table of routes knows them.
    pub owners: Vec<Box<str>>,
    /// Every claim of every unit, in configuration order.
    pub claims: Vec<Claim>,
    /// The valid routes of deployed units that no elder copy stands for.
    pub routes: RouteTable,
    /// The claim behind each route of the table.
    pub claim_of_route: Vec<usize>,
    /// Configurations that cannot be read: why the rules on claims cannot be green.
    pub unread: Vec<Undecided>,
}

/// One claim of one unit.
#[derive(Debug)]
pub struct Claim {
    /// The unit.
    pub unit: UnitId,
    /// Its index among the claims of the unit.
    pub index: usize,
    /// Its owner, by number.
    pub owner: Owner,
    /// The pattern as written; JSON of the value if it has none.
    pub raw: Box<str>,
    /// What it claims, or why it is refused.
    pub target: Result<Target, Refused>,
    /// Its unit is deployed.
    pub is_deployed: bool,
    /// An elder copy of the same file is deployed, so that no rule but one speaks of it.
    pub stands_aside: bool,
    /// Where it is written.
    pub place: Place,
}

/// What a claim claims.
#[derive(Debug, Clone)]
pub enum Target {
    /// URLs, by a pattern.
    Route(Arc<Pattern>),
    /// A whole host.
    Domain(CustomDomain),
}

/// Why a claim takes no part in other rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// By its shape or its place.
    Claim(wrangler::ClaimFault),
    /// By its pattern.
    Pattern(Refusal),
}

impl Refused {
    /// The code that `malformed-route` reports.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Claim(fault) => fault.code(),
            Self::Pattern(refusal) => refusal.code(),
        }
    }
}

impl Fleet {
    /// Reads all configurations that the reader's revision holds.
    #[must_use]
    pub fn read(reader: &Reader<'_>, audit: &RouteAudit) -> Self {
        let discovery = discover(reader.snapshot(), &audit.ignore);
        let mut documents = BTreeMap::new();
        let mut unread = discovery.unread();
        let wanted: Vec<_> = discovery.configs.iter().map(|it| (it, format_of(it))).collect();
        reader.load(&wanted);
        for path in &discovery.configs {
            match reader.document(path, format_of(path)) {
                Ok(document) => drop(documents.insert(path.clone(), document)),
                Err(undecided) => unread.push(undecided),
            }
        }
        Self::of(discovery, documents, unread, audit)
    }

    /// What these configurations claim; `unread` are those that could not be parsed.
    #[must_use]
    pub fn of(
        discovery: Discovery,
        documents: BTreeMap<RepoPath, Arc<Document>>,
        unread: Vec<Undecided>,
        audit: &RouteAudit,
    ) -> Self {
        let parsed: Vec<&Document> = documents.values().map(AsRef::as_ref).collect();
        let workers = Workers::read(&parsed);
        let (owners, claims) = claims(&workers, audit);
        let (claim_of_route, routes) = routes(&claims);
        Self { discovery, documents, workers, owners, claims, routes, claim_of_route, unread }
    }

    /// The claim behind a route of the table.
    #[must_use]
    pub fn claim(&self, route: RouteId) -> Option<&Claim> {
        self.claims.get(*self.claim_of_route.get(route.index())?)
    }

    /// The name of an owner.
    #[must_use]
    pub fn owner(&self, owner: Owner) -> &str {
        let idx = usize::try_from(owner).unwrap_or(usize::MAX);
        self.owners.get(idx).map_or("", AsRef::as_ref)
    }

    /// The unit of a claim.
    #[must_use]
    pub fn unit_of(&self, claim: &Claim) -> Option<&Unit> {
        self.workers.unit(claim.unit)
    }

    /// All claims of a unit, in its order.
    #[must_use]
    pub fn claims_of(&self, unit: UnitId) -> &[Claim] {
        let start = self.claims.partition_point(|it| it.unit < unit);
        let end = self.claims.partition_point(|it| it.unit <= unit);
        self.claims.get(start..end).unwrap_or_default()
    }

    /// The parsed file of a unit.
    #[must_use]
    pub fn document_of(&self, unit: &Unit) -> Option<&Arc<Document>> {
        self.documents.get(&unit.path)
    }

    /// The valid custom domains that take part in the rules on claims.
    pub fn domains(&self) -> impl Iterator<Item = (&Claim, &CustomDomain)> {
        self.claims.iter().filter(|it| it.takes_part()).filter_map(|it| match &it.target {
            Ok(Target::Domain(domain)) => Some((it, domain)),
            Ok(Target::Route(_)) | Err(_) => None,
        })
    }
}

impl Claim {
    /// Does it take part in the rules on claims?
    #[must_use]
    pub fn takes_part(&self) -> bool {
        self.is_deployed && !self.stands_aside
    }

    /// The pattern, if this is a valid route.
    #[must_use]
    pub fn pattern(&self) -> Option<&Pattern> {
        match &self.target {
            Ok(Target::Route(pattern)) => Some(pattern),
            Ok(Target::Domain(_)) | Err(_) => None,
        }
    }
}

/// The language of a configuration, by its name.
#[must_use]
pub fn format_of(path: &RepoPath) -> Format {
    let is_toml = path.file_name().rsplit('.').next() == Some("toml");
    if is_toml { Format::Toml } else { Format::Jsonc }
}

/// Is the unit not listed among those that nobody deploys?
#[must_use]
pub fn is_deployed(unit: &Unit, audit: &RouteAudit) -> bool {
    audit.undeployed.is_empty() || !audit.undeployed.contains(&unit.address())
}

/// The word for a kind of unit.
#[must_use]
pub fn kind_name(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Worker => "worker",
        UnitKind::Pages => "pages",
    }
}

fn claims(workers: &Workers, audit: &RouteAudit) -> (Vec<Box<str>>, Vec<Claim>) {
    let saas: Vec<_> =
        audit.saas_hostnames.iter().filter_map(|it| HostPattern::parse(it).ok()).collect();
    let is_saas = |host: &str| saas.iter().any(|it| it.covers(host));
    let is_deployed = |unit: &Unit| is_deployed(unit, audit);
    let elders = workers.configs.iter().map(|it| Elders::of(it, &is_deployed));
    let elders: Vec<Elders<'_>> = elders.collect();
    let mut targets = targets(workers, &is_saas).into_iter();
    let mut owners = Owners::default();
    let mut claims = Vec::new();
    for (id, unit) in workers.units() {
        let owner = owners.number(&unit.owner);
        let elders = elders.get(id.config);
        for (index, claim) in unit.claims.iter().enumerate() {
            let elder = elders.and_then(|it| it.elder_copy(id.unit, index));
            claims.push(Claim {
                unit: id,
                index,
                owner,
                raw: raw_text(claim),
                target: targets.next().expect("there is one target for each claim"),
                is_deployed: is_deployed(unit),
                stands_aside: elder.is_some(),
                place: claim.place.clone(),
            });
        }
    }
    (owners.names, claims)
}

/// What each claim of each unit claims, in their order.
fn targets(
    workers: &Workers,
    is_saas: &(dyn Fn(&str) -> bool + Sync),
) -> Vec<Result<Target, Refused>> {
    /// So many patterns are parsed before another thread has started.
    const FEW: usize = 512;
    let claims: Vec<&wrangler::Claim> = workers.units().flat_map(|(_, it)| &it.claims).collect();
    let shares: Vec<&[&wrangler::Claim]> = claims.chunks(FEW).collect();
    let jobs = thread::available_parallelism().map_or(1, usize::from);
    let targets = parallel(jobs, &shares, |share| {
        share.iter().map(|it| target(it, &|host| is_saas(host))).collect::<Vec<_>>()
    });
    targets.into_iter().flatten().collect()
}

/// Gives each owner a number.
#[derive(Default)]
struct Owners {
    numbers: BTreeMap<Box<str>, Owner>,
    names: Vec<Box<str>>,
}

impl Owners {
    fn number(&mut self, name: &str) -> Owner {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = Owner::try_from(self.names.len()).unwrap_or(Owner::MAX);
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }
}

/// The routes of the table, each with the claim behind it.
fn routes(claims: &[Claim]) -> (Vec<usize>, RouteTable) {
    let taking_part = claims.iter().enumerate().filter(|(_, it)| it.takes_part());
    let (claim_of_route, routes) = taking_part
        .filter_map(|(idx, it)| {
            let Ok(Target::Route(pattern)) = &it.target else { return None };
            Some((idx, Route { owner: it.owner, pattern: Arc::clone(pattern) }))
        })
        .unzip();
    (claim_of_route, RouteTable::new(routes))
}

fn raw_text(claim: &wrangler::Claim) -> Box<str> {
    claim.pattern.clone().unwrap_or_else(|| claim.declared.to_json().to_string().into())
}

fn target(claim: &wrangler::Claim, is_saas: &dyn Fn(&str) -> bool) -> Result<Target, Refused> {
    if let Some(fault) = &claim.fault {
        return Err(Refused::Claim(fault.clone()));
    }
    let raw = claim.pattern.as_deref().unwrap_or_default();
    if claim.custom_domain {
        return CustomDomain::parse(raw).map(Target::Domain).map_err(Refused::Pattern);
    }
    let pattern = Pattern::parse(raw, claim.zone_name.as_deref(), is_saas);
    pattern.map(|it| Target::Route(it.into())).map_err(Refused::Pattern)
}
