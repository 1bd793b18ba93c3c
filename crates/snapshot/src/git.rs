//! The one place that asks git's own data: in this process, and only by reading.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use gix::{ObjectId, bstr::ByteSlice};

use crate::Error;

/// A git repository that threads share.
pub(crate) struct Git {
    shared: gix::ThreadSafeRepository,
    /// Handles that are not in use: making one costs more than reading a small blob.
    idle: Mutex<Vec<gix::Repository>>,
    /// The work tree, or the git folder of a bare repository.
    top: PathBuf,
    folder: PathBuf,
    common: PathBuf,
    is_bare: bool,
    /// The path of the root below `top`: empty, or it ends with a slash.
    prefix: String,
}

/// Why a blob cannot be had.
pub(crate) enum NoBlob {
    TooLarge,
    Damaged,
}

impl Git {
    /// `core.hooksPath`, relative to the work tree if it is, else `hooks` of the common folder.
    pub(crate) fn hooks_folder(&self) -> PathBuf {
        let config = self.shared.to_thread_local();
        let named = config.config_snapshot().string("core.hooksPath");
        let named = named.and_then(|it| it.to_str().ok().map(PathBuf::from));
        named.map_or_else(|| self.common.join("hooks"), |it| self.top.join(it))
    }

    /// Opens the repository that holds this folder, which must be canonical.
    pub(crate) fn find(folder: &Path) -> Result<Option<Self>, Error> {
        let Ok((found, trust)) = gix::discover::upwards(folder) else {
            let broken = folder.ancestors().find(|it| it.join(".git").exists());
            return broken
                .map_or(Ok(None), |it| Err(cannot_open(it, "its `.git` is not complete")));
        };
        let (git_folder, _) = found.into_repository_and_work_tree_directories();
        let shared = options().with(trust).open(&git_folder);
        let shared = shared.map_err(|it| cannot_open(folder, &it.to_string()))?;
        Self::place(shared, folder)
    }

    fn place(shared: gix::ThreadSafeRepository, root: &Path) -> Result<Option<Self>, Error> {
        let handle = shared.to_thread_local();
        let real = |it: &Path| it.canonicalize().unwrap_or_else(|_| it.to_owned());
        let folder = real(handle.git_dir());
        let is_bare = handle.workdir().is_none();
        let top = handle.workdir().map_or_else(|| folder.clone(), real);
        let Ok(below) = root.strip_prefix(&top) else { return Ok(None) };
        if is_bare && root != top {
            return Ok(None);
        }
        let below = below.to_str().ok_or_else(|| cannot_open(root, "its name is not UTF-8"))?;
        let slash = if below.is_empty() { "" } else { "/" };
        let prefix = format!("{}{slash}", below.replace(std::path::MAIN_SEPARATOR, "/"));
        let common = real(handle.common_dir());
        let idle = Mutex::new(vec![handle]);
        Ok(Some(Self { shared, idle, top, folder, common, is_bare, prefix }))
    }

    pub(crate) fn top(&self) -> &Path {
        &self.top
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn common_folder(&self) -> &Path {
        &self.common
    }

    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(crate) fn work_tree(&self) -> Option<&Path> {
        (!self.is_bare).then_some(&*self.top)
    }

    /// Lends a handle of this thread's own.
    pub(crate) fn with<T>(&self, ask: impl FnOnce(&gix::Repository) -> T) -> T {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let handle = idle.unwrap_or_else(|| self.shared.to_thread_local());
        let answer = ask(&handle);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
        answer
    }

    pub(crate) fn is_shallow(&self) -> bool {
        self.with(|it| it.is_shallow().unwrap_or(false))
    }

    /// The commit a revision names, after tags are followed.
    pub(crate) fn resolve(&self, revision: &str) -> Option<ObjectId> {
        self.with(|it| {
            let id = it.rev_parse_single(revision.as_bytes().as_bstr()).ok()?;
            Some(id.object().ok()?.peel_to_commit().ok()?.id)
        })
    }

    /// The content of a blob, if it is not larger than the limit.
    pub(crate) fn blob(&self, id: ObjectId, limit: usize) -> Result<Vec<u8>, NoBlob> {
        self.with(|it| {
            let header = it.find_header(id).map_err(|_| NoBlob::Damaged)?;
            if header.size() > limit as u64 {
                return Err(NoBlob::TooLarge);
            }
            let mut blob = it.find_blob(id).map_err(|_| NoBlob::Damaged)?;
            Ok(blob.take_data())
        })
    }

    /// Is this path of the work tree, something below it, or a link on the way to it in the index?
    /// An index that cannot be read may hold anything.
    pub(crate) fn tracks(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.top) else { return false };
        let Some(wanted) = below.to_str() else { return true };
        let wanted = wanted.replace(std::path::MAIN_SEPARATOR, "/");
        let holds = |outer: &[u8], inner: &[u8]| {
            inner.strip_prefix(outer).is_some_and(|it| it.is_empty() || it.starts_with(b"/"))
        };
        self.with(|it| {
            let Ok(index) = it.index_or_empty() else { return true };
            let mut names = index.entries().iter().map(|it| it.path(&index));
            names.any(|it| holds(it, wanted.as_bytes()) || holds(wanted.as_bytes(), it))
        })
    }

    /// Git's name for this content.
    pub(crate) fn name_of(&self, content: &[u8]) -> Option<ObjectId> {
        let kind = self.with(gix::Repository::object_hash);
        gix::objs::compute_hash(kind, gix::objs::Kind::Blob, content).ok()
    }
}

/// Reads git's configuration where git does, without the environment's say and without ever
/// running the git program.
fn options() -> gix::open::Options {
    let mut permissions = gix::open::Permissions::secure();
    permissions.env.git_prefix = gix::sec::Permission::Deny;
    permissions.env.objects = gix::sec::Permission::Deny;
    permissions.config.env = false;
    permissions.config.git_binary = false;
    permissions.attributes.git_binary = false;
    gix::open::Options::default().permissions(permissions)
}

fn cannot_open(root: &Path, reason: &str) -> Error {
    Error::Git { root: root.display().to_string(), reason: reason.to_owned() }
}
