//! Members that came or went.

use kernel::Level;

use crate::{
    Direction, Evidence, Located, Revision, Rule, Spot, Store,
    blame::{
        annotation::Survey,
        asking::Asking,
        place::name_of,
        position::{Position, Step},
        reader::readers,
        remark::{Places, Remark, remark},
    },
};

impl<'a> Survey<'a> {
    /// Members that are no longer named, and members that requests newly have.
    pub(crate) fn members(&mut self, asking: &mut Asking<'a>, places: &Places) {
        let store = asking.store();
        if places.base.parts.is_empty() || places.head.parts.is_empty() || !asking.knows_names() {
            return;
        }
        let was = asking.names(&self.base, &places.base);
        let is = asking.names(&self.head, &places.head);
        let gone = was.iter().filter(|it| !is.contains_key(it.0));
        let new = is.iter().filter(|it| !was.contains_key(it.0));
        match self.base.direction {
            Direction::FromProvider => {
                for (name, base) in gone.filter(|it| !is_required(store, &places.base, it.0)) {
                    self.removed(store, places, (name, base));
                }
            }
            Direction::ToProvider => {
                let holds = asking.holds();
                let left = |name: &str| {
                    let step = Step::Property(name.to_owned());
                    self.head.child(store, &places.head, &step, &holds)
                };
                let ignored: Vec<_> = gone.filter(|it| left(it.0).roots.is_empty()).collect();
                for (name, base) in ignored {
                    self.ignored(asking, places, (name, base));
                }
                for (name, head) in new {
                    self.added(store, places, (name, head));
                }
            }
        }
    }

    fn removed(&mut self, store: &Store, places: &Places, (name, base): (&String, &Located)) {
        let Some(owner) = owner(base) else { return };
        let type_name = name_of(self.base.contract, &owner);
        let symbol = type_name.map_or_else(|| name.clone(), |it| format!("{it}.{name}"));
        let found = (Some(base.clone()), self.left_of(store, base, &places.head));
        let plain = remark(Rule::OutputPropertyRemoved, places, found);
        self.remarks.push(Remark {
            name: name.clone(),
            owner: (Revision::Base, owner),
            message: format!("no longer names `{name}`"),
            remedy: format!("keep `{name}` among its `properties`"),
            evidence: Evidence::Symbol { base: Some(symbol), head: None },
            ..plain
        });
    }

    fn ignored(
        &mut self,
        asking: &mut Asking<'a>,
        places: &Places,
        (name, base): (&String, &Located),
    ) {
        let store = asking.store();
        // What is only read beside another member is not read where that one is missing.
        let names: Vec<_> = base.pointer.parts().collect();
        if let [.., keyword, _, _, _] = names.as_slice()
            && matches!(keyword.as_ref(), "dependentSchemas" | "dependencies")
        {
            return;
        }
        let Some(owner) = owner(base) else { return };
        let found = (Some(base.clone()), self.left_of(store, base, &places.head));
        let plain = remark(Rule::InputUnread, places, found);
        let was = readers(asking, (&self.base, &places.base), name);
        let is = readers(asking, (&self.head, &places.head), name);
        let schemas = asking.schemas();
        let was_unread = schemas.not(was);
        let but = schemas.any([was_unread, is]);
        let level = if asking.is_over(base) { Level::Note } else { plain.level };
        self.remarks.push(Remark {
            level,
            but,
            name: name.clone(),
            owner: (Revision::Base, owner),
            message: format!("is no longer read for `{name}`: what callers send there is ignored"),
            remedy: format!("keep `{name}`, or deprecate it with a sunset"),
            ..plain
        });
    }

    /// What is left of the list that named a member: in one of several alternatives it is found
    /// where it was at base.
    fn left_of(&self, store: &Store, member: &Located, head: &Position) -> Option<Located> {
        owner_at(store, head).or_else(|| {
            let was = (self.base.contract, member.file);
            self.head.contract.counterpart(store, was, &member.pointer.parent()?)
        })
    }

    fn added(&mut self, store: &Store, places: &Places, (name, head): (&String, &Located)) {
        let Some(owner) = owner(head) else { return };
        let found = (owner_at(store, &places.base), Some(head.clone()));
        let plain = remark(Rule::InputWidened, places, found);
        self.remarks.push(Remark {
            name: name.clone(),
            owner: (Revision::Head, owner),
            message: format!("now reads `{name}`"),
            remedy: "nothing has to be done".to_owned(),
            evidence: Evidence::Texts { base: None, head: Some(name.clone()) },
            ..plain
        });
    }
}

/// The schema that declares a member, wherever it is met: in a component, in an alternative.
fn owner(member: &Located) -> Option<Spot> {
    let pointer = member.pointer.parent()?.parent()?;
    Some(Spot { file: member.file, pointer })
}

/// The list of members of a position, to point at.
fn owner_at(store: &Store, position: &Position) -> Option<Located> {
    let part = position.parts.iter().find(|it| store.get(it.node, "properties").is_some())?;
    let node = store.get(part.node, "properties")?;
    Some(Located { file: part.file, pointer: part.pointer.child("properties"), node })
}

fn is_required(store: &Store, position: &Position, name: &str) -> bool {
    position.parts.iter().any(|it| {
        let list = store.get(it.node, "required");
        list.is_some_and(|it| store.items(it).iter().any(|it| store.as_str(*it) == Some(name)))
    })
}
