use saphyr_parser::{Parser, ScanError};

/// Lines that are moved in, at most: each costs another pass over the text.
const MAX_LINES: usize = 10_000;
/// Bytes that all passes read, at most.
const MAX_READ: usize = 1 << 28;

/// The text with the lines indented at which a strict parser stops; nothing if it stops for
/// another reason.
pub(super) fn indented(text: &str, error: &ScanError) -> Option<String> {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(ToOwned::to_owned).collect();
    let far = " ".repeat(lines.iter().map(|it| depth(it)).max()? + 1);
    let (mut error, mut n_read) = (error.clone(), 0);
    for _ in 0..MAX_LINES {
        let number = error.marker().line().checked_sub(1)?;
        let stopped = if error.info().ends_with("in quoted scalar") {
            let rest = lines.get(number..)?;
            let quoted = rest.first()?.char_indices().nth(error.marker().col())?.0;
            number + 1..number + n_lines(&rest.concat(), quoted)?
        } else if error.info().starts_with("invalid indentation") {
            number..number + 1
        } else {
            return None;
        };
        let lines_there = lines.get_mut(stopped).filter(|it| !it.is_empty())?;
        if lines_there.iter().all(|it| it.starts_with(&far)) {
            return None;
        }
        for line in lines_there.iter_mut().filter(|it| !it.trim().is_empty()) {
            line.insert_str(0, &far);
        }
        let text = lines.concat();
        n_read += text.len();
        match Parser::new_from_str(&text).find_map(Result::err) {
            Some(next) if n_read < MAX_READ => error = next,
            Some(_) => return None,
            None => return Some(text),
        }
    }
    None
}

/// How far in a line can make others stand.
fn depth(line: &str) -> usize {
    line.bytes().take_while(|it| b" -?:".contains(it)).count()
}

/// How many lines a quoted text has that starts at a byte.
fn n_lines(text: &str, start: usize) -> Option<usize> {
    let quoted = text.get(start..)?;
    let quote = quoted.chars().next()?;
    let mut end = 1;
    loop {
        let found = end + quoted.get(end..)?.find(['\\', quote])?;
        let is_pair = |it: char| quoted.get(found + 1..).is_some_and(|rest| rest.starts_with(it));
        let is_escape = match quote {
            '"' => quoted.get(found..)?.starts_with('\\'),
            _ => !quoted.get(found..)?.starts_with('\\') && is_pair(quote),
        };
        let is_letter = quote == '\'' && quoted.get(found..)?.starts_with('\\');
        if !is_escape && !is_letter {
            return Some(quoted.get(..found)?.split('\n').count());
        }
        let width =
            if is_letter { 1 } else { 1 + quoted.get(found + 1..)?.chars().next()?.len_utf8() };
        end = found + width;
    }
}
