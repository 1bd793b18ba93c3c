use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use kernel::canonical_json;
use serde_json::{Value, json};
use snapshot::{Repository, Snapshot};

use crate::{
    cli::Shell,
    gates::{self, GATES, Gate},
    proof::{self, FOLDER, Pair, Tree, Verified},
    route_audit::freshness::read_pair,
};

/// Verify, list or prune proofs.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  checks proof verify ops/proofs/*.txt")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Recompute proofs against the tree at hand; 1 if one is not valid.
    #[command(after_help = "Example:\n  checks proof verify ops/proofs/*.txt")]
    Verify {
        /// Texts or statements of proofs.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// List the proofs of each gate, newest first, and whether they hold.
    #[command(after_help = "Example:\n  checks proof list --json")]
    List,
    /// Remove all but the newest proofs of each gate.
    #[command(after_help = "Example:\n  checks proof prune --keep 5")]
    Prune {
        /// How many to keep of each gate.
        #[arg(long, value_name = "N")]
        keep: usize,
    },
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    match &arguments.command {
        Command::Verify { files } => verify_files(files, shell),
        Command::List => list(shell),
        Command::Prune { keep } => prune(*keep, shell),
    }
}

/// A tree to compare with, and where to find the bases that proofs name.
struct Ground {
    repository: Repository,
    head: Arc<Snapshot>,
}

impl Ground {
    fn open(shell: &Shell<'_>) -> anyhow::Result<Self> {
        let repository = Repository::open(&shell.root()?)?;
        let head = Arc::new(repository.worktree()?);
        Ok(Self { repository, head })
    }

    fn verify(&self, pair: &Pair, gate: &Gate, shell: &Shell<'_>) -> anyhow::Result<Verified> {
        let base = |commit: &str| self.repository.commit(commit).ok().map(Arc::new);
        let config = shell.config_path()?;
        let tree = Tree { head: &self.head, base: &base, config: &config };
        Ok(proof::verify(pair, gate, &tree)?)
    }
}

fn verify_files(files: &[PathBuf], shell: &Shell<'_>) -> anyhow::Result<u8> {
    let ground = Ground::open(shell)?;
    let mut proofs = Vec::new();
    let mut lines = String::new();
    let mut is_all_valid = true;
    for file in files {
        let (pair, gate) = pair_of(file)?;
        let verified = ground.verify(&pair, gate, shell)?;
        is_all_valid &= verified.is_valid();
        lines.push_str(&line(&file.display().to_string(), &verified));
        proofs.push(shown(&file.display().to_string(), &verified));
    }
    let document = json!({"schema": "checks-proof-verify/v1", "proofs": proofs});
    shell.print(&if shell.is_json() { canonical_json(&document) } else { lines })?;
    Ok(u8::from(!is_all_valid))
}

/// Both halves of the proof that a file belongs to, and the gate that its name tells.
fn pair_of(file: &Path) -> anyhow::Result<(Pair, &'static Gate)> {
    let read = |path: &Path| fs::read(path).ok().and_then(|it| String::from_utf8(it).ok());
    if !file.is_file() {
        bail!("`{}` does not exist", file.display());
    }
    let name = file.file_name().and_then(|it| it.to_str()).unwrap_or_default();
    let stem = name.strip_suffix(".intoto.json").or_else(|| name.strip_suffix(".txt"));
    let context = || format!("`{}`: proofs end in `.txt` or `.intoto.json`", file.display());
    let stem = stem.with_context(context)?.to_owned();
    let is_of = |it: &&Gate| it.proof_name.is_some_and(|it| stem.starts_with(it));
    // A proof whose name tells no gate is judged as the route audit's, and its name is refused.
    let gate = GATES.iter().find(is_of).or_else(|| gates::find(gates::ROUTE_AUDIT));
    let gate = gate.context("no gate writes proofs")?;
    let beside = |ending: &str| read(&file.with_file_name(format!("{stem}{ending}")));
    let (text, statement) = (beside(".txt"), beside(".intoto.json"));
    Ok((Pair { stem, text, statement }, gate))
}

fn shown(path: &str, verified: &Verified) -> Value {
    let verdict = if verified.is_valid() { "valid" } else { "invalid" };
    json!({"path": path, "verdict": verdict, "result": verified.result, "reasons": verified.reasons})
}

fn line(path: &str, verified: &Verified) -> String {
    let result = verified.result.as_deref().unwrap_or("no result");
    let verdict = if verified.is_valid() { "valid" } else { "invalid" };
    let mut text = format!("{verdict}  {path}  {result}\n");
    for reason in &verified.reasons {
        let [expected, found] =
            [&reason.expected, &reason.found].map(|it| it.as_deref().unwrap_or("nothing"));
        let (code, subject) = (reason.code, &reason.subject);
        text.push_str(&format!("  {code}: {subject}: expected {expected}, found {found}\n"));
    }
    if verified.has_live {
        text.push_str("  live section: recorded, not re-checked\n");
    }
    text
}

fn list(shell: &Shell<'_>) -> anyhow::Result<u8> {
    let ground = Ground::open(shell)?;
    let mut proofs = Vec::new();
    let mut lines = String::new();
    for gate in GATES {
        let Some(name) = gate.proof_name else { continue };
        for stem in proof::stems(&ground.head, name).into_iter().rev() {
            let verified = ground.verify(&read_pair(&ground.head, &stem), gate, shell)?;
            let path = format!("{FOLDER}/{stem}.txt");
            let freshness = if verified.is_valid() { "fresh" } else { "stale" };
            let result = verified.result.as_deref().unwrap_or("no result");
            lines.push_str(&format!("{freshness}  {path}  {result}\n"));
            proofs.push(json!({"gate": gate.id, "path": path, "freshness": freshness,
                               "result": verified.result, "reasons": verified.reasons}));
        }
    }
    if proofs.is_empty() {
        lines.push_str("no proofs\n");
    }
    let document = json!({"schema": "checks-proof-list/v1", "proofs": proofs});
    shell.print(&if shell.is_json() { canonical_json(&document) } else { lines })?;
    Ok(0)
}

fn prune(keep: usize, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let ground = Ground::open(shell)?;
    let folder = shell.root()?.join(FOLDER);
    for gate in GATES {
        let stems = gate.proof_name.map_or_else(Vec::new, |it| proof::stems(&ground.head, it));
        let old = stems.iter().rev().skip(keep);
        let halves = old.flat_map(|stem| [".txt", ".intoto.json"].map(|it| format!("{stem}{it}")));
        for name in halves.filter(|it| folder.join(it).is_file()) {
            fs::remove_file(folder.join(&name))
                .with_context(|| format!("cannot remove `{FOLDER}/{name}`"))?;
            shell.print(&format!("removed {FOLDER}/{name}\n"))?;
        }
    }
    Ok(0)
}
