//! The types of references, `allOf`, `anyOf` and `oneOf`.

use std::collections::BTreeSet;

use contracts::Kind;

use crate::{
    model::{Shape, ShapeId, UnitId, View},
    schemas::{
        Types,
        of_shape::Known,
        types::{Member, ObjectType, Type},
    },
};

/// Interfaces that extend interfaces are looked through to this depth.
const DEPTH: usize = 12;

impl Types<'_, '_> {
    /// The parts besides the shape's own keywords.
    pub(super) fn composed(&self, shape: &Shape, known: Known) -> Vec<Type> {
        let mut parts = Vec::new();
        for unit in &shape.references {
            parts.push(self.reference(shape, *unit, known));
        }
        parts.extend(shape.all.iter().map(|it| self.of(*it, known)));
        if !shape.any.is_empty() {
            parts.push(self.variants(shape, &shape.any, known));
        }
        if !shape.one.is_empty() {
            parts.push(self.variants(shape, &shape.one, known));
        }
        parts
    }

    fn reference(&self, shape: &Shape, unit: UnitId, known: Known) -> Type {
        // A name that stands for itself without an object or list between would have no end.
        if self.is_endless(shape, unit) {
            return Type::Unknown;
        }
        Type::Named(unit, self.model().unit(unit).view(known.view))
    }

    fn variants(&self, shape: &Shape, branches: &[ShapeId], known: Known) -> Type {
        let tag = self.discriminator(shape);
        let branch = |id: &ShapeId| {
            let of = self.of(*id, known);
            let tags = tag.as_ref().map(|it| self.tags(shape, *id, it)).unwrap_or_default();
            let Some(name) = tag.as_ref().filter(|_| !tags.is_empty()) else { return of };
            Type::intersection([of, tagged(name, tags)])
        };
        Type::union(branches.iter().map(branch))
    }

    fn discriminator(&self, shape: &Shape) -> Option<String> {
        let store = self.model().store;
        let found = store.get(shape.node, "discriminator")?;
        let is_name = store.kind(found) == Kind::String;
        let name = if is_name { found } else { store.get(found, "propertyName")? };
        store.as_str(name).map(str::to_owned)
    }

    /// The texts that the discriminator has in a branch that is a reference; none if the branch
    /// says so itself.
    fn tags(&self, shape: &Shape, branch: ShapeId, name: &str) -> Vec<String> {
        let model = self.model();
        let [unit] = model.shape(branch).references.as_slice() else { return Vec::new() };
        if self.says_itself(*unit, name, DEPTH) {
            return Vec::new();
        }
        let mapping = model.store.get(shape.node, "discriminator");
        let mapping = mapping.and_then(|it| model.store.get(it, "mapping"));
        let at = model.located(model.unit(shape.unit).shape);
        let mut found = Vec::new();
        for (tag, target) in mapping.into_iter().flat_map(|it| model.store.members(it)) {
            let Some(text) = model.store.as_str(target) else { continue };
            let is_name = text == model.unit(*unit).contract_name;
            let target = model.contract.follow(model.store, &at, text);
            let of_unit = &model.unit(*unit).at;
            let leads =
                target.is_ok_and(|it| it.file == of_unit.file && it.pointer == of_unit.pointer);
            if is_name || leads {
                found.push(tag.to_owned());
            }
        }
        if found.is_empty() {
            found.push(model.unit(*unit).contract_name.clone());
        }
        found
    }

    /// Does the unit give a member a list of values?
    fn says_itself(&self, unit: UnitId, name: &str, depth: usize) -> bool {
        self.shape_says(self.model().unit(unit).shape, name, depth)
    }

    fn shape_says(&self, id: ShapeId, name: &str, depth: usize) -> bool {
        let shape = self.model().shape(id);
        let own = shape.object.iter().flat_map(|it| &it.properties).find(|it| it.name == name);
        if own.is_some_and(|it| self.has_values(it.shape, depth)) {
            return true;
        }
        depth > 0
            && (shape.references.iter().any(|it| self.says_itself(*it, name, depth - 1))
                || shape.all.iter().any(|it| self.shape_says(*it, name, depth - 1)))
    }

    fn has_values(&self, id: ShapeId, depth: usize) -> bool {
        let shape = self.model().shape(id);
        let target = |it: &UnitId| self.has_values(self.model().unit(*it).shape, depth - 1);
        !shape.values.is_empty() || depth > 0 && shape.references.iter().any(target)
    }

    /// Does a unit stand for itself, with no object or list between?
    fn is_endless(&self, shape: &Shape, target: UnitId) -> bool {
        if !self.model().unit(shape.unit).is_recursive || !self.model().unit(target).is_recursive {
            return false;
        }
        if !self.is_immediate(shape) {
            return false;
        }
        let (mut seen, mut open) = (BTreeSet::new(), vec![target]);
        while let Some(unit) = open.pop() {
            if unit == shape.unit {
                return true;
            }
            if seen.insert(unit) {
                self.immediate(self.model().unit(unit).shape, &mut open);
            }
        }
        false
    }

    /// Is the value of the shape the value of its unit?
    fn is_immediate(&self, shape: &Shape) -> bool {
        let model = self.model();
        let root = model.unit(shape.unit).shape;
        let (mut found, mut open) = (false, vec![root]);
        while let Some(id) = open.pop() {
            let inner = model.shape(id);
            found |= std::ptr::eq(inner, shape);
            for list in [&inner.all, &inner.any, &inner.one] {
                open.extend(list);
            }
        }
        found
    }

    fn immediate(&self, root: ShapeId, found: &mut Vec<UnitId>) {
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            let shape = self.model().shape(id);
            found.extend(&shape.references);
            for list in [&shape.all, &shape.any, &shape.one] {
                open.extend(list);
            }
        }
    }

    /// The interfaces that a unit extends and its own members, if it can be an interface.
    pub(super) fn extended(
        &self,
        id: UnitId,
        view: View,
        found: &Type,
    ) -> Option<(Vec<(UnitId, View)>, ObjectType)> {
        if let Type::Object(own) = found {
            let is_interface = !own.is_map() || has_unknown_rest(own);
            return is_interface.then(|| (Vec::new(), own.clone()));
        }
        let Type::Intersection(parts) = found else { return None };
        self.joined((id, view), parts, DEPTH)
    }

    fn joined(
        &self,
        (id, view): (UnitId, View),
        parts: &[Type],
        depth: usize,
    ) -> Option<(Vec<(UnitId, View)>, ObjectType)> {
        let (mut bases, mut own) = (Vec::new(), ObjectType::open());
        let mut names = BTreeSet::new();
        for part in parts {
            if let Type::Object(object) = part {
                own = object.clone();
                continue;
            }
            let Type::Named(base, of) = part else { return None };
            let is_base = (*base, *of) != (id, view) && self.is_object(*base);
            if !is_base || !self.declares(*base, *of, depth, &mut names) {
                return None;
            }
            bases.push((*base, *of));
        }
        let is_open = has_unknown_rest(&own);
        let is_new = own.members.iter().all(|it| names.insert(it.name.clone()));
        (is_open && is_new && !bases.is_empty()).then_some((bases, own))
    }

    /// Collects the members of an interface; `false` if it is none, or if one is there twice.
    fn declares(&self, id: UnitId, view: View, depth: usize, names: &mut BTreeSet<String>) -> bool {
        if depth == 0 {
            return false;
        }
        let found = self.of_unit(id, view);
        let (bases, own) = if let Type::Object(own) = found {
            (Vec::new(), own)
        } else if let Type::Intersection(parts) = found {
            let Some(joined) = self.joined((id, view), &parts, depth - 1) else { return false };
            joined
        } else {
            return false;
        };
        (has_unknown_rest(&own) || !bases.is_empty())
            && bases.iter().all(|it| self.declares(it.0, it.1, depth - 1, names))
            && own.members.iter().all(|it| names.insert(it.name.clone()))
    }
}

fn has_unknown_rest(object: &ObjectType) -> bool {
    object.others.as_deref() == Some(&Type::Unknown) && object.prefixes.is_empty()
}

fn tagged(name: &str, tags: Vec<String>) -> Type {
    let of = Type::union(tags.into_iter().map(Type::Text));
    let member = Member { name: name.to_owned(), is_optional: false, of, docs: None };
    let mut object = ObjectType::open();
    object.add(member);
    Type::Object(object)
}
