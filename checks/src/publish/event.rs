//! What the event of a workflow says, read from the payload that the runner leaves on disk.

use std::fs;

use github::Target;
use serde_json::Value;

use crate::environment::Environment;

/// The event of this run; empty outside of Actions.
#[derive(Debug, Clone, Default)]
pub struct Event {
    payload: Value,
    commit: Option<String>,
}

impl Event {
    /// Reads the event. A payload that is gone or no JSON says nothing.
    #[must_use]
    pub fn read(environment: &Environment) -> Self {
        let payload = environment.get("GITHUB_EVENT_PATH").and_then(|it| fs::read(it).ok());
        let payload = payload.and_then(|it| serde_json::from_slice(&it).ok());
        let commit = environment.get("GITHUB_SHA").map(str::to_owned);
        Self { payload: payload.unwrap_or_default(), commit }
    }

    /// The pull request that it is about.
    #[must_use]
    pub fn pull_request(&self) -> Option<Target> {
        Target::of(self.payload.get("pull_request")?)
    }

    /// The same, as it stands in the payload.
    #[must_use]
    pub fn raw_pull_request(&self) -> Value {
        self.payload.get("pull_request").cloned().unwrap_or_default()
    }

    /// The default branch.
    #[must_use]
    pub fn default_branch(&self) -> Option<&str> {
        self.payload.pointer("/repository/default_branch")?.as_str()
    }

    /// `OWNER:BRANCH` and the commit of another workflow's run, which this one follows.
    #[must_use]
    pub fn followed(&self) -> Option<(String, String)> {
        let run = self.payload.get("workflow_run")?;
        let text = |pointer: &str| run.pointer(pointer).and_then(Value::as_str);
        let owner = text("/head_repository/owner/login")?;
        Some((format!("{owner}:{}", text("/head_branch")?), text("/head_sha")?.to_owned()))
    }

    /// The commit that a check run belongs to: never the merge commit that nobody pushed.
    #[must_use]
    pub fn commit(&self) -> Option<String> {
        let text = |pointer: &str| self.payload.pointer(pointer).and_then(Value::as_str);
        let named = text("/pull_request/head/sha")
            .or_else(|| text("/merge_group/head_sha"))
            .or_else(|| text("/workflow_run/head_sha"))
            .or_else(|| text("/after").filter(|it| it.bytes().any(|it| it != b'0')));
        named.map(str::to_owned).or_else(|| self.commit.clone())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn check_runs_belong_to_what_was_pushed() {
        let check = |payload: Value, expected: &str| {
            let event = Event { payload, commit: Some("merge".into()) };
            assert_eq!(event.commit().as_deref(), Some(expected));
        };
        check(json!({"pull_request": {"head": {"sha": "head"}}}), "head");
        check(json!({"merge_group": {"head_sha": "group"}}), "group");
        check(json!({"workflow_run": {"head_sha": "run"}}), "run");
        check(json!({"after": "pushed"}), "pushed");
        check(json!({"after": "0000"}), "merge");
        check(Value::Null, "merge");
    }

    #[test]
    fn a_followed_run_names_its_branch() {
        let run = json!({"head_branch": "b", "head_sha": "s", "head_repository": {"owner": {"login": "eve"}}});
        let event = Event { payload: json!({"workflow_run": run}), commit: None };
        assert_eq!(event.followed(), Some(("eve:b".to_owned(), "s".to_owned())));
        assert_eq!(Event::default().followed(), None);
    }
}
