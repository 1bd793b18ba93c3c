use std::{fmt, mem};

use kernel::looks_secret;

use crate::commands::{OVERRIDE_NAME, folder::Folder, words::Word};

/// What stands in the place of a secret.
const REDACTED: &str = "<redacted>";

/// Flags before the subcommand that take a value.
const GLOBAL_FLAGS: [&str; 7] = ["config", "c", "cwd", "env", "e", "env-file", "profile"];

/// One call of `wrangler deploy`, `publish` or `triggers deploy` that is no dry run.
///
/// Its words may hold secrets, so they are shown by [`Command::argv`] only.
#[derive(Clone, PartialEq, Eq)]
pub struct Command {
    words: Vec<Word>,
    folder: Folder,
    /// What the text sets `WRANGLER_CI_OVERRIDE_NAME` to for this call.
    pub override_name: Option<String>,
    /// The byte of the text where `wrangler` stands.
    pub offset: usize,
    /// The line of that byte, counted from 0.
    pub line: usize,
}

/// A flag of a command, with what follows it.
#[derive(Debug, Clone)]
pub(crate) struct Flag<'a> {
    /// The name without dashes, in kebab case: `dry-run`.
    pub(crate) name: String,
    /// The flag as written: `--route`, `-c`.
    pub(crate) written: &'a str,
    /// The text behind `=`, or the next word.
    pub(crate) value: Option<&'a str>,
    /// The value stands behind `=`.
    pub(crate) is_glued: bool,
    /// Only the run knows the value.
    pub(crate) is_dynamic: bool,
}

impl Command {
    /// Takes the words behind `wrangler`, if they deploy.
    pub(crate) fn new(words: Vec<Word>, offset: usize, folder: Folder) -> Option<Self> {
        let command = Self { words, folder, override_name: None, offset, line: 0 };
        (command.is_deploy() && !command.is_idle()).then_some(command)
    }

    /// The same call with another value of [`OVERRIDE_NAME`].
    pub(crate) fn named(self, override_name: Option<String>) -> Self {
        Self { override_name, ..self }
    }

    /// The words from `wrangler` on, with an assignment of the script's name in front.
    ///
    /// The values of `--var`, `--define` and `--secret…`, and all words shaped like a token or key,
    /// are `<redacted>`.
    #[must_use]
    pub fn argv(&self) -> Vec<String> {
        let name = self.override_name.as_ref();
        let mut argv: Vec<String> =
            name.map(|it| shown(&format!("{OVERRIDE_NAME}={it}"))).into_iter().collect();
        argv.push("wrangler".to_owned());
        let mut is_value_secret = false;
        argv.extend(self.words.iter().map(|it| shown_in_turn(&it.text, &mut is_value_secret)));
        argv
    }

    /// The flags up to a lone `--`.
    pub(crate) fn flags(&self) -> Vec<Flag<'_>> {
        let words = self.words.iter().enumerate().take_while(|(_, it)| it.text != "--");
        let flag = |(index, word): (usize, &Word)| self.flag(index, flag_name(&word.text)?);
        words.filter_map(flag).collect()
    }

    fn flag(&self, index: usize, name: String) -> Option<Flag<'_>> {
        let word = self.words.get(index)?;
        let (written, glued) = split_flag(&word.text);
        let next = self.words.get(index + 1).filter(|it| flag_name(&it.text).is_none());
        let is_dynamic = match glued {
            Some(_) => word.is_dynamic,
            None => next.is_some_and(|it| it.is_dynamic),
        };
        let value = glued.or(next.map(|it| &*it.text));
        Some(Flag { name, written, value, is_glued: glued.is_some(), is_dynamic })
    }

    pub(crate) fn folder(&self) -> &Folder {
        &self.folder
    }

    fn is_deploy(&self) -> bool {
        let mut positional = self.positional();
        match positional.next() {
            Some("deploy" | "publish") => true,
            Some("triggers") => positional.next() == Some("deploy"),
            _ => false,
        }
    }

    /// The words that are neither flags nor values of flags in front of the subcommand.
    fn positional(&self) -> impl Iterator<Item = &str> {
        let mut is_value = false;
        self.words.iter().filter_map(move |word| {
            let was_value = mem::take(&mut is_value);
            if let Some(name) = flag_name(&word.text) {
                let (_, glued) = split_flag(&word.text);
                is_value = glued.is_none() && GLOBAL_FLAGS.contains(&&*name);
                return None;
            }
            (!was_value).then_some(&*word.text)
        })
    }

    /// A dry run, or a call that only prints.
    fn is_idle(&self) -> bool {
        self.flags().iter().any(|it| match &*it.name {
            // NOTE: a boolean of yargs takes the next word only if it is `true` or `false`.
            "dry-run" => it.value != Some("false") && !(it.is_glued && it.is_dynamic),
            "help" | "h" | "version" | "v" => true,
            _ => false,
        })
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Command")
            .field("argv", &self.argv())
            .field("folder", &self.folder)
            .field("offset", &self.offset)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

/// The name of a flag in kebab case, as yargs also takes `--dryRun`; none for any other word.
fn flag_name(text: &str) -> Option<String> {
    let (written, _) = split_flag(text);
    let name = written.strip_prefix("--").or_else(|| written.strip_prefix('-'))?;
    let mut kebab = String::new();
    for it in name.chars() {
        if it.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(it.to_ascii_lowercase());
    }
    (!name.is_empty()).then_some(kebab)
}

/// Parts a flag from a value in the same word: `--name=x`, `-c=x`, `-cx`.
fn split_flag(text: &str) -> (&str, Option<&str>) {
    if let Some((flag, value)) = text.split_once('=').filter(|(it, _)| it.starts_with('-')) {
        return (flag, Some(value));
    }
    let is_short = text.starts_with('-') && !text.starts_with("--");
    match text.split_at_checked(2) {
        Some((flag, value)) if is_short && !value.is_empty() => (flag, Some(value)),
        _ => (text, None),
    }
}

/// A word as it may be shown, given and telling whether the words behind a flag are secret.
fn shown_in_turn(text: &str, is_value_secret: &mut bool) -> String {
    let Some(name) = flag_name(text) else {
        return if *is_value_secret { REDACTED.to_owned() } else { shown(text) };
    };
    *is_value_secret = takes_secret(&name);
    if *is_value_secret { without_value(text) } else { shown(text) }
}

fn takes_secret(name: &str) -> bool {
    matches!(name, "var" | "define") || name.starts_with("secret")
}

fn without_value(text: &str) -> String {
    match split_flag(text) {
        (flag, Some(_)) => format!("{flag}={REDACTED}"),
        (flag, None) => flag.to_owned(),
    }
}

/// The word, unless a part of it is shaped like a token or key.
fn shown(text: &str) -> String {
    let is_border = |it: char| !(it.is_alphanumeric() || matches!(it, '_' | '-' | '.' | '+'));
    if !text.split(is_border).any(looks_secret) && !looks_secret(text) {
        return text.to_owned();
    }
    match text.split_once('=') {
        Some((name, _)) if !looks_secret(name) => format!("{name}={REDACTED}"),
        _ => REDACTED.to_owned(),
    }
}
