use std::ops::Range;

use kernel::{Span, Step};

use crate::edit::{Syntax, ends_line, splice::Text};

/// A value with the places of its parts.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) span: Span,
    /// The parts of a list or table in brackets.
    pub(super) group: Option<Group>,
}

/// What stands between two brackets, separated by commas.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) is_table: bool,
    pub(super) members: Vec<Member>,
    pub(super) commas: Vec<usize>,
}

/// A member of a table, or an item of a list, which has no key.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) keys: Vec<Key>,
    pub(super) value: Part,
}

/// One part of a name, which TOML may join by dots.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: Box<str>,
    pub(super) span: Span,
}

/// The members that make up a value, and how many of their keys lead to it.
pub(super) struct Found<'a> {
    pub(super) group: &'a Group,
    pub(super) indexes: Vec<usize>,
    pub(super) n_keys: usize,
}

impl Member {
    pub(super) fn start(&self) -> usize {
        self.keys.first().map_or(self.value.span.start, |it| it.span.start)
    }

    pub(super) fn end(&self) -> usize {
        self.value.span.end
    }

    /// Do the keys lead along these steps, and perhaps further?
    pub(super) fn is_below(&self, steps: &[Step]) -> bool {
        steps.len() <= self.keys.len() && agree(&self.keys, steps)
    }

    /// The steps that remain inside the value, if the keys are the first of these.
    pub(super) fn rest<'s>(&self, steps: &'s [Step]) -> Option<&'s [Step]> {
        agree(&self.keys, steps).then(|| steps.get(self.keys.len()..)).flatten()
    }
}

/// Are the shorter of the two the beginning of the other?
fn agree(keys: &[Key], steps: &[Step]) -> bool {
    let is_same = |(key, step): (&Key, &Step)| match step {
        Step::Key(name) => key.name == *name,
        Step::Index(_) => false,
    };
    keys.iter().zip(steps).all(is_same)
}

impl Group {
    /// The members at the end of these steps.
    pub(super) fn find(&self, steps: &[Step]) -> Option<Found<'_>> {
        if let (false, [Step::Index(index), rest @ ..]) = (self.is_table, steps) {
            let item = self.members.get(*index)?;
            if rest.is_empty() {
                return Some(Found { group: self, indexes: vec![*index], n_keys: 0 });
            }
            return item.value.group.as_ref()?.find(rest);
        }
        let is_part = |it: &(usize, &Member)| it.1.is_below(steps);
        let indexes: Vec<usize> =
            self.members.iter().enumerate().filter(is_part).map(|(index, _)| index).collect();
        if self.is_table && !indexes.is_empty() {
            return Some(Found { group: self, indexes, n_keys: steps.len() });
        }
        let mut inner = self.members.iter().filter(|it| !it.keys.is_empty());
        inner.find_map(|it| it.value.group.as_ref()?.find(it.rest(steps)?))
    }

    /// The comma that follows a member.
    pub(super) fn comma_after(&self, index: usize) -> Option<usize> {
        let end = self.members.get(index)?.end();
        let next = self.members.get(index + 1).map_or(usize::MAX, Member::start);
        self.commas.iter().copied().find(|it| (end..next).contains(it))
    }

    /// The comment that [`Group::cut`] would take out with a member, with the blanks before it.
    pub(super) fn comment_after<'t>(
        &self,
        index: usize,
        text: &Text<'t>,
        syntax: &Syntax,
    ) -> Option<&'t str> {
        let member = self.members.get(index)?;
        let end = self.comma_after(index).map_or(member.end(), |it| it + 1);
        text.indent_before(member.start()).filter(|_| ends_line(text, end, syntax))?;
        Some(text.rest_of_line(end).trim_end())
    }

    /// Takes a member out, with its comma and, if it has its own lines, with these and the comment
    /// at their end.
    pub(super) fn cut(&self, index: usize, text: &mut Text<'_>, syntax: &Syntax) {
        let Some(member) = self.members.get(index) else { return };
        let comma = self.comma_after(index);
        let comma_before = index.checked_sub(1).and_then(|it| self.comma_after(it));
        let end = comma.map_or(member.end(), |it| it + 1);
        let has_own_lines =
            text.indent_before(member.start()).is_some() && ends_line(text, end, syntax);
        let is_after_comma = |it: usize| text.get(it + 1..member.start()).trim().is_empty();
        if has_own_lines {
            let lines = text.start_of_line(member.start())..text.after_line(end);
            text.replace(lines, "");
            // The new last member has no comma if the old one had none.
            if let (None, Some(before)) = (comma, comma_before) {
                text.replace(before..before + 1, "");
            }
        } else if comma.is_some() {
            text.replace(range_before_next(member, end, text), "");
        } else if let Some(before) = comma_before.filter(|it| is_after_comma(*it)) {
            text.replace(before..end, "");
        } else {
            if let Some(before) = comma_before {
                text.replace(before..before + 1, "");
            }
            text.replace(text.before_blanks(member.start())..end, "");
        }
    }

    /// Puts new members after one, or before all if none is given.
    pub(super) fn insert(
        &self,
        after: Option<usize>,
        new: &[String],
        text: &mut Text<'_>,
        syntax: &Syntax,
    ) {
        let Some(member) = self.members.get(after.unwrap_or(0)) else { return };
        let line_end = text.line_end();
        let indent = text.indent_before(member.start());
        let Some(index) = after else {
            match indent {
                Some(indent) => {
                    let lines = new.iter().map(|it| format!("{indent}{it},{line_end}"));
                    text.insert(text.start_of_line(member.start()), lines.collect::<String>());
                }
                None => text.insert(member.start(), format!("{}, ", new.join(", "))),
            }
            return;
        };
        let comma = self.comma_after(index);
        let end = comma.map_or(member.end(), |it| it + 1);
        let next_line = text.after_line(end);
        let own_lines = indent
            .filter(|_| ends_line(text, end, syntax) && text.get(0..next_line).ends_with('\n'));
        match (own_lines, comma) {
            (None, Some(_)) => text.insert(end, format!(" {},", new.join(", "))),
            (None, None) => text.insert(end, format!(", {}", new.join(", "))),
            (Some(indent), Some(_)) => {
                let lines = new.iter().map(|it| format!("{indent}{it},{line_end}"));
                text.insert(next_line, lines.collect::<String>());
            }
            (Some(indent), None) => {
                text.insert(end, ",");
                let between = format!(",{line_end}{indent}");
                text.insert(next_line, format!("{indent}{}{line_end}", new.join(&between)));
            }
        }
    }
}

impl Part {
    /// Puts members into a table in braces that has none.
    pub(super) fn fill(&self, new: &[String], text: &mut Text<'_>) {
        let inside = self.span.start + 1..self.span.end.saturating_sub(1);
        let new = format!(" {}", new.join(", "));
        if text.get(inside.clone()).trim().is_empty() {
            text.replace(inside, format!("{new} "));
        } else {
            text.insert(inside.start, new);
        }
    }
}

/// A member that shares its line goes with the blanks that would stand twice.
fn range_before_next(member: &Member, end: usize, text: &Text<'_>) -> Range<usize> {
    let next = text.after_blanks(end);
    let is_last_of_line = text.rest_of_line(next).is_empty();
    if is_last_of_line || next == end {
        text.before_blanks(member.start())..end
    } else {
        member.start()..next
    }
}
