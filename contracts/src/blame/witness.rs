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
    /// A value that is sent and not demanded, nor read alike in spite of that. Members that leave no
    /// characters show little, and are left for last.
    pub(crate) fn witness(
        &self,
        asking: &mut Asking<'_>,
        sending: SchemaId,
        demand: SchemaId,
    ) -> Shown {
        let written = written(asking, &self.as_text);
        if written != SchemaId::TRUE {
            let schemas = asking.schemas();
            let sent = schemas.all([sending, written]);
            let shown = self.any_witness(asking, (sent, demand), TRIES);
            return match shown {
                Shown::Nothing => self.any_witness(asking, (sending, demand), LAST_TRIES),
                Shown::Value(_) | Shown::Unknown(_) => shown,
            };
        }
        self.any_witness(asking, (sending, demand), TRIES)
    }

    fn any_witness(
        &self,
        asking: &mut Asking<'_>,
        (sending, demand): (SchemaId, SchemaId),
        n_tries: usize,
    ) -> Shown {
        let mut sending = sending;
        let mut has_parts = false;
        for _ in 0..n_tries {
            let found = match asking.outside(sending, demand) {
                Found::Nothing => return Shown::Nothing,
                Found::Unknown(reason) => return Shown::Unknown(reason.to_string()),
                Found::Value(found) => found,
            };
            if self.as_text == AsText::Never || !self.is_read(asking, found) {
                return Shown::Value(found);
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

/// The same of values with parts that leave no characters.
const LAST_TRIES: usize = 4;
