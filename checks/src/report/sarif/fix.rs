//! An edit as SARIF carries it: one region that is replaced.

use kernel::{LineIndex, Side, Span};
use snapshot::{Format, edit};

use crate::report::{
    FindingRecord, Look, Report,
    sarif::{
        artifact,
        log::{Change, Content, Fix, Message, Region, Replacement},
    },
    text::visible,
};

/// The fix that a finding offers, if it can be made; one that would carry a secret is not told.
pub(super) fn fix(report: &Report, finding: &FindingRecord, look: &Look) -> Option<Fix> {
    let repair = finding.repair.as_ref().filter(|_| finding.side == Side::Head)?;
    let path = repair.path();
    let text = report.sources.get(&(path.clone(), false))?;
    let format = Format::of(path.file_name())?;
    let edited = edit::apply(text, format, repair).ok()?;
    let (span, inserted) = difference(text, &edited);
    if kernel::looks_secret(inserted) {
        return None;
    }
    let region = LineIndex::new(text).region(text, span);
    Some(Fix {
        description: Message { text: visible(&finding.remedy).into_owned(), markdown: None },
        artifact_changes: [Change {
            artifact_location: artifact(path.as_str(), look),
            replacements: [Replacement {
                deleted_region: Region {
                    start_line: region.line,
                    start_column: region.column,
                    end_line: Some(region.end_line),
                    end_column: Some(region.end_column),
                },
                inserted_content: Content { text: inserted.to_owned() },
            }],
        }],
    })
}

/// The one range of bytes in which two texts differ, and what stands there in the second.
fn difference<'a>(text: &str, edited: &'a str) -> (Span, &'a str) {
    let pairs = text.char_indices().zip(edited.chars());
    let first = pairs.take_while(|((_, left), right)| left == right).last();
    let start = first.map_or(0, |((at, it), _)| at + it.len_utf8());
    let rest = text.get(start..).unwrap_or_default();
    let edited_rest = edited.get(start..).unwrap_or_default();
    let pairs = rest.chars().rev().zip(edited_rest.chars().rev());
    let n_same: usize =
        pairs.take_while(|(left, right)| left == right).map(|(it, _)| it.len_utf8()).sum();
    let span = Span { start, end: text.len() - n_same };
    (span, edited.get(start..edited.len() - n_same).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_makes_the_second_text_of_the_first() {
        for (text, edited, removed, inserted) in [
            ("a\nb\nc\n", "a\nc\n", "b\n", ""),
            ("aéb", "aèb", "é", "è"),
            ("aa", "aaa", "", "a"),
            ("x", "", "x", ""),
            ("", "x", "", "x"),
            ("same", "same", "", ""),
            ("route = 1\n", "routes = [1]\n", " = 1", "s = [1]"),
        ] {
            let (span, got) = difference(text, edited);
            assert_eq!((text.get(span.start..span.end), got), (Some(removed), inserted), "{text}");
            let whole = [&text[..span.start], got, &text[span.end..]].concat();
            assert_eq!(whole, edited);
        }
    }
}
