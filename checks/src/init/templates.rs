//! Workflows and settings that `init` writes, as they stand in `templates/`.

use crate::init::Draft;

/// The commit of the release this binary belongs to; set when a release is built.
const REVISION: Option<&str> = option_env!("PROOFMARK_REVISION");

/// Said of a tag, which can be moved.
const UNPINNED: &str = "zizmor: ignore[unpinned-uses] or put the commit of this tag";

/// Actions of GitHub that templates use, by the words that stand for them.
const ACTIONS: &[(&str, &str)] = &[
    ("CHECKOUT", "actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1"),
    ("UPLOAD", "actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0"),
    ("DOWNLOAD", "actions/download-artifact@37930b1c2abaa49bbe596cd826c3c89aef350131 # v7.0.0"),
];

/// What templates are filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates {
    /// The branch that is protected.
    pub branch: String,
    /// The report is left as an artifact, for the workflow that comments.
    pub leaves_report: bool,
}

impl Templates {
    /// The one required check: one job, always reporting, nothing to skip.
    #[must_use]
    pub fn workflow(&self) -> Draft {
        let upload = if self.leaves_report { include_str!("templates/upload.yml") } else { "" };
        let text = include_str!("templates/proofmark.yml").to_owned() + upload;
        Draft::marked(".github/workflows/proofmark.yml", self.filled(&text))
    }

    /// Comments on pull requests of forks, from the report that the check left.
    #[must_use]
    pub fn comment(&self) -> Draft {
        let text = include_str!("templates/proofmark-comment.yml");
        Draft::marked(COMMENT, self.filled(text))
    }

    /// Pull requests with the SDKs that the contracts of the branch yield.
    #[must_use]
    pub fn sdk(&self) -> Draft {
        let text = include_str!("templates/proofmark-sdk.yml");
        Draft::marked(".github/workflows/proofmark-sdk.yml", self.filled(text))
    }

    /// One job that stands for a matrix.
    #[must_use]
    pub fn aggregator(&self) -> Draft {
        let text = include_str!("templates/aggregator.yml");
        Draft::marked("ops/governance/aggregator.yml", self.filled(text))
    }

    /// The rules of the protected branch, for import.
    #[must_use]
    pub fn ruleset() -> Draft {
        let text = include_str!("templates/ruleset-main.json");
        Draft::verbatim("ops/governance/ruleset-main.json", text.to_owned())
    }

    fn filled(&self, text: &str) -> String {
        let mut text = text.replace("BRANCH", &self.branch);
        for (word, action) in ACTIONS {
            text = text.replace(&format!("uses: {word}\n"), &format!("uses: {action}\n"));
        }
        text.replace("@RELEASE\n", &format!("@{}\n", release(REVISION)))
    }
}

/// The attributes of the repository with a line that folds generated files away in reviews; nothing
/// if they have it. A file of git is the user's, so it is only proposed.
#[must_use]
pub fn attributes(present: &str, out: &str) -> Option<Draft> {
    let folder = match out.strip_suffix("{service}") {
        Some(folder) => format!("{folder}**"),
        None => format!("{}/**", out.replace("{service}", "*").trim_end_matches('/')),
    };
    let line = format!("{folder} linguist-generated");
    if present.lines().any(|it| it.trim() == line) {
        return None;
    }
    let line_end = if present.is_empty() || present.ends_with('\n') { "" } else { "\n" };
    Some(Draft::verbatim(".gitattributes.proposed", format!("{present}{line_end}{line}\n")))
}

/// Where the workflow that comments lies.
pub const COMMENT: &str = ".github/workflows/proofmark-comment.yml";

/// How a workflow names the release that it runs: by its commit, if the binary knows it; else by
/// its tag.
fn release(commit: Option<&str>) -> String {
    let version = concat!("v", env!("CARGO_PKG_VERSION"));
    match commit {
        Some(commit) => format!("{commit} # {version}"),
        None => format!("{version} # {UNPINNED}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_proposed_once() {
        let check = |present: &str, out: &str, expected: Option<&str>| {
            let text = attributes(present, out).map(|it| it.text);
            assert_eq!(text.as_deref(), expected, "{present} {out}");
        };
        let line = "sdk/ts/** linguist-generated\n";
        check("", "sdk/ts/{service}", Some(line));
        check(line, "sdk/ts/{service}", None);
        check("* text=auto", "sdk/ts/{service}", Some(&format!("* text=auto\n{line}")));
        check("", "services/{service}/sdk", Some("services/*/sdk/** linguist-generated\n"));
    }

    fn all(leaves_report: bool) -> [Draft; 4] {
        let templates = Templates { branch: "trunk".to_owned(), leaves_report };
        let workflow = templates.workflow();
        [workflow, templates.comment(), templates.aggregator(), Templates::ruleset()]
    }

    #[test]
    fn every_word_of_a_template_is_filled() {
        let sdk = Templates { branch: "trunk".to_owned(), leaves_report: false }.sdk();
        for draft in all(true).into_iter().chain([sdk]) {
            let words = ["BRANCH]", "CHECKOUT", "UPLOAD", "DOWNLOAD", "RELEASE"];
            let left: Vec<_> = words.iter().filter(|it| draft.text.contains(**it)).collect();
            assert!(left.is_empty(), "{}: {left:?}\n{}", draft.path, draft.text);
        }
    }

    #[test]
    fn a_gate_may_read_and_nothing_else() {
        let rights = |text: &str| -> Vec<String> {
            let lines = text.lines().map(str::trim);
            lines
                .filter(|it| it.ends_with(": read") || it.contains(": write"))
                .map(str::to_owned)
                .collect()
        };
        for leaves_report in [false, true] {
            let [workflow, _, aggregator, _] = all(leaves_report);
            assert_eq!(rights(&workflow.text), ["contents: read"]);
            assert_eq!(rights(&aggregator.text), ["contents: read"]);
        }
    }

    #[test]
    fn the_required_check_cannot_be_skipped() {
        let [workflow, ..] = all(false);
        for word in ["paths:", "if:", "needs:", "pull_request_target"] {
            let is_there = |line: &str| line.trim_start().starts_with(word);
            assert!(!workflow.text.lines().any(is_there), "{word}\n{}", workflow.text);
        }
        for line in ["  pull_request: {}", "  merge_group: {}", "    branches: [trunk]"] {
            assert!(workflow.text.lines().any(|it| it == line), "{line}\n{}", workflow.text);
        }
    }

    #[test]
    fn a_release_is_named_once() {
        assert!(release(Some("0123")).starts_with("0123 # v"));
        assert!(release(None).starts_with(concat!("v", env!("CARGO_PKG_VERSION"), " # zizmor")));
    }
}
