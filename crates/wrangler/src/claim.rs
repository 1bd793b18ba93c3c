use kernel::{Kind, Node, Place, Step};

use crate::level::key;

/// The keys of a route object, with the type each value must have.
const TEXT_KEYS: [&str; 3] = ["pattern", "zone_id", "zone_name"];
const FLAG_KEYS: [&str; 3] = ["custom_domain", "enabled", "previews_enabled"];

/// One entry of `routes`, or a `route`, as a unit has it after inheritance.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The value as read.
    pub declared: Node,
    /// The text of the pattern, if there is one.
    pub pattern: Option<Box<str>>,
    /// `custom_domain = true`: the host itself is claimed, not a route on it.
    pub custom_domain: bool,
    /// The zone by name.
    pub zone_name: Option<Box<str>>,
    /// The zone by its identifier.
    pub zone_id: Option<Box<str>>,
    /// Where the pattern stands, else the whole value.
    pub place: Place,
    /// The environment that writes it; none if the top level does.
    pub written_in: Option<Box<str>>,
    /// Which entry of its level it is.
    pub slot: Slot,
    /// An environment has it from the top level.
    pub inherited: bool,
    /// Why wrangler refuses it before it looks at the pattern.
    pub fault: Option<ClaimFault>,
}

impl Claim {
    /// The way to the value in its file, also when it is inherited.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let level = self.written_in.as_ref().map(|it| [key("env"), key(it)]);
        let own = match self.slot {
            Slot::Routes(index) => vec![key("routes"), Step::Index(index)],
            Slot::Route => vec![key("route")],
        };
        level.into_iter().flatten().chain(own).collect()
    }
}

/// Where in its level a [`Claim`] stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The item of `routes` at this index.
    Routes(usize),
    /// The value of `route`.
    Route,
}

impl Slot {
    /// Counts the claims of one level; a lone `route` is the first.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Routes(index) => index,
            Self::Route => 0,
        }
    }
}

/// Why a claim is refused by its shape or its place; patterns are judged elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimFault {
    /// The pattern is the empty text.
    Empty,
    /// Neither a text nor an object with a text `pattern`.
    PatternMissing,
    /// A key that routes do not have.
    UnknownKey(Box<str>),
    /// A known key with a value of a type that wrangler does not recognise.
    MistypedKey(Box<str>),
    /// `zone_id` and `zone_name` together.
    ZoneBoth,
    /// An object without `zone_id`, `zone_name` and `custom_domain`.
    ZoneMissing,
    /// `enabled` or `previews_enabled` without `custom_domain`.
    EnabledWithoutCustomDomain,
    /// `route` beside `routes` in one level.
    RouteAndRoutes,
    /// A claim in a configuration of Pages.
    Pages,
}

impl ClaimFault {
    /// The code that `malformed-route` reports.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::PatternMissing => "pattern-missing",
            Self::UnknownKey(_) | Self::MistypedKey(_) => "unknown-key",
            Self::ZoneBoth => "zone-both",
            Self::ZoneMissing => "zone-missing",
            Self::EnabledWithoutCustomDomain => "enabled-without-custom-domain",
            Self::RouteAndRoutes => "route-and-routes",
            Self::Pages => "pages",
        }
    }

    /// The key that is to blame, if it is one of the object's.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::UnknownKey(key) | Self::MistypedKey(key) => Some(key),
            Self::Empty
            | Self::PatternMissing
            | Self::ZoneBoth
            | Self::ZoneMissing
            | Self::EnabledWithoutCustomDomain
            | Self::RouteAndRoutes
            | Self::Pages => None,
        }
    }
}

/// The node that stands for the pattern: its text, else the whole value.
pub(crate) fn pattern_node(declared: &Node) -> &Node {
    declared.get("pattern").filter(|it| it.as_str().is_some()).unwrap_or(declared)
}

/// What wrangler's validation of one route says.
///
/// Source: `isValidRouteValue` of `cloudflare/workers-sdk`. A key counts only with a value of its
/// type, so a mistyped key is refused in the same breath as an unknown one.
pub(crate) fn structural_fault(declared: &Node) -> Option<ClaimFault> {
    match &declared.kind {
        Kind::String(text) => text.is_empty().then_some(ClaimFault::Empty),
        Kind::Table(_) => object_fault(declared),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Datetime(_) | Kind::List(_) => {
            Some(ClaimFault::PatternMissing)
        }
    }
}

fn object_fault(declared: &Node) -> Option<ClaimFault> {
    let Some(pattern) = declared.get("pattern").and_then(Node::as_str) else {
        return Some(ClaimFault::PatternMissing);
    };
    if let Some(fault) = key_fault(declared) {
        return Some(fault);
    }
    let has = |key| declared.get(key).is_some();
    let has_zone = has("zone_id") || has("zone_name");
    if has("zone_id") && has("zone_name") {
        Some(ClaimFault::ZoneBoth)
    } else if (has("enabled") || has("previews_enabled")) && !has("custom_domain") {
        Some(ClaimFault::EnabledWithoutCustomDomain)
    } else if !has_zone && !has("custom_domain") {
        Some(ClaimFault::ZoneMissing)
    } else {
        pattern.is_empty().then_some(ClaimFault::Empty)
    }
}

fn key_fault(declared: &Node) -> Option<ClaimFault> {
    let entries = declared.as_table()?;
    entries.iter().find_map(|entry| {
        let key = &*entry.key;
        if TEXT_KEYS.contains(&key) {
            let is_mistyped = entry.value.as_str().is_none();
            is_mistyped.then(|| ClaimFault::MistypedKey(key.into()))
        } else if FLAG_KEYS.contains(&key) {
            let is_mistyped = entry.value.as_bool().is_none();
            is_mistyped.then(|| ClaimFault::MistypedKey(key.into()))
        } else {
            Some(ClaimFault::UnknownKey(key.into()))
        }
    })
}
