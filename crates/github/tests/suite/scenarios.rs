//! What the commands do, each as one function over a client.

use github::{
    Annotation, Branch, CheckRun, Client, Comment, Conclusion, Content, Endpoint, Error,
    FileChange, Incident, Incidents, Permission, Proposal, Proposed, PullRequestText, check_run,
    incidents, marker, propose, sticky,
};

use crate::model::BASE;

/// The issue that comments stand on.
pub(crate) const ISSUE: u64 = 1;

/// One thing to do; doing it twice is doing it once.
#[derive(Clone, Copy)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    /// What was done before.
    pub(crate) before: Option<Step>,
    pub(crate) step: Step,
}

/// What is done with a client, in a repository whose `main` ends with this commit.
pub(crate) type Step = fn(&Client<'_>, &str) -> Result<(), Error>;

pub(crate) const ALL: [Scenario; 6] = [
    Scenario { name: "comment", before: None, step: |it, _| comment(it) },
    Scenario { name: "check run", before: None, step: |it, base| annotated(it, base, 120) },
    Scenario {
        name: "proposal",
        before: None,
        step: |it, base| proposal(it, base, "d1").map(drop),
    },
    Scenario {
        name: "second plan",
        before: Some(|it, base| proposal(it, base, "d1").map(drop)),
        step: |it, base| proposal(it, base, "d2").map(drop),
    },
    Scenario { name: "incident", before: None, step: |it, _| incident(it, true) },
    Scenario {
        name: "incident over",
        before: Some(|it, _| incident(it, true)),
        step: |it, _| incident(it, false),
    },
];

pub(crate) fn endpoint() -> Endpoint {
    Endpoint::new(Some("https://api.shop.example"), Some("acme/shop")).unwrap()
}

pub(crate) fn comment(client: &Client<'_>) -> Result<(), Error> {
    let marker = marker("checks");
    let comment = Comment { issue: ISSUE, marker: &marker, needs: Permission::PullRequests };
    sticky(client, &comment, &|_| Some("red: repair `a`\n".to_owned())).map(drop)
}

pub(crate) fn annotated(client: &Client<'_>, base: &str, count: u64) -> Result<(), Error> {
    let annotation = |line: u64| Annotation {
        path: "a/wrangler.toml".to_owned(),
        lines: (line, line),
        columns: Some((1, 4)),
        level: "failure",
        title: "route-claimed-twice".to_owned(),
        message: format!("fault {line}"),
    };
    let annotations: Vec<Annotation> = (1..=count).map(annotation).collect();
    let run = CheckRun {
        name: "Proofmark",
        commit: base,
        conclusion: Conclusion::Failure,
        title: "red",
        summary: "what to do",
        annotations: &annotations,
    };
    check_run(client, &run).map(drop)
}

pub(crate) fn files(digest: &str) -> Vec<FileChange> {
    let file = |path: &str, text: &str, is_executable| {
        let content = Content::File { bytes: text.as_bytes().to_vec(), is_executable };
        FileChange { path: path.to_owned(), content }
    };
    vec![
        file("sdk/a.ts", digest, false),
        file("sdk/run.sh", "run", true),
        FileChange { path: "sdk/link".to_owned(), content: Content::Link(b"a.ts".to_vec()) },
        FileChange { path: "old".to_owned(), content: Content::Gone },
    ]
}

pub(crate) fn proposal(client: &Client<'_>, base: &str, digest: &str) -> Result<Proposed, Error> {
    let (branch, files) = (Branch::new("checks/sdk-sync/shop"), files(digest));
    propose(client, &Proposal { base, ..proposed(&branch, digest, &files) })
}

pub(crate) fn proposed<'a>(
    branch: &'a Branch,
    digest: &'a str,
    files: &'a [FileChange],
) -> Proposal<'a> {
    let text = PullRequestText { base: "main", title: "sdk", body: "merge it\n", gate: "sdk-sync" };
    let message = "sdk: as the contract says";
    Proposal { branch, base: BASE, files, message, digest, pull_request: Some(text) }
}

pub(crate) fn incident(client: &Client<'_>, is_red: bool) -> Result<(), Error> {
    let red = Incident {
        rule: "route-claimed-twice".to_owned(),
        fingerprint: "f1".to_owned(),
        title: "two owners".to_owned(),
        body: "keep one".to_owned(),
    };
    let open = if is_red { vec![red] } else { Vec::new() };
    let over = |_: &str, _: &str| Some("green again".to_owned());
    let wanted = Incidents { label: "proofmark-incident", open: &open, over: &over };
    incidents(client, &wanted).map(drop)
}
