//! Two revisions of one contract, compared and told.

use std::{collections::BTreeMap, sync::Arc};

use contracts::{
    Contract, Evidence, Files, Finding as Cause, Limits, Outward, ReadingNote, Rule, Settings,
    Spot, Store, UndecidedPart, Unreadable, judge,
};
use kernel::{Digest, Level, Refuted, RepoPath, Undecided, Verdict};

use crate::{
    config::Config,
    contract_gate::{
        confirm::{Court, Judged},
        files::Kept,
        places::Places,
        sunset,
        telling::{Sight, told},
        witness::RawTexts,
    },
    report::{ContractRecord, RevisionRecord},
};

/// One revision of a contract, read.
pub struct Read {
    /// Where it lies.
    pub path: RepoPath,
    /// What it says.
    pub contract: Contract,
    /// What other readers may take otherwise.
    pub notes: Vec<ReadingNote>,
    /// Why schemas cannot be read that stay open, if the reader can do without them.
    pub(crate) left: Vec<Unreadable>,
    texts: Vec<(RepoPath, Arc<[u8]>)>,
}

/// Reads one revision of a contract and all files it refers to.
pub fn read(
    store: &mut Store,
    path: &RepoPath,
    files: &dyn Files,
    limits: &Limits,
    outward: Outward,
) -> Result<Read, Unreadable> {
    let kept = Kept::new(files);
    let (contract, notes, left) = contracts::read_by(store, path, &kept, limits, outward)?;
    let text = |it: &contracts::ContractFile| Some((it.path.clone(), kept.bytes(&it.path)?));
    let texts = contract.files.iter().filter_map(text).collect();
    let read = Read { path: path.clone(), contract, notes, left, texts };
    if read.names_last_day() { sunset::refuse_malformed(store, read) } else { Ok(read) }
}

impl Read {
    /// The bytes of one of its files.
    pub(crate) fn bytes(&self, path: &RepoPath) -> Option<&[u8]> {
        self.texts.iter().find(|it| it.0 == *path).map(|(_, bytes)| &**bytes)
    }

    /// Does any of its texts name a last day?
    pub(crate) fn names_last_day(&self) -> bool {
        let names = |it: &[u8]| str::from_utf8(it).is_ok_and(|it| it.contains("x-sunset"));
        self.texts.iter().any(|(_, it)| names(it))
    }

    /// How reports name it.
    #[must_use]
    pub fn record(&self) -> RevisionRecord {
        let bytes = self.texts.first().map_or(&[][..], |it| &it.1);
        RevisionRecord {
            path: self.path.clone(),
            digest: Digest::of(bytes).to_string(),
            openapi: Some(self.contract.openapi.clone()),
        }
    }

    /// The raw files, the contract itself first.
    #[must_use]
    pub fn texts(&self) -> &[(RepoPath, Arc<[u8]>)] {
        &self.texts
    }
}

/// What two revisions are judged by.
#[derive(Clone, Copy)]
pub struct Judging<'a> {
    /// The policy.
    pub config: &'a Config,
    /// What the engine has to know of it.
    pub settings: &'a Settings,
    /// The service, whose levels count.
    pub service: &'a str,
    /// The path that names the contract in fingerprints.
    pub within: &'a RepoPath,
}

/// Which rules an open question concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The whole contract is open.
    All,
    /// A schema is: all rules about values.
    Values,
    /// One rule could not be sure of its witness.
    One(Rule),
}

/// A question that nobody can answer, and whom it concerns.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(crate) reach: Reach,
    pub(crate) undecided: Undecided,
}

impl Open {
    /// Does it leave this rule open?
    pub(crate) fn concerns(&self, rule: Rule) -> bool {
        match self.reach {
            Reach::All => true,
            Reach::Values => rule <= Rule::DiscriminatorTagLost,
            Reach::One(one) => one == rule,
        }
    }
}

/// The answer for one contract.
pub struct Compared {
    /// The findings by rule, each with a witness that was replayed.
    pub(crate) findings: Vec<(Rule, kernel::Finding)>,
    /// What is open.
    pub(crate) open: Vec<Open>,
    /// What the report says of the contract.
    pub record: ContractRecord,
    /// A witness that did not replay: a mistake of ours, and no answer may be given.
    pub(crate) refuted: Option<Refuted>,
    /// A text names a last day, so that the instant matters.
    pub(crate) is_time_used: bool,
}

impl Judging<'_> {
    /// The level of one finding: the service's, else the rule's, and lower where the engine says
    /// so.
    pub(crate) fn level(&self, rule: Rule, of_engine: Level) -> Level {
        let own = self.config.contract_gate.level(self.service, rule.id());
        let usual = own.or_else(|| self.config.level(rule.id())).unwrap_or_else(|| rule.level());
        let level = if of_engine < rule.level() { usual.min(of_engine) } else { usual };
        self.config.contract_gate.raised(level)
    }
}

/// Compares two revisions that can be read.
pub fn compare_pair(store: &mut Store, base: &Read, head: &Read, by: Judging<'_>) -> Compared {
    let comparison = contracts::compare(store, &base.contract, &head.contract, by.settings);
    let mut causes = comparison.findings;
    causes.extend(ambiguities(base, head));
    let mut compared = Compared {
        findings: Vec::new(),
        open: comparison.undecided.iter().map(|it| open(it, Reach::Values, by.within)).collect(),
        record: ContractRecord {
            base: Some(base.record()),
            head: Some(head.record()),
            verdict: Verdict::Green,
            bump: comparison.bump,
            operations: comparison.n_operations,
            schemas: comparison.n_schemas,
            undecided: comparison.undecided,
        },
        refuted: None,
        is_time_used: base.names_last_day() || head.names_last_day(),
    };
    compared.tell(store, &causes, [Some(base), Some(head)], by);
    compared
}

impl Compared {
    /// Judges the evidence of all causes and tells those that hold.
    pub(crate) fn tell<'a>(
        &mut self,
        store: &'a Store,
        causes: &[Cause],
        [base, head]: [Option<&'a Read>; 2],
        by: Judging<'a>,
    ) {
        let texts = |it: Option<&Read>| it.map_or_else(Vec::new, |it| it.texts.clone());
        let settings =
            judge::Settings { formats: by.settings.formats, servers: by.settings.servers };
        let parties = [self.record.base.clone(), self.record.head.clone()];
        let court =
            Court::new(RawTexts { base: texts(base), head: texts(head) }, settings, parties);
        let seen = |read: &'a Read, spot: fn(&Cause) -> Option<&Spot>| {
            let spots: Vec<&Spot> = causes.iter().filter_map(spot).collect();
            (read, Places::of(read, &spots))
        };
        let sight = Sight {
            store,
            base: base.map(|it| seen(it, |it| it.base.as_ref())),
            head: head.map(|it| seen(it, |it| it.head.as_ref())),
            by,
        };
        for cause in causes {
            let level = by.level(cause.rule, cause.level);
            if level == Level::Off {
                continue;
            }
            match court.judge(&cause.evidence) {
                Ok(Judged::Confirmed(witness)) => {
                    self.findings.push((cause.rule, told(cause, level, witness, &sight)));
                }
                Ok(Judged::Unable(why)) => self.leave_open(cause, &why, by),
                Err(refuted) => {
                    self.refuted.get_or_insert(refuted);
                }
            }
        }
    }

    fn leave_open(&mut self, cause: &Cause, why: &str, by: Judging<'_>) {
        let part = UndecidedPart {
            subject: cause.subject.clone(),
            reason: "judge-unable".to_owned(),
            detail: format!("{} ({why})", cause.message),
        };
        self.open.push(open(&part, Reach::One(cause.rule), by.within));
        self.record.undecided.push(part);
    }
}

pub(crate) fn open(part: &UndecidedPart, reach: Reach, within: &RepoPath) -> Open {
    let UndecidedPart { subject, reason, detail } = part;
    let reason = if subject == within.as_str() {
        detail.clone()
    } else {
        format!("`{subject}` of `{within}`: {reason}: {detail}")
    };
    Open { reach, undecided: Undecided { subject: subject.clone(), reason } }
}

/// What is read in two ways at head and was not so at base.
fn ambiguities(base: &Read, head: &Read) -> Vec<Cause> {
    let key = |it: &ReadingNote| (it.pointer.clone(), it.here.clone(), it.elsewhere.clone());
    let mut old: BTreeMap<_, usize> = BTreeMap::new();
    for it in &base.notes {
        *old.entry(key(it)).or_default() += 1;
    }
    let mut causes = Vec::new();
    for note in &head.notes {
        match old.get_mut(&key(note)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => causes.push(ambiguity(note, head)),
        }
    }
    causes
}

fn ambiguity(note: &ReadingNote, head: &Read) -> Cause {
    let file = head.contract.files.iter().position(|it| it.path == note.path).unwrap_or(0);
    let file = contracts::FileId(u32::try_from(file).unwrap_or(0));
    let rule = Rule::AmbiguousDocument;
    Cause {
        rule,
        level: rule.level(),
        subject: format!("{}#{}", note.path, note.pointer),
        message: note.message.clone(),
        remedy: "write it so that every reader reads the same".to_owned(),
        operations: Vec::new(),
        head: Some(Spot { file, pointer: note.pointer.clone() }),
        base: None,
        evidence: Evidence::Readings { here: note.here.clone(), elsewhere: note.elsewhere.clone() },
    }
}
