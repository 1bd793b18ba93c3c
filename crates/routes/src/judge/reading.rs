//! A pattern as the judge reads it, and the request it is tried on.

use std::borrow::Cow;

use url::Url;

use super::rejection::{has_bad_label, is_address};

/// A pattern, cut at its stars.
#[derive(Debug)]
pub(super) struct Reading {
    scheme: Option<String>,
    /// What stands before and after the star of the host; one piece if there is no star.
    host: Vec<String>,
    /// What stands before and after the star of the path.
    path: Vec<String>,
    zone: Option<String>,
    score: i64,
}

/// A URL, as far as a pattern can see it.
#[derive(Debug)]
pub(super) struct Request {
    scheme: String,
    host: String,
    target: String,
}

/// The specificity of the pattern: 26 for each label of the host, 1 for each part of the path, 2
/// less on either side for a lone star.
#[must_use]
pub fn score(pattern: &str) -> i64 {
    let (_, host, path) = cut(pattern);
    // Capitals neither add nor take away a dot or a star: an ASCII host counts as it is written.
    if host.is_ascii() {
        return count(host, &clean_path(path));
    }
    Reading::of(pattern, None).map_or(i64::MIN, |it| it.score)
}

/// Scheme, host and path of a pattern, as written.
pub(super) fn cut(pattern: &str) -> (Option<&str>, &str, &str) {
    let pattern = pattern.trim_end_matches(|it: char| it <= ' ');
    let (scheme, rest) = match pattern.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => (Some(scheme), rest),
        _ => (None, pattern),
    };
    let slash = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at(slash);
    (scheme, host, path)
}

impl Reading {
    pub(super) fn of(pattern: &str, zone: Option<&str>) -> Option<Self> {
        let (scheme, host, path) = cut(pattern);
        let path = clean_path(path);
        let host: Vec<String> = host.split('*').map(clean_host).collect::<Option<_>>()?;
        let score = count(&host.join("*"), &path);
        let mut path: Vec<String> = path.split('*').map(str::to_owned).collect();
        if let [front, _] = path.as_mut_slice() {
            *front = clean_path(front).into_owned();
        }
        let is_name = |it: &&str| !it.contains('*') && !has_bad_label(it) && !is_address(it);
        let zone = zone.map(|it| it.strip_suffix('.').unwrap_or(it)).filter(is_name);
        let zone = zone.and_then(clean_host);
        let own = host.last().map_or("", |it| it.trim_start_matches('.'));
        let zone = zone.filter(|zone| own.is_empty() || lies_in(own, zone));
        Some(Self { scheme: scheme.map(str::to_ascii_lowercase), host, path, zone, score })
    }

    pub(super) fn takes(&self, request: &Request) -> bool {
        self.scheme.as_ref().is_none_or(|it| *it == request.scheme)
            && self.takes_host(&request.host)
            && self.takes_target(&request.target)
    }

    pub(super) fn may_meet(&self, other: &Self) -> bool {
        self.zone.is_none() || other.zone.is_none() || self.zone == other.zone
    }

    pub(super) fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    pub(super) fn score(&self) -> i64 {
        self.score
    }

    fn takes_host(&self, host: &str) -> bool {
        match (self.host.as_slice(), &self.zone) {
            ([name], _) => host == name,
            ([_, tail], Some(zone)) if tail.is_empty() || tail == zone => lies_in(host, zone),
            ([_, tail], _) => host.len() >= tail.len() && host.ends_with(tail.as_str()),
            _ => false,
        }
    }

    fn takes_target(&self, target: &str) -> bool {
        match self.path.as_slice() {
            [path] => target == path,
            [front, behind] => behind.is_empty() && target.starts_with(front.as_str()),
            _ => false,
        }
    }
}

impl Request {
    pub(super) fn of(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let scheme = url.scheme().to_owned();
        if scheme != "https" && scheme != "http" {
            return None;
        }
        let query = url.query().filter(|it| !it.is_empty());
        let target = query.map_or(url.path().to_owned(), |it| [url.path(), "?", it].concat());
        Some(Self { scheme, host: url.host_str()?.to_owned(), target })
    }

    pub(super) fn is_on(&self, host: &str) -> bool {
        clean_host(host).is_some_and(|it| it == self.host)
    }
}

/// Lower case and Punycode. An ASCII piece may be the end of a label only, so it is not parsed.
pub(super) fn clean_host(host: &str) -> Option<String> {
    if host.is_ascii() {
        return Some(host.to_ascii_lowercase());
    }
    let name = host.strip_prefix('.').unwrap_or(host);
    let dot = if name.len() < host.len() { "." } else { "" };
    let parsed = Url::parse(&["https://", name, "/"].concat()).ok()?;
    Some([dot, parsed.host_str()?].concat())
}

/// A path by the rules of URLs, stars included; an empty one is the root.
fn clean_path(path: &str) -> Cow<'_, str> {
    let is_clean = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'/' | b'-' | b'_' | b'*');
    if path.starts_with('/') && path.bytes().all(is_clean) {
        return Cow::Borrowed(path);
    }
    Url::parse(&["https://judge.example", path].concat())
        .map_or(Cow::Borrowed(path), |url| Cow::Owned(url.path().to_owned()))
}

fn lies_in(host: &str, zone: &str) -> bool {
    host == zone || host.ends_with(&[".", zone].concat())
}

fn count(host: &str, path: &str) -> i64 {
    let lone = |part: Option<&str>| if part == Some("*") { 2 } else { 0 };
    let labels = size(host.split('.')) - lone(host.split('.').next());
    26 * labels + size(path.split('/')) - lone(path.rsplit('/').next())
}

fn size<'a>(parts: impl Iterator<Item = &'a str>) -> i64 {
    i64::try_from(parts.count()).unwrap_or(i64::MAX)
}
