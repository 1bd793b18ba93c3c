//! `x-brand`: texts and numbers that only a constructor makes, which checks them.

use std::{collections::BTreeMap, sync::Arc};

use contracts::{Dialect, Kind, NodeId, inclusion::TypeSet};

use crate::{
    model::{Model, Origin, ShapeId, Step, UnitId},
    names::{Name, Role, Wish, spoken},
    notes::NoteCode,
};

/// Are all values of these kinds texts and numbers, which can have a brand, or `null`?
pub(crate) fn can_have_brand(kinds: TypeSet) -> bool {
    (TypeSet::STRING | TypeSet::NUMBER | TypeSet::NULL).covers(kinds)
}

impl Model<'_> {
    /// The brand of a schema, as it stands in the contract.
    #[must_use]
    pub(crate) fn brand(&self, schema: NodeId) -> Option<NodeId> {
        let brand = self.store.get(schema, "x-brand").filter(|_| self.may_brand)?;
        let is_text = self.store.kind(brand) == Kind::String;
        let dialect = Dialect::of_contract(self.store, self.contract);
        let is_sibling = self.store.get(schema, "$ref").is_some();
        if is_sibling && !dialect.reads_siblings_of_references() {
            return None;
        }
        self.store.as_str(brand).filter(|it| is_text && !it.is_empty()).map(|_| brand)
    }

    /// The constructor that lives with the guard of a unit.
    #[must_use]
    pub(crate) fn constructor(&self, unit: UnitId) -> Option<&Name> {
        self.brands.get(&unit)
    }

    /// Settles all names, those of constructors among them.
    pub(super) fn settle_brands(&mut self) {
        let brands = if self.may_brand { self.makers() } else { BTreeMap::new() };
        let owner = |brand: &str| -> Arc<str> { format!("brand {brand}").into() };
        for brand in brands.keys() {
            let contract = spoken(brand, Role::Function);
            let role = Role::Function;
            self.names.wish(Wish { owner: owner(brand), contract, given: None, role });
        }
        self.settle_names();
        for (brand, unit) in brands {
            if let Some(name) = self.names.get(&owner(&brand)) {
                self.brands.insert(unit, name.clone());
            }
        }
    }

    /// For each brand the schema that says what may have it: a component, else the first one.
    fn makers(&mut self) -> BTreeMap<String, UnitId> {
        let mut found: BTreeMap<String, (bool, ShapeId)> = BTreeMap::new();
        for idx in 0..self.shapes.len() {
            let id = ShapeId(u32::try_from(idx).unwrap_or(u32::MAX));
            let shape = self.shape(id);
            let Some(brand) = self.brand(shape.node) else { continue };
            let is_whole = shape.step == Step::Root;
            let is_component = is_whole && self.unit(shape.unit).is_listed();
            let brand = self.store.as_str(brand).unwrap_or_default().to_owned();
            if !self.may_have_brand(id) {
                let at = self.located(id);
                let message = format!("`x-brand` is for texts and numbers: `{brand}` is neither");
                self.note(NoteCode::SchemaInvalid, &at, message);
                continue;
            }
            let best = found.entry(brand).or_insert((is_component, id));
            if is_component && !best.0 {
                *best = (true, id);
            }
        }
        let makers = found.into_iter().map(|(brand, (_, id))| {
            let unit = self.maker(id, &brand);
            (brand, unit)
        });
        let makers = makers.collect();
        self.work();
        makers
    }

    fn may_have_brand(&self, id: ShapeId) -> bool {
        let shape = self.shape(id);
        // Only what other schemas say is not known here: they are looked at when types are made.
        shape.types == TypeSet::ALL || can_have_brand(shape.types)
    }

    /// The unit of a branded schema: one with a name and a guard.
    fn maker(&mut self, id: ShapeId, brand: &str) -> UnitId {
        let shape = self.shape(id);
        if shape.step == Step::Root && self.unit(shape.unit).origin == Origin::Component {
            return shape.unit;
        }
        let at = self.located(id);
        let unit = self.unit_at(&at, Origin::Referred, brand);
        if let Some(it) = self.units.get_mut(unit.0 as usize) {
            it.origin = Origin::Referred;
            brand.clone_into(&mut it.contract_name);
            it.types.clear();
            it.guards.clear();
        }
        unit
    }
}
