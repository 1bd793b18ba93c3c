//! Alternatives of both sides, walked as far as they pair.

use std::rc::Rc;

use crate::{
    blame::{
        class::{Class, Unit},
        path::Turn,
        position::Union,
        text::AsText,
        union,
        walk::{Pair, Suspect, Walk},
    },
    inclusion::SchemaId,
};

impl Walk<'_, '_> {
    /// The alternatives of the receiving side: the one that pairs is looked into; if that does not
    /// explain all, the union itself is the place.
    pub(crate) fn unions(
        &mut self,
        pair: &Pair,
        (within, asked): (SchemaId, SchemaId),
        alike: SchemaId,
        as_text: &AsText,
    ) {
        let store = self.asking.store();
        for union in self.sup.unions(store, &pair.sup).iter() {
            let demand = self.union_demand(union);
            let demand = self.or_alike(demand, alike);
            if !self.is_thorough && self.asking.included(within, demand) {
                continue;
            }
            let labels = self.asking.labels(&self.sup, union);
            let own = union::own_label(store, &self.sub, &pair.sub);
            let label = pair.chosen.as_ref().unwrap_or(&own);
            if !label.tags.is_disjoint(&pair.lost_tags) {
                continue;
            }
            let paired = union::partner(label, &labels);
            if let Some((idx, branch)) =
                paired.and_then(|idx| union.branches.get(idx).map(|it| (idx, it)))
            {
                let others = self.others(union, idx);
                let way = pair.way.then(Rc::new(Turn::Unless(others)));
                let sup = self.sup.position(store, branch);
                let of_false = Class::Variant;
                self.pair(Pair { sup, way, of_false, ..pair.clone() }, as_text);
            }
            let names = match (&pair.chosen, paired) {
                (Some(label), None) => vec![label.to_string()],
                (Some(_), Some(_)) | (None, _) => Vec::new(),
            };
            self.suspect_union(pair, union, demand, (names, paired.is_some(), asked));
        }
    }

    fn suspect_union(
        &mut self,
        pair: &Pair,
        union: &Union,
        demand: SchemaId,
        (names, is_rest, within): (Vec<String>, bool, SchemaId),
    ) {
        let same = self
            .suspects
            .iter_mut()
            .find(|it| it.demand == demand && it.way == pair.way && it.class == Class::Variant);
        if let Some(known) = same {
            let new: Vec<_> = names.into_iter().filter(|it| !known.names.contains(it)).collect();
            known.names.extend(new);
            known.is_rest &= is_rest;
            return;
        }
        let (class, keyword, part) = (Class::Variant, union.keyword, union.part.clone());
        let unit = Unit { class, keyword, name: None, part, demand, looks_around: false };
        let suspect =
            Suspect { names, is_rest, ..Suspect::at(pair, [unit].into(), (demand, within)) };
        self.suspects.push(suspect);
    }

    fn union_demand(&mut self, union: &Union) -> SchemaId {
        let mut branches = Vec::new();
        for it in &union.branches {
            branches.push(self.asking.lower(&self.sup, it));
        }
        let schemas = self.asking.schemas();
        if union.keyword == "oneOf" { schemas.one(branches) } else { schemas.any(branches) }
    }

    pub(crate) fn others(&mut self, union: &Union, but: usize) -> SchemaId {
        let others = union.branches.iter().enumerate().filter(|it| it.0 != but);
        let mut lowered = Vec::new();
        for (_, it) in others {
            lowered.push(self.asking.lower(&self.sup, it));
        }
        self.asking.schemas().any(lowered)
    }

    /// Tags of discriminators further in, where the schemas themselves are kept.
    pub(crate) fn tags_inside(&mut self, pair: &Pair, as_text: &AsText) {
        let store = self.asking.store();
        let sent = self.sub.unions(store, &pair.sub);
        let read = self.sup.unions(store, &pair.sup);
        for (sent, read) in sent.iter().flat_map(|it| read.iter().map(move |other| (it, other))) {
            self.tags_of_partners(pair, (sent, read), as_text);
        }
        self.children(pair, as_text);
    }

    fn tags_of_partners(&mut self, pair: &Pair, (sent, read): (&Union, &Union), as_text: &AsText) {
        let store = self.asking.store();
        let labels = self.asking.labels(&self.sup, read);
        let own = self.asking.labels(&self.sub, sent);
        for (branch, label) in sent.branches.iter().zip(own.iter()) {
            let partner = union::partner(label, &labels);
            let Some((idx, other)) = partner.and_then(|it| Some((it, read.branches.get(it)?)))
            else {
                continue;
            };
            let way = pair.way.then(Rc::new(Turn::Unless(self.others(read, idx))));
            let sub = self.sub.position(store, branch);
            let sup = self.sup.position(store, other);
            self.pair(Pair { sub, sup, way, chosen: None, ..pair.clone() }, as_text);
        }
    }
}
