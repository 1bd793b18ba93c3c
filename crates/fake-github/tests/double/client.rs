//! A double, and the smallest client that can talk to it.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
};

use fake_github::{Options, Server};
use serde_json::Value;
use tempfile::TempDir;

/// The token of a workflow.
pub(crate) const WORKFLOW: &str = "ghs_test";

/// A double with the repository `acme/shop`, and its folder.
pub(crate) struct Double {
    pub(crate) server: Server,
    folder: TempDir,
}

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Double {
    /// With options changed.
    pub(crate) fn with(change: impl FnOnce(&mut Options, &Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let slug = "acme/shop".parse().unwrap();
        let mut options = Options::new(folder.path().join("repositories"), slug);
        change(&mut options, folder.path());
        let server = Server::start(&options).unwrap();
        Self { server, folder }
    }

    /// With one commit on `main`, whose id is told.
    pub(crate) fn filled(change: impl FnOnce(&mut Options, &Path)) -> (Self, String) {
        let double = Self::with(change);
        let sha = double.commit("main", &[], "{}\n");
        (double, sha)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs git in the folder of the test.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.current_dir(self.folder()).env("HOME", self.folder()).args(arguments);
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_TERMINAL_PROMPT", "0");
        for name in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{name}_NAME"), "A");
            command.env(format!("GIT_{name}_EMAIL"), "a@b.example");
        }
        let output = command.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "git {arguments:?}: {told}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Makes a commit with one file through the API, as the tip of a new branch.
    #[track_caller]
    pub(crate) fn commit(&self, branch: &str, parents: &[&str], content: &str) -> String {
        let sha = self.loose_commit(parents, content);
        let body = serde_json::json!({"ref": format!("refs/heads/{branch}"), "sha": sha});
        self.post("/repos/acme/shop/git/refs", &body).expect(201);
        sha
    }

    /// Makes a commit that no branch has.
    #[track_caller]
    pub(crate) fn loose_commit(&self, parents: &[&str], content: &str) -> String {
        let entry = serde_json::json!({"path": "a.json", "mode": "100644", "type": "blob", "content": content});
        let tree = self.post("/repos/acme/shop/git/trees", &serde_json::json!({"tree": [entry]}));
        let tree = tree.expect(201).json()["sha"].clone();
        let body = serde_json::json!({"message": content, "tree": tree, "parents": parents});
        let commit = self.post("/repos/acme/shop/git/commits", &body).expect(201).json();
        commit["sha"].as_str().unwrap().to_owned()
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(body))
    }

    pub(crate) fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send("PATCH", path, Some(body))
    }

    /// A request as the workflow sends it.
    #[track_caller]
    pub(crate) fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let token = format!("authorization: Bearer {WORKFLOW}");
        let answer = self.raw(method, path, &[&token, "user-agent: test"], body);
        answer.expect("the connection was cut")
    }

    /// A request with these headers; nothing if the connection is cut.
    pub(crate) fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[&str],
        body: Option<&Value>,
    ) -> Option<Answer> {
        let host = self.server.url().strip_prefix("http://").unwrap();
        let body = body.map(ToString::to_string).unwrap_or_default();
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n");
        for header in headers {
            head.push_str(&format!("{header}\r\n"));
        }
        if !body.is_empty() {
            head.push_str("content-type: application/json\r\n");
        }
        head.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Answer::of(&String::from_utf8_lossy(&answer))
    }

    /// Plans failures.
    #[track_caller]
    pub(crate) fn fail(&self, faults: &Value) {
        self.post("/__faults", faults).expect(200);
    }

    /// What there is in `acme/shop`.
    pub(crate) fn state(&self) -> Value {
        self.get("/__state").json()["acme/shop"].clone()
    }
}

impl Answer {
    fn of(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|it| it.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Some(Self { status, headers, text: body.to_owned() })
    }

    /// The same, if it has this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|err| panic!("{err}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

/// GitHub's description, if the packages in `tests/node` are installed.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub(crate) fn openapi() -> Option<PathBuf> {
    let package = "../../tests/node/node_modules/@octokit/openapi/generated/api.github.com.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(package);
    if path.exists() {
        return path.canonicalize().ok();
    }
    println!("skipped: GitHub's description is not installed in tests/node");
    None
}
