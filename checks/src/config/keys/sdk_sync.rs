//! The keys of `[gates.sdk-sync]`.

use super::{ENABLED, Key, Looser, NEW_ONLY, Shape, key};

pub(super) static SDK_SYNC: &[Key] = &[
    ENABLED,
    NEW_ONLY,
    key(
        "contracts",
        Shape::Texts,
        Looser::Fewer,
        "",
        "Globs of the contracts that have an SDK; absent: those of the contract gate.",
    ),
    key(
        "out",
        Shape::Text,
        Looser::Never,
        "\"sdk/ts/{service}\"",
        "The folder of an SDK; `{service}` is the name of the contract's file.",
    ),
    key(
        "package",
        Shape::Text,
        Looser::Never,
        "\"{service}-sdk\"",
        "The name that a new `package.json` starts with.",
    ),
    key(
        "skip",
        Shape::Tables(SKIP, &["service", "reason"]),
        Looser::Longer,
        "[]",
        "Services without an SDK, each with its reason.",
    ),
    key(
        "formats",
        Shape::Choice(&["none", "numeric", "all"]),
        Looser::Lower,
        "\"numeric\"",
        "Which formats guards check: none, the ranges of numbers, or all with an exact grammar.",
    ),
    key(
        "emit",
        Shape::Choice(&["ts", "ts+js"]),
        Looser::Never,
        "\"ts+js\"",
        "Which files are made: sources only, or scripts and declarations too.",
    ),
    key(
        "consumers",
        Shape::Texts,
        Looser::Fewer,
        "[\"**\"]",
        "Globs of the files that are compiled against the SDKs they import.",
    ),
    key(
        "consumer-seconds",
        Shape::Count,
        Looser::Never,
        "120",
        "How long the compiler may take for one project; running out is undecided.",
    ),
];

static SKIP: &[Key] = &[
    key("service", Shape::Text, Looser::Another, "", "The service."),
    key("reason", Shape::Text, Looser::Never, "", "Why it has no SDK."),
];
