//! The token, the repository and the event: everything that is known before the first request.

use anyhow::{anyhow, bail};
use clap::Args;
use github::{Client, DryRun, Endpoint, Error, Http, Secret, SystemClock};
use serde_json::{Value, json};

use crate::{cli::Shell, publish::Event};

/// What a dry run calls the default branch where no event tells its name.
const DEFAULT_BRANCH: &str = "main";

/// Options of every command that writes on GitHub.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Options {
    /// The repository [default: `GITHUB_REPOSITORY`].
    #[arg(long, value_name = "OWNER/NAME")]
    pub(crate) repository: Option<String>,
    /// Print the requests as JSON lines, as if nothing of ours were there yet, and send none.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// One repository on GitHub, and how to talk to it. Nothing is open before the first request.
pub(crate) struct Connection<'a> {
    shell: &'a Shell<'a>,
    endpoint: Endpoint,
    token: Option<(Secret, &'static str)>,
    is_dry: bool,
    /// The event of this run.
    pub(crate) event: Event,
}

impl<'a> Connection<'a> {
    /// Reads variables and options; without a token, nothing goes on.
    pub(crate) fn of(options: &Options, shell: &'a Shell<'a>) -> anyhow::Result<Self> {
        let environment = shell.environment;
        let named = options.repository.as_deref().or_else(|| environment.get("GITHUB_REPOSITORY"));
        let token = token(shell)?;
        if token.is_none() && !options.dry_run {
            bail!(
                "no token, so nothing was computed or sent: set `GITHUB_TOKEN` (in a workflow, \
                 `env: {{ GITHUB_TOKEN: ${{{{ github.token }}}} }}`), or `GH_TOKEN`"
            );
        }
        Ok(Self {
            shell,
            endpoint: Endpoint::new(environment.get("GITHUB_API_URL"), named)?,
            token,
            is_dry: options.dry_run,
            event: Event::read(environment),
        })
    }

    /// Does something there. In a dry run the requests are printed, and there is no answer.
    pub(crate) fn run<T>(
        &self,
        act: impl FnOnce(&Client<'_>) -> Result<T, Error>,
    ) -> anyhow::Result<Option<T>> {
        if self.is_dry {
            let branch = self.event.default_branch().unwrap_or(DEFAULT_BRANCH);
            let dry = DryRun::new(branch, self.event.raw_pull_request());
            act(&Client::new(&dry, &dry, &self.endpoint))?;
            self.shell.print(&kernel::redact(&dry.lines()))?;
            return Ok(None);
        }
        self.ask(act).map_err(|(err, written)| self.broken(&err, &written)).map(Some)
    }

    /// The same, where the caller looks at the error; with what was written before it.
    pub(crate) fn ask<T>(
        &self,
        act: impl FnOnce(&Client<'_>) -> Result<T, Error>,
    ) -> Result<T, (Error, Vec<String>)> {
        let token = self.token.as_ref().map_or_else(|| Secret::new(""), |it| it.0.clone());
        let forge = Http::new(&self.endpoint, token);
        let clock = SystemClock::starting(self.shell.clock());
        let client = Client::new(&forge, &clock, &self.endpoint);
        act(&client).map_err(|err| (err, client.written()))
    }

    /// An error, and what exists all the same.
    pub(crate) fn broken(&self, err: &Error, written: &[String]) -> anyhow::Error {
        let mut text = err.to_string();
        if !written.is_empty() {
            text.push_str(&format!(
                "\nwritten before that: {}; a second run goes on from there",
                written.join(", ")
            ));
        }
        anyhow!(self.hide(&text))
    }

    /// A text without the token.
    pub(crate) fn hide(&self, text: &str) -> String {
        self.token.as_ref().map_or_else(|| text.to_owned(), |it| it.0.hide(text))
    }

    /// Are requests only printed?
    pub(crate) fn is_dry(&self) -> bool {
        self.is_dry
    }

    /// The variable that holds the token.
    pub(crate) fn variable(&self) -> Option<&'static str> {
        self.token.as_ref().map(|it| it.1)
    }

    /// Does CI of a pull request start by itself? Those that are opened with the token of a
    /// workflow wait for a person.
    pub(crate) fn ci(&self, author: Option<&str>) -> &'static str {
        let waits = match author {
            Some(author) => author == "github-actions[bot]",
            None => self.may_wait(),
        };
        if waits { "waits-for-approval" } else { "runs" }
    }

    /// May it be the token of a workflow? Before a pull request is open, nobody can tell it from
    /// the token of an app.
    pub(crate) fn may_wait(&self) -> bool {
        let is_of_a_person = self.token.as_ref().is_some_and(|it| it.0.is_of_a_person());
        self.shell.environment.is_github_actions() && !is_of_a_person
    }

    /// What a body says about that.
    pub(crate) fn ci_sentence(&self) -> &'static str {
        if self.may_wait() {
            "\n> **Checks may wait here.** GitHub starts none for a pull request that was opened with \
             the token of a workflow: a person with write access presses “Approve workflows to run” \
             below, or closes and reopens this pull request. With the token of an app they start by themselves.\n"
        } else {
            ""
        }
    }

    /// Says something that is no failure, where people look.
    pub(crate) fn notice(&self, kind: &str, text: &str) -> anyhow::Result<()> {
        let text = kernel::redact(&self.hide(text)).into_owned();
        if self.shell.environment.is_github_actions() {
            let value = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
            // Stdout may be data; commands are read from both.
            self.shell.complain(&format!("::{kind} title=proofmark::{value}"));
        } else {
            self.shell.complain(&format!("{kind}: {text}"));
        }
        let summary = self.shell.environment.get("GITHUB_STEP_SUMMARY");
        if let Some(file) = summary.filter(|_| !self.is_dry) {
            crate::cli::run::append(file, &format!("\n{text}\n"))?;
        }
        Ok(())
    }

    /// Prints an answer as JSON, or in words.
    pub(crate) fn tell(&self, data: &Value, words: &str) -> anyhow::Result<()> {
        let text =
            if self.shell.is_json() { kernel::canonical_json(data) } else { words.to_owned() };
        Ok(self.shell.print(&kernel::redact(&self.hide(&text)))?)
    }
}

/// The token, and the variable that holds it.
fn token(shell: &Shell<'_>) -> anyhow::Result<Option<(Secret, &'static str)>> {
    for variable in ["GITHUB_TOKEN", "GH_TOKEN"] {
        let Some(token) = shell.environment.get(variable).map(str::trim) else { continue };
        if token.is_empty() {
            continue;
        }
        if !token.bytes().all(|it| it.is_ascii_graphic()) {
            bail!("`{variable}` holds blanks or other characters that no token has");
        }
        return Ok(Some((Secret::new(token), variable)));
    }
    Ok(None)
}

/// A pull request, as outputs tell it.
pub(crate) fn pull_request_json(
    pull_request: &github::PullRequest,
    branch: &github::Branch,
    commit: Option<&str>,
) -> Value {
    json!({
        "number": pull_request.number,
        "url": pull_request.url,
        "branch": branch.as_str(),
        "commit": commit,
        "state": pull_request.state.name(),
    })
}
