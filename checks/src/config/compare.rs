//! Two policies compared key by key: what head permits more, and the stricter of both.

use kernel::{Place, Side};
use serde_json::Value as Json;

use crate::config::{Key, Looser, ROOT, Setting, Shape, Value};

/// A key by which head permits more than base.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The key, dotted from the root of the file.
    pub key: String,
    /// Its steps.
    pub steps: Vec<String>,
    /// What base says, or its default; null where it says nothing.
    pub base: Json,
    /// What head says, or its default.
    pub head: Json,
    /// Where head says it; where base does, if head says nothing.
    pub place: Place,
    /// The revision of the place.
    pub side: Side,
}

/// The stricter of two policies, key by key, and each key that head loosens.
///
/// `is_accepted` tells which loosenings a waiver permits: there head's value holds.
pub fn stricter_of(
    base: &Setting,
    head: &Setting,
    default_level: &dyn Fn(&str) -> Option<&'static str>,
    is_accepted: &dyn Fn(&str) -> bool,
) -> (Setting, Vec<Difference>) {
    let mut comparison = Comparison { default_level, is_accepted, differences: Vec::new() };
    let merged = comparison.member(&ROOT, Some(base), Some(head), &mut Vec::new());
    (merged.unwrap_or_else(|| head.clone()), comparison.differences)
}

struct Comparison<'a> {
    default_level: &'a dyn Fn(&str) -> Option<&'static str>,
    is_accepted: &'a dyn Fn(&str) -> bool,
    differences: Vec<Difference>,
}

impl Comparison<'_> {
    fn member(
        &mut self,
        key: &Key,
        base: Option<&Setting>,
        head: Option<&Setting>,
        steps: &mut Vec<String>,
    ) -> Option<Setting> {
        match key.looser {
            Looser::Never => head.cloned(),
            Looser::Members => self.table(key, base, head, steps),
            Looser::Longer | Looser::Shorter => self.list(key, base, head, steps),
            Looser::Higher | Looser::Lower | Looser::True | Looser::False => {
                self.leaf(key, base, head, steps)
            }
        }
    }

    fn table(
        &mut self,
        key: &Key,
        base: Option<&Setting>,
        head: Option<&Setting>,
        steps: &mut Vec<String>,
    ) -> Option<Setting> {
        let Shape::Table(keys) = &key.shape else { return head.cloned() };
        let anchor = head.or(base)?;
        let mut members = Vec::new();
        for (name, key) in member_names(keys, base, head) {
            let of = |it: Option<&Setting>| it.and_then(|it| it.get(&name)).cloned();
            steps.push(name.clone());
            let merged = self.member(key, of(base).as_ref(), of(head).as_ref(), steps);
            steps.pop();
            members.extend(merged.map(|it| (name, it)));
        }
        let value = Value::Table(members);
        Some(Setting { place: anchor.place.clone(), side: anchor.side, value })
    }

    fn list(
        &mut self,
        key: &Key,
        base: Option<&Setting>,
        head: Option<&Setting>,
        steps: &[String],
    ) -> Option<Setting> {
        let anchor = head.or(base)?;
        let items = |it: Option<&Setting>| it.map_or_else(Vec::new, |it| it.items().to_vec());
        let (of_base, of_head) = (items(base), items(head));
        let has = |list: &[Setting], item: &Setting| list.iter().any(|it| same(key, it, item));
        let (is_looser, merged) = if key.looser == Looser::Longer {
            let both: Vec<_> = of_head.iter().filter(|it| has(&of_base, it)).cloned().collect();
            (both.len() < of_head.len(), both)
        } else {
            let gone: Vec<_> = of_base.iter().filter(|it| !has(&of_head, it)).cloned().collect();
            (!gone.is_empty(), of_head.iter().cloned().chain(gone).collect())
        };
        if is_looser && self.told(key, base, head, steps) {
            return head.cloned();
        }
        let value = Value::List(merged);
        Some(Setting { place: anchor.place.clone(), side: anchor.side, value })
    }

    fn leaf(
        &mut self,
        key: &Key,
        base: Option<&Setting>,
        head: Option<&Setting>,
        steps: &[String],
    ) -> Option<Setting> {
        let [of_base, of_head] = [base, head].map(|it| self.rank(key, it, steps));
        let is_looser = match key.looser {
            Looser::Higher => of_head > of_base,
            Looser::Lower | Looser::True | Looser::False => of_head < of_base,
            Looser::Longer | Looser::Shorter | Looser::Members | Looser::Never => false,
        };
        if is_looser && !self.told(key, base, head, steps) { base.cloned() } else { head.cloned() }
    }

    /// A number that is lower for the looser value, but for counts, which rank as themselves.
    fn rank(&self, key: &Key, setting: Option<&Setting>, steps: &[String]) -> i64 {
        let told = setting.map_or_else(|| self.default(key, steps), Setting::to_json);
        match (&key.shape, &told) {
            (Shape::Choice(words), Json::String(text)) => words
                .iter()
                .position(|it| it == text)
                .map_or(0, |it| i64::try_from(it).unwrap_or(0)),
            (_, Json::Bool(value)) => i64::from(*value != (key.looser == Looser::True)),
            (_, told) => told.as_i64().unwrap_or(0),
        }
    }

    fn default(&self, key: &Key, steps: &[String]) -> Json {
        if let [rules, id, level] = steps
            && (rules.as_str(), level.as_str()) == ("rules", "level")
        {
            return (self.default_level)(id).map_or(Json::Null, Json::from);
        }
        serde_json::from_str(key.default).unwrap_or(Json::Null)
    }

    /// Notes the loosening; true if a waiver permits it, so that head's value holds.
    fn told(
        &mut self,
        key: &Key,
        base: Option<&Setting>,
        head: Option<&Setting>,
        steps: &[String],
    ) -> bool {
        let Some(anchor) = head.or(base) else { return false };
        let json =
            |it: Option<&Setting>| it.map_or_else(|| self.default(key, steps), Setting::to_json);
        let (base, head) = (json(base), json(head));
        let name = steps.join(".");
        let is_accepted = (self.is_accepted)(&name);
        let (place, side) = (anchor.place.clone(), anchor.side);
        let steps = steps.to_vec();
        self.differences.push(Difference { key: name, steps, base, head, place, side });
        is_accepted
    }
}

/// The keys that either side has, in the order of the table, those the user names by name.
fn member_names<'k>(
    keys: &'k [Key],
    base: Option<&Setting>,
    head: Option<&Setting>,
) -> Vec<(String, &'k Key)> {
    let mut names: Vec<(String, &Key)> = Vec::new();
    for key in keys {
        if key.name != "*" {
            names.push((key.name.to_owned(), key));
            continue;
        }
        let both = [base, head].into_iter().flatten();
        let mut given: Vec<_> =
            both.flat_map(Setting::members).map(|(name, _)| (name.clone(), key)).collect();
        given.sort_by(|(left, _), (right, _)| left.cmp(right));
        given.dedup_by(|(left, _), (right, _)| left == right);
        names.extend(given);
    }
    names
}

/// Two items of a list are the same if everything in them that permits anything is.
fn same(key: &Key, left: &Setting, right: &Setting) -> bool {
    let Shape::Tables(keys, _) = &key.shape else { return left == right };
    keys.iter().filter(|it| it.looser != Looser::Never).all(|it| {
        let default = serde_json::from_str(it.default).unwrap_or(Json::Null);
        let of = |side: &Setting| side.get(it.name).map_or(default.clone(), Setting::to_json);
        of(left) == of(right)
    })
}
