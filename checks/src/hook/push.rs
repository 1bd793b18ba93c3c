use crate::environment::Environment;

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

/// The push of which pre-commit tells its hooks in variables, because it reads git's lines itself.
///
/// Source: <https://pre-commit.com/#pre-commit-during-push>.
#[must_use]
pub fn pre_commit_push(environment: &Environment) -> Option<Push> {
    let id = |name: &str| {
        let id = environment.get(name)?;
        id.bytes().any(|it| it != b'0').then(|| id.to_owned())
    };
    Some(Push {
        local_ref: environment.get("PRE_COMMIT_LOCAL_BRANCH").unwrap_or("HEAD").to_owned(),
        local: id("PRE_COMMIT_TO_REF")?,
        remote: id("PRE_COMMIT_FROM_REF"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pre_commit_tells_the_push_in_variables() {
        let check = |variables: &[(&str, &str)], expected: Option<(&str, Option<&str>)>| {
            let variables = variables.iter().map(|(name, value)| (name.into(), value.into()));
            let push = pre_commit_push(&Environment::from_variables(variables));
            let told = push.as_ref().map(|it| (it.local.as_str(), it.remote.as_deref()));
            assert_eq!(told, expected);
        };
        check(&[], None);
        check(&[("PRE_COMMIT_TO_REF", "0000")], None);
        check(&[("PRE_COMMIT_TO_REF", "12")], Some(("12", None)));
        let both = [("PRE_COMMIT_TO_REF", "12"), ("PRE_COMMIT_FROM_REF", "34")];
        check(&both, Some(("12", Some("34"))));
    }

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
