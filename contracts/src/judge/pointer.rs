//! Names in JSON Pointers (RFC 6901), as the judge reads and writes them.

use std::borrow::Cow;

/// A name as a pointer writes it.
pub(super) fn escaped(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) {
        name.replace('~', "~0").replace('/', "~1").into()
    } else {
        name.into()
    }
}

/// A name that a pointer writes. Most have no escapes, and are taken as they are.
pub(super) fn unescaped(name: &str) -> Cow<'_, str> {
    if name.contains('~') { name.replace("~1", "/").replace("~0", "~").into() } else { name.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_being_written() {
        for (name, written) in
            [("", ""), ("a", "a"), ("a/b", "a~1b"), ("~", "~0"), ("~1", "~01"), ("/~0", "~1~00")]
        {
            assert_eq!(escaped(name), written);
            assert_eq!(unescaped(written), name);
        }
    }
}
