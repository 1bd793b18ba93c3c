//! How a file is laid out, so that what is new looks like what was there.

use super::Tree;

/// The manner of one JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// One level of indentation; empty means that the file has no line breaks.
    pub(super) unit: String,
    /// How its lines end.
    pub(super) newline: &'static str,
    /// Short lists of scalars stand in one line.
    pub(super) short_lists: bool,
    /// `": "` or `":"`
    pub(super) colon: &'static str,
}

impl Layout {
    /// Looks at a text.
    pub(super) fn of(text: &str) -> Self {
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let unit = text.lines().skip(1).find_map(indentation).unwrap_or_default();
        let breaks = text.trim_end().contains('\n');
        Self {
            unit: if breaks && unit.is_empty() { "  ".to_owned() } else { unit },
            newline,
            short_lists: !breaks || has_short_list(text),
            colon: if breaks || text.contains("\": ") { ": " } else { ":" },
        }
    }

    /// A value as a text that starts in a line of this indentation; `inline` keeps it in one line.
    pub(super) fn json(&self, tree: &Tree, indent: &str, inline: bool) -> String {
        let flat = |it: &Tree| matches!(it, Tree::Scalar(_));
        match tree {
            Tree::Scalar(text) => text.clone(),
            Tree::List(items) if items.is_empty() => "[]".to_owned(),
            Tree::Map(members) if members.is_empty() => "{}".to_owned(),
            Tree::List(items) => {
                let short = self.short_lists && items.len() <= 8 && items.iter().all(flat);
                let inline = inline || short || self.unit.is_empty();
                let parts = items.iter().map(|it| self.json(it, &self.deeper(indent), inline));
                self.wrap(("[", "]"), &parts.collect::<Vec<_>>(), indent, inline)
            }
            Tree::Map(members) => {
                let inline = inline || self.unit.is_empty();
                let parts = members.iter().map(|(name, it)| {
                    let value = self.json(it, &self.deeper(indent), inline);
                    format!("{}{}{value}", quoted(name), self.colon)
                });
                self.wrap(("{", "}"), &parts.collect::<Vec<_>>(), indent, inline)
            }
        }
    }

    fn wrap(
        &self,
        (open, close): (&str, &str),
        parts: &[String],
        indent: &str,
        inline: bool,
    ) -> String {
        if self.unit.is_empty() {
            let gap = if self.colon == ":" { "," } else { ", " };
            return format!("{open}{}{close}", parts.join(gap));
        }
        if inline {
            let pad = if open == "{" { " " } else { "" };
            return format!("{open}{pad}{}{pad}{close}", parts.join(", "));
        }
        let line = format!("{}{}", self.newline, self.deeper(indent));
        let separator = format!(",{line}");
        format!("{open}{line}{}{}{indent}{close}", parts.join(&separator), self.newline)
    }

    fn deeper(&self, indent: &str) -> String {
        format!("{indent}{}", self.unit)
    }
}

/// A text as JSON writes it.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn indentation(line: &str) -> Option<String> {
    let end = line.find(|it: char| it != ' ' && it != '\t')?;
    (end > 0).then(|| line.get(..end).unwrap_or_default().to_owned())
}

fn has_short_list(text: &str) -> bool {
    let starts = text.match_indices('[').map(|(idx, _)| idx);
    let mut insides = starts.filter_map(|it| text.get(it + 1..));
    insides.any(|it| it.starts_with('"') || it.starts_with(" \""))
}
