//! One project: its files with base's SDKs and with head's, compiled twice.

use std::{fs, io, path::Path, path::PathBuf, time::Duration};

use kernel::RepoPath;
use tempfile::TempDir;

use crate::{
    context::Reader,
    run::parallel::parallel,
    sdk_sync::{
        consumer_compile::Printed,
        consumers::{
            compile::{not_compiled, print_of},
            compiler::Compiler,
            diagnostics::{Diagnostic, Said},
            imports::specifiers,
            imports_any,
            layout::{
                CANARY, CANARY_TEXT, CONFIG, Contents, Ground, ancestors, below, is_script, link,
                write,
            },
            pairs::Pair,
            tsconfig::{Effective, Wanted},
        },
    },
};

/// Consumers that are compiled together.
pub(crate) struct Project {
    /// The configuration that they belong to.
    pub(crate) config: Option<RepoPath>,
    /// The files that import an SDK that changed.
    pub(crate) consumers: Vec<RepoPath>,
}

/// What all projects share.
pub(crate) struct Means<'a> {
    /// The state under judgement.
    pub(crate) head: &'a Reader<'a>,
    /// All SDKs.
    pub(crate) pairs: &'a [Pair<'a>],
    /// The folders of all SDKs.
    pub(crate) outs: &'a [String],
    /// The compiler that was named.
    pub(crate) typescript: Option<&'a Path>,
    /// How long one compilation may take.
    pub(crate) limit: Duration,
    /// On how many threads.
    pub(crate) jobs: usize,
}

/// What came of a project.
pub(crate) struct Compared {
    /// What only head has.
    pub(crate) broken: Vec<Diagnostic>,
    /// How many errors base has too.
    pub(crate) n_older: usize,
    /// The files of the project.
    pub(crate) contents: Contents,
    /// What the compiler prints for people, if something is broken.
    pub(crate) printed: Option<Printed>,
    /// The version of the compiler.
    pub(crate) version: String,
}

impl Project {
    /// The folder of the configuration.
    pub(crate) fn folder(&self) -> &str {
        self.config.as_ref().map_or("", RepoPath::folder)
    }

    /// What the report calls it.
    pub(crate) fn name(&self) -> String {
        match (&self.config, self.consumers.first()) {
            (Some(config), _) => config.to_string(),
            (None, Some(first)) => first.to_string(),
            (None, None) => String::new(),
        }
    }

    /// Compiles both sides; or why there is no answer.
    pub(crate) fn compare(&self, means: &Means<'_>) -> Result<Compared, String> {
        let start = match (&self.config, self.consumers.first()) {
            (None, Some(first)) => first.folder(),
            _ => self.folder(),
        };
        let compiler = Compiler::find(means.head.snapshot(), means.typescript, start)?;
        let own = self.config.as_ref().map(|it| Effective::read(means.head, it));
        let folder = self.config.as_ref().map(RepoPath::folder);
        let ground = Ground { head: means.head, folder, own: own.as_ref(), outs: means.outs };
        let contents = ground.contents(&self.consumers)?;
        let folder = TempDir::with_prefix("checks-consumers-");
        let stage = folder.and_then(|it| {
            let root = fs::canonicalize(it.path())?;
            let named = named(&contents, means.pairs);
            let stage = Stage { _folder: it, root, project: self, own: own.as_ref(), named };
            [true, false].iter().try_for_each(|it| stage.lay_out(means, &contents, *it))?;
            Ok(stage)
        });
        let stage = stage.map_err(|err| {
            format!("the project cannot be laid out in a temporary folder: {err}")
        })?;
        let [base, head] = stage.both(&compiler, means, &["--pretty", "false", "--listFiles"])?;
        let (base, head) = (Said::read(&base), Said::read(&head));
        let canary = below(self.folder(), CANARY);
        for said in [&base, &head] {
            looked(said, &canary).map_err(|it| not_compiled(&compiler, it.as_deref()))?;
        }
        self.reached(means, &base)?;
        let known = base.places();
        let places =
            head.errors.iter().map(|it| (it.path.as_str(), it.line, it.column, it.code.as_str()));
        let is_ours = |path: &str| contents.contains_key(path);
        let new = places
            .zip(&head.errors)
            .filter(|(place, _)| !known.contains(place) && is_ours(place.0));
        let mut broken: Vec<Diagnostic> = new.map(|it| it.1.clone()).collect();
        broken.dedup_by(|one, other| {
            (&one.path, one.line, one.column, &one.code)
                == (&other.path, other.line, other.column, &other.code)
        });
        let n_older = base.errors.iter().filter(|it| is_ours(&it.path)).count();
        let printed = if broken.is_empty() {
            None
        } else {
            let [base, head] = stage.both(&compiler, means, &["--pretty"])?;
            Some(Printed { base, head, canary })
        };
        Ok(Compared { broken, n_older, contents, printed, version: compiler.version })
    }

    /// Does the compiler read base's SDKs where we put them? Else it compared nothing.
    fn reached(&self, means: &Means<'_>, base: &Said) -> Result<(), String> {
        let is_read = |it: &&Pair<'_>| {
            let start = format!("{}/", it.out);
            base.files.iter().any(|it| it.starts_with(&start))
        };
        let used = means.pairs.iter().filter(|it| it.is_changed && self.uses(means, it));
        match used.into_iter().find(|it| !is_read(it)) {
            None => Ok(()),
            Some(it) => Err(format!(
                "the compiler does not find `{}` from `{}`; its `moduleResolution` has to be one that reads `paths`",
                it.package(),
                self.name()
            )),
        }
    }

    fn uses(&self, means: &Means<'_>, pair: &Pair<'_>) -> bool {
        self.consumers.iter().any(|path| {
            let bytes = means.head.bytes(path).ok();
            bytes.is_some_and(|it| imports_any(&it, |one| pair.is_meant(path.folder(), one)))
        })
    }
}

/// Did the compiler look at types? If not, the first thing it says.
fn looked(said: &Said, canary: &str) -> Result<(), Option<String>> {
    let is_canary = |it: &Diagnostic| it.path == canary && it.code == "TS2339";
    if said.errors.iter().any(is_canary) {
        return Ok(());
    }
    let placed = |it: &Diagnostic| format!("{}:{}: {}", it.path, it.line, it.message);
    Err(said.global.first().cloned().or_else(|| said.errors.first().map(placed)))
}

/// The temporary folder of one project; it goes with this value.
struct Stage<'a> {
    _folder: TempDir,
    root: PathBuf,
    project: &'a Project,
    own: Option<&'a Effective>,
    /// The SDKs that its files import.
    named: Vec<&'a Pair<'a>>,
}

impl Stage<'_> {
    fn root_of(&self, is_base: bool) -> PathBuf {
        self.root.join(if is_base { "base" } else { "head" })
    }

    fn lay_out(&self, means: &Means<'_>, contents: &Contents, is_base: bool) -> io::Result<()> {
        let root = self.root_of(is_base);
        fs::create_dir_all(&root)?;
        for (path, bytes) in contents {
            write(&root, path.as_str(), bytes)?;
        }
        let mut paths = Vec::new();
        for pair in &self.named {
            for (path, text) in pair.plan(is_base).iter().flat_map(|it| it.files.iter()) {
                write(&root, &below(&pair.out, path), text.read().as_bytes())?;
            }
            paths.extend(pair.ways(is_base));
            link_from(&root, means, &pair.out)?;
            link_any(&root, &pair.out, means, self.project.folder())?;
        }
        let folder = self.project.folder();
        link_from(&root, means, folder)?;
        let canary = below(folder, CANARY);
        write(&root, &canary, CANARY_TEXT.as_bytes())?;
        let mut files: Vec<String> =
            self.project.consumers.iter().map(ToString::to_string).collect();
        files.push(canary);
        let own = self.project.config.as_ref().zip(self.own);
        let text = Wanted { own, files, paths, root: shown(&root) }.text();
        write(&root, &below(folder, CONFIG), text.as_bytes())
    }

    /// What both sides print, base first.
    fn both(
        &self,
        compiler: &Compiler,
        means: &Means<'_>,
        words: &[&str],
    ) -> Result<[String; 2], String> {
        let config = below(self.project.folder(), CONFIG);
        let mut all = vec!["--project", config.as_str()];
        all.extend(words);
        let printed = parallel(means.jobs.min(2), &[true, false], |is_base| {
            print_of(compiler, &self.root_of(*is_base), &all, means.limit)
        });
        // Where a clone lies is nobody's business.
        let disk = format!("{}/", shown(&means.head.snapshot().folder()));
        let relative = |it: Result<String, String>| it.map(|it| it.replace(&disk, ""));
        let printed = printed.into_iter().map(relative).collect::<Result<Vec<_>, _>>()?;
        printed.try_into().map_err(|_| "a compilation is missing".to_owned())
    }
}

/// The SDKs that files of a project import.
fn named<'a>(contents: &Contents, pairs: &'a [Pair<'a>]) -> Vec<&'a Pair<'a>> {
    let mut found = vec![false; pairs.len()];
    for (path, bytes) in contents.iter().filter(|it| is_script(it.0)) {
        let text = String::from_utf8_lossy(bytes);
        let names = specifiers(&text);
        for (pair, is_named) in pairs.iter().zip(&mut found) {
            *is_named |= names.iter().any(|it| pair.is_meant(path.folder(), it));
        }
    }
    pairs.iter().zip(found).filter(|it| it.1).map(|it| it.0).collect()
}

/// Links the dependencies of a folder and of those that hold it.
fn link_from(root: &Path, means: &Means<'_>, folder: &str) -> io::Result<()> {
    let disk = means.head.snapshot().folder();
    for it in ancestors(folder) {
        link(root, it, &disk.join(it))?;
    }
    // Above the root, as far as the work tree goes.
    let top = means.head.snapshot().top();
    let mut outside = disk.ancestors().skip(1).take_while(|it| it.starts_with(&top));
    outside.try_for_each(|it| link(root, "", it))
}

/// An SDK finds the dependencies of its consumer where it has none of its own.
fn link_any(root: &Path, out: &str, means: &Means<'_>, folder: &str) -> io::Result<()> {
    let disk = means.head.snapshot().folder();
    let near =
        ancestors(folder).map(|it| disk.join(it)).find(|it| it.join("node_modules").is_dir());
    near.map_or(Ok(()), |it| link(root, out, &it))
}

/// A path as configurations have it.
fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    text.trim_start_matches(r"\\?\").replace(std::path::MAIN_SEPARATOR, "/")
}
