//! The index: under each host set the path sets, in the order of the forest.

#![expect(clippy::indexing_slicing, reason = "rows, slots and entries are numbered by `new` alone")]

use std::{iter, ops::Range};

use crate::{forest::Forest, scheme::Schemes};

/// What the search must know of a route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) route: usize,
    pub(crate) owner: u32,
    pub(crate) schemes: Schemes,
    /// The number of its trusted zone.
    pub(crate) zone: Option<usize>,
    /// The number of its normalised text.
    pub(crate) text: usize,
    pub(crate) host: usize,
    pub(crate) path: usize,
    pub(crate) specificity: i64,
    /// The length as written, which breaks ties.
    pub(crate) raw_length: usize,
}

/// Routes by host node, then path node, then insertion.
#[derive(Debug, Clone)]
pub(crate) struct Cells {
    entries: Vec<Entry>,
    slots: Vec<Slot>,
    rows: Vec<Row>,
}

/// The routes of one host set.
#[derive(Debug, Clone)]
struct Row {
    slots: Range<usize>,
    /// The highest specificity in the row.
    peak: i64,
    /// The owner of all its routes, if they have but one.
    sole_owner: Option<u32>,
}

/// The routes of one host set and one path set.
#[derive(Debug, Clone)]
struct Slot {
    path: usize,
    path_end: usize,
    /// The next wider slot of the row.
    parent: Option<usize>,
    entries: Range<usize>,
    /// The highest specificity in the slot and all wider ones of the row.
    peak: i64,
    /// The owner of all routes in the slot and the wider ones, if they have but one.
    sole_owner: Option<u32>,
}

impl Entry {
    /// Can both take one URL, as far as zones go?
    pub(crate) fn shares_zone(&self, zone: Option<usize>) -> bool {
        match (self.zone, zone) {
            (Some(own), Some(zone)) => own == zone,
            _ => true,
        }
    }
}

impl Cells {
    /// Sorts the routes into cells.
    pub(crate) fn new(mut entries: Vec<Entry>, hosts: &Forest, paths: &Forest) -> Self {
        entries.sort_unstable_by_key(|it| (it.host, it.path, it.route));
        let mut cells = Self { entries, slots: Vec::new(), rows: Vec::with_capacity(hosts.len()) };
        let mut from = 0;
        for host in 0..hosts.len() {
            let until = from + cells.entries[from..].partition_point(|it| it.host <= host);
            let row = cells.add_row(from..until, paths);
            cells.rows.push(row);
            from = until;
        }
        cells
    }

    /// The entries of a slot.
    pub(crate) fn entries(&self, slot: usize) -> &[Entry] {
        &self.entries[self.slots[slot].entries.clone()]
    }

    /// The path node of a slot.
    pub(crate) fn path(&self, slot: usize) -> usize {
        self.slots[slot].path
    }

    /// The slots of the host that hold the path, the smallest first.
    pub(crate) fn holding(&self, host: usize, path: usize) -> impl Iterator<Item = usize> {
        iter::successors(self.smallest_holding(host, path), |&it| self.slots[it].parent)
    }

    /// As [`Cells::holding`], but nothing if no route there outranks `floor`.
    pub(crate) fn holding_above(
        &self,
        host: usize,
        path: usize,
        floor: i64,
    ) -> impl Iterator<Item = usize> {
        let row_outranks = self.rows[host].peak > floor;
        let first = if row_outranks { self.smallest_holding(host, path) } else { None };
        iter::successors(first, |&it| self.slots[it].parent)
            .take_while(move |&it| self.slots[it].peak > floor)
    }

    /// As [`Cells::holding`], but it stops where all that is left belongs to the owner.
    pub(crate) fn holding_foreign(
        &self,
        host: usize,
        path: usize,
        owner: u32,
    ) -> impl Iterator<Item = usize> {
        self.holding(host, path).take_while(move |&it| self.slots[it].sole_owner != Some(owner))
    }

    /// Do all routes of the host belong to the owner?
    pub(crate) fn is_row_of(&self, host: usize, owner: u32) -> bool {
        self.rows[host].sole_owner == Some(owner)
    }

    /// The slots of the host whose paths lie in the span, without the first path of the span.
    pub(crate) fn inside(&self, host: usize, span: &Range<usize>) -> Range<usize> {
        let row = self.rows[host].slots.clone();
        let slots = &self.slots[row.clone()];
        let from = row.start + slots.partition_point(|it| it.path <= span.start);
        let until = row.start + slots.partition_point(|it| it.path < span.end);
        from..until.max(from)
    }

    /// All slots of the host.
    pub(crate) fn row(&self, host: usize) -> Range<usize> {
        self.rows[host].slots.clone()
    }

    fn smallest_holding(&self, host: usize, path: usize) -> Option<usize> {
        let row = self.rows[host].slots.clone();
        let behind = self.slots[row.clone()].partition_point(|it| it.path <= path);
        let mut candidate = behind.checked_sub(1).map(|it| row.start + it);
        while let Some(slot) = candidate.filter(|&it| self.slots[it].path_end <= path) {
            candidate = self.slots[slot].parent;
        }
        candidate
    }

    fn add_row(&mut self, entries: Range<usize>, paths: &Forest) -> Row {
        let first = self.slots.len();
        let mut from = entries.start;
        let mut parent: Option<usize> = None;
        while from < entries.end {
            let path = self.entries[from].path;
            let until =
                from + self.entries[from..entries.end].partition_point(|it| it.path <= path);
            while let Some(slot) = parent.filter(|&it| self.slots[it].path_end <= path) {
                parent = self.slots[slot].parent;
            }
            let slot = self.slot(from..until, parent, paths);
            self.slots.push(slot);
            parent = Some(self.slots.len() - 1);
            from = until;
        }
        let slots = first..self.slots.len();
        let peak = self.slots[slots.clone()].iter().map(|it| it.peak).max().unwrap_or(i64::MIN);
        Row { slots, peak, sole_owner: sole_owner(&self.entries[entries]) }
    }

    fn slot(&self, entries: Range<usize>, parent: Option<usize>, paths: &Forest) -> Slot {
        let own = &self.entries[entries.clone()];
        let path = own[0].path;
        let wider = parent.map(|it| &self.slots[it]);
        let peak = own.iter().map(|it| it.specificity).chain(wider.map(|it| it.peak)).max();
        let own_owner = sole_owner(own);
        Slot {
            path,
            path_end: paths.span(path).end,
            parent,
            entries,
            peak: peak.unwrap_or(i64::MIN),
            sole_owner: own_owner.filter(|_| wider.is_none_or(|it| it.sole_owner == own_owner)),
        }
    }
}

fn sole_owner(entries: &[Entry]) -> Option<u32> {
    let owner = entries.first()?.owner;
    entries.iter().all(|it| it.owner == owner).then_some(owner)
}
