//! What a plan says to people: the pull request, the checklist, the changelog.

use std::fmt::Write as _;

use contracts::{Evidence, Finding, migration::Moved};

use super::{
    planning::{Broken, Case, Kept},
    promises::Promise,
};
use crate::{
    contract_gate::changelog::spoken,
    report::{code, fence, inline},
};

/// The text of the pull request.
pub(super) fn body(case: &Case<'_>, kept: &Kept, broken: &Broken, promises: &[Promise]) -> String {
    let mut text = format!(
        "<!-- checks:migrate v1 since={} sunset={} -->\n\
         ## {} keeps its promises\n\n\
         This is a skeleton: everything mechanical is done, nothing is guessed. Look for `TODO` in the new files.\n",
        case.dates.deprecated,
        case.sunset(),
        code(case.path.as_str()),
    );
    text.push_str("\n### What broke\n\n");
    for finding in &broken.findings {
        text.push_str(&told(finding));
    }
    if broken.findings.is_empty() {
        text.push_str("- the contract is gone\n");
    }
    text.push_str("\n### What this does\n\n");
    text.push_str(&done(case, kept));
    text.push_str("\n### Before you merge\n\n");
    for line in steps(case, kept, promises) {
        let _ = writeln!(text, "- [ ] {line}");
    }
    text
}

fn told(finding: &Finding) -> String {
    let mut text = format!("- **{}**: {}\n", finding.rule.id(), inline(&finding.message));
    if matches!(finding.evidence, Evidence::Instance(_) | Evidence::Exchange(_)) {
        let witness = spoken::evidence(&finding.evidence);
        let fence = fence(&witness);
        let lines: Vec<_> = witness.lines().map(|it| format!("  {it}")).collect();
        let _ = write!(text, "\n  {fence}\n{}\n  {fence}\n\n", lines.join("\n"));
    }
    text
}

fn done(case: &Case<'_>, kept: &Kept) -> String {
    let mut text = String::new();
    for sentence in &kept.repaired {
        let _ = writeln!(text, "- {}", inline(sentence));
    }
    for moved in &kept.moved {
        let _ = writeln!(
            text,
            "- {} stays as it was, deprecated until {}",
            address(moved, &moved.path),
            case.sunset(),
        );
        if let Some(successor) = &moved.successor {
            let _ = writeln!(text, "- what head wants of it is {}", address(moved, successor));
        }
    }
    text
}

/// `POST /orders`
fn address(moved: &Moved, path: &str) -> String {
    code(&format!("{} {path}", moved.method.to_uppercase()))
}

fn steps(case: &Case<'_>, kept: &Kept, promises: &[Promise]) -> Vec<String> {
    let (services, service) = (&case.ground.folders().services, &case.folder);
    let mut steps = Vec::new();
    for Moved { name, .. } in &kept.moved {
        let file = code(&format!("{services}/{service}/src/compat/{name}.ts"));
        let service = code(&case.service());
        steps.push(format!(
            "fill the `TODO`s of {file}, and mount `{name}Compat` before the routes of {service}"
        ));
    }
    for Promise { name, .. } in promises {
        let file = code(&format!("{services}/{service}/test/compat/{name}.test.ts"));
        steps.push(format!("run {file} against the service (`PROVIDER_URL`)"));
    }
    let docs = code(&case.ground.folders().docs);
    steps.push(format!("tell the consumers; the checklist is in {docs}"));
    steps
}

/// `docs/migrations/<date>-<service>.md`: who has to do what, by when.
pub(super) fn checklist(case: &Case<'_>, kept: &Kept, broken: &Broken) -> String {
    let mut text = format!(
        "# Migration of {}\n\nDeprecated on {}, last day {}.\n\n## What changes\n\n{}",
        code(&case.service()),
        case.dates.deprecated.date(),
        case.sunset(),
        done(case, kept),
    );
    text.push_str("\n## Who is reached\n\n");
    for finding in &broken.findings {
        let _ = writeln!(text, "- {}", inline(&finding.message));
        for operation in &finding.operations {
            let _ = writeln!(text, "  - {}", code(operation));
        }
    }
    if broken.findings.is_empty() {
        text.push_str("Everybody: the contract was gone.\n");
    }
    text.push_str("\n## Consumers\n\n");
    for moved in &kept.moved {
        let old = address(moved, &moved.path);
        let target = moved.successor.as_ref().map_or_else(
            || format!("stop calling {old}"),
            |it| format!("move from {old} to {}", address(moved, it)),
        );
        let _ = writeln!(text, "- [ ] {target} by {}", case.sunset());
    }
    if kept.moved.is_empty() {
        text.push_str("Nobody has to do anything: the old promise holds.\n");
    }
    text
}

/// One line for the changelog.
pub(super) fn changelog_entry(case: &Case<'_>, kept: &Kept) -> String {
    let what = match kept.moved.as_slice() {
        [] => kept.repaired.iter().map(|it| inline(it)).collect::<Vec<_>>().join("; "),
        moved => {
            let names: Vec<_> = moved.iter().map(|it| address(it, &it.path)).collect();
            format!("{} deprecated until {}", names.join(", "), case.sunset())
        }
    };
    format!("- {}: {what}\n", code(&case.service()))
}
