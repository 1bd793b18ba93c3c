use crate::commands::{
    Command, OVERRIDE_NAME,
    folder::Folder,
    launch::{assignment, base_name, is_launcher, launch, without_front},
    words::{Inner, Token, Word, may_descend, tokens},
};

/// Programs that take command texts as arguments.
const SHELLS: [&str; 9] =
    ["bash", "sh", "zsh", "dash", "ksh", "eval", "concurrently", "pwsh", "cmd"];

/// Flags of `npx`, `npm exec` and `pnpm exec` whose value is a command text.
const TEXT_FLAGS: [&str; 3] = ["-c", "--call", "--shell-mode"];

/// The deploy commands of a shell text, in its order: a `run` step, a script of `package.json`.
#[must_use]
pub fn deploy_commands(text: &str) -> Vec<Command> {
    let mut scan = Scan { found: Vec::new(), override_name: None };
    scan.text(text, 0, 0, Folder::FromStart(String::new()));
    finish(scan.found, text)
}

/// The deploy commands of the input `command` of `cloudflare/wrangler-action`.
///
/// Each line holds the words behind an implicit `wrangler`, and no shell reads it.
#[must_use]
pub fn action_commands(text: &str) -> Vec<Command> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (tokens, _) = tokens(line);
        let words = tokens.into_iter().map_while(|it| match it {
            Token::Word(word) => Some(word),
            Token::End | Token::Open | Token::Close => None,
        });
        let words: Vec<Word> = words.collect();
        let offset = start + words.first().map_or(0, |it| it.offset);
        found.extend(Command::new(words, offset, Folder::FromStart(String::new())));
        start += line.len();
    }
    finish(found, text)
}

fn finish(mut found: Vec<Command>, text: &str) -> Vec<Command> {
    found.sort_by_key(|it| it.offset);
    for command in &mut found {
        let before = text.get(..command.offset).unwrap_or_default();
        command.line = before.matches('\n').count();
    }
    found
}

struct Scan {
    found: Vec<Command>,
    /// What `export` has set for the commands that follow.
    override_name: Option<String>,
}

/// The words behind a shell, or behind a launcher's flag for a command text; else none.
fn text_arguments(words: &[Word]) -> &[Word] {
    let is_shell = |it: &Word| SHELLS.contains(&base_name(&it.text));
    let is_text_flag = |it: &Word| TEXT_FLAGS.contains(&&*it.text);
    let position = match words.first() {
        Some(first) if is_launcher(first) => {
            words.iter().position(|it| is_shell(it) || is_text_flag(it))
        }
        Some(first) if is_shell(first) => Some(0),
        _ => None,
    };
    position.and_then(|it| words.get(it + 1..)).unwrap_or_default()
}

impl Scan {
    /// Reads a text that starts at a byte of the outermost one.
    fn text(&mut self, text: &str, offset: usize, depth: usize, folder: Folder) {
        let (tokens, inner) = tokens(text);
        self.inner_texts(&inner, offset, depth, &folder);
        let mut folder = folder;
        let mut outer = Vec::new();
        let mut words: Vec<Word> = Vec::new();
        for token in tokens {
            match token {
                Token::Word(word) => {
                    words.push(Word { offset: offset + word.offset, ..word });
                    continue;
                }
                Token::End => self.simple(&words, depth, &mut folder),
                Token::Open => {
                    self.simple(&words, depth, &mut folder);
                    outer.push(folder.clone());
                }
                Token::Close => {
                    self.simple(&words, depth, &mut folder);
                    folder = outer.pop().unwrap_or(folder);
                }
            }
            words.clear();
        }
    }

    fn inner_texts(&mut self, inner: &[Inner], offset: usize, depth: usize, folder: &Folder) {
        if may_descend(depth) {
            for it in inner {
                self.text(&it.text, offset + it.offset, depth + 1, folder.clone());
            }
        }
    }

    /// One simple command: it changes the folder, sets a variable, runs a text, or is wrangler.
    fn simple(&mut self, words: &[Word], depth: usize, folder: &mut Folder) {
        let (own_name, words) = without_front(words);
        let Some((first, arguments)) = words.split_first() else { return };
        match &*first.text {
            "cd" | "pushd" | "Set-Location" => *folder = entered(folder, arguments),
            "popd" => *folder = Folder::Unknown,
            "export" | "declare" | "typeset" | "set" => self.export(arguments),
            name if name.strip_prefix("$env:").is_some_and(|it| it.starts_with(OVERRIDE_NAME)) => {
                self.power_shell(words);
            }
            "unset" if arguments.iter().any(|it| it.text == OVERRIDE_NAME) => {
                self.override_name = None;
            }
            _ => self.shell(text_arguments(words), depth, folder),
        }
        let Some(launch) = launch(words, folder) else { return };
        let name = launch.override_name.or(own_name).or_else(|| self.override_name.clone());
        let command = Command::new(launch.arguments, launch.offset, launch.folder);
        let name = name.filter(|it| !it.is_empty());
        self.found.extend(command.map(|it| it.named(name)));
    }

    fn export(&mut self, arguments: &[Word]) {
        for (name, value) in arguments.iter().filter_map(assignment) {
            if name == OVERRIDE_NAME {
                self.override_name = Some(value.to_owned());
            }
        }
    }

    /// `$env:NAME = 'value'`, with or without the blanks.
    fn power_shell(&mut self, words: &[Word]) {
        let line: String = words.iter().map(|it| it.text.as_str()).collect();
        let value = line.split_once('=').filter(|(name, _)| name.ends_with(OVERRIDE_NAME));
        self.override_name = value.map(|(_, it)| it.to_owned()).or(self.override_name.take());
    }

    /// A quoted argument that is a whole command: `bash -c 'wrangler deploy'`.
    fn shell(&mut self, arguments: &[Word], depth: usize, folder: &Folder) {
        let is_text = |it: &&Word| it.text.contains("wrangler") && it.text.contains(' ');
        for argument in arguments.iter().filter(is_text).filter(|_| may_descend(depth)) {
            // Escapes shift the bytes inside the argument, so its start stands for all of it.
            let known = self.found.len();
            self.text(&argument.text, argument.offset, depth + 1, folder.clone());
            for command in self.found.iter_mut().skip(known) {
                command.offset = argument.offset;
            }
        }
    }
}

fn entered(folder: &Folder, arguments: &[Word]) -> Folder {
    let target = arguments.iter().find(|it| !matches!(&*it.text, "--" | "-P" | "-L"));
    target.map_or(Folder::Unknown, |it| folder.enter(&it.text, it.is_dynamic))
}
