//! Paths with names in braces.

use crate::request::decoded;

/// Names that stand for several segments: a branch may have slashes.
const LONG: &[&str] = &["branch", "path", "ref"];

/// A path as a description writes it: `/repos/{owner}/{repo}/git/ref/{ref}`.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Literal(String),
    Name(String),
}

/// The values of the names, decoded.
pub(crate) type Values = Vec<(String, String)>;

impl Template {
    pub(crate) fn of(text: &str) -> Self {
        let piece = |it: &str| match it.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
            Some(name) => Piece::Name(name.to_owned()),
            None => Piece::Literal(it.to_owned()),
        };
        Self { text: text.to_owned(), pieces: text.split('/').map(piece).collect() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn n_literals(&self) -> usize {
        self.pieces.iter().filter(|it| matches!(it, Piece::Literal(_))).count()
    }

    /// The values of the names, if the path is of this form.
    pub(crate) fn values(&self, path: &str) -> Option<Values> {
        let segments: Vec<_> = path.split('/').collect();
        let mut values = Vec::new();
        fits(&self.pieces, &segments, &mut values).then_some(values)
    }
}

fn fits(pieces: &[Piece], segments: &[&str], values: &mut Values) -> bool {
    let Some((piece, pieces)) = pieces.split_first() else { return segments.is_empty() };
    let Some((first, rest)) = segments.split_first() else { return false };
    match piece {
        Piece::Literal(text) => text == first && fits(pieces, rest, values),
        Piece::Name(name) => {
            let most = if LONG.contains(&name.as_str()) { segments.len() } else { 1 };
            (1..=most).any(|n_taken| takes(name, n_taken, (pieces, segments), values))
        }
    }
}

/// Does the rest fit, if this name stands for so many segments?
fn takes(
    name: &str,
    n_taken: usize,
    (pieces, segments): (&[Piece], &[&str]),
    values: &mut Values,
) -> bool {
    let Some((taken, rest)) = segments.split_at_checked(n_taken) else { return false };
    if taken.iter().any(|it| it.is_empty()) {
        return false;
    }
    let n_values = values.len();
    values.push((name.to_owned(), decoded(&taken.join("/"))));
    let is_fit = fits(pieces, rest, values);
    if !is_fit {
        values.truncate(n_values);
    }
    is_fit
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn names_take_segments() {
        let check = |template: &str, path: &str, expected: Option<&[&str]>| {
            let values = Template::of(template).values(path);
            let values = values.map(|it| it.into_iter().map(|it| it.1).collect::<Vec<_>>());
            let expected = expected.map(|it| it.iter().map(ToString::to_string).collect());
            assert_eq!(values, expected, "{template} {path}");
        };
        check("/r/{owner}/x", "/r/acme/x", Some(&["acme"]));
        check("/r/{owner}/x", "/r//x", None);
        check("/r/{owner}/x", "/r/a/b/x", None);
        check("/git/ref/{ref}", "/git/ref/heads/a/b", Some(&["heads/a/b"]));
        check("/git/ref/{ref}", "/git/ref/heads%2Fa", Some(&["heads/a"]));
        check("/b/{branch}/protection", "/b/a/b/protection", Some(&["a/b"]));
        check("/b/{branch}/protection", "/b/protection", None);
        check("/e/{environment_name}/s", "/e/a%2Fb/s", Some(&["a/b"]));
    }
}
