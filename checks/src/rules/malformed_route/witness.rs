use kernel::{Document, Kind, Node, Step, Witness};
use routes::judge;
use serde::Serialize;

use crate::route_audit::{Claim, Fleet};

const TEXT_KEYS: [&str; 3] = ["pattern", "zone_id", "zone_name"];
const FLAG_KEYS: [&str; 3] = ["custom_domain", "enabled", "previews_enabled"];

/// A pattern, or the way to a value, with the code of what is wrong with it.
#[derive(Debug, Serialize)]
pub(super) struct RejectedPattern {
    pub(super) pattern: String,
    pub(super) code: &'static str,
}

/// The value in dispute, as the document has it, and what stands around it.
#[derive(Debug, Default)]
pub(super) struct World {
    root: Option<Node>,
    level: Option<Node>,
    value: Option<Node>,
}

impl World {
    pub(super) fn of_claim(fleet: &Fleet, claim: &Claim) -> Self {
        let document = fleet.documents.get(&claim.place.path);
        let declared = fleet.declared(claim);
        let (Some(document), Some(declared)) = (document, declared) else { return Self::default() };
        Self::of_value(document, &declared.steps())
    }

    pub(super) fn of_value(document: &Document, steps: &[Step]) -> Self {
        let is_env = matches!(steps.first(), Some(Step::Key(key)) if &**key == "env");
        let level = steps.get(..if is_env { 2 } else { 0 }).unwrap_or_default();
        Self {
            root: Some(document.root.clone()),
            level: document.root.at(level).cloned(),
            value: document.root.at(steps).cloned(),
        }
    }

    fn level_has(&self, key: &str) -> bool {
        self.level.as_ref().is_some_and(|it| it.get(key).is_some())
    }

    fn is_pages(&self) -> bool {
        self.root.as_ref().is_some_and(|it| it.get("pages_build_output_dir").is_some())
    }
}

impl Witness for RejectedPattern {
    const KIND: &'static str = "rejected-pattern";
    type World = World;

    fn replay(&self, world: &World) -> bool {
        let Some(value) = &world.value else { return false };
        let has = |key: &str| value.get(key).is_some();
        let pattern = value.as_str().or_else(|| value.get("pattern").and_then(Node::as_str));
        match self.code {
            "pattern-missing" => pattern.is_none(),
            "unknown-key" => value.as_table().is_some_and(|it| it.iter().any(is_odd)),
            "zone-both" => has("zone_id") && has("zone_name"),
            "zone-missing" => !["zone_id", "zone_name", "custom_domain"].iter().any(|it| has(it)),
            "enabled-without-custom-domain" => {
                (has("enabled") || has("previews_enabled")) && !has("custom_domain")
            }
            "route-and-routes" => world.level_has("route") && world.level_has("routes"),
            "pages" => world.is_pages(),
            "null" => value.is_null(),
            "not-a-table" => value.as_table().is_none(),
            "not-a-list" => value.as_list().is_none(),
            "not-a-string" => value.as_str().is_none(),
            "not-a-boolean" => value.as_bool().is_none(),
            "member-missing" => {
                matches!(&value.kind, Kind::Table(it) if it.len() < 2 || !has("service") || !has("binding"))
            }
            code => {
                pattern == Some(self.pattern.as_str()) && judge::is_rejected(&self.pattern, code)
            }
        }
    }
}

/// A key that routes do not have, or a value of another type than the key takes.
fn is_odd(entry: &kernel::Entry) -> bool {
    let key = &*entry.key;
    match (TEXT_KEYS.contains(&key), FLAG_KEYS.contains(&key)) {
        (true, _) => entry.value.as_str().is_none(),
        (_, true) => entry.value.as_bool().is_none(),
        (false, false) => true,
    }
}
