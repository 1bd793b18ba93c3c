//! Text from repositories, made harmless for every output that has lines.

use std::borrow::Cow;

use serde_json::Value;

use crate::report::{ContractMember, FindingRecord, Report, exchange};

/// The text with every control and direction character written out: `\n`, `\u{1b}`.
///
/// Names of files may hold newlines and terminal codes; whatever they say, they stay one line.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for it in text.chars() {
        if is_hidden(it) { out.extend(it.escape_default()) } else { out.push(it) }
    }
    Cow::Owned(out)
}

/// Characters that a reader cannot see or that change what he sees.
pub(crate) fn is_hidden(it: char) -> bool {
    it.is_control()
        || matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(it, '\u{61c}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// At most so many UTF-16 units, which is how GitHub counts; a cut text ends with `…`.
pub(crate) fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    let mut n_units = 0;
    let mut end = 0;
    for (idx, it) in text.char_indices() {
        if n_units < limit {
            end = idx;
        }
        n_units += it.len_utf16();
        if n_units > limit {
            return Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default()));
        }
    }
    Cow::Borrowed(text)
}

/// `1 rule`, `2 rules`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// The kind of a witness, and its members as one line of JSON; an exchange reads more easily.
pub(crate) fn witness_line(finding: &FindingRecord) -> String {
    if let Some(text) = exchange::witness_text(finding) {
        return text;
    }
    let (kind, body) = witness(finding);
    let line = kernel::canonical_line(&body);
    visible(&format!("{kind} {}", line.trim_end())).into_owned()
}

/// The command that judges one rule again; nothing for two files that were named.
pub(crate) fn replay(report: &Report, finding: &FindingRecord) -> Option<String> {
    if matches!(report.contract, Some(ContractMember::Diff(_))) {
        return None;
    }
    let base = report.base.as_ref().map_or_else(String::new, |it| format!(" --base {it}"));
    Some(format!("checks run --rule {}{base}", finding.rule))
}

/// The kind of a witness and its members.
pub(crate) fn witness(finding: &FindingRecord) -> (String, Value) {
    let mut body = finding.witness.clone();
    let kind = body.as_object_mut().and_then(|it| it.remove("kind"));
    let kind = kind.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default();
    (kind, body)
}

/// `path:line:column`.
pub(crate) fn place(path: &str, line: usize, column: usize) -> String {
    format!("{}:{line}:{column}", visible(path))
}

/// How long a waiver still counts.
pub(crate) fn days_left(days: i64) -> String {
    match days {
        0 => "last day".to_owned(),
        1 => "1 day left".to_owned(),
        _ => format!("{days} days left"),
    }
}

/// The words of a text in lines of at most `width` characters; a longer word has a line of its own.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for word in text.split_whitespace() {
        let n_chars = word.chars().count();
        match lines.last_mut() {
            Some(line) if n_chars < room => {
                line.push(' ');
                line.push_str(word);
                room -= n_chars + 1;
            }
            _ => {
                lines.push(word.to_owned());
                room = width.saturating_sub(n_chars);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out() {
        for (text, expected) in [
            ("a\nb\r\tc", "a\\nb\\r\\tc"),
            ("\u{1b}[31m\u{9b}x\u{7f}", "\\u{1b}[31m\\u{9b}x\\u{7f}"),
            ("\u{202e}txt\u{2028}\u{feff}", "\\u{202e}txt\\u{2028}\\u{feff}"),
            ("ünï ♫ \\ ::", "ünï ♫ \\ ::"),
        ] {
            assert_eq!(visible(text), expected);
        }
    }

    #[test]
    fn words_are_wrapped_whole() {
        for (text, width, expected) in [
            ("a bb ccc", 4, vec!["a bb", "ccc"]),
            ("a bb ccc", 8, vec!["a bb ccc"]),
            ("longword a", 3, vec!["longword", "a"]),
            ("é é", 3, vec!["é é"]),
            ("", 9, vec![]),
        ] {
            assert_eq!(wrapped(text, width), expected, "{text}");
        }
    }

    #[test]
    fn a_cut_text_stays_in_its_limit_and_whole() {
        for (text, limit, expected) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("é♫é♫", 3, "é♫…"),
            ("😀😀", 3, "😀…"),
            ("😀😀", 4, "😀😀"),
            ("", 0, ""),
        ] {
            let got = cut(text, limit);
            assert_eq!(got, expected);
            assert!(got.encode_utf16().count() <= limit, "{text}");
        }
    }
}
