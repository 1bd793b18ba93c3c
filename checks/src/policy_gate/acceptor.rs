//! Second opinions on whether a text is a document at all.

use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser};
use snapshot::Format;
use toml_edit::DocumentMut;

use crate::policy_gate::jsonc;

/// Would another reader take this text?
pub(crate) fn accepts(text: &str, format: Format) -> bool {
    match format {
        Format::Toml => text.parse::<DocumentMut>().is_ok(),
        Format::Jsonc => jsonc::accepts(text),
        Format::Yaml => accepts_yaml(text),
    }
}

/// Takes one document of scalars, lists and tables with single names, and nothing that needs a
/// second thought: of a text with tags or aliases the search may say either.
fn accepts_yaml(text: &str) -> bool {
    let mut open: Vec<Level> = Vec::new();
    let mut n_documents = 0;
    for event in Parser::new_from_str(text) {
        let Ok((event, _)) = event else { return false };
        let is_plain = match event {
            Event::DocumentStart(_) => {
                n_documents += 1;
                n_documents == 1
            }
            Event::Scalar(name, _, _, tag) => {
                tag.is_none() && open.last_mut().is_none_or(|it| it.takes(Some(&name)))
            }
            Event::SequenceStart(_, tag) => {
                let is_taken = open.last_mut().is_none_or(|it| it.takes(None));
                open.push(Level::List);
                is_taken && tag.is_none()
            }
            Event::MappingStart(_, tag) => {
                let is_taken = open.last_mut().is_none_or(|it| it.takes(None));
                open.push(Level::Table { names: BTreeSet::new(), is_at_name: true });
                is_taken && tag.is_none()
            }
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop();
                true
            }
            Event::Alias(_) => false,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => true,
        };
        if !is_plain {
            return false;
        }
    }
    true
}

/// A list or table that is not complete yet.
enum Level {
    List,
    Table { names: BTreeSet<String>, is_at_name: bool },
}

impl Level {
    /// May this value stand here? A name must be a new text, and no merge.
    fn takes(&mut self, text: Option<&str>) -> bool {
        let Self::Table { names, is_at_name } = self else { return true };
        let is_name = std::mem::replace(is_at_name, !*is_at_name);
        !is_name || text.is_some_and(|it| it != "<<" && names.insert(it.to_owned()))
    }
}
