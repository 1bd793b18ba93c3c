//! Why a route of a configuration takes no part in the audit.

use thiserror::Error;

/// Why a route, or the object that holds it, is refused.
///
/// One enum has every code of `malformed-route`, those of the pattern text and those of the shape
/// around it. The router of wrangler accepts some of these and then never matches, or matches
/// something else; we are stricter on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
pub enum Refusal {
    /// No text.
    #[error("the pattern is empty")]
    Empty,
    /// Neither `http` nor `https`.
    #[error("the scheme must be `http` or `https`")]
    Scheme,
    /// A `?`.
    #[error("a pattern cannot hold a query")]
    Query,
    /// A `#`.
    #[error("a pattern cannot hold a fragment")]
    Fragment,
    /// An `@` in front of the host.
    #[error("a pattern cannot hold a user name or password")]
    Userinfo,
    /// A `:` after the host.
    #[error("a pattern cannot hold a port")]
    Port,
    /// An IP address.
    #[error("the host must be a name, not an IP address")]
    IpLiteral,
    /// The host ends in a dot.
    #[error("the host must not end in a dot")]
    TrailingDot,
    /// No host.
    #[error("the host is missing")]
    HostEmpty,
    /// `*` and no path.
    #[error("`*` alone takes only the path `/`; write `*/*`")]
    HostBareWildcard,
    /// A star that is not at the front of the host.
    #[error("a `*` in the host must be its first character, and the only one")]
    HostWildcardInfix,
    /// A label that no host can have.
    #[error("a label of the host is empty, too long, or holds a character that no host name has")]
    HostLabel,
    /// A star that is not at the end of the path.
    #[error("a `*` in the path must be its last character, and the only one")]
    PathWildcardInfix,
    /// A star in a custom domain.
    #[error("a custom domain cannot hold a `*`")]
    CustomDomainWildcard,
    /// A path (or a scheme) in a custom domain.
    #[error("a custom domain is a host alone, without scheme and path")]
    CustomDomainPath,
    /// An object without a pattern.
    #[error("the route has no `pattern`")]
    PatternMissing,
    /// A key that no route has.
    #[error("the route has a key that wrangler does not know")]
    UnknownKey,
    /// Both `zone_id` and `zone_name`.
    #[error("`zone_id` and `zone_name` exclude each other")]
    ZoneBoth,
    /// None of `zone_id`, `zone_name`, `custom_domain`.
    #[error("the route needs `zone_id`, `zone_name` or `custom_domain`")]
    ZoneMissing,
    /// `enabled` or `previews_enabled` on a route that is no custom domain.
    #[error("`enabled` and `previews_enabled` belong to a custom domain")]
    EnabledWithoutCustomDomain,
    /// Both `route` and `routes` in one level.
    #[error("`route` and `routes` exclude each other")]
    RouteAndRoutes,
    /// A claim in a Pages configuration.
    #[error("a Pages project cannot claim routes")]
    Pages,
}

impl Refusal {
    /// Every refusal, in the order in which they are looked for.
    pub const ALL: [Self; 22] = [
        Self::Empty,
        Self::Scheme,
        Self::Query,
        Self::Fragment,
        Self::Userinfo,
        Self::Port,
        Self::IpLiteral,
        Self::TrailingDot,
        Self::HostEmpty,
        Self::HostBareWildcard,
        Self::HostWildcardInfix,
        Self::HostLabel,
        Self::PathWildcardInfix,
        Self::CustomDomainWildcard,
        Self::CustomDomainPath,
        Self::PatternMissing,
        Self::UnknownKey,
        Self::ZoneBoth,
        Self::ZoneMissing,
        Self::EnabledWithoutCustomDomain,
        Self::RouteAndRoutes,
        Self::Pages,
    ];

    /// The code, as the rule `malformed-route` reports it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Scheme => "scheme",
            Self::Query => "query",
            Self::Fragment => "fragment",
            Self::Userinfo => "userinfo",
            Self::Port => "port",
            Self::IpLiteral => "ip-literal",
            Self::TrailingDot => "trailing-dot",
            Self::HostEmpty => "host-empty",
            Self::HostBareWildcard => "host-bare-wildcard",
            Self::HostWildcardInfix => "host-wildcard-infix",
            Self::HostLabel => "host-label",
            Self::PathWildcardInfix => "path-wildcard-infix",
            Self::CustomDomainWildcard => "custom-domain-wildcard",
            Self::CustomDomainPath => "custom-domain-path",
            Self::PatternMissing => "pattern-missing",
            Self::UnknownKey => "unknown-key",
            Self::ZoneBoth => "zone-both",
            Self::ZoneMissing => "zone-missing",
            Self::EnabledWithoutCustomDomain => "enabled-without-custom-domain",
            Self::RouteAndRoutes => "route-and-routes",
            Self::Pages => "pages",
        }
    }

    /// The refusal of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Refusal;

    #[test]
    fn every_code_is_its_own_and_leads_back() {
        let codes: BTreeSet<_> = Refusal::ALL.iter().map(|it| it.code()).collect();
        assert_eq!(codes.len(), Refusal::ALL.len());
        for refusal in Refusal::ALL {
            assert_eq!(Refusal::from_code(refusal.code()), Some(refusal));
        }
        assert_eq!(Refusal::from_code("no-such-code"), None);
    }
}
