//! Fuzz targets: plain functions over bytes that panic when a promise is broken.

use kernel::{Fix, Kind, Node, RepoPath, Step};

use crate::{Bounds, Format, edit};

/// Parses the bytes in every language; places must lie in the text, at borders of characters.
pub fn parse(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    for format in Format::ALL {
        match format.parse(text, &Bounds::DEFAULT) {
            Ok(root) => check_places(&root, text),
            Err(error) => {
                assert!(error.span.start <= text.len() + 1, "{format:?}: {error:?}");
                assert!(error.message.len() < 300, "{format:?}: {error:?}");
            }
        }
    }
}

fn check_places(node: &Node, text: &str) {
    let is_inside = |span: kernel::Span| text.get(span.start..span.end).is_some();
    assert!(is_inside(node.span), "{node:?}");
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|it| check_places(it, text)),
        Kind::Table(entries) => {
            for entry in entries {
                assert!(is_inside(entry.key_span), "{entry:?}");
                check_places(&entry.value, text);
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Datetime(_) => {}
    }
}

/// Edits a text: the first three bytes choose the language, the fix and the place.
///
/// What an edit gives out means what was asked for, which [`edit::apply`] checks itself; here it
/// must also have kept all other bytes.
pub fn edit(data: &[u8]) {
    let [language, operation, place, rest @ ..] = data else { return };
    let Ok(text) = str::from_utf8(rest) else { return };
    let format = if language % 2 == 0 { Format::Toml } else { Format::Jsonc };
    let Ok(root) = format.parse(text, &Bounds::DEFAULT) else { return };
    let mut places = Vec::new();
    collect(&root, &mut Vec::new(), &mut places);
    let Some(at) = places.get(usize::from(*place) % places.len().max(1)) else { return };
    let fix = fix(*operation, at.clone());
    let Ok(edited) = edit::apply(text, format, &fix) else { return };
    match fix {
        Fix::Remove { .. } => assert!(is_within(&edited, text), "{fix:?}\n{text}\n=>\n{edited}"),
        Fix::Listify { .. } | Fix::Hoist { .. } | Fix::SwitchOff { .. } => {
            let n_kept = text.lines().filter(|line| edited.lines().any(|it| it == *line)).count();
            let n_lines = text.lines().count();
            assert!(n_kept + touched(at, &root, text) >= n_lines, "{fix:?}\n{text}\n=>\n{edited}");
        }
    }
}

/// The most lines that an edit of a value may change: its own, its header's and its neighbours'.
fn touched(at: &[Step], root: &Node, text: &str) -> usize {
    let value = root.at(at).map_or("", |it| text.get(it.span.start..it.span.end).unwrap_or(""));
    // Headers of all tables below are rewritten too, and their number is not in the span.
    value.lines().count() + text.lines().filter(|it| it.trim_start().starts_with('[')).count() + 6
}

fn fix(operation: u8, at: Vec<Step>) -> Fix {
    let path = RepoPath::new("fuzz").expect("this is a path");
    match operation % 4 {
        0 => Fix::Remove { path, at },
        1 => Fix::Hoist { path, at },
        2 => Fix::Listify { path, at, name: "routes".into() },
        _ => Fix::SwitchOff { path, at, keys: vec!["workers_dev", "preview_urls"] },
    }
}

fn collect(node: &Node, at: &mut Vec<Step>, places: &mut Vec<Vec<Step>>) {
    places.push(at.clone());
    let parts: Vec<(Step, &Node)> = match &node.kind {
        Kind::List(items) => {
            items.iter().enumerate().map(|(index, it)| (Step::Index(index), it)).collect()
        }
        Kind::Table(entries) => {
            entries.iter().map(|it| (Step::Key(it.key.clone()), &it.value)).collect()
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Datetime(_) => {
            return;
        }
    };
    for (step, part) in parts {
        at.push(step);
        collect(part, at, places);
        at.pop();
    }
}

/// Is the short text the long one with some bytes taken out?
fn is_within(short: &str, long: &str) -> bool {
    let mut rest = long.bytes();
    short.bytes().all(|wanted| rest.any(|it| it == wanted))
}
