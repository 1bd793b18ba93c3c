use kernel::{RepoPath, Stop, Witness};
use serde::Serialize;
use serde_json::Value as Json;

use crate::{
    config::{Key, Looser, ROOT, Shape},
    context::{Context, Reader},
    policy_gate::reread::{lookup, text_of},
    rules,
};

/// A key of `checks.toml` and what both revisions say of it.
#[derive(Debug, Serialize)]
pub(crate) struct PolicyDifference {
    /// The key, dotted from the root of the file.
    pub(crate) key: String,
    /// What base says, or its default.
    pub(crate) base: Json,
    /// What head says, or its default.
    pub(crate) head: Json,
}

/// Both policies as texts; none where there is no file.
pub(crate) struct PolicyTexts {
    /// Base's.
    pub(crate) base: Option<String>,
    /// Head's.
    pub(crate) head: Option<String>,
    /// What the difference is said to be.
    pub(crate) claimed: Claimed,
}

/// What a difference is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claimed {
    /// Head permits more.
    Looser,
    /// Base says it, and nobody knows the key.
    Unknown,
}

impl PolicyTexts {
    /// Both texts, as they are read now.
    pub(crate) fn read(cx: &Context<'_>, claimed: Claimed) -> Result<Self, Stop> {
        let text =
            |reader: &Reader<'_>, path: &RepoPath| reader.bytes(path).ok().map(|it| text_of(&it));
        let base = match &cx.policy.base_path {
            Some(path) => text(cx.base()?, path),
            None => None,
        };
        Ok(Self { base, head: text(cx.head(), &cx.policy.path), claimed })
    }
}

impl Witness for PolicyDifference {
    const KIND: &'static str = "policy-difference";
    type World = PolicyTexts;

    fn replay(&self, world: &PolicyTexts) -> bool {
        let key = known_key(&self.key);
        match (world.claimed, key) {
            (Claimed::Unknown, None) => {
                let [base, head] = [&world.base, &world.head].map(|it| said(it.as_ref(), self));
                base.as_ref() == Some(&self.base) && head.is_none() && self.head.is_null()
            }
            (Claimed::Looser, Some(key)) => {
                self.holds_on(world.base.as_ref(), &self.base, key)
                    && self.holds_on(world.head.as_ref(), &self.head, key)
                    && is_looser(key, &self.base, &self.head)
            }
            (Claimed::Unknown, Some(_)) | (Claimed::Looser, None) => false,
        }
    }
}

impl PolicyDifference {
    /// Does one side say this, or nothing while this is the default?
    fn holds_on(&self, text: Option<&String>, value: &Json, key: &Key) -> bool {
        match said(text, self) {
            Some(found) => found == *value,
            None => default_of(&self.key, key, text) == *value,
        }
    }
}

fn said(text: Option<&String>, difference: &PolicyDifference) -> Option<Json> {
    lookup(text?, &difference.key)
}

/// The key of the table that these names lead to; a rule that does not exist leads nowhere.
fn known_key(dotted: &str) -> Option<&'static Key> {
    let named = rule_and_member(dotted).map(|(id, _)| id).or_else(|| rule_of_levels(dotted));
    if named.is_some_and(|id| rules::find(id).is_none()) {
        return None;
    }
    descend(&ROOT, dotted)
}

fn rule_and_member(dotted: &str) -> Option<(&str, &str)> {
    let rest = dotted.strip_prefix("rules.")?;
    Some(rest.split_once('.').unwrap_or((rest, "")))
}

/// The rule at the end of `gates.GATE.levels.SERVICE.RULE`; a service may have dots in its name.
fn rule_of_levels(dotted: &str) -> Option<&str> {
    let (gate, rest) = dotted.strip_prefix("gates.")?.split_once(".levels.")?;
    let (_, rule) = rest.rsplit_once('.').filter(|_| !gate.contains('.'))?;
    Some(rule)
}

fn descend(key: &'static Key, dotted: &str) -> Option<&'static Key> {
    if let Shape::Tables(keys, _) = &key.shape {
        let (_, name) = dotted.split_once('.')?;
        return keys.iter().find(|it| it.name == name);
    }
    let Shape::Table(keys) = &key.shape else { return None };
    let step = |it: &'static Key| {
        let is_table = matches!(it.shape, Shape::Table(_));
        if it.name == "*" {
            // The user's own names may hold dots; what they name is a leaf or a rule.
            let inside = dotted.split_once('.').filter(|_| is_table);
            return inside.map_or(Some(it), |(_, rest)| descend(it, rest));
        }
        match dotted.strip_prefix(it.name)? {
            "" => Some(it),
            rest => descend(it, rest.strip_prefix('.')?),
        }
    };
    keys.iter().find_map(step)
}

fn default_of(dotted: &str, key: &Key, text: Option<&String>) -> Json {
    let written = || serde_json::from_str(key.default).unwrap_or(Json::Null);
    let rule = rule_and_member(dotted).and_then(|(id, member)| Some((rules::find(id)?, member)));
    match rule {
        Some((rule, "level")) => rule.info().level.name().into(),
        Some((rule, member)) => {
            let of_gate = format!("gates.{}.{member}", rule.info().gate);
            text.and_then(|it| lookup(it, &of_gate)).unwrap_or_else(written)
        }
        None => level_of_service(dotted, text).unwrap_or_else(written),
    }
}

/// A service for which nothing is said has the level that the rule has for all.
fn level_of_service(dotted: &str, text: Option<&String>) -> Option<Json> {
    let id = rule_of_levels(dotted)?;
    let for_all = text.and_then(|it| lookup(it, &format!("rules.{id}.level")));
    for_all.or_else(|| Some(rules::find(id)?.info().level.name().into()))
}

/// Does the table call the way from base to head the looser one?
fn is_looser(key: &Key, base: &Json, head: &Json) -> bool {
    let has = |list: &Json, item: &Json| list.as_array().is_some_and(|it| it.contains(item));
    let lacks = |list: &Json, items: &Json| {
        items.as_array().is_some_and(|it| it.iter().any(|item| !has(list, item)))
    };
    let rank = |value: &Json| {
        if let Shape::Choice(words) = &key.shape {
            return words.iter().position(|it| Some(*it) == value.as_str());
        }
        value.as_u64().and_then(|it| usize::try_from(it).ok())
    };
    match key.looser {
        Looser::Longer => lacks(base, head),
        Looser::Shorter => lacks(head, base),
        Looser::Fewer => {
            let part = |list: &Json, is_out: bool| -> Json {
                let items = list.as_array().into_iter().flatten();
                let has_mark = |it: &Json| it.as_str().is_some_and(|it| it.starts_with('!'));
                items.filter(|it| has_mark(it) == is_out).cloned().collect()
            };
            lacks(head, &part(base, false)) || lacks(base, &part(head, true))
        }
        Looser::Higher => rank(base) < rank(head),
        Looser::Lower => rank(base) > rank(head),
        Looser::True => (base, head) == (&Json::Bool(false), &Json::Bool(true)),
        Looser::False => (base, head) == (&Json::Bool(true), &Json::Bool(false)),
        Looser::Members | Looser::Never | Looser::Another | Looser::Absent | Looser::Later => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(key: &str, base: (&str, Json), head: (&str, Json)) -> bool {
        let witness = PolicyDifference { key: key.to_owned(), base: base.1, head: head.1 };
        let text = |it: &str| (!it.is_empty()).then(|| it.to_owned());
        let claimed = Claimed::Looser;
        witness.replay(&PolicyTexts { base: text(base.0), head: text(head.0), claimed })
    }

    #[test]
    fn only_what_both_texts_say_is_confirmed() {
        let ignore = "gates.route-audit.ignore";
        let head = "[gates.route-audit]\nignore = ['a']";
        assert!(check(ignore, ("", json!([])), (head, json!(["a"]))));
        assert!(!check(ignore, (head, json!(["a"])), ("", json!([]))), "stricter");
        assert!(!check(ignore, ("", json!([])), ("", json!(["a"]))), "head does not say so");
        assert!(!check(ignore, ("", json!(["b"])), (head, json!(["a"]))), "base does not say so");
    }

    #[test]
    fn defaults_of_rules_are_those_of_the_registry() {
        let key = "rules.route-claimed-twice.level";
        let head = "[rules.route-claimed-twice]\nlevel = 'warn'";
        assert!(check(key, ("", json!("deny")), (head, json!("warn"))));
        assert!(!check(key, ("", json!("note")), (head, json!("warn"))));
        let gate = "[gates.route-audit]\nnew-only = true\n[rules.route-claimed-twice]\n";
        let strict = format!("{gate}new-only = false");
        let key = "rules.route-claimed-twice.new-only";
        assert!(check(key, (&strict, json!(false)), (gate, json!(true))));
    }

    #[test]
    fn an_unknown_key_is_in_base_only() {
        let check = |key: &str, base: &str, head: Option<&str>, value: Json| {
            let witness = PolicyDifference { key: key.to_owned(), base: value, head: Json::Null };
            let (base, head) = (Some(base.to_owned()), head.map(str::to_owned));
            witness.replay(&PolicyTexts { base, head, claimed: Claimed::Unknown })
        };
        assert!(check("gates.future.x", "[gates.future]\nx = 1", None, json!(1)));
        assert!(check(
            "rules.later",
            "[rules.later]\nlevel = 'off'",
            Some(""),
            json!({"level": "off"})
        ));
        assert!(!check(
            "gates.route-audit.ignore",
            "[gates.route-audit]\nignore = []",
            None,
            json!([])
        ));
        assert!(!check("rules.later", "", Some(""), json!({})));
    }
}
