//! From the text of a contract to the text of a changed contract, touching only what changes.
//!
//! Whoever migrates a contract wants to review a few lines, not a file that was written anew: so
//! what stays the same keeps its bytes, its order, its indentation and its comments.

mod json;
mod layout;
mod tree;
mod yaml;

pub use self::tree::Tree;

/// The text of a changed contract. `old` is what the text says, `new` what it has to say.
///
/// The answer is checked by whoever asked: reading it again must give `new`.
#[must_use]
pub fn rewrite(text: &str, old: &Tree, new: &Tree) -> String {
    let written = if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        json::rewrite(text, old, new)
    } else {
        yaml::rewrite(text, old, new)
    };
    with_line_ends(text, written)
}

/// The whole text written anew, in the manner of the file: for when [`rewrite`] fails its check.
#[must_use]
pub fn render(text: &str, new: &Tree) -> String {
    let written = if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        json::render(text, new)
    } else {
        yaml::render(new)
    };
    with_line_ends(text, written)
}

/// New lines end as all others of a file do; neither JSON nor YAML hears a difference.
fn with_line_ends(text: &str, written: String) -> String {
    let n_lines = text.matches('\n').count();
    if n_lines == 0 || text.matches("\r\n").count() < n_lines {
        return written;
    }
    written.replace("\r\n", "\n").replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_they_did() {
        let check = |text: &str, written: &str, expected: &str| {
            assert_eq!(with_line_ends(text, written.to_owned()), expected);
        };
        check("a\r\nb\r\n", "a\r\nc\nb\r\n", "a\r\nc\r\nb\r\n");
        check("a\r\nb\n", "a\r\nc\nb\n", "a\r\nc\nb\n");
        check("{}", "{\n}", "{\n}");
    }
}
