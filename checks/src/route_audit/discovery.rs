//! Which files of a revision the route audit reads.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use kernel::{RepoPath, Undecided};
use snapshot::{EntryKind, Snapshot};

/// How many configurations are read at most; more are undecided, never cut in silence.
const MAX_CONFIGS: usize = 20_000;

/// The files of a revision that matter to the route audit, each list sorted.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Discovery {
    /// Configurations of wrangler.
    pub configs: Vec<RepoPath>,
    /// `_routes.json` files.
    pub pages_routes: Vec<RepoPath>,
    /// Configurations that are code; nothing is executed, so nobody knows what they say.
    pub programmatic: Vec<RepoPath>,
    /// Committed deploy redirects.
    pub redirects: Vec<RepoPath>,
    /// Workflows.
    pub workflows: Vec<RepoPath>,
    /// `package.json` files.
    pub packages: Vec<RepoPath>,
    /// Files of these kinds that the policy's `ignore` hides.
    pub ignored: Vec<RepoPath>,
    /// Places of other repositories, not entered.
    pub submodules: Vec<RepoPath>,
    /// How many configurations are over the limit.
    pub n_over_limit: usize,
}

/// Sorts the files of a revision by what they are to the route audit.
#[must_use]
pub fn discover(snapshot: &Snapshot, ignore: &[String]) -> Discovery {
    let ignore = globs(ignore);
    let mut found = Discovery::default();
    for (path, kind) in snapshot.paths() {
        match kind {
            EntryKind::File => found.sort_in(path, &ignore),
            EntryKind::Submodule => found.submodules.push(path.clone()),
            EntryKind::Symlink | EntryKind::Special => (),
        }
    }
    found.n_over_limit = found.configs.len().saturating_sub(MAX_CONFIGS);
    found.configs.truncate(MAX_CONFIGS);
    found
}

impl Discovery {
    /// What cannot be judged whatever the files say.
    #[must_use]
    pub fn unread(&self) -> Vec<Undecided> {
        let programmatic = self.programmatic.iter().map(|path| Undecided {
            subject: path.to_string(),
            reason: format!("`{path}` is code and is not executed"),
        });
        let over_limit = (self.n_over_limit > 0).then(|| Undecided {
            subject: "configurations".to_owned(),
            reason: format!("{} configurations over the limit of {MAX_CONFIGS}", self.n_over_limit),
        });
        programmatic.chain(over_limit).collect()
    }

    fn sort_in(&mut self, path: &RepoPath, ignore: &GlobSet) {
        let Some(part) = part_of(path) else { return };
        let list = match part {
            _ if ignore.is_match(path.as_str()) => &mut self.ignored,
            Part::Config => &mut self.configs,
            Part::PagesRoutes => &mut self.pages_routes,
            Part::Programmatic => &mut self.programmatic,
            Part::Redirect => &mut self.redirects,
            Part::Workflow => &mut self.workflows,
            Part::Package => &mut self.packages,
        };
        list.push(path.clone());
    }
}

/// What a file is to the route audit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Config,
    PagesRoutes,
    Programmatic,
    Redirect,
    Workflow,
    Package,
}

fn part_of(path: &RepoPath) -> Option<Part> {
    let text = path.as_str();
    if wrangler::is_redirect(text) {
        Some(Part::Redirect)
    } else if wrangler::is_excluded(text) {
        None
    } else if wrangler::is_config(text) {
        Some(Part::Config)
    } else if wrangler::is_pages_routes(text) {
        Some(Part::PagesRoutes)
    } else if wrangler::is_programmatic(text) {
        Some(Part::Programmatic)
    } else if is_workflow(path) {
        Some(Part::Workflow)
    } else {
        (path.file_name() == "package.json").then_some(Part::Package)
    }
}

/// Can this file change an answer of the route audit?
#[must_use]
pub fn is_relevant(path: &RepoPath) -> bool {
    part_of(path).is_some() || path.folder() == crate::proof::FOLDER
}

/// GitHub runs the files of this folder only, not of those below it.
fn is_workflow(path: &RepoPath) -> bool {
    let ending = path.file_name().rsplit('.').next();
    path.folder() == ".github/workflows" && matches!(ending, Some("yml" | "yaml"))
}

/// The globs of a policy; one that does not parse matches nothing, and the policy says so.
#[must_use]
pub fn globs(patterns: &[String]) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for pattern in patterns {
        if let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() {
            builder.add(glob);
        }
    }
    builder.build().unwrap_or_else(|_| GlobSet::empty())
}
