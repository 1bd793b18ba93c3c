//! What the judge holds against a pattern.

use super::reading::cut;

/// `rejected-pattern`: the pattern shows the fault that the code names.
///
/// Codes that speak of the object around the pattern are not decided here: they are `false`.
#[must_use]
pub fn is_rejected(pattern: &str, code: &str) -> bool {
    let text = pattern.trim_end_matches(|it: char| it <= ' ');
    let (scheme, host, path) = cut(text);
    let host = host.split(['?', '#']).next().unwrap_or_default();
    match code {
        "empty" => text.is_empty(),
        "scheme" => {
            scheme.is_some_and(|it| !["http", "https"].contains(&&*it.to_ascii_lowercase()))
        }
        "query" => text.contains('?'),
        "fragment" => text.contains('#'),
        "userinfo" => host.contains('@'),
        "port" => host.contains(':'),
        "ip-literal" => is_address(host),
        "trailing-dot" => {
            parsed_host(host).is_some_and(|it| it.ends_with('.')) || host.ends_with('.')
        }
        "host-empty" => host.is_empty(),
        "host-bare-wildcard" => host == "*" && path.is_empty(),
        "host-wildcard-infix" => host.rfind('*').is_some_and(|at| at > 0),
        "host-label" => has_bad_label(host),
        "path-wildcard-infix" => path.find('*').is_some_and(|at| at + 1 < path.len()),
        "custom-domain-wildcard" => text.contains('*'),
        "custom-domain-path" => text.contains('/'),
        _ => false,
    }
}

/// Is the host (after a star) an IP address, or what parsers take for one?
pub(super) fn is_address(host: &str) -> bool {
    let name = host.trim_start_matches(['*', '.']);
    let last = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let url = url::Url::parse(&["https://", name, "/"].concat());
    let parsed =
        url.ok().and_then(|it| it.host().map(|host| !matches!(host, url::Host::Domain(_))));
    let number = last.strip_prefix("0x").unwrap_or(&last);
    name.starts_with('[')
        || parsed == Some(true)
        || !last.is_empty() && number.chars().all(|it| it.is_ascii_hexdigit()) && {
            number.len() < last.len() || number.chars().all(|it| it.is_ascii_digit())
        }
}

fn parsed_host(host: &str) -> Option<String> {
    let name = behind_star(host);
    url::Url::parse(&["https://", name, "/"].concat()).ok()?.host_str().map(str::to_owned)
}

/// Has the host (after a star) a label that no host name has?
pub(super) fn has_bad_label(host: &str) -> bool {
    let name = behind_star(host);
    let room = if host.starts_with("*.") { 251 } else { 253 };
    let is_odd = |it: char| !(it.is_ascii_alphanumeric() || "-_.".contains(it));
    let is_bad = |name: &str| {
        name.len() > room
            || name.contains(is_odd)
            || name.split('.').any(|label| label.is_empty() || label.len() > 63)
    };
    match parsed_host(host) {
        None => true,
        Some(parsed) => is_bad(&parsed) || name.contains(|it: char| it.is_ascii() && is_odd(it)),
    }
}

fn behind_star(host: &str) -> &str {
    host.strip_prefix("*.").or(host.strip_prefix('*')).unwrap_or(host)
}
