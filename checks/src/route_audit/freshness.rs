//! Is there a proof of the route audit at head, and does it still hold?

use std::{cell::LazyCell, sync::Arc};

use kernel::{Digest, RepoPath, Stop, Undecided};
use snapshot::Snapshot;

use crate::{
    config::RequireProof,
    context::{Context, Older, Reader, Scope},
    gates::{self, Gate},
    proof::{self, Pair, Tree, Verified},
    route_audit::predicate,
    run::{Base, Settings, World, read_policy},
};

/// What the two rules on proofs judge.
pub enum Freshness {
    /// The policy, or the lack of a change, asks for no proof.
    NotAsked,
    /// There is none; the digest of what one would be about.
    Missing(Digest),
    /// The newest one, recomputed.
    Newest {
        /// Both halves.
        pair: Box<Pair>,
        /// What became of it.
        verified: Verified,
    },
}

/// Looks for the newest proof at head and recomputes it, if the policy asks for one.
pub fn freshness(cx: &Context<'_>) -> Result<Freshness, Stop> {
    let gate = gates::find(gates::ROUTE_AUDIT).ok_or_else(|| Stop::Off(String::new()))?;
    let head = cx.head().snapshot();
    // Digests of all inputs, which nobody needs where no proof is asked for.
    let inputs = LazyCell::new(|| predicate::inputs(cx.scope, cx.policy));
    let is_asked = match cx.policy.config.route_audit.require_proof {
        RequireProof::Never => false,
        RequireProof::Always => !inputs.subjects.is_empty() || has_configs_at_base(cx),
        RequireProof::OnChange => {
            let older = base_inputs(cx)?;
            let is_about_something = !inputs.subjects.is_empty() || !older.subjects.is_empty();
            is_about_something && older.digest() != inputs.digest()
        }
    };
    if !is_asked {
        return Ok(Freshness::NotAsked);
    }
    let Some(stem) = proof::newest(head, gate.proof_name.unwrap_or(gate.id)) else {
        return Ok(Freshness::Missing(inputs.digest()));
    };
    let pair = read_pair(head, &stem);
    let verified = verify_here(cx, gate, &pair)?;
    Ok(Freshness::Newest { pair: Box::new(pair), verified })
}

fn has_configs_at_base(cx: &Context<'_>) -> bool {
    base_inputs(cx).is_ok_and(|it| !it.subjects.is_empty())
}

/// What a proof of base would have been about, under base's own policy.
fn base_inputs(cx: &Context<'_>) -> Result<proof::Inputs, Stop> {
    let base = cx.base()?.snapshot();
    let world = World { repository: None, head: Arc::clone(base), base: Base::Declined };
    let settings = Settings::alone(&cx.policy.path, cx.now);
    let policy = read_policy(&world, &settings).map_err(|err| {
        let reason = format!("base's policy is not known: {err}");
        Stop::Undecided(Undecided { subject: cx.policy.path.to_string(), reason })
    })?;
    let scope = Scope::new(Reader::new(base, kernel::Side::Head), Older::Declined);
    Ok(predicate::inputs(&scope, &policy))
}

/// Both halves of a proof as a revision has them.
#[must_use]
pub fn read_pair(snapshot: &Snapshot, stem: &str) -> Pair {
    let half = |ending: &str| {
        let path = RepoPath::new(&format!("{}/{stem}{ending}", proof::FOLDER)).ok()?;
        String::from_utf8(snapshot.bytes(&path).ok()?.to_vec()).ok()
    };
    Pair { stem: stem.to_owned(), text: half(".txt"), statement: half(".intoto.json") }
}

fn verify_here(cx: &Context<'_>, gate: &Gate, pair: &Pair) -> Result<Verified, Stop> {
    let base = cx.scope.base.reader().ok().map(Reader::snapshot);
    let is_named = |commit: &str| {
        let found = base.filter(|it| match it.revision() {
            snapshot::Revision::Commit(id) => id.to_string() == commit,
            snapshot::Revision::Worktree => false,
        });
        found.map(Arc::clone)
    };
    let tree = Tree { head: cx.head().snapshot(), base: &is_named, config: &cx.policy.path };
    proof::verify(pair, gate, &tree).map_err(|err| {
        let subject = format!("{}/{}.txt", proof::FOLDER, pair.stem);
        Stop::Undecided(Undecided { subject, reason: err.to_string() })
    })
}
