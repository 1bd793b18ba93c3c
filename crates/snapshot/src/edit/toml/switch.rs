use kernel::Step;

use crate::edit::{
    EditError,
    group::Member,
    missing,
    splice::Text,
    step_into,
    toml::{
        SYNTAX, Statement, Target, before_first_header, braces, find,
        layout::{Layout, Section},
        written,
    },
};

/// Sets members of a table to `false`.
pub(super) fn switch_off(
    text: &str,
    at: &[Step],
    keys: &[&'static str],
) -> Result<String, EditError> {
    let layout = Layout::read(text)?;
    let mut text = Text::new(text);
    let mut new = Vec::new();
    for key in keys {
        let found = find(&layout, &step_into(at, key));
        match found.as_ref().map(single) {
            Ok(Some(old)) => text.replace(old.value.span.start..old.value.span.end, "false"),
            Ok(None) => {
                return Err(EditError::Unsupported("the member is written in several parts"));
            }
            Err(_) => new.push(format!("{}{}false", written(key), SYNTAX.between)),
        }
    }
    if !new.is_empty() {
        add(&layout, at, &new, &mut text)?;
    }
    Ok(text.finish())
}

/// The one member that is the whole target.
fn single<'a>(target: &Target<'a>) -> Option<&'a Member> {
    match target {
        Target::Inside(found) => match found.indexes.as_slice() {
            [index] => found.group.members.get(*index).filter(|it| it.keys.len() == found.n_keys),
            _ => None,
        },
        Target::Lines(statements, sections) => match (statements.as_slice(), sections.as_slice()) {
            ([it], []) => Some(it.member).filter(|one| one.keys.len() == it.n_keys),
            _ => None,
        },
    }
}

/// Puts new members right after `name`, else at the start of the table.
fn add(layout: &Layout, at: &[Step], new: &[String], text: &mut Text<'_>) -> Result<(), EditError> {
    if let Some(table) = braces(layout, at) {
        let group = table.group.as_ref().ok_or_else(|| missing(at))?;
        if group.members.is_empty() {
            table.fill(new, text);
        } else {
            let name = group.find(&step_into(&[], "name"));
            group.insert(name.and_then(|it| it.indexes.first().copied()), new, text, &SYNTAX);
        }
        return Ok(());
    }
    match find(layout, &step_into(at, "name")) {
        Ok(Target::Inside(found)) => {
            found.group.insert(found.indexes.first().copied(), new, text, &SYNTAX);
        }
        Ok(Target::Lines(statements, _)) if !statements.is_empty() => {
            if let Some(name) = statements.last() {
                add_lines(name, text.after_line(name.member.end()), new, text);
            }
        }
        Ok(Target::Lines(..)) | Err(_) => add_at_start(layout, at, new, text)?,
    }
    Ok(())
}

/// Writes the new members as lines like the one given.
fn add_lines(like: &Statement<'_>, place: usize, new: &[String], text: &mut Text<'_>) {
    let member = like.member;
    let indent = text.indent_before(member.start()).unwrap_or_default();
    let last = member.keys.get(like.n_keys.saturating_sub(1));
    let prefix = last.map_or("", |it| text.get(member.start()..it.span.start));
    let lines: Vec<String> = new.iter().map(|it| format!("{indent}{prefix}{it}")).collect();
    insert_lines(place, &lines, text);
}

fn insert_lines(place: usize, lines: &[String], text: &mut Text<'_>) {
    let line_end = text.line_end();
    let block = lines.join(line_end);
    if place > 0 && !text.get(0..place).ends_with('\n') {
        text.insert(place, format!("{line_end}{block}"));
    } else {
        text.insert(place, format!("{block}{line_end}"));
    }
}

fn add_at_start(
    layout: &Layout,
    at: &[Step],
    new: &[String],
    text: &mut Text<'_>,
) -> Result<(), EditError> {
    if at.is_empty() {
        let first = layout.sections.first().and_then(|it| it.members.first());
        let place = first
            .map_or_else(|| before_first_header(layout, text), |it| text.start_of_line(it.start()));
        insert_lines(place, new, text);
        return Ok(());
    }
    match find(layout, at)? {
        Target::Lines(statements, sections) => {
            let own = sections.iter().find(|it| it.at == at).and_then(|it| it.header.as_ref());
            if let Some(header) = own {
                insert_lines(text.after_line(header.span.end), new, text);
            } else if let Some(first) = statements.first() {
                let like = Statement { n_keys: first.n_keys + 1, ..*first };
                add_lines(&like, text.start_of_line(first.member.start()), new, text);
            } else if let Some(section) = sections.first() {
                add_section(section, at, new, text);
            }
            Ok(())
        }
        Target::Inside(_) => Err(EditError::Unsupported("the table is written in several parts")),
    }
}

/// Gives a table that only has tables in it a header of its own, above theirs.
fn add_section(below: &Section, at: &[Step], new: &[String], text: &mut Text<'_>) {
    let Some(header) = &below.header else { return };
    let n_keys = at.iter().filter(|it| matches!(it, Step::Key(_))).count();
    let first = header.keys.first().zip(header.keys.get(n_keys.saturating_sub(1)));
    let Some((first, last)) = first else { return };
    let mut lines = vec![format!("[{}]", text.get(first.span.start..last.span.end))];
    lines.extend(new.iter().cloned());
    lines.push(String::new());
    insert_lines(text.start_of_line(header.span.start), &lines, text);
}
