use kernel::Step;

use crate::edit::{
    EditError,
    group::Member,
    missing,
    splice::Text,
    toml::{
        SYNTAX, Target, find,
        layout::{Layout, Section},
    },
};

/// Removes a member, an item, or a table with all its sections.
pub(super) fn remove(text: &str, at: &[Step]) -> Result<String, EditError> {
    let layout = Layout::read(text)?;
    let mut edited = Text::new(text);
    match find(&layout, at)? {
        Target::Inside(found) => {
            let (last, others) = found.indexes.split_last().ok_or_else(|| missing(at))?;
            found.group.cut(*last, &mut edited, &SYNTAX);
            let edited = edited.finish();
            // Parts of one dotted name go one after the other: each changes the commas.
            return if others.is_empty() { Ok(edited) } else { remove(&edited, at) };
        }
        Target::Lines(statements, sections) => {
            for it in &statements {
                let start = edited.start_of_line(it.member.start());
                edited.replace(start..edited.after_line(it.member.end()), "");
            }
            for section in sections {
                cut_section(section, &mut edited);
            }
        }
    }
    Ok(edited.finish())
}

/// Takes out a header, its members, and the empty lines that part it from what follows.
fn cut_section(section: &Section, text: &mut Text<'_>) {
    let Some(header) = &section.header else { return };
    let last = section.members.last().map_or(header.span.end, Member::end);
    let mut end = text.after_line(last);
    let mut after_blank = end;
    while after_blank < text.text.len() && text.rest_of_line(after_blank).trim().is_empty() {
        after_blank = text.after_line(after_blank);
    }
    if after_blank < text.text.len() {
        end = after_blank;
    }
    text.replace(text.start_of_line(header.span.start)..end, "");
}
