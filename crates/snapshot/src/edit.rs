//! Edits of one document that keep every other byte: comments, order, line ends, indentation.
//!
//! An edit is a few splices of the text. Before it is given out, the new text is parsed and must
//! mean exactly what the fix asks for; else the edit is refused.
//!
//! ```
//! use kernel::{Fix, RepoPath, Step};
//! use snapshot::{Format, edit};
//!
//! let text = "name = \"api\" # ours\n\n[vars]\nroutes = [\"api.example/*\"]\n";
//! let fix = Fix::Hoist {
//!     path: RepoPath::new("wrangler.toml").unwrap(),
//!     at: vec![Step::Key("vars".into()), Step::Key("routes".into())],
//! };
//! let edited = edit::apply(text, Format::Toml, &fix).unwrap();
//! assert_eq!(edited, "name = \"api\" # ours\nroutes = [\"api.example/*\"]\n\n[vars]\n");
//! ```

mod group;
mod jsonc;
mod meaning;
mod splice;
mod toml;

use kernel::{Fix, Step, pointer};

use crate::{Bounds, Format, edit::splice::Text};

/// Why an edit is not made; the text stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The text does not parse.
    #[error("the file does not parse; repair it first")]
    Malformed,
    /// The steps lead nowhere.
    #[error("there is no `{0}` in the file any more")]
    Missing(String),
    /// The new name is taken.
    #[error("`{0}` exists already; merge the two by hand")]
    Taken(String),
    /// The file is written in a way that this edit does not know.
    #[error("{0}; change it by hand")]
    Unsupported(&'static str),
}

/// The text after this fix; every byte that the fix is not about stays.
///
/// The text may be the one on disk: with any line ends, with or without byte order mark.
pub fn apply(text: &str, format: Format, fix: &Fix) -> Result<String, EditError> {
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |it| ("\u{feff}", it));
    let parse = |it: &str| format.parse(it, &Bounds::DEFAULT).map_err(|_| EditError::Malformed);
    let before = parse(body)?;
    let intended = meaning::intended(&before, fix)?;
    let after = match format {
        Format::Toml => toml::edit(body, fix)?,
        Format::Jsonc => jsonc::edit(body, fix)?,
        Format::Yaml => return Err(EditError::Unsupported("YAML is not edited")),
    };
    let is_right = parse(&after).is_ok_and(|it| intended.iter().any(|one| one.is_meant_by(&it)));
    if !is_right {
        return Err(EditError::Unsupported("the file is written in an unusual way"));
    }
    Ok(format!("{mark}{after}"))
}

fn missing(at: &[Step]) -> EditError {
    EditError::Missing(pointer(at))
}

/// The name that the last step goes to.
fn last_key(at: &[Step]) -> Result<&str, EditError> {
    match at.last() {
        Some(Step::Key(key)) => Ok(key),
        Some(Step::Index(_)) | None => Err(EditError::Unsupported("this value has no name")),
    }
}

/// The steps to the member of this name.
fn step_into(at: &[Step], key: &str) -> Vec<Step> {
    let mut steps = at.to_vec();
    steps.push(Step::Key(key.into()));
    steps
}

/// What differs between the languages where members stand in braces.
struct Syntax {
    /// Writes a name.
    name: fn(&str) -> String,
    /// Stands between name and value.
    between: &'static str,
    /// What starts a comment that ends with its line.
    comment: &'static str,
}

/// Does the rest of a line hold nothing but a comment?
fn ends_line(text: &Text<'_>, at: usize, syntax: &Syntax) -> bool {
    let rest = text.rest_of_line(at).trim();
    let is_block = rest.starts_with("/*") && rest.find("*/").is_some_and(|it| it + 2 == rest.len());
    rest.is_empty() || rest.starts_with(syntax.comment) || (is_block && syntax.comment == "//")
}
