//! What a plan says to people: the pull request, the checklist, the changelog.

use std::fmt::Write as _;

use contracts::{Evidence, Finding, migration::identifier};

use super::planning::{Broken, Case, Kept};
use crate::contract_gate::changelog::spoken;

/// The text of the pull request.
pub(super) fn body(case: &Case<'_>, kept: &Kept, broken: &Broken) -> String {
    let mut text = format!(
        "<!-- checks:migrate v1 since={} sunset={} -->\n\
         ## `{}` keeps its promises\n\n\
         This is a skeleton: everything mechanical is done, nothing is guessed. Look for `TODO` in the new files.\n",
        case.dates.deprecated,
        case.sunset(),
        case.path,
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
    for line in steps(case, kept) {
        let _ = writeln!(text, "- [ ] {line}");
    }
    text
}

fn told(finding: &Finding) -> String {
    let mut text = format!("- **{}**: {}\n", finding.rule.id(), finding.message);
    let witness = spoken::evidence(&finding.evidence);
    if matches!(finding.evidence, Evidence::Instance(_) | Evidence::Exchange(_)) {
        let lines: Vec<_> = witness.lines().map(|it| format!("  {it}")).collect();
        let _ = write!(text, "\n  ```\n{}\n  ```\n\n", lines.join("\n"));
    }
    text
}

fn done(case: &Case<'_>, kept: &Kept) -> String {
    let mut text = String::new();
    for sentence in &kept.repaired {
        let _ = writeln!(text, "- {sentence}");
    }
    for moved in &kept.moved {
        let method = moved.method.to_uppercase();
        let _ = writeln!(
            text,
            "- `{method} {}` stays as it was, deprecated until {}",
            moved.path,
            case.sunset(),
        );
        if let Some(successor) = &moved.successor {
            let _ = writeln!(text, "- what head wants of it is `{method} {successor}`");
        }
    }
    text
}

fn steps(case: &Case<'_>, kept: &Kept) -> Vec<String> {
    let (services, service) = (&case.ground.folders().services, case.service());
    let mut steps = Vec::new();
    for moved in &kept.moved {
        let name = identifier(&moved.operation_id);
        steps.push(format!(
            "fill the `TODO`s of `{services}/{service}/src/compat/{name}.ts`, and mount `{name}Compat` before the routes of `{service}`"
        ));
        steps.push(format!(
            "run `{services}/{service}/test/compat/{name}.test.ts` against the service (`PROVIDER_URL`)"
        ));
    }
    steps.push(format!("tell the consumers; the checklist is in `{}`", case.ground.folders().docs));
    steps
}

/// `docs/migrations/<date>-<service>.md`: who has to do what, by when.
pub(super) fn checklist(case: &Case<'_>, kept: &Kept, broken: &Broken) -> String {
    let mut text = format!(
        "# Migration of `{}`\n\nDeprecated on {}, last day {}.\n\n## What changes\n\n{}",
        case.service(),
        case.dates.deprecated.date(),
        case.sunset(),
        done(case, kept),
    );
    text.push_str("\n## Who is reached\n\n| operation | why |\n|---|---|\n");
    for finding in &broken.findings {
        for operation in &finding.operations {
            let message = finding.message.replace('|', "\\|");
            let _ = writeln!(text, "| `{}` | {message} |", operation.replace('|', "\\|"));
        }
    }
    text.push_str("\n## Consumers\n\n");
    for moved in &kept.moved {
        let method = moved.method.to_uppercase();
        let target = moved.successor.as_ref().map_or_else(
            || format!("stop calling `{method} {}`", moved.path),
            |it| format!("move from `{method} {}` to `{method} {it}`", moved.path),
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
        [] => kept.repaired.join("; "),
        moved => {
            let names =
                moved.iter().map(|it| format!("`{} {}`", it.method.to_uppercase(), it.path));
            format!("{} deprecated until {}", names.collect::<Vec<_>>().join(", "), case.sunset())
        }
    };
    format!("- `{}`: {what}\n", case.service())
}
