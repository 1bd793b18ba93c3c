//! Which units lead back to themselves.

use crate::{
    model::{Model, Shape, ShapeId, UnitId},
    notes::NoteCode,
};

impl<'a> Model<'a> {
    /// Marks the units that lead back to themselves (Tarjan, without recursion).
    pub(super) fn find_cycles(&mut self) {
        for id in cyclic(&self.edges) {
            if let Some(unit) = self.units.get_mut(id) {
                unit.is_recursive = true;
            }
        }
    }

    /// A schema that leads back to itself for one and the same value says nothing of any, and no guard
    /// of it would come to an end: it takes every value.
    pub(super) fn cut_endless(&mut self) {
        let edges: Vec<_> =
            self.units().map(|it| self.references_of(it.0, Shape::push_beside)).collect();
        for idx in cyclic(&edges) {
            let Some(unit) = self.units.get_mut(idx) else { continue };
            unit.is_complete = false;
            let (at, id) = (unit.at.clone(), unit.shape);
            if let Some(shape) = self.shapes.get_mut(id.0 as usize) {
                let open = Shape::open(shape.node, shape.unit, shape.parent, shape.step);
                *shape = Shape { constant: Some(true), ..open };
            }
            let message = "the schema leads back to itself before it looks at a part of the value, so it takes every value";
            self.note(NoteCode::SchemaInvalid, &at, message.to_owned());
        }
    }

    /// Finds what the units refer to that came since the last time; all of them are read.
    pub(super) fn find_edges(&mut self) {
        let new = self.units().skip(self.edges.len());
        let new = new.map(|it| self.references_of(it.0, Shape::push_inside));
        let new: Vec<_> = new.collect();
        self.edges.extend(new);
    }

    /// The units that a settled unit refers to directly, each once.
    #[must_use]
    pub fn targets(&self, id: UnitId) -> &[UnitId] {
        self.edges.get(id.0 as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// The units that a unit refers to, each once: by its own shape and those that follow.
    fn references_of(&self, id: UnitId, push: fn(&Shape<'a>, &mut Vec<ShapeId>)) -> Vec<UnitId> {
        let (mut found, mut shapes) = (Vec::new(), vec![self.unit(id).shape]);
        while let Some(shape) = shapes.pop() {
            let shape = self.shape(shape);
            found.extend(&shape.references);
            push(shape, &mut shapes);
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
    let marks = vec![Mark::default(); edges.len()];
    let mut search = Search { edges, marks, open: Vec::new(), next: 1, found: Vec::new() };
    for start in 0..edges.len() {
        if search.is_new(start) {
            search.visit(start);
        }
    }
    search.found.sort_unstable();
    search.found
}

struct Search<'e> {
    edges: &'e [Vec<UnitId>],
    marks: Vec<Mark>,
    open: Vec<usize>,
    next: usize,
    found: Vec<usize>,
}

impl Search<'_> {
    fn is_new(&self, node: usize) -> bool {
        self.marks.get(node).is_some_and(|it| it.number == 0)
    }

    fn visit(&mut self, start: usize) {
        let mut way = vec![(start, 0)];
        while let Some((node, edge)) = way.pop() {
            self.enter_or_return(node, edge);
            let target = self.edges.get(node).and_then(|it| it.get(edge)).map(|it| it.0 as usize);
            if let Some(target) = target {
                way.push((node, edge + 1));
                way.extend(self.is_new(target).then_some((target, 0)));
            } else {
                self.close(node);
            }
        }
    }

    /// Opens a node, or takes over what its last edge found.
    fn enter_or_return(&mut self, node: usize, edge: usize) {
        let Some(mut mark) = self.marks.get(node).copied() else { return };
        if edge == 0 {
            mark = Mark { number: self.next, low: self.next, is_open: true };
            self.next += 1;
            self.open.push(node);
        } else {
            let target = self.edges.get(node).and_then(|it| it.get(edge - 1));
            let done = target.and_then(|it| self.marks.get(it.0 as usize));
            let low = done.filter(|it| it.is_open).map_or(mark.low, |it| it.low);
            mark.low = mark.low.min(low);
        }
        if let Some(slot) = self.marks.get_mut(node) {
            *slot = mark;
        }
    }

    /// Takes a component off the stack; one node alone is a circle only if it leads to itself.
    fn close(&mut self, node: usize) {
        if self.marks.get(node).is_none_or(|it| it.low != it.number) {
            return;
        }
        let start = self.open.iter().rposition(|it| *it == node).unwrap_or(0);
        let component = self.open.split_off(start);
        for it in &component {
            if let Some(mark) = self.marks.get_mut(*it) {
                mark.is_open = false;
            }
        }
        let own = self.edges.get(node).is_some_and(|it| it.iter().any(|it| it.0 as usize == node));
        if component.len() > 1 || own {
            self.found.extend(component);
        }
    }
}
