//! Texts as string literals that stay one literal in TypeScript, JavaScript and HTML.

use std::{borrow::Cow, fmt::Write as _};

use unicode_ident::{is_xid_continue, is_xid_start};

/// A text inside a string literal in double quotes.
pub(super) fn inside_literal(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    escape(text, &mut out);
    Cow::Owned(out)
}

/// Does a byte stand for itself, whatever is around it?
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'<')
}

fn escape(text: &str, out: &mut String) {
    let mut before = ' ';
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // `</script` and `<!--` end or open something where a script stands in HTML.
            '/' | '!' if before == '<' => {
                out.push('\\');
                out.push(letter);
            }
            it if is_hidden(it) => {
                for unit in it.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}").expect("a text grows without errors");
                }
            }
            it => out.push(it),
        }
        before = letter;
    }
}

/// Controls, line and paragraph separators, marks that turn the direction of what a reader sees,
/// and characters of no width.
pub(super) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// May a member be written without quotes?
pub(super) fn is_plain_key(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|it| it.is_ascii_alphabetic() || matches!(it, '_' | '$'))
        && letters.all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '$'))
}

/// Is it an identifier of ECMAScript (which may still be a reserved word)?
pub(crate) fn is_identifier(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|it| is_xid_start(it) || matches!(it, '_' | '$'))
        && letters.all(|it| is_xid_continue(it) || it == '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_literal() {
        let rows = [
            ("plain", r#""plain""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("\n\r\t\0", r#""\n\r\t\u0000""#),
            ("\u{2028}\u{2029}\u{202e}\u{7f}", r#""\u2028\u2029\u202e\u007f""#),
            ("</script><!--", r#""<\/script><\!--""#),
            ("${x}`", r#""${x}`""#),
            ("é漢😀", "\"é漢😀\""),
            ("\u{e0001}", r#""\udb40\udc01""#),
        ];
        for (text, expected) in rows {
            assert_eq!(format!("\"{}\"", inside_literal(text)), expected, "{text:?}");
        }
    }

    #[test]
    fn identifiers_are_told() {
        for (text, expected) in [
            ("a", true),
            ("_1", true),
            ("1a", false),
            ("", false),
            ("é", true),
            ("²", false),
            ("a-b", false),
        ] {
            assert_eq!(is_identifier(text), expected, "{text}");
        }
    }
}
