use kernel::{Digest, Level, Verdict, canonical_json};
use serde_json::{Value, json};

use crate::{
    gates::{self, Gate},
    proof::{Form, named, render_text},
    report::VerdictRecord,
    route_audit::{live::LiveHeads, predicate::PROOF_RULES},
    run::Run,
};

/// The type of every in-toto statement.
const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// A proof before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The common name of both files, without folder and ending.
    pub stem: String,
    /// The statement.
    pub statement: String,
    /// The text for people.
    pub text: String,
}

/// The proof of one gate of a run; nothing if the gate had nothing to read or writes none.
///
/// `is_instant_given` says that the instant was set by an option or variable: the text tells so.
#[must_use]
pub fn seal(run: &Run<'_>, gate: &Gate, is_instant_given: bool) -> Option<Sealed> {
    let statement = statement(run, gate)?;
    let stem = format!("{}-{}", gate.proof_name?, run.now.compact());
    let bytes = canonical_json(&statement);
    let digest = Digest::of(bytes.as_bytes());
    let text = render_text(&statement, &stem, digest, is_instant_given);
    Some(Sealed { stem, statement: bytes, text })
}

/// The statement of one gate of a run.
#[must_use]
pub(crate) fn statement(run: &Run<'_>, gate: &Gate) -> Option<Value> {
    let scope = run.scopes.get(gate.id)?;
    let form = Form::of(gate.id)?;
    let inputs = (form.inputs)(scope, &run.policy);
    if inputs.subjects.is_empty() {
        return None;
    }
    let verdicts: Vec<&VerdictRecord> =
        run.report.verdicts.iter().filter(|it| it.gate == gate.id).collect();
    // A gate that judged nothing has nothing to prove, such as a comparison without a base.
    if verdicts.iter().all(|it| it.verdict == Verdict::Off) {
        return None;
    }
    let mut body = (form.predicate)(run, scope, &verdicts);
    let frame = json!({
        "verifier": {"id": "https://proofmark.dev/checks", "version": run.report.tool.version},
        "timeVerified": run.now,
        "verificationResult": result(&verdicts),
        "base": run.report.base,
        "live": run.live.as_ref().filter(|_| gate.id == gates::ROUTE_AUDIT).map(LiveHeads::to_json),
    });
    if let (Some(body), Value::Object(frame)) = (body.as_object_mut(), frame) {
        body.extend(frame);
    }
    let subject: Vec<Value> =
        inputs.subjects.iter().map(|(name, digest)| named(name, *digest)).collect();
    Some(json!({
        "_type": STATEMENT_TYPE,
        "subject": subject,
        "predicateType": form.predicate_type,
        "predicate": body,
    }))
}

fn result(verdicts: &[&VerdictRecord]) -> &'static str {
    let judged = || verdicts.iter().filter(|it| !PROOF_RULES.contains(&it.rule));
    let is_open = |it: &&&VerdictRecord| {
        it.verdict == Verdict::Undecided && it.level == Level::Deny && !it.is_undecided_waived
    };
    if judged().any(|it| it.verdict == Verdict::Red) {
        "FAILED"
    } else if judged().any(|it| is_open(&it)) {
        "UNDECIDED"
    } else {
        "PASSED"
    }
}
