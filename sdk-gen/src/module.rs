//! One module of an SDK: its imports and its three texts.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Digest;

use crate::{
    names::Name,
    plan::Files,
    writer::{Part, To, Writer},
};

/// Whether an imported type is named in declarations too.
type Types = BTreeMap<Name, bool>;

/// One module: `src/PATH.ts`, `dist/PATH.js`, `dist/PATH.d.ts`.
#[derive(Debug, Clone)]
pub struct Module {
    path: String,
    values: BTreeMap<String, BTreeSet<Name>>,
    types: BTreeMap<String, Types>,
    /// What stands below the imports.
    pub out: Writer,
    beside: Writer,
    /// The numbers of what stands beside, by what it is.
    numbers: BTreeMap<(&'static str, usize), Digest>,
}

impl Module {
    /// An empty module at a path such as `schemas/o`.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        let (values, types) = (BTreeMap::new(), BTreeMap::new());
        let numbers = BTreeMap::new();
        let (out, beside) = (Writer::default(), Writer::default());
        Self { path: path.into(), values, types, out, beside, numbers }
    }

    /// Its path, without folder and ending.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Uses a value of another module; nothing is imported from the module itself.
    pub fn use_value(&mut self, from: &str, name: &Name) {
        let names = self.values.get(from);
        if from != self.path && !names.is_some_and(|it| it.contains(name)) {
            self.values.entry(from.to_owned()).or_default().insert(name.clone());
        }
    }

    /// Uses a value that the generator spells out itself; `apart` follows it where it is used.
    pub(crate) fn use_word(&mut self, from: &str, word: &'static str, apart: &str) {
        if !apart.is_empty() {
            self.use_value(from, &Name::stand_in(word));
            return;
        }
        let names = self.values.get(from);
        if from != self.path && !names.is_some_and(|it| it.contains(word)) {
            self.values.entry(from.to_owned()).or_default().insert(Name::own(word));
        }
    }

    /// Uses a type of another module, in declarations too or in the source alone.
    pub fn use_type(&mut self, from: &str, name: &Name, is_declared: bool) {
        let known = self.types.get(from).and_then(|it| it.get(name));
        if from != self.path && known.is_none_or(|it| !it && is_declared) {
            let names = self.types.entry(from.to_owned()).or_default();
            *names.entry(name.clone()).or_default() |= is_declared;
        }
    }

    /// Declares a function or a constant beside the exports, unless the same one is already there.
    /// Its name is `before` and the number that is returned, which depends on nothing but its text:
    /// schemas that say the same share it, and it keeps its name when others come and go.
    pub fn share(&mut self, word: &'static str, before: &'static str, text: &Writer) -> usize {
        let digest = text.digest();
        let hex = digest.to_string();
        let hex = hex.rsplit(':').next().and_then(|it| it.get(..10)).unwrap_or_default();
        let mut number =
            usize::try_from(u64::from_str_radix(hex, 16).unwrap_or_default()).unwrap_or_default();
        while let Some(known) = self.numbers.get(&(before, number)) {
            if *known == digest {
                return number;
            }
            number += 1;
        }
        self.numbers.insert((before, number), digest);
        self.beside.to(To::Code).put(word).local(before, number).append(text).to(To::All);
        number
    }

    /// Adds the files of the module.
    fn write(self, files: &mut Files, has_scripts: bool) {
        let mut whole = Writer::default();
        self.imports(&mut whole);
        let Self { path, out, beside, .. } = self;
        whole.append(&out).append(&beside);
        let woven = whole.finish();
        files.woven(format!("src/{path}.ts"), &woven, Part::Source);
        if has_scripts {
            files.woven(format!("dist/{path}.js"), &woven, Part::Script);
            files.woven(format!("dist/{path}.d.ts"), &woven, Part::Declaration);
        }
    }

    fn imports(&self, out: &mut Writer) {
        out.to(To::Code);
        for (from, names) in &self.values {
            let names: Vec<&Name> = names.iter().collect();
            import(out, "import { ", &names, &self.relative(from));
        }
        for (from, names) in &self.types {
            let all: Vec<&Name> = names.keys().collect();
            let declared: Vec<&Name> = names.iter().filter(|it| *it.1).map(|it| it.0).collect();
            for (to, names) in [(To::Source, all), (To::Declaration, declared)] {
                import(out.to(to), "import type { ", &names, &self.relative(from));
            }
        }
        out.to(To::All);
    }

    /// The way to another module, as an import of this one writes it.
    #[must_use]
    pub fn relative(&self, other: &str) -> String {
        let depth = self.path.matches('/').count();
        let folder = self.path.rsplit_once('/').map_or("", |it| it.0);
        match other.strip_prefix(folder).and_then(|it| it.strip_prefix('/')) {
            Some(rest) if depth > 0 => format!("./{rest}.js"),
            _ if depth > 0 => format!("{}{other}.js", "../".repeat(depth)),
            _ => format!("./{other}.js"),
        }
    }
}

fn import(out: &mut Writer, word: &'static str, names: &[&Name], from: &str) {
    if names.is_empty() {
        return;
    }
    out.put(word);
    for (idx, name) in names.iter().enumerate() {
        out.comma(idx).name(name);
    }
    out.put(" } from ").module_path(from).put(";\n");
}

/// Where modules go when they are finished, so that only one of them is ever in the making.
#[derive(Debug, Default)]
pub(crate) struct Modules {
    pub(crate) files: Files,
    /// The paths of the modules.
    pub(crate) paths: Vec<String>,
    pub(crate) has_scripts: bool,
}

impl Modules {
    /// Takes one.
    pub(crate) fn add(&mut self, module: Module) {
        self.paths.push(module.path.clone());
        module.write(&mut self.files, self.has_scripts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &'static str) -> Writer {
        let mut out = Writer::default();
        out.to(To::Code).put("(v").to(To::Source).put(": unknown").to(To::Code).put(body);
        out
    }

    #[test]
    fn what_is_equal_stands_once_and_is_named_by_its_text_alone() {
        let mut module = Module::new("guards/o");
        let one = module.share("function ", "t$", &text(") { return true; }\n"));
        let other = module.share("function ", "t$", &text(") { return false; }\n"));
        assert_eq!(module.share("function ", "t$", &text(") { return true; }\n")), one);
        assert_ne!(one, other);
        let mut later = Module::new("guards/p");
        assert_eq!(later.share("function ", "t$", &text(") { return false; }\n")), other);
        let woven = module.beside.finish();
        let parts = [Part::Source, Part::Script, Part::Declaration];
        let [source, script, declaration] = parts.map(|it| woven.text_of(it));
        assert_eq!(source.matches(": unknown) { return true; }").count(), 1, "{source}");
        assert_eq!(script.matches("(v) { return false; }").count(), 1, "{script}");
        assert_eq!(declaration, "");
    }
}
