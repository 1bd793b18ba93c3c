//! Witnesses that several rules of the gate share. Each is replayed by the judge of the engine,
//! which sees the raw texts of the file and nothing of the search.

use std::sync::Arc;

use kernel::{RepoPath, Witness};
use routes::judge;
use serde::Serialize;

use crate::route_audit::{Claim, Fleet, RawClaim};

/// A claim as witnesses show it: the pattern as written in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ClaimShown {
    /// Who owns it.
    pub owner: String,
    /// The pattern as written.
    pub pattern: String,
    /// The file.
    pub config: RepoPath,
    /// The environment; null at the top level.
    pub env: Option<String>,
    /// The line.
    pub line: usize,
}

impl Fleet {
    /// A claim as witnesses show it.
    #[must_use]
    pub fn show(&self, claim: &Claim) -> ClaimShown {
        let env = self.unit_of(claim).and_then(|it| it.env.as_deref()).map(str::to_owned);
        ClaimShown {
            owner: self.owner(claim.owner).to_owned(),
            pattern: claim.raw.to_string(),
            config: claim.place.path.clone(),
            env,
            line: claim.place.region.line,
        }
    }

    /// Claims as the judge sees them: the texts of the file.
    #[must_use]
    pub fn texts(&self, claims: &[&Claim]) -> ClaimTexts {
        let text = |claim: &&Claim| ClaimText {
            owner: self.owner(claim.owner).to_owned(),
            pattern: claim.raw.to_string(),
            zone: self.declared(claim).and_then(|it| it.zone_name.as_deref()).map(str::to_owned),
        };
        ClaimTexts(claims.iter().map(text).collect())
    }

    /// What the file declares for a claim.
    #[must_use]
    pub fn declared(&self, claim: &Claim) -> Option<&wrangler::Claim> {
        self.unit_of(claim)?.claims.get(claim.index)
    }
}

/// Claims as the judge sees them.
#[derive(Debug, Clone)]
pub struct ClaimTexts(Vec<ClaimText>);

/// One claim as the judge sees it.
#[derive(Debug, Clone)]
struct ClaimText {
    owner: String,
    pattern: String,
    zone: Option<String>,
}

impl ClaimTexts {
    /// In the words of the judge.
    #[must_use]
    pub fn judged(&self) -> Vec<judge::Claim<'_>> {
        self.0.iter().map(ClaimText::judged).collect()
    }
}

impl ClaimText {
    fn judged(&self) -> judge::Claim<'_> {
        judge::Claim { owner: &self.owner, pattern: &self.pattern, zone: self.zone.as_deref() }
    }
}

/// A URL that two owners claim; `winner` only where specificity decides.
#[derive(Debug, Serialize)]
pub struct UrlWithTwoOwners {
    /// The URL.
    pub url: String,
    /// Who answers it.
    pub winner: Option<String>,
    /// Who claims it.
    pub claims: Vec<ClaimShown>,
}

impl Witness for UrlWithTwoOwners {
    const KIND: &'static str = "url-with-two-owners";
    type World = ClaimTexts;

    fn replay(&self, world: &ClaimTexts) -> bool {
        let claims = world.judged();
        are_shown(&self.claims, &claims)
            && judge::has_two_owners(&self.url, self.winner.as_deref(), &claims)
    }
}

/// A URL of a route that others take, as they take all of them.
#[derive(Debug, Serialize)]
pub struct UrlNeverDelivered {
    /// The URL.
    pub url: String,
    /// The route that never gets it.
    pub dead: ClaimShown,
    /// The routes that outrank it.
    pub killers: Vec<ClaimShown>,
}

/// The dead route first, then its killers, and all patterns of the repository.
#[derive(Debug)]
pub struct DeadTexts {
    /// The dead route.
    pub dead: ClaimTexts,
    /// The routes that outrank it.
    pub killers: ClaimTexts,
    /// All patterns as written; their hosts and paths say where the boundary is.
    pub others: Arc<[String]>,
}

impl Witness for UrlNeverDelivered {
    const KIND: &'static str = "url-never-delivered";
    type World = DeadTexts;

    fn replay(&self, world: &DeadTexts) -> bool {
        let killers = world.killers.judged();
        let [dead] = world.dead.judged()[..] else { return false };
        let others: Vec<&str> = world.others.iter().map(String::as_str).collect();
        are_shown(std::slice::from_ref(&self.dead), &[dead])
            && are_shown(&self.killers, &killers)
            && judge::is_never_delivered(&self.url, &dead, &killers, &others)
    }
}

/// A URL on a host of one owner that a route of another one takes first.
#[derive(Debug, Serialize)]
pub struct UrlBeforeDomain {
    /// The URL.
    pub url: String,
    /// The route.
    pub route: ClaimShown,
    /// The domain.
    pub domain: DomainShown,
}

/// A domain as witnesses show it.
#[derive(Debug, Serialize)]
pub struct DomainShown {
    /// Who owns it.
    pub owner: String,
    /// The host.
    pub host: String,
    /// `custom-domain` or `pages-domain`.
    pub surface: &'static str,
}

/// A route and a domain as the files write them.
#[derive(Debug)]
pub struct BeforeDomain {
    /// The route.
    pub route: ClaimTexts,
    /// The domain.
    pub domain: RawClaim,
}

impl Witness for UrlBeforeDomain {
    const KIND: &'static str = "url-before-domain";
    type World = BeforeDomain;

    fn replay(&self, world: &BeforeDomain) -> bool {
        let [route] = world.route.judged()[..] else { return false };
        let RawClaim { owner, .. } = &world.domain;
        are_shown(std::slice::from_ref(&self.route), &[route])
            && self.domain.owner == *owner
            && judge::is_before_domain(&self.url, &route, world.domain.trimmed(), owner)
    }
}

/// Do the claims of a witness say what the files say?
fn are_shown(shown: &[ClaimShown], claims: &[judge::Claim<'_>]) -> bool {
    let is_same = |(shown, it): (&ClaimShown, &judge::Claim<'_>)| {
        (shown.owner.as_str(), shown.pattern.as_str()) == (it.owner, it.pattern)
    };
    shown.len() == claims.len() && shown.iter().zip(claims).all(is_same)
}
