use kernel::{LineIndex, Span};
use saphyr_parser::Tag;

use crate::{
    Kind, NodeId, Store,
    reading::{
        problem::Problem,
        role::Role,
        yaml::{Name, Reader, Value, scalar},
    },
    store::Member,
};

/// A list or mapping that is not complete yet.
pub(super) struct Open {
    pub(super) content: Content,
    anchor: usize,
    pub(super) is_flow: bool,
    pub(super) role: Role,
    /// Does a value right below decide something, such as the items of `required`?
    pub(super) is_deciding: bool,
    n_values: usize,
    height: usize,
}

pub(super) enum Content {
    /// Its items stand in the reader, from here on.
    List { start: usize },
    /// Its members stand in the reader, from here on.
    Mapping { start: usize, name: Option<Name>, merged: Vec<NodeId> },
}

/// Merged members are copied, so they count for more than a value that is only pointed at.
const MERGE_WEIGHT: usize = 4;

impl Reader<'_> {
    pub(super) fn open(
        &mut self,
        content: Content,
        (anchor, tag): (usize, Option<&Tag>),
        span: saphyr_parser::Span,
    ) -> Result<(), Problem> {
        let place = self.offsets.span(span);
        let byte = self.offsets.text.as_bytes().get(place.start);
        let is_flow = matches!(byte, Some(b'{' | b'['));
        self.refuse_tab(span, self.is_at_name(), !is_flow)?;
        if self.is_at_name() {
            let message = "a list or mapping stands where a name is expected";
            return Err(Problem::new(place, message, "use a text as the name"));
        }
        let is_list = matches!(content, Content::List { .. });
        if let Some(tag) = tag.filter(|it| !scalar::fits_collection(it, is_list)) {
            let message = format!("the tag `{tag}` has no meaning in JSON here");
            return Err(Problem::new(place, message, "remove the tag"));
        }
        if self.open.len() >= self.limits.depth {
            return Err(Problem::too_deep(place, self.limits.depth));
        }
        self.n_nodes += 1;
        self.n_expanded += 1;
        if self.n_nodes > self.limits.nodes {
            return Err(Problem::too_many(place, self.limits.nodes));
        }
        let (role, is_deciding) = self.role_here();
        let is_flow = is_flow || self.open.last().is_some_and(|it| it.is_flow);
        self.open.push(Open {
            content,
            anchor,
            is_flow,
            role,
            is_deciding,
            n_values: 1,
            height: 0,
        });
        Ok(())
    }

    pub(super) fn set_name(&mut self, new: Name) {
        if let Some(Content::Mapping { name, .. }) = self.open.last_mut().map(|it| &mut it.content)
        {
            *name = Some(new);
        }
    }

    pub(super) fn close(&mut self, span: saphyr_parser::Span) -> Result<(), Problem> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let node = match open.content {
            Content::List { start } => {
                let node = self.store.array(self.items.get(start..).unwrap_or_default());
                self.items.truncate(start);
                node
            }
            Content::Mapping { start, merged, .. } => self.close_mapping(start, &merged, span)?,
        };
        let value = Value { node, n_values: open.n_values, height: open.height + 1 };
        self.finish(value, open.anchor)
    }

    fn close_mapping(
        &mut self,
        start: usize,
        merged: &[NodeId],
        span: saphyr_parser::Span,
    ) -> Result<NodeId, Problem> {
        if self.duplicates.are_in(self.members.get(start..).unwrap_or_default()) {
            return Err(self.duplicate_problem(start));
        }
        for source in merged {
            self.n_expanded += MERGE_WEIGHT * self.store.n_members(*source);
            self.check_expansion(span)?;
            let more = self.store.member_slice(*source).iter();
            self.members.extend(more.filter(|it| self.duplicates.is_new(it.name)));
        }
        let node = self.store.object(self.members.get(start..).unwrap_or_default());
        self.members.truncate(start);
        self.name_spans.truncate(start);
        Ok(node)
    }

    fn duplicate_problem(&self, start: usize) -> Problem {
        let members = self.members.get(start..).unwrap_or_default();
        let spans = self.name_spans.get(start..).unwrap_or_default();
        let mut first_of = std::collections::BTreeMap::new();
        for (member, span) in members.iter().zip(spans) {
            let Some(first) = first_of.insert(member.name, *span) else { continue };
            let name = self.store.text_of(member.name);
            let [first, start, end] =
                [first[0], span[0], span[1]].map(|it| self.offsets.byte(it as usize));
            let line = LineIndex::new(self.offsets.text).position(self.offsets.text, first).0;
            let message = format!("`{name}` stands twice in one mapping, first in line {line}");
            return Problem::new(Span { start, end }, message, "keep one of the two");
        }
        Problem::new(Span::default(), "a name stands twice in one mapping", "keep one of the two")
    }

    pub(super) fn alias(
        &mut self,
        anchor: usize,
        span: saphyr_parser::Span,
    ) -> Result<(), Problem> {
        let Some(known) = self.anchors.get(&anchor).copied() else {
            let place = self.offsets.span(span);
            let message = "this alias stands inside the value that it repeats";
            return Err(Problem::new(place, message, "use a `$ref` for a recursive value"));
        };
        if self.is_at_name() {
            return self.alias_as_name(known, span);
        }
        if self.open.len() + known.height > self.limits.depth {
            return Err(Problem::too_deep(self.offsets.span(span), self.limits.depth));
        }
        self.n_expanded += known.n_values;
        self.check_expansion(span)?;
        self.finish(known, 0)
    }

    fn alias_as_name(&mut self, known: Value, span: saphyr_parser::Span) -> Result<(), Problem> {
        let text = match self.store.kind(known.node) {
            Kind::String => self.store.as_str(known.node).unwrap_or_default().to_owned(),
            Kind::Number => self.store.as_number(known.node).unwrap_or_default().to_owned(),
            Kind::Null | Kind::Bool | Kind::Array | Kind::Object => {
                let message = "this alias stands where a name is expected, and is no text";
                let place = self.offsets.span(span);
                return Err(Problem::new(place, message, "use a text as the name"));
            }
        };
        let text = self.store.text(&text, false);
        self.set_name(Name { text, span, is_merge: false });
        Ok(())
    }

    fn check_expansion(&self, span: saphyr_parser::Span) -> Result<(), Problem> {
        let limit = self.limits.expanded_nodes;
        if self.n_expanded <= limit {
            return Ok(());
        }
        let message =
            format!("more than {limit} values after all aliases are put in (`expanded-nodes`)");
        let place = self.offsets.span(span);
        Err(Problem::new(place, message, "use a `$ref` instead of the alias, or raise the bound"))
    }

    /// Puts a complete value where it belongs.
    pub(super) fn finish(&mut self, value: Value, anchor: usize) -> Result<(), Problem> {
        if anchor != 0 {
            self.anchors.insert(anchor, value);
        }
        let Some(open) = self.open.last_mut() else {
            self.root = value.node;
            return Ok(());
        };
        open.n_values += value.n_values;
        open.height = open.height.max(value.height);
        match &mut open.content {
            Content::List { .. } => self.items.push(value.node),
            Content::Mapping { name, merged, .. } => match name.take() {
                None => {}
                Some(it) if it.is_merge => {
                    let place = self.offsets.span(it.span);
                    if !merged.is_empty() {
                        let message = "`<<` stands twice in one mapping";
                        return Err(Problem::new(place, message, "merge a list of mappings"));
                    }
                    *merged = to_merge(self.store, value.node, place)?;
                }
                Some(it) => {
                    self.members.push(Member { name: it.text, value: value.node });
                    let place = [it.span.start.index(), it.span.end.index()];
                    self.name_spans.push(place.map(|it| u32::try_from(it).unwrap_or(u32::MAX)));
                }
            },
        }
        Ok(())
    }
}

/// The mappings that `<<` brings: one, or several of which the first wins.
fn to_merge(store: &Store, node: NodeId, place: Span) -> Result<Vec<NodeId>, Problem> {
    let sources = match store.kind(node) {
        Kind::Array => store.items(node).to_vec(),
        Kind::Null | Kind::Bool | Kind::Number | Kind::String | Kind::Object => vec![node],
    };
    if sources.iter().all(|it| store.kind(*it) == Kind::Object) {
        return Ok(sources);
    }
    let message = "`<<` merges something that is no mapping";
    Err(Problem::new(place, message, "merge an alias of a mapping, or a list of such"))
}
