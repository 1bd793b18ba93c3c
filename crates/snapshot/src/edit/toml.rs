mod layout;
mod remove;
mod switch;

use kernel::{Fix, Span, Step};

use crate::edit::{
    EditError, Syntax,
    group::{Found, Member, Part},
    last_key, missing,
    splice::Text,
    toml::layout::{Layout, Section},
};

const SYNTAX: Syntax = Syntax { name: written, between: " = ", comment: "#" };

pub(super) fn edit(text: &str, fix: &Fix) -> Result<String, EditError> {
    match fix {
        Fix::Remove { at, .. } => remove::remove(text, at),
        Fix::Hoist { at, .. } => hoist(text, at),
        Fix::Listify { at, name, .. } => listify(text, at, name),
        Fix::SwitchOff { at, keys, .. } => switch::switch_off(text, at, keys),
    }
}

/// A name as TOML writes it.
fn written(name: &str) -> String {
    let is_bare = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    if !name.is_empty() && name.chars().all(is_bare) {
        return name.to_owned();
    }
    let mut out = String::from("\"");
    for it in name.chars() {
        match it {
            '"' | '\\' => out.extend(['\\', it]),
            it if it < ' ' || it == '\u{7f}' => {
                out.extend(format!("\\u{:04X}", u32::from(it)).chars());
            }
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

/// What the steps lead to.
enum Target<'a> {
    /// Members between brackets.
    Inside(Found<'a>),
    /// Whole lines, and whole sections with their headers.
    Lines(Vec<Statement<'a>>, Vec<&'a Section>),
}

/// A member on lines of its own, with the number of keys that lead to the target.
struct Statement<'a> {
    section: &'a Section,
    member: &'a Member,
    n_keys: usize,
}

fn find<'a>(layout: &'a Layout, at: &[Step]) -> Result<Target<'a>, EditError> {
    let mut statements = Vec::new();
    let mut sections = Vec::new();
    let mut inside = None;
    for section in &layout.sections {
        if section.header.is_some() && section.at.starts_with(at) {
            sections.push(section);
            continue;
        }
        let Some(rest) = at.strip_prefix(section.at.as_slice()) else { continue };
        for member in &section.members {
            if member.is_below(rest) {
                statements.push(Statement { section, member, n_keys: rest.len() });
            } else if let (Some(group), Some(rest)) = (&member.value.group, member.rest(rest)) {
                inside = inside.or_else(|| group.find(rest));
            }
        }
    }
    match inside {
        Some(found) => Ok(Target::Inside(found)),
        None if statements.is_empty() && sections.is_empty() => Err(missing(at)),
        None => Ok(Target::Lines(statements, sections)),
    }
}

/// The table in braces that the steps lead to, if it is one.
fn braces<'a>(layout: &'a Layout, at: &[Step]) -> Option<&'a Part> {
    let member = match find(layout, at).ok()? {
        Target::Inside(found) => {
            let member = found.group.members.get(*found.indexes.first()?)?;
            (member.keys.len() == found.n_keys).then_some(member)
        }
        Target::Lines(statements, _) => {
            let first = statements.into_iter().next()?;
            (first.member.keys.len() == first.n_keys).then_some(first.member)
        }
    };
    member.map(|it| &it.value).filter(|it| it.group.as_ref().is_some_and(|it| it.is_table))
}

/// Moves a member before the first header.
fn hoist(text: &str, at: &[Step]) -> Result<String, EditError> {
    let layout = Layout::read(text)?;
    let name = written(last_key(at)?);
    let mut text = Text::new(text);
    let mut lines = Vec::new();
    match find(&layout, at)? {
        Target::Inside(found) => {
            let [index] = found.indexes.as_slice() else {
                return Err(EditError::Unsupported("the member is written in several parts"));
            };
            let member = found.group.members.get(*index).ok_or_else(|| missing(at))?;
            lines.push(format!("{name}{}", text.get(key_end(member, found.n_keys)..member.end())));
            found.group.cut(*index, &mut text, &SYNTAX);
        }
        Target::Lines(statements, sections) => {
            for it in statements {
                let Some(key) = it.member.keys.get(it.n_keys - 1) else { continue };
                if it.section.header.is_none() {
                    text.replace(it.member.start()..key.span.start, "");
                    continue;
                }
                let rest = text.rest_of_line(it.member.end());
                lines.push(format!("{}{rest}", text.get(key.span.start..it.member.end())));
                let whole = text.start_of_line(it.member.start())..text.after_line(it.member.end());
                text.replace(whole, "");
            }
            let n_dropped = at.iter().filter(|it| matches!(it, Step::Key(_))).count() - 1;
            for header in sections.iter().filter_map(|it| it.header.as_ref()) {
                if let (Some(first), Some(kept)) = (header.keys.first(), header.keys.get(n_dropped))
                {
                    text.replace(first.span.start..kept.span.start, "");
                }
            }
        }
    }
    put_on_top(&layout, &lines, &mut text);
    Ok(text.finish())
}

/// The end of the name, so that what follows is the dotted rest, the sign and the value.
fn key_end(member: &Member, n_keys: usize) -> usize {
    let key = n_keys.checked_sub(1).and_then(|it| member.keys.get(it));
    key.map_or(member.value.span.start, |it| it.span.end)
}

/// Puts lines after the last member of the top level, else before the first header.
fn put_on_top(layout: &Layout, lines: &[String], text: &mut Text<'_>) {
    if lines.is_empty() {
        return;
    }
    let line_end = text.line_end();
    let top = layout.sections.first().and_then(|it| it.members.last());
    let at = top.map_or_else(|| before_first_header(layout, text), |it| text.after_line(it.end()));
    let block = lines.join(line_end);
    if at > 0 && !text.get(0..at).ends_with('\n') {
        text.insert(at, format!("{line_end}{block}"));
    } else {
        text.insert(at, format!("{block}{line_end}"));
    }
}

/// Above the comment that belongs to the header, unless this comment opens the file.
fn before_first_header(layout: &Layout, text: &Text<'_>) -> usize {
    let header = layout.sections.iter().find_map(|it| it.header.as_ref());
    let Some(header) = header else { return text.text.len() };
    let line = text.start_of_line(header.span.start);
    let mut above = line;
    while above > 0
        && text.rest_of_line(text.start_of_line(above - 1)).trim_start().starts_with('#')
    {
        above = text.start_of_line(above - 1);
    }
    if above == 0 { line } else { above }
}

/// Renames a member and makes a list of its value.
fn listify(text: &str, at: &[Step], name: &str) -> Result<String, EditError> {
    const PARTS: EditError = EditError::Unsupported("the member is written in several parts");
    let layout = Layout::read(text)?;
    let mut text = Text::new(text);
    let mut wrap = |member: &Member, n_keys: usize| {
        let key = member.keys.last().filter(|_| member.keys.len() == n_keys).ok_or(PARTS)?;
        text.replace(key.span.start..key.span.end, written(name));
        text.insert(member.value.span.start, "[");
        text.insert(member.value.span.end, "]");
        Ok(())
    };
    match find(&layout, at)? {
        Target::Inside(found) => match found.indexes.as_slice() {
            [index] => {
                let member = found.group.members.get(*index).ok_or_else(|| missing(at))?;
                wrap(member, found.n_keys)?;
            }
            _ => return Err(PARTS),
        },
        Target::Lines(statements, sections) => match (statements.as_slice(), sections.as_slice()) {
            ([it], []) => wrap(it.member, it.n_keys)?,
            ([], sections) => listify_sections(at, name, sections, &mut text),
            _ => return Err(PARTS),
        },
    }
    Ok(text.finish())
}

/// `[route]` becomes `[[routes]]`, and `[route.x]` becomes `[routes.x]`.
fn listify_sections(at: &[Step], name: &str, sections: &[&Section], text: &mut Text<'_>) {
    let index = at.iter().filter(|it| matches!(it, Step::Key(_))).count() - 1;
    for section in sections {
        let Some(header) = &section.header else { continue };
        if let Some(Span { start, end }) = header.keys.get(index).map(|it| it.span) {
            text.replace(start..end, written(name));
        }
        if section.at == at {
            text.insert(header.span.start, "[");
            text.insert(header.span.end, "]");
        }
    }
}
