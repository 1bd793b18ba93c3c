//! `JUnit` XML: one suite a gate, one case a rule.

use std::io;

use kernel::{Level, Verdict};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use crate::report::{
    FindingRecord, Report, VerdictRecord, exchange,
    tally::{self, GateTally, Weight},
    text::{counted, days_left, place, visible, witness_line},
};

/// Writes the report as XML.
pub(crate) fn render(report: &Report) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing into memory does not fail.
    drop(document(report, &mut writer));
    String::from_utf8_lossy(&writer.into_inner()).into_owned() + "\n"
}

type Xml = Writer<Vec<u8>>;

fn document(report: &Report, writer: &mut Xml) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let gates = tally::gates(report);
    let sum = |count: fn(&GateTally<'_>) -> usize| gates.iter().map(count).sum::<usize>();
    writer
        .create_element("testsuites")
        .with_attribute(("name", "checks"))
        .with_attribute(("tests", report.verdicts.len().to_string().as_str()))
        .with_attribute(("failures", sum(|it| it.red).to_string().as_str()))
        .with_attribute(("errors", sum(|it| it.undecided).to_string().as_str()))
        .with_attribute(("skipped", sum(|it| it.off).to_string().as_str()))
        .write_inner_content(|writer| gates.iter().try_for_each(|it| suite(report, it, writer)))?;
    Ok(())
}

fn suite(report: &Report, gate: &GateTally<'_>, writer: &mut Xml) -> io::Result<()> {
    let n_cases = gate.green + gate.red + gate.undecided + gate.off;
    let time = report.now.to_string();
    writer
        .create_element("testsuite")
        .with_attribute(("name", gate.gate))
        .with_attribute(("tests", n_cases.to_string().as_str()))
        .with_attribute(("failures", gate.red.to_string().as_str()))
        .with_attribute(("errors", gate.undecided.to_string().as_str()))
        .with_attribute(("skipped", gate.off.to_string().as_str()))
        .with_attribute(("timestamp", time.trim_end_matches('Z')))
        .write_inner_content(|writer| {
            let mut cases = report.verdicts.iter().filter(|it| it.gate == gate.gate);
            cases.try_for_each(|it| case(report, it, writer))
        })?;
    Ok(())
}

fn case(report: &Report, verdict: &VerdictRecord, writer: &mut Xml) -> io::Result<()> {
    let reason = verdict.reason.as_deref().unwrap_or_default();
    let told = told(verdict);
    writer
        .create_element("testcase")
        .with_attribute(("classname", verdict.gate))
        .with_attribute(("name", verdict.rule))
        .write_inner_content(|writer| {
            match verdict.verdict {
                Verdict::Red => failure(verdict, writer)?,
                Verdict::Undecided => {
                    let is_waived = tally::weight(report, verdict) == Some(Weight::Waived);
                    let message =
                        if is_waived { format!("waived: {reason}") } else { reason.into() };
                    result("error", "undecided", &message, "", writer)?;
                }
                Verdict::Off => result("skipped", "off", reason, "", writer)?,
                Verdict::Green => (),
            }
            if !told.is_empty() {
                let text = BytesText::new(&told);
                writer.create_element("system-out").write_text_content(text)?;
            }
            Ok(())
        })?;
    Ok(())
}

fn failure(verdict: &VerdictRecord, writer: &mut Xml) -> io::Result<()> {
    let counted_here = |it: &&FindingRecord| it.level == Level::Deny && it.waived.is_none();
    let findings: Vec<_> = verdict.findings.iter().filter(counted_here).collect();
    let first = findings.first().map_or("", |it| it.message.as_str());
    let message = match findings.len() {
        0 | 1 => first.to_owned(),
        n => format!("{}: {first}; …", counted(n, "finding")),
    };
    let text: Vec<String> = findings.iter().map(|it| paragraph(it)).collect();
    result("failure", "red", &message, &text.join("\n"), writer)
}

/// What does not make the case fail: the number examined, warnings, what is waived.
fn told(verdict: &VerdictRecord) -> String {
    if verdict.verdict == Verdict::Off {
        return String::new();
    }
    let mut text = format!("{}\n", tally::examined(verdict.examined));
    for it in &verdict.findings {
        match &it.waived {
            Some(waived) => {
                let (subject, left) = (visible(&it.subject), days_left(waived.days_left));
                text.push_str(&format!("waived: {subject}, {left}\n"));
            }
            None if it.level != Level::Deny => text.push_str(&paragraph(it)),
            None => (),
        }
    }
    text
}

fn paragraph(finding: &FindingRecord) -> String {
    let reaches = exchange::reaches(finding);
    let reaches = reaches.map_or_else(String::new, |it| format!("\n  reaches: {it}"));
    format!(
        "{}: {}\n  at {}\n  witness: {}{reaches}\n  help: {}\n",
        finding.level.name(),
        visible(&finding.message),
        place(finding.path.as_str(), finding.line, finding.column),
        witness_line(finding),
        visible(&finding.remedy),
    )
}

fn result(name: &str, kind: &str, message: &str, text: &str, writer: &mut Xml) -> io::Result<()> {
    let message = visible(message);
    let element = writer
        .create_element(name)
        .with_attribute(("type", kind))
        .with_attribute(("message", &*message));
    if text.is_empty() {
        element.write_empty()?;
    } else {
        element.write_text_content(BytesText::new(text))?;
    }
    Ok(())
}
