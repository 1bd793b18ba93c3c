//! One pass from the text of RFC 8259 to nodes.

mod scanner;
mod string;

use crate::{
    Limits, NodeId, Pointer, Store,
    reading::problem::{N_NOTES, Note, Problem},
    store::{Member, TextId},
};

pub(crate) use crate::reading::json::scanner::Scanner;

/// Reads a whole text.
pub(crate) fn parse(
    store: &mut Store,
    text: &str,
    limits: &Limits,
) -> Result<(NodeId, Vec<Note>), Problem> {
    let mut reader = Reader {
        scanner: Scanner::new(text),
        store,
        limits,
        open: Vec::new(),
        items: Vec::new(),
        members: Vec::new(),
        name_starts: Vec::new(),
        n_nodes: 0,
        duplicates: Duplicates::default(),
        notes: Vec::new(),
    };
    let root = reader.document()?;
    Ok((root, reader.notes))
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    store: &'a mut Store,
    limits: &'a Limits,
    /// The lists and objects that are not complete yet.
    open: Vec<Open>,
    /// The items of all open lists.
    items: Vec<NodeId>,
    /// The members of all open objects.
    members: Vec<Member>,
    /// Where the names of `members` start.
    name_starts: Vec<u32>,
    n_nodes: usize,
    duplicates: Duplicates,
    notes: Vec<Note>,
}

#[derive(Clone, Copy)]
enum Open {
    List { start: usize },
    Object { start: usize, name: TextId, name_start: u32 },
}

impl Reader<'_> {
    fn document(&mut self) -> Result<NodeId, Problem> {
        loop {
            let Some(value) = self.begin()? else { continue };
            if let Some(root) = self.put(value)? {
                return Ok(root);
            }
        }
    }

    /// Puts a complete value where it belongs, and closes what ends with it. Returns the root if
    /// it was the last one.
    fn put(&mut self, mut value: NodeId) -> Result<Option<NodeId>, Problem> {
        while let Some(open) = self.open.last().copied() {
            let close = match open {
                Open::List { .. } => {
                    self.items.push(value);
                    b']'
                }
                Open::Object { name, name_start, .. } => {
                    self.members.push(Member { name, value });
                    self.name_starts.push(name_start);
                    b'}'
                }
            };
            let has_more = self.scanner.comma_or(close)?;
            value = match open {
                Open::List { .. } if has_more => return Ok(None),
                Open::Object { start, .. } if has_more => return self.name(start).map(|()| None),
                Open::List { start } => self.close_list(start),
                Open::Object { start, .. } => self.close_object(start),
            };
        }
        self.scanner.end().map(|()| Some(value))
    }

    /// Reads a leaf or an empty value; what has parts is only opened.
    fn begin(&mut self) -> Result<Option<NodeId>, Problem> {
        self.scanner.skip_space();
        self.n_nodes += 1;
        if self.n_nodes > self.limits.nodes {
            return Err(Problem::too_many(self.scanner.here(), self.limits.nodes));
        }
        let value = match self.scanner.peek() {
            Some(b'{') => return self.begin_object(),
            Some(b'[') => return self.begin_list(),
            Some(b'"') => {
                let (text, is_broken) = self.scanner.string()?.decoded();
                let text = self.store.text(&text, is_broken);
                self.store.string_of(text)
            }
            Some(b'-' | b'0'..=b'9') => {
                let number = self.scanner.number()?;
                self.store.number(number)
            }
            Some(b't') => self.scanner.word("true").map(|()| NodeId::TRUE)?,
            Some(b'f') => self.scanner.word("false").map(|()| NodeId::FALSE)?,
            Some(b'n') => self.scanner.word("null").map(|()| NodeId::NULL)?,
            _ => return Err(self.scanner.unexpected("a value")),
        };
        Ok(Some(value))
    }

    fn begin_list(&mut self) -> Result<Option<NodeId>, Problem> {
        self.go_deeper()?;
        if self.scanner.take_after_space(b']') {
            return Ok(Some(self.store.array(&[])));
        }
        self.open.push(Open::List { start: self.items.len() });
        Ok(None)
    }

    fn begin_object(&mut self) -> Result<Option<NodeId>, Problem> {
        self.go_deeper()?;
        if self.scanner.take_after_space(b'}') {
            return Ok(Some(self.store.object(&[])));
        }
        let start = self.members.len();
        let (name, name_start) = self.read_name()?;
        self.open.push(Open::Object { start, name, name_start });
        Ok(None)
    }

    fn go_deeper(&mut self) -> Result<(), Problem> {
        if self.open.len() >= self.limits.depth {
            return Err(Problem::too_deep(self.scanner.here(), self.limits.depth));
        }
        self.scanner.skip_byte();
        Ok(())
    }

    fn read_name(&mut self) -> Result<(TextId, u32), Problem> {
        let name = self.scanner.name()?;
        let (text, is_broken) = name.decoded();
        let id = self.store.text(&text, is_broken);
        Ok((id, u32::try_from(name.span.start).unwrap_or(u32::MAX)))
    }

    /// Replaces the name of the innermost object by that of its next member.
    fn name(&mut self, start: usize) -> Result<(), Problem> {
        let (name, name_start) = self.read_name()?;
        if let Some(last) = self.open.last_mut() {
            *last = Open::Object { start, name, name_start };
        }
        Ok(())
    }

    fn close_list(&mut self, start: usize) -> NodeId {
        self.open.pop();
        let list = self.store.array(self.items.get(start..).unwrap_or_default());
        self.items.truncate(start);
        list
    }

    fn close_object(&mut self, start: usize) -> NodeId {
        self.open.pop();
        if self.duplicates.are_in(self.members.get(start..).unwrap_or_default()) {
            self.settle_duplicates(start);
        }
        let object = self.store.object(self.members.get(start..).unwrap_or_default());
        self.members.truncate(start);
        self.name_starts.truncate(start);
        object
    }

    /// The last member of a name wins, at the place of the first, as every common reader has it.
    fn settle_duplicates(&mut self, start: usize) {
        let parent = self.pointer();
        let all: Vec<(Member, u32)> = self
            .members
            .get(start..)
            .unwrap_or_default()
            .iter()
            .copied()
            .zip(self.name_starts.get(start..).unwrap_or_default().iter().copied())
            .collect();
        let mut by_name: Vec<usize> = (0..all.len()).collect();
        by_name.sort_by_key(|idx| all.get(*idx).map(|it| it.0.name));
        let mut kept: Vec<(usize, Member)> = Vec::new();
        for same in by_name.chunk_by(|left, right| {
            all.get(*left).map(|it| it.0.name) == all.get(*right).map(|it| it.0.name)
        }) {
            let group: Vec<(Member, u32)> =
                same.iter().filter_map(|it| all.get(*it)).copied().collect();
            let (Some(place), Some(last)) = (same.first(), group.last()) else { continue };
            kept.push((*place, last.0));
            if group.len() > 1 {
                self.note_duplicates(&parent, &group);
            }
        }
        kept.sort_unstable_by_key(|it| it.0);
        self.members.truncate(start);
        self.members.extend(kept.into_iter().map(|it| it.1));
    }

    fn note_duplicates(&mut self, parent: &Pointer, group: &[(Member, u32)]) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
        let name = self.store.text_of(first.0.name).to_owned();
        let here = shortened(self.store, last.0.value);
        let elsewhere = shortened(self.store, first.0.value);
        for (_, start) in group {
            if self.notes.len() >= N_NOTES {
                return;
            }
            self.notes.push(Note {
                span: self.scanner.string_at(*start as usize),
                pointer: parent.child(&name),
                here: here.clone(),
                elsewhere: elsewhere.clone(),
                message: format!(
                    "`{name}` stands {} times in one object; the last one counts",
                    group.len()
                ),
            });
        }
    }

    /// The way to the value that is read now.
    fn pointer(&self) -> Pointer {
        let lists = self.open.iter().filter_map(|it| match it {
            Open::List { start } => Some(*start),
            Open::Object { .. } => None,
        });
        let mut ends: Vec<usize> = lists.skip(1).chain([self.items.len()]).collect();
        ends.reverse();
        self.open.iter().fold(Pointer::root(), |at, open| match open {
            Open::List { start } => at.item(ends.pop().unwrap_or(*start) - start),
            Open::Object { name, .. } => at.child(self.store.text_of(*name)),
        })
    }
}

/// A value in a few words.
pub(crate) fn shortened(store: &Store, id: NodeId) -> String {
    const LENGTH: usize = 60;
    let mut text = match store.kind(id) {
        crate::Kind::Array => format!("a list of {}", store.items(id).len()),
        crate::Kind::Object => format!("an object of {} members", store.n_members(id)),
        crate::Kind::Null | crate::Kind::Bool | crate::Kind::Number | crate::Kind::String => {
            store.value(id).to_string()
        }
    };
    if let Some((end, _)) = text.char_indices().nth(LENGTH) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Finds names that stand twice, in one look at each: every object has its own stamp.
#[derive(Default)]
pub(crate) struct Duplicates {
    stamps: Vec<u32>,
    stamp: u32,
}

impl Duplicates {
    pub(crate) fn are_in(&mut self, members: &[Member]) -> bool {
        self.stamp += 1;
        members.iter().any(|it| !self.is_new(it.name))
    }

    /// Is this name not yet in the members that were looked at last?
    pub(crate) fn is_new(&mut self, name: TextId) -> bool {
        let idx = name.index();
        if idx >= self.stamps.len() {
            self.stamps.resize((idx + 1).next_power_of_two(), 0);
        }
        match self.stamps.get_mut(idx) {
            Some(it) if *it == self.stamp => false,
            Some(it) => {
                *it = self.stamp;
                true
            }
            None => true,
        }
    }
}
