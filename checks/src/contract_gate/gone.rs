//! Contracts that only one revision has.

use std::sync::Arc;

use contracts::{
    Bump, Contract, Evidence, FileId, Files, Finding as Cause, Limits, Pointer, Rule, Spot, Store,
};
use kernel::{Level, RepoPath, Verdict};
use serde_json::json;

use crate::{
    contract_gate::comparing::{Compared, Judging, Read},
    report::ContractRecord,
};

/// A contract that is gone: what any of its operations promised is broken.
pub(crate) fn removed(store: &mut Store, base: &Read, by: Judging<'_>) -> Compared {
    let nothing = nothing_like(store, base);
    let comparison = contracts::compare(store, &base.contract, &nothing, by.settings);
    let lost: Vec<&Cause> = comparison
        .findings
        .iter()
        .filter(|it| matches!(it.rule, Rule::OperationRemoved | Rule::EventRemoved))
        .collect();
    let level = lost.iter().map(|it| it.level).max().unwrap_or(Level::Note);
    let told = |it: &&&Cause| it.level == level && matches!(it.evidence, Evidence::Exchange(_));
    let evidence = lost.iter().find(told).map(|it| it.evidence.clone());
    let title = title(store, base);
    let evidence = evidence.unwrap_or(Evidence::Texts { base: Some(title), head: None });
    let path = &base.path;
    let cause = Cause {
        rule: Rule::ContractRemoved,
        level: level.min(Rule::ContractRemoved.level()),
        subject: path.to_string(),
        message: format!("the contract `{path}` is gone"),
        remedy: "keep it until its last day: mark its operations `deprecated` with `x-sunset`"
            .to_owned(),
        operations: operations(lost.into_iter()),
        head: None,
        base: Some(whole_file()),
        evidence,
    };
    let bump = if level == Level::Deny { comparison.bump } else { Bump::Minor };
    let mut compared = Compared {
        findings: Vec::new(),
        open: Vec::new(),
        record: ContractRecord {
            base: Some(base.record()),
            head: None,
            verdict: Verdict::Green,
            bump,
            operations: comparison.n_operations,
            schemas: comparison.n_schemas,
            undecided: Vec::new(),
        },
        refuted: None,
        is_time_used: base.names_last_day(),
    };
    compared.tell(store, &[cause], [Some(base), None], by);
    compared
}

/// A contract that is new.
pub(crate) fn added(store: &mut Store, head: &Read, by: Judging<'_>) -> Compared {
    let nothing = nothing_like(store, head);
    let comparison = contracts::compare(store, &nothing, &head.contract, by.settings);
    let new = comparison.findings.iter().filter(|it| it.rule == Rule::OperationAdded);
    let rule = Rule::ContractAdded;
    let path = &head.path;
    let cause = Cause {
        rule,
        level: rule.level(),
        subject: path.to_string(),
        message: format!("the contract `{path}` is new"),
        remedy: "nothing to do: nobody relies on it yet".to_owned(),
        operations: operations(new),
        head: Some(whole_file()),
        base: None,
        evidence: Evidence::Texts { base: None, head: Some(title(store, head)) },
    };
    let mut compared = Compared {
        findings: Vec::new(),
        open: Vec::new(),
        record: ContractRecord {
            base: None,
            head: Some(head.record()),
            verdict: Verdict::Green,
            bump: Bump::Minor,
            operations: comparison.n_operations,
            schemas: comparison.n_schemas,
            undecided: Vec::new(),
        },
        refuted: None,
        is_time_used: head.names_last_day(),
    };
    compared.tell(store, &[cause], [None, Some(head)], by);
    compared
}

/// That a contract has another file name.
pub(crate) fn renamed(base: &RepoPath, head: &RepoPath) -> Cause {
    let rule = Rule::ContractAdded;
    Cause {
        rule,
        level: rule.level(),
        subject: head.to_string(),
        message: format!("the contract `{head}` was `{base}`"),
        remedy: "nothing to do: both were compared as one contract".to_owned(),
        operations: Vec::new(),
        head: Some(whole_file()),
        base: Some(whole_file()),
        evidence: Evidence::Texts { base: Some(base.to_string()), head: Some(head.to_string()) },
    }
}

fn whole_file() -> Spot {
    Spot { file: FileId::ROOT, pointer: Pointer::root() }
}

fn operations<'a>(causes: impl Iterator<Item = &'a Cause>) -> Vec<String> {
    let mut all: Vec<String> = causes.flat_map(|it| it.operations.iter().cloned()).collect();
    all.sort();
    all.dedup();
    all
}

/// What the contract calls itself.
pub(crate) fn title(store: &Store, read: &Read) -> String {
    let root = read.contract.root();
    let title = read.contract.member(store, &root, "info");
    let title = title.and_then(|it| read.contract.member(store, &it, "title"));
    let title = title.and_then(|it| store.as_str(it.node));
    title.map_or_else(|| read.path.to_string(), str::to_owned)
}

/// A contract of the same version and servers that promises nothing.
fn nothing_like(store: &mut Store, read: &Read) -> Contract {
    let member = if read.contract.openapi.starts_with('2') { "swagger" } else { "openapi" };
    let root = read.contract.root().node;
    let kept = ["servers", "host", "basePath", "schemes", "info"];
    let kept: Vec<_> = kept.iter().filter_map(|it| Some((*it, store.get(root, it)?))).collect();
    let kept: Vec<_> = kept.into_iter().map(|(name, it)| (name, store.value(it))).collect();
    let mut value = json!({member: read.contract.openapi, "paths": {}});
    if let Some(members) = value.as_object_mut() {
        members.extend(kept.into_iter().map(|(name, it)| (name.to_owned(), it)));
    }
    let text = One(value.to_string().into_bytes().into());
    let nothing = contracts::read(store, &read.path, &text, &Limits::default());
    nothing.map_or_else(|_| read.contract.clone(), |it| it.0)
}

/// One text, whatever is asked for.
struct One(Arc<[u8]>);

impl Files for One {
    fn read(&self, _path: &RepoPath) -> Result<Arc<[u8]>, String> {
        Ok(Arc::clone(&self.0))
    }
}
