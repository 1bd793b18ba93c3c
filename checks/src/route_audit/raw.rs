//! Claims as judges read them: by simple means, from the texts of the file, sharing nothing with
//! the search.

use std::borrow::Cow;

use routes::judge;
use url::Url;

use crate::route_audit::{Claim, Fleet};

/// What a pattern without a scheme takes.
const BOTH: &[&str] = &["http", "https"];

/// A valid claim that takes part, as the file writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawClaim {
    /// Who owns it.
    pub owner: String,
    /// The pattern as written.
    pub pattern: String,
    /// The `zone_name` as written.
    pub zone: Option<String>,
    /// The `zone_id` as written.
    pub zone_id: Option<String>,
    /// A host as a whole, not a route.
    pub is_domain: bool,
}

/// A claim taken apart. Containment is tried on samples: URLs with fresh characters wherever the
/// pattern leaves room. Only a pattern that takes all of it takes all of its samples.
#[derive(Debug, Clone)]
pub struct Shape {
    /// None is both: `http` and `https`.
    scheme: Option<String>,
    star_host: bool,
    host: String,
    star_path: bool,
    path: String,
    zone: Option<String>,
    score: i64,
}

impl Fleet {
    /// Every valid claim that takes part, as the file writes it.
    pub fn raw_claims(&self) -> impl Iterator<Item = RawClaim> {
        let taking_part = self.claims.iter().filter(|it| it.takes_part() && it.target.is_ok());
        taking_part.map(|it| self.raw_claim(it))
    }

    /// One claim, as the file writes it.
    #[must_use]
    pub fn raw_claim(&self, claim: &Claim) -> RawClaim {
        let declared = self.declared(claim).map(|it| &it.declared);
        let member = |name| declared.and_then(|it| it.get(name));
        let text = |name| member(name).and_then(kernel::Node::as_str).map(str::to_owned);
        let is_domain = member("custom_domain").and_then(kernel::Node::as_bool);
        RawClaim {
            owner: self.owner(claim.owner).to_owned(),
            pattern: claim.raw.to_string(),
            zone: text("zone_name"),
            zone_id: text("zone_id"),
            is_domain: is_domain == Some(true),
        }
    }
}

impl RawClaim {
    /// A host that the policy declares.
    #[must_use]
    pub fn of_host(owner: &str, host: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            pattern: host.to_owned(),
            zone: None,
            zone_id: None,
            is_domain: true,
        }
    }

    /// Does it take some URL of the host, which stands there in lower case and Punycode?
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        self.shape().takes_host(host)
    }

    /// The pattern as the rules of URLs see it: without blanks and controls at the end.
    #[must_use]
    pub fn trimmed(&self) -> &str {
        self.pattern.trim_end_matches(|it: char| it <= ' ')
    }

    /// What it takes; a domain takes all of its host.
    #[must_use]
    pub fn shape(&self) -> Shape {
        if self.is_domain {
            return Shape::of(&format!("{}/*", self.trimmed()), None);
        }
        Shape::of(&self.pattern, self.zone.as_deref())
    }
}

impl Shape {
    /// Takes a pattern apart.
    #[must_use]
    pub fn of(pattern: &str, zone: Option<&str>) -> Self {
        let text = pattern.trim_end_matches(|it: char| it <= ' ');
        let (scheme, rest) = cut_scheme(text);
        let slash = rest.find('/').unwrap_or(rest.len());
        let (host, path) = rest.split_at(slash);
        let star_host = host.starts_with('*');
        let host = clean_host(host.trim_start_matches('*'));
        let zone = zone.map(|it| clean_host(it.trim_end_matches('.')));
        let name = host.trim_start_matches('.');
        let in_zone = |zone: &String| {
            is_host_name(zone) && (name.is_empty() || name == zone || is_below(name, zone))
        };
        Self {
            scheme: scheme.map(str::to_ascii_lowercase),
            star_host,
            zone: zone.filter(in_zone),
            star_path: path.ends_with('*'),
            path: clean_path(clean_path(path).trim_end_matches('*')).into_owned(),
            host,
            score: judge::score(text),
        }
    }

    /// Its normalised text, to tell equal patterns by.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { star_host, host, star_path, path, .. } = self;
        let star = |it: bool| if it { " *" } else { " " };
        let mut text: String = self.schemes().flat_map(|it| [it, " "]).collect();
        for part in [star(*star_host), host, star(*star_path), path, " ", &self.score.to_string()] {
            text.push_str(part);
        }
        text
    }

    /// The trusted zone.
    #[must_use]
    pub fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// Does it outrank the other one?
    #[must_use]
    pub fn outranks(&self, other: &Self) -> bool {
        self.score > other.score
    }

    /// Does it take the host?
    #[must_use]
    pub fn takes_host(&self, host: &str) -> bool {
        match &self.zone {
            Some(zone) if self.star_host && (self.host.is_empty() || self.host == *zone) => {
                host == zone || is_below(host, zone)
            }
            _ if self.star_host => host.ends_with(&self.host),
            _ => host == self.host,
        }
    }

    /// Does it take all that the other one takes in the scheme?
    #[must_use]
    pub fn holds_in(&self, other: &Self, scheme: &str) -> bool {
        self.schemes().any(|it| it == scheme)
            && self.shares_zone(other)
            && self.holds_hosts(other)
            && self.holds_paths(other)
    }

    /// The schemes it takes.
    pub fn schemes(&self) -> impl Iterator<Item = &str> {
        let both = if self.scheme.is_none() { BOTH } else { &[] };
        self.scheme.as_deref().into_iter().chain(both.iter().copied())
    }

    /// What both take, if anything: on each axis one holds the other, or they are apart.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Option<Self> {
        let is_apart = !self.schemes().any(|it| other.schemes().any(|other| it == other));
        let narrower =
            |holds: fn(&Self, &Self) -> bool| match (holds(self, other), holds(other, self)) {
                (true, _) => Some(other),
                (_, true) => Some(self),
                (false, false) => None,
            };
        let (host, path) = (narrower(Self::holds_hosts)?, narrower(Self::holds_paths)?);
        let is_apart = is_apart || !self.shares_zone(other);
        (!is_apart).then(|| Self {
            scheme: self.scheme.as_ref().or(other.scheme.as_ref()).cloned(),
            star_path: path.star_path,
            path: path.path.clone(),
            ..host.clone()
        })
    }

    fn shares_zone(&self, other: &Self) -> bool {
        self.zone.is_none() || other.zone.is_none() || self.zone == other.zone
    }

    fn holds_hosts(&self, other: &Self) -> bool {
        other.sample_hosts().iter().all(|it| self.takes_host(it))
    }

    fn holds_paths(&self, other: &Self) -> bool {
        let sample =
            if other.star_path { format!("{}~zq", other.path) } else { other.path.clone() };
        if self.star_path { sample.starts_with(&self.path) } else { sample == self.path }
    }

    fn sample_hosts(&self) -> Vec<String> {
        match &self.zone {
            Some(zone) if self.star_host && (self.host.is_empty() || self.host == *zone) => {
                vec![zone.clone(), format!("zq.{zone}")]
            }
            _ if self.star_host => vec![format!("zq{}", self.host)],
            _ => vec![self.host.clone()],
        }
    }
}

/// The scheme in front of `://`, and the rest.
pub(crate) fn cut_scheme(text: &str) -> (Option<&str>, &str) {
    match text.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => (Some(scheme), rest),
        _ => (None, text),
    }
}

/// A host in lower case and Punycode, as the parser of URLs has it; what is no host stays.
pub(crate) fn clean_host(host: &str) -> String {
    if is_clean_host(host) {
        return host.to_owned();
    }
    let name = host.strip_prefix('.').unwrap_or(host);
    let dot = if name.len() < host.len() { "." } else { "" };
    let parsed = Url::parse(&format!("https://{name}/")).ok();
    let clean = parsed.and_then(|it| it.host_str().map(str::to_owned));
    [dot, &clean.unwrap_or_else(|| name.to_ascii_lowercase())].concat()
}

/// Could DNS have this name?
pub(crate) fn is_host_name(host: &str) -> bool {
    let is_legal = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
    host.split('.').all(|it| !it.is_empty() && it.bytes().all(is_legal))
}

/// Is it surely what the parser of URLs would make of it? No address starts its end with a letter.
fn is_clean_host(host: &str) -> bool {
    let is_letter = |it: u8| it.is_ascii_lowercase();
    let is_plain = |it: u8| is_letter(it) || it.is_ascii_digit() || matches!(it, b'-' | b'.');
    let end = host.rsplit('.').next().and_then(|it| it.bytes().next());
    end.is_some_and(is_letter) && host.bytes().all(is_plain) && !host.contains("xn--")
}

fn clean_path(path: &str) -> Cow<'_, str> {
    let is_clean = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'/' | b'-' | b'_' | b'*');
    if path.starts_with('/') && path.bytes().all(is_clean) {
        return Cow::Borrowed(path);
    }
    Url::parse(&format!("https://judge.example{path}"))
        .map_or(Cow::Borrowed(path), |it| Cow::Owned(it.path().to_owned()))
}

fn is_below(host: &str, zone: &str) -> bool {
    host.strip_suffix(zone).is_some_and(|it| it.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{clean_host, is_clean_host};

    #[test]
    fn a_clean_host_is_what_the_parser_of_urls_makes_of_it() {
        let labels = ["a", "a-b", "0x1", "1", "ab--c", "xn", "x1", "-", "", "ff"];
        let mut n_clean = 0;
        for (front, back) in labels.iter().flat_map(|it| labels.map(|back| (it, back))) {
            let host = format!("{front}.{back}.{front}");
            if is_clean_host(&host) {
                n_clean += 1;
                let name = host.trim_start_matches('.');
                let parsed = Url::parse(&format!("https://{name}/")).unwrap();
                assert_eq!(parsed.host_str(), Some(name));
            }
        }
        assert_eq!(n_clean, 60);
        assert_eq!(clean_host("B\u{fc}cher.example"), "xn--bcher-kva.example");
        assert_eq!(clean_host("0x1"), "0.0.0.1");
    }
}
