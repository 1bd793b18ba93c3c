use std::collections::{BTreeMap, BTreeSet};

use kernel::{Level, Need, Outcome, Side, Stop, Verdict, Waiver};

use crate::{
    cache::{Cache, Clean, DOCUMENTS},
    context::{Context, Facts, Older, Reader, Scope, Seen},
    contract_gate::{Comparisons, ContractFiles, ContractGlobs, UnreadContract},
    gates,
    judge::{Judged, UNREADABLE},
    policy::{Phase, Planned, Policy},
    report::{ContractMember, ContractRecord, NewOnlyRecord, NewWaiver, Report, Summary, Tool},
    route_audit::{discovery::discover, validate::validate},
    rule::Rule,
    rules,
    run::{Base, RunError, Settings, World, parallel::parallel, settings::waivers_of},
    sdk_sync::{self, because::tie, consumers::Compiled, sdks::Sdks},
};

/// The verdicts of a run as they come in.
pub(crate) struct Judgement<'run, 'world> {
    world: &'world World,
    policy: &'run Policy,
    settings: &'run Settings,
    scopes: &'run BTreeMap<&'static str, Scope<'world>>,
    facts: Facts,
    clean: Clean,
    done: Vec<Judged>,
}

impl<'run, 'world> Judgement<'run, 'world> {
    pub(crate) fn new(
        world: &'world World,
        policy: &'run Policy,
        settings: &'run Settings,
        scopes: &'run BTreeMap<&'static str, Scope<'world>>,
    ) -> Self {
        let (facts, clean, done) = (Facts::default(), Clean::new(), Vec::new());
        Self { world, policy, settings, scopes, facts, clean, done }
    }

    /// Runs all rules but those that had nothing to say to the same inputs before.
    pub(crate) fn all(&mut self, plan: &[Planned]) -> Result<(), RunError> {
        let cache = Cache::of(self.world, self.policy, self.settings);
        let remembered = cache.as_ref().and_then(|it| it.read(&self.world.head));
        self.clean = remembered.clone().unwrap_or_default();
        if remembered.is_none() {
            self.validate(plan)?;
            self.read_contracts(plan);
        }
        self.every(plan)?;
        let compared = self.compared();
        let is_quiet = |it: &Comparisons| it.records().is_empty() && it.unread().is_empty();
        let is_whole = self.done.iter().all(|it| it.n_set_aside == 0)
            && self.facts.failures.is_empty()
            && compared.is_none_or(is_quiet)
            && self.made().is_none();
        if let (Some(cache), None, true) = (cache, remembered, is_whole) {
            let records = self.done.iter().map(|it| &it.record);
            let records: Vec<_> = records.filter(|it| it.gate != gates::POLICY).collect();
            let files = self.compared().map_or_else(ContractFiles::new, |it| it.files().clone());
            cache.write(&records, self.facts.n_documents, &files);
        }
        Ok(())
    }

    /// Head's own policy must make sense for the repository; what was clean before does.
    fn validate(&self, plan: &[Planned]) -> Result<(), RunError> {
        let is_sdk = |it: &Planned| it.rule.info().gate == gates::SDK_SYNC && it.level > Level::Off;
        if let Some(scope) = self.scopes.get(gates::SDK_SYNC).filter(|_| plan.iter().any(is_sdk)) {
            sdk_sync::validate(scope, self.policy, &self.settings.selection)?;
        }
        let is_on =
            |it: &Planned| it.rule.info().gate == gates::ROUTE_AUDIT && it.level > Level::Off;
        let scope = self.scopes.get(gates::ROUTE_AUDIT).filter(|_| plan.iter().any(is_on));
        let Some(scope) = scope else { return Ok(()) };
        let fleet = scope.fleet(&self.policy.config.route_audit);
        let discover = |ignore: &[String]| discover(&self.world.head, ignore);
        Ok(validate(&self.policy.head, fleet, &discover)?)
    }

    /// Reads all contracts at head, also where there is no base to compare them with: whether they
    /// can be read is asked all the same.
    fn read_contracts(&self, plan: &[Planned]) {
        let is_on =
            |it: &Planned| it.rule.info().gate == gates::CONTRACT_GATE && it.level > Level::Off;
        if let Some(scope) =
            self.scopes.get(gates::CONTRACT_GATE).filter(|_| plan.iter().any(is_on))
        {
            let _ = scope.comparisons(&self.policy.config, self.settings.now);
        }
    }

    /// Runs all rules: those that read the repository, then those that judge the run.
    fn every(&mut self, plan: &[Planned]) -> Result<(), RunError> {
        for phase in [Phase::Repository, Phase::Policy, Phase::Waivers] {
            let rules: Vec<Planned> =
                plan.iter().filter(|it| it.phase() == phase).copied().collect();
            let judged = parallel(self.settings.jobs, &rules, |it| self.one(it));
            for it in judged {
                self.done.push(it?);
            }
            self.facts = self.facts();
        }
        Ok(())
    }

    fn one(&self, planned: &Planned) -> Result<Judged, RunError> {
        let info = planned.rule.info();
        if planned.level == Level::Off {
            let reason = "switched off in `checks.toml`".to_owned();
            return Ok(Judged::off(planned, Some(reason)));
        }
        let Some(scope) = self.scopes.get(info.gate) else { return Ok(Judged::off(planned, None)) };
        let seen = match scope.base.reader() {
            Err(stop) if info.needs.contains(&Need::Base) => Err(stop),
            _ if info.needs.contains(&Need::Live) && !self.settings.is_live => {
                Err(Stop::Off("needs `--live`".to_owned()))
            }
            _ => match self.clean.get(info.id) {
                Some(examined) => Ok(Outcome { examined: *examined, ..Outcome::default() }),
                None => planned.rule.check(&self.context(scope)),
            },
        };
        let old = self.policy.config.is_new_only(info.gate, info.id).then(|| self.old(planned));
        let bench = self.policy.bench(self.settings.now);
        Ok(bench.judge(planned, seen, old.transpose()?.as_ref())?)
    }

    fn context<'a>(&'a self, scope: &'a Scope<'world>) -> Context<'a>
    where
        'world: 'a,
    {
        Context {
            scope,
            policy: self.policy,
            now: self.settings.now,
            is_live: self.settings.is_live,
            selection: &self.settings.selection,
            facts: &self.facts,
        }
    }

    /// The fingerprints of what the rule finds in base.
    fn old(&self, planned: &Planned) -> Result<BTreeSet<String>, RunError> {
        let Base::Found { snapshot, .. } = &self.world.base else { return Ok(BTreeSet::new()) };
        let scope = Scope::new(Reader::new(snapshot, Side::Head), Older::Declined);
        let outcome = match planned.rule.check(&self.context(&scope)) {
            Ok(outcome) => outcome,
            Err(Stop::Refuted(it)) => return Err(it.into()),
            Err(Stop::Undecided(_) | Stop::Off(_)) => Outcome::default(),
        };
        let id = planned.rule.info().id;
        Ok(outcome.findings.iter().map(|it| it.fingerprint(id)).collect())
    }

    /// Sentences about the revisions, and about contracts that are out of reach.
    fn notes(&self, has_contracts: bool) -> Vec<String> {
        let mut notes = self.world.notes();
        if has_contracts {
            let globs = ContractGlobs::new(&self.policy.config.contract_gate.contracts);
            let modules = self.world.head.submodules().filter(|it| globs.reach_below(it));
            notes.extend(modules.map(|it| {
                format!("contracts in `{it}` are not looked at: it is a submodule, with gates of its own")
            }));
        }
        notes
    }

    fn compared(&self) -> Option<&Comparisons> {
        self.scopes.get(gates::CONTRACT_GATE).and_then(Scope::compared)
    }

    fn made(&self) -> Option<&Sdks> {
        self.scopes.get(gates::SDK_SYNC).and_then(Scope::made)
    }

    fn compiled(&self) -> Option<&Compiled> {
        self.scopes.get(gates::SDK_SYNC).and_then(Scope::compiled)
    }

    fn facts(&self) -> Facts {
        let failures = self.scopes.values().flat_map(|it| {
            let base = it.base.reader().ok();
            [Some(&it.head), base].into_iter().flatten().flat_map(Reader::failures)
        });
        let failures: BTreeMap<_, _> =
            failures.map(|it| ((it.path.clone(), it.side), it)).collect();
        let mut unread: Vec<UnreadContract> =
            self.compared().map_or_else(Vec::new, |it| it.unread().to_vec());
        let of_sdks = self.made().map_or(&[][..], |it| it.unread.as_slice()).iter();
        let is_told = |it: &UnreadContract, all: &[UnreadContract]| {
            all.iter().any(|one| (&one.contract, one.side) == (&it.contract, it.side))
        };
        let more: Vec<_> = of_sdks.filter(|it| !is_told(it, &unread)).cloned().collect();
        unread.extend(more);
        // A waiver of the rule passes over contracts that nobody can read at base, too.
        let at_base = |rule: &str| {
            let unread = unread.iter().filter(|_| rule == UNREADABLE).cloned();
            unread.map(|it| it.contract.to_string()).collect::<Vec<_>>()
        };
        let seen = self.done.iter().map(|it| Seen {
            rule: it.record.rule,
            is_decided: it.is_decided && matches!(it.record.verdict, Verdict::Green | Verdict::Red),
            subjects: it.subjects.iter().cloned().chain(at_base(it.record.rule)).collect(),
        });
        let documents: BTreeSet<_> =
            self.scopes.values().flat_map(|it| it.head.documents()).collect();
        let n_contracts = self.compared().map_or(0, Comparisons::n_contracts);
        let n_documents = documents.len() + n_contracts;
        Facts {
            n_documents: self.clean.get(DOCUMENTS).copied().unwrap_or(n_documents),
            failures: failures.into_values().collect(),
            seen: seen.collect(),
            contracts: unread.clone(),
        }
    }

    /// The complete waivers that this change adds, and those that the exit passes over an undecided
    /// verdict for.
    fn told_waivers(&self) -> Vec<NewWaiver> {
        let of_base = match &self.world.base {
            Base::Found { snapshot, .. } => Some(waivers_of(snapshot, &self.settings.config)),
            Base::Declined | Base::Missing(_) => None,
        };
        let is_new = |it: &Waiver| {
            let same = |old: &Waiver| {
                (&old.rule, &old.subject, old.expires) == (&it.rule, &it.subject, it.expires)
            };
            of_base.as_ref().is_some_and(|base| !base.iter().any(same))
        };
        let bench = self.policy.bench(self.settings.now);
        let passes_over = |it: &Waiver| {
            let missing = |done: &Judged| {
                let info = rules::find(done.record.rule).map(Rule::info);
                let of = |subject| bench.waiver_of_open(info?, subject);
                done.undecided.iter().any(|subject| of(subject) == Some(it))
            };
            self.done.iter().any(missing)
        };
        let waivers = self.policy.config.waivers.iter().filter(|it| it.is_complete());
        waivers.filter(|it| is_new(it) || passes_over(it)).map(told).collect()
    }

    /// The finished report.
    pub(crate) fn report(self) -> Report {
        let waivers = self.told_waivers();
        let records = self.compared().map_or_else(Vec::new, |it| it.records().to_vec());
        let sdk = self.made().and_then(Sdks::member);
        let has_contracts = self.scopes.contains_key(gates::CONTRACT_GATE);
        let mut notes = self.notes(has_contracts);
        notes.extend(self.compiled().map_or_else(Vec::new, |it| it.notes.clone()));
        let n_set_aside: usize = self.done.iter().map(|it| it.n_set_aside).sum();
        let mut verdicts: Vec<_> = self.done.into_iter().map(|it| it.record).collect();
        verdicts.sort_by_key(|it| (it.gate, it.rule));
        notes.extend(tie(&mut verdicts));
        let mut report = Report {
            schema: "checks-report/v1",
            tool: Tool { name: "checks", version: env!("CARGO_PKG_VERSION") },
            root: ".",
            base: self.world.base.commit().map(str::to_owned),
            head: self.world.head_name(),
            now: self.settings.now,
            summary: Summary::of(&verdicts),
            waivers,
            verdicts,
            contract: None,
            sdk,
            new_only: (n_set_aside > 0).then_some(NewOnlyRecord { set_aside: n_set_aside }),
            notes,
            sources: BTreeMap::new(),
            undecided_counts: self.settings.is_strict,
        };
        let judged = |it: ContractRecord| it.judged(&report);
        let contracts = records.into_iter().map(judged).collect();
        report.contract = has_contracts.then_some(ContractMember::Run(contracts));
        report.sources = sources(self.world, &report);
        report
    }
}

fn told(waiver: &Waiver) -> NewWaiver {
    let text = |it: &Option<String>| kernel::redact(it.as_deref().unwrap_or_default()).into_owned();
    NewWaiver {
        rule: waiver.rule.clone(),
        subject: kernel::redact(&waiver.subject).into_owned(),
        reason: text(&waiver.reason),
        owner: text(&waiver.owner),
        expires: waiver.expires.map_or_else(String::new, |it| it.to_string()),
    }
}

/// The texts of the files that findings point into.
fn sources(
    world: &World,
    report: &Report,
) -> BTreeMap<(kernel::RepoPath, bool), std::sync::Arc<str>> {
    let mut sources = BTreeMap::new();
    for finding in report.findings() {
        let is_base = finding.side == Side::Base;
        let snapshot = match &world.base {
            Base::Found { snapshot, .. } if is_base => snapshot,
            Base::Found { .. } | Base::Declined | Base::Missing(_) => &world.head,
        };
        let related = finding.related.iter().map(|it| &it.path);
        for path in related.chain([&finding.path]) {
            let text = snapshot.bytes(path).ok().and_then(|it| text_of(&it));
            sources.extend(text.map(|it| ((path.clone(), is_base), it)));
        }
    }
    sources
}

/// The text that lines and columns count in.
fn text_of(bytes: &[u8]) -> Option<std::sync::Arc<str>> {
    let text = str::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text).into())
}
