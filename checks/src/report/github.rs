//! Workflow commands of GitHub Actions, within the limits of the runner.

use kernel::{Digest, Level};

use crate::report::{
    FindingRecord, Look, Report, exchange, human,
    tally::{self, Weight},
    text::{cut, place, replay, visible, witness_line},
};

/// The runner takes ten annotations of a type; the tenth is ours, to say how many are left.
const MOST_ANNOTATIONS: usize = 9;

/// The runner cuts a message at 4,096 UTF-16 units, wherever that is.
const LONGEST_MESSAGE: usize = 4_000;

/// Writes the text for people where no command can start, and annotations.
pub(crate) fn render(report: &Report, look: &Look) -> String {
    let text = human::plain(report, look);
    let token = token(&text);
    let mut out = String::new();
    if !text.is_empty() {
        out = format!("::stop-commands::{token}\n{text}::{token}::\n");
    }
    for it in annotations(report, look) {
        out.push_str(&it);
        out.push('\n');
    }
    out
}

/// A word that ends the block and that the text inside cannot hold: it is digested from the text,
/// so whoever writes the text cannot know it before the text is finished.
fn token(text: &str) -> String {
    let mut token = Digest::of(text.as_bytes()).to_string();
    while text.contains(&token) {
        token = Digest::of(token.as_bytes()).to_string();
    }
    token
}

fn annotations(report: &Report, look: &Look) -> Vec<String> {
    let mut ranked: Vec<(u8, Annotation)> = Vec::new();
    for open in tally::open(report) {
        let (rank, kind) = match open.weight {
            Weight::Counts => (1, "error"),
            Weight::Told => (3, "warning"),
            Weight::Waived | Weight::Partly => continue,
        };
        let title = format!("undecided: {}", open.rules.join(", "));
        let message = format!("{}\nhelp: {}", visible(open.reason), open.weight.advice());
        ranked.push((rank, Annotation { kind, place: None, title, message }));
    }
    for finding in tally::worst_first(report) {
        let (rank, kind) = match finding.level {
            Level::Deny => (0, "error"),
            Level::Warn => (2, "warning"),
            Level::Note | Level::Off => (4, "notice"),
        };
        ranked.push((rank, annotation(report, finding, kind, look)));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let n_left = ranked.len().saturating_sub(MOST_ANNOTATIONS);
    let rest = ranked.get(MOST_ANNOTATIONS).map(|(_, first)| Annotation {
        kind: first.kind,
        place: None,
        title: "checks".to_owned(),
        message: format!("and {n_left} more: summary"),
    });
    let shown = ranked.into_iter().take(MOST_ANNOTATIONS).map(|(_, it)| it);
    shown.chain(rest).map(|it| it.command()).collect()
}

struct Annotation {
    kind: &'static str,
    place: Option<String>,
    title: String,
    message: String,
}

fn annotation(
    report: &Report,
    finding: &FindingRecord,
    kind: &'static str,
    look: &Look,
) -> Annotation {
    let at = place(finding.path.as_str(), finding.line, finding.column);
    let reaches = exchange::reaches(finding);
    let reaches = reaches.map_or_else(String::new, |it| format!("\nreaches: {}", cut(&it, 600)));
    let replay = replay(report, finding).map_or_else(String::new, |it| format!("\nreplay: {it}"));
    let message = format!(
        "{}\nhelp: {}\nat {at}\nwitness: {}{reaches}{replay}",
        visible(&finding.message),
        visible(&finding.remedy),
        cut(&witness_line(finding), 2_000),
    );
    let place = Some(properties(finding, &look.prefix));
    Annotation { kind, place, title: finding.rule.to_owned(), message }
}

/// `endLine` before `line` makes the runner drop both; columns count only within one line.
fn properties(finding: &FindingRecord, prefix: &str) -> String {
    let path = format!("{prefix}{}", finding.path);
    let mut text = format!("file={},line={}", property(&path), finding.line);
    let end_line = finding.end_line.max(finding.line);
    text.push_str(&format!(",endLine={end_line}"));
    if end_line == finding.line {
        let end_column = finding.end_column.max(finding.column);
        text.push_str(&format!(",col={},endColumn={end_column}", finding.column));
    }
    text
}

impl Annotation {
    fn command(&self) -> String {
        let place = self.place.as_ref().map_or_else(String::new, |it| format!("{it},"));
        let title = property(&cut(&visible(&self.title), 200));
        let message = value(&cut(&self.message, LONGEST_MESSAGE));
        format!("::{} {place}title={title}::{message}", self.kind)
    }
}

/// The value of a command, as the runner takes it apart.
fn value(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property. The runner decodes line ends; no other hidden character reaches a log.
fn property(text: &str) -> String {
    let lines = text.split_inclusive(['\r', '\n']);
    let whole = |it: &str| {
        let end = it.len() - usize::from(it.ends_with(['\r', '\n']));
        let (line, end) = it.split_at(end);
        visible(line).into_owned() + end
    };
    let text: String = lines.map(whole).collect();
    value(&text).replace(':', "%3A").replace(',', "%2C")
}
