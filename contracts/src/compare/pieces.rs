//! A parameter of a path that takes what was text and parameters: `/a/{id}` for `/a/{id}.json`. Does
//! it take all of these texts?

use std::collections::BTreeMap;

use crate::{
    Formats, Located, UndecidedPart,
    compare::{
        matching::{Directory, Found},
        path_values, presence,
        text::{decoded, encoded},
        work::Work,
    },
    operations::{Fit, Listed, Operation, Parameter, Piece, Place, Reading, Server, expand},
};

/// What becomes of the texts that a parameter has to take now.
enum Outcome {
    Taken,
    /// This value of a parameter of base leads to a text that is refused.
    Refused(String, String),
    Unknown,
}

/// Tells of values that lead to no request any more.
pub(crate) fn compare(
    work: &mut Work,
    (asked, servers): (&Listed, &[Server]),
    (head, found): (&Directory, &Found),
) {
    let pieces = found.fits.iter().filter_map(|(name, fit)| match fit {
        Fit::Pieces(pieces) => Some((name, pieces)),
        Fit::Literal(_) | Fit::Parameter(_) => None,
    });
    let pieces: Vec<_> = pieces.collect();
    let Some(other) = head.operations.get(found.idx).filter(|_| !pieces.is_empty()) else {
        return;
    };
    let (base, head) = (expand(work.base, asked), expand(work.head, other));
    for (name, pieces) in pieces {
        match outcome(work, (&base, pieces), (&head, name)) {
            Outcome::Taken => {}
            Outcome::Refused(name, text) => {
                let case = BTreeMap::from([(name, encoded(&text))]);
                let case = servers.first().map(|it| (it.clone(), case));
                presence::removed(work, asked, case);
                return;
            }
            Outcome::Unknown => work.undecided.push(UndecidedPart {
                subject: asked.label(),
                reason: "path-value".to_owned(),
                detail: format!("whether `{name}` takes all texts that led here is not known"),
            }),
        }
    }
}

fn outcome(
    work: &Work,
    (base, pieces): (&Operation, &[Piece]),
    (head, name): (&Operation, &str),
) -> Outcome {
    let Some(schema) = parameter(head, name).and_then(|it| it.schema.as_ref()) else {
        return Outcome::Taken;
    };
    let formats = work.settings.formats;
    let mut pattern = String::new();
    let mut names = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Literal(text) => pattern.push_str(&literal(&decoded(text))),
            Piece::Parameter(name) => {
                names.push(name.as_str());
                pattern.push_str(&texts(work.base, (base, name), formats));
            }
        }
    }
    let refused = path_values::refused((work.head, formats), (head, name, schema), &pattern);
    let text = match refused {
        Ok(None) => return Outcome::Taken,
        Ok(Some(text)) => text,
        Err(()) => return Outcome::Unknown,
    };
    let [name] = names.as_slice() else { return Outcome::Unknown };
    let around = |pieces: &[Piece]| {
        let text = pieces.iter().map(|it| match it {
            Piece::Literal(text) => decoded(text),
            Piece::Parameter(_) => String::new(),
        });
        text.collect::<String>()
    };
    let at = pieces.iter().position(|it| matches!(it, Piece::Parameter(_))).unwrap_or_default();
    let (before, behind) = pieces.split_at(at);
    let own = text.strip_prefix(&around(before)).and_then(|it| it.strip_suffix(&around(behind)));
    let Some(own) = own else { return Outcome::Unknown };
    // The texts of the parameter are only drawn in outline; is this one of them?
    match path_values::admits((work.base, formats), base, (name, &encoded(own))) {
        Some(true) => Outcome::Refused((*name).to_owned(), own.to_owned()),
        Some(false) | None => Outcome::Unknown,
    }
}

fn parameter<'a>(operation: &'a Operation, name: &str) -> Option<&'a Parameter> {
    operation.parameters.iter().find(|it| it.place == Place::Path && it.name == name)
}

/// A pattern of the texts of a parameter, and perhaps of others.
fn texts(reading: Reading, (operation, name): (&Operation, &str), formats: Formats) -> String {
    if let Some(few) = path_values::few(reading, operation, formats).get(name) {
        let texts: Vec<_> = few.iter().map(|it| literal(&decoded(it))).collect();
        return format!("({})", texts.join("|"));
    }
    let schema = parameter(operation, name).and_then(|it| it.schema.clone());
    let Some(schema) = schema.map(|it| reading.resolved(it)) else { return ANY.to_owned() };
    match reading.text(&schema, "type") {
        Some("integer") if is_positive(reading, &schema) => "(0|[1-9][0-9]*)".to_owned(),
        Some("integer") => "(0|-?[1-9][0-9]*)".to_owned(),
        Some("string") => string(reading, &schema),
        _ => ANY.to_owned(),
    }
}

/// Parameters of a path are never empty.
const ANY: &str = r"[\s\S]+";

/// Has no number of it a sign?
fn is_positive(reading: Reading, schema: &Located) -> bool {
    let least = reading.member(schema, "minimum");
    let least = least.and_then(|it| reading.store.as_number(it.node));
    least.is_some_and(|it| !it.starts_with('-'))
}

fn string(reading: Reading, schema: &Located) -> String {
    let bound = |name: &str| {
        let at = reading.member(schema, name)?;
        reading.store.as_number(at.node)?.parse::<u32>().ok()
    };
    let (least, most) = (bound("minLength").unwrap_or(1).max(1), bound("maxLength"));
    let most = most.map(|it| it.to_string()).unwrap_or_default();
    format!(r"[\s\S]{{{least},{most}}}")
}

/// A pattern of one text.
fn literal(text: &str) -> String {
    let escaped = text.chars().map(|it| match it {
        it if it.is_alphanumeric() || u32::from(it) > 0xFFFF => it.to_string(),
        it => format!("\\u{:04X}", u32::from(it)),
    });
    escaped.collect()
}
