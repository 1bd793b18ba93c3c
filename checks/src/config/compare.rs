//! Two policies compared key by key: what head permits more, and the stricter of both.

use kernel::{Place, Side};
use serde_json::Value as Json;

use crate::config::{Config, Key, Looser, ROOT, Setting, Shape, Value};

/// A key by which head permits more than base.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The key, dotted from the root of the file.
    pub key: String,
    /// What base says, or its default; null where it says nothing.
    pub base: Json,
    /// What head says, or its default.
    pub head: Json,
    /// Where head says it; where base does, if head says nothing.
    pub place: Place,
    /// The revision of the place.
    pub side: Side,
}

/// Two policies, compared.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The stricter of both, key by key.
    pub stricter: Setting,
    /// Each key that head loosens.
    pub differences: Vec<Difference>,
    /// How many keys one side or the other sets.
    pub n_keys: usize,
}

/// What holds for a rule of which the file says nothing.
#[derive(Debug, Clone, Copy)]
pub struct RuleDefault {
    /// Its level.
    pub level: &'static str,
    /// Its gate, whose `new-only` it shares.
    pub gate: &'static str,
}

/// Compares head's policy with base's.
///
/// `is_accepted` tells which loosenings a waiver permits: there head's value holds.
pub fn stricter_of(
    base: &Setting,
    head: &Setting,
    rule: &dyn Fn(&str) -> Option<RuleDefault>,
    is_accepted: &dyn Fn(&str) -> bool,
) -> Compared {
    let comparison = Comparison { roots: Sides { base, head }, rule, is_accepted };
    let mut told = Told::default();
    let both = Sides { base: Some(base), head: Some(head) };
    let merged = comparison.member(&ROOT, both, &mut told);
    let stricter = merged.unwrap_or_else(|| head.clone());
    Compared { stricter, differences: told.differences, n_keys: told.n_keys }
}

/// The same thing in both revisions.
#[derive(Clone, Copy)]
struct Sides<T> {
    base: T,
    head: T,
}

impl<'a> Sides<Option<&'a Setting>> {
    fn get(self, name: &str) -> Self {
        let of = |it: Option<&'a Setting>| it.and_then(|it| it.get(name));
        Self { base: of(self.base), head: of(self.head) }
    }

    /// Head's, or else base's.
    fn anchor(self) -> Option<&'a Setting> {
        self.head.or(self.base)
    }
}

/// What the walk has seen so far, and where it is.
#[derive(Default)]
struct Told {
    steps: Vec<String>,
    differences: Vec<Difference>,
    n_keys: usize,
}

struct Comparison<'a> {
    roots: Sides<&'a Setting>,
    rule: &'a dyn Fn(&str) -> Option<RuleDefault>,
    is_accepted: &'a dyn Fn(&str) -> bool,
}

impl Comparison<'_> {
    fn member(&self, key: &Key, both: Sides<Option<&Setting>>, told: &mut Told) -> Option<Setting> {
        match key.looser {
            Looser::Members => return self.table(key, both, told),
            Looser::Never | Looser::Another | Looser::Absent | Looser::Later => {
                return both.head.cloned();
            }
            Looser::Longer
            | Looser::Shorter
            | Looser::Fewer
            | Looser::Higher
            | Looser::Lower
            | Looser::True
            | Looser::False => told.n_keys += usize::from(both.anchor().is_some()),
        }
        match key.looser {
            Looser::Longer | Looser::Shorter => self.list(key, both, told),
            Looser::Fewer => self.globs(key, both, told),
            Looser::Higher
            | Looser::Lower
            | Looser::True
            | Looser::False
            | Looser::Another
            | Looser::Absent
            | Looser::Later
            | Looser::Members
            | Looser::Never => self.leaf(key, both, told),
        }
    }

    fn table(&self, key: &Key, both: Sides<Option<&Setting>>, told: &mut Told) -> Option<Setting> {
        let Shape::Table(keys) = &key.shape else { return both.head.cloned() };
        let anchor = both.anchor()?;
        let mut members = Vec::new();
        for (name, key) in member_names(keys, both) {
            told.steps.push(name.clone());
            let merged = self.member(key, both.get(&name), told);
            told.steps.pop();
            members.extend(merged.map(|it| (name, it)));
        }
        let value = Value::Table(members);
        Some(Setting { place: anchor.place.clone(), side: anchor.side, value })
    }

    fn list(&self, key: &Key, both: Sides<Option<&Setting>>, told: &mut Told) -> Option<Setting> {
        let anchor = both.anchor()?;
        let [base, head] = [both.base, both.head].map(|it| it.map_or(&[][..], Setting::items));
        let (merged, fault) = if key.looser == Looser::Longer {
            // What head permits stays if base permitted as much.
            let (kept, added): (Vec<&Setting>, Vec<&Setting>) = head
                .iter()
                .partition(|it| base.iter().any(|of_base| permits_no_more(key, it, of_base)));
            (kept, added.first().copied())
        } else {
            // What base demanded stays if head does not demand as much.
            let is_kept = |it: &&Setting| head.iter().any(|here| permits_no_more(key, here, it));
            let gone: Vec<&Setting> = base.iter().filter(|it| !is_kept(it)).collect();
            let fault = (!gone.is_empty()).then_some(anchor);
            (head.iter().chain(gone).collect(), fault)
        };
        let Some(at) = fault else { return both.head.cloned() };
        if self.tell(key, both, at, told) {
            return both.head.cloned();
        }
        let value = Value::List(merged.into_iter().cloned().collect());
        Some(Setting { place: anchor.place.clone(), side: anchor.side, value })
    }

    /// Globs that take files in, and with `!` out again: the stricter list takes in what either
    /// does, and out what both do. A list that is not there is the default.
    fn globs(&self, key: &Key, both: Sides<Option<&Setting>>, told: &mut Told) -> Option<Setting> {
        let anchor = both.anchor()?;
        let words = |it: Option<&Setting>, root: &Setting| match it {
            Some(list) => texts(list),
            None => default_words(key, &told.steps, root),
        };
        let base = words(both.base, self.roots.base);
        let head = words(both.head, self.roots.head);
        let is_out = |it: &String| it.starts_with('!');
        let lost: Vec<&String> =
            base.iter().filter(|it| !is_out(it) && !head.contains(it)).collect();
        let is_added = |it: &&String| is_out(it) && !base.contains(it);
        if lost.is_empty() && !head.iter().any(|it| is_added(&it)) {
            return both.head.cloned();
        }
        if self.tell(key, both, anchor, told) {
            return both.head.cloned();
        }
        let kept = head.iter().filter(|it| !is_added(it)).chain(lost);
        let item = |it: &String| Setting {
            place: anchor.place.clone(),
            side: anchor.side,
            value: Value::Text(it.clone()),
        };
        let value = Value::List(kept.map(item).collect());
        Some(Setting { place: anchor.place.clone(), side: anchor.side, value })
    }

    fn leaf(&self, key: &Key, both: Sides<Option<&Setting>>, told: &mut Told) -> Option<Setting> {
        let base = self.rank(key, both.base, &told.steps, self.roots.base);
        let head = self.rank(key, both.head, &told.steps, self.roots.head);
        let is_looser = if key.looser == Looser::Higher { head > base } else { head < base };
        if !is_looser {
            return both.head.cloned();
        }
        // With neither side set, the gate's own key tells the difference.
        let is_accepted = both.anchor().is_some_and(|it| self.tell(key, both, it, told));
        if is_accepted { both.head.cloned() } else { both.base.cloned() }
    }

    /// A number that is lower for the looser value, but for limits, which rank as themselves.
    fn rank(&self, key: &Key, setting: Option<&Setting>, steps: &[String], root: &Setting) -> i64 {
        let told = setting.map_or_else(|| self.default(key, steps, root), Setting::to_json);
        match (&key.shape, &told) {
            (Shape::Choice(words), Json::String(text)) => words
                .iter()
                .position(|it| it == text)
                .map_or(0, |it| i64::try_from(it).unwrap_or(0)),
            (_, Json::Bool(value)) => i64::from(*value != (key.looser == Looser::True)),
            (_, told) => told.as_i64().unwrap_or(0),
        }
    }

    /// What holds on one side if it does not say.
    fn default(&self, key: &Key, steps: &[String], root: &Setting) -> Json {
        if let [section, id, _] = steps
            && section == "rules"
            && let Some(rule) = (self.rule)(id)
        {
            let of_gate = || root.at(&["gates", rule.gate, key.name]).map(Setting::to_json);
            return match key.name {
                "level" => Json::from(rule.level),
                _ => of_gate().unwrap_or_else(|| parsed_default(key)),
            };
        }
        if let [_, _, "levels", _, id] = steps.iter().map(String::as_str).collect::<Vec<_>>()[..]
            && let Some(rule) = (self.rule)(id)
        {
            let of_rule = root.at(&["rules", id, "level"]).map(Setting::to_json);
            return of_rule.unwrap_or_else(|| Json::from(rule.level));
        }
        parsed_default(key)
    }

    /// Notes the loosening; true if a waiver permits it, so that head's value holds.
    fn tell(
        &self,
        key: &Key,
        both: Sides<Option<&Setting>>,
        at: &Setting,
        told: &mut Told,
    ) -> bool {
        let json = |it: Option<&Setting>, root| {
            it.map_or_else(|| self.default(key, &told.steps, root), Setting::to_json)
        };
        let difference = Difference {
            key: told.steps.join("."),
            base: json(both.base, self.roots.base),
            head: json(both.head, self.roots.head),
            place: at.place.clone(),
            side: at.side,
        };
        let is_accepted = (self.is_accepted)(&difference.key);
        told.differences.push(difference);
        is_accepted
    }
}

fn parsed_default(key: &Key) -> Json {
    serde_json::from_str(key.default).unwrap_or(Json::Null)
}

fn texts(list: &Setting) -> Vec<String> {
    list.items().iter().filter_map(Setting::text).map(str::to_owned).collect()
}

/// The globs that hold where none are written: SDKs have the contracts of the contract gate.
fn default_words(key: &Key, steps: &[String], root: &Setting) -> Vec<String> {
    if let [section, gate, name] = steps
        && (section.as_str(), gate.as_str(), name.as_str()) == ("gates", "sdk-sync", "contracts")
    {
        return Config::of(root.clone()).contract_gate.contracts;
    }
    serde_json::from_str(key.default).unwrap_or_default()
}

/// The keys that either side has, in the order of the table, those the user names by name.
fn member_names<'k>(keys: &'k [Key], both: Sides<Option<&Setting>>) -> Vec<(String, &'k Key)> {
    let mut names: Vec<(String, &Key)> = Vec::new();
    for key in keys {
        if key.name != "*" {
            names.push((key.name.to_owned(), key));
            continue;
        }
        let both = [both.base, both.head].into_iter().flatten();
        let mut given: Vec<_> =
            both.flat_map(Setting::members).map(|(name, _)| (name.clone(), key)).collect();
        given.sort_by(|(left, _), (right, _)| left.cmp(right));
        given.dedup_by(|(left, _), (right, _)| left == right);
        names.extend(given);
    }
    names
}

/// Is an item of a list the same as another, or stricter in all that it says?
fn permits_no_more(key: &Key, item: &Setting, other: &Setting) -> bool {
    let Shape::Tables(keys, _) = &key.shape else { return item == other };
    keys.iter().all(|it| {
        let [one, two] = [item, other].map(|side| side.get(it.name).map(Setting::to_json));
        match it.looser {
            Looser::Never => true,
            Looser::Absent => two.is_none() || one == two,
            Looser::Later => match (&one, &two) {
                (_, None) => true,
                (None, Some(_)) => false,
                // Both are days as `YYYY-MM-DD`, which sort as texts.
                (Some(one), Some(two)) => one.as_str() <= two.as_str(),
            },
            Looser::Another
            | Looser::Longer
            | Looser::Shorter
            | Looser::Fewer
            | Looser::Higher
            | Looser::Lower
            | Looser::True
            | Looser::False
            | Looser::Members => {
                let or_default = |it: Option<Json>, key| it.unwrap_or_else(|| parsed_default(key));
                or_default(one, it) == or_default(two, it)
            }
        }
    })
}
