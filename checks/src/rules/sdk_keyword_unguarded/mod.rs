use kernel::{Confirmed, Finding, Level, Outcome, Place, RuleInfo, Side, Stop, Undecided};
use sdk_gen::{Note, NoteCode};

use crate::{
    context::Context,
    gates,
    rule::Rule,
    sdk_sync::{
        making::Made,
        sdks,
        unguarded::{Shown, show},
    },
};

/// No more keywords of one contract are looked into.
const MOST_NOTES: usize = 50;

/// A guard takes a value that the contract refuses.
pub(crate) struct SdkKeywordUnguarded;

impl Rule for SdkKeywordUnguarded {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "sdk-keyword-unguarded",
            gate: gates::SDK_SYNC,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[],
            summary: "A guard takes a value that the contract refuses.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let sdks = sdks(cx)?;
        let mut outcome = Outcome { examined: sdks.sdks.len(), ..Outcome::default() };
        for sdk in &sdks.sdks {
            let is_meant = |it: &&Note| it.code == NoteCode::KeywordUnguarded;
            let notes: Vec<&Note> = sdk.made.plan.notes.iter().filter(is_meant).collect();
            outcome.omitted += notes.len().saturating_sub(MOST_NOTES);
            let wanted: Vec<_> =
                notes.iter().map(|it| (it.path.clone(), it.pointer.clone())).collect();
            let places = sdk.made.places(&wanted);
            for (note, key) in notes.into_iter().zip(wanted).take(MOST_NOTES) {
                let place = places.get(&key).cloned();
                let place = place.unwrap_or_else(|| Place::start_of(&note.path));
                tell(cx, &sdk.made, note, place, &mut outcome)?;
            }
        }
        Ok(outcome)
    }
}

/// Shows what a keyword refuses that no guard does, or that nobody can tell.
fn tell(
    cx: &Context<'_>,
    made: &Made,
    note: &Note,
    place: Place,
    outcome: &mut Outcome,
) -> Result<(), Stop> {
    let config = &cx.policy.config;
    let at = (&note.path, &note.pointer);
    let subject = format!("{}#{}", note.path, note.pointer.as_str());
    let found = show(&made.texts, at, &config.contract_gate, config.sdk_sync.formats);
    let (witness, world) = match found {
        Shown::Value(witness, world) => (witness, world),
        Shown::Nothing(why) => {
            let reason = format!("{}: {why}", note.message);
            outcome.undecided.push(Undecided { subject, reason });
            return Ok(());
        }
    };
    outcome.findings.push(Finding {
        place,
        side: Side::Head,
        subject,
        message: format!("no guard keeps `{}`: {}", witness.keyword, note.message),
        remedy: "say it in words that JSON Schema and ECMAScript have, or check it where the value is used".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, &world)?,
        fix: None,
        details: None,
    });
    Ok(())
}
