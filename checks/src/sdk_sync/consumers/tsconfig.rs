//! What a project's `tsconfig.json` says, as far as a configuration that extends it has to know.

use kernel::{RepoPath, joined};
use serde_json::{Map, Value, json};

use crate::{
    context::Reader,
    sdk_sync::consumers::{imports::is_relative, layout},
};

/// How many configurations may extend each other.
const MAX_CHAIN: usize = 32;

/// The members that are not taken over by extending, or that have to be merged.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Effective {
    /// The configurations themselves, the project's own first.
    pub(crate) chain: Vec<RepoPath>,
    /// `files`, as paths of the repository.
    pub(crate) files: Option<Vec<String>>,
    /// Is there an `include`?
    pub(crate) has_include: bool,
    /// `paths`, with targets as paths of the repository.
    pub(crate) paths: Vec<(String, Vec<String>)>,
    /// `baseUrl`, as a folder of the repository.
    pub(crate) base_url: Option<String>,
    /// `composite`, which makes declarations.
    pub(crate) is_composite: bool,
    /// Where names without a path are looked up by `paths`.
    paths_from: Option<String>,
    raw_paths: Map<String, Value>,
}

impl Effective {
    /// Reads a configuration and what it extends, inside of the repository.
    pub(crate) fn read(head: &Reader<'_>, config: &RepoPath) -> Self {
        let mut all = Self::default();
        all.add(head, config);
        let from = all.base_url.clone().or_else(|| all.paths_from.clone()).unwrap_or_default();
        let target = |it: &Value| joined(&from, it.as_str()?);
        let entry = |(name, targets): (&String, &Value)| {
            let targets = targets.as_array()?.iter().filter_map(target).collect();
            Some((name.clone(), targets))
        };
        all.paths = all.raw_paths.iter().filter_map(entry).collect();
        all
    }

    /// What is extended comes first: each says over what came before.
    fn add(&mut self, head: &Reader<'_>, config: &RepoPath) {
        if self.chain.contains(config) || self.chain.len() >= MAX_CHAIN {
            return;
        }
        let Some(value) = read(head, config) else { return };
        self.chain.push(config.clone());
        let folder = config.folder();
        for extended in words(value.get("extends")) {
            if let Some(path) = extended_path(head, folder, &extended) {
                self.add(head, &path);
            }
        }
        if let Some(files) = value.get("files").filter(|it| it.is_array()) {
            let files = words(Some(files));
            self.files = Some(files.iter().filter_map(|it| joined(folder, it)).collect());
        }
        self.has_include |= value.get("include").is_some_and(Value::is_array);
        let Some(options) = value.get("compilerOptions") else { return };
        if let Some(paths) = options.get("paths").and_then(Value::as_object) {
            (self.raw_paths, self.paths_from) = (paths.clone(), Some(folder.to_owned()));
        }
        if let Some(url) = options.get("baseUrl").and_then(Value::as_str) {
            self.base_url = joined(folder, url);
        }
        if let Some(word) = options.get("composite").and_then(Value::as_bool) {
            self.is_composite = word;
        }
    }
}

/// A configuration as JSON; nothing if it does not parse, which the compiler tells itself.
fn read(head: &Reader<'_>, config: &RepoPath) -> Option<Value> {
    let bytes = head.bytes(config).ok()?;
    let text = str::from_utf8(&bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Some(snapshot::parse_jsonc(text).ok()?.to_json())
}

/// One text, or a list of them.
fn words(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(word)) => vec![word.clone()],
        Some(Value::Array(items)) => {
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => {
            Vec::new()
        }
    }
}

/// The file of an `extends`; one of a package lies in no revision.
fn extended_path(head: &Reader<'_>, folder: &str, extended: &str) -> Option<RepoPath> {
    if !is_relative(extended) {
        return None;
    }
    let path = joined(folder, extended)?;
    let names = [path.clone(), format!("{path}.json"), format!("{path}/tsconfig.json")];
    names.into_iter().find(|it| is_file(head, it)).and_then(|it| RepoPath::new(&it).ok())
}

/// Is there a regular file?
pub(crate) fn is_file(head: &Reader<'_>, path: &str) -> bool {
    head.snapshot().kind(path) == Some(snapshot::EntryKind::File)
}

/// The configuration that a file belongs to: the nearest `tsconfig.json`, or what that one leaves
/// the file to.
pub(crate) fn config_of(head: &Reader<'_>, file: &RepoPath) -> Option<RepoPath> {
    let nearest = layout::ancestors(file.folder())
        .map(|it| layout::below(it, "tsconfig.json"))
        .find(|it| is_file(head, it))?;
    let config = RepoPath::new(&nearest).ok()?;
    Some(referred(head, &config, file).unwrap_or(config))
}

/// A configuration without files of its own leaves them to those that it refers to.
fn referred(head: &Reader<'_>, config: &RepoPath, file: &RepoPath) -> Option<RepoPath> {
    let value = read(head, config)?;
    let is_empty = value.get("files").and_then(Value::as_array).is_some_and(Vec::is_empty);
    let references = value.get("references")?.as_array()?;
    if !is_empty || value.get("include").is_some() {
        return None;
    }
    let paths =
        references.iter().filter_map(|it| joined(config.folder(), it.get("path")?.as_str()?));
    let files = paths.filter_map(|it| {
        let names = [format!("{it}/tsconfig.json"), it];
        names.into_iter().find(|it| is_file(head, it)).and_then(|it| RepoPath::new(&it).ok())
    });
    files.into_iter().find(|it| holds(head, it, file))
}

/// Does a configuration include a file, as far as the plain starts of its patterns tell?
fn holds(head: &Reader<'_>, config: &RepoPath, file: &RepoPath) -> bool {
    let Some(value) = read(head, config) else { return false };
    let folder = config.folder();
    let is_named = |it: &String| joined(folder, it).as_deref() == Some(file.as_str());
    if words(value.get("files")).iter().any(is_named) {
        return true;
    }
    let Some(include) = value.get("include") else { return value.get("files").is_none() };
    words(Some(include)).iter().any(|it| {
        let plain = it.split('/').take_while(|it| !it.contains(['*', '?']));
        let plain = joined(folder, &plain.collect::<Vec<_>>().join("/")).unwrap_or_default();
        let rest = file.as_str().strip_prefix(plain.as_str());
        rest.is_some_and(|it| plain.is_empty() || it.is_empty() || it.starts_with('/'))
    })
}

/// What the configuration of one side is made from.
pub(crate) struct Wanted<'a> {
    /// The project's own configuration, by its name in the same folder.
    pub(crate) own: Option<(&'a RepoPath, &'a Effective)>,
    /// The files that have to be compiled, as paths of the repository.
    pub(crate) files: Vec<String>,
    /// Where names of packages lead, as paths of the repository.
    pub(crate) paths: Vec<(String, String)>,
    /// The folder that stands for the repository, absolute.
    pub(crate) root: String,
}

impl Wanted<'_> {
    /// A configuration that extends the project's own.
    pub(crate) fn text(&self) -> String {
        let absolute = |it: &String| format!("{}/{it}", self.root);
        let mut paths = Map::new();
        if let Some((_, own)) = self.own {
            for (name, targets) in &own.paths {
                paths.insert(name.clone(), targets.iter().map(absolute).collect());
            }
        }
        for (name, target) in &self.paths {
            paths.insert(name.clone(), json!([absolute(target)]));
        }
        let mut files = self.files.clone();
        files.extend(self.own.iter().filter_map(|it| it.1.files.clone()).flatten());
        files.sort();
        files.dedup();
        let files: Vec<String> = files.iter().map(absolute).collect();
        let Some((config, own)) = self.own else {
            return json!({"compilerOptions": strict(&paths), "files": files}).to_string();
        };
        let mut options = json!({
            "noEmit": true, "incremental": false, "composite": null, "tsBuildInfoFile": null,
            "emitDeclarationOnly": null, "declarationDir": null, "declarationMap": null,
            "noEmitOnError": null, "rootDir": null, "paths": paths,
        });
        let declaration = own.is_composite.then(|| ("declaration".to_owned(), json!(true)));
        options.as_object_mut().into_iter().for_each(|it| it.extend(declaration.clone()));
        let name = format!("./{}", config.file_name());
        let mut all = json!({"extends": name, "compilerOptions": options, "files": files});
        // Files that are named would else be all there is.
        let is_implied = !own.has_include && own.files.is_none();
        let include = is_implied.then(|| ("include".to_owned(), json!(["**/*"])));
        all.as_object_mut().into_iter().for_each(|it| it.extend(include.clone()));
        all.to_string()
    }
}

/// What holds where nobody said anything.
fn strict(paths: &Map<String, Value>) -> Value {
    json!({
        "strict": true, "noEmit": true, "target": "es2022", "module": "esnext",
        "moduleResolution": "bundler", "allowImportingTsExtensions": true, "jsx": "preserve",
        "skipLibCheck": true, "paths": paths,
    })
}
