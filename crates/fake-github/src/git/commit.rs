//! Commits as git stores them.

use serde_json::{Value, json};

use crate::{
    clock,
    git::{Git, GitError, text},
};

/// What a commit says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    pub(crate) tree: String,
    pub(crate) parents: Vec<String>,
    pub(crate) author: Signature,
    pub(crate) committer: Signature,
    pub(crate) message: String,
}

/// Who, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) seconds: i64,
}

impl Signature {
    /// As GitHub shows it.
    pub(crate) fn shown(&self) -> Value {
        json!({"name": self.name, "email": self.email, "date": clock::written(self.seconds)})
    }

    fn line(&self) -> String {
        let plain = |text: &str| text.replace(['<', '>', '\n', '\0'], "");
        format!("{} <{}> {} +0000", plain(&self.name), plain(&self.email), self.seconds)
    }

    fn of(line: &str) -> Option<Self> {
        let (name, rest) = line.split_once('<')?;
        let (email, rest) = rest.split_once('>')?;
        let seconds = rest.split_whitespace().next()?.parse().ok()?;
        Some(Self { name: name.trim().into(), email: email.into(), seconds })
    }
}

impl Git {
    /// Stores a commit, whose message keeps every byte.
    pub(crate) fn commit(&self, commit: &Commit) -> Result<String, GitError> {
        let mut content = format!("tree {}\n", commit.tree);
        for parent in &commit.parents {
            content.push_str(&format!("parent {parent}\n"));
        }
        let (author, committer) = (commit.author.line(), commit.committer.line());
        content.push_str(&format!("author {author}\ncommitter {committer}\n\n{}", commit.message));
        let mut command = self.command(&["hash-object", "-t", "commit", "-w", "--stdin"]);
        text(&mut command, content.as_bytes())
    }

    /// Reads a commit.
    pub(crate) fn read_commit(&self, sha: &str) -> Option<Commit> {
        let content = self.content("commit", sha)?;
        Commit::of(&String::from_utf8_lossy(&content))
    }
}

impl Commit {
    fn of(text: &str) -> Option<Self> {
        let (head, message) = text.split_once("\n\n").unwrap_or((text, ""));
        let values = |key: &'static str| {
            head.lines().filter_map(move |it| it.strip_prefix(key)?.strip_prefix(' '))
        };
        Some(Self {
            tree: values("tree").next()?.to_owned(),
            parents: values("parent").map(str::to_owned).collect(),
            author: Signature::of(values("author").next()?)?,
            committer: Signature::of(values("committer").next()?)?,
            // GitHub shows messages without the line break that git puts at their end.
            message: message.trim_end_matches('\n').to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Commit, Signature};

    #[test]
    fn a_commit_is_read_as_git_wrote_it() {
        let text = "tree t\nparent a\nparent b\nauthor A B <a@b.example> 7 +0200\n\
                    committer C <> 8 +0000\ngpgsig x\n y\n\nfirst\n\nPlan: 1\n";
        let commit = Commit::of(text).unwrap();
        assert_eq!(commit.parents, ["a", "b"]);
        let author = Signature { name: "A B".into(), email: "a@b.example".into(), seconds: 7 };
        assert_eq!(commit.author, author);
        assert_eq!(commit.message, "first\n\nPlan: 1");
    }
}
