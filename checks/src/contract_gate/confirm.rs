//! Every finding needs a witness that was replayed; here the kinds of evidence meet their judges.

use std::cell::OnceCell;

use contracts::{
    Evidence,
    judge::{self, Ruling, World},
};
use kernel::{Confirmed, Refuted, Witness};
use serde_json::{Value, json};

use crate::{
    contract_gate::witness::{RawTexts, RejectedKeyword, SdkSymbol, TextPair, TwoReadings},
    report::RevisionRecord,
};

/// What the judge says of a piece of evidence.
pub(crate) enum Judged {
    /// It shows what it claims.
    Confirmed(Confirmed),
    /// Nobody can tell. One sentence says why.
    Unable(String),
}

/// Both revisions of a contract, as witnesses are judged against them.
pub(crate) struct Court {
    /// The raw texts.
    pub(crate) texts: RawTexts,
    /// What the judge has to know of the policy.
    pub(crate) settings: judge::Settings,
    /// What both sides are called, for whoever has to reproduce a mistake of ours.
    pub(crate) parties: [Option<RevisionRecord>; 2],
    world: OnceCell<World>,
}

impl Court {
    pub(crate) fn new(
        texts: RawTexts,
        settings: judge::Settings,
        parties: [Option<RevisionRecord>; 2],
    ) -> Self {
        Self { texts, settings, parties, world: OnceCell::new() }
    }

    fn world(&self) -> &World {
        self.world.get_or_init(|| {
            let texts = |files: &[_]| judge::Texts::new(files.to_vec());
            World::new(texts(&self.texts.base), texts(&self.texts.head), self.settings)
        })
    }

    /// Replays a piece of evidence, made as small as the judge still confirms.
    pub(crate) fn judge(&self, evidence: &Evidence) -> Result<Judged, Refuted> {
        match evidence {
            Evidence::Instance(it) => {
                let world = self.world();
                self.ruled(world.rule_instance(it), it, || world.shrink_instance(it))
            }
            Evidence::Exchange(it) => {
                let world = self.world();
                let ruling = match world.rule_exchange(it) {
                    // Parts of an exchange are samples. One that its own side refuses shows nothing,
                    // for the finding or against it; one that both sides take is our mistake.
                    Ruling::Contradicted(why) if !world.takes_exchange(it) => {
                        Ruling::Unable(format!("no exchange could be made up that shows it: {why}"))
                    }
                    told @ (Ruling::Confirmed | Ruling::Contradicted(_) | Ruling::Unable(_)) => {
                        told
                    }
                };
                self.ruled(ruling, it, || world.shrink_exchange(it))
            }
            Evidence::Symbol { base, head } => {
                self.seen(&SdkSymbol { base: base.clone(), head: head.clone() })
            }
            Evidence::Texts { base, head } => {
                self.seen(&TextPair { base: base.clone(), head: head.clone() })
            }
            Evidence::Rejected { pointer, keyword, value } => self.seen(&RejectedKeyword {
                pointer: pointer.as_str().to_owned(),
                keyword: keyword.clone(),
                value: value.clone(),
            }),
            Evidence::Readings { here, elsewhere } => {
                self.seen(&TwoReadings { here: here.clone(), elsewhere: elsewhere.clone() })
            }
        }
    }

    fn ruled<W: Witness<World = World>>(
        &self,
        ruling: Ruling,
        witness: &W,
        shrink: impl FnOnce() -> W,
    ) -> Result<Judged, Refuted> {
        match ruling {
            Ruling::Confirmed => {
                let confirmed = Confirmed::by_replay(&shrink(), self.world());
                let confirmed = confirmed.or_else(|_| Confirmed::by_replay(witness, self.world()));
                confirmed.map(Judged::Confirmed).map_err(|it| self.refuted(&it, ""))
            }
            Ruling::Unable(why) => Ok(Judged::Unable(why)),
            Ruling::Contradicted(why) => {
                let body = serde_json::to_value(witness).unwrap_or(Value::Null);
                Err(self.refuted(&Refuted { kind: W::KIND, body }, &why))
            }
        }
    }

    fn seen<W: Witness<World = RawTexts>>(&self, witness: &W) -> Result<Judged, Refuted> {
        let confirmed = Confirmed::by_replay(witness, &self.texts);
        confirmed.map(Judged::Confirmed).map_err(|it| self.refuted(&it, ""))
    }

    /// Names both documents: without them nobody can look into it.
    fn refuted(&self, refuted: &Refuted, why: &str) -> Refuted {
        let [base, head] = &self.parties;
        let body =
            json!({"base": base, "head": head, "witness": refuted.body, "contradicted": why});
        Refuted { kind: refuted.kind, body }
    }
}
