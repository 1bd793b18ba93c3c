//! The deploy commands of workflows and `package.json` scripts, and what they set beside the files.

use std::{collections::BTreeSet, sync::Arc};

use kernel::{Document, Place, RepoPath, Undecided, Witness};
use serde::Serialize;
use serde_json::{Value, json};
use snapshot::Format;
use wrangler::commands::{
    Command, OVERRIDE_NAME, OutOfBand, Source, Surroundings, package_sources, workflow_sources,
};

use crate::{context::Reader, route_audit::discovery::Discovery};

/// All deploy commands of a revision, in order of the files.
#[derive(Debug, Default)]
pub struct DeployCommands {
    /// How many workflows and `package.json` files were read.
    pub n_documents: usize,
    /// The commands.
    pub commands: Vec<DeployCommand>,
    /// The files that cannot be read.
    pub unread: Vec<Undecided>,
}

/// One command that deploys.
#[derive(Debug)]
pub struct DeployCommand {
    /// Where it is written.
    pub place: Place,
    /// Its words, with secrets taken out.
    pub argv: Vec<String>,
    /// What it sets that no file declares.
    pub out_of_band: Vec<OutOfBand>,
    /// The file.
    pub document: Arc<Document>,
}

impl DeployCommands {
    /// Reads all workflows and scripts of the reader's revision.
    #[must_use]
    pub fn read(reader: &Reader<'_>, discovery: &Discovery) -> Self {
        let audited = discovery.configs.iter().chain(&discovery.programmatic);
        let audited: BTreeSet<&str> = audited.map(RepoPath::as_str).collect();
        let workflows = discovery.workflows.iter().map(|it| (it, Format::Yaml));
        let packages = discovery.packages.iter().map(|it| (it, Format::Jsonc));
        let wanted: Vec<_> = workflows.chain(packages).collect();
        reader.load(&wanted);
        let mut found = Self::default();
        for (path, format) in wanted {
            match reader.document(path, format) {
                Ok(document) => found.add(&document, format, &audited),
                Err(undecided) => found.unread.push(undecided),
            }
        }
        found.commands.sort_by(|left, right| left.place.cmp(&right.place));
        found
    }

    fn add(&mut self, document: &Arc<Document>, format: Format, audited: &BTreeSet<&str>) {
        self.n_documents += 1;
        let sources = match format {
            Format::Yaml => workflow_sources(document),
            Format::Jsonc | Format::Toml => package_sources(document),
        };
        let is_audited = |path: &str| audited.contains(path);
        for source in &sources {
            let surroundings = Surroundings {
                folder: source.folder.as_deref(),
                override_name: source.override_name.as_deref(),
                is_audited: &is_audited,
            };
            let commands = source.commands();
            let commands = commands.iter().map(|it| deploy(document, source, it, &surroundings));
            self.commands.extend(commands);
        }
    }

    /// Path and words of each command, as proofs list them.
    #[must_use]
    pub fn shown(&self) -> Vec<Value> {
        self.commands.iter().map(|it| json!({"path": it.place.path, "argv": it.argv})).collect()
    }

    /// The files that hold a deploy command.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<&RepoPath> {
        self.commands.iter().map(|it| &it.place.path).collect()
    }
}

fn deploy(
    document: &Arc<Document>,
    source: &Source<'_>,
    command: &Command,
    surroundings: &Surroundings<'_>,
) -> DeployCommand {
    DeployCommand {
        place: source.place(document, command),
        argv: command.argv(),
        out_of_band: command.out_of_band(surroundings),
        document: Arc::clone(document),
    }
}

/// A command that sets what no file declares.
#[derive(Debug, Serialize)]
pub struct CommandLine {
    /// The file.
    pub path: RepoPath,
    /// The line.
    pub line: usize,
    /// The words, with secrets taken out.
    pub argv: Vec<String>,
}

impl Witness for CommandLine {
    const KIND: &'static str = "command-line";
    type World = Document;

    /// The words deploy, they or the file set something, and the file has such a line.
    fn replay(&self, document: &Document) -> bool {
        let words: Vec<&str> =
            self.argv.iter().map(String::as_str).take_while(|it| *it != "--").collect();
        let deploys = words.iter().any(|it| matches!(*it, "deploy" | "publish"));
        let is_dry = words
            .iter()
            .enumerate()
            .any(|(idx, it)| *it == "--dry-run" && words.get(idx + 1) != Some(&"false"));
        let sets = words.iter().any(|it| is_setting(it)) || document.text.contains(OVERRIDE_NAME);
        let n_lines = document.text.lines().count();
        document.path == self.path
            && (1..=n_lines).contains(&self.line)
            && document.text.contains("wrangler")
            && deploys
            && !is_dry
            && sets
    }
}

/// Does this word name a claim, a script or a configuration?
fn is_setting(word: &str) -> bool {
    let Some(flag) = word.strip_prefix('-') else {
        return word.strip_prefix(OVERRIDE_NAME).is_some_and(|it| it.starts_with('='));
    };
    let flag = flag.strip_prefix('-').unwrap_or(flag).split('=').next().unwrap_or_default();
    matches!(flag, "route" | "routes" | "domain" | "domains" | "name" | "config" | "c")
        || (word.starts_with("-c") && flag.starts_with('c'))
}
