//! Hosts that are no routes: custom domains, zones, and hosts that a policy names.

use crate::{
    host::{HostSet, in_zone, normal_host, read_host},
    refusal::Refusal,
};

/// A host whose origin is a Worker.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomDomain {
    host: String,
}

/// A host of a policy, with a star in front or not: `*.customers.example`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern {
    open: bool,
    tail: String,
}

impl CustomDomain {
    /// Parses a custom domain: a host alone.
    ///
    /// # Errors
    /// If the host is refused, the first reason.
    pub fn parse(raw: &str) -> Result<Self, Refusal> {
        let text = raw.trim_end_matches(|it: char| it <= ' ');
        if text.is_empty() {
            return Err(Refusal::Empty);
        }
        if text.contains('*') {
            return Err(Refusal::CustomDomainWildcard);
        }
        if text.contains('/') {
            return Err(Refusal::CustomDomainPath);
        }
        match text.find(['?', '#']).and_then(|at| text.as_bytes().get(at)) {
            Some(b'?') => Err(Refusal::Query),
            Some(_) => Err(Refusal::Fragment),
            None => Ok(Self { host: read_host(text, false)?.tail.into_owned() }),
        }
    }

    /// The host, in lower case and Punycode.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl HostPattern {
    /// Parses a host with or without a star in front.
    ///
    /// # Errors
    /// If the host is refused, the first reason.
    pub fn parse(raw: &str) -> Result<Self, Refusal> {
        if raw.contains('/') {
            return Err(Refusal::CustomDomainPath);
        }
        let host = read_host(raw, true)?;
        Ok(Self { open: host.open, tail: host.tail.into_owned() })
    }

    /// Does it hold every host of the given text, as [`crate::Pattern::host_text`] shows it?
    #[must_use]
    pub fn covers(&self, host_text: &str) -> bool {
        let own = host_set(self.open, &self.tail);
        match host_text.strip_prefix('*') {
            Some(tail) => own.contains(host_set(true, tail)),
            None => own.takes(host_text),
        }
    }
}

/// Does the host (or the text after a star) lie in the zone of that name?
#[must_use]
pub fn lies_in_zone(host: &str, zone: &str) -> bool {
    normal_host(zone.strip_suffix('.').unwrap_or(zone))
        .is_some_and(|zone| in_zone(host.trim_start_matches(['*', '.']), &zone))
}

fn host_set(open: bool, tail: &str) -> HostSet<'_> {
    if open { HostSet::Suffix(tail) } else { HostSet::Exact(tail) }
}
