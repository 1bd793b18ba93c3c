//! The parts that schemas consist of, each kept once.
//!
//! A part is as small as one promise of one keyword: `properties` with three members is three
//! [`Schema::Property`]. So two revisions of an object share the parts that did not change, and a
//! question between them comes down to the few that did.

use hashbrown::HashTable;

use crate::{
    decimal::Decimal,
    inclusion::{
        constant::{Constant, ConstantId, Constants, TextId},
        hash_of,
        types::TypeSet,
    },
};

/// A part of [`Schemas`]: parts that are written alike have one id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub(crate) u32);

impl SchemaId {
    /// Takes every value.
    pub const TRUE: Self = Self(0);
    /// Takes no value.
    pub const FALSE: Self = Self(1);
}

/// A place in a contract whose meaning is looked up when a search comes to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferenceId(pub(crate) u32);

/// One part. As in JSON Schema, a keyword of one kind of values takes all values of other kinds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Schema {
    /// Takes every value.
    True,
    /// Takes no value.
    False,
    /// Values of these kinds.
    Types(TypeSet),
    /// These values, sorted.
    Constants(Box<[ConstantId]>),
    /// Numbers from here; above here if exclusive.
    Minimum(Decimal, bool),
    /// Numbers up to here; below here if exclusive.
    Maximum(Decimal, bool),
    /// Multiples of a positive number.
    MultipleOf(Decimal),
    /// Texts of so many code points or more.
    MinLength(u64),
    /// Texts of so many code points or fewer.
    MaxLength(u64),
    /// Texts in which an ECMA-262 pattern is found.
    Pattern(TextId),
    /// If the member is there, its value fits.
    Property(TextId, SchemaId),
    /// Members whose names have the pattern fit.
    PatternProperty(TextId, SchemaId),
    /// Members with none of these names and patterns fit.
    OtherProperties(Others, SchemaId),
    /// All names, as texts, fit.
    PropertyNames(SchemaId),
    /// The member is there.
    Required(TextId),
    /// So many members or more.
    MinProperties(u64),
    /// So many members or fewer.
    MaxProperties(u64),
    /// If there is an item at this index, it fits.
    Item(u64, SchemaId),
    /// Items from this index on fit.
    ItemsFrom(u64, SchemaId),
    /// So many items or more.
    MinItems(u64),
    /// So many items or fewer.
    MaxItems(u64),
    /// So many items fit, or more.
    AtLeast(u64, SchemaId),
    /// So many items fit, or fewer.
    AtMost(u64, SchemaId),
    /// No two items are equal.
    Unique,
    /// Values that do not fit.
    Not(SchemaId),
    /// Values that fit all.
    All(Box<[SchemaId]>),
    /// Values that fit one or more.
    Any(Box<[SchemaId]>),
    /// Values that fit exactly one.
    One(Box<[SchemaId]>),
    /// Values that fit the second if they fit the first, else the third.
    If(SchemaId, SchemaId, SchemaId),
    /// Values that fit the first, where the members that it did not look at fit the second.
    UnevaluatedProperties(SchemaId, SchemaId),
    /// Values that fit the first, where the items that it did not look at fit the second.
    UnevaluatedItems(SchemaId, SchemaId),
    /// Values without member names that only the second list declares at their position.
    Known(Box<[SchemaId]>, Box<[SchemaId]>),
    /// What another place of a contract says.
    Reference(ReferenceId),
    /// Something that is only equal to itself, such as the content of a file.
    Opaque(TextId),
}

impl Schema {
    /// The same part, made of other parts.
    pub(crate) fn with_parts(self, mut part: impl FnMut(SchemaId) -> SchemaId) -> Self {
        let mut list = |parts: Box<[SchemaId]>| parts.iter().map(|it| part(*it)).collect();
        match self {
            Self::All(parts) => Self::All(list(parts)),
            Self::Any(parts) => Self::Any(list(parts)),
            Self::One(parts) => Self::One(list(parts)),
            Self::Known(sending, receiving) => Self::Known(list(sending), list(receiving)),
            Self::Property(name, it) => Self::Property(name, part(it)),
            Self::PatternProperty(pattern, it) => Self::PatternProperty(pattern, part(it)),
            Self::OtherProperties(others, it) => Self::OtherProperties(others, part(it)),
            Self::PropertyNames(it) => Self::PropertyNames(part(it)),
            Self::Item(idx, it) => Self::Item(idx, part(it)),
            Self::ItemsFrom(idx, it) => Self::ItemsFrom(idx, part(it)),
            Self::AtLeast(count, it) => Self::AtLeast(count, part(it)),
            Self::AtMost(count, it) => Self::AtMost(count, part(it)),
            Self::Not(it) => Self::Not(part(it)),
            Self::If(condition, then, otherwise) => {
                Self::If(part(condition), part(then), part(otherwise))
            }
            Self::UnevaluatedProperties(within, rest) => {
                Self::UnevaluatedProperties(part(within), part(rest))
            }
            Self::UnevaluatedItems(within, rest) => {
                Self::UnevaluatedItems(part(within), part(rest))
            }
            leaf @ (Self::True
            | Self::False
            | Self::Types(_)
            | Self::Constants(_)
            | Self::Minimum(..)
            | Self::Maximum(..)
            | Self::MultipleOf(_)
            | Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Pattern(_)
            | Self::Required(_)
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::Unique
            | Self::Reference(_)
            | Self::Opaque(_)) => leaf,
        }
    }
}

/// The names that are not the others; both lists sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Others {
    /// Declared names.
    pub names: Box<[TextId]>,
    /// Declared patterns.
    pub patterns: Box<[TextId]>,
}

/// Kinds of which a part takes some value, and kinds of which it takes all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) some: TypeSet,
    pub(crate) all: TypeSet,
}

impl Reach {
    pub(crate) const UNKNOWN: Self = Self { some: TypeSet::ALL, all: TypeSet::NONE };

    fn of_kind(kind: TypeSet) -> Self {
        Self { some: TypeSet::ALL, all: !kind }
    }

    pub(crate) fn negated(self) -> Self {
        Self { some: !self.all, all: !self.some }
    }
}

/// An arena of parts, and the texts and values they mention.
pub struct Schemas {
    /// The texts and values.
    pub constants: Constants,
    /// Whether parts without a demand are kept, since somebody asks what they looked at.
    pub annotated: bool,
    nodes: Vec<Schema>,
    reaches: Vec<Reach>,
    known: HashTable<SchemaId>,
}

impl Default for Schemas {
    fn default() -> Self {
        let mut schemas = Self {
            constants: Constants::default(),
            annotated: false,
            nodes: Vec::new(),
            reaches: Vec::new(),
            known: HashTable::new(),
        };
        schemas.keep(Schema::True);
        schemas.keep(Schema::False);
        schemas
    }
}

impl Schemas {
    /// Keeps a part exactly as it is; the constructors below are what one usually wants.
    pub fn keep(&mut self, schema: Schema) -> SchemaId {
        let nodes = &self.nodes;
        let hash = hash_of(&schema);
        let same = |it: &SchemaId| nodes.get(it.0 as usize) == Some(&schema);
        if let Some(id) = self.known.find(hash, same) {
            return *id;
        }
        let id = SchemaId(u32::try_from(nodes.len()).unwrap_or(u32::MAX));
        self.reaches.push(self.reach_of(&schema));
        self.nodes.push(schema);
        let nodes = &self.nodes;
        self.known.insert_unique(hash, id, |it| nodes.get(it.0 as usize).map_or(0, hash_of));
        id
    }

    /// The part of an id.
    #[must_use]
    pub fn get(&self, id: SchemaId) -> &Schema {
        self.nodes.get(id.0 as usize).unwrap_or(&Schema::True)
    }

    pub(crate) fn reach(&self, id: SchemaId) -> Reach {
        self.reaches.get(id.0 as usize).copied().unwrap_or(Reach::UNKNOWN)
    }

    fn reach_of(&self, schema: &Schema) -> Reach {
        match schema {
            Schema::False => Reach { some: TypeSet::NONE, all: TypeSet::NONE },
            Schema::Types(types) => Reach { some: *types, all: *types },
            Schema::Constants(values) => self.reach_of_constants(values),
            Schema::Minimum(..) | Schema::Maximum(..) => Reach::of_kind(TypeSet::NUMBER),
            Schema::MultipleOf(step) => {
                // Every whole number is a multiple of 1, ½, ¼ …; no fraction is one of a whole number.
                let whole = if Decimal::one().is_multiple_of(step) {
                    TypeSet::INTEGER
                } else {
                    TypeSet::NONE
                };
                let some = if step.is_integer() { !TypeSet::FRACTION } else { TypeSet::ALL };
                Reach { some, all: !TypeSet::NUMBER | whole }
            }
            Schema::MinLength(_) | Schema::MaxLength(_) | Schema::Pattern(_) => {
                Reach::of_kind(TypeSet::STRING)
            }
            Schema::True
            | Schema::Property(_, SchemaId::TRUE)
            | Schema::PatternProperty(_, SchemaId::TRUE)
            | Schema::OtherProperties(_, SchemaId::TRUE)
            | Schema::Item(_, SchemaId::TRUE)
            | Schema::ItemsFrom(_, SchemaId::TRUE)
            | Schema::AtLeast(0, _) => Reach { some: TypeSet::ALL, all: TypeSet::ALL },
            Schema::Property(..)
            | Schema::PatternProperty(..)
            | Schema::OtherProperties(..)
            | Schema::PropertyNames(_)
            | Schema::Required(_)
            | Schema::MinProperties(_)
            | Schema::MaxProperties(_) => Reach::of_kind(TypeSet::OBJECT),
            Schema::Item(..)
            | Schema::ItemsFrom(..)
            | Schema::MinItems(_)
            | Schema::MaxItems(_)
            | Schema::AtLeast(..)
            | Schema::AtMost(..)
            | Schema::Unique => Reach::of_kind(TypeSet::ARRAY),
            Schema::Known(..) => Reach::of_kind(TypeSet::OBJECT | TypeSet::ARRAY),
            Schema::Not(part) => self.reach(*part).negated(),
            Schema::All(parts) => self.reach_of_all(parts),
            Schema::Any(parts) => self.reach_of_any(parts),
            Schema::One(parts) => Reach { some: self.reach_of_any(parts).some, all: TypeSet::NONE },
            Schema::If(condition, then, otherwise) => {
                let (condition, then, otherwise) =
                    (self.reach(*condition), self.reach(*then), self.reach(*otherwise));
                let some = (condition.some & then.some) | (!condition.all & otherwise.some);
                let all = (!condition.some | then.all) & (condition.all | otherwise.all);
                Reach { some, all }
            }
            Schema::UnevaluatedProperties(within, rest) => {
                self.reach_of_rest(*within, *rest, TypeSet::OBJECT)
            }
            Schema::UnevaluatedItems(within, rest) => {
                self.reach_of_rest(*within, *rest, TypeSet::ARRAY)
            }
            Schema::Reference(_) | Schema::Opaque(_) => Reach::UNKNOWN,
        }
    }

    fn reach_of_constants(&self, values: &[ConstantId]) -> Reach {
        let kinds = values.iter().map(|it| self.constants.kind(*it));
        let some = kinds.fold(TypeSet::NONE, |all, it| all | it);
        let has_null = values.iter().any(|it| *self.constants.get(*it) == Constant::Null);
        Reach { some, all: if has_null { TypeSet::NULL } else { TypeSet::NONE } }
    }

    fn reach_of_all(&self, parts: &[SchemaId]) -> Reach {
        let start = Reach { some: TypeSet::ALL, all: TypeSet::ALL };
        parts
            .iter()
            .map(|it| self.reach(*it))
            .fold(start, |sum, it| Reach { some: sum.some & it.some, all: sum.all & it.all })
    }

    fn reach_of_any(&self, parts: &[SchemaId]) -> Reach {
        let start = Reach { some: TypeSet::NONE, all: TypeSet::NONE };
        parts
            .iter()
            .map(|it| self.reach(*it))
            .fold(start, |sum, it| Reach { some: sum.some | it.some, all: sum.all | it.all })
    }

    fn reach_of_rest(&self, within: SchemaId, rest: SchemaId, kind: TypeSet) -> Reach {
        let reach = self.reach(within);
        let all = if rest == SchemaId::TRUE { reach.all } else { reach.all & !kind };
        Reach { some: reach.some, all }
    }
}
