//! Where a contract that was named on the command line comes from.

use std::{
    cell::RefCell,
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, bail};
use contracts::{Files, Outward, Store, Unreadable};
use kernel::{Region, RepoPath, Side};
use snapshot::{Repository, Snapshot};

use crate::{
    cli::Shell,
    config::ContractGate,
    context::Reader,
    contract_gate::{Read, RepositoryFiles, read},
};

/// How a contract on stdin is called.
const STDIN: &str = "stdin";

/// A contract that was named: a file, `REV:path`, or `-`.
pub(crate) struct Source {
    /// Where it lies, relative to its root.
    pub(crate) path: RepoPath,
    /// The commit, if it was named by one.
    pub(crate) commit: Option<String>,
    origin: Origin,
}

enum Origin {
    /// Below this folder; nothing outside of it is read.
    Disk(PathBuf),
    Commit(Arc<Snapshot>),
    Stdin(RefCell<Option<Arc<[u8]>>>),
}

impl Source {
    /// Finds out what a name means: a file that is there, else a path of a revision.
    pub(crate) fn named(name: &str, shell: &Shell<'_>) -> anyhow::Result<Self> {
        if name == "-" {
            let path = RepoPath::new(STDIN)?;
            return Ok(Self { path, commit: None, origin: Origin::Stdin(RefCell::default()) });
        }
        if Path::new(name).is_file() {
            return Self::on_disk(Path::new(name), shell);
        }
        let Some((revision, path)) = name.split_once(':').filter(|it| !it.0.is_empty()) else {
            bail!("`{name}`: there is no such file; a contract is a file, `REV:path` or `-`");
        };
        let repository = Repository::open(&shell.root()?)?;
        let Some(commit) = repository.resolve(revision) else {
            bail!("`{name}`: there is no such file, and no revision `{revision}` in this clone");
        };
        let snapshot = Arc::new(repository.commit(revision)?);
        let path = RepoPath::new(path.trim_start_matches("./"))?;
        if snapshot.kind(path.as_str()).is_none() {
            bail!("`{name}`: `{revision}` has no file `{path}`");
        }
        let commit = Some(commit.to_string());
        Ok(Self { path, commit, origin: Origin::Commit(snapshot) })
    }

    fn on_disk(file: &Path, shell: &Shell<'_>) -> anyhow::Result<Self> {
        let full = std::path::absolute(file)?;
        let folder = full.parent().context("a file lies in a folder")?;
        let holds =
            |root: &PathBuf| full.strip_prefix(root).is_ok_and(|it| it.components().count() > 0);
        let repository = Repository::discover(folder);
        let repository =
            Some(std::path::absolute(repository)?).filter(|it| it.join(".git").exists());
        let given = shell.root().ok().and_then(|it| std::path::absolute(it).ok());
        let root = repository.or(given).filter(holds).unwrap_or_else(|| folder.to_owned());
        let inside = full.strip_prefix(&root).unwrap_or(&full);
        let text = inside
            .to_str()
            .with_context(|| format!("`{}`: the path is not UTF-8", file.display()))?;
        let path = RepoPath::new(&text.replace(std::path::MAIN_SEPARATOR, "/"))?;
        Ok(Self { path, commit: None, origin: Origin::Disk(root) })
    }

    pub(crate) fn is_stdin(&self) -> bool {
        matches!(self.origin, Origin::Stdin(_))
    }

    /// Reads the contract and all files it refers to.
    pub(crate) fn read(
        &self,
        store: &mut Store,
        gate: &ContractGate,
        outward: Outward,
    ) -> anyhow::Result<Read> {
        let limits = &gate.limits;
        self.with_files(limits.bytes, |files| {
            let answer = read(store, &self.path, files, limits, outward);
            let text = answer.as_ref().err().and_then(|it| files.read(&it.path).ok());
            answer.map_err(|it| unreadable(&it, text.as_deref()))
        })
    }

    /// Does something with the files that it may refer to.
    fn with_files<T>(&self, limit: usize, act: impl FnOnce(&dyn Files) -> T) -> T {
        match &self.origin {
            Origin::Disk(root) => act(&DiskFiles { root, limit }),
            Origin::Commit(snapshot) => {
                let reader = Reader::new(snapshot, Side::Head);
                act(&RepositoryFiles { reader: &reader, limit })
            }
            Origin::Stdin(kept) => act(&Stdin { kept, limit }),
        }
    }
}

fn unreadable(error: &Unreadable, bytes: Option<&[u8]>) -> anyhow::Error {
    let regions = contracts::regions(bytes.unwrap_or_default(), &[error.span]);
    let region = regions.first().copied().unwrap_or(Region::START);
    let Unreadable { path, message, remedy, .. } = error;
    let (line, column) = (region.line, region.column);
    anyhow::anyhow!("cannot read `{path}`: line {line}, column {column}: {message}; {remedy}")
}

/// Files on disk, below one folder.
struct DiskFiles<'a> {
    root: &'a Path,
    limit: usize,
}

impl Files for DiskFiles<'_> {
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String> {
        let full = self.root.join(path.as_str());
        let missing = |_| format!("`{path}` does not exist");
        let real = fs::canonicalize(&full).map_err(missing)?;
        let root = fs::canonicalize(self.root).map_err(missing)?;
        if !real.starts_with(&root) {
            return Err(format!("the link `{path}` leads out of `{}`", self.root.display()));
        }
        if !real.is_file() {
            return Err(format!("`{path}` is no regular file"));
        }
        let refused = |err: io::Error| format!("`{path}`: {}", err.kind());
        // One byte more, so that the engine itself names the bound.
        let limit = self.limit as u64 + 1;
        let file = fs::File::open(&real).map_err(refused)?;
        let len = file.metadata().map_or(0, |it| it.len().min(limit));
        let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or_default());
        file.take(limit).read_to_end(&mut bytes).map_err(refused)?;
        Ok(bytes.into())
    }
}

/// The one text of stdin, which refers to no other files.
struct Stdin<'a> {
    kept: &'a RefCell<Option<Arc<[u8]>>>,
    limit: usize,
}

impl Files for Stdin<'_> {
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String> {
        if path.as_str() != STDIN {
            return Err(format!("`{path}`: a contract on stdin has no files beside it"));
        }
        if let Some(bytes) = &*self.kept.borrow() {
            return Ok(Arc::clone(bytes));
        }
        let mut bytes = Vec::new();
        let stdin = io::stdin().lock().take(self.limit as u64 + 1).read_to_end(&mut bytes);
        stdin.map_err(|err| format!("stdin: {}", err.kind()))?;
        let bytes: Arc<[u8]> = bytes.into();
        *self.kept.borrow_mut() = Some(Arc::clone(&bytes));
        Ok(bytes)
    }
}
