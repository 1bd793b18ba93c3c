//! Why a claim is refused, and what to do about it.

use routes::Refusal;
use wrangler::ClaimFault;

use crate::route_audit::Refused;

/// The reason, for the message.
pub(super) fn of(refused: &Refused) -> String {
    match refused {
        Refused::Pattern(refusal) => refusal.to_string(),
        Refused::Claim(ClaimFault::UnknownKey(key)) => {
            format!("the route has a key `{key}` that wrangler does not know")
        }
        Refused::Claim(ClaimFault::MistypedKey(key)) => {
            format!("the value of `{key}` has a type that wrangler refuses")
        }
        Refused::Claim(fault) => {
            Refusal::from_code(fault.code()).map_or_else(String::new, |it| it.to_string())
        }
    }
}

/// The remedy, by code.
pub(super) fn remedy(code: &str) -> &'static str {
    REMEDIES.iter().find(|(it, _)| *it == code).map_or("correct it", |(_, remedy)| remedy)
}

const REMEDIES: &[(&str, &str)] = &[
    ("empty", "write a pattern, or remove the entry"),
    ("scheme", "write `https://`, `http://` or no scheme"),
    ("query", "remove the query; a pattern ends with its path"),
    ("fragment", "remove the fragment; a pattern ends with its path"),
    ("userinfo", "remove the user name"),
    ("port", "remove the port; Cloudflare routes by host and path"),
    ("ip-literal", "write a host name of one of your zones"),
    ("trailing-dot", "remove the dot at the end of the host"),
    ("host-empty", "write a host in front of the path"),
    ("host-bare-wildcard", "write `*/*`, or name a host"),
    ("host-wildcard-infix", "keep a single `*`, at the front of the host"),
    ("host-label", "write a host name that DNS can have"),
    ("path-wildcard-infix", "keep a single `*`, at the end of the path"),
    ("custom-domain-wildcard", "name the host, or make it a route"),
    ("custom-domain-path", "keep the host alone, or make it a route"),
    ("pattern-missing", "write the pattern as a string, or in `pattern`"),
    ("unknown-key", "keep `pattern`, `zone_name` or `zone_id`, and `custom_domain`"),
    ("zone-both", "keep one of `zone_id` and `zone_name`"),
    ("zone-missing", "add `zone_name`, or write the pattern as a plain string"),
    ("enabled-without-custom-domain", "remove the key, or set `custom_domain = true`"),
    ("route-and-routes", "keep `routes` and move the pattern of `route` into it"),
    ("pages", "remove it; domains of a Pages project are set in the dashboard"),
    ("null", "remove the key, or give it a value"),
    ("not-a-table", "write a table"),
    ("not-a-list", "write a list, `[]` if there is nothing"),
    ("not-a-string", "write a string"),
    ("not-a-boolean", "write `true` or `false`, without quotes"),
    ("member-missing", "add what is missing, or remove the entry"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_remedy() {
        for refusal in Refusal::ALL {
            assert_ne!(remedy(refusal.code()), "correct it", "{refusal:?}");
        }
    }
}
