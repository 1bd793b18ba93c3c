use serde::Serialize;
use serde_json::Value;

/// A counterexample that a stranger can replay against the documents in dispute.
pub trait Witness: Serialize {
    /// The kind, as reports name it.
    const KIND: &'static str;
    /// What the witness speaks about.
    type World: ?Sized;
    /// Does the fault show? Shares no code with the search that found the witness.
    fn replay(&self, world: &Self::World) -> bool;
}

/// A witness that held when it was replayed. Its private fields are the whole point.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirmed {
    kind: &'static str,
    body: Value,
}

/// A witness that did not hold: a bug of ours, and no answer may be given.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("internal error: this `{kind}` does not replay: {body}; please report it with this line")]
pub struct Refuted {
    /// The kind of witness.
    pub kind: &'static str,
    /// What the search claimed.
    pub body: Value,
}

impl Confirmed {
    /// Replays the witness; there is no other way to get a `Confirmed`.
    pub fn by_replay<W: Witness>(witness: &W, world: &W::World) -> Result<Self, Refuted> {
        let body = serde_json::to_value(witness).unwrap_or(Value::Null);
        if body.is_object() && witness.replay(world) {
            Ok(Self { kind: W::KIND, body })
        } else {
            Err(Refuted { kind: W::KIND, body })
        }
    }

    /// The kind of witness.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The members of the witness, without its kind.
    #[must_use]
    pub fn body(&self) -> &Value {
        &self.body
    }

    /// The witness as reports show it: its members and `kind`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut value = self.body.clone();
        if let Some(members) = value.as_object_mut() {
            members.insert("kind".to_owned(), Value::from(self.kind));
        }
        value
    }
}
