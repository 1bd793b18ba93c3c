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

#[cfg(test)]
mod tests {
    use snapshot::Bounds;

    use super::*;

    const SEEDS: &[(Format, &str)] = &[
        (
            Format::Toml,
            "# c\nname = \"api\"\nroutes = [\"a.example/*\", {pattern = 'b', n = 1_0}]\n[env.dev]\nd = 2027-03-31\n[[x]]\ny.z = 1.5e3\n",
        ),
        (
            Format::Jsonc,
            "{\"a\": [1, -2.5e3, true, null,], // c\n \"b\": {\"\\u00e9\\ud83d\\ude00\": \"x\\n\"} /* d */}",
        ),
        (
            Format::Yaml,
            "on: push\njobs:\n  a: {runs-on: x, steps: [1, 'b', \"c\\n\"]}\n  b: &x\n    - |\n      y\n    - *x\n",
        ),
    ];
    const MARKS: &[&str] = &[
        "", "\"", "'", "[", "]", "{", "}", ",", ":", "=", "\n", "\\", "/", "*", "&", "-", "#", ".",
        "0", "a", " ", "\t", "\u{0}", "\u{feff}", "\u{e9}", "\\ud800", "true", "null", "<<: ",
        "!!str ", "---\n", "\r",
    ];

    /// A witness that does not replay ends the run with 2, so the acceptor takes nothing that the
    /// parser refuses.
    #[test]
    fn what_the_parser_refuses_is_refused_here() {
        let mut random = 0x5eed_u64;
        let mut n_refused = 0;
        for round in 0..30_000 {
            let mut roll = |n: usize| {
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                usize::try_from(random >> 33).unwrap() % n
            };
            let (format, seed) = SEEDS[roll(SEEDS.len())];
            let mut text = seed.to_owned();
            for _ in 0..=roll(3) {
                let at = text.floor_char_boundary(roll(text.len() + 1));
                let end = text.floor_char_boundary((at + roll(4)).min(text.len()));
                text.replace_range(at..end.max(at), MARKS[roll(MARKS.len())]);
            }
            let refused = format.parse(&text, &Bounds::DEFAULT).err().filter(|it| !it.is_bound);
            n_refused += usize::from(refused.is_some());
            if let Some(why) = refused {
                assert!(!accepts(&text, format), "round {round}: {why}\n{text}");
            }
        }
        assert!(n_refused > 10_000, "{n_refused}");
    }
}
