//! What there is: repositories, and what people wrote about them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    clock::Clock,
    git::Git,
    options::{Options, Slug},
    request::{Actor, Request},
    server::StartError,
};

/// Everything that requests can change.
pub(crate) struct World {
    pub(crate) repositories: Vec<Repository>,
    pub(crate) clock: Clock,
    /// The answers of a file `github-facts/v1`, by path below the repository.
    pub(crate) facts: BTreeMap<String, Value>,
    n_ids: u64,
}

/// One repository.
pub(crate) struct Repository {
    pub(crate) slug: Slug,
    pub(crate) id: u64,
    pub(crate) git: Git,
    /// Issues and pull requests, which share their numbers.
    pub(crate) issues: BTreeMap<u64, Issue>,
    pub(crate) comments: BTreeMap<u64, Comment>,
    pub(crate) check_runs: BTreeMap<u64, CheckRun>,
}

/// An issue; one with a [`Pull`] is a pull request.
pub(crate) struct Issue {
    pub(crate) number: u64,
    pub(crate) id: u64,
    pub(crate) author: Actor,
    pub(crate) title: String,
    pub(crate) body: Option<String>,
    pub(crate) labels: BTreeSet<String>,
    pub(crate) is_open: bool,
    pub(crate) state_reason: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) closed_at: Option<i64>,
    pub(crate) pull: Option<Pull>,
}

/// What makes an issue a pull request.
#[derive(Clone)]
pub(crate) struct Pull {
    /// The repository of the head, which is another one for a fork.
    pub(crate) head_repository: Slug,
    pub(crate) head: String,
    /// The tip when it was seen last; it stays when the branch is deleted.
    pub(crate) head_sha: String,
    pub(crate) base: String,
    pub(crate) base_sha: String,
    pub(crate) is_draft: bool,
    pub(crate) merged_at: Option<i64>,
}

/// What became of the branches of a pull request.
#[derive(Debug, PartialEq, Eq)]
enum Sight {
    /// Nothing.
    Same,
    /// One of them has another tip.
    Moved { head: String, base: String },
    /// The base has all commits of the head: GitHub takes that for a merge.
    Merged { head: String, base: String },
    /// One of them is gone, and GitHub closes the pull request.
    Closed,
}

/// A comment on an issue or a pull request.
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) issue: u64,
    pub(crate) author: Actor,
    pub(crate) body: String,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

/// One run of a check on a commit.
pub(crate) struct CheckRun {
    pub(crate) id: u64,
    pub(crate) head_sha: String,
    /// The members that the client wrote, the later over the earlier ones.
    pub(crate) told: BTreeMap<String, Value>,
    /// Annotations of all its requests.
    pub(crate) annotations: Vec<Value>,
    /// How many annotations each request brought.
    pub(crate) batches: Vec<usize>,
    pub(crate) started_at: i64,
}

impl World {
    /// Opens the repositories and reads the facts.
    pub(crate) fn open(options: &Options) -> Result<Self, StartError> {
        let facts = options.facts.as_deref().map_or_else(|| Ok(BTreeMap::new()), read_facts)?;
        let mut world =
            Self { repositories: Vec::new(), clock: Clock::default(), facts, n_ids: 1000 };
        for (slug, path) in &options.repositories {
            let below_root = || options.root.join(&slug.owner).join(format!("{}.git", slug.name));
            world.add(slug.clone(), &path.clone().unwrap_or_else(below_root))?;
        }
        for (slug, path) in found(&options.root)? {
            if world.repository(&slug.owner, &slug.name).is_none() {
                world.add(slug, &path)?;
            }
        }
        Ok(world)
    }

    fn add(&mut self, slug: Slug, path: &Path) -> Result<(), StartError> {
        let failed = |reason| StartError::Repository { slug: slug.clone(), reason };
        let git = Git::open(path).map_err(failed)?;
        let id = self.repositories.len() as u64 + 1;
        self.repositories.push(Repository {
            slug,
            id,
            git,
            issues: BTreeMap::new(),
            comments: BTreeMap::new(),
            check_runs: BTreeMap::new(),
        });
        Ok(())
    }

    /// A number that nothing else has.
    pub(crate) fn next_id(&mut self) -> u64 {
        self.n_ids += 1;
        self.n_ids
    }

    /// Where a repository stands in the list.
    pub(crate) fn position(&self, owner: &str, name: &str) -> Option<usize> {
        self.repositories.iter().position(|it| it.is_named(owner, name))
    }

    /// A repository by its name, whose case does not matter.
    pub(crate) fn repository(&self, owner: &str, name: &str) -> Option<&Repository> {
        self.repositories.iter().find(|it| it.is_named(owner, name))
    }

    /// The same request with the name of the repository where it has the number: pages are linked so.
    pub(crate) fn by_name(&self, request: &Request) -> Request {
        let mut request = request.clone();
        let rest = request.path.strip_prefix("/repositories/");
        let Some((id, rest)) = rest.and_then(|it| it.split_once('/')) else { return request };
        let repository = self.repositories.iter().find(|it| it.id.to_string() == id);
        if let Some(repository) = repository {
            request.path = format!("/repos/{}/{rest}", repository.slug);
        }
        request
    }

    /// A path with the number of the repository in place of its name, as GitHub links pages.
    pub(crate) fn by_id(&self, path: &str) -> String {
        let mut pieces = path.splitn(5, '/').skip(1);
        let ("repos", Some(owner), Some(name), Some(rest)) =
            (pieces.next().unwrap_or_default(), pieces.next(), pieces.next(), pieces.next())
        else {
            return path.to_owned();
        };
        let repository = self.repository(owner, name);
        repository.map_or_else(|| path.to_owned(), |it| format!("/repositories/{}/{rest}", it.id))
    }

    /// The repository that holds the head of a pull request.
    pub(crate) fn head_of(&self, pull: &Pull) -> Option<&Repository> {
        self.repository(&pull.head_repository.owner, &pull.head_repository.name)
    }

    /// Looks where the branches of open pull requests are now, because git may have moved them.
    pub(crate) fn look(&mut self) {
        let mut seen = Vec::new();
        for (idx, repository) in self.repositories.iter().enumerate() {
            let open = repository.issues.values().filter(|it| it.is_open);
            for (number, pull) in open.filter_map(|it| Some((it.number, it.pull.as_ref()?))) {
                seen.push((idx, number, self.sight(repository, (number, pull))));
            }
        }
        for (idx, number, sight) in seen.into_iter().filter(|it| it.2 != Sight::Same) {
            let now = self.clock.tick();
            let repository = self.repositories.get_mut(idx);
            if let Some(issue) = repository.and_then(|it| it.issues.get_mut(&number)) {
                issue.see(sight, now);
            }
        }
    }

    fn sight(&self, here: &Repository, (number, pull): (u64, &Pull)) -> Sight {
        let tip = |git: &Git, name: &str| git.tip(&format!("refs/heads/{name}"));
        let there = self.head_of(pull).unwrap_or(here);
        let (Some(head), Some(base)) = (tip(&there.git, &pull.head), tip(&here.git, &pull.base))
        else {
            return Sight::Closed;
        };
        if head == pull.head_sha && base == pull.base_sha {
            return Sight::Same;
        }
        here.git.take(&there.git, &head, &format!("refs/pull/{number}/head")).ok();
        if here.git.ahead(&base, &head) == Some(0) {
            return Sight::Merged { head, base };
        }
        Sight::Moved { head, base }
    }
}

impl Issue {
    fn see(&mut self, sight: Sight, now: i64) {
        let Some(pull) = &mut self.pull else { return };
        self.updated_at = now;
        let is_merged = matches!(sight, Sight::Merged { .. });
        if let Sight::Moved { head, base } | Sight::Merged { head, base } = sight {
            (pull.head_sha, pull.base_sha) = (head, base);
            self.is_open = !is_merged;
        } else {
            self.is_open = false;
        }
        pull.merged_at = is_merged.then_some(now);
        self.closed_at = (!self.is_open).then_some(now);
    }
}

impl Repository {
    fn is_named(&self, owner: &str, name: &str) -> bool {
        self.slug.owner.eq_ignore_ascii_case(owner) && self.slug.name.eq_ignore_ascii_case(name)
    }

    /// The number after the last one.
    pub(crate) fn next_number(&self) -> u64 {
        self.issues.keys().next_back().copied().unwrap_or_default() + 1
    }
}

/// The repositories `OWNER/NAME.git` in a folder.
fn found(root: &Path) -> Result<Vec<(Slug, PathBuf)>, StartError> {
    let failed = |reason| StartError::Root { path: root.to_owned(), reason };
    fs::create_dir_all(root).map_err(failed)?;
    let mut found = Vec::new();
    for owner in fs::read_dir(root).map_err(failed)?.flatten() {
        for folder in fs::read_dir(owner.path()).into_iter().flatten().flatten() {
            let slug = format!(
                "{}/{}",
                owner.file_name().to_string_lossy(),
                folder.file_name().to_string_lossy()
            );
            let is_named = folder.path().extension().is_some_and(|it| it == "git");
            let is_bare = is_named && folder.path().join("HEAD").is_file();
            if let (true, Ok(slug)) = (is_bare, slug.parse()) {
                found.push((slug, folder.path()));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read_facts(path: &Path) -> Result<BTreeMap<String, Value>, StartError> {
    let failed = |reason: String| StartError::Facts { path: path.to_owned(), reason };
    let text = fs::read(path).map_err(|err| failed(err.to_string()))?;
    let file: Value = serde_json::from_slice(&text).map_err(|err| failed(err.to_string()))?;
    let answers = file.get("answers").and_then(Value::as_object);
    let answers = answers.ok_or_else(|| failed("`answers` is not an object".into()))?;
    Ok(answers.iter().map(|(path, answer)| (path.clone(), answer.clone())).collect())
}
