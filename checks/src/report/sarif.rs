//! SARIF 2.1.0, for platforms that show findings of many tools.

mod fix;
mod log;

use std::collections::BTreeMap;

use kernel::{Level, RuleInfo, Side};
use serde_json::{Value, json};

use self::log::{
    Artifact, Configuration, Descriptor, Driver, Invocation, Location, Log, Message, Notification,
    Physical, Region, Result, RuleReference, Run, Suppression, Tool,
};
use crate::report::{
    FindingRecord, Look, RelatedRecord, Report, VerdictRecord,
    tally::{self, Weight},
    text::{days_left, visible},
};

/// What is known of a rule besides its verdict.
type InfoOf = dyn Fn(&str) -> Option<&'static RuleInfo>;

/// Writes the report as SARIF.
pub(crate) fn render(report: &Report, look: &Look, info_of: &InfoOf) -> String {
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [run(report, look, info_of)],
    };
    // A log is plain data with text keys, which always serialises.
    kernel::canonical_json(&serde_json::to_value(&log).unwrap_or(Value::Null))
}

fn run<'a>(report: &'a Report, look: &Look, info_of: &InfoOf) -> Run<'a> {
    let results = report.verdicts.iter().enumerate().flat_map(|(index, verdict)| {
        verdict.findings.iter().map(move |it| result(report, it, index, look))
    });
    Run {
        tool: Tool {
            driver: Driver {
                name: report.tool.name,
                version: report.tool.version,
                semantic_version: report.tool.version,
                rules: report.verdicts.iter().map(|it| descriptor(it, info_of)).collect(),
            },
        },
        invocations: [invocation(report)],
        column_kind: "unicodeCodePoints",
        results: results.collect(),
        properties: json!({
            "base": report.base, "head": report.head, "now": report.now, "summary": report.summary,
        }),
    }
}

fn descriptor<'a>(verdict: &'a VerdictRecord, info_of: &InfoOf) -> Descriptor<'a> {
    let info = info_of(verdict.rule);
    let text = |it: &str| Message { text: it.to_owned(), markdown: None };
    Descriptor {
        id: verdict.rule,
        short_description: info.map(|it| text(it.summary)),
        full_description: info.map(|it| text(first_paragraph(it.docs))),
        help: info
            .map(|it| Message { text: it.docs.to_owned(), markdown: Some(it.docs.to_owned()) }),
        default_configuration: info.map(|it| Configuration {
            level: level_name(it.level),
            enabled: it.level != Level::Off,
        }),
        properties: json!({
            "gate": verdict.gate, "level": verdict.level.name(), "tags": [verdict.gate],
            "verdict": verdict.verdict.name(), "examined": verdict.examined,
            "omitted": verdict.omitted, "reason": verdict.reason,
        }),
    }
}

/// What the page says below its title.
fn first_paragraph(docs: &str) -> &str {
    let mut parts = docs.split("\n\n").skip(1);
    parts.next().unwrap_or(docs).trim()
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Note => "note",
        Level::Off => "none",
    }
}

fn result<'a>(
    report: &Report,
    finding: &'a FindingRecord,
    rule_index: usize,
    look: &Look,
) -> Result<'a> {
    let text = format!("{}\nhelp: {}", visible(&finding.message), visible(&finding.remedy));
    let mut properties = json!({
        "subject": finding.subject, "remedy": finding.remedy, "witness": finding.witness,
    });
    if let Some(members) = properties.as_object_mut() {
        members.extend(finding.members.clone());
    }
    if finding.side == Side::Base
        && let Some(members) = properties.as_object_mut()
    {
        members.insert("side".to_owned(), Value::from("base"));
    }
    let suppression = |it: &crate::report::WaivedRecord| Suppression {
        kind: "external",
        status: "accepted",
        justification: format!("{} ({}, {})", it.reason, it.owner, days_left(it.days_left)),
    };
    let related = finding.related.iter().enumerate();
    Result {
        rule_id: finding.rule,
        rule_index,
        level: level_name(finding.level),
        kind: "fail",
        message: Message { text: without_links(&text), markdown: None },
        locations: [Location { id: None, physical: place_of(finding, look), message: None }],
        related_locations: related.map(|(idx, it)| related_place(idx, it, look)).collect(),
        partial_fingerprints: BTreeMap::from([("checks/v1", finding.fingerprint.as_str())]),
        suppressions: finding.waived.iter().map(suppression).collect(),
        fixes: fix::fix(report, finding, look).into_iter().collect(),
        properties,
    }
}

/// `[text](target)` is a link also in plain messages; text of a repository makes none.
fn without_links(text: &str) -> String {
    text.replace("](", "\\](").replace('[', "\\[")
}

fn place_of(finding: &FindingRecord, look: &Look) -> Physical {
    let (line, column) = (finding.line.max(1), finding.column.max(1));
    let end_line = finding.end_line.max(line);
    let least = if end_line == line { column } else { 1 };
    let end_column = finding.end_column.max(least);
    Physical {
        artifact_location: artifact(finding.path.as_str(), look),
        region: Region {
            start_line: line,
            start_column: column,
            end_line: Some(end_line),
            end_column: Some(end_column),
        },
    }
}

fn related_place(index: usize, related: &RelatedRecord, look: &Look) -> Location {
    Location {
        id: Some(index + 1),
        physical: Physical {
            artifact_location: artifact(related.path.as_str(), look),
            region: Region {
                start_line: related.line.max(1),
                start_column: related.column.max(1),
                end_line: None,
                end_column: None,
            },
        },
        message: Some(Message { text: without_links(&visible(&related.note)), markdown: None }),
    }
}

/// A path as a relative reference of RFC 3986.
fn artifact(path: &str, look: &Look) -> Artifact {
    let mut uri = String::new();
    for byte in look.prefix.bytes().chain(path.bytes()) {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    Artifact { uri, uri_base_id: "%SRCROOT%" }
}

fn invocation(report: &Report) -> Invocation<'_> {
    let mut notifications = Vec::new();
    for open in tally::open(report) {
        let level = match open.weight {
            Weight::Counts => "error",
            Weight::Told => "warning",
            Weight::Waived | Weight::Partly => "note",
        };
        notifications.extend(open.rules.iter().map(|rule| Notification {
            level,
            message: Message {
                text: without_links(&format!("undecided: {}", visible(open.reason))),
                markdown: None,
            },
            associated_rule: Some(RuleReference { id: rule }),
        }));
    }
    notifications.extend(report.notes.iter().map(|it| Notification {
        level: "note",
        message: Message { text: without_links(&visible(it)), markdown: None },
        associated_rule: None,
    }));
    Invocation {
        execution_successful: true,
        exit_code: report.exit_code(),
        tool_execution_notifications: notifications,
    }
}
