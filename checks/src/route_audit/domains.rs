//! Hosts whose origin is a Worker or a Pages project.

use kernel::{Place, Side};
use routes::{CustomDomain, RouteId};
use wrangler::UnitKind;

use crate::{
    config::{Config, Setting},
    route_audit::{ClaimShown, Fleet, RawClaim, is_deployed},
};

/// A host that somebody claims as a whole.
#[derive(Debug, Clone)]
pub struct Domain {
    /// Who owns it.
    pub owner: Box<str>,
    /// The host, in lower case and Punycode.
    pub host: Box<str>,
    /// By what it is claimed.
    pub surface: Surface,
    /// The claim as witnesses show it.
    pub shown: ClaimShown,
    /// The claim as judges read it.
    pub raw: RawClaim,
    /// Where it is written.
    pub place: Place,
    /// In which revision.
    pub side: Side,
}

/// By what a host is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surface {
    /// A custom domain of a Worker.
    CustomDomain,
    /// A domain of a Pages project, as the policy declares it.
    PagesDomain,
}

impl Surface {
    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CustomDomain => "custom-domain",
            Self::PagesDomain => "pages-domain",
        }
    }
}

impl Fleet {
    /// Custom domains in the order of the configurations, then Pages domains as the policy
    /// declares them.
    #[must_use]
    pub fn all_domains(&self, config: &Config) -> Vec<Domain> {
        let of_workers = self.domains().map(|(claim, domain)| Domain {
            owner: self.owner(claim.owner).into(),
            host: domain.host().into(),
            surface: Surface::CustomDomain,
            shown: self.show(claim),
            raw: self.raw_claim(claim),
            place: claim.place.clone(),
            side: Side::Head,
        });
        of_workers.chain(self.pages_domains(config)).collect()
    }

    /// The routes of others whose hosts hold the host, in order of insertion.
    pub fn foreign_routes_at<'a>(
        &'a self,
        host: &str,
        owner: &'a str,
    ) -> impl Iterator<Item = RouteId> + 'a {
        let is_foreign = move |it: &RouteId| {
            let route = self.routes.routes().get(it.index());
            route.is_some_and(|it| self.owner(it.owner) != owner)
        };
        self.routes.at_host(host).into_iter().filter(is_foreign)
    }

    fn pages_domains(&self, config: &Config) -> Vec<Domain> {
        let declared = config.root.at(&["gates", "route-audit", "pages-domains"]);
        let projects = declared.map_or(&[][..], Setting::members).iter();
        let in_force =
            projects.filter_map(|(name, hosts)| Some((self.project(name, config)?, hosts)));
        in_force
            .flat_map(|(owner, hosts)| {
                hosts.items().iter().filter_map(move |it| pages_domain(owner, it))
            })
            .collect()
    }

    /// The owner of this name; nobody if the project is here and is not deployed.
    fn project<'a>(&'a self, name: &'a str, config: &Config) -> Option<&'a str> {
        let is_it =
            |it: &wrangler::Unit| it.kind == UnitKind::Pages && it.name.as_deref() == Some(name);
        let mut units = self.workers.units().map(|(_, it)| it).filter(|it| is_it(it)).peekable();
        if units.peek().is_none() {
            return Some(name);
        }
        units.find(|it| is_deployed(it, &config.route_audit)).map(|it| &*it.owner)
    }
}

fn pages_domain(owner: &str, item: &Setting) -> Option<Domain> {
    let text = item.text()?;
    Some(Domain {
        owner: owner.into(),
        host: CustomDomain::parse(text).ok()?.host().into(),
        surface: Surface::PagesDomain,
        shown: ClaimShown {
            owner: owner.to_owned(),
            pattern: text.to_owned(),
            config: item.place.path.clone(),
            env: None,
            line: item.place.region.line,
        },
        raw: RawClaim::of_host(owner, text),
        place: item.place.clone(),
        side: item.side,
    })
}
