use std::iter::Peekable;

use jsonc_parser::{
    CollectOptions, CommentCollectionStrategy, parse_to_ast,
    tokens::{Token, TokenAndRange},
};
use kernel::{Fix, Span, Step};

use crate::{
    edit::{
        EditError, Syntax,
        group::{Found, Group, Key, Member, Part},
        last_key, missing,
        splice::Text,
        step_into,
    },
    parse::JSONC_OPTIONS,
};

const SYNTAX: Syntax = Syntax { name: quoted, between: ": ", comment: "//" };

pub(super) fn edit(text: &str, fix: &Fix) -> Result<String, EditError> {
    let root = read(text)?;
    let group = root.group.as_ref().ok_or(EditError::Unsupported("there is no object"))?;
    let find = |at: &[Step]| group.find(at).ok_or_else(|| missing(at));
    let mut text = Text::new(text);
    match fix {
        Fix::Remove { at, .. } => only(&find(at)?)?.0.cut(only(&find(at)?)?.1, &mut text, &SYNTAX),
        Fix::Hoist { at, .. } => hoist(group, at, &mut text)?,
        Fix::Listify { at, name, .. } => {
            let found = find(at)?;
            let (group, index) = only(&found)?;
            listify(group, index, name, &mut text);
        }
        Fix::SwitchOff { at, keys, .. } => switch_off(&root, at, keys, &mut text)?,
    }
    Ok(text.finish())
}

/// In JSON a value is always one member.
fn only<'a>(found: &Found<'a>) -> Result<(&'a Group, usize), EditError> {
    match found.indexes.as_slice() {
        [index] => Ok((found.group, *index)),
        _ => Err(EditError::Unsupported("the member is there several times")),
    }
}

fn hoist(root: &Group, at: &[Step], text: &mut Text<'_>) -> Result<(), EditError> {
    let found = root.find(at).ok_or_else(|| missing(at))?;
    let (group, index) = only(&found)?;
    let member = group.members.get(index).ok_or_else(|| missing(at))?;
    let is_around = |it: &Member| it.start() <= member.start() && member.end() <= it.end();
    let around = root.members.iter().find(|it| is_around(it)).ok_or_else(|| missing(at))?;
    let value = text.get(member.value.span.start..member.value.span.end);
    let entry = format!("{}: ", quoted(last_key(at)?));
    match text.indent_before(around.start()) {
        Some(indent) => {
            let old = text.indent_before(member.start()).filter(|it| it.starts_with(indent));
            let value = old.map_or_else(|| value.to_owned(), |old| shifted(value, old, indent));
            // The comment at the end of the line goes with the entry, whose lines are cut.
            let comment = group.comment_after(index, text, &SYNTAX).unwrap_or_default();
            let line = format!("{indent}{entry}{value},{comment}{}", text.line_end());
            text.insert(text.start_of_line(around.start()), line);
        }
        None => text.insert(around.start(), format!("{entry}{value}, ")),
    }
    group.cut(index, text, &SYNTAX);
    Ok(())
}

/// The value with another indentation of the lines after the first; no JSON string spans lines.
fn shifted(value: &str, old: &str, new: &str) -> String {
    let shift = |line: &str| {
        line.strip_prefix(old).map_or_else(|| line.to_owned(), |it| format!("{new}{it}"))
    };
    let mut lines = value.split_inclusive('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    first + &lines.map(shift).collect::<String>()
}

fn listify(group: &Group, index: usize, name: &str, text: &mut Text<'_>) {
    let Some(member) = group.members.get(index) else { return };
    if let Some(key) = member.keys.last() {
        text.replace(key.span.start..key.span.end, quoted(name));
    }
    text.insert(member.value.span.start, "[");
    text.insert(member.value.span.end, "]");
}

fn switch_off(
    root: &Part,
    at: &[Step],
    keys: &[&'static str],
    text: &mut Text<'_>,
) -> Result<(), EditError> {
    let table = table_at(root, at).ok_or_else(|| missing(at))?;
    let group = table.group.as_ref().ok_or_else(|| missing(at))?;
    let mut new = Vec::new();
    for key in keys {
        let is_it = |it: &&Member| it.keys.iter().any(|one| *one.name == **key);
        match group.members.iter().find(is_it) {
            Some(old) => text.replace(old.value.span.start..old.value.span.end, "false"),
            None => new.push(format!("{}{}false", (SYNTAX.name)(key), SYNTAX.between)),
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    if group.members.is_empty() {
        table.fill(&new, text);
    } else {
        let name = group.find(&step_into(&[], "name")).and_then(|it| it.indexes.first().copied());
        group.insert(name, &new, text, &SYNTAX);
    }
    Ok(())
}

fn table_at<'a>(root: &'a Part, at: &[Step]) -> Option<&'a Part> {
    if at.is_empty() {
        return Some(root);
    }
    let found = root.group.as_ref()?.find(at)?;
    Some(&found.group.members.get(*found.indexes.first()?)?.value)
}

/// A JSON string.
fn quoted(name: &str) -> String {
    let mut out = String::from("\"");
    for it in name.chars() {
        match it {
            '"' | '\\' => out.extend(['\\', it]),
            it if it < ' ' => out.extend(format!("\\u{:04x}", u32::from(it)).chars()),
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

type Tokens<'a> = Peekable<std::vec::IntoIter<TokenAndRange<'a>>>;

/// Reads the places of all members and commas. The text has been parsed before, so it is complete
/// and its depth is bounded.
fn read(text: &str) -> Result<Part, EditError> {
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: true };
    let parsed = parse_to_ast(text, &collect, &JSONC_OPTIONS).map_err(|_| EditError::Malformed)?;
    let mut tokens = parsed.tokens.unwrap_or_default().into_iter().peekable();
    value(&mut tokens).ok_or(EditError::Malformed)
}

fn value(tokens: &mut Tokens<'_>) -> Option<Part> {
    let first = tokens.next()?;
    let start = first.range.start;
    let is_table = first.token == Token::OpenBrace;
    if !is_table && first.token != Token::OpenBracket {
        return Some(Part { span: Span { start, end: first.range.end }, group: None });
    }
    let mut group = Group { is_table, ..Group::default() };
    loop {
        let is_close =
            |it: &TokenAndRange| matches!(it.token, Token::CloseBrace | Token::CloseBracket);
        if let Some(close) = tokens.next_if(is_close) {
            let span = Span { start, end: close.range.end };
            return Some(Part { span, group: Some(group) });
        }
        match tokens.next_if(|it| it.token == Token::Comma) {
            Some(comma) => group.commas.push(comma.range.start),
            None => group.members.push(member(tokens, is_table)?),
        }
    }
}

fn member(tokens: &mut Tokens<'_>, is_table: bool) -> Option<Member> {
    let mut keys = Vec::new();
    if is_table {
        let key = tokens.next()?;
        let Token::String(name) = key.token else { return None };
        keys.push(Key {
            name: name.into(),
            span: Span { start: key.range.start, end: key.range.end },
        });
        tokens.next_if(|it| it.token == Token::Colon)?;
    }
    Some(Member { keys, value: value(tokens)? })
}
