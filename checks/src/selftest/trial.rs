use std::{collections::BTreeSet, sync::Arc};

use kernel::{RepoPath, Verdict};
use snapshot::Snapshot;

use crate::{
    gates,
    policy::Selection,
    report::{FindingRecord, Report, VerdictRecord},
    rule::Rule,
    rule_page::{Mutation, MutationAction},
    run::{Base, RunError, Settings, World, read_policy, run},
    selftest::{
        Mutant, Options,
        edit::{Edits, edits_of},
        subject::{Words, candidates, filled},
    },
};

/// One mutation of one rule, and where it is tried.
pub(crate) struct Trial<'a> {
    pub(crate) rule: &'static dyn Rule,
    pub(crate) title: &'a str,
    pub(crate) mutations: Vec<&'a Mutation>,
    pub(crate) head: &'a Arc<Snapshot>,
    pub(crate) options: &'a Options,
}

/// Both revisions of a mutant.
struct Sides {
    base: Arc<Snapshot>,
    head: Arc<Snapshot>,
    changed: BTreeSet<RepoPath>,
}

impl Trial<'_> {
    /// Tries the mutation on one subject after the other, until the rule sees it.
    pub(crate) fn run(&self) -> Result<Mutant, RunError> {
        let info = self.rule.info();
        let mut mutant = Mutant {
            gate: info.gate,
            rule: info.id,
            mutation: self.title.to_owned(),
            path: self.path(),
            killed: false,
            got: Vec::new(),
            complaint: None,
        };
        let today = Words::from([("today", self.options.now.date().to_string())]);
        let planted = self.edits(self.head, &today, |it| it == MutationAction::Subject);
        let planted = planted.unwrap_or_default();
        let base = Arc::new(self.head.with(&planted));
        let before = self.judge(&base, &base);
        let before = match before {
            Ok(report) => report,
            Err(err) => {
                mutant.complaint = Some(err.to_string());
                return Ok(mutant);
            }
        };
        for words in self.subjects(&base, &planted)? {
            let Some(sides) = self.mutate(&base, &words) else { continue };
            match self.judge(&sides.head, &sides.base) {
                Ok(after) => mutant.compare(&before, &after, &sides),
                Err(err) => mutant.complaint = Some(err.to_string()),
            }
            if mutant.killed {
                break;
            }
        }
        Ok(mutant)
    }

    fn path(&self) -> String {
        let is_edit = |it: &&&Mutation| it.action != MutationAction::Subject;
        self.mutations.iter().find(is_edit).map_or_else(String::new, |it| it.path.to_string())
    }

    /// The subjects to try; one empty one if the mutation names none.
    fn subjects(&self, base: &Arc<Snapshot>, planted: &Edits) -> Result<Vec<Words>, RunError> {
        let today = Words::from([("today", self.options.now.date().to_string())]);
        if self.mutations.iter().all(|it| filled(&it.text, &today).is_some()) {
            return Ok(vec![today]);
        }
        let world = World { repository: None, head: Arc::clone(base), base: Base::Declined };
        let policy = read_policy(&world, &self.settings())?;
        Ok(candidates(base, planted, &policy, self.options))
    }

    /// The edits of some of the mutations; nothing if a word of theirs has no meaning here.
    fn edits(
        &self,
        on: &Snapshot,
        words: &Words,
        is_meant: impl Fn(MutationAction) -> bool,
    ) -> Option<Edits> {
        let mut edits = Edits::new();
        for it in self.mutations.iter().filter(|it| is_meant(it.action)) {
            let text = filled(&it.text, words)?;
            let mutation = Mutation { text, ..Mutation::clone(it) };
            let so_far = on.with(&edits);
            edits.extend(edits_of(&mutation, &so_far, &self.options.config));
        }
        Some(edits)
    }

    fn mutate(&self, unmutated: &Arc<Snapshot>, words: &Words) -> Option<Sides> {
        let is_at_head = |it| !matches!(it, MutationAction::Subject | MutationAction::Base);
        let at_head = self.edits(unmutated, words, is_at_head)?;
        let at_base = self.edits(unmutated, words, |it| it == MutationAction::Base)?;
        let changed = at_head.keys().chain(at_base.keys()).cloned().collect();
        let base = Arc::new(unmutated.with(&at_base));
        Some(Sides { base, head: Arc::new(unmutated.with(&at_head)), changed })
    }

    /// The gate `policy` is tried as CI runs it; elsewhere head's policy holds, which a mutation
    /// may have to loosen.
    fn settings(&self) -> Settings {
        let gate = self.rule.info().gate;
        let mut settings = Settings::alone(&self.options.config, self.options.now);
        settings.selection = Selection { gates: vec![gate.to_owned()], ..Selection::default() };
        if gate == gates::POLICY {
            // The rules of the policy judge what other gates ask for.
            settings.selection = Selection::default();
        }
        settings.is_strict = gate == gates::POLICY;
        settings.is_live = self.mutations.iter().any(|it| it.is_live);
        settings
    }

    fn judge(&self, head: &Arc<Snapshot>, base: &Arc<Snapshot>) -> Result<Report, RunError> {
        let base = Base::Found { commit: "0".repeat(40), snapshot: Arc::clone(base) };
        let world = World { repository: None, head: Arc::clone(head), base };
        Ok(run(&world, &self.settings())?.report)
    }
}

impl Mutant {
    fn compare(&mut self, before: &Report, after: &Report, sides: &Sides) {
        let old: BTreeSet<&str> = before.findings().map(|it| it.fingerprint.as_str()).collect();
        let is_new = |it: &&FindingRecord| !old.contains(it.fingerprint.as_str());
        // What is missing has no place that could have been changed.
        let is_mutated =
            |path: &str| sides.changed.contains(path) || sides.head.kind(path).is_none();
        let is_here = |it: &FindingRecord| {
            let shown = it.witness.get("path").and_then(serde_json::Value::as_str);
            let related = it.related.iter().map(|it| it.path.as_str());
            related.chain([it.path.as_str()]).chain(shown).any(is_mutated)
        };
        let reason_of = |rule: &str| {
            before.verdicts.iter().find(|it| it.rule == rule).and_then(|it| it.reason.clone())
        };
        let is_newly_undecided = |it: &VerdictRecord| {
            let reason = it.reason.clone().filter(|_| it.verdict == Verdict::Undecided);
            reason.is_some() && reason != reason_of(it.rule)
        };
        let saw = |it: &&VerdictRecord| {
            it.findings.iter().any(|it| is_new(&it)) || is_newly_undecided(it)
        };
        self.got = after.verdicts.iter().filter(saw).map(|it| it.rule).collect();
        let Some(own) = after.verdicts.iter().find(|it| it.rule == self.rule) else { return };
        let is_found = own.findings.iter().filter(is_new).any(is_here);
        // Some rules can only be undecided: then the reason names the mutated file, or there is a
        // question that nobody had before.
        let is_undecided = own.findings.is_empty() && is_newly_undecided(own);
        self.killed = is_found || is_undecided;
    }
}
