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
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        json::rewrite(text, old, new)
    } else {
        yaml::rewrite(text, old, new)
    }
}

/// The whole text written anew, in the manner of the file: for when [`rewrite`] fails its check.
#[must_use]
pub fn render(text: &str, new: &Tree) -> String {
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        json::render(text, new)
    } else {
        yaml::render(new)
    }
}
