//! Witnesses that several rules of the gate share. Each is replayed by the judge of the engine,
//! which sees the raw texts of the file and nothing of the search.

use kernel::{RepoPath, Witness};
use routes::judge;
use serde::Serialize;

use crate::route_audit::{Claim, Fleet};

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
        let is_shown = |(shown, it): (&ClaimShown, &judge::Claim<'_>)| {
            (shown.owner.as_str(), shown.pattern.as_str()) == (it.owner, it.pattern)
        };
        claims.len() == self.claims.len()
            && self.claims.iter().zip(&claims).all(is_shown)
            && judge::has_two_owners(&self.url, self.winner.as_deref(), &claims)
    }
}
