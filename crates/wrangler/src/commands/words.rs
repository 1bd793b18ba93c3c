use std::mem;

/// How deep substitutions may nest before they are left alone.
const MAX_DEPTH: usize = 8;

/// One word of a shell command, with its quotes taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word; what only the run knows (`$X`, `${{ … }}`) stays as written.
    pub(crate) text: String,
    /// Some part of it is known only in the run.
    pub(crate) is_dynamic: bool,
    /// Some part of it was quoted, so that it is no keyword.
    pub(crate) is_quoted: bool,
    /// Where it starts.
    pub(crate) offset: usize,
}

/// What a shell text falls into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    Word(Word),
    /// Ends a simple command: a line, `;`, `&`, `&&`, `|`, `||`.
    End,
    /// Starts a subshell, whose folder is its own.
    Open,
    /// Ends a subshell, or a pattern of `case`.
    Close,
}

/// A text inside the text that is a command of its own: `$(…)` or backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inner {
    pub(crate) text: String,
    pub(crate) offset: usize,
}

/// Splits shell text as far as deploy commands need it; no text is refused.
///
/// It knows quotes, escapes, continued lines (also those of PowerShell and cmd), comments,
/// operators, redirections, here-documents, substitutions and expressions of GitHub.
pub(crate) fn tokens(text: &str) -> (Vec<Token>, Vec<Inner>) {
    let mut lexer = Lexer { text, ..Lexer::default() };
    while lexer.step() {}
    lexer.end_word();
    lexer.push(Token::End);
    (lexer.tokens, lexer.inner)
}

/// May a text that was found `depth` texts deep still be looked into?
pub(crate) fn may_descend(depth: usize) -> bool {
    depth < MAX_DEPTH
}

#[derive(Default)]
struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    inner: Vec<Inner>,
    word: Option<Word>,
    /// The next word names a file, and is dropped.
    is_redirected: bool,
    /// The next word ends a here-document.
    is_here: bool,
    /// Here-documents whose text starts on the next line.
    here: Vec<String>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Reads one character or construct; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        match first {
            '\\' | '`' | '^' if self.continued_line() => {}
            '\\' => self.escape(),
            '\'' => self.single_quoted(),
            '"' => self.double_quoted(),
            '$' => self.dollar(),
            '`' => self.backticks(),
            '#' if self.word.is_none() => self.at += rest.find('\n').unwrap_or(rest.len()),
            '\n' => self.end_line(),
            ' ' | '\t' | '\r' => self.separate(1),
            ';' | '|' | '(' | ')' => self.operator(first),
            '&' => self.ampersand(),
            '<' | '>' => self.redirect(),
            _ => self.literal(first),
        }
        true
    }

    fn literal(&mut self, it: char) {
        self.at_word().text.push(it);
        self.at += it.len_utf8();
    }

    fn at_word(&mut self) -> &mut Word {
        let offset = self.at;
        self.word.get_or_insert_with(|| Word {
            text: String::new(),
            is_dynamic: false,
            is_quoted: false,
            offset,
        })
    }

    /// A mark at the end of a line that continues it: `\`, PowerShell's backtick, cmd's `^`.
    fn continued_line(&mut self) -> bool {
        let after = self.rest().get(1..).unwrap_or_default();
        let length = if after.starts_with('\n') {
            2
        } else if after.starts_with("\r\n") {
            3
        } else {
            return false;
        };
        self.separate_unless_backslash(length);
        true
    }

    /// Only a shell's own backslash joins the two halves of a word.
    fn separate_unless_backslash(&mut self, length: usize) {
        if self.rest().starts_with('\\') {
            self.at += length;
        } else {
            self.separate(length);
        }
    }

    fn escape(&mut self) {
        let escaped = self.rest().chars().nth(1);
        let word = self.at_word();
        word.is_quoted = true;
        word.text.extend(escaped);
        self.at += 1 + escaped.map_or(0, char::len_utf8);
    }

    fn single_quoted(&mut self) {
        let body = self.rest().get(1..).unwrap_or_default();
        let end = body.find('\'').unwrap_or(body.len());
        let quoted = body.get(..end).unwrap_or_default();
        // GitHub fills in its expressions before any shell sees the quotes.
        let is_dynamic = quoted.contains("${{");
        let word = self.at_word();
        word.is_quoted = true;
        word.is_dynamic |= is_dynamic;
        word.text.push_str(quoted);
        self.at += 1 + (end + 1).min(body.len());
    }

    fn double_quoted(&mut self) {
        self.at_word().is_quoted = true;
        self.at += 1;
        while let Some(next) = self.rest().chars().next() {
            match next {
                '"' => {
                    self.at += 1;
                    return;
                }
                '\\' => self.escape_in_quotes(),
                '$' => self.dollar(),
                '`' => self.backticks(),
                _ => self.literal(next),
            }
        }
    }

    fn escape_in_quotes(&mut self) {
        match self.rest().chars().nth(1) {
            Some('\n') => self.at += 2,
            Some('"' | '\\' | '$' | '`') => self.escape(),
            _ => self.literal('\\'),
        }
    }

    /// `${{ … }}`, `$(…)`, `$((…))`, `${…}`, `$NAME`, or a plain `$`.
    fn dollar(&mut self) {
        let rest = self.rest();
        let length = if rest.starts_with("${{") {
            rest.find("}}").map_or(rest.len(), |it| it + 2)
        } else if rest.starts_with("${") {
            rest.find('}').map_or(rest.len(), |it| it + 1)
        } else if rest.starts_with("$(") {
            self.substitution(rest)
        } else {
            1 + name_length(rest.get(1..).unwrap_or_default())
        };
        let word = self.at_word();
        word.is_dynamic |= length > 1;
        word.text.push_str(rest.get(..length).unwrap_or_default());
        self.at += length;
    }

    fn substitution(&mut self, rest: &str) -> usize {
        let end = matching_parenthesis(rest).unwrap_or(rest.len());
        let text = rest.get(2..end).unwrap_or_default().to_owned();
        self.inner.push(Inner { text, offset: self.at + 2 });
        (end + 1).min(rest.len())
    }

    fn backticks(&mut self) {
        let body = self.rest().get(1..).unwrap_or_default();
        let end = body.find('`').unwrap_or(body.len());
        let text = body.get(..end).unwrap_or_default();
        self.inner.push(Inner { text: text.to_owned(), offset: self.at + 1 });
        let word = self.at_word();
        word.is_dynamic = true;
        word.text.push_str(text);
        self.at += 1 + (end + 1).min(body.len());
    }

    fn separate(&mut self, length: usize) {
        self.end_word();
        self.at += length;
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        if mem::take(&mut self.is_here) {
            self.here.push(word.text);
        } else if !mem::take(&mut self.is_redirected) {
            self.push(Token::Word(word));
        }
    }

    fn push(&mut self, token: Token) {
        self.tokens.push(token);
    }

    fn end_line(&mut self) {
        self.separate(1);
        self.push(Token::End);
        for delimiter in mem::take(&mut self.here) {
            self.skip_here_document(&delimiter);
        }
    }

    fn skip_here_document(&mut self, delimiter: &str) {
        while !self.rest().is_empty() {
            let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
            self.at += line.len();
            if line.trim() == delimiter {
                return;
            }
        }
    }

    fn operator(&mut self, it: char) {
        self.separate(1);
        self.push(match it {
            '(' => Token::Open,
            ')' => Token::Close,
            _ => Token::End,
        });
    }

    /// `&>file` is a redirection, any other `&` ends a command.
    fn ampersand(&mut self) {
        if self.rest().starts_with("&>") {
            self.separate(1);
            self.redirect();
        } else {
            self.separate(1);
            self.push(Token::End);
        }
    }

    fn redirect(&mut self) {
        // In `2>file` the number belongs to the redirection.
        let is_number =
            |it: &Word| !it.is_quoted && it.text.bytes().all(|byte| byte.is_ascii_digit());
        self.word.take_if(|it| is_number(it));
        self.end_word();
        let rest = self.rest();
        let length = rest.find(|it| !matches!(it, '<' | '>' | '&' | '|')).unwrap_or(rest.len());
        let mark = rest.get(..length).unwrap_or_default();
        self.at += length;
        if mark == "<<" {
            self.at += usize::from(self.rest().starts_with('-'));
            self.is_here = true;
        } else {
            self.is_redirected = true;
        }
    }
}

/// The length of a variable's name, or of a special parameter as `$1` or `$@`.
fn name_length(text: &str) -> usize {
    let is_name = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let length = text.find(|it| !is_name(it)).unwrap_or(text.len());
    let is_special = text.starts_with(['@', '*', '#', '?', '-', '!', '$']);
    if length == 0 && is_special { 1 } else { length }
}

/// The byte of the parenthesis that closes the first one; quoted ones do not count.
fn matching_parenthesis(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut is_escaped = false;
    for (index, it) in text.char_indices() {
        if mem::take(&mut is_escaped) {
            continue;
        }
        match it {
            '\\' => is_escaped = true,
            '\'' | '"' if quote == Some(it) => quote = None,
            '\'' | '"' if quote.is_none() => quote = Some(it),
            '(' if quote.is_none() => depth += 1,
            ')' if quote.is_none() && depth <= 1 => return Some(index),
            ')' if quote.is_none() => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let (tokens, _) = tokens(text);
        let mut shown = Vec::new();
        for token in tokens {
            match token {
                Token::Word(word) if word.is_dynamic => shown.push(format!("~{}", word.text)),
                Token::Word(word) => shown.push(word.text),
                Token::End => shown.push(";".to_owned()),
                Token::Open => shown.push("(".to_owned()),
                Token::Close => shown.push(")".to_owned()),
            }
        }
        shown.dedup_by(|right, left| right == ";" && left == ";");
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn words_are_split_as_a_shell_does() {
        check("a  b\tc", &["a", "b", "c", ";"]);
        check("a 'b c' \"d e\" f\\ g", &["a", "b c", "d e", "f g", ";"]);
        check("a'b'\"c\"d ''", &["abcd", "", ";"]);
        check(r#"a "\"x\" \n""#, &["a", r#""x" \n"#, ";"]);
        check("a # b\nc#d", &["a", ";", "c#d", ";"]);
        check("a \\\n  b\\\nc", &["a", "bc", ";"]);
        check("a `\n  b ^\r\n c", &["a", "b", "c", ";"]);
        check(
            "a;b&&c||d|e&f\r\ng",
            &["a", ";", "b", ";", "c", ";", "d", ";", "e", ";", "f", ";", "g", ";"],
        );
        check("(a b)\n{ c; }", &["(", "a", "b", ")", ";", "{", "c", ";", "}", ";"]);
    }

    #[test]
    fn redirections_and_here_documents_are_no_words() {
        check("a >b 2>&1 c < d >> e", &["a", "c", ";"]);
        check("a &> b c2>d", &["a", "c2", ";"]);
        check("a <<EOF b\nx y\nEOF\nc", &["a", "b", ";", "c", ";"]);
        check("a <<-'E F'\n x\n\tE F\nc <<< d e", &["a", ";", "c", "e", ";"]);
        check("a <<EOF\nx", &["a", ";"]);
    }

    #[test]
    fn what_only_the_run_knows_is_marked() {
        check(
            "a $X ${Y-1 2}z '$Z' \"$A b\" $ $1",
            &["a", "~$X", "~${Y-1 2}z", "$Z", "~$A b", "$", "~$1", ";"],
        );
        check("a ${{ inputs.x || 'b c' }}/d", &["a", "~${{ inputs.x || 'b c' }}/d", ";"]);
        check("a '${{ x }}'", &["a", "~${{ x }}", ";"]);
        check("a $(b (c) \")\") d", &["a", "~$(b (c) \")\")", "d", ";"]);
        let (_, inner) = tokens("a \"$(b c)\" `d`");
        let inner: Vec<_> = inner.iter().map(|it| (it.text.as_str(), it.offset)).collect();
        assert_eq!(inner, [("b c", 5), ("d", 12)]);
    }

    #[test]
    fn broken_text_ends_quietly() {
        for text in [
            "'", "\"", "\\", "$", "${", "${{", "$(", "`", "<", "<<", ">", "&", "a \"$(", "é\\",
            "\"\\",
        ] {
            let (found, _) = tokens(text);
            assert_eq!(found.last(), Some(&Token::End), "{text}");
        }
    }
}
