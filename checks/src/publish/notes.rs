//! A report as notes at lines.

use github::{Annotation, Conclusion};
use kernel::Level;

use super::told::{Finding, Standing, Told};

/// One note for each finding that no waiver covers, worst first; `prefix` leads from the root of
/// the repository to the root that was judged.
#[must_use]
pub fn annotations(told: &Told, prefix: &str) -> Vec<Annotation> {
    told.worst_first().into_iter().filter_map(|it| annotation(it, prefix)).collect()
}

fn annotation(finding: &Finding, prefix: &str) -> Option<Annotation> {
    let level = match finding.level {
        Level::Deny => "failure",
        Level::Warn => "warning",
        Level::Note => "notice",
        Level::Off => return None,
    };
    // Paths of a report come from any system; GitHub knows one separator.
    let path = format!("{prefix}{}", finding.path).replace('\\', "/");
    let end_line = finding.end_line.max(finding.line);
    let columns = (finding.column, finding.end_column.max(finding.column));
    Some(Annotation {
        path,
        lines: (finding.line, end_line),
        columns: (end_line == finding.line).then_some(columns),
        level,
        title: finding.rule.clone(),
        message: format!("{}\n\nNext: {}", finding.message, finding.remedy),
    })
}

/// Undecided did not succeed.
#[must_use]
pub fn conclusion(told: &Told) -> Conclusion {
    match told.standing() {
        Standing::Green => Conclusion::Success,
        Standing::Red | Standing::Undecided => Conclusion::Failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::told::tests::told;

    #[test]
    fn paths_are_those_of_the_repository() {
        let told = told(&[("route-audit", "a", "red")]);
        let notes = annotations(&told, "services/");
        assert_eq!(notes[0].path, "services/jobs/wrangler.toml");
        assert_eq!((notes[0].lines, notes[0].columns), ((3, 3), Some((1, 9))));
        assert_eq!(notes[0].level, "failure");
    }
}
