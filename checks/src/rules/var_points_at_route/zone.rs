use std::collections::BTreeSet;

use routes::Pattern;

use crate::route_audit::Fleet;

/// Second labels below which countries register names, as in `example.co.uk`.
const REGISTRY_LABELS: [&str; 10] =
    ["ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"];

/// The zones that a repository names.
pub(crate) struct Zones {
    named: BTreeSet<String>,
}

impl Zones {
    /// The trusted zones of all routes.
    pub(crate) fn of(fleet: &Fleet) -> Self {
        let patterns = fleet.claims.iter().filter_map(|it| it.pattern());
        Self { named: patterns.filter_map(|it| it.zone()).map(str::to_owned).collect() }
    }

    /// The zone that a host lies in: the longest named one, else the name it is registered under.
    pub(crate) fn of_host(&self, host: &str) -> String {
        let mut names =
            std::iter::successors(Some(host), |it| it.split_once('.').map(|(_, above)| above));
        names.find(|it| self.named.contains(*it)).unwrap_or_else(|| registered(host)).to_owned()
    }

    /// The zone that a route lies in.
    pub(crate) fn of_pattern(&self, pattern: &Pattern) -> String {
        let tail = pattern.host_text().trim_start_matches(['*', '.']);
        pattern.zone().map_or_else(|| self.of_host(tail), str::to_owned)
    }
}

/// The last two labels, or three below a country's registry.
///
/// A zone is nearly always a registered name. Without the list of public suffixes this is a guess,
/// which a warning may rest on.
fn registered(host: &str) -> &str {
    let labels: Vec<&str> = host.split('.').collect();
    let is_below_registry = matches!(labels.as_slice(), [.., second, top]
        if top.len() == 2 && REGISTRY_LABELS.contains(second));
    let n_labels = if is_below_registry { 3 } else { 2 };
    let n_skipped = labels.len().saturating_sub(n_labels);
    let skipped: usize = labels.iter().take(n_skipped).map(|it| it.len() + 1).sum();
    host.get(skipped..).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_lie_in_named_zones_first() {
        let named = ["eu.shop.example".to_owned()].into();
        let zones = Zones { named };
        for (host, expected) in [
            ("api.eu.shop.example", "eu.shop.example"),
            ("eu.shop.example", "eu.shop.example"),
            ("api.shop.example", "shop.example"),
            ("a.b.c.other.example", "other.example"),
            ("api.shop.co.uk", "shop.co.uk"),
            ("shop.co.uk", "shop.co.uk"),
            ("co.uk", "co.uk"),
            ("localhost", "localhost"),
            ("", ""),
        ] {
            assert_eq!(zones.of_host(host), expected, "{host}");
        }
    }
}
