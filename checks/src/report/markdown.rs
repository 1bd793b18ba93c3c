//! Markdown for a job summary or a comment on a pull request.

pub(crate) mod escape;
mod host;
mod next;

use kernel::Verdict;

pub(crate) use self::escape::{code, fence, inline};
use crate::report::{
    FindingRecord, Report, exchange,
    tally::{self, GateTally},
    text::{counted, cut, days_left, place, replay, visible, witness},
};

/// Entries of one list that are written out; the rest is counted.
const LONGEST_LIST: usize = 50;

/// Writes the report as markdown of at most `limit` bytes; what is left out is counted.
pub(crate) fn render(report: &Report, limit: usize) -> String {
    if is_plain_green(report) {
        return green(report);
    }
    let head = format!(
        "## checks: {}\n\n{}.\n\n{}{}",
        verdict(report),
        tally::totals(report),
        next::steps(report),
        gate_table(report)
    );
    let tail = [open(report), waivers(report), read(report)].concat();
    let mut room = limit.saturating_sub(head.len() + tail.len() + 200);
    let mut body = String::new();
    let mut n_left = 0;
    for block in host::blocks(report) {
        if n_left == 0 && block.text.len() <= room {
            room -= block.text.len();
            body.push_str(&block.text);
        } else {
            n_left += block.n_findings;
        }
    }
    if n_left > 0 {
        let findings = counted(n_left, "finding");
        body.push_str(&format!("\n{findings} left out here; the JSON report has all of them.\n"));
    }
    within(head + &body + &tail, limit)
}

/// Whole lines of at most `limit` bytes in all: lists may be long as well, and what is too long is
/// dropped whole by the platform.
fn within(mut text: String, limit: usize) -> String {
    const REST: &str = "\nThe rest is left out here; the JSON report has all of it.\n";
    if text.len() > limit {
        let room = text.floor_char_boundary(limit.saturating_sub(REST.len()));
        let end = text.get(..room).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1);
        text.truncate(end);
        text.push_str(REST);
    }
    text
}

fn verdict(report: &Report) -> &'static str {
    let has = |verdict| report.verdicts.iter().any(|it| it.verdict == verdict);
    match (has(Verdict::Red), has(Verdict::Undecided)) {
        (true, _) => "red",
        (false, true) if report.exit_code() == 0 => "undecided (does not fail this run)",
        (false, true) => "undecided",
        (false, false) => "green",
    }
}

/// Green, with nothing else to tell.
fn is_plain_green(report: &Report) -> bool {
    let is_quiet = |it: &crate::report::VerdictRecord| {
        matches!(it.verdict, Verdict::Green | Verdict::Off)
            && it.findings.is_empty()
            && it.omitted == 0
    };
    report.verdicts.iter().all(is_quiet)
        && report.waivers.is_empty()
        && report.new_only.is_none()
        && report.notes.is_empty()
}

/// Three lines.
fn green(report: &Report) -> String {
    let line = |it: &GateTally<'_>| format!("{}: {}", it.gate, tally::gate_line(report, it));
    let gates: Vec<String> = tally::gates(report).iter().map(line).collect();
    let (totals, gates) = (tally::totals(report), gates.join(" · "));
    format!("**checks: green** ({totals})  \n{gates}  \n{}\n", revisions(report))
}

fn revisions(report: &Report) -> String {
    let base = report
        .base
        .as_deref()
        .map_or_else(|| "no base".to_owned(), |it| format!("base {}", code(it)));
    let version = report.tool.version;
    format!("{base}, head {}, at {}, checks {version}", code(&report.head), report.now)
}

fn gate_table(report: &Report) -> String {
    let mut out = "| gate | verdict | red | undecided | green | off | examined |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n".to_owned();
    for it in tally::gates(report) {
        let examined =
            if it.examined == 0 { "nothing to check".into() } else { it.examined.to_string() };
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {examined} |\n",
            it.gate,
            it.verdict().name(),
            it.red,
            it.undecided,
            it.green,
            it.off
        ));
    }
    out
}

/// One finding: what, where, what to do, and the witness folded.
fn finding(report: &Report, finding: &FindingRecord) -> String {
    let at = place(finding.path.as_str(), finding.line, finding.column);
    let word = match finding.level {
        kernel::Level::Deny => "error",
        kernel::Level::Warn => "warning",
        kernel::Level::Note | kernel::Level::Off => "note",
    };
    let rule = finding.rule;
    let message = cut(&finding.message, 4_000);
    let (message, remedy) = (inline(&message), inline(&finding.remedy));
    let mut out =
        format!("\n**{word}[{rule}]** {message}\n\n- help: {remedy}\n- at {}\n", code(&at));
    for it in finding.related.iter().take(LONGEST_LIST) {
        let at = place(it.path.as_str(), it.line, it.column);
        out.push_str(&format!("- {}: {}\n", inline(&it.note), code(&at)));
    }
    if finding.side == kernel::Side::Base {
        out.push_str("- this place exists in base only\n");
    }
    if let Some(it) = exchange::base_line(finding) {
        out.push_str(&format!("- base: {}\n", inline(&it)));
    }
    if let Some(it) = exchange::reaches(finding) {
        out.push_str(&format!("- reaches: {}\n", inline(&it)));
    }
    if let Some(it) = exchange::witness_text(finding) {
        out.push_str(&format!("- witness: {}\n", code(&it)));
    }
    if let Some(it) = replay(report, finding) {
        out.push_str(&format!("- replay: {}\n", code(&it)));
    }
    out + &difference(finding) + &folded_witness(finding)
}

/// What differs. Every line starts with a mark or a space, so that no fence can end.
fn difference(finding: &FindingRecord) -> String {
    let lines = exchange::diff_lines(finding);
    if lines.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = lines.iter().map(|it| format!("{it}\n")).collect();
    format!("\n~~~diff\n{}~~~\n", lines.concat())
}

fn folded_witness(finding: &FindingRecord) -> String {
    let (kind, body) = witness(finding);
    let json = kernel::canonical_json(&body);
    // Every line of it starts with a bracket, a brace or a space and a quote: no fence can end.
    let json: Vec<_> = json.lines().map(visible).collect();
    let json = json.join("\n");
    let json = cut(&json, 20_000);
    let kind = visible(&kind).replace('&', "&amp;").replace('<', "&lt;");
    format!("\n<details><summary>witness: {kind}</summary>\n\n~~~json\n{json}\n~~~\n\n</details>\n")
}

fn open(report: &Report) -> String {
    let entries = tally::open(report);
    let lines = entries.iter().map(|it| {
        let rules: Vec<String> = it.rules.iter().map(|it| code(it)).collect();
        let reason = cut(it.reason, 1_000);
        format!("{}: {} ({})", rules.join(", "), inline(&reason), it.weight.advice())
    });
    list("Undecided", lines.collect())
}

fn waivers(report: &Report) -> String {
    let mut waived: Vec<_> =
        tally::waived(report).filter_map(|it| Some((it, it.waived.as_ref()?))).collect();
    waived.sort_by(|left, right| left.1.expires.cmp(&right.1.expires));
    let title = waived.first().map_or_else(String::new, |(_, next)| {
        format!("Waived, next expiry {} ({})", next.expires, days_left(next.days_left))
    });
    let line = |(finding, it): &(&FindingRecord, &crate::report::WaivedRecord)| {
        let (rule, subject) = (code(finding.rule), code(&finding.subject));
        let (owner, left) = (code(&it.owner), days_left(it.days_left));
        format!("{rule} {subject}: {left}, {owner}, {}", inline(&it.reason))
    };
    let new = report.waivers.iter().map(|it| {
        let (rule, subject, owner) = (code(&it.rule), code(&it.subject), code(&it.owner));
        format!("{rule} {subject}: until {}, {owner}, {}", inline(&it.expires), inline(&it.reason))
    });
    list(&title, waived.iter().map(line).collect()) + &list("New waivers", new.collect())
}

/// What was examined, and what was not.
fn read(report: &Report) -> String {
    let mut lines =
        vec![format!("{}; {}", tally::examined(report.summary.examined), revisions(report))];
    let omitted = report.verdicts.iter().filter(|it| it.omitted > 0);
    lines.extend(
        omitted.map(|it| format!("{}: {} more, counted and not shown", code(it.rule), it.omitted)),
    );
    if let Some(it) = &report.new_only {
        lines.push(format!(
            "{} that base had too, set aside by `new-only`",
            counted(it.set_aside, "finding")
        ));
    }
    lines.extend(report.notes.iter().map(|it| inline(&cut(it, 1_000))));
    list("Examined", lines)
}

fn list(title: &str, mut lines: Vec<String>) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let n_more = lines.len().saturating_sub(LONGEST_LIST);
    lines.truncate(LONGEST_LIST);
    lines.extend((n_more > 0).then(|| format!("and {n_more} more")));
    format!("\n### {title}\n\n- {}\n", lines.join("\n- "))
}
