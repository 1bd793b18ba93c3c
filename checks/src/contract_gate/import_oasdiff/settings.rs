//! The keys of `.oasdiff.yaml`, which are the long flags of its command line.

/// What becomes of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A number of `[gates.contract-gate]`.
    Count(&'static str),
    /// The name of a file with levels.
    Levels,
    /// The name of a file with changes to ignore.
    Ignored,
    /// There is nothing to write, and why.
    Nothing(&'static str),
}

/// What becomes of this key; none if oasdiff is not known to have it.
pub(super) fn meaning(key: &str) -> Option<Meaning> {
    KEYS.iter().find(|it| it.0 == key).map(|it| it.1)
}

use Meaning::{Count, Ignored, Levels, Nothing};

const ALWAYS: Meaning = Nothing("always so here");
const PRINTED: Meaning = Nothing("say `--format` and `--color` on the command line");
const ALL_PATHS: Meaning =
    Nothing("every operation is compared; waive what may change, by its subject");
const PREFIX: Meaning =
    Nothing("prefixes of servers and paths are joined; see `servers` in `[gates.contract-gate]`");
const SELECTED: Meaning = Nothing("set `level = \"off\"` for rules that nobody needs");
const OWN_COMMAND: Meaning = Nothing("no rule and no option has this meaning");

const KEYS: &[(&str, Meaning)] = &[
    ("severity-levels", Levels),
    ("err-ignore", Ignored),
    ("warn-ignore", Ignored),
    ("deprecation-days-stable", Count("stable-days")),
    ("deprecation-days-beta", Count("beta-days")),
    (
        "fail-on",
        Nothing("a finding of level `deny` fails; choose levels with `[rules.<id>] level`"),
    ),
    ("fail-on-diff", Nothing("a finding of level `deny` fails; a difference alone does not")),
    ("include-checks", ALWAYS),
    ("flatten", ALWAYS),
    ("flatten-allof", ALWAYS),
    ("flatten-params", ALWAYS),
    ("case-insensitive-headers", ALWAYS),
    ("max-circular-dep", ALWAYS),
    ("include-path-params", Nothing("a renamed placeholder is `parameter-renamed`")),
    ("allow-external-refs", Nothing("references outside the repository are never followed")),
    ("composed", Nothing("contracts are found by the globs of `contracts`, one file each")),
    ("match-path", ALL_PATHS),
    ("unmatch-path", ALL_PATHS),
    ("filter-extension", ALL_PATHS),
    ("prefix-base", PREFIX),
    ("prefix-revision", PREFIX),
    ("strip-prefix-base", PREFIX),
    ("strip-prefix-revision", PREFIX),
    ("exclude-elements", SELECTED),
    ("exclude-extensions", SELECTED),
    ("level", SELECTED),
    ("tags", SELECTED),
    ("severity", SELECTED),
    ("format", PRINTED),
    ("color", PRINTED),
    ("lang", Nothing("reports are in English")),
    ("attributes", OWN_COMMAND),
    ("template", OWN_COMMAND),
    ("open", Nothing("nothing is uploaded to anyone")),
];
