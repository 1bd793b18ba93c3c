use gix::{ObjectId, bstr::BStr, objs::tree::EntryKind as Mode};
use kernel::RepoPath;

use crate::{
    Error,
    git::Git,
    listing::{Item, Listing, Stored, odd_name},
    snapshot::EntryKind,
};

/// Lists the tree of a commit, below the root that was asked for.
pub(crate) fn list_commit(git: &Git, commit: ObjectId) -> Result<Listing, Error> {
    let damaged = || Error::Damaged { what: format!("the commit `{commit}`") };
    let tree = git.with(|it| Some(it.find_commit(commit).ok()?.tree_id().ok()?.detach()));
    let tree = tree.ok_or_else(damaged)?;
    let mut listing = Listing::default();
    if let Some(tree) = descend(git, tree)? {
        list_tree(git, tree, "", &mut listing)?;
    }
    Ok(listing.finish())
}

/// The tree of the root folder, which may not exist in an older commit.
fn descend(git: &Git, top: ObjectId) -> Result<Option<ObjectId>, Error> {
    let folder = git.prefix().trim_end_matches('/');
    if folder.is_empty() {
        return Ok(Some(top));
    }
    git.with(|it| {
        let tree = it.find_tree(top).map_err(|_| damaged_tree(top))?;
        let entry = tree.lookup_entry_by_path(folder).map_err(|_| damaged_tree(top))?;
        Ok(entry.filter(|it| it.mode().is_tree()).map(|it| it.object_id()))
    })
}

/// Lists one tree and all below it, without recursion: the depth is the repository's choice.
pub(super) fn list_tree(
    git: &Git,
    tree: ObjectId,
    folder: &str,
    listing: &mut Listing,
) -> Result<(), Error> {
    let mut open = vec![(tree, folder.to_owned())];
    while let Some((id, folder)) = open.pop() {
        let subtrees = git.with(|it| {
            let tree = it.find_tree(id).map_err(|_| damaged_tree(id))?;
            let mut subtrees = Vec::new();
            for entry in tree.iter() {
                let entry = entry.map_err(|_| damaged_tree(id))?;
                let name = full_name(&folder, entry.filename());
                match (entry.mode().kind(), name) {
                    (_, Err(note)) => listing.notes.push(note),
                    (Mode::Tree, Ok(name)) => subtrees.push((entry.object_id(), name + "/")),
                    (mode, Ok(name)) => add(listing, &name, mode, entry.object_id()),
                }
            }
            Ok::<_, Error>(subtrees)
        })?;
        open.extend(subtrees);
    }
    Ok(())
}

fn full_name(folder: &str, name: &BStr) -> Result<String, String> {
    let good = str::from_utf8(name).ok().filter(|it| !it.eq_ignore_ascii_case(".git"));
    good.map(|it| format!("{folder}{it}")).ok_or_else(|| {
        let mut whole = folder.as_bytes().to_vec();
        whole.extend_from_slice(name);
        odd_name(&whole)
    })
}

fn add(listing: &mut Listing, name: &str, mode: Mode, id: ObjectId) {
    let Ok(path) = RepoPath::new(name) else {
        listing.notes.push(odd_name(name.as_bytes()));
        return;
    };
    let kind = match mode {
        Mode::Blob | Mode::BlobExecutable | Mode::Tree => EntryKind::File,
        Mode::Link => EntryKind::Symlink,
        Mode::Commit => EntryKind::Submodule,
    };
    let stored = Some(Stored { id, stat: None });
    listing.items.push(Item { path, kind, stored, is_on_disk: false });
}

fn damaged_tree(id: ObjectId) -> Error {
    Error::Damaged { what: format!("the folder object `{id}`") }
}
