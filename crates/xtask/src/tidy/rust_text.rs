//! Rust source, split into what the compiler sees and what only people see.

use std::str::Chars;

/// One Rust file; code and comments have the same lines and columns as the file.
#[derive(Debug)]
pub(super) struct RustText {
    /// The file without its comments and without the insides of its literals.
    pub(super) code: String,
    /// The comments alone.
    pub(super) comments: String,
    /// How many lines stand before the tests.
    pub(super) n_lines_without_tests: usize,
}

impl RustText {
    pub(super) fn of(text: &str) -> Self {
        let (code, comments) = split(text);
        let n_lines = text.lines().count();
        let n_lines_without_tests =
            code.lines().position(|it| it.starts_with("#[cfg(test)]")).unwrap_or(n_lines);
        Self { code, comments, n_lines_without_tests }
    }

    /// Number and text of each line of code before the tests, from 1.
    pub(super) fn lines_without_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().take(self.n_lines_without_tests)
    }

    /// Number and text of each line of code, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(idx, line)| (idx + 1, line))
    }

    /// Number and text of each line's comments, from 1.
    pub(super) fn comment_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.comments.lines().enumerate().map(|(idx, line)| (idx + 1, line))
    }
}

/// What a character belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Code,
    Comment,
    Literal,
}

fn split(text: &str) -> (String, String) {
    let mut splitter = Splitter { rest: text.chars(), ..Splitter::default() };
    while let Some(next) = splitter.rest.clone().next() {
        splitter.piece(next);
    }
    (splitter.code, splitter.comments)
}

/// Walks through a file once.
struct Splitter<'a> {
    rest: Chars<'a>,
    code: String,
    comments: String,
    /// Is the character before this one part of a word?
    is_in_word: bool,
}

impl Default for Splitter<'_> {
    fn default() -> Self {
        let (code, comments) = (String::new(), String::new());
        Self { rest: "".chars(), code, comments, is_in_word: false }
    }
}

impl Splitter<'_> {
    /// Takes one comment, one literal or one character of code.
    fn piece(&mut self, next: char) {
        let rest = self.rest.as_str();
        let word_goes_on = self.is_in_word;
        self.is_in_word = next.is_alphanumeric() || next == '_';
        let raw =
            rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')).filter(|_| !word_goes_on);
        if rest.starts_with("//") {
            self.take(rest.find('\n').unwrap_or(rest.len()), Part::Comment);
        } else if rest.starts_with("/*") {
            self.take(block_comment(rest), Part::Comment);
        } else if let Some(length) = raw.and_then(raw_string) {
            self.take(rest.len() - raw.map_or(0, str::len) + length, Part::Literal);
        } else if next == '"' {
            self.take(quoted(rest, '"'), Part::Literal);
        } else if next == '\'' && is_character(rest) {
            self.take(quoted(rest, '\''), Part::Literal);
        } else {
            self.take(next.len_utf8(), Part::Code);
        }
    }

    fn take(&mut self, n_bytes: usize, part: Part) {
        let end = self.rest.as_str().len() - n_bytes;
        while self.rest.as_str().len() > end {
            let Some(it) = self.rest.next() else { return };
            let blank = if it == '\n' { '\n' } else { ' ' };
            self.code.push(if part == Part::Code { it } else { blank });
            self.comments.push(if part == Part::Comment { it } else { blank });
        }
    }
}

/// The length of the literal that follows the `r`, if this is one and not a name.
fn raw_string(rest: &str) -> Option<usize> {
    let n_hashes = rest.len() - rest.trim_start_matches('#').len();
    let inside = rest.get(n_hashes..)?.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(n_hashes));
    let length = inside.find(&end).map_or(inside.len(), |it| it + end.len());
    Some(n_hashes + 1 + length)
}

/// The length of a literal, quotes included.
fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, it) in rest.char_indices().skip(1) {
        if it == quote && !is_escaped {
            return at + 1;
        }
        is_escaped = it == '\\' && !is_escaped;
    }
    rest.len()
}

/// A quote opens a character if it does not open the name of a lifetime.
fn is_character(rest: &str) -> bool {
    let mut inside = rest.chars().skip(1);
    match inside.next() {
        Some('\\') => true,
        Some(_) => inside.next() == Some('\''),
        None => false,
    }
}

/// The length of a comment that may hold others.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(tail) = rest.get(at..).filter(|it| !it.is_empty()) {
        if tail.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if tail.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::RustText;

    fn check(text: &str, code: &str, comments: &str) {
        let taken = RustText::of(text);
        assert_eq!(taken.code.trim_end(), code, "code of {text:?}");
        assert_eq!(taken.comments.trim(), comments, "comments of {text:?}");
    }

    #[test]
    fn comments_and_literals_are_no_code() {
        check("let a = 1; // one", "let a = 1;", "// one");
        check("a /* b /* c */ d */ e", "a                   e", "/* b /* c */ d */");
        check(r#"f("// no", x)"#, "f(       , x)", "");
        check(r#"f("\"{", x)"#, "f(     , x)", "");
        check(r##"f(r#"a"b"#, x)"##, "f(        , x)", "");
        check(r#"f(br"\", x)"#, "f(     , x)", "");
        check("f('{', '\\'', 'a')", "f(   ,     ,    )", "");
        check("impl<'a> F<'a> {}", "impl<'a> F<'a> {}", "");
        check("for r in x {}", "for r in x {}", "");
        check("let r#type = bar\"x\";", "let r#type = bar   ;", "");
        check("\"ä\" {", "    {", "");
    }

    #[test]
    fn literals_that_do_not_end_take_the_rest() {
        check("a \"b", "a", "");
        check("a /* b", "a", "/* b");
        check("a r#\"b\"", "a", "");
    }

    #[test]
    fn lines_before_the_tests_are_counted() {
        let count = |text: &str| RustText::of(text).n_lines_without_tests;
        assert_eq!(count("a\nb\n"), 2);
        assert_eq!(count("a\n#[cfg(test)]\nmod tests {}\n"), 1);
        assert_eq!(count("a\n// #[cfg(test)]\nb\n"), 3);
        assert_eq!(count("a\n    #[cfg(test)]\n    fn b() {}\n"), 3);
    }
}
