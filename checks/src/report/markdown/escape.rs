//! Text from repositories inside markdown: no markup, no links, no mentions.

use crate::report::text::visible;

/// A message of ours: what stands in backticks becomes code, everything else is plain.
///
/// Names come with backticks of their own; then code and plain text change places, and both are
/// escaped for where they stand.
pub(crate) fn inline(text: &str) -> String {
    let text = visible(text);
    let parts: Vec<&str> = text.split('`').collect();
    // An even number of parts means that the last backtick opens nothing.
    let n_pairs = parts.len().saturating_sub(1) / 2 * 2;
    let written = parts.iter().enumerate().map(|(idx, part)| match idx {
        _ if idx > n_pairs => format!("\\`{}", plain(part)),
        _ if idx % 2 == 1 && part.is_empty() => "\\`\\`".to_owned(),
        _ if idx % 2 == 1 => code(part),
        // Without it, the backticks on both sides would be taken together.
        _ if part.is_empty() && idx > 0 && idx + 1 < parts.len() => "\u{200b}".to_owned(),
        _ => plain(part),
    });
    written.collect()
}

/// A fence that no line of the text can close.
pub(crate) fn fence(text: &str) -> String {
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// Code, whatever it holds. Never in a table, where a bar would end the cell also within code.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // Code that starts or ends with a backtick or a space needs one space more on both sides.
    let needs_rim = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let rim = if needs_rim { " " } else { "" };
    format!("{fence}{rim}{text}{rim}{fence}")
}

/// Text without markup; a zero-width space keeps `@team` and `#1` from being linked.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for it in text.chars() {
        match it {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' | '#' => out.extend(['\\', it, '\u{200b}']),
            '\\' | '*' | '_' | '[' | ']' | '|' | '~' | '!' | '$' | ':' => out.extend(['\\', it]),
            _ => out.push(it),
        }
    }
    // Bare addresses become links too.
    out.replace("www.", "www\\.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_a_repository_is_shown_and_not_taken() {
        for (text, expected) in [
            ("`a/*` is claimed by `b`", "`a/*` is claimed by `b`"),
            (
                "<img src=x> & *b* @team #1",
                "&lt;img src=x&gt; &amp; \\*b\\* \\@\u{200b}team \\#\u{200b}1",
            ),
            ("[x](https://a.example)", "\\[x\\](https\\://a.example)"),
            ("`a`@team`b`", "`a`\\@\u{200b}team`b`"),
            ("one ` backtick", "one \\` backtick"),
            ("`a|b` | c", "`a|b` \\| c"),
            ("a\nb", "a\\\\nb"),
            ("``", "\\`\\`"),
            ("`a``b`", "`a`\u{200b}`b`"),
            ("see www.evil.example", "see www\\.evil.example"),
        ] {
            assert_eq!(inline(text), expected, "{text}");
        }
        for (text, expected) in
            [("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), (" ", "`   `")]
        {
            assert_eq!(code(text), expected);
        }
    }
}
