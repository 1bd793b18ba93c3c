use crate::{NodeId, Pointer, Store, reading::role::Role, store::TextId};

/// Ways into documents, each as one step behind another, so that a walk over millions of values
/// keeps a few bytes for each.
#[derive(Default)]
pub(crate) struct Trail {
    steps: Vec<(StepId, Step)>,
    starts: Vec<Pointer>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StepId(u32);

#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// Where a way begins.
    Start(u32),
    Member(TextId),
    Item(u32),
}

impl Trail {
    pub(crate) fn start(&mut self, at: Pointer) -> StepId {
        self.starts.push(at);
        self.push(StepId(0), Step::Start(number(self.starts.len() - 1)))
    }

    pub(crate) fn push(&mut self, parent: StepId, step: Step) -> StepId {
        self.steps.push((parent, step));
        StepId(number(self.steps.len() - 1))
    }

    pub(crate) fn pointer(&self, store: &Store, at: StepId) -> Pointer {
        let mut behind = Vec::new();
        let mut at = at;
        let mut start = Pointer::root();
        while let Some((parent, step)) = self.steps.get(at.0 as usize) {
            match step {
                Step::Start(idx) => {
                    start = self.starts.get(*idx as usize).cloned().unwrap_or_default();
                    break;
                }
                Step::Member(_) | Step::Item(_) => behind.push(*step),
            }
            at = *parent;
        }
        behind.iter().rev().fold(start, |at, step| match step {
            Step::Member(name) => at.child(store.text_of(*name)),
            Step::Item(idx) => at.item(*idx as usize),
            Step::Start(_) => at,
        })
    }
}

/// A number of steps, which the bound on values keeps small.
fn number(idx: usize) -> u32 {
    u32::try_from(idx).unwrap_or(u32::MAX)
}

/// The parts of a value that may refer to others, or hold what does, with their roles.
pub(crate) fn parts(
    store: &Store,
    node: NodeId,
    role: Role,
) -> impl Iterator<Item = (Step, NodeId, Role)> {
    let item = move |(idx, it): (usize, &NodeId)| (Step::Item(number(idx)), *it, role.item());
    let items = store.items(node).iter().enumerate().map(item);
    let members = store
        .member_slice(node)
        .iter()
        .map(move |it| (Step::Member(it.name), it.value, role.member(store.text_of(it.name))));
    items.chain(members).filter(|it| it.2.may_refer() && store.has_parts(it.1))
}
