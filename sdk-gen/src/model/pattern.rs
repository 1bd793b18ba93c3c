//! Patterns as engines of ECMA-262 compile them.

use contracts::pattern::{Flag, flag};

/// A pattern that compiles everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern<'a> {
    /// As the contract has it.
    pub written: &'a str,
    /// What is compiled.
    pub source: String,
    /// Whether it is compiled with the flag `u`.
    pub is_unicode: bool,
}

impl<'a> Pattern<'a> {
    /// Reads a pattern; the error says why no engine keeps it.
    pub(super) fn read(written: &'a str) -> Result<Self, String> {
        let is_unicode = |text: &str| matches!(flag(text), Ok(Flag::Unicode));
        if is_unicode(written) {
            return Ok(Self { written, source: written.to_owned(), is_unicode: true });
        }
        let source = translated(written);
        if is_unicode(&source) {
            return Ok(Self { written, source, is_unicode: true });
        }
        match flag(written) {
            // Without the flag, letters beyond 16 bits are two: `.` and negated classes see halves.
            Ok(_) if is_blind_to_halves(written) => {
                Ok(Self { written, source: written.to_owned(), is_unicode: false })
            }
            Ok(_) => Err("it compiles only without the flag `u`, where it means less".to_owned()),
            Err(why) => Err(why.to_string()),
        }
    }

    /// The text that every match starts with, if the pattern says no more than that.
    #[must_use]
    pub fn plain_prefix(&self) -> Option<&'a str> {
        let rest = self.written.strip_prefix('^')?;
        let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '/' | ':');
        (!rest.is_empty() && rest.chars().all(is_plain)).then_some(rest)
    }
}

fn is_blind_to_halves(pattern: &str) -> bool {
    let sees = ["[^", ".", "\\D", "\\S", "\\W", "\\B", "\\b", "(?"];
    pattern.is_ascii() && !sees.iter().any(|it| pattern.contains(it))
}

/// The pattern with what Annex B allows spelled as the flag `u` wants it: `\-` and `\_` outside of
/// classes, bare brackets.
fn translated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 4);
    let mut in_class = false;
    let mut letters = pattern.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                let Some((_, escaped)) = letters.next() else {
                    out.push('\\');
                    break;
                };
                if !is_idle_escape(escaped, in_class) {
                    out.push('\\');
                }
                out.push(escaped);
            }
            '[' if !in_class => {
                in_class = true;
                out.push('[');
            }
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            '{' if !in_class => match quantifier(pattern.get(at..).unwrap_or_default()) {
                Some(length) => {
                    out.push_str(pattern.get(at..at + length).unwrap_or_default());
                    letters = letters_from(pattern, at + length);
                }
                None => out.push_str("\\{"),
            },
            ']' | '}' if !in_class => {
                out.push('\\');
                out.push(letter);
            }
            it => out.push(it),
        }
    }
    out
}

/// Does the backslash before it mean nothing, and is it an error under the flag `u`?
fn is_idle_escape(letter: char, in_class: bool) -> bool {
    let means = "dDsSwWpPfnrtvbBcxuk0123456789^$\\.*+?()[]{}|/".contains(letter);
    let is_dash = in_class && letter == '-';
    !means && !is_dash
}

/// The length of `{2}`, `{2,}` or `{2,3}` at the start of a text.
fn quantifier(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('{')?.split_once('}')?.0;
    let (low, high) = inside.split_once(',').unwrap_or((inside, ""));
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    (!low.is_empty() && is_number(low) && is_number(high)).then_some(inside.len() + 2)
}

fn letters_from(pattern: &str, at: usize) -> std::str::CharIndices<'_> {
    let mut letters = pattern.char_indices();
    while letters.offset() < at && letters.next().is_some() {}
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_annex_b_allows_is_translated() {
        let rows = [
            (r"^[a-z]{2,3}$", r"^[a-z]{2,3}$", true),
            (r"^\-a\_b$", r"^-a_b$", true),
            (r"[\w\-]+\@x", r"[\w\-]+@x", true),
            (r"{a}]", r"\{a\}\]", true),
            (r"a{2}{b", r"", true),
            (r"\u{1F600}.", r"\u{1F600}.", true),
        ];
        for (pattern, source, is_unicode) in rows {
            let expected = Pattern { written: pattern, source: source.to_owned(), is_unicode };
            match Pattern::read(pattern) {
                Ok(found) if !source.is_empty() => assert_eq!(found, expected),
                found => assert!(found.is_ok(), "{pattern}: {found:?}"),
            }
        }
    }

    #[test]
    fn what_no_engine_keeps_is_refused() {
        for pattern in [r"(?i:a)", r"(", r"\p{Nonsense}", r"[\d-x].\c1"] {
            assert!(Pattern::read(pattern).is_err(), "{pattern}");
        }
    }
}
