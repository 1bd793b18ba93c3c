//! Constructors of schema parts: what is the same by a look is kept as one part.
//!
//! Where a schema asks for what others looked at (`unevaluated…`), parts that take every value are
//! kept too: they look at members without a demand.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use serde_json::Value;

use crate::{
    decimal::Decimal,
    inclusion::{
        constant::{ConstantId, TextId},
        schema::{Others, Schema, SchemaId, Schemas},
        types::TypeSet,
    },
};

impl Schemas {
    /// Keeps a text.
    pub fn text(&mut self, text: &str) -> TextId {
        self.constants.text(text)
    }

    /// Values of these kinds.
    pub fn types(&mut self, types: TypeSet) -> SchemaId {
        match types {
            TypeSet::ALL => SchemaId::TRUE,
            TypeSet::NONE => SchemaId::FALSE,
            _ => self.keep(Schema::Types(types)),
        }
    }

    /// These values.
    pub fn constants(&mut self, mut values: Vec<ConstantId>) -> SchemaId {
        values.sort_unstable();
        values.dedup();
        if values.is_empty() {
            return SchemaId::FALSE;
        }
        self.keep(Schema::Constants(values.into()))
    }

    /// This value.
    pub fn constant(&mut self, value: &Value) -> SchemaId {
        let id = self.constants.value(value);
        self.constants(vec![id])
    }

    /// Values that fit all.
    pub fn all(&mut self, parts: impl IntoIterator<Item = SchemaId>) -> SchemaId {
        let mut flat = Vec::new();
        for part in parts {
            match self.get(part) {
                Schema::True => {}
                Schema::All(inner) => flat.extend_from_slice(inner),
                _ => flat.push(part),
            }
        }
        let mut types = TypeSet::ALL;
        flat.retain(|it| match self.get(*it) {
            Schema::Types(said) => {
                types = types & *said;
                false
            }
            _ => true,
        });
        let reach = flat.iter().fold(types, |sum, it| sum & self.reach(*it).some);
        let is_told = flat.iter().any(|it| types.covers(self.reach(*it).some));
        if !is_told && types != TypeSet::ALL {
            let types = self.types(types);
            flat.push(types);
        }
        flat.sort_unstable();
        flat.dedup();
        if reach.is_empty() || flat.contains(&SchemaId::FALSE) || self.contradicts(&flat) {
            return SchemaId::FALSE;
        }
        match flat.as_slice() {
            [] => SchemaId::TRUE,
            [part] => *part,
            _ => self.keep(Schema::All(flat.into())),
        }
    }

    /// Values that fit one or more.
    pub fn any(&mut self, parts: impl IntoIterator<Item = SchemaId>) -> SchemaId {
        let mut flat = Vec::new();
        for part in parts {
            match self.get(part) {
                Schema::False => {}
                Schema::Any(inner) => flat.extend_from_slice(inner),
                _ => flat.push(part),
            }
        }
        flat.sort_unstable();
        flat.dedup();
        let covered = flat.iter().fold(TypeSet::NONE, |sum, it| sum | self.reach(*it).all);
        if !self.annotated && (covered == TypeSet::ALL || self.contradicts(&flat)) {
            return SchemaId::TRUE;
        }
        match flat.as_slice() {
            [] => SchemaId::FALSE,
            [part] => *part,
            _ => self.keep(Schema::Any(flat.into())),
        }
    }

    /// Is some part the negation of another?
    fn contradicts(&self, parts: &[SchemaId]) -> bool {
        parts.iter().any(|it| match self.get(*it) {
            Schema::Not(inner) => parts.binary_search(inner).is_ok(),
            _ => false,
        })
    }

    /// Values that fit exactly one.
    pub fn one(&mut self, parts: impl IntoIterator<Item = SchemaId>) -> SchemaId {
        let mut parts: Vec<_> = parts.into_iter().filter(|it| *it != SchemaId::FALSE).collect();
        parts.sort_unstable();
        match parts.as_slice() {
            [] => SchemaId::FALSE,
            [part] => *part,
            _ if self.kinds_are_disjoint(&parts) => self.any(parts),
            _ => self.keep(Schema::One(parts.into())),
        }
    }

    fn kinds_are_disjoint(&self, parts: &[SchemaId]) -> bool {
        let mut seen = TypeSet::NONE;
        parts.iter().map(|it| self.reach(*it).some).all(|some| {
            let free = !seen.meets(some);
            seen = seen | some;
            free
        })
    }

    /// Values that do not fit.
    pub fn not(&mut self, part: SchemaId) -> SchemaId {
        match *self.get(part) {
            Schema::True => SchemaId::FALSE,
            Schema::False => SchemaId::TRUE,
            Schema::Not(inner) if !self.annotated => inner,
            Schema::Types(types) => self.types(!types),
            _ => self.keep(Schema::Not(part)),
        }
    }

    /// Values that fit `then` if they fit `condition`, else `otherwise`.
    pub fn if_then_else(
        &mut self,
        condition: SchemaId,
        then: SchemaId,
        otherwise: SchemaId,
    ) -> SchemaId {
        let idle = then == SchemaId::TRUE && otherwise == SchemaId::TRUE && !self.annotated;
        if condition == SchemaId::TRUE || idle {
            return then;
        }
        if condition == SchemaId::FALSE {
            return otherwise;
        }
        self.keep(Schema::If(condition, then, otherwise))
    }

    /// Numbers from here; above here if exclusive.
    pub fn minimum(&mut self, bound: Decimal, exclusive: bool) -> SchemaId {
        self.keep(Schema::Minimum(bound, exclusive))
    }

    /// Numbers up to here; below here if exclusive.
    pub fn maximum(&mut self, bound: Decimal, exclusive: bool) -> SchemaId {
        self.keep(Schema::Maximum(bound, exclusive))
    }

    /// Multiples of a positive number.
    pub fn multiple_of(&mut self, step: Decimal) -> SchemaId {
        if step == Decimal::one() {
            return self.types(!TypeSet::FRACTION);
        }
        self.keep(Schema::MultipleOf(step))
    }

    /// Texts of so many code points.
    pub fn length(&mut self, min: u64, max: Option<u64>) -> SchemaId {
        let min = if min == 0 { SchemaId::TRUE } else { self.keep(Schema::MinLength(min)) };
        let max = max.filter(|it| *it < u64::MAX);
        let max = max.map_or(SchemaId::TRUE, |it| self.keep(Schema::MaxLength(it)));
        self.all([min, max])
    }

    /// Texts in which the pattern is found.
    pub fn pattern(&mut self, pattern: &str) -> SchemaId {
        let pattern = self.text(pattern);
        self.keep(Schema::Pattern(pattern))
    }

    /// If the member is there, its value fits.
    pub fn property(&mut self, name: &str, schema: SchemaId) -> SchemaId {
        let name = self.text(name);
        self.property_of(name, schema)
    }

    /// Kept without a demand too: that a name is declared matters by itself.
    pub(crate) fn property_of(&mut self, name: TextId, schema: SchemaId) -> SchemaId {
        self.keep(Schema::Property(name, schema))
    }

    /// Members whose names have the pattern fit.
    pub fn pattern_property(&mut self, pattern: &str, schema: SchemaId) -> SchemaId {
        let pattern = self.text(pattern);
        if schema == SchemaId::TRUE && !self.annotated {
            return schema;
        }
        self.keep(Schema::PatternProperty(pattern, schema))
    }

    /// Members with none of these names and patterns fit.
    pub fn other_properties(
        &mut self,
        mut names: Vec<TextId>,
        mut patterns: Vec<TextId>,
        schema: SchemaId,
    ) -> SchemaId {
        if schema == SchemaId::TRUE && !self.annotated {
            return schema;
        }
        for list in [&mut names, &mut patterns] {
            list.sort_unstable();
            list.dedup();
        }
        let others = Others { names: names.into(), patterns: patterns.into() };
        self.keep(Schema::OtherProperties(others, schema))
    }

    /// All names, as texts, fit.
    pub fn property_names(&mut self, schema: SchemaId) -> SchemaId {
        if self.reach(schema).all.covers(TypeSet::STRING) {
            return SchemaId::TRUE;
        }
        self.keep(Schema::PropertyNames(schema))
    }

    /// The member is there.
    pub fn required(&mut self, name: &str) -> SchemaId {
        let name = self.text(name);
        self.keep(Schema::Required(name))
    }

    /// An object that has the member: unlike [`Schemas::required`], no value of another kind fits.
    pub fn having(&mut self, name: &str) -> SchemaId {
        let required = self.required(name);
        let object = self.types(TypeSet::OBJECT);
        self.all([object, required])
    }

    /// So many members.
    pub fn property_count(&mut self, min: u64, max: Option<u64>) -> SchemaId {
        let min = if min == 0 { SchemaId::TRUE } else { self.keep(Schema::MinProperties(min)) };
        let max = max.filter(|it| *it < u64::MAX);
        let max = max.map_or(SchemaId::TRUE, |it| self.keep(Schema::MaxProperties(it)));
        self.all([min, max])
    }

    /// All items fit.
    pub fn items(&mut self, schema: SchemaId) -> SchemaId {
        self.items_from(0, schema)
    }

    /// If there is an item at this index, it fits.
    pub fn item(&mut self, idx: u64, schema: SchemaId) -> SchemaId {
        if schema == SchemaId::TRUE && !self.annotated {
            return schema;
        }
        self.keep(Schema::Item(idx, schema))
    }

    /// Items from this index on fit.
    pub fn items_from(&mut self, idx: u64, schema: SchemaId) -> SchemaId {
        match schema {
            SchemaId::TRUE if !self.annotated => schema,
            SchemaId::FALSE => self.item_count(0, Some(idx)),
            _ => self.keep(Schema::ItemsFrom(idx, schema)),
        }
    }

    /// So many items.
    pub fn item_count(&mut self, min: u64, max: Option<u64>) -> SchemaId {
        let min = if min == 0 { SchemaId::TRUE } else { self.keep(Schema::MinItems(min)) };
        let max = max.filter(|it| *it < u64::MAX);
        let max = max.map_or(SchemaId::TRUE, |it| self.keep(Schema::MaxItems(it)));
        self.all([min, max])
    }

    /// So many items fit.
    pub fn contains(&mut self, schema: SchemaId, min: u64, max: Option<u64>) -> SchemaId {
        let idle = min == 0 && !self.annotated;
        let min = if idle { SchemaId::TRUE } else { self.keep(Schema::AtLeast(min, schema)) };
        let max = max.filter(|it| *it < u64::MAX);
        let max = max.map_or(SchemaId::TRUE, |it| self.keep(Schema::AtMost(it, schema)));
        self.all([min, max])
    }

    /// No two items are equal.
    pub fn unique(&mut self) -> SchemaId {
        self.keep(Schema::Unique)
    }

    /// Values that do not use member names which only the schemas of `receiving` declare.
    pub fn known(&mut self, mut sending: Vec<SchemaId>, mut receiving: Vec<SchemaId>) -> SchemaId {
        for list in [&mut sending, &mut receiving] {
            list.sort_unstable();
            list.dedup();
            list.retain(|it| *it != SchemaId::TRUE);
        }
        if receiving.iter().all(|it| sending.binary_search(it).is_ok()) {
            return SchemaId::TRUE;
        }
        self.keep(Schema::Known(sending.into(), receiving.into()))
    }
}
