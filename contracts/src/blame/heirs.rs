//! What only a schema says that takes the place of another one by its tag, without a choice to find
//! it in.

use std::{collections::BTreeMap, rc::Rc};

use serde_json::Value;

use crate::{
    Located, Store,
    blame::{
        annotation::Survey,
        asking::Asking,
        path::{Turn, tagged},
        place::component_name,
        position::Side,
        remark::Places,
        union::{discriminator, tags},
    },
};

/// The member that carries the tag, and what each tag selects; nothing where there is a choice.
pub(crate) fn heirs(
    store: &Store,
    side: &Side<'_>,
    part: &Located,
) -> Option<(String, BTreeMap<String, Located>)> {
    let member = discriminator(store, side, part)?;
    // A choice that is no list is one all the same: nobody knows of what.
    let is_choice = ["oneOf", "anyOf"].iter().any(|it| store.get(part.node, it).is_some());
    (!is_choice).then(|| (member, tags(store, side, part)))
}

/// The schema that the tag of a value selects.
pub(crate) fn selected(
    store: &Store,
    side: &Side<'_>,
    (part, value): (&Located, &Value),
) -> Option<Located> {
    let (member, known) = heirs(store, side, part)?;
    let tag = value.get(&member)?.as_str()?;
    known.get(tag).cloned().or_else(|| side.contract.schema(store, tag))
}

impl Survey<'_> {
    /// The schemas that a tag selects on both sides.
    pub(crate) fn heirs(&self, asking: &mut Asking<'_>, places: &Places) -> Vec<Places> {
        let store = asking.store();
        let mut found = Vec::new();
        for part in &places.base.parts {
            let Some((member, was)) = heirs(store, &self.base, part) else { continue };
            let mut others = places.head.parts.iter();
            let other = others.find_map(|it| heirs(store, &self.head, it));
            let Some((_, is)) = other.filter(|it| it.0 == member) else { continue };
            let heads = was.keys().map(|tag| {
                let named = || self.head.contract.schema(store, tag);
                is.get(tag).cloned().or_else(named)
            });
            let heads: Vec<_> = heads.collect();
            let base_name = |it: &Located| component_name(self.base.contract, it);
            let head_name = |it: &Located| component_name(self.head.contract, it);
            // A tag that selects another one of them is told as such.
            let is_other = |base: &Located, head: &Located| {
                let name = base_name(base);
                name.is_some()
                    && name != head_name(head)
                    && is.values().any(|it| head_name(it) == name)
            };
            let pairs = was.into_iter().zip(heads);
            let pairs =
                pairs.filter(|it| it.1.as_ref().is_none_or(|head| !is_other(&it.0.1, head)));
            for ((tag, base), head) in pairs.filter_map(|it| Some((it.0, it.1?))) {
                let has_tag = tagged(asking, &member, &tag);
                let has_not = asking.schemas().not(has_tag);
                let way = places.way.then(Rc::new(Turn::Unless(has_not)));
                let base = self.base.position(store, &base);
                found.push(Places { base, head: self.head.position(store, &head), way });
            }
        }
        found
    }
}
