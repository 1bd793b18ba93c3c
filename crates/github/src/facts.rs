//! What GitHub says of the protection of a repository: answers as they are, whatever their status.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    Error,
    client::{Client, escaped},
    forge::{Permission, Request},
};

/// Rules, environments and names of secrets, by their path below the repository: status and body.
///
/// Nothing is interpreted: rules of kinds that nobody knows yet are kept, and a refusal is an
/// answer too. Secrets have names here and never values; GitHub tells those to nobody.
pub fn facts(client: &Client<'_>) -> Result<Value, Error> {
    let branch = client.default_branch()?;
    let mut answers: BTreeMap<String, Value> = BTreeMap::new();
    let on_branch = escaped(&branch);
    let rules = ask(client, &mut answers, &format!("/rules/branches/{on_branch}"))?;
    for id in rulesets(&rules) {
        ask(client, &mut answers, &format!("/rulesets/{id}"))?;
    }
    ask(client, &mut answers, &format!("/branches/{on_branch}/protection"))?;
    let environments = ask(client, &mut answers, "/environments")?;
    for name in names(&environments) {
        let of = format!("/environments/{}", escaped(&name).replace('/', "%2F"));
        ask(client, &mut answers, &format!("{of}/deployment-branch-policies"))?;
        ask(client, &mut answers, &format!("{of}/secrets"))?;
    }
    ask(client, &mut answers, "/actions/secrets")?;
    ask(client, &mut answers, "/actions/organization-secrets")?;
    Ok(json!({
        "schema": "github-facts/v1",
        "repository": client.endpoint().full_name(),
        "default-branch": branch,
        "answers": answers,
    }))
}

/// One answer with all its pages; its body.
fn ask(
    client: &Client<'_>,
    answers: &mut BTreeMap<String, Value>,
    below: &str,
) -> Result<Value, Error> {
    let request = client.read(&format!("{below}?per_page=100"), Permission::Metadata);
    let first = client.verbatim(&request)?;
    let (status, mut body) = (first.status, first.body.clone());
    let mut next = client.next_page(&first);
    while let Some(path) = next {
        let more = client.verbatim(&Request::get(path, Permission::Metadata))?;
        append(&mut body, &more.body);
        next = client.next_page(&more);
    }
    answers.insert(below.to_owned(), json!({"status": status, "body": body}));
    Ok(body)
}

/// Adds the items of a further page, which lie in the list itself or in a member of it.
fn append(body: &mut Value, more: &Value) {
    match (body, more) {
        (Value::Array(items), Value::Array(more)) => items.extend(more.iter().cloned()),
        (Value::Object(members), Value::Object(more)) => {
            for (name, more) in more {
                if let Some(items) = members.get_mut(name).filter(|it| it.is_array()) {
                    append(items, more);
                }
            }
        }
        _ => {}
    }
}

fn rulesets(rules: &Value) -> BTreeSet<u64> {
    let rules = rules.as_array().map_or(&[][..], Vec::as_slice);
    rules.iter().filter_map(|it| it.get("ruleset_id")?.as_u64()).collect()
}

fn names(environments: &Value) -> Vec<String> {
    let list = environments.get("environments").and_then(Value::as_array);
    let list = list.map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(|it| Some(it.get("name")?.as_str()?.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_one_answer() {
        let mut list = json!([1]);
        append(&mut list, &json!([2]));
        assert_eq!(list, json!([1, 2]));
        let mut body = json!({"total_count": 2, "secrets": [{"name": "A"}]});
        append(&mut body, &json!({"total_count": 2, "secrets": [{"name": "B"}]}));
        assert_eq!(body, json!({"total_count": 2, "secrets": [{"name": "A"}, {"name": "B"}]}));
    }
}
