//! Documents have one title.

use crate::tidy::{Fault, Sources};

pub(super) fn check(sources: &Sources) -> Vec<Fault> {
    sources.ending(".md").filter_map(|(path, text)| fault(path, text)).collect()
}

fn fault(path: &str, text: &str) -> Option<Fault> {
    let titles = titles(text);
    // GitHub puts its own title above a template.
    let may_lack = path.starts_with(".github/");
    match titles.as_slice() {
        [_] => None,
        [] if may_lack => None,
        [] => Some(Fault::new(path, 1, "no title: the file needs one line that starts with `# `")),
        [_, second, ..] => Some(Fault::new(path, *second, "a second title; a file has one")),
    }
}

/// The numbers of the lines that are titles, outside of fenced blocks.
fn titles(text: &str) -> Vec<usize> {
    let mut fence: Option<usize> = None;
    let mut titles = Vec::new();
    for (idx, line) in text.lines().enumerate() {
        let n_ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(open) if n_ticks >= open && line.trim_start_matches('`').trim().is_empty() => {
                fence = None;
            }
            None if n_ticks >= 3 => fence = Some(n_ticks),
            None if line.starts_with("# ") => titles.push(idx + 1),
            Some(_) | None => (),
        }
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn a_document_has_one_title() {
        let check = |path: &str, text: &str, line: Option<usize>| {
            assert_eq!(fault(path, text).map(|it| it.line), line, "{text}");
        };
        check("a.md", "# A\n\n## B\n", None);
        check("a.md", "text\n", Some(1));
        check("a.md", "# A\n# B\n", Some(2));
        check("a.md", "# A\n```sh\n# no title\n```\n", None);
        check("a.md", "# A\n````md\n```\n# no title\n```\n````\n# B\n", Some(7));
        check(".github/pull_request_template.md", "text\n", None);
    }
}
