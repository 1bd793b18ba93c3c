use crate::commands::{OVERRIDE_NAME, folder::Folder, words::Word};

/// Words of the shell after which a command follows.
const KEYWORDS: [&str; 15] = [
    "if", "then", "elif", "else", "fi", "while", "until", "do", "done", "{", "}", "!", "time",
    "esac", "function",
];

/// Programs that run the command behind them.
const LAUNCHERS: [&str; 29] = [
    "npx",
    "npm",
    "pnpm",
    "pnpx",
    "yarn",
    "bun",
    "bunx",
    "deno",
    "node",
    "corepack",
    "env",
    "cross-env",
    "dotenv",
    "sudo",
    "exec",
    "command",
    "nohup",
    "timeout",
    "xargs",
    "nice",
    "eval",
    "time",
    "retry",
    "mise",
    "volta",
    "direnv",
    "doppler",
    "op",
    "infisical",
];

/// Programs that run nothing, so that a `--` among their words does not either.
const OTHERS: [&str; 14] = [
    "echo", "printf", "grep", "rg", "git", "gh", "cat", "ls", "rm", "cp", "mv", "mkdir", "touch",
    "test",
];

/// What a launcher does instead of running the command behind it.
const OTHER_TASKS: [&str; 25] = [
    "install",
    "i",
    "add",
    "ci",
    "remove",
    "rm",
    "uninstall",
    "un",
    "update",
    "up",
    "upgrade",
    "info",
    "view",
    "show",
    "why",
    "ls",
    "list",
    "create",
    "init",
    "config",
    "audit",
    "outdated",
    "link",
    "pack",
    "publish",
];

/// Flags of launchers whose value is a folder to run in.
const FOLDER_FLAGS: [&str; 4] = ["-C", "--dir", "--prefix", "--cwd"];

/// Flags of launchers that run the command in a package of the workspace.
const WORKSPACE_FLAGS: [&str; 6] =
    ["--filter", "-F", "--workspace", "-w", "--workspaces", "--recursive"];

/// Flags of launchers whose value names a package to install first.
const PACKAGE_FLAGS: [&str; 2] = ["-p", "--package"];

/// A call of wrangler, freed of what runs it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Launch {
    /// The words behind `wrangler`.
    pub(crate) arguments: Vec<Word>,
    /// Where `wrangler` stands.
    pub(crate) offset: usize,
    pub(crate) folder: Folder,
    /// What the call itself sets [`OVERRIDE_NAME`] to; an empty text unsets it.
    pub(crate) override_name: Option<String>,
}

/// Leaves out keywords and assignments; the assignment of [`OVERRIDE_NAME`] is told.
pub(crate) fn without_front(words: &[Word]) -> (Option<String>, &[Word]) {
    let mut override_name = None;
    let mut rest = words;
    while let Some((first, behind)) = rest.split_first() {
        if let Some((name, value)) = assignment(first) {
            override_name = (name == OVERRIDE_NAME).then(|| value.to_owned()).or(override_name);
        } else if first.is_quoted || !KEYWORDS.contains(&&*first.text) {
            break;
        }
        rest = behind;
    }
    (override_name, rest)
}

/// `NAME=value`, as the shell, `env` and `export` know it.
pub(crate) fn assignment(word: &Word) -> Option<(&str, &str)> {
    let (name, value) = word.text.split_once('=')?;
    let is_name = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let starts_well = name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_');
    (starts_well && name.chars().all(is_name)).then_some((name, value))
}

/// Does this program run the command behind it?
pub(crate) fn is_launcher(program: &Word) -> bool {
    LAUNCHERS.contains(&base_name(&program.text))
}

/// Finds wrangler in a simple command without keywords and assignments in front.
pub(crate) fn launch(words: &[Word], folder: &Folder) -> Option<Launch> {
    let first = words.first()?;
    if is_wrangler(&first.text) {
        let folder = folder.clone();
        return Some(call(words, 0, folder, None));
    }
    let name = base_name(&first.text);
    if OTHERS.contains(&name) {
        return None;
    }
    let is_launcher = is_launcher(first);
    let start = if is_launcher { 1 } else { 1 + words.iter().position(|it| it.text == "--")? };
    behind_launcher(words, start, folder, is_launcher)
}

fn behind_launcher(
    words: &[Word],
    start: usize,
    folder: &Folder,
    is_launcher: bool,
) -> Option<Launch> {
    let mut folder = folder.clone();
    let mut override_name = None;
    let mut before = "";
    for (index, word) in words.iter().enumerate().skip(start) {
        let text = &*word.text;
        if is_wrangler(text) && !PACKAGE_FLAGS.contains(&before) {
            return Some(call(words, index, folder, override_name));
        }
        if let Some((OVERRIDE_NAME, value)) = assignment(word) {
            override_name = Some(value.to_owned());
        }
        if !is_launcher || OTHER_TASKS.contains(&text) {
            return None;
        }
        folder = folder_behind(&folder, before, word);
        before = text;
    }
    None
}

/// The folder a launcher runs in, once it has read this word.
fn folder_behind(folder: &Folder, before: &str, word: &Word) -> Folder {
    if FOLDER_FLAGS.contains(&before) {
        return folder.enter(&word.text, word.is_dynamic);
    }
    match word.text.split_once('=') {
        Some((flag, value)) if FOLDER_FLAGS.contains(&flag) => folder.enter(value, word.is_dynamic),
        Some((flag, _)) if WORKSPACE_FLAGS.contains(&flag) => Folder::Unknown,
        None if WORKSPACE_FLAGS.contains(&&*word.text) || word.text == "workspace" => {
            Folder::Unknown
        }
        _ => folder.clone(),
    }
}

fn call(words: &[Word], index: usize, folder: Folder, override_name: Option<String>) -> Launch {
    let offset = words.get(index).map_or(0, |it| it.offset);
    let mut arguments = words.get(index + 1..).unwrap_or_default();
    // `npm run wrangler -- deploy`: the launcher takes the first `--` for itself.
    if let Some((first, rest)) = arguments.split_first()
        && first.text == "--"
    {
        arguments = rest;
    }
    Launch { arguments: arguments.to_vec(), offset, folder, override_name }
}

/// `wrangler`, `wrangler@4`, `node_modules/.bin/wrangler`, `npm:wrangler`, `wrangler.cmd`.
fn is_wrangler(text: &str) -> bool {
    let name = base_name(text);
    let name = name.strip_prefix("npm:").unwrap_or(name);
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    let is_own_script = text.contains("wrangler/bin/");
    matches!(name, "wrangler" | "wrangler.cmd" | "wrangler.exe" | "wrangler.ps1")
        || (is_own_script && matches!(name, "wrangler.js" | "wrangler.mjs" | "cf-wrangler.js"))
}

pub(crate) fn base_name(text: &str) -> &str {
    text.rsplit(['/', '\\']).next().unwrap_or_default()
}
