use kernel::{Document, Kind, Node, Place, Span};

use crate::commands::{Command, OVERRIDE_NAME, action_commands, deploy_commands};

const ACTION: &str = "cloudflare/wrangler-action@";

/// How a [`Source`] is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By a shell.
    Shell,
    /// As the input `command` of `cloudflare/wrangler-action`.
    Action,
    /// As the `uses` of `cloudflare/wrangler-action` without that input, which then deploys.
    ActionDefault,
}

/// A text of a document that may deploy.
#[derive(Debug, Clone, PartialEq)]
pub struct Source<'a> {
    /// The text.
    pub node: &'a Node,
    /// How it is read.
    pub form: Form,
    /// The folder it starts in, from the root of the repository; none if only the run knows.
    pub folder: Option<String>,
    /// What `env` sets `WRANGLER_CI_OVERRIDE_NAME` to.
    pub override_name: Option<String>,
}

/// The scripts of a `package.json`, in the order of the file.
#[must_use]
pub fn package_sources(document: &Document) -> Vec<Source<'_>> {
    let scripts = document.root.get("scripts").and_then(Node::as_table).unwrap_or_default();
    let folder = Some(document.path.folder().to_owned());
    let source =
        |node| Source { node, form: Form::Shell, folder: folder.clone(), override_name: None };
    scripts.iter().map(|it| &it.value).filter(|it| it.as_str().is_some()).map(source).collect()
}

/// The `run` texts and wrangler-action commands of a workflow or a composite action.
#[must_use]
pub fn workflow_sources(document: &Document) -> Vec<Source<'_>> {
    let root = &document.root;
    let outermost = Settings::default().inside(root);
    let jobs = root.get("jobs").and_then(Node::as_table).unwrap_or_default();
    let jobs = jobs.iter().map(|it| (outermost.inside(&it.value), &it.value));
    let composite = root.get("runs").map(|it| (outermost.clone(), it));
    jobs.chain(composite).flat_map(|(settings, it)| steps(&settings, it)).collect()
}

fn steps<'a>(settings: &Settings<'a>, job: &'a Node) -> Vec<Source<'a>> {
    let steps = job.get("steps").and_then(Node::as_list).unwrap_or_default();
    steps.iter().flat_map(|it| step(settings, it)).collect()
}

fn step<'a>(settings: &Settings<'a>, step: &'a Node) -> Vec<Source<'a>> {
    let settings = settings.inside(step);
    let override_name = settings.override_name.clone();
    if let Some(node) = step.get("run").filter(|it| it.as_str().is_some()) {
        let folder = folder_of(step.get("working-directory").or(settings.folder));
        return vec![Source { node, form: Form::Shell, folder, override_name }];
    }
    let Some(uses) = step.get("uses") else { return Vec::new() };
    let reference = uses.as_str().and_then(|it| it.get(..ACTION.len()));
    if !reference.is_some_and(|it| it.eq_ignore_ascii_case(ACTION)) {
        return Vec::new();
    }
    action(uses, step.get("with"), override_name.as_ref())
}

/// What wrangler-action runs: shell lines before and after, between them wrangler.
///
/// Source: `wranglerAction.ts` of `cloudflare/wrangler-action`; without `command` it deploys.
fn action<'a>(
    uses: &'a Node,
    with: Option<&'a Node>,
    override_name: Option<&String>,
) -> Vec<Source<'a>> {
    let input =
        |key| with?.get(key).filter(|it| it.as_str().is_some_and(|it| !it.trim().is_empty()));
    let command = match with.and_then(|it| it.get("command")).filter(|it| !is_blank(it)) {
        Some(_) => input("command").map(|it| (it, Form::Action)),
        None => Some((uses, Form::ActionDefault)),
    };
    let shell = |key| input(key).map(|it| (it, Form::Shell));
    let folder = folder_of(with.and_then(|it| it.get("workingDirectory")));
    let source = |(node, form)| Source {
        node,
        form,
        folder: folder.clone(),
        override_name: override_name.cloned(),
    };
    let texts = [shell("preCommands"), command, shell("postCommands")];
    texts.into_iter().flatten().map(source).collect()
}

fn is_blank(node: &Node) -> bool {
    matches!(node.kind, Kind::Null) || node.as_str().is_some_and(|it| it.trim().is_empty())
}

/// What a workflow or a job sets for all that is inside.
#[derive(Clone, Default)]
struct Settings<'a> {
    folder: Option<&'a Node>,
    override_name: Option<String>,
}

impl<'a> Settings<'a> {
    fn inside(&self, node: &'a Node) -> Self {
        let defaults = node.get("defaults").and_then(|it| it.get("run"));
        let folder = defaults.and_then(|it| it.get("working-directory"));
        let name = node.get("env").and_then(|it| it.get(OVERRIDE_NAME));
        let name = name.map(|it| it.to_json().as_str().unwrap_or("?").to_owned());
        Self {
            folder: folder.or(self.folder),
            override_name: name.or_else(|| self.override_name.clone()),
        }
    }
}

/// A folder as a workflow writes it, from the root.
fn folder_of(node: Option<&Node>) -> Option<String> {
    let Some(node) = node else { return Some(String::new()) };
    let text = node.as_str()?;
    (!text.contains("${{") && !text.starts_with('/')).then(|| text.to_owned())
}

impl Source<'_> {
    /// The deploy commands in it.
    #[must_use]
    pub fn commands(&self) -> Vec<Command> {
        let text = self.node.as_str().unwrap_or_default();
        match self.form {
            Form::Shell => deploy_commands(text),
            Form::Action => action_commands(text),
            Form::ActionDefault => action_commands("deploy"),
        }
    }

    /// Where one of its commands stands: its line, for a block scalar of YAML, else the text.
    #[must_use]
    pub fn place(&self, document: &Document, command: &Command) -> Place {
        let span = self.node.span;
        let Some(first) = first_line(document, span) else { return document.place(span) };
        let raw = document.text.get(span.start..span.end).unwrap_or_default();
        let mut lines = raw.split_inclusive('\n');
        let before: usize = lines.by_ref().take(first + command.line).map(str::len).sum();
        let line = lines.next().unwrap_or_default();
        let start = span.start + before + (line.len() - line.trim_start().len());
        document.place(Span { start, end: start + line.trim().len() })
    }
}

/// The first line of the content of a block scalar of YAML within its span; none for other texts.
///
/// The span may start at the header (`|`, `>-`), or behind it, with the content.
fn first_line(document: &Document, span: Span) -> Option<usize> {
    let raw = document.text.get(span.start..span.end)?;
    if raw.starts_with(['|', '>']) {
        return Some(1);
    }
    let (above, indent) = document.text.get(..span.start)?.rsplit_once('\n')?;
    let line = above.lines().next_back()?;
    let line = line.split_once(" #").map_or(line, |(it, _)| it);
    let mark = line.split_whitespace().next_back()?;
    (indent.trim().is_empty() && mark.starts_with(['|', '>'])).then_some(0)
}
