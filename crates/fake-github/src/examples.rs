//! Answers that look like GitHub's: an example with the members that are known laid over it, or
//! nothing but the members that a client may need.

use serde_json::{Map, Value};

/// Members of examples that are true of some objects only.
const UNLESS_TOLD: &[&str] =
    &["closed_by", "parent", "pull_request", "source", "sub_issues_summary", "template_repository"];

/// The example with our own members over it; of a list, each entry over the first example. So is
/// the list in an object with a count.
pub(crate) fn laid_over(example: &Value, own: Value) -> Value {
    match (example, own) {
        (Value::Array(examples), Value::Array(entries)) => {
            let example = examples.first().unwrap_or(&Value::Null);
            entries.into_iter().map(|it| laid_over(example, it)).collect()
        }
        (Value::Object(example), Value::Object(own)) => {
            let mut whole = example.clone();
            whole.retain(|name, _| own.contains_key(name) || !UNLESS_TOLD.contains(&name.as_str()));
            let is_counted = own.contains_key("total_count");
            for (name, value) in own {
                let value = match example.get(&name) {
                    Some(entries @ Value::Array(_)) if is_counted => laid_over(entries, value),
                    _ => value,
                };
                merge(&mut whole, name, value);
            }
            Value::Object(whole)
        }
        (_, own) => own,
    }
}

fn merge(whole: &mut Map<String, Value>, name: String, value: Value) {
    match (whole.get_mut(&name), value) {
        (Some(Value::Object(inner)), Value::Object(value)) => {
            value.into_iter().for_each(|(name, value)| merge(inner, name, value));
        }
        (_, value) => {
            whole.insert(name, value);
        }
    }
}

/// Only these members, named as `head.sha` and `parents[].sha`; of a list, in each entry.
pub(crate) fn only(members: &[&str], value: &Value) -> Value {
    if let Value::Array(entries) = value {
        return entries.iter().map(|it| only(members, it)).collect();
    }
    let mut kept = Value::Object(Map::new());
    for member in members {
        keep(&mut kept, value, member);
    }
    kept
}

fn keep(kept: &mut Value, value: &Value, member: &str) {
    let (name, rest) = member.split_once('.').unwrap_or((member, ""));
    let (name, is_list) = name.strip_suffix("[]").map_or((name, false), |it| (it, true));
    let (Some(inner), Some(kept)) = (value.get(name), kept.as_object_mut()) else { return };
    if rest.is_empty() {
        kept.insert(name.into(), inner.clone());
    } else if is_list {
        let entries = inner.as_array().into_iter().flatten().enumerate();
        let slot = kept.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        let Some(slot) = slot.as_array_mut() else { return };
        for (idx, entry) in entries {
            if slot.len() <= idx {
                slot.push(Value::Object(Map::new()));
            }
            if let Some(it) = slot.get_mut(idx) {
                keep(it, entry, rest);
            }
        }
    } else {
        let slot = kept.entry(name).or_insert_with(|| Value::Object(Map::new()));
        keep(slot, inner, rest);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{laid_over, only};

    #[test]
    fn our_members_win_at_every_depth() {
        let check = |example: Value, own: Value, expected: Value| {
            assert_eq!(laid_over(&example, own), expected);
        };
        check(
            json!({"a": 1, "b": {"c": 2, "d": 3}}),
            json!({"b": {"c": 4}, "e": null}),
            json!({"a": 1, "b": {"c": 4, "d": 3}, "e": null}),
        );
        check(
            json!([{"a": 1}, {"b": 2}]),
            json!([{"c": 3}, {}]),
            json!([{"a": 1, "c": 3}, {"a": 1}]),
        );
        check(json!({"pull_request": {}, "x": 1}), json!({"x": 2}), json!({"x": 2}));
        check(
            json!({"total_count": 7, "runs": [{"a": 1}]}),
            json!({"total_count": 1, "runs": [{"b": 2}]}),
            json!({"total_count": 1, "runs": [{"a": 1, "b": 2}]}),
        );
        check(json!({"labels": [{"a": 1}]}), json!({"labels": []}), json!({"labels": []}));
    }

    #[test]
    fn members_are_picked_by_name() {
        let value = json!({"sha": "s", "tree": {"sha": "t", "url": "u"},
            "parents": [{"sha": "p", "url": "u"}, {"sha": "q"}], "url": "u"});
        let members = ["sha", "tree.sha", "parents[].sha", "absent.sha"];
        let expected = json!({"sha": "s", "tree": {"sha": "t"},
            "parents": [{"sha": "p"}, {"sha": "q"}]});
        assert_eq!(only(&members, &value), expected);
        assert_eq!(only(&["id"], &json!([{"id": 1, "x": 2}])), json!([{"id": 1}]));
    }
}
