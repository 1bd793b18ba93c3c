//! URI references (RFC 3986) whose base is a file of the repository or an `$id`.

use std::borrow::Cow;

use kernel::RepoPath;

/// What references are relative to, and what resources are known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Base {
    /// A file of the repository.
    File(RepoPath),
    /// An absolute URI, without fragment.
    Uri(String),
}

/// Why a reference has no target that could be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outside {
    /// Another host or scheme.
    Remote,
    /// A path that leaves the repository.
    Escape,
    /// An absolute path of some machine.
    Absolute,
}

/// A reference as two parts: before and behind `#`.
pub(crate) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

impl Base {
    /// What a reference without fragment leads to.
    pub(crate) fn resolve(&self, reference: &str) -> Result<Self, Outside> {
        if reference.is_empty() {
            return Ok(self.clone());
        }
        if has_scheme(reference) {
            return Ok(Self::Uri(reference.to_owned()));
        }
        match self {
            Self::File(_) if reference.starts_with("//") => Err(Outside::Remote),
            Self::File(_) if reference.starts_with('/') => Err(Outside::Absolute),
            Self::File(path) => beside(path, reference),
            Self::Uri(base) => Ok(Self::Uri(merge(base, reference))),
        }
    }
}

/// A file by its path relative to another.
fn beside(path: &RepoPath, reference: &str) -> Result<Base, Outside> {
    let mut parts: Vec<Cow<'_, str>> = path.folder().split('/').map(Cow::Borrowed).collect();
    parts.retain(|it| !it.is_empty());
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or(Outside::Escape)?),
            name => parts.push(percent_decoded(name)),
        }
    }
    RepoPath::new(&parts.join("/")).map(Base::File).map_err(|_| Outside::Escape)
}

/// Does it start with a scheme, such as `https:`?
fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else { return false };
    scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.'))
}

/// RFC 3986 §5.2 for a reference without scheme.
fn merge(base: &str, reference: &str) -> String {
    let (scheme, rest) = base.split_once(':').unwrap_or((base, ""));
    if let Some(authority) = reference.strip_prefix("//") {
        return format!("{scheme}://{authority}");
    }
    let (authority, path) = match rest.strip_prefix("//") {
        Some(it) => it.split_at(it.find('/').unwrap_or(it.len())),
        None => ("", rest),
    };
    let path = path.split_once('?').map_or(path, |it| it.0);
    let start = if rest.starts_with("//") {
        format!("{scheme}://{authority}")
    } else {
        format!("{scheme}:")
    };
    if let Some(query) = reference.strip_prefix('?') {
        return format!("{start}{path}?{query}");
    }
    let folder = path.rsplit_once('/').map_or("", |it| it.0);
    let joined = match reference.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{}/{reference}", folder.trim_start_matches('/')),
    };
    let mut parts: Vec<&str> = Vec::new();
    let mut ends_open = false;
    for part in joined.trim_start_matches('/').split('/') {
        ends_open = matches!(part, "." | "..");
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    if ends_open {
        parts.push("");
    }
    let slash = if rest.starts_with('/') { "/" } else { "" };
    format!("{start}{slash}{}", parts.join("/"))
}

/// Resolves `%20` and the like; what is no escape stays.
pub(crate) fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = after.split_at_checked(2).filter(|_| *first == b'%');
        let value = escape.and_then(|(digits, behind)| Some((hexadecimal(digits)?, behind)));
        let (byte, behind) = value.unwrap_or((*first, after));
        bytes.push(byte);
        rest = behind;
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    let is_hex = digits.bytes().all(|it| it.is_ascii_hexdigit());
    is_hex.then(|| u8::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> Base {
        Base::File(RepoPath::new(path).unwrap())
    }

    #[test]
    fn files_are_found_beside_their_file() {
        let rows = [
            ("", Ok(file("contracts/a.yaml"))),
            ("b.yaml", Ok(file("contracts/b.yaml"))),
            ("./s/b.yaml", Ok(file("contracts/s/b.yaml"))),
            ("../b.yaml", Ok(file("b.yaml"))),
            ("s/../b%20c.yaml", Ok(file("contracts/b c.yaml"))),
            ("..%2fb.yaml", Err(Outside::Escape)),
            ("%2e%2e/%2e%2e/b.yaml", Err(Outside::Escape)),
            ("../../b.yaml", Err(Outside::Escape)),
            ("../..", Err(Outside::Escape)),
            ("/b.yaml", Err(Outside::Absolute)),
            ("//host.example/b", Err(Outside::Remote)),
            ("https://x.example/b", Ok(Base::Uri("https://x.example/b".to_owned()))),
            ("a%zz%4", Ok(file("contracts/a%zz%4"))),
        ];
        for (reference, expected) in rows {
            assert_eq!(file("contracts/a.yaml").resolve(reference), expected, "{reference}");
        }
    }

    /// The examples of RFC 3986 §5.4 that have no fragment.
    #[test]
    fn uris_are_merged_as_rfc_3986_does() {
        let rows = [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("g:h", "g:h"),
        ];
        let base = Base::Uri("http://a/b/c/d;p?q".to_owned());
        for (reference, expected) in rows {
            assert_eq!(base.resolve(reference), Ok(Base::Uri(expected.to_owned())), "{reference}");
        }
        let urn = Base::Uri("urn:example:root".to_owned());
        assert_eq!(urn.resolve("other"), Ok(Base::Uri("urn:other".to_owned())));
    }
}
