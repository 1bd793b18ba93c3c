//! Bounds the nesting of a TOML text before a recursive parser sees it.

use toml_parser::{
    Source,
    lexer::{Token, TokenKind},
};

use crate::parse::SyntaxError;

/// Checks that no value of a TOML text lies deeper than the limit; each part of a dotted key is a
/// level of its own.
///
/// It counts the tokens of the parser's own lexer, and only a bracket of the same kind closes one:
/// so it never counts less than the parser recurses, whatever is wrong with the text.
pub(super) fn check_toml(text: &str, limit: usize) -> Result<(), SyntaxError> {
    let mut levels = Levels::default();
    for token in Source::new(text).lex() {
        levels.take(token);
        if levels.header + levels.outer + levels.dots > limit {
            return Err(SyntaxError::too_deep(token.span().start(), limit));
        }
    }
    Ok(())
}

#[derive(Default)]
struct Levels {
    /// Levels that the header at hand has opened.
    header: usize,
    is_header: bool,
    is_inside_line: bool,
    /// Dots since the start of the key at hand.
    dots: usize,
    /// What closes each open bracket, and the levels it stands for.
    open: Vec<(TokenKind, usize)>,
    /// The sum of the levels in `open`.
    outer: usize,
}

impl Levels {
    fn take(&mut self, token: Token) {
        let kind = token.kind();
        let is_open = matches!(kind, TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket);
        if kind == TokenKind::Newline {
            (self.dots, self.is_header, self.is_inside_line) = (0, false, false);
            return;
        }
        if is_open && self.open.is_empty() && !self.is_inside_line {
            (self.header, self.is_header) = (1, true);
        } else if self.is_header {
            self.header += usize::from(is_open || kind == TokenKind::Dot);
        } else if kind == TokenKind::LeftSquareBracket {
            self.push(TokenKind::RightSquareBracket);
        } else if kind == TokenKind::LeftCurlyBracket {
            self.push(TokenKind::RightCurlyBracket);
        } else if kind == TokenKind::Dot {
            self.dots += 1;
        } else if kind == TokenKind::Comma {
            self.dots = 0;
        } else {
            self.pop(kind);
        }
        self.is_inside_line |= kind != TokenKind::Whitespace;
    }

    fn push(&mut self, closing: TokenKind) {
        let n_levels = self.dots + 1;
        self.open.push((closing, n_levels));
        self.outer += n_levels;
        self.dots = 0;
    }

    fn pop(&mut self, kind: TokenKind) {
        if let Some((_, n_levels)) = self.open.pop_if(|(closing, _)| *closing == kind) {
            self.outer -= n_levels;
            self.dots = 0;
        }
    }
}
