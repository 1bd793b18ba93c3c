//! The files of a plan; what somebody edited is left alone.

use contracts::migration::{self, Migrated, consumer_test, shim};
use kernel::{Digest, RepoPath};
use snapshot::EntryKind;

use super::{
    Change, MigrateError, PlannedFile,
    planning::{Broken, Case, Kept, text},
    promises::Promise,
    words,
};

/// What a plan does to files.
#[derive(Default)]
pub(super) struct Made {
    pub(super) changes: Vec<Change>,
    pub(super) files: Vec<PlannedFile>,
    pub(super) proposals: Vec<(RepoPath, String)>,
}

/// The contract, the routes on old addresses, their tests, the checklist and the changelog.
pub(super) fn all(
    case: &Case<'_>,
    kept: &Kept,
    broken: &Broken,
    promises: &[Promise],
) -> Result<Made, MigrateError> {
    let mut made = Made::default();
    for change in &kept.texts {
        made.edit(change.clone());
    }
    let (services, service) = (&case.ground.folders().services, &case.folder);
    let sunset = case.sunset();
    let asked = Migrated {
        base: &broken.base,
        head: &broken.head,
        findings: &broken.findings,
        sunset: &sunset,
    };
    for moved in &kept.moved {
        let path = format!("{services}/{service}/src/compat/{}.ts", moved.name);
        made.own(case, &path, "//", &shim(asked, moved, case.dates))?;
    }
    for promise in promises {
        let test = consumer_test(migration::Kept {
            label: &promise.label,
            base: &broken.base,
            requests: &promise.requests,
            sunset: promise.is_deprecated.then_some(sunset.as_str()),
        });
        let path = format!("{services}/{service}/test/compat/{}.test.ts", promise.name);
        made.own(case, &path, "//", &test)?;
    }
    let day = case.dates.deprecated.date();
    let checklist = format!("{}/{day}-{service}.md", case.ground.folders().docs);
    made.own(case, &checklist, "<!--", &words::checklist(case, kept, broken))?;
    made.changelog(case, kept)?;
    match made.changes.iter().find_map(|it| not_a_folder(case, &it.path)) {
        Some(path) => Err(MigrateError::Elsewhere(path)),
        None => Ok(made),
    }
}

/// What stands in the way to a file: a link, a submodule, a file; or the file itself is a link.
fn not_a_folder(case: &Case<'_>, path: &RepoPath) -> Option<String> {
    let head = &case.ground.world.head;
    let text = path.as_str();
    let ends = text.match_indices('/').map(|it| it.0);
    let mut above = ends.filter_map(|end| text.get(..end));
    let itself = head.kind(text).filter(|it| *it != EntryKind::File).map(|_| text);
    above.find(|it| head.kind(it).is_some()).or(itself).map(str::to_owned)
}

impl Made {
    fn edit(&mut self, change: Change) {
        if change.before.as_ref() == Some(&change.after) {
            return;
        }
        let action = if change.before.is_some() { "edit" } else { "create" };
        self.note(&change.path, action, &change.after);
        self.changes.push(change);
    }

    fn note(&mut self, path: &RepoPath, action: &'static str, text: &str) {
        let digest = Digest::of(text.as_bytes()).to_string();
        self.files.push(PlannedFile { path: path.clone(), action, digest });
    }

    /// A file of ours: its first line tells whether somebody edited it.
    fn own(
        &mut self,
        case: &Case<'_>,
        path: &str,
        comment: &str,
        body: &str,
    ) -> Result<(), MigrateError> {
        let path = RepoPath::new(path).map_err(|_| MigrateError::NoFolder(path.to_owned()))?;
        let after = sealed(comment, body);
        let head = &case.ground.world.head;
        if head.kind(path.as_str()).is_none() {
            self.edit(Change { path, before: None, after });
            return Ok(());
        }
        if head.kind(path.as_str()) != Some(EntryKind::File) {
            // A link leads to somebody else's file.
            self.note(&path, "kept", "");
            self.proposals.push((path, after));
            return Ok(());
        }
        let before = text(head, &path)?;
        if before == after {
            self.note(&path, "kept", &after);
        } else if is_sealed(&before) {
            self.edit(Change { path, before: Some(before), after });
        } else {
            self.note(&path, "kept", &before);
            self.proposals.push((path, after));
        }
        Ok(())
    }

    fn changelog(&mut self, case: &Case<'_>, kept: &Kept) -> Result<(), MigrateError> {
        let Ok(path) = RepoPath::new("CHANGELOG.md") else { return Ok(()) };
        let entry = words::changelog_entry(case, kept);
        if case.ground.world.head.kind(path.as_str()).is_none() {
            let body = format!("# Changelog\n\n## Unreleased\n\n{entry}");
            return self.own(case, path.as_str(), "<!--", &body);
        }
        let Ok(before) = text(&case.ground.world.head, &path) else {
            self.note(&path, "kept", "");
            return Ok(());
        };
        if before.contains(entry.trim_end()) {
            self.note(&path, "kept", &before);
        } else {
            let after = with_entry(&before, &entry);
            self.edit(Change { path, before: Some(before), after });
        }
        Ok(())
    }
}

/// A text below a line that holds its digest.
fn sealed(comment: &str, body: &str) -> String {
    let end = if comment == "<!--" { " -->" } else { "" };
    format!("{comment} checks:migrate v1 {}{end}\n{body}", Digest::of(body.as_bytes()))
}

/// Does the first line still fit the rest?
fn is_sealed(text: &str) -> bool {
    let Some((first, body)) = text.split_once('\n') else { return false };
    let words: Vec<&str> = first.split_whitespace().collect();
    let digest = words.iter().skip_while(|it| **it != "checks:migrate").nth(2);
    digest.is_some_and(|it| *it == Digest::of(body.as_bytes()).to_string())
}

/// Puts an entry first under the newest heading.
fn with_entry(text: &str, entry: &str) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let entry = entry.replace('\n', newline);
    let heading = text.find("\n## ").map(|it| it + 1);
    let after_heading = heading.and_then(|it| text.get(it..)?.find('\n').map(|end| it + end + 1));
    let Some(at) = after_heading else {
        return format!("{}{newline}{newline}{entry}", text.trim_end());
    };
    let (before, rest) = text.split_at(at);
    format!("{before}{newline}{entry}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_breaks_the_seal() {
        for comment in ["//", "<!--"] {
            let text = sealed(comment, "one\ntwo\n");
            assert!(is_sealed(&text), "{text}");
            assert!(!is_sealed(&text.replace("two", "three")));
        }
        assert!(!is_sealed("no line\nof ours\n"));
    }

    #[test]
    fn an_entry_stands_under_the_newest_heading() {
        let check = |text: &str, expected: &str| assert_eq!(with_entry(text, "- new\n"), expected);
        check("# Log\n\n## Unreleased\n\n- old\n", "# Log\n\n## Unreleased\n\n- new\n\n- old\n");
        check("# Log\n", "# Log\n\n- new\n");
        check("# Log\r\n\r\n## 1.0\r\n", "# Log\r\n\r\n## 1.0\r\n\r\n- new\r\n");
    }
}
