//! Names of branches that git takes, whatever they are made from.
//!
//! The rule: a byte that git would refuse where it stands is written `=XX` (upper-case hex), and so
//! is a `=` that would read like that; everything else stays as it is. So a good name is its own
//! form, and two names never have one form. A form of more than 200 bytes is cut and ends with
//! `=-` and sixteen digits of its digest, which no shorter form does.
//! Source of what git refuses: <https://git-scm.com/docs/git-check-ref-format>.

use std::fmt;

use kernel::Digest;

/// The longest form that is kept whole: git stores a branch as a file.
const LONGEST: usize = 200;
/// How much of a longer one is kept.
const KEPT: usize = 160;

/// The name of a branch, without `refs/heads/`; git takes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Branch(String);

impl Branch {
    /// The branch of this name, in a form that git takes. Slashes divide it.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let name = name.strip_prefix("refs/heads/").unwrap_or(name);
        let parts: Vec<String> = name.split('/').map(encoded).collect();
        Self(shortened(parts.join("/"), name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Branch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// `checks/<gate>/<service>`; a slash in the name of a service divides nothing.
#[must_use]
pub fn service_branch(gate: &str, service: &str) -> Branch {
    let whole = format!("checks/{}/{}", encoded(gate), encoded(service));
    Branch(shortened(whole, service))
}

fn shortened(form: String, name: &str) -> String {
    if form.len() <= LONGEST {
        return form;
    }
    let end = (0..=KEPT).rev().find(|it| form.is_char_boundary(*it)).unwrap_or(0);
    let head = form.get(..end).unwrap_or_default().trim_end_matches(['/', '.', '=']);
    format!("{head}=-{}", Digest::of(name.as_bytes()).short())
}

/// One part of a branch name, between slashes.
#[must_use]
pub fn encoded(part: &str) -> String {
    if part.is_empty() {
        // An empty part would be two slashes. No other part has this form: a `=` that ends a
        // part is written out.
        return "=".to_owned();
    }
    let bytes = part.as_bytes();
    let mut out = String::with_capacity(part.len());
    for (idx, it) in part.char_indices() {
        let rest = bytes.get(idx..).unwrap_or_default();
        let before = bytes.get(..idx).unwrap_or_default();
        if is_kept(it, before, rest) {
            out.push(it);
        } else {
            let mut buffer = [0; 4];
            let escaped = it.encode_utf8(&mut buffer).bytes().map(|it| format!("={it:02X}"));
            out.extend(escaped);
        }
    }
    out
}

fn is_kept(it: char, before: &[u8], rest: &[u8]) -> bool {
    let is_upper_hex = |it: &u8| it.is_ascii_digit() || (b'A'..=b'F').contains(it);
    match it {
        '.' => {
            let is_rim = before.is_empty() || rest.len() == 1;
            !is_rim && before.last() != Some(&b'.') && rest != b".lock"
        }
        // Only where it could be read as an escape, as the cut of a long name, or as nothing.
        '=' => match rest {
            [_] | [_, b'-', ..] => false,
            [_, one, two, ..] => !(is_upper_hex(one) && is_upper_hex(two)),
            _ => true,
        },
        '@' => !(rest.starts_with(b"@{") || (before.is_empty() && rest.len() == 1)),
        // A leading dash reads as an option.
        '-' => !before.is_empty(),
        ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\' | '/' => false,
        it => !it.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, process::Command};

    use super::*;

    const ALPHABET: [&str; 16] =
        ["a", ".", "=", "-", " ", "@", "{", "/", "2", "0", "F", ".lock", "~", "\\", "é", "\u{7f}"];

    /// Every text of up to three letters of the alphabet.
    fn texts() -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..3 {
            let longer =
                last.iter().flat_map(|it| ALPHABET.iter().map(move |to| format!("{it}{to}")));
            last = longer.collect();
            all.extend(last.clone());
        }
        all
    }

    #[test]
    fn two_services_never_have_one_branch() {
        let mut seen: BTreeMap<Branch, String> = BTreeMap::new();
        let long = ["x".repeat(300), format!("{}y", "x".repeat(300)), "é".repeat(200)];
        for text in texts().into_iter().chain(long) {
            let branch = service_branch("gate", &text);
            assert!(branch.as_str().len() <= LONGEST, "{branch}");
            if let Some(other) = seen.insert(branch.clone(), text.clone())
                && other != text
            {
                panic!("`{other}` and `{text}` are both `{branch}`");
            }
        }
    }

    #[test]
    fn git_takes_every_branch() {
        let takes = |branch: &str| {
            let name = format!("refs/heads/{branch}");
            Command::new("git").args(["check-ref-format", &name]).status().unwrap().success()
        };
        assert!(!takes("a..b"), "git looks");
        let edges = [
            "",
            "/",
            "//",
            ".",
            "..",
            "...",
            ".a",
            "a.",
            "a..b",
            "a.lock",
            "b.lock/c",
            "@",
            "@{",
            "a@{b",
            "-a",
            " ",
            "a b",
            "~^:?*[\\",
            "\u{0}\u{1f}\u{7f}",
            "=",
            "==",
            "=20",
            "a/",
            "/a",
            ".lock",
        ];
        for text in edges.into_iter().map(str::to_owned).chain(["é".repeat(300), "a/".repeat(200)])
        {
            for branch in [Branch::new(&text), service_branch("g", &text)] {
                assert!(takes(branch.as_str()), "{text:?}: {branch}");
            }
        }
    }

    #[test]
    fn good_names_stay() {
        for (name, expected) in [
            ("checks/contract-gate/shop", "checks/contract-gate/shop"),
            ("refs/heads/main", "main"),
            ("feature/a=b_c+d,e%20", "feature/a=b_c+d,e%20"),
            ("v1.2.x", "v1.2.x"),
            ("grüße", "grüße"),
            ("a b", "a=20b"),
            ("a=20b", "a=3D20b"),
            ("a..b", "a.=2Eb"),
        ] {
            assert_eq!(Branch::new(name).as_str(), expected, "{name}");
        }
        assert_eq!(service_branch("sdk-sync", "a/b").as_str(), "checks/sdk-sync/a=2Fb");
    }
}
