//! TypeScript types as values that can be joined and compared.

use contracts::NodeId;

use crate::model::{ShapeId, UnitId, View};

/// A type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// `never`
    Never,
    /// `unknown`
    Unknown,
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `number`
    Number,
    /// `string`
    String,
    /// Any text, beside literals that editors are to suggest.
    AnyOtherString,
    /// One value of the contract.
    Literal(NodeId),
    /// A text that the contract implies, such as the tag of a variant.
    Text(String),
    /// What only a constructor makes: the name is the contract's.
    Brand(NodeId),
    /// Words of the generator, such as `Blob`.
    Own(&'static str),
    /// A named type.
    Named(UnitId, View),
    /// `T[]`
    Array(Box<Type>),
    /// `[A, B?, ...C[]]`
    Tuple(TupleType),
    /// `{ … }`
    Object(ObjectType),
    /// `A | B`
    Union(Vec<Type>),
    /// `A & B`
    Intersection(Vec<Type>),
}

/// A tuple.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TupleType {
    /// The first items.
    pub items: Vec<Type>,
    /// How many of them have to be there.
    pub n_required: usize,
    /// What may follow.
    pub rest: Option<Box<Type>>,
}

/// An object type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ObjectType {
    /// The members by name, each once.
    pub members: Vec<Member>,
    /// Members whose names start with a text.
    pub prefixes: Vec<(String, Type)>,
    /// All other members; `None` if there are none.
    pub others: Option<Box<Type>>,
    /// Types of members that are there but not told.
    pub untold: Vec<Type>,
}

/// A member of an object type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Its name in the contract.
    pub name: String,
    /// May it be left out?
    pub is_optional: bool,
    /// Its type.
    pub of: Type,
    /// The schema that documents it.
    pub docs: Option<ShapeId>,
}

impl Type {
    /// The same with a brand on every text and number.
    #[must_use]
    pub(super) fn branded(self, brand: NodeId) -> Self {
        match self {
            Self::Union(parts) => Self::union(parts.into_iter().map(|it| it.branded(brand))),
            Self::Number
            | Self::String
            | Self::AnyOtherString
            | Self::Literal(_)
            | Self::Text(_)
            | Self::Named(..)
            | Self::Intersection(_) => Self::intersection([self, Self::Brand(brand)]),
            Self::Never
            | Self::Unknown
            | Self::Null
            | Self::Boolean
            | Self::Brand(_)
            | Self::Own(_)
            | Self::Array(_)
            | Self::Tuple(_)
            | Self::Object(_) => self,
        }
    }

    /// One of these.
    #[must_use]
    pub fn union(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            if let Self::Union(inner) = part {
                flat.extend(inner);
            } else if part != Self::Never {
                flat.push(part);
            }
        }
        if flat.contains(&Self::Unknown) {
            return Self::Unknown;
        }
        let mut seen = std::collections::BTreeSet::new();
        flat.retain(|it| seen.insert(it.clone()));
        match flat.len() {
            0 => Self::Never,
            1 => flat.remove(0),
            _ => Self::Union(flat),
        }
    }

    /// All of these at once.
    #[must_use]
    pub fn intersection(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat: Vec<Self> = Vec::new();
        for part in parts {
            if let Self::Intersection(inner) = part {
                join_all(&mut flat, inner);
            } else if part != Self::Unknown {
                join(&mut flat, part);
            }
        }
        if flat.contains(&Self::Never) {
            return Self::Never;
        }
        match flat.len() {
            0 => Self::Unknown,
            1 => flat.remove(0),
            _ => Self::Intersection(flat),
        }
    }
}

fn join_all(flat: &mut Vec<Type>, parts: Vec<Type>) {
    for part in parts {
        join(flat, part);
    }
}

/// Adds a part to an intersection; objects become one object.
fn join(flat: &mut Vec<Type>, part: Type) {
    if flat.contains(&part) {
        return;
    }
    if let Type::Object(new) = part {
        for it in flat.iter_mut() {
            if let Type::Object(known) = it {
                known.merge(new);
                return;
            }
        }
        flat.push(Type::Object(new));
        return;
    }
    flat.push(part);
}

impl ObjectType {
    /// Takes every object.
    #[must_use]
    pub fn open() -> Self {
        Self { others: Some(Box::new(Type::Unknown)), ..Self::default() }
    }

    /// Adds a member, or narrows the one of that name.
    pub fn add(&mut self, member: Member) {
        let Some(known) = self.members.iter_mut().find(|it| it.name == member.name) else {
            self.members.push(member);
            return;
        };
        let of = std::mem::replace(&mut known.of, Type::Unknown);
        known.of = Type::intersection([of, member.of]);
        known.is_optional &= member.is_optional;
        known.docs = known.docs.or(member.docs);
    }

    /// Both at once: a closed part closes the whole.
    fn merge(&mut self, other: Self) {
        other.members.into_iter().for_each(|it| self.add(it));
        self.prefixes.extend(other.prefixes);
        self.untold.extend(other.untold);
        self.others = match (self.others.take(), other.others) {
            (Some(one), Some(other)) => Some(Box::new(Type::intersection([*one, *other]))),
            _ => None,
        };
    }

    /// Has it nothing but an index signature?
    #[must_use]
    pub fn is_map(&self) -> bool {
        self.members.is_empty() && self.prefixes.is_empty() && self.others.is_some()
    }
}
