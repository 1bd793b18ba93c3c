//! Sets of hosts: one name, all that end in a text, or a zone.

use std::borrow::Cow;

use crate::refusal::Refusal;

/// The longest label, and the longest name, of the DNS.
const MAX_LABEL: usize = 63;
const MAX_HOST: usize = 253;

/// The hosts that a pattern takes. Two of these sets are nested or disjoint, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostSet<'a> {
    /// One host.
    Exact(&'a str),
    /// Every host that ends in the text: a suffix of characters, not of labels.
    /// `*.x` is the suffix `.x`, and `*` is the empty one.
    Suffix(&'a str),
    /// A zone: its apex and all sub-hosts.
    Zone(&'a str),
}

/// A host text as a pattern writes it, normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HostText<'a> {
    /// Whether a star stands in front.
    pub(crate) open: bool,
    /// What stands after the star.
    pub(crate) tail: Cow<'a, str>,
}

impl<'a> HostSet<'a> {
    /// Is the host in the set?
    #[must_use]
    pub fn takes(self, host: &str) -> bool {
        match self {
            Self::Exact(name) => host == name,
            Self::Suffix(tail) => host.ends_with(tail),
            Self::Zone(zone) => in_zone(host, zone),
        }
    }

    /// Does the set hold all of the other?
    #[must_use]
    pub fn contains(self, other: HostSet<'_>) -> bool {
        match (self, other) {
            (_, HostSet::Exact(name)) => self.takes(name),
            (Self::Exact(_), HostSet::Suffix(_) | HostSet::Zone(_)) => false,
            (Self::Suffix(tail), HostSet::Suffix(text) | HostSet::Zone(text)) => {
                text.ends_with(tail)
            }
            (Self::Zone(zone), HostSet::Zone(text)) => in_zone(text, zone),
            // `*.Z` and `*a.Z` lie in the zone; `*Z` does not, for it takes `not-Z` too.
            (Self::Zone(zone), HostSet::Suffix(text)) => text != zone && in_zone(text, zone),
        }
    }

    /// What two sets have in common: the smaller one, or nothing.
    #[must_use]
    pub fn meet(self, other: HostSet<'a>) -> Option<HostSet<'a>> {
        if self.contains(other) { Some(other) } else { other.contains(self).then_some(self) }
    }
}

/// Reads the host of a pattern. The checks stand in the order of the codes.
pub(crate) fn read_host(text: &str, has_path: bool) -> Result<HostText<'_>, Refusal> {
    refuse_authority(text)?;
    if text.ends_with('.') {
        return Err(Refusal::TrailingDot);
    }
    if text.is_empty() {
        return Err(Refusal::HostEmpty);
    }
    if text == "*" && !has_path {
        return Err(Refusal::HostBareWildcard);
    }
    let (open, tail) = match text.strip_prefix('*') {
        Some(tail) => (true, tail),
        None => (false, text),
    };
    if tail.contains('*') {
        return Err(Refusal::HostWildcardInfix);
    }
    let tail = if tail.is_empty() { Cow::Borrowed("") } else { normal_tail(tail, open)? };
    Ok(HostText { open, tail })
}

/// A host in lower case and Punycode. `None` if no URL can have it.
pub(crate) fn normal_host(host: &str) -> Option<Cow<'_, str>> {
    if host.chars().any(|it| it.is_ascii() && !is_legal(it)) {
        return None;
    }
    let plain = host.is_ascii() && !has_ace_label(host);
    let has_capitals = || host.bytes().any(|it| it.is_ascii_uppercase());
    let normal = if plain && !has_capitals() {
        Cow::Borrowed(host)
    } else if plain {
        Cow::Owned(host.to_ascii_lowercase())
    } else {
        // Only the parser of URLs knows which international names are names.
        let url = url::Url::parse(&format!("https://{host}/")).ok()?;
        Cow::Owned(url.host_str()?.to_owned())
    };
    is_host(&normal).then_some(normal)
}

/// Is the host the zone's apex or under it?
pub(crate) fn in_zone(host: &str, zone: &str) -> bool {
    host.strip_suffix(zone).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

/// Would the parser of URLs read the host as an IPv4 address (or refuse it as a broken one)?
pub(crate) fn ends_in_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let hex = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    match hex {
        Some(digits) => digits.bytes().all(|it| it.is_ascii_hexdigit()),
        None => !last.is_empty() && last.bytes().all(|it| it.is_ascii_digit()),
    }
}

fn refuse_authority(text: &str) -> Result<(), Refusal> {
    if text.contains('@') {
        return Err(Refusal::Userinfo);
    }
    let name = text.strip_prefix('*').unwrap_or(text);
    if name.starts_with('[') {
        let behind = name.split_once(']').map_or("", |(_, behind)| behind);
        return Err(if behind.contains(':') { Refusal::Port } else { Refusal::IpLiteral });
    }
    if text.contains(':') {
        return Err(Refusal::Port);
    }
    if ends_in_number(text) {
        return Err(Refusal::IpLiteral);
    }
    Ok(())
}

/// The text after a star, or a whole host. After `*.` there are labels; after `*` alone the first
/// label is only the end of one, so it is judged with a letter in front.
fn normal_tail(tail: &str, open: bool) -> Result<Cow<'_, str>, Refusal> {
    let (dot, name) = match tail.strip_prefix('.') {
        Some(name) if open => (".", name),
        _ => ("", tail),
    };
    let normal = match normal_host(name) {
        Some(normal) => normal,
        // The end of a label may look like a broken `xn--` label: `*xn--a.example`.
        None if open && dot.is_empty() && name.is_ascii() => normal_host(&format!("w{name}"))
            .and_then(|it| it.strip_prefix('w').map(|it| Cow::Owned(it.to_owned())))
            .ok_or(Refusal::HostLabel)?,
        None => return Err(refusal_of(name)),
    };
    // `*.x` takes no host at all if not even one letter fits in front of the dot.
    let room = if dot.is_empty() { 0 } else { 2 };
    if normal.len() + room > MAX_HOST {
        return Err(Refusal::HostLabel);
    }
    Ok(match normal {
        Cow::Borrowed(_) => Cow::Borrowed(tail),
        Cow::Owned(normal) => Cow::Owned([dot, &normal].concat()),
    })
}

/// The parser of URLs turns full-width digits, stars and dots into plain ones.
fn refusal_of(name: &str) -> Refusal {
    let url = url::Url::parse(&format!("https://{name}/"));
    match url.as_ref().ok().and_then(url::Url::host) {
        Some(url::Host::Ipv4(_) | url::Host::Ipv6(_)) => Refusal::IpLiteral,
        Some(url::Host::Domain(domain)) if domain.ends_with('.') => Refusal::TrailingDot,
        _ => Refusal::HostLabel,
    }
}

fn is_host(host: &str) -> bool {
    host.len() <= MAX_HOST && !ends_in_number(host) && host.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.len() <= MAX_LABEL && label.chars().all(is_legal)
}

/// May an ASCII character stand in a host?
fn is_legal(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.')
}

fn has_ace_label(host: &str) -> bool {
    host.split('.').any(|label| label.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("xn--")))
}
