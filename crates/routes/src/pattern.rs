//! One route pattern: parsed, normalised, and what it takes.

use std::ops::Range;

use crate::{
    host::{HostSet, HostText, in_zone, normal_host, read_host},
    path::{PathSet, PathText, read_path},
    refusal::Refusal,
    request::Url,
    scheme::Schemes,
};

/// A valid route pattern.
///
/// Sources: <https://developers.cloudflare.com/workers/configuration/routing/routes/> and the
/// router of miniflare (`cloudflare/workers-sdk`, `packages/miniflare/src/plugins/shared/routing.ts`).
///
/// A large repository has tens of thousands of them, so the parts are ranges of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    text: Box<str>,
    schemes: Schemes,
    kind: HostKind,
    /// Where the host stands in the text, without its star.
    host: Range<usize>,
    open_path: bool,
    /// What every taken path starts with, or is, where the text shows another one.
    hidden_path: Option<Box<str>>,
    zone: Option<Zone>,
    outside_zone: bool,
    specificity: i64,
    raw_length: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HostKind {
    Exact,
    Suffix,
    Zone,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Zone {
    /// It starts at this byte of the text, and ends where the host ends.
    EndOfHost(usize),
    /// The host has no text that could end in it.
    Named(Box<str>),
}

impl Pattern {
    /// Parses a route. `zone` is its `zone_name`; `saas` tells which host texts (as
    /// [`Pattern::host_text`] shows them) may lie outside it.
    ///
    /// # Errors
    /// If the pattern is refused, the first reason in the order of [`Refusal::ALL`].
    pub fn parse(
        raw: &str,
        zone: Option<&str>,
        saas: &dyn Fn(&str) -> bool,
    ) -> Result<Self, Refusal> {
        let (schemes, rest) = split_scheme(raw)?;
        let (host_text, path_text) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = read_host(host_text, !path_text.is_empty())?;
        let path = read_path(path_text)?;
        let mut pattern = Self::assemble(schemes, &host, &path);
        pattern.raw_length = raw.encode_utf16().count();
        if let Some(zone) = zone {
            pattern.place_in_zone(zone, saas);
        }
        Ok(pattern)
    }

    /// The normalised pattern: host in lower case and Punycode, path by the rules of URLs, and
    /// never without a path.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The host as the normalised pattern shows it, with its star.
    #[must_use]
    pub fn host_text(&self) -> &str {
        let rest = self.text.split_once("://").map_or(&*self.text, |(_, rest)| rest);
        rest.split('/').next().unwrap_or_default()
    }

    /// Does the host begin with a star?
    #[must_use]
    pub fn has_wildcard_host(&self) -> bool {
        self.kind != HostKind::Exact
    }

    /// The schemes it takes.
    #[must_use]
    pub fn schemes(&self) -> Schemes {
        self.schemes
    }

    /// The hosts it takes.
    #[must_use]
    pub fn host(&self) -> HostSet<'_> {
        match self.kind {
            HostKind::Exact => HostSet::Exact(self.host_tail()),
            HostKind::Suffix => HostSet::Suffix(self.host_tail()),
            HostKind::Zone => HostSet::Zone(self.zone().unwrap_or_default()),
        }
    }

    /// The paths it takes.
    #[must_use]
    pub fn path(&self) -> PathSet<'_> {
        let shown = self.text.get(self.host.end..).unwrap_or_default();
        let shown = if self.open_path { shown.strip_suffix('*').unwrap_or(shown) } else { shown };
        let path = self.hidden_path.as_deref().unwrap_or(shown);
        if self.open_path { PathSet::Prefix(path) } else { PathSet::Exact(path) }
    }

    /// The zone, if one is named and the host lies in it.
    #[must_use]
    pub fn zone(&self) -> Option<&str> {
        match self.zone.as_ref()? {
            Zone::EndOfHost(start) => self.text.get(*start..self.host.end),
            Zone::Named(zone) => Some(zone),
        }
    }

    /// Is a zone named in which the host does not lie, and is the host no `SaaS` hostname?
    #[must_use]
    pub fn host_outside_zone(&self) -> bool {
        self.outside_zone
    }

    /// The rank that decides between two patterns that take one URL; higher wins.
    #[must_use]
    pub fn specificity(&self) -> i64 {
        self.specificity
    }

    /// The length of the pattern as written, in UTF-16 units, by which miniflare breaks ties.
    #[must_use]
    pub fn raw_length(&self) -> usize {
        self.raw_length
    }

    /// Does the pattern take the URL?
    #[must_use]
    pub fn takes(&self, url: &Url) -> bool {
        self.schemes.take(url.scheme())
            && self.host().takes(url.host())
            && self.path().takes(url.path())
    }

    /// Is this the known issue that Cloudflare documents: `x*` outranks `x/*`, and takes all of it?
    #[must_use]
    pub fn is_known_issue_over(&self, other: &Self) -> bool {
        let (PathSet::Prefix(wide), PathSet::Prefix(narrow)) = (self.path(), other.path()) else {
            return false;
        };
        self.specificity > other.specificity
            && self.host() == other.host()
            && narrow.strip_suffix('/') == Some(wide)
    }

    fn assemble(schemes: Schemes, host: &HostText<'_>, path: &PathText<'_>) -> Self {
        let scheme = match schemes {
            Schemes::Https => "https://",
            Schemes::Http => "http://",
            Schemes::Both => "",
        };
        let star = if host.open { "*" } else { "" };
        let start = scheme.len() + star.len();
        let visible = if path.open { path.shown.strip_suffix('*') } else { Some(&*path.shown) };
        let is_hidden = visible != Some(&*path.text);
        Self {
            text: [scheme, star, &host.tail, &path.shown].concat().into(),
            schemes,
            kind: if host.open { HostKind::Suffix } else { HostKind::Exact },
            specificity: specificity(host, &path.shown),
            host: start..start + host.tail.len(),
            open_path: path.open,
            hidden_path: is_hidden.then(|| (*path.text).into()),
            zone: None,
            outside_zone: false,
            raw_length: 0,
        }
    }

    /// The host without its star.
    fn host_tail(&self) -> &str {
        self.text.get(self.host.clone()).unwrap_or_default()
    }

    /// A trusted zone bounds what a star can mean: a request for `not-example.com` never reaches
    /// the zone `example.com`.
    fn place_in_zone(&mut self, zone: &str, saas: &dyn Fn(&str) -> bool) {
        let zone = normal_host(zone.strip_suffix('.').unwrap_or(zone));
        let host = self.host_tail();
        let any = self.kind == HostKind::Suffix && host.is_empty();
        let name = host.trim_start_matches('.');
        let Some(zone) = zone.filter(|zone| any || in_zone(name, zone)) else {
            self.outside_zone = !saas(self.host_text());
            return;
        };
        if self.kind == HostKind::Suffix && (any || host == zone) {
            self.kind = HostKind::Zone;
        }
        self.zone = Some(if any {
            Zone::Named(zone.into())
        } else {
            Zone::EndOfHost(self.host.end - zone.len())
        });
    }
}

/// Takes the scheme off, and looks for what no part of a pattern may hold.
fn split_scheme(raw: &str) -> Result<(Schemes, &str), Refusal> {
    // The rules of URLs drop blanks and controls at the end, and so does the router.
    let text = raw.trim_end_matches(|it: char| it <= ' ');
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    let (schemes, rest) = match text.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?', '#']) => {
            (read_scheme(scheme).ok_or(Refusal::Scheme)?, rest)
        }
        _ => (Schemes::Both, text),
    };
    match rest.find(['?', '#']).and_then(|at| rest.as_bytes().get(at)) {
        Some(b'?') => Err(Refusal::Query),
        Some(_) => Err(Refusal::Fragment),
        None => Ok((schemes, rest)),
    }
}

fn read_scheme(scheme: &str) -> Option<Schemes> {
    if scheme.eq_ignore_ascii_case("https") {
        Some(Schemes::Https)
    } else {
        scheme.eq_ignore_ascii_case("http").then_some(Schemes::Http)
    }
}

/// Labels of the host weigh 26, parts of the path 1; a lone star takes two away. So `images*`
/// outranks `images/*`, which is the known issue that Cloudflare documents.
fn specificity(host: &HostText<'_>, path: &str) -> i64 {
    let labels = 1 + count(&host.tail, b'.');
    let lone_host = host.open && (host.tail.is_empty() || host.tail.starts_with('.'));
    let host_score = if lone_host { labels - 2 } else { labels };
    let parts = 1 + count(path, b'/');
    let path_score = if path.ends_with("/*") { parts - 2 } else { parts };
    26 * host_score + path_score
}

fn count(text: &str, byte: u8) -> i64 {
    text.bytes().map(|it| i64::from(it == byte)).sum()
}
