/// One ref of a push, as git tells the hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// The ref that is pushed.
    pub local_ref: String,
    /// The commit that is pushed.
    pub local: String,
    /// What the remote has, if anything.
    pub remote: Option<String>,
}

/// Reads git's lines: `<local ref> <local id> <remote ref> <remote id>`; deletions are left out.
///
/// Source: githooks(5), pre-push.
#[must_use]
pub fn read_pushes(text: &str) -> Vec<Push> {
    let is_none = |id: &str| id.bytes().all(|it| it == b'0');
    let push = |line: &str| {
        let mut words = line.split(' ');
        let (local_ref, local) = (words.next()?, words.next()?);
        let (_remote_ref, remote) = (words.next()?, words.next()?);
        let push = Push {
            local_ref: local_ref.to_owned(),
            local: local.to_owned(),
            remote: (!is_none(remote)).then(|| remote.to_owned()),
        };
        (!is_none(local)).then_some(push)
    };
    text.lines().filter_map(push).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deletions_and_broken_lines_are_left_out() {
        let zeros = "0".repeat(40);
        let ones = "1".repeat(40);
        let text = format!(
            "refs/heads/a {ones} refs/heads/a {zeros}\nrefs/heads/b {ones} refs/heads/b {ones}\n\
             (delete) {zeros} refs/heads/c {ones}\nbroken\n"
        );
        let pushes = read_pushes(&text);
        let remotes: Vec<_> = pushes.iter().map(|it| it.remote.is_some()).collect();
        assert_eq!(remotes, [false, true]);
        assert_eq!(read_pushes(""), []);
    }
}
