//! The type of a shape. A type never claims more than the guard proves; what it cannot say, it
//! leaves to the guard.

use contracts::{NodeId, inclusion::TypeSet};

use crate::{
    model::{ArrayRules, Model, Shape, ShapeId, UnitId, View, can_have_brand},
    schemas::{
        reach::kind_of,
        types::{ObjectType, TupleType, Type},
    },
};

/// Makes types of one model.
#[derive(Clone, Copy)]
pub struct Types<'m, 'a> {
    model: &'m Model<'a>,
}

/// What is known about the value from around.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) view: View,
    /// It is of these kinds.
    pub(super) kinds: TypeSet,
}

impl<'m, 'a> Types<'m, 'a> {
    /// For a settled model.
    #[must_use]
    pub fn new(model: &'m Model<'a>) -> Self {
        Self { model }
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &'m Model<'a> {
        self.model
    }

    /// The type that a unit's name stands for.
    #[must_use]
    pub fn of_unit(&self, id: UnitId, view: View) -> Type {
        self.of(self.model.unit(id).shape, Known { view, kinds: TypeSet::ALL })
    }

    /// The type of a shape.
    #[must_use]
    pub fn of_shape(&self, id: ShapeId, view: View) -> Type {
        self.of(id, Known { view, kinds: TypeSet::ALL })
    }

    pub(super) fn of(&self, id: ShapeId, known: Known) -> Type {
        let shape = self.model.shape(id);
        match shape.constant {
            Some(false) => return Type::Never,
            Some(true) => return of_kinds(known.kinds),
            None => {}
        }
        let kinds = known.kinds & self.reach(id);
        if kinds.is_empty() {
            return Type::Never;
        }
        let known = Known { kinds, ..known };
        let others = self.composed(shape, known);
        // Kinds alone are told by the other parts too, if those take no other kinds.
        let told = others.iter().any(|it| kinds.covers(self.kinds_of(it)));
        let own = if told && !has_rules(shape) { Type::Unknown } else { self.own(shape, known) };
        let whole = Type::intersection(std::iter::once(own).chain(others));
        match self.model.brand(shape.node).filter(|_| can_have_brand(kinds)) {
            Some(brand) => whole.branded(brand),
            None => whole,
        }
    }

    /// The type that a shape has by its own keywords.
    fn own(&self, shape: &Shape, known: Known) -> Type {
        if !shape.values.is_empty() {
            return self.values(shape, known.kinds);
        }
        let mut parts = Vec::new();
        if !shape.suggested.is_empty() && known.kinds.meets(TypeSet::STRING) {
            parts.extend(shape.suggested.iter().map(|it| Type::Literal(*it)));
            parts.push(Type::AnyOtherString);
        }
        let is_suggesting = !parts.is_empty();
        let object = shape.object.as_deref().filter(|_| known.kinds.meets(TypeSet::OBJECT));
        let array = shape.array.as_deref().filter(|_| known.kinds.meets(TypeSet::ARRAY));
        let mut plain = known.kinds;
        if let Some(rules) = object {
            parts.push(Type::Object(self.object(rules, known.view)));
            plain = plain & !TypeSet::OBJECT;
        }
        if let Some(rules) = array {
            parts.push(self.array(rules, known.view));
            plain = plain & !TypeSet::ARRAY;
        }
        if is_suggesting {
            plain = plain & !TypeSet::STRING;
        }
        if plain == TypeSet::ALL {
            return Type::Unknown;
        }
        parts.extend(plain_kinds(plain));
        Type::union(parts)
    }

    /// The values that all lists of `enum` and `const` have, each once.
    pub(crate) fn common_values(&self, shape: &Shape) -> Vec<NodeId> {
        let store = self.model.store;
        let mut lists = shape.values.iter().map(|it| &it.1);
        let mut found: Vec<NodeId> = lists.next().cloned().unwrap_or_default();
        for list in lists {
            found.retain(|it| list.iter().any(|other| store.same(*it, *other)));
        }
        let mut classes = std::collections::BTreeSet::new();
        found.retain(|it| {
            shape.types.covers(kind_of(self, *it)) && classes.insert(store.class(*it))
        });
        found
    }

    fn values(&self, shape: &Shape, kinds: TypeSet) -> Type {
        let mut found = self.common_values(shape);
        found.retain(|it| kinds.covers(kind_of(self, *it)));
        let mut parts: Vec<Type> = found.into_iter().map(Type::Literal).collect();
        if shape.is_extensible && kinds.meets(TypeSet::STRING) {
            parts.push(Type::AnyOtherString);
        }
        Type::union(parts)
    }

    fn array(&self, rules: &ArrayRules, view: View) -> Type {
        let item = |id: ShapeId| self.of_shape(id, view);
        let min = usize::try_from(rules.min.unwrap_or(0)).unwrap_or(usize::MAX);
        let rest = rules.rest.map_or(Type::Unknown, item);
        if rules.prefix.is_empty() {
            if rest == Type::Never {
                let n_required = 0;
                return Type::Tuple(TupleType { items: Vec::new(), n_required, rest: None });
            }
            if !(1..=4).contains(&min) {
                return Type::Array(Box::new(rest));
            }
            let items = vec![rest.clone(); min];
            return Type::Tuple(TupleType { items, n_required: min, rest: Some(Box::new(rest)) });
        }
        let mut items: Vec<Type> = rules.prefix.iter().map(|it| item(*it)).collect();
        let max = rules.max.and_then(|it| usize::try_from(it).ok()).unwrap_or(usize::MAX);
        let has_rest = rest != Type::Never && max > items.len();
        items.truncate(max);
        let n_required = min.min(items.len());
        Type::Tuple(TupleType { items, n_required, rest: has_rest.then(|| Box::new(rest)) })
    }

    /// Kinds that a type may have, at most.
    fn kinds_of(&self, it: &Type) -> TypeSet {
        match it {
            Type::Never => TypeSet::NONE,
            Type::Unknown | Type::Own(_) | Type::Brand(_) => TypeSet::ALL,
            Type::Null => TypeSet::NULL,
            Type::Boolean => TypeSet::BOOLEAN,
            Type::Number => TypeSet::NUMBER,
            Type::String | Type::AnyOtherString | Type::Text(_) => TypeSet::STRING,
            Type::Literal(node) => kind_of(self, *node),
            Type::Named(id, _) => self.unit_reach(*id),
            Type::Array(_) | Type::Tuple(_) => TypeSet::ARRAY,
            Type::Object(_) => TypeSet::OBJECT,
            Type::Union(parts) => {
                parts.iter().fold(TypeSet::NONE, |sum, it| sum | self.kinds_of(it))
            }
            Type::Intersection(parts) => {
                parts.iter().fold(TypeSet::ALL, |sum, it| sum & self.kinds_of(it))
            }
        }
    }
}

/// Does a shape say more by its own keywords than which kinds it takes?
fn has_rules(shape: &Shape) -> bool {
    let has_values = !shape.values.is_empty() || !shape.suggested.is_empty();
    has_values || shape.object.is_some() || shape.array.is_some()
}

/// All values of some kinds.
pub(super) fn of_kinds(kinds: TypeSet) -> Type {
    if kinds == TypeSet::ALL { Type::Unknown } else { Type::union(plain_kinds(kinds)) }
}

fn plain_kinds(kinds: TypeSet) -> Vec<Type> {
    let mut found = Vec::new();
    if kinds.meets(TypeSet::OBJECT) {
        found.push(Type::Object(ObjectType::open()));
    }
    if kinds.meets(TypeSet::STRING) {
        found.push(Type::String);
    }
    if kinds.meets(TypeSet::NUMBER) {
        found.push(Type::Number);
    }
    if kinds.meets(TypeSet::BOOLEAN) {
        found.push(Type::Boolean);
    }
    if kinds.meets(TypeSet::ARRAY) {
        found.push(Type::Array(Box::new(Type::Unknown)));
    }
    if kinds.meets(TypeSet::NULL) {
        found.push(Type::Null);
    }
    found
}
