//! JSON texts: members that stay keep their bytes; containers that change keep their manner.

use super::{
    Tree,
    layout::{Layout, quoted},
};

/// A member or item as it stands in the text: all byte offsets.
struct Part {
    name: String,
    start: usize,
    value: usize,
    end: usize,
}

struct Writer<'a> {
    text: &'a str,
    layout: Layout,
}

pub(super) fn rewrite(text: &str, old: &Tree, new: &Tree) -> String {
    let writer = Writer { text, layout: Layout::of(text) };
    let start = skip_space(text, text.len() - text.trim_start_matches('\u{feff}').len());
    let end = value_end(text, start);
    let head = text.get(..start).unwrap_or_default();
    let tail = text.get(end..).unwrap_or_default();
    format!("{head}{}{tail}", writer.value((start, end), old, new))
}

pub(super) fn render(text: &str, new: &Tree) -> String {
    let layout = Layout::of(text);
    format!("{}{}", layout.json(new, "", false), layout.newline)
}

impl Writer<'_> {
    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn value(&self, (start, end): (usize, usize), old: &Tree, new: &Tree) -> String {
        if old == new {
            return self.slice(start, end).to_owned();
        }
        match (old, new) {
            (Tree::Map(before), Tree::Map(after)) if !before.is_empty() && !after.is_empty() => {
                self.object((start, end), before, after)
            }
            (Tree::List(before), Tree::List(after)) if !before.is_empty() && !after.is_empty() => {
                self.list((start, end), before, after)
            }
            _ => self.layout.json(new, &self.indent_of(start), self.is_inline(start, end)),
        }
    }

    fn object(
        &self,
        span: (usize, usize),
        before: &[(String, Tree)],
        after: &[(String, Tree)],
    ) -> String {
        let parts = parts(self.text, span.0, true);
        let manner = self.manner(span, &parts);
        let texts = after.iter().map(|(name, new)| {
            let part = parts.iter().rfind(|it| it.name == *name);
            let old = before.iter().find(|it| it.0 == *name).map(|it| &it.1);
            if let (Some(part), Some(old)) = (part, old) {
                let key = self.slice(part.start, part.value);
                return format!("{key}{}", self.value((part.value, part.end), old, new));
            }
            let value = self.layout.json(new, &manner.indent, manner.inline);
            format!("{}{}{value}", quoted(name), self.layout.colon)
        });
        manner.join(self, span, &texts.collect::<Vec<_>>())
    }

    fn list(&self, span: (usize, usize), before: &[Tree], after: &[Tree]) -> String {
        let parts = parts(self.text, span.0, false);
        let manner = self.manner(span, &parts);
        let same_length = before.len() == after.len();
        let texts = after.iter().enumerate().map(|(idx, new)| {
            let same = before.iter().position(|it| it == new);
            let changed = same_length.then_some(idx);
            match same.or(changed).and_then(|it| Some((parts.get(it)?, before.get(it)?))) {
                Some((part, old)) => self.value((part.value, part.end), old, new),
                None => self.layout.json(new, &manner.indent, manner.inline),
            }
        });
        manner.join(self, span, &texts.collect::<Vec<_>>())
    }

    /// How the parts of one container are set apart.
    fn manner(&self, (start, end): (usize, usize), parts: &[Part]) -> Manner {
        let (first, last) = (parts.first(), parts.last());
        let open = first.map_or("", |it| self.slice(start + 1, it.start)).to_owned();
        let close = last.map_or("", |it| self.slice(it.end, end.saturating_sub(1))).to_owned();
        let between = match parts {
            [first, second, ..] => self.slice(first.end, second.start).to_owned(),
            _ if open.contains('\n') => format!(",{open}"),
            _ if self.layout.colon == ":" => ",".to_owned(),
            _ => ", ".to_owned(),
        };
        let inline = !open.contains('\n') && !between.contains('\n');
        let indent = open.rsplit('\n').next().unwrap_or_default().to_owned();
        Manner { open, close, between, inline, indent }
    }

    /// The indentation of the line that holds a byte.
    fn indent_of(&self, at: usize) -> String {
        let line = self.slice(0, at).rsplit('\n').next().unwrap_or_default();
        line.chars().take_while(|it| *it == ' ' || *it == '\t').collect()
    }

    fn is_inline(&self, start: usize, end: usize) -> bool {
        let text = self.slice(start, end);
        text.len() > 2 && text.starts_with(['{', '[']) && !text.contains('\n')
    }
}

struct Manner {
    open: String,
    close: String,
    between: String,
    inline: bool,
    indent: String,
}

impl Manner {
    fn join(&self, writer: &Writer<'_>, (start, end): (usize, usize), texts: &[String]) -> String {
        let bracket = writer.slice(start, start + 1);
        let closing = writer.slice(end.saturating_sub(1), end);
        format!("{bracket}{}{}{}{closing}", self.open, texts.join(&self.between), self.close)
    }
}

/// The members or items of a container, whose bracket stands at `start`. The text is well formed.
fn parts(text: &str, start: usize, named: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = skip_space(text, start + 1);
    while let Some(byte) = text.as_bytes().get(at) {
        if matches!(byte, b'}' | b']') {
            break;
        }
        let begin = at;
        let mut name = String::new();
        if named {
            let end = value_end(text, at);
            name = serde_json::from_str(text.get(at..end).unwrap_or_default()).unwrap_or_default();
            at = skip_space(text, skip_space(text, end) + 1);
        }
        let end = value_end(text, at);
        parts.push(Part { name, start: begin, value: at, end });
        at = skip_space(text, end);
        if text.as_bytes().get(at) == Some(&b',') {
            at = skip_space(text, at + 1);
        }
    }
    parts
}

fn skip_space(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take_while(|it| matches!(it, b' ' | b'\t' | b'\n' | b'\r')).count()
}

/// The byte after the value that starts at `at`.
fn value_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut idx, mut depth, mut quoted) = (at, 0_usize, false);
    while let Some(byte) = bytes.get(idx) {
        match byte {
            b'\\' if quoted => idx += 1,
            b'"' => {
                quoted = !quoted;
                if !quoted && depth == 0 {
                    return idx + 1;
                }
            }
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return if depth == 1 { idx + 1 } else { idx },
            b'}' | b']' => depth -= 1,
            b',' | b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => return idx,
            _ => {}
        }
        idx += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::Store;

    fn tree(text: &str) -> Tree {
        let mut store = Store::new();
        let value: Value = serde_json::from_str(text).unwrap();
        let id = store.insert(&value);
        Tree::of(&store, id)
    }

    fn check(text: &str, change: impl Fn(&mut Tree), expected: &str) {
        let old = tree(text);
        let mut new = old.clone();
        change(&mut new);
        assert_eq!(rewrite(text, &old, &new), expected);
    }

    #[test]
    fn what_stays_keeps_its_bytes() {
        let text = "{\n    \"b\" : [1,2],\n    \"a\": {\"x\":  1}\n}\n";
        check(text, |_| {}, text);
        let with_c = "{\n    \"b\" : [1,2],\n    \"a\": {\"x\":  1},\n    \"c\": true\n}\n";
        // The store of this crate's skeleton sorts members: the test sets members, not their order.
        check(
            text,
            |it| {
                let order = [it.remove("b"), it.remove("a")].map(Option::unwrap);
                let [b, a] = order;
                it.set("b", b);
                it.set("a", a);
                it.set("c", Tree::Scalar("true".into()));
            },
            with_c,
        );
    }

    #[test]
    fn a_change_deep_inside_touches_its_line() {
        let text = "{\n  \"a\": {\n    \"required\": [\"x\", \"y\"]\n  }\n}";
        let change = |it: &mut Tree| {
            it.get_mut("a").unwrap().set("required", Tree::List(vec![Tree::text("x")]));
        };
        check(text, change, "{\n  \"a\": {\n    \"required\": [\"x\"]\n  }\n}");
        let fill = |it: &mut Tree| {
            let inner = Tree::Map(vec![("type".into(), Tree::text("string"))]);
            it.get_mut("a").unwrap().set("schema", inner);
        };
        check(
            text,
            fill,
            "{\n  \"a\": {\n    \"required\": [\"x\", \"y\"],\n    \"schema\": {\n      \"type\": \"string\"\n    }\n  }\n}",
        );
    }

    #[test]
    fn a_file_of_one_line_stays_one() {
        let text = r#"{"a":{"b":1}}"#;
        check(
            text,
            |it| it.get_mut("a").unwrap().set("c", Tree::List(vec![])),
            r#"{"a":{"b":1,"c":[]}}"#,
        );
        check(text, |it| drop(it.get_mut("a").unwrap().remove("b")), r#"{"a":{}}"#);
    }
}
