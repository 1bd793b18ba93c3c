//! Consumers of SDKs: the files at head that import one, compiled against what base's contract
//! yields and against what head's yields.
//!
//! Nothing is written into the repository and nothing that git tracks is executed. Whatever keeps
//! the compiler from an answer is told as undecided, project by project.

mod blame;
mod changes;
mod compile;
mod compiler;
mod diagnostics;
mod imports;
mod layout;
mod pairs;
mod project;
mod telling;
mod tsconfig;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use kernel::{Level, Outcome, RepoPath, Stop, Undecided};

use crate::{
    context::{Context, Reader},
    contract_gate::ContractGlobs,
    report::text::counted,
    run::parallel::parallel,
    sdk_sync::{
        consumers::{
            imports::specifiers,
            layout::is_foreign,
            pairs::{Pair, pairs},
            project::{Compared, Means, Project},
            telling::Telling,
            tsconfig::config_of,
        },
        sdks::Sdks,
    },
};

/// What may import types.
const ENDINGS: [&str; 4] = [".ts", ".tsx", ".mts", ".cts"];

/// What consumers were compiled with, and what there is to say besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Compiled {
    /// Names and versions.
    pub(crate) compilers: Vec<String>,
    /// Sentences for the report.
    pub(crate) notes: Vec<String>,
}

/// Compiles all consumers of SDKs that changed.
pub(crate) fn check(cx: &Context<'_>, sdks: &Sdks, level: Level) -> Result<Outcome, Stop> {
    let (head, base) = (cx.head(), cx.base()?);
    let gate = &cx.policy.config.sdk_sync;
    let pairs = pairs((head, base), sdks, &cx.policy.config);
    let mut outcome = Outcome { undecided: sdks.undecided(), ..Outcome::default() };
    if !pairs.iter().any(|it| it.is_changed || it.unread.is_some()) {
        return Ok(outcome);
    }
    let outs: Vec<String> = pairs.iter().map(|it| it.out.clone()).collect();
    let globs = ContractGlobs::new(&gate.consumers);
    let is_candidate = |it: &&RepoPath| {
        ENDINGS.iter().any(|ending| it.as_str().ends_with(ending))
            && globs.takes(it)
            && !is_foreign(it, &outs)
    };
    let files: Vec<&RepoPath> = head.files().filter(is_candidate).collect();
    let consumers = consumers(head, &files, &pairs, &mut outcome.undecided);
    let means = Means {
        head,
        pairs: &pairs,
        outs: &outs,
        typescript: cx.scope.typescript(),
        limit: Duration::from_secs(gate.consumer_seconds),
        jobs: cx.scope.jobs(),
    };
    let projects = projects(head, consumers);
    let compared = parallel(cx.scope.jobs(), &projects, |it| it.compare(&means));
    let mut compiled = Compiled::default();
    let mut telling = Telling::new(&pairs, level);
    for (project, compared) in projects.iter().zip(compared) {
        match compared {
            Ok(compared) => {
                outcome.examined += project.consumers.len();
                compiled.note(project, &compared);
                telling.add(project, &compared, &mut outcome);
            }
            Err(reason) => outcome.undecided.push(open(project, &reason)),
        }
    }
    compiled.compilers.sort();
    compiled.compilers.dedup();
    cx.scope.note_compiled(compiled);
    Ok(outcome)
}

impl Compiled {
    fn note(&mut self, project: &Project, compared: &Compared) {
        self.compilers.push(format!("typescript {}", compared.version));
        if compared.n_older > 0 {
            self.notes.push(format!(
                "`{}` has {} with base's SDK too; they are not counted",
                project.name(),
                counted(compared.n_older, "error")
            ));
        }
    }
}

fn open(project: &Project, reason: &str) -> Undecided {
    let subject = project.name();
    let reason = format!("whether `{subject}` still compiles is not known: {reason}");
    Undecided { subject, reason }
}

/// The files that import an SDK that changed.
fn consumers(
    head: &Reader<'_>,
    files: &[&RepoPath],
    pairs: &[Pair<'_>],
    undecided: &mut Vec<Undecided>,
) -> Vec<RepoPath> {
    let mut found = Vec::new();
    let mut open: BTreeSet<&Undecided> = BTreeSet::new();
    for path in files {
        let bytes = match head.bytes(path) {
            Ok(bytes) => bytes,
            Err(err) => {
                undecided.push(err);
                continue;
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let names = specifiers(&text);
        let is_used = |it: &&Pair<'_>| names.iter().any(|name| it.is_meant(path.folder(), name));
        let used: Vec<&Pair<'_>> = pairs.iter().filter(is_used).collect();
        open.extend(used.iter().filter_map(|it| it.unread.as_ref()));
        if used.iter().any(|it| it.is_changed) {
            found.push(RepoPath::clone(path));
        }
    }
    undecided.extend(open.into_iter().cloned());
    found
}

/// Does a file import something of a kind?
fn imports_any(bytes: &[u8], is_meant: impl Fn(&str) -> bool) -> bool {
    let text = String::from_utf8_lossy(bytes);
    specifiers(&text).into_iter().any(is_meant)
}

/// The consumers by the configuration that they belong to.
fn projects(head: &Reader<'_>, consumers: Vec<RepoPath>) -> Vec<Project> {
    let mut groups: BTreeMap<Option<RepoPath>, BTreeSet<RepoPath>> = BTreeMap::new();
    for path in consumers {
        groups.entry(config_of(head, &path)).or_default().insert(path);
    }
    let project = |(config, consumers): (_, BTreeSet<_>)| Project {
        config,
        consumers: consumers.into_iter().collect(),
    };
    groups.into_iter().map(project).collect()
}
