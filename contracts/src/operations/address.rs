//! Path templates: which requests an address answers.

use std::collections::BTreeMap;

/// One segment of a template, cut at its parameters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Piece {
    /// Text, percent-encoded where a path needs it.
    Literal(String),
    /// A parameter of this name.
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
    /// Texts and parameters in a row: `{id}.json`.
    Pieces(Vec<Piece>),
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
        self.segments.iter().map(|it| filled(it, values)).collect::<Vec<_>>().join("/")
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
    pub(crate) fn rank(&self) -> Vec<u8> {
        let rank = |it: &Vec<Piece>| match it.as_slice() {
            [Piece::Parameter(_)] => 0,
            it if it.iter().all(|it| matches!(it, Piece::Literal(_))) => 2,
            _ => 1,
        };
        self.segments.iter().map(rank).collect()
    }
}

/// The text of pieces of one request.
pub(crate) fn filled(pieces: &[Piece], values: &BTreeMap<String, String>) -> String {
    let piece = |it: &Piece| match it {
        Piece::Literal(it) => it.clone(),
        Piece::Parameter(name) => values.get(name).cloned().unwrap_or_else(|| "a".to_owned()),
    };
    pieces.iter().map(piece).collect()
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
    for (name, pieces) in aligned(own, asked)? {
        let fit = match pieces.as_slice() {
            [Piece::Literal(text)] => Fit::Literal(text.clone()),
            [Piece::Parameter(other)] => Fit::Parameter(other.clone()),
            _ => Fit::Pieces(pieces),
        };
        fits.insert(name, fit);
    }
    Some(())
}

/// What each parameter of a segment takes of the other one, if all its texts fit; the first one takes
/// as much as it can. Parameters are never empty.
fn aligned(own: &[Piece], asked: &[Piece]) -> Option<Vec<(String, Vec<Piece>)>> {
    let Some((first, rest)) = own.split_first() else {
        return asked.is_empty().then(Vec::new);
    };
    match first {
        Piece::Literal(text) => {
            let (Piece::Literal(other), further) = asked.split_first()? else { return None };
            let left = other.strip_prefix(text.as_str())?;
            let left = (!left.is_empty()).then(|| Piece::Literal(left.to_owned()));
            aligned(rest, &left.into_iter().chain(further.iter().cloned()).collect::<Vec<_>>())
        }
        Piece::Parameter(name) => cuts(asked).into_iter().rev().find_map(|(taken, left)| {
            let mut found = aligned(rest, &left)?;
            found.push((name.clone(), taken));
            Some(found)
        }),
    }
}

/// All ways to cut a segment in two, of which the first part has something.
fn cuts(asked: &[Piece]) -> Vec<(Vec<Piece>, Vec<Piece>)> {
    let mut found = Vec::new();
    for (idx, piece) in asked.iter().enumerate() {
        let (before, behind) = (asked.get(..idx), asked.get(idx + 1..));
        let (before, behind) = (before.unwrap_or_default(), behind.unwrap_or_default());
        let ends = match piece {
            Piece::Literal(text) => ends(text),
            Piece::Parameter(_) => Vec::new(),
        };
        found.extend(ends.into_iter().map(|(head, tail)| {
            let taken = before.iter().cloned().chain([Piece::Literal(head)]).collect();
            (taken, [Piece::Literal(tail)].into_iter().chain(behind.iter().cloned()).collect())
        }));
        found.push((asked.get(..=idx).unwrap_or_default().to_vec(), behind.to_vec()));
    }
    found
}

/// A text cut in two, between the characters that it stands for.
fn ends(text: &str) -> Vec<(String, String)> {
    let is_code = |end: usize| {
        let before = text.as_bytes().get(end.saturating_sub(2)..end).unwrap_or_default();
        before.contains(&b'%')
    };
    let ends = (1..text.len()).filter(|it| text.is_char_boundary(*it) && !is_code(*it));
    ends.map(|end| text.split_at(end)).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
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
        let pieces = Fit::Pieces(Address::parse("{y}.json").segments.remove(0));
        check("/u/{id}", "/u/{y}.json", Some(&[("id", pieces)]));
        check("/u/{id}.json", "/u/{y}", None);
        check(
            "/u/x{id}",
            "/u/xy{y}",
            Some(&[("id", Fit::Pieces(Address::parse("y{y}").segments.remove(0)))]),
        );
        check("/u/{a}.{b}", "/u/{y}.json", Some(&[("a", parameter("y")), ("b", literal("json"))]));
        check("/u/{a}.{b}", "/u/a.b.c", Some(&[("a", literal("a.b")), ("b", literal("c"))]));
        check("/u/{a}.{b}", "/u/{y}json", None);
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
