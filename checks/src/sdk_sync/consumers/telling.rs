//! From places that stopped compiling to findings.

use std::collections::BTreeMap;

use kernel::{
    Confirmed, Details, Finding, Level, Outcome, Place, Region, Related, RepoPath, Side, Undecided,
};
use serde_json::Map;

use crate::sdk_sync::{
    consumer_compile::{ConsumerCompile, ConsumerPlace, ContractLine, Printed},
    consumers::{
        blame::{Cause, Suspects},
        diagnostics::Diagnostic,
        pairs::Pair,
        project::{Compared, Project},
    },
};

/// How many places of one project are told.
const MAX_FINDINGS: usize = 100;

/// How many lines above a place may tell what it is about.
const LINES_ABOVE: usize = 8;

/// Makes findings, and remembers which subjects it has used.
pub(crate) struct Telling<'a> {
    suspects: Vec<(&'a Pair<'a>, Option<Suspects<'a>>)>,
    level: Level,
    subjects: BTreeMap<String, usize>,
}

/// One error with what it comes from.
struct Told<'a> {
    error: &'a Diagnostic,
    path: &'a RepoPath,
    line: &'a str,
    pair: &'a Pair<'a>,
    cause: Cause,
}

impl<'a> Telling<'a> {
    /// For these SDKs.
    pub(crate) fn new(pairs: &'a [Pair<'a>], level: Level) -> Self {
        let suspects = |it: &'a Pair<'a>| {
            let both = it.base.as_ref().zip(it.head);
            (it, both.map(|(base, head)| Suspects::of(base, head)))
        };
        let suspects = pairs.iter().filter(|it| it.is_changed).map(suspects).collect();
        Self { suspects, level, subjects: BTreeMap::new() }
    }

    /// Adds what broke in a project.
    pub(crate) fn add(&mut self, project: &Project, compared: &Compared, outcome: &mut Outcome) {
        let Some(printed) = &compared.printed else { return };
        outcome.omitted += compared.broken.len().saturating_sub(MAX_FINDINGS);
        for error in compared.broken.iter().take(MAX_FINDINGS) {
            let file = compared.contents.get_key_value(error.path.as_str());
            let Some((path, bytes)) = file else { continue };
            let text = str::from_utf8(bytes).unwrap_or_default();
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            let line = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default();
            let n_above = error.line.saturating_sub(1);
            let above = text.lines().take(n_above).skip(n_above.saturating_sub(LINES_ABOVE));
            let above: Vec<&str> = above.collect();
            let Some((pair, cause)) = self.cause(error, (line, &above.join("\n"))) else {
                continue;
            };
            let told = Told { error, path, line, pair, cause };
            match self.finding(&told, printed) {
                Some(finding) => outcome.findings.push(finding),
                None => outcome.undecided.push(Undecided {
                    subject: project.name(),
                    reason: format!(
                        "the compiler said `{}` of `{path}` at line {} once, and did not say it twice",
                        error.code, error.line
                    ),
                }),
            }
        }
    }

    /// The SDK and the change that an error fits best.
    fn cause(&self, error: &Diagnostic, text: (&str, &str)) -> Option<(&'a Pair<'a>, Cause)> {
        let mut best: Option<(&Pair<'_>, Cause)> = None;
        for (pair, suspects) in &self.suspects {
            let found = suspects.as_ref().and_then(|it| it.cause(error, text));
            let cause = found.unwrap_or_else(|| unknown(pair, error));
            if best.as_ref().is_none_or(|it| it.1.score < cause.score) {
                best = Some((pair, cause));
            }
        }
        best
    }

    fn finding(&mut self, told: &Told<'_>, printed: &Printed) -> Option<Finding> {
        let Told { error, path, pair, cause, .. } = told;
        let package = pair.package();
        let witness = ConsumerCompile {
            package: package.to_owned(),
            consumer: ConsumerPlace {
                path: RepoPath::clone(path),
                line: error.line,
                column: error.column,
            },
            code: error.code.clone(),
            message: error.message.clone(),
            symbol: cause.symbol.clone(),
            operation: cause.operations.clone(),
            contract: ContractLine {
                path: cause.place.path.clone(),
                line: cause.place.region.line,
            },
            base: "compiles",
            head: "fails",
        };
        // An answer that is not given twice is none; a refuted witness would be our own fault.
        let witness = Confirmed::by_replay(&witness, printed).ok()?;
        let contract = &cause.place.path;
        let related = Related {
            place: cause.place.clone(),
            note: format!("`{}` is said otherwise here", cause.symbol),
        };
        Some(Finding {
            place: told.place(),
            side: Side::Head,
            subject: self.subject(format!("{path}: {}", cause.symbol)),
            message: format!(
                "this compiled with base's `{package}` and does not with head's: {} ({})",
                error.message.trim_end_matches('.'),
                error.code
            ),
            remedy: format!(
                "change `{path}` together with the contract, or take back what changed in `{contract}` at line {}",
                cause.place.region.line
            ),
            related: if pair.head.is_some() { vec![related] } else { Vec::new() },
            witness,
            fix: None,
            details: Some(Box::new(Details {
                level: self.level,
                within: pair.out.clone(),
                members: Map::from_iter([("service".to_owned(), pair.service().into())]),
            })),
        })
    }

    /// The same subject twice in a file is two findings.
    fn subject(&mut self, subject: String) -> String {
        let count = self.subjects.entry(subject.clone()).or_default();
        *count += 1;
        if *count == 1 { subject } else { format!("{subject} ({count})") }
    }
}

/// What can be said where no change of the contract is known.
fn unknown(pair: &Pair<'_>, error: &Diagnostic) -> Cause {
    let made = pair.head.or(pair.base.as_ref());
    let contract = made.map(|it| it.service.contract.clone());
    let place = contract.or_else(|| RepoPath::new(&pair.out).ok());
    let names = |it: &String| error.message.contains(it.as_str());
    Cause {
        symbol: pair.package().to_owned(),
        operations: Vec::new(),
        place: Place::start_of(
            &place.unwrap_or_else(|| RepoPath::new("checks.toml").expect("the constant is a path")),
        ),
        score: usize::from(pair.packages.iter().any(names)) * 8,
    }
}

impl Told<'_> {
    /// The name at the place, in characters: the compiler counts units of UTF-16.
    fn place(&self) -> Place {
        let mut units = self.error.column.saturating_sub(1);
        let mut rest = self.line.chars();
        let mut column = 1;
        while units > 0
            && let Some(it) = rest.next()
        {
            units = units.saturating_sub(it.len_utf16());
            column += 1;
        }
        let is_part = |it: &char| it.is_alphanumeric() || matches!(it, '_' | '$');
        let length = rest.take_while(is_part).count();
        let line = self.error.line;
        let region = Region { line, column, end_line: line, end_column: column + length };
        Place { path: self.path.clone(), region }
    }
}
