//! Fenced blocks of a guide: what the reader edits, runs and sees.

/// What a block asks for, by the words after its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Task {
    /// `file=PATH`: this file is made.
    Make(String),
    /// `edit=PATH`: these lines, as a difference, are changed.
    Edit(String),
    /// `exit=N`: these commands are run, and the last ends with this code.
    Run(i32),
    /// `output`: the last command has printed this.
    Output,
}

/// One block with a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fence {
    /// The `##` heading it stands under.
    pub(crate) section: String,
    /// What it asks for.
    pub(crate) task: Task,
    /// What stands in it.
    pub(crate) text: String,
    /// The first line of the text, counted from 0.
    pub(crate) line: usize,
}

/// The blocks of a document that ask for something.
pub(crate) fn fences(document: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut section = String::new();
    let mut lines = document.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut section);
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let inside = lines.by_ref().map(|(_, it)| it).take_while(|it| *it != "```");
        let text: String = inside.flat_map(|it| [it, "\n"]).collect();
        let section = section.clone();
        found.extend(task(info).map(|task| Fence { section, task, text, line: number + 1 }));
    }
    found
}

fn task(info: &str) -> Option<Task> {
    let words = info.split_whitespace().skip(1);
    let mut tasks = words.map(|word| match word.split_once('=') {
        Some(("file", path)) => Task::Make(path.to_owned()),
        Some(("edit", path)) => Task::Edit(path.to_owned()),
        Some(("exit", code)) => Task::Run(code.parse().expect("an exit code is a number")),
        _ if word == "output" => Task::Output,
        _ => panic!("`{word}` asks for nothing that this test knows"),
    });
    tasks.next()
}

/// Applies a difference in the manner of `diff -u`, without its numbers, to a text.
#[track_caller]
pub(crate) fn edited(text: &str, difference: &str) -> String {
    let side = |other: char| -> String {
        let lines = difference.lines().filter(|it| !it.starts_with(other));
        lines.flat_map(|it| [it.get(1..).unwrap_or_default(), "\n"]).collect()
    };
    let (before, after) = (side('+'), side('-'));
    assert_eq!(text.matches(&before).count(), 1, "the edit fits once:\n{before}\ninto:\n{text}");
    text.replacen(&before, &after, 1)
}

#[cfg(test)]
mod tests {
    use super::{Task, edited, fences};

    #[test]
    fn blocks_without_a_task_are_for_the_reader_only() {
        let document =
            "# A\n```sh\nls\n```\n## B\n```toml file=a.toml\nx = 1\n```\n```text output\n```\n";
        let found = fences(document);
        let tasks: Vec<_> = found.iter().map(|it| (&it.task, it.text.as_str(), it.line)).collect();
        assert_eq!(
            tasks,
            [(&Task::Make("a.toml".to_owned()), "x = 1\n", 6), (&Task::Output, "", 9)]
        );
        assert!(found.iter().all(|it| it.section == "B"));
    }

    #[test]
    fn an_edit_changes_its_lines_only() {
        assert_eq!(edited("a\nb\nc\n", " a\n-b\n+x\n+y\n"), "a\nx\ny\nc\n");
    }
}
