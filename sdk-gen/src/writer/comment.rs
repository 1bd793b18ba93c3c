//! Texts as lines of a comment that they cannot end.

use crate::writer::escape::is_hidden;

/// The lines of a text, without what could end the comment or hide something in it.
pub(super) fn lines(text: &str) -> Vec<String> {
    let is_break = |it: char| matches!(it, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    let text = text.replace("\r\n", "\n");
    let text = text.trim_matches(|it: char| is_break(it) || it == ' ');
    text.split(is_break).map(line).collect()
}

fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for letter in text.trim_end().chars() {
        match letter {
            '/' if matches!(before, '*' | '<') => out.push_str("\\/"),
            '\t' => out.push(' '),
            it if is_hidden(it) => out.push('\u{fffd}'),
            it => out.push(it),
        }
        before = letter;
    }
    // A text is no place for tags: `@deprecated` in it would strike the name through.
    let indent = out.len() - out.trim_start().len();
    if out.trim_start().starts_with('@') {
        out.insert(indent, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_its_comment() {
        let rows = [
            ("a */ b", "a *\\/ b"),
            ("</script>", "<\\/script>"),
            ("a\u{202e}b", "a\u{fffd}b"),
            ("@deprecated", "\\@deprecated"),
            ("*", "*"),
            ("**/", "**\\/"),
        ];
        for (text, expected) in rows {
            assert_eq!(lines(text), [expected], "{text:?}");
        }
        assert_eq!(lines("a\r\nb\u{2028}\nc\n"), ["a", "b", "", "c"]);
        // The slash of the next line does not meet the star of this one.
        assert_eq!(lines("*\n/"), ["*", "/"]);
    }
}
