//! Marks that people leave behind: unfinished work without a number, tests that are not run.

use crate::tidy::{Fault, Sources};

/// Unfinished work; `(#123)` behind it makes it findable.
const UNFINISHED: &[&str] = &["TODO", "FIXME", "XXX"];

/// How comments begin in files that are not Rust.
const COMMENTS: &[(&str, &str)] =
    &[(".toml", "#"), (".yml", "#"), (".yaml", "#"), (".sh", "#"), (".py", "#"), (".mjs", "//")];

pub(super) fn check(sources: &Sources) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in sources.rust() {
        let bare = text.comment_lines().filter(|(_, line)| is_bare(line));
        faults.extend(bare.map(|(number, _)| unfinished(path, number)));
        let ignored = text.lines().filter(|(_, line)| line.contains("#[ignore"));
        let message = "a test that is not run claims nothing; what is long is a `soak`";
        faults.extend(ignored.map(|(number, _)| Fault::new(path, number, message)));
    }
    for (end, mark) in COMMENTS {
        for (path, text) in sources.ending(end) {
            let lines = text.lines().enumerate();
            let bare =
                lines.filter(|(_, line)| line.split_once(mark).is_some_and(|it| is_bare(it.1)));
            faults.extend(bare.map(|(idx, _)| unfinished(path, idx + 1)));
        }
    }
    faults
}

fn unfinished(path: &str, line: usize) -> Fault {
    Fault::new(path, line, "unfinished work needs the number of an issue: `TODO(#123):`")
}

/// Does this comment hold a mark without a number?
fn is_bare(comment: &str) -> bool {
    UNFINISHED.iter().any(|mark| {
        let mut pieces = comment.split(mark);
        let mut before = pieces.next().unwrap_or_default();
        pieces.any(|after| {
            let touches = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
            let is_word = !touches(before.chars().next_back()) && !touches(after.chars().next());
            before = after;
            is_word && !has_number(after)
        })
    })
}

fn has_number(after: &str) -> bool {
    let number = after.strip_prefix("(#").and_then(|it| it.split_once(')')).map(|it| it.0);
    number.is_some_and(|it| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Sources;

    fn lines(path: &str, text: &str, expected: &[usize]) {
        let faults = check(&Sources::sample(&[(path, text)]));
        let lines: Vec<_> = faults.iter().map(|it| it.line).collect();
        assert_eq!(lines, expected, "{text}");
    }

    #[test]
    fn unfinished_work_needs_a_number() {
        lines("a.rs", "// TODO: later\n", &[1]);
        lines("a.rs", "// TODO(#12): later\n// TODO(#): never\n", &[2]);
        lines("a.rs", "let a = \"TODO\"; // fine\n", &[]);
        lines("a.rs", "/// See FIXME.\n/// TODOs are a word.\n", &[1]);
        lines("a.toml", "a = 1 # TODO\nb = \"TODO\"\n", &[1]);
        lines("a.md", "TODO\n", &[]);
    }

    #[test]
    fn tests_that_are_not_run_are_faults() {
        lines("a.rs", "#[test]\n#[ignore = \"slow\"]\nfn a() {}\n// #[ignore]\n", &[2]);
    }
}
