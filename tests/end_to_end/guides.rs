//! The guides and the README do what they say: each edit, each command, each output.

use std::{fs, path::PathBuf};

use crate::{
    binary::{Answer, Checks, clean, workspace},
    fences::{Fence, Task, edited, fences},
    repository::Repository,
};

/// The instant at which guides are played; one that a command names goes before.
const NOW: &str = "1795251600";

/// How a reader starts the program in this repository.
const PROGRAM: &str = "cargo run -p checks -- ";

/// One section of a guide, played from a fresh example.
struct Walk {
    repository: Repository,
    shown: Option<String>,
}

impl Walk {
    fn start() -> Self {
        Self { repository: Repository::with_shop_inside(), shown: None }
    }

    /// Does what a block asks for; what it should have shown, if that is something else.
    fn step(&mut self, fence: &Fence) -> Option<String> {
        match &fence.task {
            Task::Make(path) => self.repository.write(path, &fence.text),
            Task::Edit(path) => {
                let text = edited(&self.repository.read(path), &fence.text);
                self.repository.write(path, text);
            }
            Task::Run(code) => self.run(&fence.text, *code),
            Task::Output => {
                let shown = self.shown.take().expect("a command stands before its output");
                return (timeless(&shown) != timeless(&fence.text)).then_some(shown);
            }
        }
        None
    }

    fn run(&mut self, lines: &str, code: i32) {
        let n_lines = lines.lines().count();
        for (idx, line) in lines.lines().enumerate() {
            let answer = self.line(line);
            let expected = if idx + 1 == n_lines { code } else { 0 };
            let shown = format!("{}{}", answer.stderr, answer.stdout);
            assert_eq!(answer.code, Some(expected), "{line}\n{shown}");
            self.shown = Some(shown);
        }
    }

    fn line(&self, line: &str) -> Answer {
        let folder = self.repository.path();
        if let Some(words) = line.strip_prefix(PROGRAM) {
            return Checks::plain(folder).env("SOURCE_DATE_EPOCH", NOW).words(words).run();
        }
        if let Some(path) = line.strip_prefix("cat ") {
            let stdout = self.repository.read(path);
            return Answer { code: Some(0), stdout, stderr: String::new() };
        }
        let words = line.strip_prefix("git ").unwrap_or_else(|| panic!("`{line}` is not known"));
        let mut command = clean("git", folder);
        Answer::of(command.args(words.split_whitespace()).output().expect("git runs"))
    }
}

/// The duration in the last line differs between runs, and digests between versions.
fn timeless(text: &str) -> String {
    let lines = text.trim_end().lines().map(|line| match line.rsplit_once(" examined in ") {
        Some((head, _)) => format!("{head} examined"),
        None => line.split(|it: char| !it.is_alphanumeric()).fold(line.to_owned(), undigested),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn undigested(line: String, word: &str) -> String {
    let is_digest = word.len() == 64 && word.bytes().all(|it| it.is_ascii_hexdigit());
    if is_digest { line.replace(word, "DIGEST") } else { line }
}

/// Plays a guide; outputs that differ are written anew if snapshots are.
fn play(path: &str) {
    let file = workspace().join(path);
    let document = fs::read_to_string(&file).expect("a guide");
    let mut differences = Vec::new();
    let mut walk = Walk::start();
    let mut section = String::new();
    let found = fences(&document);
    assert!(found.iter().any(|it| it.task == Task::Output), "`{path}` shows nothing");
    for fence in found {
        // Numbered sections stand alone; others go on where the one before ended.
        if fence.section != section && fence.section.starts_with(|it: char| it.is_ascii_digit()) {
            walk = Walk::start();
        }
        section.clone_from(&fence.section);
        differences.extend(walk.step(&fence).map(|shown| (fence, shown)));
    }
    if is_blessed() {
        return fs::write(&file, replaced(&document, &differences)).expect("a guide is writable");
    }
    if let Some((fence, shown)) = differences.first() {
        let line = fence.line + 1;
        panic!("{path}:{line} shows\n{}\nbut it is\n{shown}\n{REPAIR}", fence.text);
    }
}

const REPAIR: &str = "make outputs anew with `cargo xtask bless`, then read the difference";

/// `cargo xtask bless` sets this for all snapshots alike.
fn is_blessed() -> bool {
    std::env::vars_os().any(|(name, value)| name == "INSTA_UPDATE" && value == "always")
}

fn replaced(document: &str, differences: &[(Fence, String)]) -> String {
    let mut lines: Vec<String> = document.lines().map(str::to_owned).collect();
    for (fence, shown) in differences.iter().rev() {
        let end = fence.line + fence.text.lines().count();
        lines.splice(fence.line..end, shown.trim_end().lines().map(str::to_owned));
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_readme_shows_a_real_verdict() {
    play("README.md");
}

#[test]
fn the_shop_turns_red_in_five_ways() {
    play("docs/guides/red-five-ways.md");
}

#[test]
fn the_first_day_goes_as_told() {
    play("docs/guides/first-day.md");
}

#[test]
fn proofs_read_as_told() {
    play("docs/guides/reading-a-proof.md");
}

#[test]
fn a_part_of_a_monorepo_is_judged_as_told() {
    play("docs/guides/monorepos.md");
}

#[test]
fn oasdiff_is_imported_as_told() {
    play("docs/guides/moving-from-oasdiff.md");
}

#[test]
fn links_between_documents_lead_somewhere() {
    let folder = workspace();
    let mut documents = vec!["README.md".to_owned(), "examples/shop/README.md".to_owned()];
    for part in ["docs", "docs/guides", "docs/adr"] {
        let entries = fs::read_dir(folder.join(part)).expect("a folder of documents");
        let paths = entries.map(|it| it.expect("an entry").path());
        let texts = paths.filter(|it| it.extension().is_some_and(|it| it == "md"));
        documents
            .extend(texts.filter_map(|it| Some(format!("{part}/{}", it.file_name()?.display()))));
    }
    for document in documents {
        let text = fs::read_to_string(folder.join(&document)).expect("a document");
        let here = folder.join(&document).parent().expect("a folder").to_owned();
        for target in targets(&text) {
            let path: PathBuf = here.join(target);
            assert!(path.exists(), "{document}: `{target}` is not there");
        }
    }
}

/// The files that a document links to.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let links = text.split("](").skip(1).filter_map(|it| it.split(')').next());
    links.filter(|it| !it.contains("://") && !it.starts_with('#')).map(|it| {
        let (path, _) = it.split_once('#').unwrap_or((it, ""));
        path
    })
}
