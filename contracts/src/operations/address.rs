//! Path templates: which requests an address answers.

use std::collections::BTreeMap;

/// One segment of a template, cut at its parameters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Literal(String),
    Parameter(String),
}

/// A base URL joined with a path template, cut into segments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address {
    segments: Vec<Vec<Piece>>,
}

/// What a parameter of the answering template stands for in the asked one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fit {
    /// A parameter of that name.
    Parameter(String),
    /// This text and no other.
    Literal(String),
}

impl Address {
    /// Cuts an address such as `https://api.shop.example/v1/orders/{id}`.
    pub(crate) fn parse(text: &str) -> Self {
        Self { segments: text.split('/').map(pieces).collect() }
    }

    /// The address with all names of parameters left out: what makes two templates equal.
    pub(crate) fn key(&self) -> String {
        let piece = |it: &Piece| match it {
            Piece::Literal(it) => it.clone(),
            Piece::Parameter(_) => "{}".to_owned(),
        };
        let segment = |it: &Vec<Piece>| it.iter().map(piece).collect::<String>();
        self.segments.iter().map(segment).collect::<Vec<_>>().join("/")
    }

    /// Slashes and one more.
    pub(crate) fn n_segments(&self) -> usize {
        self.segments.len()
    }

    /// The address of one request.
    pub(crate) fn filled(&self, values: &BTreeMap<String, String>) -> String {
        let piece = |it: &Piece| match it {
            Piece::Literal(it) => it.clone(),
            Piece::Parameter(name) => values.get(name).cloned().unwrap_or_else(|| "a".to_owned()),
        };
        let segment = |it: &Vec<Piece>| it.iter().map(piece).collect::<String>();
        self.segments.iter().map(segment).collect::<Vec<_>>().join("/")
    }

    /// The address in which some parameters are these texts of a path.
    pub(crate) fn with(&self, values: &BTreeMap<String, String>) -> Self {
        let segment = |segment: &Vec<Piece>| {
            let mut found: Vec<Piece> = Vec::new();
            for piece in segment {
                let text = match piece {
                    Piece::Parameter(name) => values.get(name).map(|it| encoded(it)),
                    Piece::Literal(text) => Some(text.clone()),
                };
                match (text, found.last_mut()) {
                    (None, _) => found.push(piece.clone()),
                    (Some(text), Some(Piece::Literal(before))) => before.push_str(&text),
                    (Some(text), _) => found.push(Piece::Literal(text)),
                }
            }
            found
        };
        Self { segments: self.segments.iter().map(segment).collect() }
    }

    /// Does every request to `asked` also fit this template, or (with parameters in `asked` that
    /// meet literals here) some of them? Then what each parameter on one side is on the other.
    pub(crate) fn answers(&self, asked: &Self) -> Option<BTreeMap<String, Fit>> {
        if self.segments.len() != asked.segments.len() {
            return None;
        }
        let mut fits = BTreeMap::new();
        for (own, other) in self.segments.iter().zip(&asked.segments) {
            fit_segment(own, other, &mut fits)?;
        }
        Some(fits)
    }

    /// How special a template is: literals count from the left, as OAS asks for the most concrete.
    pub(crate) fn rank(&self) -> Vec<bool> {
        let is_literal = |it: &Vec<Piece>| it.iter().all(|it| matches!(it, Piece::Literal(_)));
        self.segments.iter().map(is_literal).collect()
    }
}

fn pieces(segment: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            found.push(Piece::Literal(encoded(before)));
        }
        found.push(Piece::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Piece::Literal(encoded(rest)));
    }
    found
}

/// One spelling of a literal: percent-encoded exactly where a path needs it (RFC 3986 §3.3).
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in percent_decode(text) {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn percent_decode(text: &str) -> Vec<u8> {
    let mut found = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|it| std::str::from_utf8(it).ok());
        let code = code.and_then(|it| u8::from_str_radix(it, 16).ok());
        found.push(code.unwrap_or(*first));
        rest = after.get(if code.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    found
}

fn fit_segment(own: &[Piece], asked: &[Piece], fits: &mut BTreeMap<String, Fit>) -> Option<()> {
    let same_shape = own.len() == asked.len();
    if same_shape && own.iter().zip(asked).all(|(one, other)| fit_piece(one, other, fits)) {
        return Some(());
    }
    // A segment that is all parameter takes any text that is not empty; otherwise the text around
    // the first parameter must fit, which is exact for the usual `{id}.json`.
    let [Piece::Literal(text)] = asked else { return None };
    let (before, name, after) = match own {
        [Piece::Parameter(name)] => ("", name, ""),
        [Piece::Literal(before), Piece::Parameter(name)] => (before.as_str(), name, ""),
        [Piece::Parameter(name), Piece::Literal(after)] => ("", name, after.as_str()),
        [Piece::Literal(before), Piece::Parameter(name), Piece::Literal(after)] => {
            (before.as_str(), name, after.as_str())
        }
        _ => return None,
    };
    let value = text.strip_prefix(before)?.strip_suffix(after).filter(|it| !it.is_empty())?;
    fits.insert(name.clone(), Fit::Literal(value.to_owned()));
    Some(())
}

fn fit_piece(own: &Piece, asked: &Piece, fits: &mut BTreeMap<String, Fit>) -> bool {
    match (own, asked) {
        (Piece::Literal(one), Piece::Literal(other)) => one == other,
        (Piece::Parameter(name), Piece::Parameter(other)) => {
            fits.insert(name.clone(), Fit::Parameter(other.clone()));
            true
        }
        (Piece::Parameter(name), Piece::Literal(text)) => {
            fits.insert(name.clone(), Fit::Literal(text.clone()));
            true
        }
        (Piece::Literal(_), Piece::Parameter(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(own: &str, asked: &str, expected: Option<&[(&str, Fit)]>) {
        let fits = Address::parse(own).answers(&Address::parse(asked));
        let expected = expected
            .map(|it| it.iter().map(|(name, fit)| ((*name).to_owned(), fit.clone())).collect());
        assert_eq!(fits, expected, "{own} answers {asked}");
    }

    #[test]
    fn templates_answer_what_they_cover() {
        let literal = |it: &str| Fit::Literal(it.to_owned());
        let parameter = |it: &str| Fit::Parameter(it.to_owned());
        check("/u/{id}", "/u/me", Some(&[("id", literal("me"))]));
        check("/u/{id}", "/u/{name}", Some(&[("id", parameter("name"))]));
        check("/u/me", "/u/{id}", None);
        check("/u/{id}", "/u", None);
        check("/u/{id}", "/u/", None);
        check("/u/{id}.json", "/u/7.json", Some(&[("id", literal("7"))]));
        check("/u/{id}.json", "/u/.json", None);
        check("/{a}/{b}", "/u/{x}", Some(&[("a", literal("u")), ("b", parameter("x"))]));
        check("/u/{a}-{b}", "/u/{x}-{y}", Some(&[("a", parameter("x")), ("b", parameter("y"))]));
        check("/u", "/u", Some(&[]));
        check("/a b", "/a%20b", Some(&[]));
        check("/%7euser", "/~user", Some(&[]));
        check("/a%2Fb", "/a/b", None);
    }

    #[test]
    fn a_parameter_with_one_value_is_a_literal() {
        let values = BTreeMap::from([("a".to_owned(), "x%20y".to_owned())]);
        let key = Address::parse("/u/{a}.json/{b}").with(&values).key();
        assert_eq!(key, Address::parse("/u/x y.json/{c}").key());
    }

    #[test]
    fn names_of_parameters_make_no_difference() {
        let key = |it| Address::parse(it).key();
        assert_eq!(key("/u/{id}/x"), key("/u/{name}/x"));
        assert_ne!(key("/u/{id}.json"), key("/u/{id}"));
    }
}
