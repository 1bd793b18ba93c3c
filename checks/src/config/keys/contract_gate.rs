//! The keys of `[gates.contract-gate]`.

use super::{ENABLED, Key, LEVELS, Looser, NEW_ONLY, Shape, key};

pub(super) static CONTRACT_GATE: &[Key] = &[
    ENABLED,
    NEW_ONLY,
    key(
        "contracts",
        Shape::Texts,
        Looser::Fewer,
        r#"["contracts/*.openapi.json", "contracts/*.openapi.yaml"]"#,
        "Globs of the contracts; `**` crosses folders, `!` in front takes files out again.",
    ),
    key(
        "servers",
        Shape::Choice(&["ignore", "path", "exact"]),
        Looser::Lower,
        "\"exact\"",
        "What of a server takes part in an address: all of it, its path, or nothing.",
    ),
    key(
        "formats",
        Shape::Choice(&["none", "numeric", "all"]),
        Looser::Lower,
        "\"numeric\"",
        "Which formats are checked: none, the ranges of numbers, or all with an exact grammar.",
    ),
    key(
        "undeclared",
        Shape::Choice(&["known-names", "any"]),
        Looser::Lower,
        "\"known-names\"",
        "Whether a sender may use member names that only the other side declares.",
    ),
    key(
        "error-statuses",
        Shape::Choice(&["expected", "announced"]),
        Looser::Lower,
        "\"expected\"",
        "Whether a newly announced 4xx or 5xx breaks; expected: clients know the class of a code.",
    ),
    key(
        "stability-floor",
        Shape::Choice(&["stable", "beta", "alpha", "draft"]),
        Looser::Lower,
        "\"beta\"",
        "Below this stability, breaks of the wire are notes.",
    ),
    key(
        "stable-days",
        Shape::Count,
        Looser::Lower,
        "180",
        "Days of notice before the sunset of what is stable.",
    ),
    key(
        "beta-days",
        Shape::Count,
        Looser::Lower,
        "31",
        "Days of notice before the sunset of what is beta.",
    ),
    key(
        "require-sunset",
        Shape::Boolean,
        Looser::False,
        "false",
        "Whether a deprecation has to name its last day.",
    ),
    key(
        "consumers",
        Shape::Choice(&["off", "auto"]),
        Looser::Lower,
        "\"auto\"",
        "Whether findings name who uses the broken operation; it changes no verdict.",
    ),
    key("limits", Shape::Table(LIMITS), Looser::Members, "", "How much a contract may be."),
    key(
        "budgets",
        Shape::Table(BUDGETS),
        Looser::Members,
        "",
        "How long one question is thought about; running out is undecided.",
    ),
    key("levels", Shape::Table(SERVICES), Looser::Members, "", "Levels for single services."),
    key("migrate", Shape::Table(MIGRATE), Looser::Members, "", "Where migrations are written."),
];

static LIMITS: &[Key] = &[
    key("bytes", Shape::Count, Looser::Higher, "67108864", "Bytes of one document."),
    key("depth", Shape::Count, Looser::Higher, "256", "Levels of nesting."),
    key("nodes", Shape::Count, Looser::Higher, "4000000", "Values of one document."),
    key(
        "expanded-nodes",
        Shape::Count,
        Looser::Higher,
        "8000000",
        "Values of one document after all aliases are put in.",
    ),
    key("files", Shape::Count, Looser::Higher, "2000", "Files of one contract."),
    key(
        "reference-chain",
        Shape::Count,
        Looser::Higher,
        "100",
        "References that lead to references.",
    ),
];

static BUDGETS: &[Key] = &[
    key("steps", Shape::Count, Looser::Higher, "200000", "Steps of one search."),
    key("automaton-states", Shape::Count, Looser::Higher, "10000", "States of one automaton."),
    key("branches", Shape::Count, Looser::Higher, "4096", "Branches that are alive at once."),
    key("witness-bytes", Shape::Count, Looser::Higher, "65536", "Bytes of a witness."),
];

static SERVICES: &[Key] =
    &[key("*", Shape::Table(SERVICE_LEVELS), Looser::Members, "", "The levels of one service.")];

static SERVICE_LEVELS: &[Key] =
    &[key("*", Shape::Choice(LEVELS), Looser::Lower, "", "The level of one rule, by its id.")];

static MIGRATE: &[Key] = &[
    key("services", Shape::Text, Looser::Never, "\"services\"", "The folder of all services."),
    key("docs", Shape::Text, Looser::Never, "\"docs/migrations\"", "The folder of checklists."),
    key(
        "out",
        Shape::Text,
        Looser::Never,
        "",
        "Where plans are put; absent: `checks/migrations` inside the git folder.",
    ),
];
