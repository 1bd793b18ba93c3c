use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, bail};
use clap::Args;
use kernel::{Level, RepoPath, Timestamp};
use snapshot::Repository;

use crate::{
    config,
    environment::Environment,
    policy::Selection,
    report::{Format, text::visible},
    run::{BaseChoice, ContractInputs, Settings, World},
};

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The folder to judge [default: the repository that holds the current folder].
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The configuration file [default: checks.toml].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The instant to judge at, RFC 3339 [default: `SOURCE_DATE_EPOCH`, else the clock].
    #[arg(long, global = true, value_name = "RFC3339")]
    pub now: Option<String>,
    /// human, github, sarif, json, junit or markdown; `FORMAT=FILE` writes a file; repeatable.
    #[arg(long, global = true, value_name = "FORMAT[=FILE]")]
    pub format: Vec<FormatArgument>,
    /// The same as `--format json`.
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: clap::ColorChoice,
    /// Say only what is red.
    #[arg(long, global = true)]
    pub quiet: bool,
    /// Undecided fails, and the stricter policy of base and head holds, as with `CI=true`.
    #[arg(long, global = true)]
    pub strict: bool,
    /// Threads [default: the number of cores].
    #[arg(long, global = true, value_name = "N")]
    pub jobs: Option<usize>,
}

/// One `--format`: to stdout, or into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatArgument {
    /// The format.
    pub format: Format,
    /// The file, if it does not go to stdout.
    pub file: Option<PathBuf>,
}

impl std::str::FromStr for FormatArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, file) =
            text.split_once('=').map_or((text, None), |(format, file)| (format, Some(file)));
        if file == Some("") {
            return Err(format!("`{text}` names no file"));
        }
        Ok(Self { format: format.parse()?, file: file.map(PathBuf::from) })
    }
}

/// What a command needs of the world around it.
pub struct Shell<'a> {
    /// The options of every command.
    pub global: Global,
    /// The variables that count.
    pub environment: &'a Environment,
    clock: SystemTime,
}

impl<'a> Shell<'a> {
    pub(crate) fn new(global: Global, environment: &'a Environment, clock: SystemTime) -> Self {
        Self { global, environment, clock }
    }

    /// The folder to judge.
    pub fn root(&self) -> anyhow::Result<PathBuf> {
        match &self.global.root {
            Some(root) => Ok(root.clone()),
            None => Ok(Repository::discover(Path::new("."))),
        }
    }

    /// The instant of the run: `--now`, else `SOURCE_DATE_EPOCH`, else the clock.
    pub fn now(&self) -> anyhow::Result<Timestamp> {
        if let Some(text) = &self.global.now {
            return text.parse().with_context(|| "`--now`".to_owned());
        }
        let seconds = match self.environment.get("SOURCE_DATE_EPOCH") {
            Some(text) => text.parse().with_context(|| "`SOURCE_DATE_EPOCH`: not seconds")?,
            None => self.clock.duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs()),
        };
        i64::try_from(seconds)
            .ok()
            .and_then(Timestamp::from_seconds)
            .context("the instant of the run is out of range")
    }

    /// What the clock said when the program started.
    pub(crate) fn clock(&self) -> SystemTime {
        self.clock
    }

    /// Was the instant set, not read from the clock?
    #[must_use]
    pub fn is_instant_given(&self) -> bool {
        self.global.now.is_some() || self.environment.get("SOURCE_DATE_EPOCH").is_some()
    }

    /// Does undecided count?
    #[must_use]
    pub fn is_strict(&self) -> bool {
        self.global.strict || self.environment.is_ci()
    }

    /// The formats asked for, or the usual one of this place.
    #[must_use]
    pub fn formats(&self) -> Vec<FormatArgument> {
        let mut formats = self.global.format.clone();
        if self.global.json {
            formats.push(FormatArgument { format: Format::Json, file: None });
        }
        if formats.iter().all(|it| it.file.is_some()) {
            let is_actions = self.environment.is_github_actions();
            let format = if is_actions { Format::Github } else { Format::Human };
            formats.insert(0, FormatArgument { format, file: None });
        }
        formats
    }

    /// `--json`, or `--format json` to stdout.
    #[must_use]
    pub fn is_json(&self) -> bool {
        let is_stdout = |it: &FormatArgument| it.format == Format::Json && it.file.is_none();
        self.global.json || self.global.format.iter().any(is_stdout)
    }

    /// Opens both revisions.
    pub fn world(&self, base: &BaseChoice, head: Option<&str>) -> anyhow::Result<World> {
        Ok(World::open(&self.root()?, base, head)?)
    }

    /// How to run these rules.
    pub fn settings(&self, selection: Selection, is_live: bool) -> anyhow::Result<Settings> {
        Ok(Settings {
            selection,
            config: self.config_path()?,
            now: self.now()?,
            is_strict: self.is_strict(),
            is_live,
            jobs: self.jobs(),
            advance: Arc::default(),
            cache: None,
            contracts: self.contract_inputs()?,
            typescript: None,
        })
    }

    /// What an action hands over for the contract gate, checked: GitHub takes any text.
    fn contract_inputs(&self) -> anyhow::Result<ContractInputs> {
        let words = self.environment.get("IN_CONTRACTS").unwrap_or_default();
        let denied_from = match self.environment.get("IN_LEVEL").map(str::trim) {
            None | Some("" | "deny") => Level::Deny,
            Some("warn") => Level::Warn,
            Some("note") => Level::Note,
            Some(other) => bail!("input `level` is `{other}`; deny, warn and note are accepted"),
        };
        Ok(ContractInputs {
            globs: words.split_whitespace().map(str::to_owned).collect(),
            denied_from,
        })
    }

    /// How many threads to work on.
    #[must_use]
    pub fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.global.jobs.unwrap_or_else(cores).clamp(1, 64)
    }

    /// The configuration file as a path inside the repository.
    pub fn config_path(&self) -> anyhow::Result<RepoPath> {
        let Some(file) = &self.global.config else { return Ok(RepoPath::new(config::FILE_NAME)?) };
        let root = self.root()?;
        let root = fs::canonicalize(&root).with_context(|| format!("`{}`", root.display()))?;
        let full = fs::canonicalize(file)
            .with_context(|| format!("`--config {}`: cannot read it", file.display()))?;
        let Ok(inside) = full.strip_prefix(&root) else {
            bail!("`--config {}`: not inside the repository", file.display());
        };
        let text = inside.to_str().context("`--config`: the path is not UTF-8")?;
        Ok(RepoPath::new(&text.replace(std::path::MAIN_SEPARATOR, "/"))?)
    }

    /// Writes to stdout, with colours as asked.
    pub fn print(&self, text: &str) -> io::Result<()> {
        let mut out = anstream::AutoStream::new(io::stdout().lock(), self.color());
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    /// Writes one line to stderr; redacted, because errors may quote what they read.
    pub fn complain(&self, text: &str) {
        complain(text);
    }

    /// `--color`, `NO_COLOR` and the terminal, in this order.
    #[must_use]
    pub fn color(&self) -> anstream::ColorChoice {
        match self.global.color {
            clap::ColorChoice::Always => anstream::ColorChoice::Always,
            clap::ColorChoice::Never => anstream::ColorChoice::Never,
            clap::ColorChoice::Auto if self.environment.get("NO_COLOR").is_some() => {
                anstream::ColorChoice::Never
            }
            clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
        }
    }

    /// Columns of the terminal, for formats that wrap.
    #[must_use]
    pub fn columns(&self) -> usize {
        let columns = self.environment.get("COLUMNS").and_then(|it| it.parse().ok());
        columns.unwrap_or(100).clamp(40, 400)
    }
}

/// A fault of ours is no verdict: exit 2, and what happened goes to stderr. What it quotes of the
/// repository is redacted as in any complaint.
#[expect(clippy::exit, clippy::disallowed_methods, reason = "a panic anywhere ends the program")]
pub fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|it| format!(" in {}:{}", it.file(), it.line()));
        let words = panic.payload_as_str().unwrap_or("no words");
        complain(&format!(
            "error: internal error{}: {words}\n  help: please report it with these lines",
            place.unwrap_or_default()
        ));
        std::process::exit(2);
    }));
}

fn complain(text: &str) {
    // Nobody can be told when stderr itself is gone.
    drop(writeln!(io::stderr().lock(), "{}", harmless(&kernel::redact(text))));
}

/// A complaint in which nothing that it quotes is a workflow command or moves a terminal: a runner
/// of GitHub Actions reads commands at the start of any line, and the old form `##[…]` within one.
pub(crate) fn harmless(text: &str) -> String {
    let line = |it: &str| {
        let it = visible(it);
        let is_command = it.trim_start().starts_with("::") || it.contains("##[");
        if is_command { format!("| {}", it.replace("##[", "## [")) } else { it.into_owned() }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Output into a pipe that nobody reads any more ends quietly.
pub(crate) fn is_closed_pipe(err: &anyhow::Error) -> bool {
    let is_closed = |it: &io::Error| it.kind() == io::ErrorKind::BrokenPipe;
    err.chain().any(|it| it.downcast_ref().is_some_and(is_closed))
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_complaint_starts_no_command() {
        let check = |text: &str, expected: &str| assert_eq!(harmless(text), expected);
        check("error: `a::b` is no folder\n  help: c", "error: `a::b` is no folder\n  help: c");
        check("a\n::error::b", "a\n| ::error::b");
        check("a\n \t::error::b", "a\n \\t::error::b");
        check("a\n  ::error::b", "a\n|   ::error::b");
        check("a\r::error::b", "a\\r::error::b");
        check("a ##[error]b", "| a ## [error]b");
        check("\u{1b}[31ma", "\\u{1b}[31ma");
    }
}
