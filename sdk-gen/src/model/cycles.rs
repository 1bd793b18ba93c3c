//! Which units lead back to themselves.

use crate::model::{Model, UnitId};

impl Model<'_> {
    /// Marks the units that lead back to themselves (Tarjan, without recursion).
    pub(super) fn find_cycles(&mut self) {
        let edges: Vec<Vec<UnitId>> = self.units().map(|(id, _)| self.targets(id)).collect();
        for id in cyclic(&edges) {
            if let Some(unit) = self.units.get_mut(id) {
                unit.is_recursive = true;
            }
        }
    }

    /// The units that a unit refers to directly, each once.
    #[must_use]
    pub fn targets(&self, id: UnitId) -> Vec<UnitId> {
        let (mut found, mut shapes) = (Vec::new(), vec![self.unit(id).shape]);
        while let Some(shape) = shapes.pop() {
            let shape = self.shape(shape);
            found.extend(&shape.references);
            shapes.extend(shape.inside());
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[derive(Clone, Copy, Default)]
struct Mark {
    number: usize,
    low: usize,
    is_open: bool,
}

/// The numbers of all nodes in a circle.
fn cyclic(edges: &[Vec<UnitId>]) -> Vec<usize> {
    let mut marks = vec![Mark::default(); edges.len()];
    let (mut found, mut open, mut next) = (Vec::new(), Vec::new(), 1);
    for start in 0..edges.len() {
        if marks.get(start).is_some_and(|it| it.number > 0) {
            continue;
        }
        let mut way = vec![(start, 0)];
        while let Some((node, edge)) = way.pop() {
            let (Some(mut mark), Some(targets)) = (marks.get(node).copied(), edges.get(node))
            else {
                continue;
            };
            if edge == 0 {
                mark = Mark { number: next, low: next, is_open: true };
                next += 1;
                open.push(node);
            } else if let Some(done) = targets.get(edge - 1).and_then(|it| marks.get(it.0 as usize))
            {
                if done.is_open {
                    mark.low = mark.low.min(done.low);
                }
            }
            set(&mut marks, node, mark);
            if let Some(target) = targets.get(edge).map(|it| it.0 as usize) {
                way.push((node, edge + 1));
                if marks.get(target).is_some_and(|it| it.number == 0) {
                    way.push((target, 0));
                }
                continue;
            }
            if mark.low == mark.number {
                close(&mut marks, &mut open, node, edges, &mut found);
            }
        }
    }
    found.sort_unstable();
    found
}

fn set(marks: &mut [Mark], node: usize, mark: Mark) {
    if let Some(slot) = marks.get_mut(node) {
        *slot = mark;
    }
}

/// Takes a component off the stack; one node alone is a circle only if it leads to itself.
fn close(
    marks: &mut [Mark],
    open: &mut Vec<usize>,
    node: usize,
    edges: &[Vec<UnitId>],
    found: &mut Vec<usize>,
) {
    let start = open.iter().rposition(|it| *it == node).unwrap_or(0);
    let component = open.split_off(start);
    for it in &component {
        if let Some(mark) = marks.get_mut(*it) {
            mark.is_open = false;
        }
    }
    let own = edges.get(node).is_some_and(|it| it.iter().any(|it| it.0 as usize == node));
    if component.len() > 1 || own {
        found.extend(component);
    }
}
