//! The one writer: source, script and declarations in one pass.
//!
//! [`Writer::put`] takes text that the generator spells out itself; everything that comes from a
//! contract goes through a method that escapes it for the place where it lands.

mod comment;
mod escape;
mod woven;

use std::sync::Arc;

use contracts::{Kind, NodeId, Store};
use kernel::Digest;

use crate::names::Name;

pub(crate) use escape::is_identifier;
pub use woven::{Part, Woven};

/// Which of the three texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// All three.
    All,
    /// What runs: source and script.
    Code,
    /// What only the compiler reads: source and declarations.
    Types,
    /// `.ts` alone.
    Source,
    /// `.js` alone.
    Script,
    /// `.d.ts` alone.
    Declaration,
}

impl To {
    fn has(self, part: Part) -> bool {
        match self {
            Self::All => true,
            Self::Code => matches!(part, Part::Source | Part::Script),
            Self::Types => matches!(part, Part::Source | Part::Declaration),
            Self::Source => part == Part::Source,
            Self::Script => part == Part::Script,
            Self::Declaration => part == Part::Declaration,
        }
    }
}

/// Three texts that grow together, and hold once what they have in common. It starts with
/// [`To::All`].
#[derive(Debug, Clone)]
pub struct Writer {
    woven: Woven,
    to: To,
    depth: usize,
}

impl Default for Writer {
    fn default() -> Self {
        Self { woven: Woven::default(), to: To::All, depth: 0 }
    }
}

impl Writer {
    /// From here on, write to these.
    pub fn to(&mut self, to: To) -> &mut Self {
        self.to = to;
        self
    }

    /// What is written to now, so that a part can go back to it.
    #[must_use]
    pub fn target(&self) -> To {
        self.to
    }

    /// Text of the generator itself.
    pub fn put(&mut self, text: &'static str) -> &mut Self {
        self.raw(text)
    }

    /// A comma before every part but the first.
    pub fn comma(&mut self, idx: usize) -> &mut Self {
        self.raw(if idx > 0 { ", " } else { "" })
    }

    /// A new line, indented.
    pub fn line(&mut self) -> &mut Self {
        self.raw("\n");
        for _ in 0..self.depth {
            self.raw("  ");
        }
        self
    }

    /// Lines from here on stand one step further in.
    pub fn indent(&mut self) -> &mut Self {
        self.depth += 1;
        self
    }

    /// Lines from here on stand one step further out.
    pub fn outdent(&mut self) -> &mut Self {
        self.depth = self.depth.saturating_sub(1);
        self
    }

    /// An identifier from the table of names.
    pub fn name(&mut self, name: &Name) -> &mut Self {
        self.raw(name.as_str())
    }

    /// A numbered identifier: `v12`.
    pub fn local(&mut self, prefix: &'static str, number: usize) -> &mut Self {
        self.raw(prefix).raw(&number.to_string())
    }

    /// A whole number of the generator.
    pub fn count(&mut self, number: u64) -> &mut Self {
        self.raw(&number.to_string())
    }

    /// A text as a string literal.
    pub fn literal(&mut self, text: &str) -> &mut Self {
        self.raw("\"").inside_literal(text).raw("\"")
    }

    /// A text that continues a string literal which the generator has opened with `"`.
    pub fn inside_literal(&mut self, text: &str) -> &mut Self {
        self.raw(&escape::inside_literal(text))
    }

    /// A text inside a template literal type which the generator has opened.
    pub fn template(&mut self, text: &str) -> &mut Self {
        let text = escape::inside_literal(text).replace('`', "\\`").replace("${", "\\${");
        self.raw(&text)
    }

    /// A member name in an interface or a type: quoted where it has to be.
    pub fn key(&mut self, text: &str) -> &mut Self {
        if escape::is_plain_key(text) { self.raw(text) } else { self.literal(text) }
    }

    /// A member name in an object literal. A plain `__proto__` would set the prototype there.
    pub fn property(&mut self, text: &str) -> &mut Self {
        if text == "__proto__" { self.raw("[\"__proto__\"]") } else { self.key(text) }
    }

    /// A number in the grammar of JSON, which is one of TypeScript; anything else is `NaN`.
    pub fn number(&mut self, text: &str) -> &mut Self {
        let is_number = serde_json::from_str::<serde_json::Number>(text).is_ok();
        self.raw(if is_number { text } else { "NaN" })
    }

    /// A value of a contract as an expression.
    pub fn value(&mut self, store: &Store, node: NodeId) -> &mut Self {
        match store.kind(node) {
            Kind::Null => self.raw("null"),
            Kind::Bool => {
                self.raw(if store.as_bool(node) == Some(true) { "true" } else { "false" })
            }
            Kind::Number => self.number(store.as_number(node).unwrap_or_default()),
            Kind::String => {
                let text = store.value(node);
                self.literal(text.as_str().unwrap_or_default())
            }
            Kind::Array => self.items(store, node),
            Kind::Object => self.members(store, node),
        }
    }

    fn items(&mut self, store: &Store, node: NodeId) -> &mut Self {
        self.raw("[");
        for (idx, item) in store.items(node).iter().enumerate() {
            self.comma(idx).value(store, *item);
        }
        self.raw("]")
    }

    fn members(&mut self, store: &Store, node: NodeId) -> &mut Self {
        self.raw("{");
        for (idx, (name, member)) in store.members(node).enumerate() {
            self.raw(if idx > 0 { ", " } else { " " });
            self.property(name).raw(": ").value(store, member);
        }
        self.raw(if store.n_members(node) > 0 { " }" } else { "}" })
    }

    /// A regular expression with the flag `u`, or without.
    pub fn regex(&mut self, pattern: &str, is_unicode: bool) -> &mut Self {
        self.raw("/* @__PURE__ */ new RegExp(").literal(pattern);
        self.raw(if is_unicode { ", \"u\")" } else { ")" })
    }

    /// Text of a contract as lines of a comment; each starts with ` * `.
    pub fn comment(&mut self, text: &str) -> &mut Self {
        for line in comment::lines(text) {
            self.line().raw(if line.is_empty() { " *" } else { " * " }).raw(&line);
        }
        self
    }

    /// Text of a contract in the rest of a line of a comment.
    pub fn comment_part(&mut self, text: &str) -> &mut Self {
        self.raw(&comment::lines(text).join(" "))
    }

    /// A file beside, as an import writes it. Paths are the generator's own.
    pub(crate) fn module_path(&mut self, path: &str) -> &mut Self {
        self.literal(path)
    }

    /// Ends a chain where a match wants no value.
    pub fn end(&mut self) {}

    /// Another text, made by a writer too.
    pub fn append(&mut self, other: &Self) -> &mut Self {
        self.woven.append(&other.woven);
        self
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> Arc<Woven> {
        Arc::new(self.woven.fitted())
    }

    /// The source alone.
    #[must_use]
    pub fn source(&self) -> String {
        self.woven.text_of(Part::Source)
    }

    /// Of the source, in which the other two are told.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self.source().as_bytes())
    }

    /// Is nothing written yet to any of the three?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.woven.is_empty()
    }

    fn raw(&mut self, text: &str) -> &mut Self {
        self.woven.push(text, self.to);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_gets_what_is_meant_for_it() {
        let mut out = Writer::default();
        out.to(To::Code).put("let a").to(To::Source).put(": string").to(To::Code).put(" = ");
        out.literal("x").put(";").to(To::Declaration).put("declare let a: string;");
        let expected = ["let a: string = \"x\";", "let a = \"x\";", "declare let a: string;"];
        let woven = out.finish();
        let parts = [Part::Source, Part::Script, Part::Declaration];
        assert_eq!(parts.map(|it| woven.text_of(it)), expected);
    }

    #[test]
    fn values_are_written_as_expressions() {
        let mut store = Store::new();
        let value =
            serde_json::json!({"a": [1, "x\u{2028}", null, true], "__proto__": {}, "b-c": 1.5});
        let node = store.insert(&value);
        let mut out = Writer::default();
        out.value(&store, node);
        let expected = r#"{ a: [1, "x\u2028", null, true], ["__proto__"]: {}, "b-c": 1.5 }"#;
        let sorted = r#"{ ["__proto__"]: {}, a: [1, "x\u2028", null, true], "b-c": 1.5 }"#;
        let source = out.source();
        assert!(source == expected || source == sorted, "{source}");
    }
}
