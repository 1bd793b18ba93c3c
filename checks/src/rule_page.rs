//! A `rule.md` taken apart: its examples are executed, its mutations are what `selftest` applies.

use std::collections::BTreeMap;

use kernel::RepoPath;
use serde_json::Value;

use crate::sdk_sync::making::example_sdk;

/// A page, or a file of further cases.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// One repository for each heading that starts with a verdict.
    pub examples: Vec<Example>,
    /// Edits that must turn the rule red.
    pub mutations: Vec<Mutation>,
}

/// A repository and what the rule says of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Example {
    /// The heading.
    pub title: String,
    /// The verdict that the heading names.
    pub expected: Expected,
    /// Files at head.
    pub head: BTreeMap<RepoPath, Vec<u8>>,
    /// Files at base; nothing if the example has no older side.
    pub base: Option<BTreeMap<RepoPath, Vec<u8>>>,
    /// A file is marked `live`: the network may be used.
    pub is_live: bool,
    /// Kind and members of each expected witness; the text `?` stands for anything.
    pub witnesses: Vec<(String, Value)>,
}

/// What an example shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Expected {
    /// The rule has findings.
    Red,
    /// It has none, and examined something.
    #[default]
    Green,
    /// It cannot tell.
    Undecided,
    /// It cannot tell, and in CI that fails.
    UndecidedInCi,
}

/// An edit that must turn one rule red.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutation {
    /// The heading it stands under.
    pub title: String,
    /// What to do with the file.
    pub action: MutationAction,
    /// The file.
    pub path: RepoPath,
    /// The text to write; `{{…}}` stands for a subject of the repository.
    pub text: String,
    /// It shows only where the network may be used.
    pub is_live: bool,
}

/// What a mutation does with its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MutationAction {
    /// Writes a file that the unmutated copy has too: the planted subject.
    Subject,
    /// Writes a new file, or replaces one.
    Plant,
    /// Adds the text to the end of a file, which is made if it is not there.
    Append,
    /// The same on the older side only.
    Base,
    /// Removes the files that the path, which may be a glob, names.
    Remove,
}

/// The page says something that cannot be an example.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct PageError {
    /// Line of the page.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Page {
    /// Takes a page apart.
    pub fn parse(text: &str) -> Result<Self, PageError> {
        let mut page = Self::default();
        let mut title = String::new();
        let mut lines = text.lines().enumerate();
        while let Some((idx, line)) = lines.next() {
            if let Some(heading) = line.strip_prefix("## ") {
                heading.trim().clone_into(&mut title);
                page.examples.extend(Expected::of(&title).map(|it| Example::named(&title, it)));
            } else if let Some(info) = line.strip_prefix("```") {
                let body: Vec<&str> = lines
                    .by_ref()
                    .map(|(_, it)| it)
                    .take_while(|it| !it.starts_with("```"))
                    .collect();
                let fence = Fence { line: idx + 1, title: &title, info, body: &body };
                page.add(&fence)?;
            }
        }
        Ok(page)
    }

    fn add(&mut self, fence: &Fence<'_>) -> Result<(), PageError> {
        if let Some(action) = fence.word("mutation") {
            let action = match action {
                "subject" => MutationAction::Subject,
                "plant" => MutationAction::Plant,
                "append" => MutationAction::Append,
                "base" => MutationAction::Base,
                "remove" => MutationAction::Remove,
                other => return Err(fence.error(&format!("unknown mutation `{other}`"))),
            };
            let title = fence.title.to_owned();
            let path = fence.path("file")?;
            let (text, is_live) = (fence.text(), fence.has("live"));
            self.mutations.push(Mutation { title, action, path, text, is_live });
            return Ok(());
        }
        let is_example = Expected::of(fence.title).is_some();
        let Some(example) = self.examples.last_mut().filter(|_| is_example) else { return Ok(()) };
        if let Some(kind) = fence.word("witness") {
            let body = serde_json::from_str(&fence.text())
                .map_err(|err| fence.error(&format!("the witness is no JSON: {err}")))?;
            example.witnesses.push((kind.to_owned(), body));
        } else if fence.word("base").is_some() {
            let base = example.base.get_or_insert_default();
            base.extend(fence.files("base")?);
        } else if fence.word("file").is_some() {
            example.is_live |= fence.has("live");
            example.head.extend(fence.files("file")?);
        }
        Ok(())
    }
}

impl Expected {
    fn of(title: &str) -> Option<Self> {
        let verdict = title.split([':', ' ']).next()?;
        match verdict {
            _ if title.starts_with("Red in CI: undecided") => Some(Self::UndecidedInCi),
            "Red" => Some(Self::Red),
            "Green" => Some(Self::Green),
            "Undecided" => Some(Self::Undecided),
            _ => None,
        }
    }
}

impl Example {
    fn named(title: &str, expected: Expected) -> Self {
        Self { title: title.to_owned(), expected, ..Self::default() }
    }
}

/// One fenced block: "toml file=a/wrangler.toml crlf" and its lines.
struct Fence<'a> {
    line: usize,
    title: &'a str,
    info: &'a str,
    body: &'a [&'a str],
}

impl Fence<'_> {
    fn word(&self, name: &str) -> Option<&str> {
        let value = |it: &'_ str| it.strip_prefix(name)?.strip_prefix('=').map(str::len);
        let word = self.info.split_whitespace().find(|it| value(it).is_some())?;
        word.split_once('=').map(|(_, it)| it)
    }

    fn path(&self, name: &str) -> Result<RepoPath, PageError> {
        let text = self.word(name).unwrap_or_default();
        // `%20` stands for a space, because words of the info line end at one.
        RepoPath::new(&text.replace("%20", " ")).map_err(|err| self.error(&err.to_string()))
    }

    fn text(&self) -> String {
        self.body.iter().flat_map(|it| [*it, "\n"]).collect()
    }

    fn has(&self, flag: &str) -> bool {
        self.info.split_whitespace().any(|it| it == flag)
    }

    /// The file: `crlf`, `bom` and `cut` (no newline at the end) change its bytes.
    fn bytes(&self) -> Vec<u8> {
        let mut text = self.text();
        if self.has("cut") {
            text.pop();
        }
        if self.has("crlf") {
            text = text.replace('\n', "\r\n");
        }
        let mut bytes = if self.has("bom") { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        bytes.extend(text.into_bytes());
        bytes
    }

    /// The file, and with `sdk` what a contract yields: later files may lie over it.
    fn files(&self, word: &str) -> Result<Vec<(RepoPath, Vec<u8>)>, PageError> {
        let (path, bytes) = (self.path(word)?, self.bytes());
        let mut files = if self.has("sdk") { example_sdk(&path, &bytes) } else { Vec::new() };
        files.push((path, bytes));
        Ok(files)
    }

    fn error(&self, message: &str) -> PageError {
        PageError { line: self.line, message: message.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_its_examples_and_mutations() {
        let page = Page::parse(
            "# x\n\n```sh\nignored\n```\n\n## Red: two\n\n```toml file=a%20b.toml crlf\nx = 1\n```\n\
             ```json witness=k\n{\"a\": 1}\n```\n\n## Why\n\n```toml file=ignored\n```\n\n\
             ## Green\n\n```toml base=b.toml\n```\n\n## Mutation\n\n\
             ```toml mutation=plant file=m.toml\ny = 2\n```\n",
        )
        .unwrap();
        let [red, green] = page.examples.as_slice() else { panic!("{page:?}") };
        assert_eq!((red.title.as_str(), red.expected), ("Red: two", Expected::Red));
        assert_eq!(red.head["a b.toml"], b"x = 1\r\n");
        assert_eq!(red.witnesses, [("k".to_owned(), serde_json::json!({"a": 1}))]);
        assert!(green.head.is_empty() && green.base.as_ref().unwrap().contains_key("b.toml"));
        assert_eq!(page.mutations.first().unwrap().text, "y = 2\n");
    }

    #[test]
    fn a_witness_that_is_no_json_is_told_with_its_line() {
        let err = Page::parse("## Red\n\n```json witness=k\n{\n```\n").unwrap_err();
        assert_eq!(err.line, 3);
    }
}
