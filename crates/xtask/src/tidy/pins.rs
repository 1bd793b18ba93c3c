//! Workflows run only what is pinned, and actions hold no logic and no way in.

use crate::tidy::{Fault, Sources};

pub(super) fn check(sources: &Sources) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in sources.ending(".yml") {
        let is_action = path == "action.yml" || path.ends_with("/action.yml");
        let is_workflow = path.starts_with(".github/workflows/");
        for (idx, line) in text.lines().enumerate() {
            let step = line.trim_start().trim_start_matches("- ");
            let message = match step.split_once(": ") {
                Some(("uses", _)) if is_action => "an action of ours uses no other",
                Some(("uses", what)) if is_workflow && !is_pinned(what) => {
                    "pin it: `owner/name@<40 hex> # v1.2.3`"
                }
                Some(("run", script)) if is_action && script.contains("${{") => {
                    "an input in a script is code; hand it over in `env`"
                }
                Some(("run", "|" | ">" | "|-" | ">-")) if is_action => {
                    "no logic in YAML; call a script"
                }
                _ => continue,
            };
            faults.push(Fault::new(path, idx + 1, message));
        }
    }
    faults
}

/// Is this an action of ours, or a commit with its version?
fn is_pinned(what: &str) -> bool {
    let commit = what.split_once('@').map_or("", |it| it.1);
    let (digest, comment) = commit.split_once(" # ").unwrap_or((commit, ""));
    let is_digest = digest.len() == 40 && digest.chars().all(|it| it.is_ascii_hexdigit());
    what.starts_with("./") || (is_digest && comment.starts_with('v'))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Sources;

    fn lines(path: &str, text: &str, expected: &[usize]) {
        let faults = check(&Sources::sample(&[(path, text)]));
        let lines: Vec<_> = faults.iter().map(|it| it.line).collect();
        assert_eq!(lines, expected, "{path}: {text}");
    }

    #[test]
    fn workflows_pin_what_they_run() {
        let hex = "0123456789012345678901234567890123456789";
        let workflow = |what: &str, expected: &[usize]| {
            lines(".github/workflows/ci.yml", &format!("- uses: {what}\n"), expected);
        };
        workflow(&format!("a/b@{hex} # v1.2.3"), &[]);
        workflow("./actions/checks", &[]);
        workflow(&format!("a/b@{hex}"), &[1]);
        workflow("a/b@v4 # v4.0.0", &[1]);
        workflow("a/b", &[1]);
    }

    #[test]
    fn actions_hold_no_logic() {
        lines("actions/checks/action.yml", "run: bash \"$A/run.sh\"\n", &[]);
        lines("actions/checks/action.yml", "run: echo ${{ inputs.root }}\n", &[1]);
        lines("action.yml", "- run: |\n    echo\n", &[1]);
        lines("action.yml", "- uses: ./actions/setup\n", &[1]);
        lines(".github/ISSUE_TEMPLATE/a.yml", "run: |\n", &[]);
    }
}
