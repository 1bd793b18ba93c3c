//! For a terminal, in the manner of rustc.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Element, Group, Level as Tone, Origin, Renderer, Snippet};
use kernel::{Level, Side};

use crate::report::{
    FindingRecord, Look, Report,
    excerpt::{self, Excerpt},
    exchange,
    tally::{self, Open, Weight},
    text::{days_left, place, visible, witness_line},
};

/// Findings of one rule that are shown with their source; the others take one line each.
const SHOWN_IN_FULL: usize = 10;

/// Writes the report for people, with terminal styles.
pub(crate) fn styled(report: &Report, look: &Look) -> String {
    let text = render(report, look, &Renderer::styled().term_width(look.columns));
    let seconds = look.elapsed.as_secs_f64();
    if text.is_empty() { text } else { format!("{text} in {seconds:.2} s\n") }
}

/// Writes the report for people, as plain text without a duration: equal runs, equal bytes.
pub(crate) fn plain(report: &Report, look: &Look) -> String {
    let text = render(report, look, &Renderer::plain().term_width(look.columns));
    if text.is_empty() { text } else { text + "\n" }
}

fn render(report: &Report, look: &Look, renderer: &Renderer) -> String {
    let mut out = findings(report, look, renderer);
    for open in tally::open(report) {
        if !look.is_quiet || open.weight == Weight::Counts {
            out.push_str(&open_text(&open, renderer));
        }
    }
    if look.is_quiet && out.is_empty() {
        return out;
    }
    if !look.is_quiet {
        out.push_str(&remarks(report));
    }
    out + &tally::totals(report)
}

fn findings(report: &Report, look: &Look, renderer: &Renderer) -> String {
    let mut out = String::new();
    let mut n_shown: BTreeMap<&str, usize> = BTreeMap::new();
    let is_told = |it: &&FindingRecord| !look.is_quiet || it.level == Level::Deny;
    for finding in tally::worst_first(report).into_iter().filter(is_told) {
        let n_shown = n_shown.entry(finding.rule).or_default();
        *n_shown += 1;
        if *n_shown <= SHOWN_IN_FULL && exchange::is_contract(finding) {
            out.push_str(&contract_text(finding, renderer));
        } else if *n_shown <= SHOWN_IN_FULL {
            out.push_str(&renderer.render(&[group(report, finding)]));
            for line in exchange::file_lines(finding) {
                out.push_str(&format!("\n   | {line}"));
            }
            out.push_str("\n\n");
        } else {
            let group = tone(finding).primary_title(short(finding)).id(finding.rule);
            out.push_str(&renderer.render(&[Group::with_title(group)]));
            out.push('\n');
        }
    }
    if out.ends_with("\n\n") || out.is_empty() { out } else { out + "\n" }
}

fn short(finding: &FindingRecord) -> String {
    let place = place(finding.path.as_str(), finding.line, finding.column);
    format!("{place}: {}", visible(&finding.message))
}

fn tone(finding: &FindingRecord) -> Tone<'static> {
    match finding.level {
        Level::Deny => Tone::ERROR,
        Level::Warn => Tone::WARNING,
        Level::Note | Level::Off => Tone::NOTE,
    }
}

fn group<'a>(report: &'a Report, finding: &'a FindingRecord) -> Group<'a> {
    let title = tone(finding).primary_title(visible(&finding.message)).id(finding.rule);
    let path = visible(finding.path.as_str());
    let mut group = match excerpt::of_finding(report, finding) {
        Some(it) => title.element(snippet(path, finding.line, it, AnnotationKind::Primary, None)),
        None => title.element(Origin::path(path).line(finding.line).char_column(finding.column)),
    };
    for related in &finding.related {
        let note = visible(&related.note);
        let path = related.path.as_str();
        let excerpt = excerpt::of_related(report, finding, related);
        let place = place(path, related.line, related.column);
        let told = || Tone::NOTE.with_name("also").message(format!("{place}: {note}")).into();
        let shown = |it| {
            let kind = AnnotationKind::Context;
            snippet(visible(path), related.line, it, kind, Some(note.clone()))
        };
        group = group.element(excerpt.map_or_else(told, shown));
    }
    if finding.side == Side::Base {
        group = group.element(Tone::NOTE.message("this place exists in base only"));
    }
    let witness = Tone::NOTE.with_name("witness").message(witness_line(finding));
    group = group.element(witness).element(Tone::HELP.message(visible(&finding.remedy)));
    if finding.fix {
        group = group.element(Tone::HELP.message("`checks fix` does it"));
    }
    group
}

/// A break of a contract: both places in one line, what differs, the exchange, and whom it reaches.
fn contract_text(finding: &FindingRecord, renderer: &Renderer) -> String {
    let title = tone(finding).primary_title(visible(&finding.message)).id(finding.rule);
    let at = place(finding.path.as_str(), finding.line, finding.column);
    let base = match exchange::base_line(finding) {
        Some(_) if finding.side == Side::Base => "   (in base only)".to_owned(),
        Some(line) => format!("   (base: {line})"),
        None => String::new(),
    };
    let mut out = renderer.render(&[Group::with_title(title)]);
    out.push_str(&format!("\n  --> {at}{base}"));
    for line in exchange::diff_lines(finding) {
        out.push_str(&format!("\n   | {line}"));
    }
    let reaches = exchange::reaches(finding).map(|it| ("reaches", it));
    let lines = [("witness", witness_line(finding))].into_iter().chain(reaches);
    let users = exchange::users(finding).map(|it| ("used by", it));
    let lines = lines.chain(users).chain([("help", visible(&finding.remedy).into_owned())]);
    for (name, text) in lines {
        out.push_str(&format!("\n   = {name}: {text}"));
    }
    out + "\n\n"
}

fn snippet<'a>(
    path: std::borrow::Cow<'a, str>,
    line: usize,
    excerpt: Excerpt,
    kind: AnnotationKind,
    label: Option<std::borrow::Cow<'a, str>>,
) -> Element<'a> {
    let annotation = kind.span(excerpt.start..excerpt.end).label(label);
    Snippet::source(excerpt.text).path(path).line_start(line).annotation(annotation).into()
}

fn open_text(open: &Open<'_>, renderer: &Renderer) -> String {
    let (first, others) = open.rules.split_first().map_or(("", &[][..]), |(it, rest)| (*it, rest));
    let tone = match open.weight {
        Weight::Counts => Tone::ERROR.with_name("undecided"),
        Weight::Told => Tone::WARNING.with_name("undecided"),
        Weight::Waived | Weight::Partly => Tone::NOTE.with_name("undecided"),
    };
    let title = tone.primary_title(visible(open.reason)).id(first);
    let title = renderer.render(&[Group::with_title(title)]);
    let also = if others.is_empty() {
        String::new()
    } else {
        format!("  = also: {}\n", others.join(", "))
    };
    format!("{title}\n{also}  = help: {}\n\n", open.weight.advice())
}

/// Everything that is neither a fault nor an open question, a line each.
fn remarks(report: &Report) -> String {
    let mut lines = Vec::new();
    for finding in tally::waived(report) {
        let Some(waived) = &finding.waived else { continue };
        let (subject, left) = (visible(&finding.subject), days_left(waived.days_left));
        let place = place(finding.path.as_str(), finding.line, finding.column);
        let (owner, reason) = (visible(&waived.owner), visible(&waived.reason));
        let rule = finding.rule;
        lines.push(format!("waived[{rule}]: {subject} ({place}), {left}, {owner}: {reason}"));
    }
    for it in &report.waivers {
        let (rule, subject, expires) =
            (visible(&it.rule), visible(&it.subject), visible(&it.expires));
        let (owner, reason) = (visible(&it.owner), visible(&it.reason));
        lines.push(format!("new waiver[{rule}]: {subject}, until {expires}, {owner}: {reason}"));
    }
    for it in report.verdicts.iter().filter(|it| it.omitted > 0) {
        lines.push(format!("omitted[{}]: {} more, counted and not shown", it.rule, it.omitted));
    }
    if let Some(it) = &report.new_only {
        lines.push(format!("new-only: {} that base had too, set aside", it.set_aside));
    }
    lines.extend(report.notes.iter().map(|it| format!("note: {}", visible(it))));
    let gate = |it: &tally::GateTally<'_>| format!("{}: {}", it.gate, tally::gate_line(report, it));
    lines.extend(tally::gates(report).iter().map(gate));
    lines.into_iter().map(|it| it + "\n").collect()
}
