//! Recomputes a proof: everything that can be, offline, from the tree at hand.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Digest, RepoPath, Timestamp, Undecided, canonical_json};
use serde::Serialize;
use serde_json::Value;
use snapshot::Snapshot;

use crate::{
    gates::{CONTRACT_GATE, Gate},
    policy::Selection,
    proof::{Form, render_text, statement},
    route_audit::predicate::PROOF_RULES,
    rules::RULES,
    run::{Base, RunError, Settings, World, run},
};

/// The rule whose verdict rests on the network.
const LIVE_RULE: &str = "live-head-differs";
/// Where a statement says how the audit ended.
const RESULT: &str = "/predicate/verificationResult";

/// Both halves of a proof, as found.
#[derive(Debug, Clone, Default)]
pub struct Pair {
    /// The common name, without folder and ending.
    pub stem: String,
    /// The text.
    pub text: Option<String>,
    /// The statement.
    pub statement: Option<String>,
}

/// The tree that a proof is compared with.
pub struct Tree<'a> {
    /// The files at hand.
    pub head: &'a Arc<Snapshot>,
    /// Finds the base that a proof names.
    pub base: &'a dyn Fn(&str) -> Option<Arc<Snapshot>>,
    /// Where the policy lies.
    pub config: &'a RepoPath,
}

/// What became of a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// `PASSED`, `FAILED`, `UNDECIDED`; none if the statement does not say.
    pub result: Option<String>,
    /// Why it is not valid; nothing if it is.
    pub reasons: Vec<Reason>,
    /// It has a live section, which cannot be checked again.
    #[serde(skip)]
    pub has_live: bool,
}

/// One thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The code.
    pub code: &'static str,
    /// The file it is about.
    pub subject: String,
    /// What the proof says, or what must be.
    pub expected: Option<String>,
    /// What is.
    pub found: Option<String>,
}

/// Why a proof can be neither accepted nor refused.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The proof compares with a commit that is not here.
    #[error(
        "the proof was made against base `{0}`, which is not in this clone; fetch it (`fetch-depth: 0`, or `git fetch --deepen`)"
    )]
    NoBase(String),
    /// The audit cannot be run again.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl Verified {
    /// Is nothing wrong with it? That says nothing about health: a valid proof may say RED.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// Checks a proof in every way that needs no signature.
pub fn verify(pair: &Pair, gate: &Gate, tree: &Tree<'_>) -> Result<Verified, VerifyError> {
    let mut reasons = Vec::new();
    let missing = |ending: &str| Reason {
        code: "statement-missing",
        subject: format!("{}{ending}", pair.stem),
        expected: Some("a file".to_owned()),
        found: None,
    };
    let Some(bytes) = &pair.statement else {
        let reasons = vec![missing(".intoto.json")];
        return Ok(Verified { result: None, reasons, has_live: false });
    };
    if pair.text.is_none() {
        reasons.push(missing(".txt"));
    }
    let digest = Digest::of(bytes.as_bytes());
    reasons.extend(pair.text.as_deref().and_then(|it| digest_in_text(it, pair, digest)));
    let predicate_type = Form::of(gate.id).map_or("", |it| it.predicate_type);
    let parsed = well_formed(bytes, predicate_type);
    let Some((stated, at)) = parsed else {
        let subject = format!("{}.intoto.json", pair.stem);
        let expected = Some(predicate_type.to_owned());
        reasons.push(Reason { code: "statement-malformed", subject, expected, found: None });
        return Ok(Verified { result: None, reasons, has_live: false });
    };
    let name = format!("{}-{}", gate.proof_name.unwrap_or(gate.id), at.compact());
    if name != pair.stem {
        reasons.push(reason("name-time-mismatch", &pair.stem, Some(&name), Some(&pair.stem)));
    }
    let mut fresh = fresh_statement(&stated, at, gate, tree)?.unwrap_or(Value::Null);
    take_live_over(&stated, &mut fresh);
    differences(&stated, &fresh, pair, &mut reasons);
    if let Some(text) = &pair.text {
        let is_same =
            [false, true].iter().any(|it| render_text(&stated, &pair.stem, digest, *it) == *text);
        if !is_same {
            let found = Digest::of(text.as_bytes()).to_string();
            let expected = render_text(&stated, &pair.stem, digest, false);
            let expected = Digest::of(expected.as_bytes()).to_string();
            let subject = format!("{}.txt", pair.stem);
            reasons.push(reason("text-differs", &subject, Some(&expected), Some(&found)));
        }
    }
    let result = member(&stated, "/predicate/verificationResult").map(str::to_owned);
    let has_live = stated.pointer("/predicate/live").is_some_and(|it| !it.is_null());
    Ok(Verified { result, reasons, has_live })
}

fn reason(
    code: &'static str,
    subject: &str,
    expected: Option<&str>,
    found: Option<&str>,
) -> Reason {
    let owned = |it: Option<&str>| it.map(str::to_owned);
    Reason { code, subject: subject.to_owned(), expected: owned(expected), found: owned(found) }
}

fn member<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer)?.as_str()
}

fn digest_in_text(text: &str, pair: &Pair, digest: Digest) -> Option<Reason> {
    let told = text.lines().find_map(|it| it.strip_prefix("statement-sha256: "));
    let digest = digest.to_string();
    let subject = format!("{}.intoto.json", pair.stem);
    let mismatch = || reason("statement-digest-mismatch", &subject, told, Some(&digest));
    (told != Some(digest.as_str())).then(mismatch)
}

/// The statement, if it is canonical and of the known types, and its instant.
fn well_formed(bytes: &str, predicate_type: &str) -> Option<(Value, Timestamp)> {
    let stated: Value = serde_json::from_str(bytes).ok()?;
    let is_known = member(&stated, "/predicateType") == Some(predicate_type)
        && member(&stated, "/_type") == Some("https://in-toto.io/Statement/v1");
    let text = member(&stated, "/predicate/timeVerified")?;
    let at: Timestamp = text.parse().ok()?;
    (is_known && at.to_string() == text && canonical_json(&stated) == *bytes)
        .then_some((stated, at))
}

/// The audit run again on the tree at hand, at the instant of the proof.
///
/// A proof made under the stricter of two policies is recomputed so, if its base is here.
fn fresh_statement(
    stated: &Value,
    at: Timestamp,
    gate: &Gate,
    tree: &Tree<'_>,
) -> Result<Option<Value>, VerifyError> {
    let base = member(stated, "/predicate/base");
    let older = base.and_then(|it| Some((it.to_owned(), (tree.base)(it)?)));
    let of = |is_strict: bool, older: Option<(String, Arc<Snapshot>)>| {
        let base = older.map_or_else(
            || without_base(stated, gate),
            |(commit, snapshot)| Base::Found { commit, snapshot },
        );
        let world = World { repository: None, head: Arc::clone(tree.head), base };
        let finished = run(&world, &settings(tree, at, gate, is_strict))?;
        let is_compared = Form::of(gate.id).is_some_and(|it| it.needs_base);
        let needs_base = is_compared || has_new_only(&finished.policy, gate);
        Ok::<_, RunError>((statement::statement(&finished, gate), needs_base))
    };
    let (fresh, needs_base) = of(false, older.clone())?;
    if let (true, Some(base), None) = (needs_base, base, &older) {
        return Err(VerifyError::NoBase(base.to_owned()));
    }
    let policy = |it: &Value| member(it, "/predicate/policy/digest/sha256").map(str::to_owned);
    let is_same_policy = fresh.as_ref().and_then(policy) == policy(stated);
    if is_same_policy || older.is_none() {
        return Ok(fresh);
    }
    let (strict, _) = of(true, older)?;
    let is_strict_policy = strict.as_ref().and_then(policy) == policy(stated);
    Ok(if is_strict_policy { strict } else { fresh })
}

/// A run that had no base said why in its verdicts, unless it was declined.
fn without_base(stated: &Value, gate: &Gate) -> Base {
    let verdicts = stated.pointer("/predicate/verdicts").and_then(Value::as_array);
    let mut open = verdicts
        .into_iter()
        .flatten()
        .filter(|it| member(it, "/verdict") == Some("undecided") && gate.id == CONTRACT_GATE);
    let reason = open.find_map(|it| member(it, "/reason"));
    reason.map_or(Base::Declined, |reason| {
        Base::Missing(Undecided { subject: "base".to_owned(), reason: reason.to_owned() })
    })
}

fn has_new_only(policy: &crate::policy::Policy, gate: &Gate) -> bool {
    let rules = RULES.iter().map(|it| it.info()).filter(|it| it.gate == gate.id);
    rules.into_iter().any(|it| policy.config.is_new_only(gate.id, it.id))
}

fn settings(tree: &Tree<'_>, now: Timestamp, gate: &Gate, is_strict: bool) -> Settings {
    let rules = RULES.iter().map(|it| it.info()).filter(|it| it.gate == gate.id);
    let rules = rules.map(|it| it.id).filter(|it| !PROOF_RULES.contains(it));
    let rules = rules.map(str::to_owned).collect();
    let selection = Selection { rules, ..Selection::default() };
    Settings { selection, is_strict, ..Settings::alone(tree.config, now) }
}

/// The verdict on live heads cannot be recomputed: it is taken as recorded, with what it does to
/// the result. Everything else is not touched, so a false live verdict makes a proof worse only.
fn take_live_over(stated: &Value, fresh: &mut Value) {
    let list = "/predicate/verdicts";
    let is_live = |it: &Value| member(it, "/rule") == Some(LIVE_RULE);
    let recorded = stated.pointer(list).and_then(Value::as_array);
    let recorded = recorded.and_then(|it| it.iter().find(|it| is_live(it))).cloned();
    let Some(recorded) = recorded else { return };
    let result = match (member(&recorded, "/verdict"), member(fresh, RESULT)) {
        (Some("red"), _) | (_, Some("FAILED")) => "FAILED",
        (Some("undecided"), _) | (_, Some("UNDECIDED")) => "UNDECIDED",
        _ => "PASSED",
    };
    if let Some(it) = fresh.pointer_mut(RESULT) {
        *it = Value::from(result);
    }
    let verdicts = fresh.pointer_mut(list).and_then(Value::as_array_mut);
    if let Some(it) = verdicts.and_then(|it| it.iter_mut().find(|it| is_live(it))) {
        *it = recorded;
    }
}

/// Compares what the proof says with what is.
fn differences(stated: &Value, fresh: &Value, pair: &Pair, reasons: &mut Vec<Reason>) {
    let (said, is) = (documents(stated, "/subject"), documents(fresh, "/subject"));
    for name in said.keys().chain(is.keys().filter(|it| !said.contains_key(*it))) {
        let code = match (said.get(name), is.get(name)) {
            (Some(said), Some(is)) if said == is => continue,
            (Some(_), Some(_)) => "config-changed",
            (Some(_), None) => "config-removed",
            (None, _) => "config-added",
        };
        reasons.push(reason(code, name, said.get(name).copied(), is.get(name).copied()));
    }
    let list = "/predicate/materials";
    let (said, is) = (documents(stated, list), documents(fresh, list));
    for name in said.keys().chain(is.keys().filter(|it| !said.contains_key(*it))) {
        if said.get(name) != is.get(name) {
            let (said, is) = (said.get(name).copied(), is.get(name).copied());
            reasons.push(reason("material-changed", name, said, is));
        }
    }
    let statement = format!("{}.intoto.json", pair.stem);
    let parts =
        [("policy-changed", "/predicate/policy"), ("command-changed", "/predicate/deployCommands")];
    for (code, pointer) in parts {
        let [said, is] = [stated, fresh].map(|it| digest_of(it.pointer(pointer)));
        if said != is {
            reasons.push(reason(code, &statement, Some(&said), Some(&is)));
        }
    }
    let [said, is] = [stated, fresh].map(|it| digest_of(Some(&what_must_agree(it))));
    if said != is {
        reasons.push(reason("result-differs", &statement, Some(&said), Some(&is)));
    }
}

fn documents<'a>(statement: &'a Value, pointer: &str) -> BTreeMap<&'a str, &'a str> {
    let list = statement.pointer(pointer).and_then(Value::as_array);
    let pair = |it: &'a Value| Some((member(it, "/name")?, member(it, "/digest/sha256")?));
    list.into_iter().flatten().filter_map(pair).collect()
}

fn digest_of(value: Option<&Value>) -> String {
    Digest::of(canonical_json(value.unwrap_or(&Value::Null)).as_bytes()).to_string()
}

/// A statement without who, when, against what, and what was live.
fn what_must_agree(statement: &Value) -> Value {
    let mut statement = statement.clone();
    if let Some(predicate) = statement.pointer_mut("/predicate").and_then(Value::as_object_mut) {
        for name in ["timeVerified", "verifier", "base", "live"] {
            predicate.remove(name);
        }
    }
    statement
}
