//! Routes that no URL reaches, and whose fault that is.

use std::sync::Arc;

use kernel::{Confirmed, Refuted};
use routes::{Dead, RouteId, Schemes};

use crate::route_audit::{
    Claim, Fleet,
    witness::{DeadTexts, UrlNeverDelivered},
};

/// A dead route with the claims that kill it.
#[derive(Debug)]
pub struct Grave<'a> {
    /// The dead claim.
    pub dead: &'a Claim,
    /// The claims that outrank it, the strongest first.
    pub killers: Vec<&'a Claim>,
    /// Those of them that are enough, and are named.
    pub named: Vec<&'a Claim>,
    /// A URL that it never gets.
    pub url: String,
}

impl Fleet {
    /// The dead routes with a killer of another owner, or those without one.
    #[must_use]
    pub fn graves(&self, is_foreign: bool) -> Vec<Grave<'_>> {
        let graves = self.routes.dead();
        graves
            .iter()
            .filter_map(|it| self.grave(it))
            .filter(|it| it.is_foreign() == is_foreign)
            .collect()
    }

    fn grave(&self, dead: &Dead) -> Option<Grave<'_>> {
        let claim = self.claim(dead.route)?;
        let mut killers: Vec<RouteId> =
            dead.killers.iter().flat_map(|it| it.routes.iter().copied()).collect();
        killers.sort_unstable();
        killers.dedup();
        let mut killers: Vec<&Claim> =
            killers.into_iter().filter_map(|it| self.claim(it)).collect();
        let specificity = |it: &Claim| it.pattern().map_or(0, routes::Pattern::specificity);
        killers.sort_by_key(|it| (-specificity(it), self.owner(it.owner), &*it.raw, &it.place));
        let named = named_killers(claim, &killers)?;
        Some(Grave { dead: claim, killers, named, url: dead.url.clone() })
    }

    /// Replays a grave. `others` are all patterns of the repository.
    pub fn confirm(&self, grave: &Grave<'_>, others: &Arc<[String]>) -> Result<Confirmed, Refuted> {
        let witness = UrlNeverDelivered {
            url: grave.url.clone(),
            dead: self.show(grave.dead),
            killers: grave.killers.iter().map(|it| self.show(it)).collect(),
        };
        let world = DeadTexts {
            dead: self.texts(&[grave.dead]),
            killers: self.texts(&grave.killers),
            others: Arc::clone(others),
        };
        Confirmed::by_replay(&witness, &world)
    }

    /// All patterns as written, for judges that look for boundaries.
    #[must_use]
    pub fn raw_patterns(&self) -> Arc<[String]> {
        self.claim_of_route
            .iter()
            .filter_map(|it| self.claims.get(*it))
            .map(|it| it.raw.to_string())
            .collect()
    }
}

impl Grave<'_> {
    fn is_foreign(&self) -> bool {
        self.killers.iter().any(|it| it.owner != self.dead.owner)
    }

    /// Is it the issue that Cloudflare documents: `x*` outranks `x/*`?
    #[must_use]
    pub fn is_known_issue(&self) -> bool {
        let Some(dead) = self.dead.pattern().filter(|it| it.text().ends_with("/*")) else {
            return false;
        };
        let is_it = |it: &routes::Pattern| {
            it.host() == dead.host() && it.text().ends_with('*') && !it.text().ends_with("/*")
        };
        self.named.iter().filter_map(|it| it.pattern()).any(is_it)
    }
}

/// One killer that takes all schemes, of another owner if there is such a one; else one for
/// each scheme.
fn named_killers<'a>(dead: &Claim, killers: &[&'a Claim]) -> Option<Vec<&'a Claim>> {
    let schemes = dead.pattern()?.schemes();
    let is_foreign = |it: &&&Claim| it.owner != dead.owner;
    let has_foreign = killers.iter().any(|it| is_foreign(&it));
    let all = |schemes: Schemes| {
        let takes =
            move |it: &&&'a Claim| it.pattern().is_some_and(|it| it.schemes().contain(schemes));
        killers.iter().filter(takes)
    };
    let alone = match all(schemes).find(is_foreign) {
        None if has_foreign => None,
        None => all(schemes).next(),
        foreign => foreign,
    };
    if let Some(alone) = alone {
        return Some(vec![alone]);
    }
    let mut named: Vec<&Claim> = Vec::new();
    for scheme in schemes.iter() {
        let takes = |it: &&&'a Claim| it.pattern().is_some_and(|it| it.schemes().take(scheme));
        let foreign = killers.iter().filter(takes).find(is_foreign);
        named.extend(foreign.or_else(|| killers.iter().find(takes)));
    }
    named.dedup_by_key(|it| (it.unit, it.index));
    Some(named)
}
