//! Does one value fit one part? The search checks its candidates with it.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use crate::{
    inclusion::{
        constant::{Constant, ConstantId, TextId},
        engine::{Inclusion, Reason},
        schema::{Others, Schema, SchemaId},
        types::TypeSet,
    },
    pattern::Unsupported,
};

/// Fits, does not fit, or cannot be told.
pub(super) type Truth = Option<bool>;

impl Inclusion<'_> {
    /// Does the value fit? `None` if that cannot be told, because of a pattern with look-around for
    /// example.
    pub fn fits(&mut self, schema: SchemaId, value: ConstantId) -> Option<bool> {
        let kind = self.lowering.schemas.constants.kind(value);
        let reach = self.lowering.schemas.reach(schema);
        if reach.all.covers(kind) {
            return Some(true);
        }
        if !reach.some.meets(kind) {
            return Some(false);
        }
        if let Some(known) = self.fitting.get(&(schema, value)) {
            return *known;
        }
        if self.evaluation_depth > self.bounds.evaluation {
            self.is_too_deep = true;
            return None;
        }
        if !self.spend(1) {
            return None;
        }
        self.evaluation_depth += 1;
        let truth = self.fits_unknown(schema, value, kind);
        self.evaluation_depth -= 1;
        if truth.is_some() {
            self.fitting.insert((schema, value), truth);
        }
        truth
    }

    fn fits_unknown(&mut self, schema: SchemaId, value: ConstantId, kind: TypeSet) -> Truth {
        let part = self.lowering.schemas.get(schema).clone();
        match part {
            Schema::True => Some(true),
            Schema::False => Some(false),
            Schema::Types(types) => Some(types.meets(kind)),
            Schema::Constants(values) => Some(values.binary_search(&value).is_ok()),
            Schema::Not(inner) => self.fits(inner, value).map(|it| !it),
            Schema::All(parts) => self.fits_all(&parts, value),
            Schema::Any(parts) => self.fits_any(&parts, value),
            Schema::One(parts) => self.fits_one(&parts, value),
            Schema::If(condition, then, otherwise) => {
                let branch = if self.fits(condition, value)? { then } else { otherwise };
                self.fits(branch, value)
            }
            Schema::UnevaluatedProperties(..)
            | Schema::UnevaluatedItems(..)
            | Schema::Known(..) => {
                let expanded = self.expanded(schema).ok()?;
                self.fits(expanded, value)
            }
            Schema::Reference(reference) => {
                let target = self.lowering.target(reference);
                self.fits(target, value)
            }
            Schema::Opaque(_) => None,
            leaf => self.fits_leaf(&leaf, value),
        }
    }

    fn fits_all(&mut self, parts: &[SchemaId], value: ConstantId) -> Truth {
        let mut sum = Some(true);
        for part in parts {
            match self.fits(*part, value) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => sum = None,
            }
        }
        sum
    }

    fn fits_any(&mut self, parts: &[SchemaId], value: ConstantId) -> Truth {
        let mut sum = Some(false);
        for part in parts {
            match self.fits(*part, value) {
                Some(false) => {}
                Some(true) => return Some(true),
                None => sum = None,
            }
        }
        sum
    }

    fn fits_one(&mut self, parts: &[SchemaId], value: ConstantId) -> Truth {
        let mut n_fitting = 0;
        for part in parts {
            n_fitting += u32::from(self.fits(*part, value)?);
            if n_fitting > 1 {
                return Some(false);
            }
        }
        Some(n_fitting == 1)
    }

    fn fits_leaf(&mut self, leaf: &Schema, value: ConstantId) -> Truth {
        let constant = self.lowering.schemas.constants.get(value).clone();
        match (leaf, &constant) {
            (Schema::Minimum(bound, exclusive), Constant::Number(it)) => {
                Some(it > bound || !exclusive && it == bound)
            }
            (Schema::Maximum(bound, exclusive), Constant::Number(it)) => {
                Some(it < bound || !exclusive && it == bound)
            }
            (Schema::MultipleOf(step), Constant::Number(it)) => Some(it.is_multiple_of(step)),
            (_, Constant::Text(text)) => self.fits_text(leaf, *text),
            (_, Constant::Object(members)) => self.fits_object(leaf, members),
            (_, Constant::Array(items)) => self.fits_array(leaf, items),
            _ => None,
        }
    }

    fn fits_text(&mut self, leaf: &Schema, text: TextId) -> Truth {
        let text = self.lowering.schemas.constants.str(text);
        match leaf {
            Schema::MinLength(min) => Some(text.chars().count() as u64 >= *min),
            Schema::MaxLength(max) => Some(text.chars().count() as u64 <= *max),
            Schema::Pattern(pattern) => {
                let text = text.to_owned();
                self.matches(*pattern, &text).ok()
            }
            _ => None,
        }
    }

    /// Is the pattern found in the text?
    pub(super) fn matches(&mut self, pattern: TextId, text: &str) -> Result<bool, Reason> {
        match self.language(pattern) {
            Err(Reason::Pattern(Unsupported::LookAround)) => {
                let found = self.looking(pattern).and_then(|it| it.is_found(text));
                found.ok_or(Reason::Pattern(Unsupported::LookAround))
            }
            other => Ok(other?.contains(text)),
        }
    }

    pub(super) fn name_matches(&mut self, pattern: TextId, name: TextId) -> Result<bool, Reason> {
        let name = self.lowering.schemas.constants.str(name).to_owned();
        self.matches(pattern, &name)
    }

    /// Is it none of the others?
    pub(super) fn is_other(&mut self, others: &Others, name: TextId) -> Result<bool, Reason> {
        if others.names.binary_search(&name).is_ok() {
            return Ok(false);
        }
        for pattern in &others.patterns {
            if self.name_matches(*pattern, name)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn fits_object(&mut self, leaf: &Schema, members: &[(TextId, ConstantId)]) -> Truth {
        let member = |name: TextId| {
            let idx = members.binary_search_by_key(&name, |it| it.0).ok()?;
            members.get(idx).map(|it| it.1)
        };
        match leaf {
            Schema::Required(name) => Some(member(*name).is_some()),
            Schema::MinProperties(min) => Some(members.len() as u64 >= *min),
            Schema::MaxProperties(max) => Some(members.len() as u64 <= *max),
            Schema::Property(name, inner) => {
                member(*name).map_or(Some(true), |it| self.fits(*inner, it))
            }
            Schema::PatternProperty(pattern, inner) => {
                self.fits_each(members, |it, name, value| {
                    let is_meant = it.name_matches(*pattern, name).ok()?;
                    it.fits_if(is_meant, *inner, value)
                })
            }
            Schema::OtherProperties(others, inner) => self.fits_each(members, |it, name, value| {
                let is_meant = it.is_other(others, name).ok()?;
                it.fits_if(is_meant, *inner, value)
            }),
            Schema::PropertyNames(inner) => self.fits_each(members, |it, name, _| {
                let name = it.lowering.schemas.constants.keep(Constant::Text(name));
                it.fits(*inner, name)
            }),
            _ => None,
        }
    }

    fn fits_if(&mut self, is_meant: bool, schema: SchemaId, value: ConstantId) -> Truth {
        if is_meant { self.fits(schema, value) } else { Some(true) }
    }

    fn fits_each(
        &mut self,
        members: &[(TextId, ConstantId)],
        mut fits: impl FnMut(&mut Self, TextId, ConstantId) -> Truth,
    ) -> Truth {
        let mut sum = Some(true);
        for (name, value) in members {
            match fits(self, *name, *value) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => sum = None,
            }
        }
        sum
    }

    fn fits_array(&mut self, leaf: &Schema, items: &[ConstantId]) -> Truth {
        let idx_of = |idx: u64| usize::try_from(idx).unwrap_or(usize::MAX);
        match leaf {
            Schema::MinItems(min) => Some(items.len() as u64 >= *min),
            Schema::MaxItems(max) => Some(items.len() as u64 <= *max),
            Schema::Item(idx, inner) => {
                items.get(idx_of(*idx)).map_or(Some(true), |it| self.fits(*inner, *it))
            }
            Schema::ItemsFrom(idx, inner) => {
                let rest = items.get(idx_of(*idx)..).unwrap_or_default();
                self.fits_every(*inner, rest)
            }
            Schema::AtLeast(min, inner) => Some(self.n_fitting(*inner, items)? >= *min),
            Schema::AtMost(max, inner) => Some(self.n_fitting(*inner, items)? <= *max),
            Schema::Unique => {
                let mut sorted = items.to_vec();
                sorted.sort_unstable();
                Some(sorted.windows(2).all(|it| it.first() != it.last()))
            }
            _ => None,
        }
    }

    fn fits_every(&mut self, schema: SchemaId, items: &[ConstantId]) -> Truth {
        let mut sum = Some(true);
        for item in items {
            match self.fits(schema, *item) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => sum = None,
            }
        }
        sum
    }

    fn n_fitting(&mut self, schema: SchemaId, items: &[ConstantId]) -> Option<u64> {
        let mut count = 0;
        for item in items {
            count += u64::from(self.fits(schema, *item)?);
        }
        Some(count)
    }
}
