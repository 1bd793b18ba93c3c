//! Who answers a URL.

use std::collections::BTreeMap;

use kernel::{Place, RepoPath};
use routes::{NotHttp, RouteId, Url};
use serde::Serialize;
use wrangler::{Unit, UnitKind};

use crate::{
    config::Config,
    route_audit::{Claim, Domain, Fleet, is_deployed},
};

/// Everything that answers, by host.
#[derive(Debug)]
pub struct Ownership<'a> {
    fleet: &'a Fleet,
    domains: BTreeMap<Box<str>, Vec<Domain>>,
    on_workers_dev: BTreeMap<&'a str, Vec<&'a Unit>>,
    on_pages_dev: BTreeMap<&'a str, Vec<&'a Unit>>,
}

/// Who answers one URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// As asked.
    pub url: String,
    /// As the edge sees it.
    pub normalised: String,
    /// Who answers; nobody we know of if null.
    pub owner: Option<String>,
    /// By what.
    pub surface: Option<&'static str>,
    /// Is it documented that no other owner answers?
    pub certain: bool,
    /// The claim that decides.
    pub route: Option<RouteShown>,
    /// Other claims of the same rank.
    pub tied: Vec<RouteShown>,
    /// Routes of a lower rank, in order.
    pub also: Vec<RouteShown>,
}

/// A claim as answers show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RouteShown {
    /// Who owns it.
    pub owner: String,
    /// The pattern as written; for a host that goes by a name, that host.
    pub pattern: String,
    /// Its rank; null for what is no route.
    pub specificity: Option<i64>,
    /// The file.
    pub config: RepoPath,
    /// The environment; null at the top level.
    pub env: Option<String>,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl<'a> Ownership<'a> {
    /// Collects what answers; units that nobody deploys do not.
    #[must_use]
    pub fn new(fleet: &'a Fleet, config: &Config) -> Self {
        let mut domains: BTreeMap<Box<str>, Vec<Domain>> = BTreeMap::new();
        for it in fleet.all_domains(config) {
            domains.entry(it.host.clone()).or_default().push(it);
        }
        let mut on_workers_dev: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
        let mut on_pages_dev: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
        let deployed = fleet.workers.units().map(|(_, it)| it);
        for unit in deployed.filter(|it| is_deployed(it, &config.route_audit)) {
            let Some(name) = unit.name.as_deref() else { continue };
            match unit.kind {
                UnitKind::Worker if unit.on_workers_dev => {
                    on_workers_dev.entry(name).or_default().push(unit);
                }
                UnitKind::Worker => (),
                UnitKind::Pages => on_pages_dev.entry(name).or_default().push(unit),
            }
        }
        Self { fleet, domains, on_workers_dev, on_pages_dev }
    }

    /// Who answers this URL.
    ///
    /// # Errors
    /// If the text is no URL of http or https.
    pub fn who(&self, text: &str) -> Result<Answer, NotHttp> {
        let url = Url::parse(text)?;
        let nobody = Answer {
            url: text.to_owned(),
            normalised: url.to_string(),
            owner: None,
            surface: None,
            certain: true,
            route: None,
            tied: Vec::new(),
            also: Vec::new(),
        };
        let order = self.fleet.routes.order(&url);
        let answer = self.by_route(&order, url.host(), &nobody);
        let answer = answer.or_else(|| self.by_domain(url.host(), &nobody));
        Ok(answer.or_else(|| self.by_name(url.host(), &nobody)).unwrap_or(nobody))
    }

    fn by_route(&self, order: &[RouteId], host: &str, nobody: &Answer) -> Option<Answer> {
        let claims: Vec<&Claim> = order.iter().filter_map(|it| self.fleet.claim(*it)).collect();
        let (first, others) = claims.split_first()?;
        let specificity = |it: &Claim| it.pattern().map(routes::Pattern::specificity);
        let is_tied = |it: &&&Claim| specificity(it) == specificity(first);
        let is_foreign = |it: &Claim| it.owner != first.owner;
        let contested = others.iter().take_while(is_tied).any(|it| is_foreign(it));
        let shown = |it: &&Claim| self.route(it);
        Some(Answer {
            owner: Some(self.fleet.owner(first.owner).to_owned()),
            surface: Some("route"),
            certain: !contested && !self.is_hazard(first, host),
            route: Some(self.route(first)),
            tied: others.iter().take_while(is_tied).map(shown).collect(),
            also: others.iter().skip_while(is_tied).map(shown).collect(),
            ..nobody.clone()
        })
    }

    /// A wildcard route over a domain of another owner: reports from the field disagree who
    /// answers, so nobody may call it a fact.
    fn is_hazard(&self, claim: &Claim, host: &str) -> bool {
        let is_wildcard = claim.pattern().is_some_and(routes::Pattern::has_wildcard_host);
        let owner = self.fleet.owner(claim.owner);
        let domains = self.domains.get(host).map_or(&[][..], Vec::as_slice);
        is_wildcard && domains.iter().any(|it| &*it.owner != owner)
    }

    fn by_domain(&self, host: &str, nobody: &Answer) -> Option<Answer> {
        let (first, others) = self.domains.get(host)?.split_first()?;
        Some(Answer {
            owner: Some(first.owner.to_string()),
            surface: Some(first.surface.name()),
            certain: others.iter().all(|it| it.owner == first.owner),
            route: Some(RouteShown::of_domain(first)),
            tied: others.iter().map(RouteShown::of_domain).collect(),
            ..nobody.clone()
        })
    }

    /// `NAME.ACCOUNT.workers.dev` and `NAME.pages.dev`.
    fn by_name(&self, host: &str, nobody: &Answer) -> Option<Answer> {
        let labels: Vec<&str> = host.split('.').collect();
        let (units, surface, pattern) = match labels[..] {
            [name, _, "workers", "dev"] => {
                (self.on_workers_dev.get(name)?, "workers.dev", format!("{name}.*.workers.dev"))
            }
            [name, "pages", "dev"] => (self.on_pages_dev.get(name)?, "pages.dev", host.to_owned()),
            _ => return None,
        };
        let (first, others) = units.split_first()?;
        Some(Answer {
            owner: Some(first.owner.to_string()),
            surface: Some(surface),
            certain: others.iter().all(|it| it.owner == first.owner),
            route: Some(RouteShown::of_unit(first, &pattern)),
            tied: others.iter().map(|it| RouteShown::of_unit(it, &pattern)).collect(),
            ..nobody.clone()
        })
    }

    fn route(&self, claim: &Claim) -> RouteShown {
        let shown = self.fleet.show(claim);
        RouteShown {
            owner: shown.owner,
            pattern: shown.pattern,
            specificity: claim.pattern().map(routes::Pattern::specificity),
            config: shown.config,
            env: shown.env,
            line: shown.line,
            column: claim.place.region.column,
        }
    }
}

impl RouteShown {
    fn of_domain(domain: &Domain) -> Self {
        let shown = domain.shown.clone();
        Self {
            owner: shown.owner,
            pattern: shown.pattern,
            specificity: None,
            config: shown.config,
            env: shown.env,
            line: shown.line,
            column: domain.place.region.column,
        }
    }

    fn of_unit(unit: &Unit, pattern: &str) -> Self {
        let Place { path, region } = unit.name_place.as_ref().unwrap_or(&unit.place);
        Self {
            owner: unit.owner.to_string(),
            pattern: pattern.to_owned(),
            specificity: None,
            config: path.clone(),
            env: unit.env.as_deref().map(str::to_owned),
            line: region.line,
            column: region.column,
        }
    }
}
