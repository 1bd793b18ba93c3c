//! What is certain about an object, sorted by the names of its members.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use crate::inclusion::{
    constant::{Constant, TextId},
    engine::{Inclusion, Reason},
    schema::{Others, Schema, SchemaId},
    search::{Literal, state::State},
};

/// Some member has to have this.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) names: Names,
    pub(super) value: Option<Literal>,
}

/// Which names are meant.
#[derive(Debug, Clone)]
pub(super) enum Names {
    /// Those that have a pattern.
    Pattern(TextId),
    /// Those that are none of the others.
    Others(Others),
    /// Those that do not fit.
    Unfit(SchemaId),
}

/// An object that is sought.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// What is said of single names, sorted.
    pub(super) by_name: Vec<(TextId, Literal)>,
    pub(super) by_pattern: Vec<(TextId, SchemaId)>,
    pub(super) by_others: Vec<(Others, SchemaId)>,
    pub(super) names: Vec<SchemaId>,
    /// Sorted.
    pub(super) required: Vec<TextId>,
    pub(super) wanted: Vec<Wanted>,
    pub(super) min: u64,
    pub(super) max: Option<u64>,
    /// All patterns that tell names apart, sorted.
    pub(super) patterns: Vec<TextId>,
    /// All names that are mentioned, sorted.
    pub(super) mentioned: Vec<TextId>,
}

/// A name that may be there, with what its value has to fit; `None` if it may not be there.
pub(super) type Demand = Option<Vec<Literal>>;

impl Inclusion<'_> {
    pub(super) fn members_of(&mut self, state: &State) -> Members {
        let mut members = Members::default();
        for leaf in &state.leaves {
            let part = self.lowering.schemas.get(leaf.schema());
            if leaf.is_positive() { members.demand(part) } else { members.refuse(part) }
        }
        members.sort();
        members
    }

    /// What a member with a mentioned name has to fit.
    pub(super) fn demand_of(&mut self, members: &Members, name: TextId) -> Result<Demand, Reason> {
        let mut literals = members.said_of(name);
        for (pattern, schema) in &members.by_pattern {
            if self.name_matches(*pattern, name)? {
                literals.push(Literal::fits(*schema));
            }
        }
        for (others, schema) in &members.by_others {
            if self.is_other(others, name)? {
                literals.push(Literal::fits(*schema));
            }
        }
        for schema in &members.names {
            let text = self.lowering.schemas.constants.keep(Constant::Text(name));
            match self.fits(*schema, text) {
                Some(true) => {}
                Some(false) => return Ok(None),
                None => return Err(Reason::Unconfirmed),
            }
        }
        let refused = literals.contains(&Literal::fits(SchemaId::FALSE));
        Ok((!refused).then_some(literals))
    }

    /// Is a mentioned name one of those that are meant?
    pub(super) fn is_meant(&mut self, names: &Names, name: TextId) -> Result<bool, Reason> {
        match names {
            Names::Pattern(pattern) => self.name_matches(*pattern, name),
            Names::Others(others) => self.is_other(others, name),
            Names::Unfit(schema) => {
                let text = self.lowering.schemas.constants.keep(Constant::Text(name));
                self.fits(*schema, text).map(|it| !it).ok_or(Reason::Unconfirmed)
            }
        }
    }
}

impl Members {
    /// What is said of one name by itself.
    fn said_of(&self, name: TextId) -> Vec<Literal> {
        let start = self.by_name.partition_point(|it| it.0 < name);
        let said = self.by_name.get(start..).unwrap_or_default().iter();
        said.take_while(|it| it.0 == name).map(|it| it.1).collect()
    }

    fn sort(&mut self) {
        self.by_name.sort_unstable();
        self.required.sort_unstable();
        self.required.dedup();
        let mut mentioned: Vec<_> = self.by_name.iter().map(|it| it.0).collect();
        mentioned.extend_from_slice(&self.required);
        let mut patterns: Vec<_> = self.by_pattern.iter().map(|it| it.0).collect();
        let wanted = self.wanted.iter().filter_map(|it| match &it.names {
            Names::Others(others) => Some(others),
            Names::Pattern(_) | Names::Unfit(_) => None,
        });
        for others in self.by_others.iter().map(|it| &it.0).chain(wanted) {
            mentioned.extend_from_slice(&others.names);
            patterns.extend_from_slice(&others.patterns);
        }
        patterns.extend(self.wanted.iter().filter_map(|it| match it.names {
            Names::Pattern(pattern) => Some(pattern),
            Names::Others(_) | Names::Unfit(_) => None,
        }));
        for list in [&mut mentioned, &mut patterns] {
            list.sort_unstable();
            list.dedup();
        }
        self.mentioned = mentioned;
        self.patterns = patterns;
    }

    fn demand(&mut self, part: &Schema) {
        match part {
            Schema::Property(name, schema) => {
                self.by_name.push((*name, Literal::fits(*schema)));
            }
            Schema::PatternProperty(pattern, schema) => self.by_pattern.push((*pattern, *schema)),
            Schema::OtherProperties(others, schema) => {
                self.by_others.push((others.clone(), *schema));
            }
            Schema::PropertyNames(schema) => self.names.push(*schema),
            Schema::Required(name) => {
                self.required.push(*name);
            }
            Schema::MinProperties(min) => self.min = self.min.max(*min),
            Schema::MaxProperties(max) => self.lower_max(*max),
            _ => {}
        }
    }

    fn refuse(&mut self, part: &Schema) {
        match part {
            Schema::Property(name, schema) => {
                self.required.push(*name);
                self.by_name.push((*name, Literal::fits_not(*schema)));
            }
            Schema::PatternProperty(pattern, schema) => self.wanted.push(Wanted {
                names: Names::Pattern(*pattern),
                value: Some(Literal::fits_not(*schema)),
            }),
            Schema::OtherProperties(others, schema) => self.wanted.push(Wanted {
                names: Names::Others(others.clone()),
                value: Some(Literal::fits_not(*schema)),
            }),
            Schema::PropertyNames(schema) => {
                self.wanted.push(Wanted { names: Names::Unfit(*schema), value: None });
            }
            Schema::Required(name) => {
                self.by_name.push((*name, Literal::fits(SchemaId::FALSE)));
            }
            Schema::MinProperties(0) => self.max = Some(0).filter(|_| self.min == 0),
            Schema::MinProperties(min) => self.lower_max(min - 1),
            Schema::MaxProperties(max) => self.min = self.min.max(max.saturating_add(1)),
            _ => {}
        }
    }

    fn lower_max(&mut self, max: u64) {
        self.max = Some(self.max.map_or(max, |it| it.min(max)));
    }
}
