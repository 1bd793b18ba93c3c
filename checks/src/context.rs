//! What a rule may look at: two revisions through readers, the policy and the instant.

mod older;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use kernel::{Digest, Document, RepoPath, Side, Stop, Timestamp, Undecided};
use snapshot::{DocumentError, EntryKind, Format, ReadError, Snapshot};

use crate::{
    config::{Config, RouteAudit},
    contract_gate::{Comparisons, Readable, UnreadContract},
    judge::Bench,
    policy::{Policy, Selection},
    route_audit::{Fleet, Overlaps, commands::DeployCommands, live::LiveHeads},
    run::Advance,
    sdk_sync::{consumers::Compiled, sdks::Sdks},
};

pub use older::Older;

/// The only door from rules to a revision; it notes what passed through.
///
/// One reader serves all rules of a gate, so that the gate's proof lists what its rules read.
pub struct Reader<'run> {
    snapshot: &'run Arc<Snapshot>,
    side: Side,
    reads: Mutex<BTreeMap<RepoPath, Digest>>,
    documents: Mutex<BTreeMap<RepoPath, Option<Broken>>>,
}

/// A document that could not be taken apart, and as what it was read.
type Broken = (Format, Arc<DocumentError>);

impl<'run> Reader<'run> {
    /// A door that nobody has gone through yet.
    #[must_use]
    pub fn new(snapshot: &'run Arc<Snapshot>, side: Side) -> Self {
        Self { snapshot, side, reads: Mutex::default(), documents: Mutex::default() }
    }

    /// The revision behind the door.
    #[must_use]
    pub fn snapshot(&self) -> &'run Arc<Snapshot> {
        self.snapshot
    }

    /// Which of the two revisions it is.
    #[must_use]
    pub fn side(&self) -> Side {
        self.side
    }

    /// The paths of all regular files, sorted.
    pub fn files(&self) -> impl Iterator<Item = &'run RepoPath> {
        let is_file = |kind| kind == EntryKind::File;
        self.snapshot.paths().filter(move |(_, kind)| is_file(*kind)).map(|(path, _)| path)
    }

    /// One parsed document; the digest of what was read is noted, also if it does not parse.
    pub fn document(&self, path: &RepoPath, format: Format) -> Result<Arc<Document>, Undecided> {
        let read = self.snapshot.document(path, format);
        // Only now: the digest of what was just read costs nothing, and the other way round the
        // file is read twice.
        self.note(path);
        let broken = read.as_ref().err().map(|err| (format, Arc::new(err.clone())));
        let mut documents = locked(&self.documents);
        let known = documents.entry(path.clone()).or_default();
        *known = known.take().or(broken);
        read.map_err(|err| Undecided {
            subject: path.to_string(),
            reason: format!("`{path}` cannot be judged: {err}"),
        })
    }

    /// Parses documents ahead, on several threads; each counts as read once it is asked for.
    pub fn load(&self, wanted: &[(&RepoPath, Format)]) {
        self.snapshot.load(wanted);
    }

    /// The bytes of one file, as git stores them.
    pub fn bytes(&self, path: &RepoPath) -> Result<Arc<[u8]>, Undecided> {
        self.note(path);
        self.snapshot.bytes(path).map_err(|err| Undecided {
            subject: path.to_string(),
            reason: format!("`{path}` cannot be read: {err}"),
        })
    }

    /// The bytes of one file up to a bound of the caller's, as git stores them.
    pub fn bytes_within(&self, path: &RepoPath, limit: usize) -> Result<Arc<[u8]>, ReadError> {
        let bytes = self.snapshot.bytes_within(path, limit);
        self.note(path);
        bytes
    }

    fn note(&self, path: &RepoPath) {
        if let Ok(digest) = self.snapshot.digest(path) {
            locked(&self.reads).insert(path.clone(), digest);
        }
    }

    /// Path and digest of all that was read so far.
    #[must_use]
    pub fn reads(&self) -> BTreeMap<RepoPath, Digest> {
        locked(&self.reads).clone()
    }

    /// The documents that were asked for so far.
    #[must_use]
    pub fn documents(&self) -> BTreeSet<RepoPath> {
        locked(&self.documents).keys().cloned().collect()
    }

    /// The documents that could not be taken apart so far.
    #[must_use]
    pub fn failures(&self) -> Vec<Failure> {
        let failure = |(path, broken): (&RepoPath, &Option<Broken>)| {
            let (format, error) = broken.clone()?;
            Some(Failure { path: path.clone(), side: self.side, format, error })
        };
        locked(&self.documents).iter().filter_map(failure).collect()
    }
}

/// A thread that panicked while it held the notes leaves them usable: each note is whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One gate's view of a run, shared by its rules.
pub struct Scope<'run> {
    /// The state under judgement.
    pub head: Reader<'run>,
    /// The state compared with.
    pub base: Older<'run>,
    fleet: OnceLock<Fleet>,
    deploy_commands: OnceLock<DeployCommands>,
    overlaps: OnceLock<Overlaps>,
    live: OnceLock<LiveHeads>,
    comparisons: OnceLock<Comparisons>,
    sdks: OnceLock<Sdks>,
    compiled: OnceLock<Compiled>,
    typescript: Option<PathBuf>,
    readable: Option<Readable>,
    jobs: usize,
    advance: Arc<Advance>,
}

impl<'run> Scope<'run> {
    /// A view of two revisions that nobody has used yet.
    #[must_use]
    pub fn new(head: Reader<'run>, base: Older<'run>) -> Self {
        Self {
            head,
            base,
            fleet: OnceLock::new(),
            deploy_commands: OnceLock::new(),
            overlaps: OnceLock::new(),
            live: OnceLock::new(),
            comparisons: OnceLock::new(),
            sdks: OnceLock::new(),
            compiled: OnceLock::new(),
            typescript: None,
            readable: None,
            jobs: 1,
            advance: Arc::default(),
        }
    }

    /// The same view for work on so many threads, which says how far it has come.
    #[must_use]
    pub fn with_jobs(self, jobs: usize, advance: Arc<Advance>) -> Self {
        Self { jobs, advance, ..self }
    }

    /// The same view with a TypeScript that was named.
    #[must_use]
    pub fn with_typescript(self, typescript: Option<PathBuf>) -> Self {
        Self { typescript, ..self }
    }

    /// The TypeScript that was named.
    #[must_use]
    pub fn typescript(&self) -> Option<&Path> {
        self.typescript.as_deref()
    }

    /// From here on, contracts that can be read are remembered.
    pub(crate) fn remember(&mut self, readable: Readable) {
        self.readable = Some(readable);
    }

    /// The memory of contracts that can be read, if there is one.
    #[must_use]
    pub(crate) fn readable(&self) -> Option<&Readable> {
        self.readable.as_ref()
    }

    /// On how many threads rules may work.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.jobs
    }

    /// What consumers of SDKs were compiled with, if any were.
    #[must_use]
    pub(crate) fn compiled(&self) -> Option<&Compiled> {
        self.compiled.get()
    }

    /// Notes what consumers of SDKs were compiled with.
    pub(crate) fn note_compiled(&self, compiled: Compiled) {
        // One rule compiles, once a run.
        drop(self.compiled.set(compiled));
    }

    /// Where the work says how far it has come.
    #[must_use]
    pub fn advance(&self) -> &Advance {
        &self.advance
    }

    /// Every contract of both revisions, read and compared; once for all rules.
    #[must_use]
    pub fn comparisons(&self, config: &Config, now: Timestamp) -> &Comparisons {
        self.comparisons.get_or_init(|| Comparisons::of(self, config, now, self.jobs))
    }

    /// What was compared so far, if a rule asked for it.
    #[must_use]
    pub fn compared(&self) -> Option<&Comparisons> {
        self.comparisons.get()
    }

    /// The SDKs that the contracts at head yield, and what lies there; once for all rules.
    #[must_use]
    pub(crate) fn sdks(&self, config: &Config) -> &Sdks {
        self.sdks.get_or_init(|| Sdks::of(self, config, self.jobs))
    }

    /// What was made of SDKs so far, if a rule asked for it.
    #[must_use]
    pub(crate) fn made(&self) -> Option<&Sdks> {
        self.sdks.get()
    }

    /// What the live URLs answered, if a rule asked them.
    #[must_use]
    pub fn live(&self) -> Option<&LiveHeads> {
        self.live.get()
    }

    /// Asks the live URLs, once.
    pub fn ask_live(&self, ask: impl FnOnce() -> LiveHeads) -> &LiveHeads {
        self.live.get_or_init(ask)
    }

    /// All Workers and Pages projects at head and what they claim; read once for all rules.
    #[must_use]
    pub fn fleet(&self, audit: &RouteAudit) -> &Fleet {
        self.fleet.get_or_init(|| Fleet::read(&self.head, audit))
    }

    /// The deploy commands of workflows and scripts at head; read once for all rules and proofs.
    #[must_use]
    pub fn deploy_commands(&self, audit: &RouteAudit) -> &DeployCommands {
        let discovery = &self.fleet(audit).discovery;
        self.deploy_commands.get_or_init(|| DeployCommands::read(&self.head, discovery))
    }

    /// Which claims of two owners meet; searched once for all rules.
    #[must_use]
    pub fn overlaps(&self, config: &Config, now: Timestamp) -> &Overlaps {
        let fleet = self.fleet(&config.route_audit);
        self.overlaps.get_or_init(|| Overlaps::search(fleet, config, now))
    }
}

/// What a rule gets to see.
pub struct Context<'run> {
    /// The two revisions.
    pub scope: &'run Scope<'run>,
    /// What holds in this run.
    pub policy: &'run Policy,
    /// The instant of the run.
    pub now: Timestamp,
    /// `--live`: the network may be used.
    pub is_live: bool,
    /// The gates and rules that were asked for by name.
    pub selection: &'run Selection,
    /// What the rules of the gate `policy` judge besides.
    pub facts: &'run Facts,
}

impl<'run> Context<'run> {
    /// The state under judgement.
    #[must_use]
    pub fn head(&self) -> &'run Reader<'run> {
        &self.scope.head
    }

    /// The state compared with, or the reason why the rule stops.
    pub fn base(&self) -> Result<&'run Reader<'run>, Stop> {
        self.scope.base.reader()
    }

    /// All Workers and Pages projects at head and what they claim; read once for all rules.
    #[must_use]
    pub fn fleet(&self) -> &'run Fleet {
        self.scope.fleet(&self.policy.config.route_audit)
    }

    /// The deploy commands of workflows and scripts at head; read once for all rules and proofs.
    #[must_use]
    pub fn deploy_commands(&self) -> &'run DeployCommands {
        self.scope.deploy_commands(&self.policy.config.route_audit)
    }

    /// Which claims of two owners meet; searched once for all rules.
    #[must_use]
    pub fn overlaps(&self) -> &'run Overlaps {
        self.scope.overlaps(&self.policy.config, self.now)
    }

    /// Every contract of both revisions, read and compared; once for all rules.
    #[must_use]
    pub fn comparisons(&self) -> &'run Comparisons {
        self.scope.comparisons(&self.policy.config, self.now)
    }

    /// The SDKs that the contracts at head yield, and what lies there; once for all rules.
    #[must_use]
    pub(crate) fn sdks(&self) -> &'run Sdks {
        self.scope.sdks(&self.policy.config)
    }

    /// The settings of the gate `route-audit`.
    #[must_use]
    pub fn audit(&self) -> &'run RouteAudit {
        &self.policy.config.route_audit
    }

    /// Head's waivers, as they count now.
    #[must_use]
    pub fn bench(&self) -> Bench<'run> {
        self.policy.bench(self.now)
    }
}

/// What is known once the rules that judge the repository have run.
#[derive(Debug, Default)]
pub struct Facts {
    /// How many documents at head the gates of this run asked for.
    pub n_documents: usize,
    /// Documents that a gate asked for and that could not be taken apart.
    pub failures: Vec<Failure>,
    /// Contracts that nobody can read.
    pub contracts: Vec<UnreadContract>,
    /// What each rule saw, in the order of the report.
    pub seen: Vec<Seen>,
}

/// A document that could not be taken apart.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Where it lies.
    pub path: RepoPath,
    /// In which revision.
    pub side: Side,
    /// The language it was read in.
    pub format: Format,
    /// Why.
    pub error: Arc<DocumentError>,
}

/// What one rule saw.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The rule.
    pub rule: &'static str,
    /// Did it look at everything, so that what it did not find is not there?
    pub is_decided: bool,
    /// The subjects of its findings and of what it missed.
    pub subjects: BTreeSet<String>,
}
