//! The source lines that a finding shows: one line a place, without secrets, columns kept.

use kernel::{RepoPath, Side};

use crate::report::{FindingRecord, Report, text::is_hidden};

/// Longer lines are not shown: nobody reads a minified file here.
const LONGEST_LINE: usize = 2_000;

/// What the names of values have in them that are not shown, whatever they look like.
const SECRET_NAMES: &[&str] =
    &["token", "secret", "password", "passwd", "apikey", "api_key", "private_key", "credential"];

/// One line of source, and the part of it that is meant.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The line, with `<redacted>` where a secret stood.
    pub(crate) text: String,
    /// First byte of the part.
    pub(crate) start: usize,
    /// Byte after the part.
    pub(crate) end: usize,
}

/// The line of a finding.
pub(crate) fn of_finding(report: &Report, finding: &FindingRecord) -> Option<Excerpt> {
    let is_one_line = finding.end_line == finding.line && finding.end_column > finding.column;
    let end = is_one_line.then_some(finding.end_column);
    excerpt(source(report, finding, &finding.path)?, finding.line, finding.column, end)
}

/// The line of another place of a finding.
pub(crate) fn of_related(
    report: &Report,
    finding: &FindingRecord,
    related: &crate::report::RelatedRecord,
) -> Option<Excerpt> {
    excerpt(source(report, finding, &related.path)?, related.line, related.column, None)
}

fn source<'a>(report: &'a Report, finding: &FindingRecord, path: &RepoPath) -> Option<&'a str> {
    let is_base = finding.side == Side::Base;
    report.sources.get(&(path.clone(), is_base)).map(|it| &**it)
}

fn excerpt(text: &str, line: usize, column: usize, end: Option<usize>) -> Option<Excerpt> {
    let at = line_start(text, line)?;
    let rest = text.get(at..)?;
    let raw = rest.split('\n').next()?.trim_end_matches('\r');
    if raw.len() > LONGEST_LINE || is_in_block(text, at) {
        return None;
    }
    let shown = masked(raw);
    let n_chars = shown.chars().count();
    let first = column.checked_sub(1).filter(|it| *it < n_chars)?;
    let last = end.map_or_else(|| value_end(&shown, first), |it| it.saturating_sub(1));
    let byte = |char: usize| shown.char_indices().nth(char).map_or(shown.len(), |(byte, _)| byte);
    let (start, end) = (byte(first), byte(last.min(n_chars)));
    Some(Excerpt { text: shown, start, end })
}

fn line_start(text: &str, line: usize) -> Option<usize> {
    match line {
        0 => None,
        1 => Some(0),
        _ => text.match_indices('\n').nth(line - 2).map(|(at, _)| at + 1),
    }
}

/// Inside a PEM block, whose single lines do not show what they are.
fn is_in_block(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.rfind("---- BEGIN ").or_else(|| before.rfind("-----BEGIN ")).is_some_and(|begin| {
        before.get(begin..).is_some_and(|it| !it.contains("---- END ") && !it.contains("-----END "))
    })
}

/// The same line with as many characters, so that its columns hold.
fn masked(line: &str) -> String {
    let mut secrets = kernel::secrets(line);
    if let Some(start) = named_secret(line) {
        secrets.retain(|it| it.start < start);
        secrets.push(kernel::Span { start, end: line.len() });
    }
    let mut out = String::with_capacity(line.len());
    let mut done = 0;
    for secret in secrets {
        let start = secret.start.max(done);
        out.push_str(line.get(done..start).unwrap_or_default());
        let n_chars = line.get(start..secret.end).unwrap_or_default().chars().count();
        let mark = "<redacted>";
        out.push_str(if n_chars < mark.len() { "" } else { mark });
        let n_fill = if n_chars < mark.len() { n_chars } else { n_chars - mark.len() };
        out.extend(std::iter::repeat_n(if n_chars < mark.len() { '*' } else { ' ' }, n_fill));
        done = secret.end.max(done);
    }
    out.push_str(line.get(done..).unwrap_or_default());
    let harmless = |it: char| if is_hidden(it) && it != '\t' { '\u{fffd}' } else { it };
    out.trim_end_matches(' ').chars().map(harmless).collect()
}

/// Where the value starts behind a name like `API_TOKEN`.
fn named_secret(line: &str) -> Option<usize> {
    let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    for (at, mark) in line.match_indices(['=', ':']) {
        let name = line.get(..at).unwrap_or_default().trim_end().trim_end_matches(['"', '\'']);
        let start = name.rfind(|it| !is_name(it)).map_or(0, |it| it + 1);
        let name = name.get(start..).unwrap_or_default().to_ascii_lowercase();
        let value = line.get(at + mark.len()..).unwrap_or_default();
        if SECRET_NAMES.iter().any(|it| name.contains(it)) && !value.trim().is_empty() {
            let n_space = value.len() - value.trim_start().len();
            return Some(at + mark.len() + n_space);
        }
    }
    None
}

/// The character after the value that starts here: a quoted text, or up to a space or comma.
fn value_end(line: &str, first: usize) -> usize {
    let mut chars = line.chars().skip(first);
    let opening = chars.next().unwrap_or(' ');
    let is_quote = matches!(opening, '"' | '\'');
    let is_end = |it: char| {
        if is_quote { it == opening } else { it.is_whitespace() || matches!(it, ',' | ']' | '}') }
    };
    let n_inside = chars.clone().take_while(|it| !is_end(*it)).count();
    let has_closing = is_quote && chars.nth(n_inside).is_some();
    first + 1 + n_inside + usize::from(has_closing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_line_keeps_its_columns() {
        for (line, expected) in [
            ("a = \"AKIAIOSFODNN7EXAMPLE\" # x", "a = \"<redacted>          \" # x"),
            ("u = \"https://a:b@c.example\" # x", "u = \"https://***@c.example\" # x"),
            ("API_TOKEN = \"hunter2hunter2\"", "API_TOKEN = <redacted>"),
            ("vars = { \"my-secret\" = \"x\" }", "vars = { \"my-secret\" = *****"),
            ("name = \"tokens\"", "name = \"tokens\""),
            ("a\u{1b}[1m\tb", "a\u{fffd}[1m\tb"),
        ] {
            assert_eq!(masked(line), expected);
            assert!(line.starts_with("API") || line.chars().count() == expected.chars().count());
        }
    }

    #[test]
    fn the_meant_part_is_found() {
        let text = "a\r\nrés = [\"x y\", z]\nlast";
        for ((line, column, end), expected) in [
            ((2, 8, Some(13)), Some("\"x y\"")),
            ((2, 8, None), Some("\"x y\"")),
            ((2, 15, None), Some("z")),
            ((1, 1, None), Some("a")),
            ((3, 1, Some(99)), Some("last")),
            ((2, 99, None), None),
            ((9, 1, None), None),
            ((0, 1, None), None),
        ] {
            let got = excerpt(text, line, column, end);
            let part = got.as_ref().map(|it| it.text.get(it.start..it.end).unwrap());
            assert_eq!(part, expected, "{line}:{column}");
        }
    }

    #[test]
    fn lines_of_a_key_are_not_shown() {
        let text = "k = \"\"\"\n-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n\"\"\"\nx = 1";
        assert_eq!(excerpt(text, 3, 1, None), None);
        assert!(excerpt(text, 2, 1, None).is_some_and(|it| it.text.starts_with("<redacted>")));
        assert!(excerpt(text, 6, 1, None).is_some());
    }
}
