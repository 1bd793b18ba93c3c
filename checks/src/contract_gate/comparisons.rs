//! All contracts of both revisions, found, paired, read and compared; once per run.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use contracts::{Files as _, Outward, Rule, Settings, Store, UndecidedPart, Unreadable};
use kernel::{Finding, Outcome, Refuted, RepoPath, Side, Stop, Timestamp, Verdict};

use crate::{
    config::Config,
    context::{Reader, Scope},
    contract_gate::{
        ContractGlobs, Readable, RepositoryFiles, UnreadContract,
        comparing::{Compared, Judging, Open, Reach, Read, compare_pair, open, read},
        consumers::name_users,
        files::content_id,
        gone,
        head::{Head, State},
        pairs::{Likeness, renames},
        readable::{ContractFiles, Known},
        service_of,
    },
    report::{ContractRecord, RevisionRecord},
    run::parallel::parallel,
};

/// What all rules of the gate tell.
#[derive(Default)]
pub struct Comparisons {
    findings: BTreeMap<Rule, Vec<Finding>>,
    open: Vec<Open>,
    records: Vec<ContractRecord>,
    unread: Vec<UnreadContract>,
    refuted: Option<Refuted>,
    files: ContractFiles,
    n_contracts: usize,
    is_time_used: bool,
}

/// Both revisions and what holds for them.
struct Ground<'a> {
    head: &'a Reader<'a>,
    base: Option<&'a Reader<'a>>,
    config: &'a Config,
    settings: Settings,
    known: Known,
    jobs: usize,
}

/// One comparison to make.
enum Work<'a> {
    Pair { base: RepoPath, head: &'a Head },
    Added(&'a Head),
    Removed(RepoPath),
}

impl Comparisons {
    /// Reads every contract at head, and compares those that changed.
    pub(crate) fn of(scope: &Scope<'_>, config: &Config, now: Timestamp, jobs: usize) -> Self {
        let settings = config.contract_gate.settings(now);
        let base = scope.base.reader().ok();
        let known = scope.readable().map_or_else(Known::new, Readable::read);
        let ground = Ground { head: &scope.head, base, config, settings, known, jobs };
        let globs = ContractGlobs::new(&config.contract_gate.contracts);
        let paths = globs.of(scope.head.snapshot());
        scope.advance().expect(paths.len());
        let read = parallel(jobs, &paths, |it| {
            let read = ground.read_head(it);
            if !matches!(read.0.state, State::Changed(_)) {
                scope.advance().step();
            }
            read
        });
        let mut all = Self { n_contracts: paths.len(), ..Self::default() };
        let mut heads = Vec::new();
        for (head, unread) in read {
            heads.push(head);
            all.unread.extend(unread.map(|it| *it));
        }
        let known: Known = heads.iter().filter_map(Head::known).collect();
        all.files = known.values().flatten().map(|(path, id)| (path.clone(), id.clone())).collect();
        if let Some(memory) = scope.readable().filter(|_| known != ground.known) {
            memory.write(&known);
        }
        let Some(base) = base else { return all };
        let base_paths = globs.of(base.snapshot());
        let work = ground.work(&heads, &base_paths, &mut all);
        let answers = parallel(jobs, &work, |it| {
            let answer = ground.compare(it);
            scope.advance().step();
            answer
        });
        for answer in answers {
            all.take(answer);
        }
        all.records.sort_by(|left, right| left.path().cmp(&right.path()));
        all
    }

    /// The answer for two files that were named.
    #[must_use]
    pub fn single(compared: Compared) -> Self {
        let mut all = Self { n_contracts: 1, ..Self::default() };
        all.take(Answer { compared, unread: None });
        all
    }

    /// What one rule saw.
    pub fn outcome(&self, rule: Rule) -> Result<Outcome, Stop> {
        if let Some(refuted) = &self.refuted {
            return Err(Stop::Refuted(refuted.clone()));
        }
        let open = self.open.iter().filter(|it| it.concerns(rule));
        Ok(Outcome {
            examined: self.records.iter().map(|it| it.operations).sum(),
            omitted: 0,
            findings: self.findings.get(&rule).cloned().unwrap_or_default(),
            undecided: open.map(|it| it.undecided.clone()).collect(),
        })
    }

    /// What the report says of each contract that changed, by path.
    #[must_use]
    pub fn records(&self) -> &[ContractRecord] {
        &self.records
    }

    /// The contracts that nobody can read.
    #[must_use]
    pub fn unread(&self) -> &[UnreadContract] {
        &self.unread
    }

    /// The files of all contracts at head that can be read, as they are referred to, with the
    /// names of their contents.
    pub(crate) fn files(&self) -> &ContractFiles {
        &self.files
    }

    /// How many contracts head has.
    #[must_use]
    pub fn n_contracts(&self) -> usize {
        self.n_contracts
    }

    /// Does a contract that changed name a last day, so that the instant matters?
    #[must_use]
    pub fn is_time_used(&self) -> bool {
        self.is_time_used
    }

    fn take(&mut self, answer: Answer) {
        let Answer { compared, unread } = answer;
        self.is_time_used |= compared.is_time_used;
        self.unread.extend(unread.map(|it| *it));
        self.open.extend(compared.open);
        self.records.push(compared.record);
        self.refuted = self.refuted.take().or(compared.refuted);
        for (rule, finding) in compared.findings {
            self.findings.entry(rule).or_default().push(finding);
        }
    }
}

/// The answer for one contract, and what of it cannot be read.
struct Answer {
    compared: Compared,
    unread: Option<Box<UnreadContract>>,
}

impl<'a> Ground<'a> {
    fn files(&self, reader: &'a Reader<'a>) -> RepositoryFiles<'a> {
        RepositoryFiles { reader, limit: self.config.contract_gate.limits.bytes }
    }

    fn read(
        &self,
        store: &mut Store,
        path: &RepoPath,
        reader: &'a Reader<'a>,
    ) -> Result<Read, Box<UnreadContract>> {
        let files = self.files(reader);
        let limits = &self.config.contract_gate.limits;
        read(store, path, &files, limits, Outward::Refused).map_err(|err: Unreadable| {
            let bytes: Option<Arc<[u8]>> = files.read(&err.path).ok();
            Box::new(UnreadContract::of(path, reader.side(), err, bytes))
        })
    }

    fn read_head(&self, path: &RepoPath) -> (Head, Option<Box<UnreadContract>>) {
        let head = |state, files| Head { path: path.clone(), state, files };
        if let Some(files) = self.known.get(path).filter(|it| self.is_as_known(it)) {
            return (head(State::Unchanged, Some(files.clone())), None);
        }
        let mut store = Store::new();
        let read = match self.read(&mut store, path, self.head) {
            Ok(read) => read,
            Err(unread) => return (head(State::Unread(unread.reason()), None), Some(unread)),
        };
        let paths = read.contract.files.iter().map(|it| &it.path);
        let files =
            paths.map(|it| Some((it.clone(), content_id(self.head.snapshot(), it)?))).collect();
        let files: Option<ContractFiles> = files;
        if files.as_ref().is_some_and(|it| self.is_at_base(it)) {
            return (head(State::Unchanged, files), None);
        }
        (head(State::Changed(Box::new(Mutex::new(Some((store, read))))), files), None)
    }

    /// Has head, and base as well, just these contents?
    fn is_as_known(&self, files: &ContractFiles) -> bool {
        let is_here = |(path, known): (&RepoPath, &String)| {
            content_id(self.head.snapshot(), path).as_ref() == Some(known)
        };
        files.iter().all(is_here) && self.is_at_base(files)
    }

    /// Has base the same bytes in all files of the contract?
    fn is_at_base(&self, files: &ContractFiles) -> bool {
        let Some(base) = self.base else { return true };
        files
            .iter()
            .all(|(path, at_head)| content_id(base.snapshot(), path).as_ref() == Some(at_head))
    }

    /// What is to be compared with what.
    fn work<'h>(
        &self,
        heads: &'h [Head],
        base_paths: &[RepoPath],
        all: &mut Comparisons,
    ) -> Vec<Work<'h>> {
        let head_paths: BTreeSet<&RepoPath> = heads.iter().map(|it| &it.path).collect();
        let at_base: BTreeSet<&RepoPath> = base_paths.iter().collect();
        let gone: Vec<&RepoPath> =
            base_paths.iter().filter(|it| !head_paths.contains(it)).collect();
        let new: Vec<&Head> = heads.iter().filter(|it| !at_base.contains(&it.path)).collect();
        let renamed = self.renamed(&gone, &new);
        let mut work = Vec::new();
        for head in heads.iter().filter(|it| !matches!(it.state, State::Unchanged)) {
            let is_here = at_base.contains(&head.path).then(|| head.path.clone());
            match is_here.or_else(|| renamed.get(&head.path).cloned()) {
                Some(base) => work.push(Work::Pair { base, head }),
                None if let State::Unread(reason) = &head.state => {
                    all.open.push(head.unread_new(reason));
                }
                None => work.push(Work::Added(head)),
            }
        }
        let continued: BTreeSet<&RepoPath> = renamed.values().collect();
        let lost = gone.into_iter().filter(|it| !continued.contains(it));
        work.extend(lost.cloned().map(Work::Removed));
        work
    }

    /// The base path of each head path that continues it under another name.
    fn renamed(&self, gone: &[&RepoPath], new: &[&Head]) -> BTreeMap<RepoPath, RepoPath> {
        let Some(base) = self.base.filter(|_| !gone.is_empty() && !new.is_empty()) else {
            return BTreeMap::new();
        };
        let of_base = |path: &&RepoPath| {
            let mut store = Store::new();
            let read = self.read(&mut store, path, base).ok()?;
            Some(Likeness::of(&store, &read))
        };
        let of_head = |head: &&Head| {
            let State::Changed(slot) = &head.state else { return None };
            let slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
            slot.as_ref().map(|(store, read)| Likeness::of(store, read))
        };
        let gone: Vec<Likeness> =
            parallel(self.jobs, gone, of_base).into_iter().flatten().collect();
        let new: Vec<Likeness> = new.iter().filter_map(of_head).collect();
        renames(&gone, &new).into_iter().map(|(base, head)| (head, base)).collect()
    }

    fn compare(&self, work: &Work<'_>) -> Answer {
        match work {
            Work::Pair { base, head } => self.compare_both(base, head),
            Work::Added(head) => {
                let service = service_of(&head.path);
                let by = self.judging(&service, &head.path);
                match head.taken() {
                    Some((mut store, read)) => {
                        Answer { compared: gone::added(&mut store, &read, by), unread: None }
                    }
                    None => self.unread_pair(&head.path, head, None),
                }
            }
            Work::Removed(path) => self.removed(path),
        }
    }

    fn removed(&self, path: &RepoPath) -> Answer {
        let mut store = Store::new();
        let service = service_of(path);
        let read = match self.base.map(|it| self.read(&mut store, path, it)) {
            Some(Ok(read)) => read,
            Some(Err(unread)) => return self.unread_pair(path, &Head::gone(path), Some(unread)),
            None => return self.unread_pair(path, &Head::gone(path), None),
        };
        let mut compared = gone::removed(&mut store, &read, self.judging(&service, path));
        self.name_users(&mut compared, (&store, &read), &service);
        Answer { compared, unread: None }
    }

    fn name_users(&self, compared: &mut Compared, read: (&Store, &Read), service: &str) {
        if self.config.contract_gate.names_consumers {
            name_users(&mut compared.findings, read, self.head, service);
        }
    }

    fn compare_both(&self, base_path: &RepoPath, head: &Head) -> Answer {
        let service = service_of(&head.path);
        let by = self.judging(&service, &head.path);
        let Some((mut store, read)) = head.taken() else {
            return self.unread_pair(base_path, head, None);
        };
        let base = match self.base.map(|it| self.read(&mut store, base_path, it)) {
            Some(Ok(base)) => base,
            Some(Err(unread)) => return self.unread_pair(base_path, head, Some(unread)),
            None => return self.unread_pair(base_path, head, None),
        };
        let mut compared = compare_pair(&mut store, &base, &read, by);
        if *base_path != head.path {
            let cause = gone::renamed(base_path, &head.path);
            compared.tell(&store, &[cause], [Some(&base), Some(&read)], by);
        }
        self.name_users(&mut compared, (&store, &base), &service);
        Answer { compared, unread: None }
    }

    fn judging<'s>(&'s self, service: &'s str, within: &'s RepoPath) -> Judging<'s> {
        Judging { config: self.config, settings: &self.settings, service, within }
    }

    /// One of the two cannot be read: at head that is told once for all, at base it leaves open
    /// whether a promise is kept.
    fn unread_pair(
        &self,
        base_path: &RepoPath,
        head: &Head,
        unread: Option<Box<UnreadContract>>,
    ) -> Answer {
        let head_path = &head.path;
        let (reason, detail) = match (&unread, &head.state) {
            (Some(unread), _) if unread.side == Side::Base => ("base-unreadable", unread.reason()),
            (Some(unread), _) => ("unreadable", unread.reason()),
            (None, State::Unread(reason)) => ("unreadable", reason.clone()),
            (None, State::Unchanged | State::Changed(_)) => {
                ("unreadable", format!("`{head_path}` cannot be read"))
            }
        };
        let part =
            UndecidedPart { subject: head_path.to_string(), reason: reason.to_owned(), detail };
        let record = |reader: &Reader<'_>, path: &RepoPath| {
            let digest = reader.snapshot().digest(path).ok()?.to_string();
            Some(RevisionRecord { path: path.clone(), digest, openapi: None })
        };
        let compared = Compared {
            findings: Vec::new(),
            open: vec![open(&part, Reach::All, head_path)],
            record: ContractRecord {
                base: self.base.and_then(|it| record(it, base_path)),
                head: record(self.head, head_path),
                verdict: Verdict::Undecided,
                bump: contracts::Bump::None,
                operations: 0,
                schemas: 0,
                undecided: vec![part],
            },
            refuted: None,
            is_time_used: false,
        };
        Answer { compared, unread }
    }
}
