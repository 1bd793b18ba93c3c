//! Repairs that need no new address: what was optional, listed or enough stays so.

use super::Migrated;
use crate::{Finding, Pointer, Rule, Tree, finding::Spot, migration::operations::Address};

/// Repairs one finding in place, and says what was kept; `None` if it takes a new address.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other promise needs a new address")]
pub(super) fn repair(
    asked: Migrated<'_>,
    contract: &mut Tree,
    finding: &Finding,
) -> Option<String> {
    match finding.rule {
        Rule::InputPropertyRequired => keep_optional(asked, contract, finding),
        Rule::InputValueForbidden => keep_values(asked, contract, finding),
        Rule::ParameterRequired | Rule::RequestBodyRequired => drop_required(contract, finding),
        Rule::CredentialsNoLongerEnough => keep_credentials(asked, contract, finding),
        Rule::ServerRemoved => keep_servers(asked, contract),
        Rule::EventRemoved => keep_events(asked, contract, finding),
        _ => None,
    }
}

/// The nearest place at or above a spot whose value satisfies a claim; only the contract itself.
fn nearest(tree: &Tree, spot: Option<&Spot>, fits: impl Fn(&Tree) -> bool) -> Option<Pointer> {
    let spot = spot.filter(|it| it.file == crate::FileId::ROOT)?;
    let mut pointer = Some(spot.pointer.clone());
    while let Some(at) = pointer {
        if tree.at(&at).is_some_and(&fits) {
            return Some(at);
        }
        pointer = at.parent();
    }
    None
}

fn keep_optional(asked: Migrated<'_>, contract: &mut Tree, finding: &Finding) -> Option<String> {
    let has_required = |it: &Tree| it.get("required").is_some_and(|it| !it.items().is_empty());
    let place = nearest(contract, finding.head.as_ref(), has_required)?;
    let is_schema = |it: &Tree| matches!(it, Tree::Map(_));
    let before = asked.base.at(&place).or_else(|| {
        let place = nearest(asked.base, finding.base.as_ref(), is_schema)?;
        asked.base.at(&place)
    });
    let promised = before.and_then(|it| it.get("required")).map_or(&[][..], Tree::items).to_vec();
    let schema = contract.at_mut(&place)?;
    let names = schema.get("required")?.items().to_vec();
    let (kept, dropped): (Vec<_>, Vec<_>) = names.into_iter().partition(|it| promised.contains(it));
    if dropped.is_empty() {
        return None;
    }
    if kept.is_empty() {
        schema.remove("required");
    } else {
        schema.set("required", Tree::List(kept));
    }
    let dropped: Vec<_> =
        dropped.iter().filter_map(Tree::as_text).map(|it| format!("`{it}`")).collect();
    Some(format!("{} of `{}` stays optional", dropped.join(", "), finding.subject))
}

fn keep_values(asked: Migrated<'_>, contract: &mut Tree, finding: &Finding) -> Option<String> {
    let has_enum = |it: &Tree| !it.get("enum").map_or(&[][..], Tree::items).is_empty();
    let place = nearest(contract, finding.head.as_ref(), has_enum)?;
    let before = nearest(asked.base, finding.base.as_ref(), has_enum)?;
    let before = asked.base.at(&before)?.get("enum")?.items().to_vec();
    let schema = contract.at_mut(&place)?;
    let now = schema.get("enum")?.items().to_vec();
    let missing: Vec<_> = before.into_iter().filter(|it| !now.contains(it)).collect();
    if missing.is_empty() {
        return None;
    }
    let words: Vec<_> = missing.iter().map(|it| format!("`{}`", shown(it))).collect();
    schema.set("enum", Tree::List(now.into_iter().chain(missing).collect()));
    Some(format!("`{}` still takes {}", finding.subject, words.join(", ")))
}

fn shown(value: &Tree) -> String {
    let json = if let Tree::Scalar(text) = value { text.clone() } else { String::new() };
    value.as_text().unwrap_or(json)
}

fn drop_required(contract: &mut Tree, finding: &Finding) -> Option<String> {
    let is_required = |it: &Tree| it.get("required") == Some(&Tree::Scalar("true".to_owned()));
    let place = nearest(contract, finding.head.as_ref(), is_required)?;
    let required = contract.at_mut(&place)?;
    if required.get("in").and_then(Tree::as_text).as_deref() == Some("path") {
        return None;
    }
    required.remove("required");
    Some(format!("`{}` stays optional", finding.subject))
}

fn keep_credentials(asked: Migrated<'_>, contract: &mut Tree, finding: &Finding) -> Option<String> {
    for operation in &finding.operations {
        let address = Address::of(asked.base, operation)?;
        let before = address.security(asked.base)?;
        let place = Address::of(contract, operation)?.pointer();
        let now = Address::of(contract, operation)?.security(contract).unwrap_or_default();
        let added = before.iter().filter(|it| !now.contains(it)).cloned();
        let all: Vec<_> = now.iter().cloned().chain(added).collect();
        keep_schemes(asked.base, contract, &all);
        contract.at_mut(&place)?.set("security", Tree::List(all));
    }
    Some(format!("`{}` still takes the credentials it took", finding.subject))
}

/// Puts schemes back that requirements name and head has no more.
fn keep_schemes(base: &Tree, contract: &mut Tree, security: &[Tree]) {
    let homes = [vec!["components", "securitySchemes"], vec!["securityDefinitions"]];
    for home in homes {
        let at = |tree: &Tree| home.iter().try_fold(tree.clone(), |it, name| it.get(name).cloned());
        let Some(schemes) = at(base) else { continue };
        let names = security.iter().flat_map(Tree::members).map(|it| &it.0);
        for name in names {
            let now = at(contract);
            let is_known = now.as_ref().is_some_and(|it| it.get(name).is_some());
            let pointer = home.iter().fold(Pointer::root(), |it, name| it.child(name));
            let place = contract.at_mut(&pointer);
            if let (false, Some(scheme), Some(place)) = (is_known, schemes.get(name), place) {
                place.set(name, scheme.clone());
            }
        }
    }
}

fn keep_servers(asked: Migrated<'_>, contract: &mut Tree) -> Option<String> {
    let before = asked.base.get("servers")?.items().to_vec();
    let now = contract.get("servers").map_or(&[][..], Tree::items).to_vec();
    let url = |it: &Tree| it.get("url").and_then(Tree::as_text);
    let missing: Vec<_> =
        before.into_iter().filter(|it| !now.iter().any(|other| url(other) == url(it))).collect();
    if missing.is_empty() {
        return None;
    }
    let names: Vec<_> = missing.iter().filter_map(url).map(|it| format!("`{it}`")).collect();
    contract.set("servers", Tree::List(now.into_iter().chain(missing).collect()));
    Some(format!("{} stays a server", names.join(", ")))
}

fn keep_events(asked: Migrated<'_>, contract: &mut Tree, finding: &Finding) -> Option<String> {
    let spot = finding.base.as_ref().filter(|it| it.file == crate::FileId::ROOT)?;
    let gone = asked.base.at(&spot.pointer)?.clone();
    let (parent, name) = (spot.pointer.parent()?, spot.pointer.names().last()?);
    if contract.at(&parent).is_none() {
        let home = parent.names().last()?;
        contract.at_mut(&parent.parent()?)?.set(&home, Tree::Map(Vec::new()));
    }
    contract.at_mut(&parent)?.set(&name, gone);
    Some(format!("`{}` is still delivered", finding.subject))
}
