//! The judge: decides again, by other means, what the search has found.
//!
//! It shares nothing with the rest of the crate: it takes the raw pattern text of the file and the
//! text of the URL, matches by splitting at `*`, and scores by counting.

/// A claim as the file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim<'a> {
    /// Who owns it.
    pub owner: &'a str,
    /// The pattern as written.
    pub pattern: &'a str,
    /// The `zone_name` as written.
    pub zone: Option<&'a str>,
}

/// Does the pattern take the URL?
#[must_use]
pub fn takes(_pattern: &str, _zone: Option<&str>, _url: &str) -> bool {
    false
}

/// The specificity of the pattern.
#[must_use]
pub fn score(_pattern: &str) -> i64 {
    0
}

/// `url-with-two-owners`: all claims take the URL, they have two owners or more, and the winner is
/// the one whose score is strictly highest (none if the highest are of different owners).
#[must_use]
pub fn has_two_owners(_url: &str, _winner: Option<&str>, _claims: &[Claim<'_>]) -> bool {
    false
}

/// `url-never-delivered`: the URL, and 64 more at the boundary of the dead pattern, all go to a
/// killer that outranks it. `others` are further patterns of the repository, whose hosts and paths
/// say where the boundary is.
#[must_use]
pub fn is_never_delivered(
    _url: &str,
    _dead: &Claim<'_>,
    _killers: &[Claim<'_>],
    _others: &[&str],
) -> bool {
    false
}

/// `url-before-domain`: the URL lies on the host, and the route of another owner takes it.
#[must_use]
pub fn is_before_domain(_url: &str, _route: &Claim<'_>, _host: &str, _domain_owner: &str) -> bool {
    false
}

/// `rejected-pattern`: the pattern breaks the rule that the code names.
#[must_use]
pub fn is_rejected(_pattern: &str, _code: &str) -> bool {
    false
}
