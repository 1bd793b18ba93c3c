//! YAML texts: keys that stay keep their lines, with the comments in and above them.

mod marks;

use self::marks::{Form, Mark, dash, marked};
use super::{Tree, layout::quoted};

pub(super) fn rewrite(text: &str, old: &Tree, new: &Tree) -> String {
    let Some(root) = marked(text) else { return render(new) };
    let writer = Writer { text };
    let head = text.get(..root.start).unwrap_or_default();
    match writer.block(&root, text.len(), old, new) {
        Some(body) => format!("{head}{body}"),
        None => render(new),
    }
}

pub(super) fn render(new: &Tree) -> String {
    lines(new, 0).trim_start_matches('\n').to_owned()
}

struct Writer<'a> {
    text: &'a str,
}

impl Writer<'_> {
    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// A block collection from its first byte to the end of its region; `None` if it is none.
    fn block(&self, mark: &Mark, end: usize, old: &Tree, new: &Tree) -> Option<String> {
        if old == new {
            return Some(self.slice(mark.start, end).to_owned());
        }
        match (&mark.form, old, new) {
            (Form::Map(_), Tree::Map(_), Tree::Map(after)) if !after.is_empty() => {
                self.map(mark, end, old, after)
            }
            (Form::List(_), Tree::List(before), Tree::List(after)) if !after.is_empty() => {
                self.list(mark, end, before, after)
            }
            _ => None,
        }
    }

    fn map(&self, mark: &Mark, end: usize, old: &Tree, after: &[(String, Tree)]) -> Option<String> {
        let Form::Map(members) = &mark.form else { return None };
        let column = self.column(mark.start);
        let starts: Vec<usize> = members.iter().map(|it| it.start).collect();
        let segment_end = |idx: usize| starts.get(idx + 1).map_or(end, |it| self.line_start(*it));
        let written = |(name, new): &(String, Tree)| {
            let found = members.iter().position(|it| it.name == *name);
            let known = found.and_then(|idx| Some((idx, members.get(idx)?, old.get(name)?)));
            let Some((idx, member, before)) = known else {
                return format!("{}:{}", key(name), lines(new, column + 2));
            };
            let stop = segment_end(idx);
            if before == new {
                return self.slice(member.start, stop).to_owned();
            }
            let inner = self.block(&member.value, stop, before, new);
            let inner = inner.or_else(|| self.scalar(&member.value, stop, new));
            match inner {
                Some(text) => format!("{}{text}", self.slice(member.start, member.value.start)),
                None => format!("{}:{}", key(name), lines(new, column + 2)),
            }
        };
        Some(joined(after.iter().map(written), column))
    }

    fn list(&self, mark: &Mark, end: usize, before: &[Tree], after: &[Tree]) -> Option<String> {
        let Form::List(items) = &mark.form else { return None };
        let dashes: Option<Vec<usize>> = items.iter().map(|it| dash(self.text, it.start)).collect();
        let dashes = dashes?;
        let column = self.column(*dashes.first()?);
        let stop = |idx: usize| dashes.get(idx + 1).map_or(end, |it| self.line_start(*it));
        let written = |(position, new): (usize, &Tree)| {
            let same = before.iter().position(|it| it == new);
            let changed = (before.len() == after.len()).then_some(position);
            let idx = same.or(changed);
            let known =
                idx.and_then(|it| Some((it, items.get(it)?, before.get(it)?, *dashes.get(it)?)));
            let Some((idx, item, old, dash)) = known else { return item_lines(new, column) };
            let inner = if old == new {
                Some(self.slice(item.start, stop(idx)).to_owned())
            } else {
                let inner = self.block(item, stop(idx), old, new);
                inner.or_else(|| self.scalar(item, stop(idx), new))
            };
            inner.map_or_else(
                || item_lines(new, column),
                |it| format!("{}{it}", self.slice(dash, item.start)),
            )
        };
        Some(joined(after.iter().enumerate().map(written), column))
    }

    /// A plain scalar in the place of another one; the comment behind it stays.
    fn scalar(&self, mark: &Mark, end: usize, new: &Tree) -> Option<String> {
        let Tree::Scalar(text) = new else { return None };
        let is_plain = matches!(mark.form, Form::Scalar);
        is_plain.then(|| format!("{}{}", plain(text), self.slice(mark.end, end)))
    }

    fn line_start(&self, at: usize) -> usize {
        self.slice(0, at).rfind('\n').map_or(0, |it| it + 1)
    }

    fn column(&self, at: usize) -> usize {
        self.slice(self.line_start(at), at).chars().count()
    }
}

/// Puts segments under each other; the first starts where the block starts.
fn joined(segments: impl Iterator<Item = String>, column: usize) -> String {
    let whole = |it: String| if it.ends_with('\n') { it } else { format!("{it}\n") };
    let segments: Vec<String> = segments.map(whole).collect();
    segments.join(&" ".repeat(column))
}

/// What stands behind `key:`, up to and with the line end.
fn lines(tree: &Tree, column: usize) -> String {
    let pad = " ".repeat(column);
    match tree {
        Tree::Scalar(text) => format!(" {}\n", plain(text)),
        Tree::List(items) if items.is_empty() => " []\n".to_owned(),
        Tree::Map(members) if members.is_empty() => " {}\n".to_owned(),
        Tree::List(items) => {
            let items = items.iter().map(|it| format!("{pad}{}", item_lines(it, column)));
            format!("\n{}", items.collect::<String>())
        }
        Tree::Map(members) => {
            let members = members
                .iter()
                .map(|(name, it)| format!("{pad}{}:{}", key(name), lines(it, column + 2)));
            format!("\n{}", members.collect::<String>())
        }
    }
}

fn item_lines(tree: &Tree, column: usize) -> String {
    match tree {
        Tree::Map(members) if !members.is_empty() => {
            let text = lines(tree, column + 2);
            format!("- {}", text.trim_start_matches('\n').trim_start_matches(' '))
        }
        Tree::List(items) if !items.is_empty() => format!("-{}", lines(tree, column + 2)),
        Tree::Scalar(_) | Tree::List(_) | Tree::Map(_) => format!("-{}", lines(tree, column)),
    }
}

fn key(name: &str) -> String {
    plain(&quoted(name))
}

/// A JSON scalar as YAML: without quotes where every reader takes it for the same text.
fn plain(json: &str) -> String {
    let Some(text) = json.strip_prefix('"').and_then(|it| it.strip_suffix('"')) else {
        return json.to_owned();
    };
    let is_word = |it: char| it.is_ascii_alphanumeric() || "_./-#".contains(it);
    let starts_well =
        text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/' || it == '_');
    let is_ambiguous = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
        .contains(&text.to_ascii_lowercase().as_str());
    if starts_well && !is_ambiguous && text.chars().all(is_word) {
        text.to_owned()
    } else {
        json.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(members: &[(&str, Tree)]) -> Tree {
        Tree::Map(members.iter().map(|(name, it)| ((*name).to_owned(), it.clone())).collect())
    }

    const TEXT: &str = "# a contract\nopenapi: 3.1.0 # newest\npaths:\n  # orders\n  /orders:\n    get:\n      tags: [a, b]\n      required:\n      - x\n      - y # why\n  /ready: {}\n";

    fn old() -> Tree {
        map(&[
            ("openapi", Tree::text("3.1.0")),
            (
                "paths",
                map(&[
                    (
                        "/orders",
                        map(&[(
                            "get",
                            map(&[
                                ("tags", Tree::List(vec![Tree::text("a"), Tree::text("b")])),
                                ("required", Tree::List(vec![Tree::text("x"), Tree::text("y")])),
                            ]),
                        )]),
                    ),
                    ("/ready", map(&[])),
                ]),
            ),
        ])
    }

    fn check(change: impl Fn(&mut Tree), expected: &str) {
        let old = old();
        let mut new = old.clone();
        change(&mut new);
        assert_eq!(rewrite(TEXT, &old, &new), expected);
    }

    #[test]
    fn comments_and_lines_of_what_stays_survive() {
        check(|_| {}, TEXT);
        let bumped = TEXT.replace("3.1.0", "\"3.2.0\"");
        check(|it| it.set("openapi", Tree::text("3.2.0")), &bumped);
        let longer = format!("{TEXT}info:\n  title: Shop\n");
        check(|it| it.set("info", map(&[("title", Tree::text("Shop"))])), &longer);
        let without_y = TEXT.replace("      - y # why\n", "");
        let pointer = crate::Pointer::parse("/paths/~1orders/get/required").unwrap();
        check(|it| *it.at_mut(&pointer).unwrap() = Tree::List(vec![Tree::text("x")]), &without_y);
        let flow = TEXT.replace("tags: [a, b]", "tags:\n        - c");
        let tags = crate::Pointer::parse("/paths/~1orders/get/tags").unwrap();
        check(|it| *it.at_mut(&tags).unwrap() = Tree::List(vec![Tree::text("c")]), &flow);
    }

    #[test]
    fn words_that_readers_disagree_about_are_quoted() {
        for (text, expected) in [
            ("no", "\"no\""),
            ("200", "\"200\""),
            ("a: b", "\"a: b\""),
            ("/v2/x", "/v2/x"),
            ("sku", "sku"),
        ] {
            assert_eq!(key(text), expected, "{text}");
        }
    }
}
