//! Tags of discriminators that no longer select what they did.

use std::{collections::BTreeSet, rc::Rc};

use crate::{
    Located, Revision,
    blame::{
        class::{Class, Unit},
        path::{Turn, demand_at, tagged},
        place::component_name,
        position::Position,
        text::AsText,
        union::{choices, discriminator, tags},
        walk::{Pair, Suspect, Walk},
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
pub(crate) fn suspect_tags(walk: &mut Walk<'_, '_>, pair: &Pair) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for lost in once(walk, lost(walk, &pair.sub, &pair.sup)) {
        let sent = walk.asking.lower(&walk.sub, &lost.sent);
        let read = lost.read.as_ref().map(|it| walk.asking.lower(&walk.sup, it));
        let has_tag = tagged(walk.asking, &lost.member, &lost.tag);
        let schemas = walk.asking.schemas();
        let has_not = schemas.not(has_tag);
        let demand = schemas.any([has_not, read.unwrap_or(SchemaId::FALSE)]);
        let within = schemas.any([has_not, sent]);
        let sending = walk.asking.whole(&walk.sub, &pair.sub);
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
        let suspect = Suspect::at(pair, [unit].into(), (demand, within));
        walk.suspects.push(Suspect { names: vec![lost.tag], is_rest: false, ..suspect });
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
                None if !among_choices && walk.sup.contract.schema(store, &tag).is_some() => {}
                None => found.push(lost(None)),
            }
        }
    }
    found
}

/// A component that comes or goes with a tag of the mapping is one cause: its own name, which is a
/// tag as well, is not told beside it.
fn once(walk: &Walk<'_, '_>, mut all: Vec<Lost>) -> Vec<Lost> {
    let own_name =
        |it: &Lost| component_name(walk.sub.contract, &it.sent).as_ref() == Some(&it.tag);
    let is_lost = |it: &Lost| it.read.is_none();
    let mapped: BTreeSet<Located> =
        all.iter().filter(|it| is_lost(it) && !own_name(it)).map(|it| it.sent.clone()).collect();
    all.retain(|it| !(is_lost(it) && own_name(it) && mapped.contains(&it.sent)));
    all
}

/// A schema that a tag selects on both sides, where there is no choice to find it in.
struct Selected {
    member: String,
    tag: String,
    sent: Located,
    read: Located,
}

impl Walk<'_, '_> {
    /// A schema that others build upon, with a discriminator: what its tags select is looked into.
    pub(crate) fn selected(&mut self, pair: &Pair, as_text: &AsText) {
        if pair.as_text.is_some() {
            return;
        }
        for it in self.selections(pair) {
            let store = self.asking.store();
            let own = self.sub.position(store, &it.sent);
            let sup = self.sup.position(store, &it.read);
            let (base, head) = match self.sub.revision {
                Revision::Base => (&own, &sup),
                Revision::Head => (&sup, &own),
            };
            if self.asking.same(base, head) {
                continue;
            }
            let sent = self.asking.lower(&self.sub, &it.sent);
            let has_tag = tagged(self.asking, &it.member, &it.tag);
            let schemas = self.asking.schemas();
            let has_not = schemas.not(has_tag);
            let given = schemas.any([has_not, sent]);
            let given = demand_at(self.asking, &pair.way, given);
            let given = self.asking.schemas().all([pair.given, given]);
            let way = pair.way.then(Rc::new(Turn::Unless(has_not)));
            let sub = self.sub.with_branch(store, &pair.sub, &it.sent);
            let (is_tagged, is_kept) = (true, false);
            let chosen = Pair { sub, sup, way, given, is_tagged, is_kept, ..pair.clone() };
            self.pair(chosen, as_text);
        }
    }

    fn selections(&self, pair: &Pair) -> Vec<Selected> {
        let store = self.asking.store();
        let mut found = Vec::new();
        for sent in &pair.sub.parts {
            let Some(member) = discriminator(store, &self.sub, sent) else { continue };
            let is_same = |it: &&Located| {
                discriminator(store, &self.sup, it).as_ref() == Some(&member)
                    && choices(store, &self.sup, it).is_empty()
            };
            let Some(read) = pair.sup.parts.iter().find(is_same) else { continue };
            if !choices(store, &self.sub, sent).is_empty() {
                continue;
            }
            let known = tags(store, &self.sup, read);
            for (tag, sent) in tags(store, &self.sub, sent) {
                let named = || self.sup.contract.schema(store, &tag);
                let read = known.get(&tag).cloned().or_else(named);
                let read = read.filter(|_| !pair.lost_tags.contains(&tag));
                let member = member.clone();
                found.extend(read.map(|read| Selected { member, tag, sent, read }));
            }
        }
        found
    }
}
