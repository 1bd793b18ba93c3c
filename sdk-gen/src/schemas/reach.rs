//! The kinds of values that a schema may take: what unions and intersections are narrowed by.

use contracts::{Kind, decimal::Decimal, inclusion::TypeSet};

use crate::{
    model::{Shape, ShapeId, UnitId},
    schemas::Types,
};

/// References in a row that are looked through.
const DEPTH: usize = 8;

impl Types<'_, '_> {
    /// No value of another kind fits the shape.
    pub(crate) fn reach(&self, id: ShapeId) -> TypeSet {
        self.reach_to(id, DEPTH)
    }

    /// No value of another kind fits the unit.
    pub(crate) fn unit_reach(&self, id: UnitId) -> TypeSet {
        self.reach_to(self.model().unit(id).shape, DEPTH)
    }

    fn reach_to(&self, id: ShapeId, depth: usize) -> TypeSet {
        let shape = self.model().shape(id);
        match shape.constant {
            Some(false) => return TypeSet::NONE,
            Some(true) => return TypeSet::ALL,
            None => {}
        }
        let mut kinds = shape.types & self.reach_of_values(shape);
        if depth == 0 {
            return kinds;
        }
        for unit in &shape.references {
            kinds = kinds & self.reach_to(self.model().unit(*unit).shape, depth - 1);
        }
        for part in &shape.all {
            kinds = kinds & self.reach_to(*part, depth - 1);
        }
        for list in [&shape.any, &shape.one] {
            let reaches = list.iter().map(|it| self.reach_to(*it, depth - 1));
            if !list.is_empty() {
                kinds = kinds & reaches.fold(TypeSet::NONE, |sum, it| sum | it);
            }
        }
        kinds
    }

    /// The kinds of the listed values.
    pub(crate) fn reach_of_values(&self, shape: &Shape) -> TypeSet {
        let mut kinds = TypeSet::ALL;
        for (_, values) in &shape.values {
            let all = values.iter().map(|it| kind_of(self, *it));
            kinds = kinds & all.fold(TypeSet::NONE, |sum, it| sum | it);
        }
        if shape.is_extensible && !shape.values.is_empty() {
            kinds = kinds | (TypeSet::STRING & shape.types);
        }
        kinds
    }
}

/// The kind of one value.
pub(super) fn kind_of(types: &Types, node: contracts::NodeId) -> TypeSet {
    let store = types.model().store;
    match store.kind(node) {
        Kind::Null => TypeSet::NULL,
        Kind::Bool => TypeSet::BOOLEAN,
        Kind::String => TypeSet::STRING,
        Kind::Array => TypeSet::ARRAY,
        Kind::Object => TypeSet::OBJECT,
        Kind::Number => {
            let number = store.as_number(node).and_then(Decimal::parse);
            let is_whole = number.is_none_or(|it| it.is_integer());
            if is_whole { TypeSet::INTEGER } else { TypeSet::FRACTION }
        }
    }
}
