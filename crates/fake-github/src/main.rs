//! The program `fake-github`.

use std::{
    io::{Read, Write},
    path::PathBuf,
    process::ExitCode,
    thread,
};

use clap::Parser;
use fake_github::{Options, Server, Slug};

/// A double of GitHub for tests: its REST API and its git server, over real bare repositories.
///
/// The first line of stdout is `listening http://127.0.0.1:PORT`.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Folder of the repositories: `ROOT/acme/shop.git` is `acme/shop`
    #[arg(long, value_name = "DIR")]
    root: PathBuf,
    /// Port on the loopback interface; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// One more repository, or another place for it; an absent one is made
    #[arg(long = "repository", value_name = "OWNER/NAME[=PATH]", value_parser = repository)]
    repositories: Vec<(Slug, Option<PathBuf>)>,
    /// Answers about rulesets, environments and names of secrets (`github-facts/v1`)
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// GitHub's OpenAPI description: every request is validated, answers are its examples
    #[arg(long, value_name = "FILE")]
    openapi: Option<PathBuf>,
    /// Answer with the members that a client may need, and no others
    #[arg(long)]
    minimal: bool,
    /// Refuse every writing request with 403
    #[arg(long)]
    read_only: bool,
    /// The only tokens that are accepted; all are, if none is named
    #[arg(long = "token", value_name = "TOKEN")]
    tokens: Vec<String>,
    /// Entries of a page, whatever the request asks for above that
    #[arg(long, default_value_t = 2, value_name = "N")]
    page_size: usize,
    /// Stop when stdin is closed
    #[arg(long)]
    until_stdin: bool,
}

fn repository(text: &str) -> Result<(Slug, Option<PathBuf>), String> {
    let (slug, path) = match text.split_once('=') {
        Some((slug, path)) => (slug, Some(PathBuf::from(path))),
        None => (text, None),
    };
    let slug = slug.parse().map_err(|_| format!("`{slug}` is not `OWNER/NAME`"))?;
    Ok((slug, path))
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match serve(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            writeln!(std::io::stderr(), "fake-github: {message}").ok();
            ExitCode::from(2)
        }
    }
}

fn serve(arguments: Arguments) -> Result<(), String> {
    let until_stdin = arguments.until_stdin;
    let server = Server::start(&Options {
        root: arguments.root,
        port: arguments.port,
        repositories: arguments.repositories,
        facts: arguments.facts,
        openapi: arguments.openapi,
        is_minimal: arguments.minimal,
        is_read_only: arguments.read_only,
        tokens: arguments.tokens,
        page_size: arguments.page_size,
    })
    .map_err(|err| err.to_string())?;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "listening {}", server.url()).map_err(|err| err.to_string())?;
    stdout.flush().map_err(|err| err.to_string())?;
    if until_stdin {
        std::io::stdin().read_to_end(&mut Vec::new()).map_err(|err| err.to_string())?;
        return Ok(());
    }
    // SIGTERM ends the process by its default action: nothing has to be put in order.
    loop {
        thread::park();
    }
}
