//! What two patterns have in common, and a URL in it.

use crate::{
    host::{HostSet, normal_host},
    path::PathSet,
    pattern::Pattern,
    request::Url,
    scheme::{Scheme, Schemes},
};

/// The URLs that two patterns (or a pattern and something else) have in common.
///
/// On each axis two sets are nested or disjoint, so this is again scheme x host set x path set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intersection<'a> {
    /// The schemes.
    pub schemes: Schemes,
    /// The hosts.
    pub host: HostSet<'a>,
    /// The paths.
    pub path: PathSet<'a>,
    /// The trusted zone of one of the patterns.
    pub zone: Option<&'a str>,
}

/// What both patterns take, if there is a URL that both take.
#[must_use]
pub fn overlap<'a>(left: &'a Pattern, right: &'a Pattern) -> Option<Intersection<'a>> {
    Intersection::of(left).meet(Intersection::of(right))
}

/// Does `outer` take every URL that `inner` takes?
#[must_use]
pub fn contains(outer: &Pattern, inner: &Pattern) -> bool {
    Intersection::of(inner).lies_within(outer)
}

impl<'a> Intersection<'a> {
    /// Everything that one pattern takes.
    #[must_use]
    pub fn of(pattern: &'a Pattern) -> Self {
        Self {
            schemes: pattern.schemes(),
            host: pattern.host(),
            path: pattern.path(),
            zone: pattern.zone(),
        }
    }

    /// Everything on one host.
    #[must_use]
    pub fn of_host(host: &'a str) -> Self {
        Self {
            schemes: Schemes::Both,
            host: HostSet::Exact(host),
            path: PathSet::Prefix("/"),
            zone: None,
        }
    }

    /// What both have in common.
    #[must_use]
    pub fn meet(self, other: Self) -> Option<Self> {
        if !zones_meet(self.zone, other.zone) {
            return None;
        }
        Some(Self {
            schemes: self.schemes.meet(other.schemes)?,
            host: self.host.meet(other.host)?,
            path: self.path.meet(other.path)?,
            zone: self.zone.or(other.zone),
        })
    }

    /// Does the pattern take all of it?
    #[must_use]
    pub fn lies_within(&self, pattern: &Pattern) -> bool {
        zones_meet(self.zone, pattern.zone())
            && pattern.schemes().contain(self.schemes)
            && pattern.host().contains(self.host)
            && pattern.path().contains(self.path)
    }

    /// Is the URL in it?
    #[must_use]
    pub fn takes(&self, url: &Url) -> bool {
        self.schemes.take(url.scheme())
            && self.host.takes(url.host())
            && self.path.takes(url.path())
    }

    /// A legal URL in it: https unless only http is taken, the shortest host and path that serve.
    #[must_use]
    pub fn witness_url(&self) -> String {
        url_text(self.schemes.preferred(), &plain_host(self.host), &plain_path(self.path))
    }

    /// Another URL in it, that no pattern takes which does not take all of its hosts and paths,
    /// for all but a few values of `salt`.
    pub(crate) fn fresh_url(&self, salt: usize) -> String {
        let path = match self.path {
            PathSet::Exact(path) => path.to_owned(),
            PathSet::Prefix(_) => format!("{}~{salt}", plain_path(self.path)),
        };
        url_text(self.schemes.preferred(), &fresh_host(self.host, salt), &path)
    }
}

/// Two routes with different trusted zones never meet; without a zone the text alone speaks.
pub(crate) fn zones_meet(left: Option<&str>, right: Option<&str>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left == right,
        _ => true,
    }
}

fn url_text(scheme: Scheme, host: &str, path: &str) -> String {
    format!("{}://{host}{path}", scheme.name())
}

fn plain_host(host: HostSet<'_>) -> String {
    match host {
        HostSet::Exact(name) | HostSet::Zone(name) => name.to_owned(),
        HostSet::Suffix("") => "w.example".to_owned(),
        HostSet::Suffix(tail) => {
            let first_label_is_valid = !tail.starts_with(['.', '-']);
            let longer = format!("w{tail}");
            let candidates =
                if first_label_is_valid { [tail, longer.as_str()] } else { [&longer, tail] };
            candidates
                .into_iter()
                .find(|it| normal_host(it).as_deref() == Some(*it))
                .unwrap_or(tail)
                .to_owned()
        }
    }
}

fn fresh_host(host: HostSet<'_>, salt: usize) -> String {
    let candidate = match host {
        HostSet::Exact(_) => return plain_host(host),
        HostSet::Zone(zone) => format!("w{salt}.{zone}"),
        HostSet::Suffix("") => format!("w.example{salt}"),
        HostSet::Suffix(tail) => format!("w{salt}{tail}"),
    };
    // A host at its longest has no room for a fresh label.
    if normal_host(&candidate).is_some() { candidate } else { plain_host(host) }
}

/// A path that ends inside a `%` escape is completed.
fn plain_path(path: PathSet<'_>) -> String {
    match path {
        PathSet::Exact(path) => path.to_owned(),
        PathSet::Prefix(text) => {
            let bytes = text.as_bytes();
            let last_two = bytes.len().checked_sub(2).and_then(|at| bytes.get(at..));
            match last_two {
                Some([_, b'%']) => format!("{text}20"),
                Some([b'%', digit]) if digit.is_ascii_hexdigit() => format!("{text}0"),
                _ => text.to_owned(),
            }
        }
    }
}
