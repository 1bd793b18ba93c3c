//! The type of an object.

use contracts::inclusion::TypeSet;

use crate::{
    model::{ObjectRules, View},
    schemas::{
        Types,
        types::{Member, ObjectType, Type},
    },
};

impl Types<'_, '_> {
    pub(super) fn object(&self, rules: &ObjectRules, view: View) -> ObjectType {
        let mut found = ObjectType { others: self.others(rules, view), ..ObjectType::default() };
        self.prefixes(rules, view, &mut found);
        for property in &rules.properties {
            let of = self.of_shape(property.shape, view);
            if property.is_hidden(view) {
                found.untold.push(of);
                continue;
            }
            let (name, docs) = (property.name.to_owned(), Some(property.shape));
            found.add(Member { name, is_optional: true, of, docs });
        }
        for required in rules.required.iter().filter(|it| !it.is_hidden(view)) {
            let is_declared = rules.properties.iter().any(|it| it.name == required.name);
            // What no other keyword names is a member of the rest.
            let of = if is_declared { Type::Unknown } else { self.undeclared(rules, view) };
            let name = required.name.to_owned();
            found.add(Member { name, is_optional: false, of, docs: None });
        }
        found
    }

    fn undeclared(&self, rules: &ObjectRules, view: View) -> Type {
        let rest = rules.additional.filter(|_| rules.patterns.is_empty());
        rest.map_or(Type::Unknown, |it| self.of_shape(it, view))
    }

    /// The type of members that are not declared.
    fn others(&self, rules: &ObjectRules, view: View) -> Option<Box<Type>> {
        let rest = rules.additional.or(rules.unevaluated);
        let of = rest.map_or(Type::Unknown, |it| self.of_shape(it, view));
        // What joined schemas declare is looked at too: then the rest may have other types.
        let is_apart = rules.additional.is_none() && rules.unevaluated.is_some();
        if of == Type::Never {
            return None;
        }
        Some(Box::new(if is_apart { Type::Unknown } else { of }))
    }

    /// `patternProperties`: a template where the pattern is a plain prefix that no member has,
    /// else all names.
    fn prefixes(&self, rules: &ObjectRules, view: View, found: &mut ObjectType) {
        for (pattern, shape) in &rules.patterns {
            let is_free = |prefix: &&str| {
                let names = rules.properties.iter().map(|it| it.name);
                let names = names.chain(rules.required.iter().map(|it| it.name));
                !names.into_iter().any(|it| it.starts_with(prefix))
            };
            let of = self.of_shape(*shape, view);
            match pattern.plain_prefix().filter(is_free) {
                Some(prefix) => found.prefixes.push((prefix.to_owned(), of)),
                None => found.others = Some(Box::new(Type::Unknown)),
            }
        }
        // One prefix inside another would have to fit both.
        let nested = found.prefixes.iter().enumerate().any(|(idx, one)| {
            let others = found.prefixes.iter().enumerate().filter(|it| it.0 != idx);
            others.into_iter().any(|(_, other)| other.0.starts_with(&one.0))
        });
        if nested {
            found.prefixes.clear();
            found.others = Some(Box::new(Type::Unknown));
        }
    }

    /// Is every value of the unit an object, so that an interface can extend it?
    pub(super) fn is_object(&self, id: crate::model::UnitId) -> bool {
        self.unit_reach(id) == TypeSet::OBJECT
    }
}
