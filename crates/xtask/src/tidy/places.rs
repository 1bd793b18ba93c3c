//! Nothing names a folder of the machine it was written on, and files end as editors leave them.

use crate::tidy::{Fault, Sources};

/// Written in two parts, so that this file does not name them itself.
const FOLDERS: &[[&str; 2]] = &[["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["/Use", "rs/"]];

/// Files whose whitespace means nothing.
const PLAIN: &[&str] = &[".rs", ".toml", ".yml", ".sh", ".mjs", ".py"];

pub(super) fn check(sources: &Sources) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in &sources.texts {
        let lines = text.lines().enumerate();
        faults.extend(lines.filter_map(|(idx, line)| machine_path(path, idx + 1, line)));
        if PLAIN.iter().any(|it| path.ends_with(it)) {
            faults.extend(whitespace(path, text));
        }
    }
    faults
}

fn machine_path(path: &str, number: usize, line: &str) -> Option<Fault> {
    let folder = FOLDERS.iter().map(|it| it.concat()).find(|it| starts_path(line, it))?;
    Some(Fault::new(path, number, format!("`{folder}` is a folder of one machine")))
}

/// Does this folder stand at the start of a path, rather than behind a host or another folder?
fn starts_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|it| it.chars().next_back());
        !before.is_some_and(|it| it.is_alphanumeric() || "._-*}$>]/".contains(it))
            || line.get(..at).is_some_and(|it| it.ends_with("file://"))
    })
}

fn whitespace(path: &str, text: &str) -> Option<Fault> {
    let spaces = text.lines().position(|line| line.ends_with([' ', '\t', '\r']));
    if let Some(idx) = spaces {
        return Some(Fault::new(path, idx + 1, "spaces at the end of the line"));
    }
    let is_closed = text.is_empty() || (text.ends_with('\n') && !text.ends_with("\n\n"));
    let n_lines = text.lines().count();
    (!is_closed).then(|| Fault::new(path, n_lines, "a file ends with one line break"))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Sources;

    fn check_lines(path: &str, text: &str, expected: &[usize]) {
        let faults = check(&Sources::sample(&[(path, text)]));
        let lines: Vec<_> = faults.iter().map(|it| it.line).collect();
        assert_eq!(lines, expected, "{text}");
    }

    #[test]
    fn folders_of_a_machine_are_faults() {
        let after = |before: &str, expected: &[usize]| {
            check_lines("a.md", &format!("{before}{}{}x\n", "/ho", "me/"), expected);
        };
        after("", &[1]);
        after("see `", &[1]);
        after("file://", &[1]);
        after("https://shop.example", &[]);
        after("shop.example", &[]);
        after("$base", &[]);
    }

    #[test]
    fn plain_files_end_with_one_line_break() {
        check_lines("a.rs", "a\nb\n", &[]);
        check_lines("a.rs", "a \nb\n", &[1]);
        check_lines("a.rs", "a\nb", &[2]);
        check_lines("a.rs", "a\n\n", &[2]);
        check_lines("a.md", "a  \nb", &[]);
    }
}
