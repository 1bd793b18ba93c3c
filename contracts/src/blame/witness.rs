//! Whole values that show a broken promise, though characters may be read in several ways.

use crate::{
    blame::{
        asking::Asking,
        lists::written,
        text::{self, AsText},
        trial::Trial,
    },
    inclusion::{Constant, ConstantId, Found, SchemaId},
};

impl Trial<'_> {
    /// A value that is sent and not demanded, nor read alike in spite of that.
    pub(crate) fn witness(
        &self,
        asking: &mut Asking<'_>,
        sending: SchemaId,
        demand: SchemaId,
    ) -> Shown {
        let mut sending = sending;
        let mut is_written = false;
        let mut has_parts = false;
        for _ in 0..TRIES {
            let found = match asking.outside(sending, demand) {
                Found::Nothing => return Shown::Nothing,
                Found::Unknown(reason) => return Shown::Unknown(reason.to_string()),
                Found::Value(found) => found,
            };
            if self.as_text == AsText::Never || !self.is_read(asking, found) {
                return Shown::Value(found);
            }
            if !is_written && self.has_nothing(asking, found) {
                // Members that leave no characters show nothing.
                let written = written(asking, &self.as_text);
                sending = asking.schemas().all([sending, written]);
                is_written = true;
                continue;
            }
            let schemas = asking.schemas();
            let constant = schemas.constants.get(found);
            has_parts = matches!(constant, Constant::Array(_) | Constant::Object(_));
            let tried = schemas.constants(vec![found]);
            let other = schemas.not(tried);
            sending = schemas.all([sending, other]);
        }
        if has_parts {
            // Parts that are read otherwise are looked for where they stand.
            return Shown::Nothing;
        }
        // Single values lead nowhere: perhaps the characters are only too many.
        let long = text::long_numbers().map(|it| asking.schemas().constants.value(&it));
        let long: Vec<_> = long.collect();
        let shows = |it: &ConstantId| {
            asking.takes_kept(sending, *it)
                && !asking.takes_kept(demand, *it)
                && !self.is_read(asking, *it)
        };
        let found = long.into_iter().find(shows);
        found.map_or_else(|| Shown::Unknown("text-carried-values".to_owned()), Shown::Value)
    }

    /// Has a form a member that leaves no characters?
    fn has_nothing(&self, asking: &Asking<'_>, value: ConstantId) -> bool {
        let is_form = matches!(self.as_text, AsText::Members(_));
        let value = is_form.then(|| asking.value(value));
        let members = value.as_ref().and_then(serde_json::Value::as_object);
        let is_empty = |it: &serde_json::Value| it.as_array().is_some_and(Vec::is_empty);
        members.is_some_and(|it| it.values().any(is_empty))
    }

    pub(crate) fn is_read(&self, asking: &mut Asking<'_>, value: ConstantId) -> bool {
        let value = asking.value(value);
        text::is_read(asking, &value, &self.as_text, self.sup)
    }
}

/// What a search came to.
pub(crate) enum Shown {
    /// There is no such value.
    Nothing,
    /// This one.
    Value(ConstantId),
    /// It cannot be told.
    Unknown(String),
}

/// Values that are tried one after the other because they are read alike.
const TRIES: usize = 64;
