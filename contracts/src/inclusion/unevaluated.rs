//! `unevaluatedProperties` and `unevaluatedItems`, written out: for each case of what was looked
//! at, the rest has to fit.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use std::collections::BTreeSet;

use crate::inclusion::{
    constant::TextId,
    engine::{Inclusion, Reason},
    schema::{Schema, SchemaId},
    search::Literal,
};

/// More cases than these are not written out.
const MAX_CASES: usize = 128;

/// What was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Looked {
    names: BTreeSet<TextId>,
    patterns: BTreeSet<TextId>,
    all_members: bool,
    /// Items before this index.
    n_items: u64,
    all_items: bool,
    /// Items that fit one of these.
    containing: BTreeSet<SchemaId>,
}

/// One way in which a schema can hold.
#[derive(Debug, Clone, Default)]
struct Case {
    holding: Vec<Literal>,
    looked: Looked,
}

impl Inclusion<'_> {
    pub(super) fn expand_properties(
        &mut self,
        within: SchemaId,
        rest: SchemaId,
    ) -> Result<SchemaId, Reason> {
        let cases = self.cases(within, 0)?;
        let cases = cases.into_iter().map(|case| {
            let looked = case.looked;
            let rest = if looked.all_members {
                SchemaId::TRUE
            } else {
                let patterns = looked.patterns.into_iter().collect();
                let names = looked.names.into_iter().collect();
                self.lowering.schemas.other_properties(names, patterns, rest)
            };
            (case.holding, rest)
        });
        let cases: Vec<_> = cases.collect();
        Ok(self.joined_cases(cases))
    }

    pub(super) fn expand_items(
        &mut self,
        within: SchemaId,
        rest: SchemaId,
    ) -> Result<SchemaId, Reason> {
        let mut cases = Vec::new();
        for case in self.cases(within, 0)? {
            let looked = case.looked;
            let rest = if looked.all_items {
                SchemaId::TRUE
            } else {
                let fitting =
                    self.lowering.schemas.any(looked.containing.into_iter().chain([rest]));
                self.lowering.schemas.items_from(looked.n_items, fitting)
            };
            cases.push((case.holding, rest));
        }
        Ok(self.joined_cases(cases))
    }

    fn joined_cases(&mut self, cases: Vec<(Vec<Literal>, SchemaId)>) -> SchemaId {
        let schemas = &mut self.lowering.schemas;
        let mut branches = Vec::new();
        for (holding, rest) in cases {
            let holding = holding.into_iter().map(|it| schemas.of_literal(it));
            let parts: Vec<_> = holding.chain([rest]).collect();
            branches.push(schemas.all(parts));
        }
        schemas.any(branches)
    }

    /// The ways in which a schema can hold, with what each looks at.
    fn cases(&mut self, schema: SchemaId, depth: u32) -> Result<Vec<Case>, Reason> {
        if depth > 100 {
            return Err(Reason::Budget("depth"));
        }
        let plain = |looked: Looked| Case { holding: vec![Literal::fits(schema)], looked };
        let cases = match self.lowering.schemas.get(schema).clone() {
            Schema::Property(name, _) => {
                vec![plain(Looked { names: [name].into(), ..Looked::default() })]
            }
            Schema::PatternProperty(pattern, _) => {
                vec![plain(Looked { patterns: [pattern].into(), ..Looked::default() })]
            }
            Schema::OtherProperties(..) => {
                vec![plain(Looked { all_members: true, ..Looked::default() })]
            }
            Schema::UnevaluatedProperties(within, _) => {
                let looked = Looked { all_members: true, ..Looked::default() };
                return self.with(schema, within, &looked, depth);
            }
            Schema::UnevaluatedItems(within, _) => {
                let looked = Looked { all_items: true, ..Looked::default() };
                return self.with(schema, within, &looked, depth);
            }
            Schema::Item(idx, _) => {
                vec![plain(Looked { n_items: idx.saturating_add(1), ..Looked::default() })]
            }
            Schema::ItemsFrom(..) => vec![plain(Looked { all_items: true, ..Looked::default() })],
            Schema::AtLeast(_, inner) | Schema::AtMost(_, inner) => {
                vec![plain(Looked { containing: [inner].into(), ..Looked::default() })]
            }
            Schema::All(parts) => self.cases_of_all(&parts, depth)?,
            Schema::Any(parts) => self.cases_of_any(&parts, depth)?,
            Schema::One(parts) => self.cases_of_one(&parts, depth)?,
            Schema::If(condition, then, otherwise) => {
                let then = self.lowering.schemas.keep(Schema::All([condition, then].into()));
                let mut cases = self.cases(then, depth + 1)?;
                let mut denied = self.cases(otherwise, depth + 1)?;
                for case in &mut denied {
                    case.holding.push(Literal::fits_not(condition));
                }
                cases.extend(denied);
                cases
            }
            Schema::Reference(id) => {
                let target = self.lowering.target(id);
                self.cases(target, depth + 1)?
            }
            _ => vec![plain(Looked::default())],
        };
        bounded(cases)
    }

    /// All cases of what is within, which in addition looked at the rest.
    fn with(
        &mut self,
        schema: SchemaId,
        within: SchemaId,
        looked: &Looked,
        depth: u32,
    ) -> Result<Vec<Case>, Reason> {
        let mut cases = self.cases(within, depth + 1)?;
        for case in &mut cases {
            case.holding.push(Literal::fits(schema));
            case.looked = case.looked.and(looked);
        }
        Ok(cases)
    }

    fn cases_of_all(&mut self, parts: &[SchemaId], depth: u32) -> Result<Vec<Case>, Reason> {
        let mut sum = vec![Case::default()];
        for part in parts {
            let cases = self.cases(*part, depth + 1)?;
            sum = product(&sum, &cases)?;
        }
        Ok(sum)
    }

    /// Every branch that holds looks; those that look at nothing are one case.
    fn cases_of_any(&mut self, parts: &[SchemaId], depth: u32) -> Result<Vec<Case>, Reason> {
        let mut sum = vec![Case::default()];
        let mut looking = Vec::new();
        for part in parts {
            let cases = self.cases(*part, depth + 1)?;
            if cases.iter().any(|it| it.looked != Looked::default()) {
                looking.push((*part, cases));
            }
        }
        for (part, mut cases) in looking {
            cases.push(Case { holding: vec![Literal::fits_not(part)], looked: Looked::default() });
            sum = product(&sum, &cases)?;
        }
        // One branch has to hold.
        let any = self.lowering.schemas.any(parts.iter().copied());
        for case in &mut sum {
            case.holding.push(Literal::fits(any));
        }
        Ok(sum)
    }

    fn cases_of_one(&mut self, parts: &[SchemaId], depth: u32) -> Result<Vec<Case>, Reason> {
        let one = self.lowering.schemas.keep(Schema::One(parts.into()));
        let mut sum = Vec::new();
        for part in parts {
            let mut cases = self.cases(*part, depth + 1)?;
            for case in &mut cases {
                case.holding.push(Literal::fits(one));
            }
            sum.extend(cases);
        }
        bounded(sum)
    }
}

impl Looked {
    fn and(&self, other: &Self) -> Self {
        Self {
            names: self.names.union(&other.names).copied().collect(),
            patterns: self.patterns.union(&other.patterns).copied().collect(),
            all_members: self.all_members || other.all_members,
            n_items: self.n_items.max(other.n_items),
            all_items: self.all_items || other.all_items,
            containing: self.containing.union(&other.containing).copied().collect(),
        }
    }
}

fn product(left: &[Case], right: &[Case]) -> Result<Vec<Case>, Reason> {
    let pairs = left.iter().flat_map(|left| right.iter().map(move |right| (left, right)));
    let joined = pairs.map(|(left, right)| Case {
        holding: left.holding.iter().chain(&right.holding).copied().collect(),
        looked: left.looked.and(&right.looked),
    });
    bounded(joined.take(MAX_CASES + 1).collect())
}

fn bounded(cases: Vec<Case>) -> Result<Vec<Case>, Reason> {
    if cases.len() > MAX_CASES { Err(Reason::Budget("cases")) } else { Ok(cases) }
}
