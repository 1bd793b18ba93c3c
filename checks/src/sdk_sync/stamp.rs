//! The first line of a generated file, which carries the digest of the rest.

use kernel::Digest;

/// What every such line says, in the comment form of its language.
const WORDS: &str = "checks:sdk v1 ";

/// What the first line of a file says of the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stamp {
    /// It is a file of ours, as we wrote it.
    Intact,
    /// It is a file of ours that somebody changed.
    Broken,
    /// Nothing: it is no file of ours, or its language has no comments.
    None,
}

impl Stamp {
    /// Reads the first line of a text whose line ends are folded.
    pub(crate) fn of(text: &str) -> Self {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let Some(told) = told(first.trim_start_matches('\u{feff}')) else { return Self::None };
        if told == Digest::of(rest.as_bytes()).to_string() { Self::Intact } else { Self::Broken }
    }
}

/// The digest that a first line tells.
fn told(first: &str) -> Option<&str> {
    let bare = first.strip_prefix("// ");
    let bare = bare.or_else(|| first.strip_prefix("<!-- ")?.strip_suffix(" -->"));
    bare?.strip_prefix(WORDS)
}

/// The text with `\n` alone at the ends of its lines; nothing if it is no text.
pub(crate) fn folded(bytes: &[u8]) -> Option<String> {
    let text = str::from_utf8(bytes).ok()?;
    Some(if text.contains('\r') { text.replace("\r\n", "\n") } else { text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_broken_by_every_change() {
        let digest = Digest::of(b"x\n");
        for (text, expected) in [
            (format!("// checks:sdk v1 {digest}\nx\n"), Stamp::Intact),
            (format!("<!-- checks:sdk v1 {digest} -->\nx\n"), Stamp::Intact),
            (format!("// checks:sdk v1 {digest}\nx"), Stamp::Broken),
            (format!("// checks:sdk v1 {digest}\ny\n"), Stamp::Broken),
            (format!("\u{feff}// checks:sdk v1 {digest}\ny\n"), Stamp::Broken),
            (format!("// checks:sdk v1 {digest} \nx\n"), Stamp::Broken),
            ("// checks:sdk v2\nx\n".to_owned(), Stamp::None),
            ("x\n".to_owned(), Stamp::None),
            (String::new(), Stamp::None),
        ] {
            assert_eq!(Stamp::of(&text), expected, "{text}");
        }
    }

    #[test]
    fn line_ends_are_folded() {
        for (bytes, expected) in
            [(&b"a\r\nb\r\n"[..], Some("a\nb\n")), (b"a\rb\n", Some("a\rb\n")), (b"\xff", None)]
        {
            assert_eq!(folded(bytes).as_deref(), expected);
        }
    }
}
