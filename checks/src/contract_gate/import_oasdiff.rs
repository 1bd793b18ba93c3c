//! The settings of oasdiff, written as a `checks.toml`. No disk, no clock: both come as values.

mod ids;
mod ignores;
mod settings;

use std::collections::BTreeMap;

use kernel::{Date, Kind, Level, Node};
use snapshot::{parse_jsonc, parse_toml, parse_yaml};

use self::{
    ids::{Counterpart, counterpart},
    ignores::{Ignored, ignored},
    settings::{Meaning, meaning},
};
use crate::waive::NewWaiver;

/// A file of oasdiff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// Its name, as comments show it.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What the text of an import takes from the world around it.
pub struct Surroundings<'a> {
    /// The last day on which the waivers count.
    pub expires: Date,
    /// Who answers for them.
    pub owner: &'a str,
    /// The text of another file that the first one names.
    pub read: &'a dyn Fn(&str) -> Option<String>,
}

/// The text of a `checks.toml` that asks for the same, as far as there is the same. Each line
/// without a counterpart is a comment.
#[must_use]
pub fn import(source: &Source<'_>, around: &Surroundings<'_>) -> String {
    let mut draft = Draft::default();
    match kind_of(source) {
        FileKind::Settings(root) => draft.add_settings(source, &root, around),
        FileKind::Levels => draft.add_levels(source),
        FileKind::Ignored => draft.add_ignored(source),
    }
    draft.to_toml(source.name, around)
}

/// What a file is, told by its content.
enum FileKind {
    Settings(Node),
    Levels,
    Ignored,
}

fn kind_of(source: &Source<'_>) -> FileKind {
    let parsed = [parse_jsonc, parse_toml, parse_yaml].into_iter().find_map(|parse| {
        let node = parse(source.text).ok()?;
        let is_known = |node: &Node| {
            node.as_table().is_some_and(|it| it.iter().any(|it| meaning(&it.key).is_some()))
        };
        is_known(&node).then_some(node)
    });
    if let Some(node) = parsed {
        return FileKind::Settings(node);
    }
    let is_level = |line: &str| {
        let mut words = line.split_whitespace();
        let (id, level, rest) = (words.next(), words.next(), words.next());
        id.is_some() && level.and_then(level_named).is_some() && rest.is_none()
    };
    if source.text.lines().any(is_level) { FileKind::Levels } else { FileKind::Ignored }
}

fn level_named(word: &str) -> Option<Level> {
    match word.to_ascii_lowercase().as_str() {
        "err" => Some(Level::Deny),
        "warn" => Some(Level::Warn),
        "info" => Some(Level::Note),
        "none" => Some(Level::Off),
        _ => None,
    }
}

/// The file that is being made.
#[derive(Debug, Default)]
struct Draft {
    gate: BTreeMap<&'static str, (String, String)>,
    levels: BTreeMap<&'static str, Vec<(Level, String)>>,
    waivers: BTreeMap<(&'static str, String), Vec<String>>,
    left_over: Vec<String>,
}

impl Draft {
    fn add_settings(&mut self, source: &Source<'_>, root: &Node, around: &Surroundings<'_>) {
        for entry in root.as_table().unwrap_or_default() {
            let told = format!("{}: {}", entry.key, shown(&entry.value));
            if let Err(why) = self.add_setting(&entry.key, &entry.value, around) {
                self.left_over.push(format!("{}: {told} -- {why}", source.name));
            }
        }
    }

    fn add_setting(
        &mut self,
        key: &str,
        value: &Node,
        around: &Surroundings<'_>,
    ) -> Result<(), &'static str> {
        let other_file = || {
            let name = value.as_str().ok_or("it names no file")?;
            let text = (around.read)(name).ok_or("it cannot be read; import it by itself")?;
            Ok::<_, &'static str>((name, text))
        };
        match meaning(key).ok_or("oasdiff is not known to have this key")? {
            Meaning::Count(name) => {
                let number = count(value).ok_or("it is no count of days")?;
                if number != "0" {
                    // With a period of notice, oasdiff asks for the last day of what is deprecated.
                    let told = format!("{key} above 0");
                    self.gate.insert("require-sunset", ("true".to_owned(), told));
                }
                self.gate.insert(name, (number, format!("{key}: {}", shown(value))));
            }
            Meaning::Levels => {
                let (name, text) = other_file()?;
                self.add_levels(&Source { name, text: &text });
            }
            Meaning::Ignored => {
                let (name, text) = other_file()?;
                self.add_ignored(&Source { name, text: &text });
            }
            Meaning::Nothing(why) => return Err(why),
        }
        Ok(())
    }

    fn add_levels(&mut self, source: &Source<'_>) {
        for (line, text) in lines(source) {
            let told = format!("{}:{line}: {text}", source.name);
            match levels_of(text) {
                Ok((rules, level)) => self.add_level(rules, level, &told),
                Err(why) => self.left_over.push(format!("{told} -- {why}")),
            }
        }
    }

    fn add_level(&mut self, rules: &[&'static str], level: Level, told: &str) {
        for rule in rules {
            self.levels.entry(*rule).or_default().push((level, told.to_owned()));
        }
    }

    fn add_ignored(&mut self, source: &Source<'_>) {
        for (line, text) in lines(source) {
            let told = format!("{}:{line}: {text}", source.name);
            match ignored(text) {
                Ok(found) => self.add_waiver(&found, told),
                Err(why) => self.left_over.push(format!("{told} -- {why}")),
            }
        }
    }

    fn add_waiver(&mut self, found: &Ignored, told: String) {
        let Some((rule, others)) = found.rules.split_first() else { return };
        let comments = self.waivers.entry((*rule, found.subject.clone())).or_default();
        comments.push(told);
        comments.extend(others.iter().map(|it| format!("or, by its effect, `{it}`")));
    }

    fn to_toml(&self, name: &str, around: &Surroundings<'_>) -> String {
        let mut out = comment(&format!(
            "Imported from `{name}`. A rule here covers more than one check there: read before use."
        ));
        if !self.gate.is_empty() {
            out.push_str("\n[gates.contract-gate]\n");
        }
        for (key, (value, told)) in &self.gate {
            out.push_str(&format!("{}{key} = {value}\n", comment(told)));
        }
        for (rule, asked) in &self.levels {
            // Where several checks of there are one rule of here, the strictest wish holds.
            let Some(level) = asked.iter().map(|it| it.0).max() else { continue };
            out.push_str(&format!("\n[rules.{rule}]\n"));
            out.extend(asked.iter().map(|it| comment(&it.1)));
            out.push_str(&format!("level = \"{}\"\n", level.name()));
        }
        for ((rule, subject), told) in &self.waivers {
            out.push('\n');
            out.extend(told.iter().map(|it| comment(it)));
            let reason = "ignored until now by oasdiff";
            let (owner, expires) = (around.owner, around.expires);
            out.push_str(&NewWaiver { rule, subject, reason, owner, expires }.block());
        }
        if !self.left_over.is_empty() {
            out.push('\n');
            out.push_str(&comment("Without a counterpart:"));
            out.extend(self.left_over.iter().map(|it| comment(it)));
        }
        out
    }
}

/// The rules and the level that a line of a levels file asks for.
fn levels_of(line: &str) -> Result<(&'static [&'static str], Level), &'static str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let &[id, level] = words.as_slice() else { return Err("it is not a check and a level") };
    let level = level_named(level).ok_or("the level is none of err, warn, info, none")?;
    match counterpart(id).ok_or("no such check is known")? {
        Counterpart::Rules(rules) => Ok((rules, level)),
        Counterpart::Nothing(why) => Err(why),
    }
}

/// The lines that say something, with their numbers.
fn lines<'a>(source: &Source<'a>) -> impl Iterator<Item = (usize, &'a str)> {
    let lines = source.text.lines().enumerate().map(|(idx, it)| (idx + 1, it.trim()));
    lines.filter(|(_, it)| !it.is_empty())
}

fn count(value: &Node) -> Option<String> {
    let Kind::Number(text) = &value.kind else { return None };
    text.parse::<u32>().ok().map(|it| it.to_string())
}

/// A value on one line.
fn shown(value: &Node) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_json().to_string(),
    }
}

/// One comment line, whatever the text holds.
fn comment(text: &str) -> String {
    let visible = text.chars().map(|it| if it.is_control() { ' ' } else { it });
    format!("# {}\n", visible.collect::<String>().trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imported(name: &str, text: &str) -> String {
        let expires = kernel::parse_date("2027-03-31").unwrap();
        let read = |name: &str| match name {
            "levels.txt" => Some("webhook-removed warn\n".to_owned()),
            "ignored.md" => Some("GET /x api removed without deprecation\n".to_owned()),
            _ => None,
        };
        let around = Surroundings { expires, owner: "@team-shop", read: &read };
        let out = import(&Source { name, text }, &around);
        let document: toml_edit::DocumentMut = out.parse().unwrap_or_else(|err| panic!("{err}"));
        drop(document);
        out
    }

    #[test]
    fn settings_become_keys_and_comments() {
        let check = |text: &str, expected: &[&str]| {
            let out = imported(".oasdiff.yaml", text);
            for it in expected {
                assert!(out.contains(it), "{it}\nnot in\n{out}");
            }
        };
        check(
            "deprecation-days-stable: 365\ndeprecation-days-beta: 30\nformat: json\n",
            &[
                "[gates.contract-gate]\n",
                "# deprecation-days-beta: 30\nbeta-days = 30\n",
                "stable-days = 365\n",
                "require-sunset = true\n",
                "# Without a counterpart:\n",
                "# .oasdiff.yaml: format: json -- say `--format`",
            ],
        );
        check(
            "severity-levels: levels.txt\nerr-ignore: ignored.md\nwarn-ignore: lost.txt\n",
            &[
                "[rules.event-removed]\n# levels.txt:1: webhook-removed warn\nlevel = \"warn\"\n",
                "[[waivers]]\nrule = \"operation-removed\"\nsubject = \"GET /x\"\n",
                "owner = \"@team-shop\"\nexpires = 2027-03-31\n",
                "warn-ignore: lost.txt -- it cannot be read",
            ],
        );
        check(
            "{\"deprecation-days-stable\": 7, \"x\": [1]}",
            &["stable-days = 7\n", "# .oasdiff.yaml: x: [1] -- oasdiff"],
        );
        check("deprecation-days-stable = 8\n", &["stable-days = 8\n"]);
        check(
            "deprecation-days-stable: soon\n",
            &["# .oasdiff.yaml: deprecation-days-stable: soon --"],
        );
    }

    #[test]
    fn the_strictest_wish_holds() {
        let check = |text: &str, expected: &str| {
            let out = imported("levels.txt", text);
            let (_, level) = out.split_once("level = ").unwrap_or_else(|| panic!("{out}"));
            assert_eq!(level.lines().next(), Some(expected), "{text}");
        };
        check("request-body-max-set warn\n", "\"warn\"");
        check("request-body-max-set none\nrequest-property-min-set info\n", "\"note\"");
        check("request-body-max-set ERR\nrequest-property-min-set none\n", "\"deny\"");
    }

    #[test]
    fn what_cannot_be_said_stays_as_a_comment() {
        let check = |name: &str, text: &str, expected: &str| {
            let out = imported(name, text);
            assert!(out.contains(expected), "{expected}\nnot in\n{out}");
            assert!(!out.contains("[["), "{out}");
        };
        check("l.txt", "no-such-check err\n", "# l.txt:1: no-such-check err -- no such check");
        check("l.txt", "webhook-added err\n\na b c\n", "# l.txt:3: a b c -- it is not a check");
        check("l.txt", "webhook-added err\nwebhook-added bad\n", "-- the level is none of");
        check("i.md", "# Notes\u{7}\n", "# i.md:1: # Notes");
        check("i.md", "", "# Imported from `i.md`.");
    }
}
