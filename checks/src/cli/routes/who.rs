use std::io::{self, Read as _};

use anyhow::Context as _;
use clap::Args;
use kernel::{canonical_json, redact};
use serde_json::{Value, json};

use crate::{
    cli::{
        Shell,
        routes::{Site, printable},
    },
    judge::redacted_json,
    route_audit::{Answer, Ownership},
};

/// Say who answers each URL, and by which route.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  checks routes who https://api.example.com/jobs --json")]
pub(crate) struct Arguments {
    /// URLs of http or https; `-` reads them from stdin, one per line.
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
}

/// What is said of one URL.
enum Reply {
    Answer(Box<Answer>),
    Error { url: String, error: String },
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let urls = questions(&arguments.urls)?;
    let site = Site::open(shell)?;
    let ownership = Ownership::new(&site.fleet, &site.config);
    let reply = |url: String| match ownership.who(&url) {
        Ok(answer) => Reply::Answer(Box::new(answer)),
        Err(err) => Reply::Error { url, error: err.to_string() },
    };
    let replies: Vec<Reply> = urls.into_iter().map(reply).collect();
    if shell.is_json() {
        shell.print(&canonical_json(&redacted_json(&document(&site, &replies))))?;
    } else {
        shell.print(&redact(&text(&replies)))?;
    }
    let mut has_error = false;
    for reply in &replies {
        if let Reply::Error { error, .. } = reply {
            shell.complain(&format!("error: {}", printable(error)));
            has_error = true;
        }
    }
    Ok(if has_error { 2 } else { 0 })
}

/// The URLs as asked; `-` stands for the lines of stdin.
fn questions(urls: &[String]) -> anyhow::Result<Vec<String>> {
    let mut all = Vec::new();
    for url in urls {
        if url != "-" {
            all.push(url.clone());
            continue;
        }
        let mut lines = String::new();
        io::stdin().lock().read_to_string(&mut lines).context("cannot read stdin")?;
        all.extend(lines.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned));
    }
    Ok(all)
}

fn document(site: &Site, replies: &[Reply]) -> Value {
    let reply = |it: &Reply| match it {
        Reply::Answer(answer) => json!(answer),
        Reply::Error { url, error } => json!({"url": url, "error": error}),
    };
    let answers: Vec<Value> = replies.iter().map(reply).collect();
    let mut document = json!({"schema": "checks-routes-who/v1", "answers": answers});
    let undecided = site.undecided();
    if let (Some(members), false) = (document.as_object_mut(), undecided.is_empty()) {
        members.insert("undecided".to_owned(), undecided.into());
    }
    document
}

fn text(replies: &[Reply]) -> String {
    let answers = replies.iter().filter_map(|it| match it {
        Reply::Answer(answer) => Some(line(answer)),
        Reply::Error { .. } => None,
    });
    answers.collect()
}

/// `? gateway  https://…  by api.example.com/* (api/wrangler.toml:5)`
fn line(answer: &Answer) -> String {
    let doubt = if answer.certain { "" } else { "? " };
    let owner = answer.owner.as_deref().unwrap_or("nobody");
    let by = answer
        .route
        .as_ref()
        .map_or_else(String::new, |it| format!("  by {} ({}:{})", it.pattern, it.config, it.line));
    printable(&format!("{doubt}{owner}  {}{by}", answer.normalised)) + "\n"
}
