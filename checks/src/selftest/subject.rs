use std::{collections::BTreeMap, sync::Arc};

use kernel::{RepoPath, Side};
use snapshot::Snapshot;

use crate::{
    context::Reader,
    policy::Policy,
    route_audit::{Claim, Fleet, Target},
    selftest::{Options, edit::Edits},
};

/// How many subjects of the repository itself are tried before the planted one.
const MAX_OWN: usize = 2;

/// What `{{…}}` stands for in a mutation.
pub(crate) type Words = BTreeMap<&'static str, String>;

/// The subjects to try, the repository's own first, then what the page planted.
pub(crate) fn candidates(
    base: &Arc<Snapshot>,
    planted: &Edits,
    policy: &Policy,
    options: &Options,
) -> Vec<Words> {
    let reader = Reader::new(base, Side::Head);
    let fleet = Fleet::read(&reader, &policy.config.route_audit);
    let is_planted = |path: &RepoPath| planted.contains_key(path);
    let taking_part = || fleet.claims.iter().filter(|it| it.takes_part() && it.target.is_ok());
    let own = taking_part().filter(|it| !is_planted(&it.place.path)).take(MAX_OWN);
    let theirs = taking_part().filter(|it| is_planted(&it.place.path)).take(1);
    let internal = &policy.config.route_audit.internal;
    let mut candidates: Vec<Words> = own.map(|it| words(&fleet, it, internal.first())).collect();
    candidates.extend(theirs.map(|it| words(&fleet, it, internal.last())));
    candidates.push(internal.last().map(|it| ("internal", it.clone())).into_iter().collect());
    for it in &mut candidates {
        it.insert("today", options.now.date().to_string());
    }
    candidates
}

fn words(fleet: &Fleet, claim: &Claim, internal: Option<&String>) -> Words {
    let host = match &claim.target {
        Ok(Target::Route(pattern)) => pattern.host_text().to_owned(),
        Ok(Target::Domain(domain)) => domain.host().to_owned(),
        Err(_) => String::new(),
    };
    let name = fleet.unit_of(claim).and_then(|it| it.name.as_deref()).unwrap_or_default();
    let mut words = Words::from([
        ("route", claim.raw.to_string()),
        ("host", host),
        ("owner", fleet.owner(claim.owner).to_owned()),
        ("name", name.to_owned()),
        ("config", claim.place.path.to_string()),
    ]);
    let zone = claim.pattern().and_then(|it| it.zone());
    words.extend(zone.map(|it| ("zone", it.to_owned())));
    words.extend(internal.map(|it| ("internal", it.clone())));
    words
}

/// The text with all words put in; nothing if one is not known.
pub(crate) fn filled(text: &str, words: &Words) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}")?;
        out.push_str(before);
        out.push_str(words.get(name.trim())?);
        rest = after;
    }
    Some(out + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_be_known() {
        let words = Words::from([("route", "a/*".to_owned())]);
        assert_eq!(filled("x {{route}}{{ route }} y", &words).unwrap(), "x a/*a/* y");
        assert_eq!(filled("{{host}}", &words), None);
        assert_eq!(filled("no words", &words).unwrap(), "no words");
    }
}
