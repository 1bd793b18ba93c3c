//! What `.gitattributes` files say about the conversion of a file.

use std::path::Path;

use gix::{bstr::ByteSlice, glob::pattern::Case};
use gix_attributes::{
    Search, StateRef,
    search::{MetadataCollection, Outcome},
};

use crate::git::Git;

/// How the bytes on disk become the bytes that git stores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conversion {
    pub(crate) lines: Lines,
    /// The encoding on disk, if it is not UTF-8.
    pub(crate) encoding: Option<String>,
    /// Is `$Id$` expanded on disk?
    pub(crate) is_ident: bool,
    /// Does a program of the user's stand between disk and git? It is never run.
    pub(crate) is_filtered: bool,
}

/// What happens to line ends of Windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    /// They stay.
    Kept,
    /// They become line feeds.
    Converted,
    /// They become line feeds if the file looks like text.
    Guessed,
}

/// All attributes of one work tree.
pub(crate) struct Attributes {
    search: Search,
    collection: MetadataCollection,
    /// What `core.autocrlf` asks for where no attribute does.
    default: Lines,
    case: Case,
}

const NAMES: [&str; 6] = ["text", "crlf", "eol", "filter", "working-tree-encoding", "ident"];

impl Attributes {
    /// Takes the attribute files of the work tree, the outermost first, with git's own.
    pub(crate) fn new(git: &Git, files: &[(String, Vec<u8>)]) -> Self {
        let (globals, default, case) = git.with(|it| {
            let config = it.config_snapshot();
            let automatic = config.string("core.autocrlf").map(|it| it.to_ascii_lowercase());
            let is_on = automatic.as_deref() == Some(b"input")
                || config.boolean("core.autocrlf") == Some(true);
            let is_folded = config.boolean("core.ignorecase") == Some(true);
            let default = if is_on { Lines::Guessed } else { Lines::Kept };
            let globals = config.trusted_path("core.attributesFile").ok().flatten();
            (globals, default, if is_folded { Case::Fold } else { Case::Sensitive })
        });
        let mut collection = MetadataCollection::default();
        let mut buffer = Vec::new();
        // An attribute file that cannot be read says nothing, as for git.
        let search = Search::new_globals(globals, &mut buffer, &mut collection);
        let mut search = search.unwrap_or_default();
        let top = git.top();
        for (name, bytes) in files {
            let is_top = !name.contains('/');
            let source = top.join(name);
            search.add_patterns_buffer(bytes, source, Some(top), &mut collection, is_top).ok();
        }
        let own = git.common_folder().join("info/attributes");
        search.add_patterns_file(own, true, None, &mut buffer, &mut collection, true).ok();
        Self { search, collection, default, case }
    }

    /// What they say of a file, given by its path in the work tree.
    pub(crate) fn of(&self, path: &str) -> Conversion {
        let mut outcome = Outcome::default();
        outcome.initialize_with_selection(&self.collection, NAMES);
        let path = path.as_bytes().as_bstr();
        self.search.pattern_matching_relative_path(path, self.case, Some(false), &mut outcome);
        let mut found = Found::default();
        for matched in outcome.iter_selected() {
            found.take(matched.assignment.name.as_str(), matched.assignment.state);
        }
        Conversion {
            lines: found.lines.or(found.lines_of_old).unwrap_or(if found.has_eol {
                Lines::Converted
            } else {
                self.default
            }),
            encoding: found.encoding,
            is_ident: found.is_ident,
            is_filtered: found.is_filtered,
        }
    }
}

#[derive(Default)]
struct Found {
    lines: Option<Lines>,
    /// The attribute `crlf` of times before `text`.
    lines_of_old: Option<Lines>,
    has_eol: bool,
    encoding: Option<String>,
    is_ident: bool,
    is_filtered: bool,
}

impl Found {
    fn take(&mut self, name: &str, state: StateRef<'_>) {
        let value = match state {
            StateRef::Value(value) => value.as_bstr().to_str().ok(),
            StateRef::Set | StateRef::Unset | StateRef::Unspecified => None,
        };
        match name {
            "text" => self.lines = lines(state, value),
            "crlf" => self.lines_of_old = lines(state, value),
            "eol" => self.has_eol = matches!(value, Some("lf" | "crlf")),
            "filter" => self.is_filtered = value.is_some(),
            "ident" => self.is_ident = state == StateRef::Set,
            "working-tree-encoding" => self.encoding = value.map(str::to_owned),
            _ => {}
        }
    }
}

fn lines(state: StateRef<'_>, value: Option<&str>) -> Option<Lines> {
    match (state, value) {
        (StateRef::Set, _) | (_, Some("input")) => Some(Lines::Converted),
        (StateRef::Unset, _) => Some(Lines::Kept),
        (_, Some("auto")) => Some(Lines::Guessed),
        _ => None,
    }
}

/// The attribute files above the root, the outermost first, with their paths in the work tree.
pub(crate) fn above(top: &Path, prefix: &str) -> Vec<(String, Vec<u8>)> {
    let ends = std::iter::once(0).chain(prefix.match_indices('/').map(|(at, _)| at + 1));
    let folders = ends.filter(|it| *it < prefix.len()).filter_map(|it| prefix.get(..it));
    let names = folders.map(|it| format!("{it}.gitattributes"));
    names
        .filter(|it| top.join(it).symlink_metadata().is_ok_and(|it| it.is_file()))
        .filter_map(|it| Some((it.clone(), std::fs::read(top.join(&it)).ok()?)))
        .collect()
}
