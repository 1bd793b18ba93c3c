//! From red findings to a plan whose outcome was judged.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use contracts::{
    Contract, Files, Finding, Outward, Settings as Engine, Store, Tree,
    migration::{Dates, Migrated, Moved, additive},
    render, rewrite,
};
use kernel::{Level, RepoPath, Side, Timestamp, Verdict};
use snapshot::Snapshot;

use super::{
    Change, MigrateError, Plan, Strategy, files, folder::folder, promises::promises, words,
};
use crate::{
    context::Reader,
    contract_gate::{Judging, Read, RepositoryFiles, read, service_of},
    gates,
    policy::Policy,
    report::{ContractMember, ContractRecord, FindingRecord, Report},
    run::{Base, Settings, World, run},
};

/// Days between the notice that the policy asks for and the last day: time for the proposal to wait.
const WAITING_DAYS: i64 = 14;
const DAY: i64 = 86_400;
/// How often operations are added to those that move before a strategy is given up.
const ROUNDS: usize = 4;

/// One red contract.
pub(super) struct Ground<'a> {
    pub(super) world: &'a World,
    pub(super) settings: &'a Settings,
    pub(super) policy: &'a Policy,
    pub(super) engine: Engine,
    pub(super) base: Reader<'a>,
    pub(super) head: Reader<'a>,
}

/// A contract that keeps its promises again, as texts.
pub(super) struct Kept {
    pub(super) strategy: Strategy,
    pub(super) texts: Vec<Change>,
    pub(super) moved: Vec<Moved>,
    pub(super) repaired: Vec<String>,
}

/// Plans for all red contracts, or for those that were named; `dates_of` knows the dates of an
/// earlier plan for the same findings.
pub fn plans(
    world: &World,
    settings: &Settings,
    named: &[RepoPath],
    strategy: Strategy,
    dates_of: &dyn Fn(&str, &[String]) -> Option<Dates>,
) -> Result<Vec<Plan>, MigrateError> {
    let finished = run(world, settings)?;
    let Base::Found { snapshot, .. } = &world.base else { return Err(MigrateError::NoBase) };
    let ground = Ground {
        world,
        settings,
        policy: &finished.policy,
        engine: finished.policy.config.contract_gate.settings(settings.now),
        base: Reader::new(snapshot, Side::Base),
        head: Reader::new(&world.head, Side::Head),
    };
    let records = records(&finished.report);
    let red: Vec<&ContractRecord> =
        records.iter().filter(|it| it.verdict == Verdict::Red).collect();
    let is_red = |path: &RepoPath| red.iter().any(|it| it.path() == Some(path));
    if let Some(path) = named.iter().find(|it| !is_red(it)) {
        return Err(MigrateError::NotRed(path.clone()));
    }
    let wanted = red
        .into_iter()
        .filter(|it| named.is_empty() || it.path().is_some_and(|it| named.contains(it)));
    wanted.map(|it| ground.plan(it, &denied(&finished.report, it), strategy, dates_of)).collect()
}

fn records(report: &Report) -> &[ContractRecord] {
    if let Some(ContractMember::Run(records)) = &report.contract { records } else { &[] }
}

/// The findings of a contract that make it red.
fn denied<'r>(report: &'r Report, record: &ContractRecord) -> Vec<&'r FindingRecord> {
    let path = record.path().map(RepoPath::as_str);
    let of_gate = report.verdicts.iter().filter(|it| it.gate == gates::CONTRACT_GATE);
    let findings = of_gate.flat_map(|it| &it.findings);
    let counts = |it: &&FindingRecord| it.level == Level::Deny && it.waived.is_none();
    findings.filter(counts).filter(|it| it.within.as_deref() == path).collect()
}

impl Ground<'_> {
    fn plan(
        &self,
        record: &ContractRecord,
        denied: &[&FindingRecord],
        strategy: Strategy,
        dates_of: &dyn Fn(&str, &[String]) -> Option<Dates>,
    ) -> Result<Plan, MigrateError> {
        let path = record.path().ok_or(MigrateError::NoBase)?;
        let service = service_of(path);
        let fingerprints: BTreeSet<String> =
            denied.iter().map(|it| it.fingerprint.clone()).collect();
        let fingerprints: Vec<String> = fingerprints.into_iter().collect();
        // A proposal that waited too long would be too late: it gets new dates.
        let notice = i64::from(self.policy.config.contract_gate.stable_days) * DAY;
        let now = self.settings.now.seconds();
        let earlier = dates_of(&folder(self.policy, &self.world.head, path), &fingerprints);
        let earlier = earlier.filter(|it| it.sunset.seconds().saturating_sub(now) >= notice);
        let dates = earlier.unwrap_or_else(|| self.dates());
        let folder = folder(self.policy, &self.world.head, path);
        let case = Case { ground: self, record, denied, path, folder, dates: &dates };
        let (kept, findings) = case.keep(strategy)?;
        let promises = promises(&case, &kept, &findings);
        let made = files::all(&case, &kept, &findings, &promises)?;
        let body = words::body(&case, &kept, &findings, &promises);
        Ok(Plan {
            service,
            folder: case.folder,
            strategy: kept.strategy,
            changes: made.changes,
            files: made.files,
            proposals: made.proposals,
            findings: fingerprints,
            body,
        })
    }

    fn dates(&self) -> Dates {
        let gate = &self.policy.config.contract_gate;
        let notice = (i64::from(gate.stable_days) + WAITING_DAYS) * DAY;
        let now = self.settings.now;
        let sunset = now.seconds().saturating_add(notice);
        let midnight = Timestamp::from_seconds(sunset - sunset.rem_euclid(DAY));
        Dates { deprecated: now, sunset: midnight.unwrap_or(now) }
    }

    /// Folders and levels, as the policy says them.
    pub(super) fn folders(&self) -> &crate::config::Migrate {
        &self.policy.config.contract_gate.migrate
    }

    pub(super) fn read(
        &self,
        store: &mut Store,
        path: &RepoPath,
        files: &dyn Files,
    ) -> Option<Read> {
        let limits = &self.policy.config.contract_gate.limits;
        read(store, path, files, limits, Outward::Refused).ok()
    }

    pub(super) fn files<'r>(&self, reader: &'r Reader<'r>) -> RepositoryFiles<'r> {
        RepositoryFiles { reader, limit: self.policy.config.contract_gate.limits.bytes }
    }

    /// The whole gate, on the repository as it would be.
    fn verdict(
        &self,
        texts: &[Change],
        path: &RepoPath,
    ) -> Result<(Verdict, String), MigrateError> {
        let bytes = |it: &Change| (it.path.clone(), Some(Arc::from(it.after.as_bytes())));
        let overlay: BTreeMap<_, Option<Arc<[u8]>>> = texts.iter().map(bytes).collect();
        let head: Arc<Snapshot> = Arc::new(self.world.head.with(&overlay));
        let world = self.world.with_head(head);
        let settings = Settings { cache: None, ..self.settings.clone() };
        let finished = run(&world, &settings)?;
        let record = records(&finished.report).iter().find(|it| it.path() == Some(path)).cloned();
        let Some(record) = record else { return Ok((Verdict::Green, String::new())) };
        let reasons: Vec<String> =
            denied(&finished.report, &record).iter().map(|it| it.message.clone()).collect();
        Ok((record.verdict, reasons.join("; ")))
    }
}

/// One contract, and what is wrong with it.
pub(super) struct Case<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) record: &'a ContractRecord,
    pub(super) denied: &'a [&'a FindingRecord],
    pub(super) path: &'a RepoPath,
    /// The service, as folders and branches can have it.
    pub(super) folder: String,
    pub(super) dates: &'a Dates,
}

/// Both sides as trees, and what breaks.
pub(super) struct Broken {
    pub(super) base: Tree,
    pub(super) head: Tree,
    pub(super) findings: Vec<Finding>,
}

impl Case<'_> {
    pub(super) fn service(&self) -> String {
        service_of(self.path)
    }

    pub(super) fn sunset(&self) -> String {
        self.dates.sunset.date().to_string()
    }

    fn keep(&self, strategy: Strategy) -> Result<(Kept, Broken), MigrateError> {
        let broken = self.broken()?;
        let mut why = String::new();
        if strategy != Strategy::Version {
            let kept = self.additive(&broken)?;
            let (verdict, reason) = self.ground.verdict(&kept.texts, self.path)?;
            if verdict == Verdict::Green {
                return Ok((kept, broken));
            }
            why = reason;
        }
        if strategy != Strategy::Additive {
            let kept = self.version()?;
            let (verdict, reason) = self.ground.verdict(&kept.texts, self.path)?;
            if verdict == Verdict::Green {
                return Ok((kept, broken));
            }
            why = reason;
        }
        let other = if strategy == Strategy::Additive { "version" } else { "additive" };
        let (path, strategy) = (self.path.clone(), strategy.name());
        Err(MigrateError::NotGreen { path, strategy, reason: why, other })
    }

    /// What breaks, as the engine says it; only what the report calls red.
    fn broken(&self) -> Result<Broken, MigrateError> {
        let mut store = Store::new();
        let ground = self.ground;
        let base = self
            .base_path()
            .and_then(|it| ground.read(&mut store, it, &ground.files(&ground.base)));
        let base = base.ok_or(MigrateError::NoBase)?;
        let head = self.record.head.as_ref();
        let head =
            head.and_then(|it| ground.read(&mut store, &it.path, &ground.files(&ground.head)));
        let base_tree = Tree::of(&store, base.contract.root().node);
        let Some(head) = head else {
            return Ok(Broken { head: base_tree.clone(), base: base_tree, findings: Vec::new() });
        };
        let findings = self.findings(&mut store, &base.contract, &head.contract);
        let is_told = |it: &Finding| {
            let mut told = self.denied.iter();
            told.any(|told| told.rule == it.rule.id() && told.subject == it.subject)
        };
        let findings = findings.into_iter().filter(is_told).collect();
        Ok(Broken { base: base_tree, head: Tree::of(&store, head.contract.root().node), findings })
    }

    /// All findings, each with the level that the project gives it.
    fn findings(&self, store: &mut Store, base: &Contract, head: &Contract) -> Vec<Finding> {
        self.levelled(contracts::compare(store, base, head, &self.ground.engine).findings)
    }

    pub(super) fn levelled(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        let service = self.service();
        let by = Judging {
            config: &self.ground.policy.config,
            settings: &self.ground.engine,
            service: &service,
            within: self.path,
        };
        for finding in &mut findings {
            finding.level = by.level(finding.rule, finding.level);
        }
        findings
    }

    pub(super) fn base_path(&self) -> Option<&RepoPath> {
        self.record.base.as_ref().map(|it| &it.path)
    }

    fn additive(&self, broken: &Broken) -> Result<Kept, MigrateError> {
        let strategy = Strategy::Additive;
        if self.record.head.is_none() {
            let restored = format!("`{}` stays", self.path);
            let texts = vec![self.restored()?];
            return Ok(Kept { strategy, texts, moved: Vec::new(), repaired: vec![restored] });
        }
        let before = text(&self.ground.world.head, self.path)?;
        let sunset = self.sunset();
        let asked = Migrated {
            base: &broken.base,
            head: &broken.head,
            findings: &broken.findings,
            sunset: &sunset,
        };
        let mut moving = BTreeSet::new();
        let mut kept = None;
        for _ in 0..ROUNDS {
            let proposal = additive(asked, &moving);
            let after = self.written(&before, &broken.head, &proposal.contract);
            let left = self.left(&after);
            let change = Change { path: self.path.clone(), before: Some(before.clone()), after };
            kept = Some(Kept {
                strategy,
                texts: vec![change],
                moved: proposal.moved,
                repaired: proposal.repaired,
            });
            let n_before = moving.len();
            moving.extend(left);
            if moving.len() == n_before {
                break;
            }
        }
        kept.ok_or(MigrateError::NoBase)
    }

    /// The text of a proposal; with few lines changed if that reads as it should.
    fn written(&self, before: &str, old: &Tree, new: &Tree) -> String {
        let after = rewrite(before, old, new);
        let reads_well = self
            .reading(&after)
            .is_some_and(|(store, read)| Tree::of(&store, read.contract.root().node) == *new);
        if reads_well { after } else { render(before, new) }
    }

    fn reading(&self, text: &str) -> Option<(Store, Read)> {
        let inner = self.ground.files(&self.ground.head);
        let files = Instead { path: self.path, text, inner: &inner };
        let mut store = Store::new();
        let read = self.ground.read(&mut store, self.path, &files)?;
        Some((store, read))
    }

    /// The operations that a proposal still breaks.
    fn left(&self, text: &str) -> BTreeSet<String> {
        let Some((mut store, head)) = self.reading(text) else { return BTreeSet::new() };
        let ground = self.ground;
        let base = self
            .base_path()
            .and_then(|it| ground.read(&mut store, it, &ground.files(&ground.base)));
        let Some(base) = base else { return BTreeSet::new() };
        let findings = self.findings(&mut store, &base.contract, &head.contract);
        let red = findings.into_iter().filter(|it| it.level == Level::Deny);
        red.flat_map(|it| it.operations).collect()
    }

    /// Head becomes a contract of its own; base's text comes back.
    fn version(&self) -> Result<Kept, MigrateError> {
        let mut texts = vec![self.restored()?];
        let mut repaired = vec![format!("`{}` says again what it said", self.path)];
        if self.record.head.is_some() {
            let head = text(&self.ground.world.head, self.path)?;
            let path = self.next_version().ok_or(MigrateError::NoBase)?;
            repaired.push(format!("what head wants is `{path}`"));
            texts.push(Change { path, before: None, after: head });
        }
        Ok(Kept { strategy: Strategy::Version, texts, moved: Vec::new(), repaired })
    }

    fn restored(&self) -> Result<Change, MigrateError> {
        let Base::Found { snapshot, .. } = &self.ground.world.base else {
            return Err(MigrateError::NoBase);
        };
        let base = text(snapshot, self.base_path().ok_or(MigrateError::NoBase)?)?;
        let before = text(&self.ground.world.head, self.path).ok();
        Ok(Change { path: self.path.clone(), before, after: base })
    }

    /// `contracts/shop-v2.openapi.json`, or the first number that is free.
    fn next_version(&self) -> Option<RepoPath> {
        let name = self.path.file_name();
        let (stem, rest) = name.split_once(".openapi.").or_else(|| name.split_once('.'))?;
        let joint = if name.contains(".openapi.") { ".openapi." } else { "." };
        let folder = self.path.folder();
        let slash = if folder.is_empty() { "" } else { "/" };
        let paths = (2..1_000).map(|it| format!("{folder}{slash}{stem}-v{it}{joint}{rest}"));
        let mut free = paths.filter(|it| self.ground.world.head.kind(it).is_none());
        free.next().and_then(|it| RepoPath::new(&it).ok())
    }
}

/// One file with another text; all others as they are.
struct Instead<'a> {
    path: &'a RepoPath,
    text: &'a str,
    inner: &'a dyn Files,
}

impl Files for Instead<'_> {
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String> {
        if path == self.path { Ok(self.text.as_bytes().into()) } else { self.inner.read(path) }
    }
}

pub(super) fn text(snapshot: &Snapshot, path: &RepoPath) -> Result<String, MigrateError> {
    let bytes = snapshot.bytes(path)?;
    String::from_utf8(bytes.to_vec()).map_err(|_| MigrateError::NotText(path.clone()))
}
