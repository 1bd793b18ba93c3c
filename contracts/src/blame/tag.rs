//! Tags of discriminators that no longer select what they did.

use std::collections::BTreeSet;

use crate::{
    Located,
    blame::{
        class::{Class, Unit},
        path::{Way, tagged},
        place::component_name,
        position::Position,
        union::{choices, component, discriminator, tags},
        walk::{Suspect, Walk},
    },
    inclusion::SchemaId,
};

/// A tag that selects another schema, or none.
struct Lost {
    member: String,
    tag: String,
    part: Located,
    sent: Located,
    read: Option<Located>,
}

/// Suspects every tag of the sending side that the receiving one does not know, or knows as
/// something else that the sending one knows too. Gives these tags.
pub(crate) fn suspect_tags(
    walk: &mut Walk<'_, '_>,
    (sub, sup): (&Position, &Position),
    way: &Way,
    at: usize,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for lost in lost(walk, sub, sup) {
        let sent = walk.asking.lower(&walk.sub, &lost.sent);
        let read = lost.read.as_ref().map(|it| walk.asking.lower(&walk.sup, it));
        let has_tag = tagged(walk.asking, &lost.member, &lost.tag);
        let schemas = walk.asking.schemas();
        let has_not = schemas.not(has_tag);
        let demand = schemas.any([has_not, read.unwrap_or(SchemaId::FALSE)]);
        let within = schemas.any([has_not, sent]);
        let sending = walk.asking.whole(&walk.sub, sub);
        let sending = walk.asking.schemas().all([sending, within]);
        if walk.asking.included(sending, demand) {
            continue;
        }
        found.insert(lost.tag.clone());
        let unit = Unit {
            class: Class::Tag,
            keyword: "discriminator",
            name: Some(lost.tag.clone()),
            part: lost.part,
            demand,
            looks_around: false,
        };
        walk.suspects.push(Suspect {
            way: way.clone(),
            class: Class::Tag,
            units: [unit].into(),
            names: vec![lost.tag],
            demand,
            within,
            sub: sub.clone(),
            sup: sup.clone(),
            is_rest: false,
            at,
        });
    }
    found
}

fn lost(walk: &Walk<'_, '_>, sub: &Position, sup: &Position) -> Vec<Lost> {
    let store = walk.asking.store();
    let mut found = Vec::new();
    for sent in &sub.parts {
        let Some(member) = discriminator(store, &walk.sub, sent) else { continue };
        let read = sup
            .parts
            .iter()
            .find(|it| discriminator(store, &walk.sup, it).as_ref() == Some(&member));
        let Some(part) = read else { continue };
        let known = tags(store, &walk.sup, part);
        let among_choices = !choices(store, &walk.sup, part).is_empty();
        for (tag, sent) in tags(store, &walk.sub, sent) {
            let lost = |read: Option<&Located>| Lost {
                member: member.clone(),
                tag: tag.clone(),
                part: part.clone(),
                sent: sent.clone(),
                read: read.cloned(),
            };
            match known.get(&tag) {
                Some(read) => {
                    let names = |it: &Located| component_name(walk.sup.contract, it);
                    let name = component_name(walk.sub.contract, &sent);
                    let is_known = || known.values().any(|it| names(it) == name);
                    let is_other = name.is_some() && name != names(read) && is_known();
                    found.extend(is_other.then(|| lost(Some(read))));
                }
                // Without a choice, the name of any component is a tag.
                None if !among_choices && component(store, &walk.sup, &tag).is_some() => {}
                None => found.push(lost(None)),
            }
        }
    }
    found
}
