//! The table of keys.

mod contract_gate;
mod sdk_sync;

use self::{contract_gate::CONTRACT_GATE, sdk_sync::SDK_SYNC};

/// One key of `checks.toml`.
#[derive(Debug)]
pub struct Key {
    /// Its name, or `*` for the members of a table that the user names.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// Which change of it permits more.
    pub looser: Looser,
    /// What holds if it is absent, as JSON; empty where absence means absence.
    pub default: &'static str,
    /// What it is for, for the schema and the docs.
    pub doc: &'static str,
}

/// What a key takes.
#[derive(Debug)]
pub enum Shape {
    /// `true` or `false`.
    Boolean,
    /// A whole number from 0 up.
    Count,
    /// A text.
    Text,
    /// A TOML date or the same as a text.
    Day,
    /// Anything, compared as JSON.
    Anything,
    /// One of these words, the loosest first.
    Choice(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A list of tables with these keys; those marked `!` in `required` must be there.
    Tables(&'static [Key], &'static [&'static str]),
}

/// Which change of a key permits more than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looser {
    /// More items permit more: ignore lists, allowances.
    Longer,
    /// Fewer items permit more: lists of what is required or guarded.
    Shorter,
    /// Fewer globs permit more, and so do more of those that begin with `!`.
    Fewer,
    /// A higher number permits more.
    Higher,
    /// A lower number, or an earlier word of a choice, permits more.
    Lower,
    /// `true` permits more.
    True,
    /// `false` permits more.
    False,
    /// In an item of a list: another value makes another item.
    Another,
    /// In an item of a list: no value permits more, another value makes another item.
    Absent,
    /// In an item of a list: a later day permits more, and none permits most.
    Later,
    /// The members decide.
    Members,
    /// It permits nothing: texts for people, and what is judged by rules of its own.
    Never,
}

const fn key(
    name: &'static str,
    shape: Shape,
    looser: Looser,
    default: &'static str,
    doc: &'static str,
) -> Key {
    Key { name, shape, looser, default, doc }
}

/// What every gate has that can be turned off.
const ENABLED: Key = key("enabled", Shape::Boolean, Looser::False, "true", "Run this gate.");

/// What gates and rules have alike.
const NEW_ONLY: Key = key(
    "new-only",
    Shape::Boolean,
    Looser::True,
    "false",
    "Judge only findings that base did not have.",
);

/// The words of a level, the loosest first.
pub(crate) const LEVELS: &[&str] = &["off", "note", "warn", "deny"];

/// The whole file.
pub static ROOT: Key = key("", Shape::Table(FILE), Looser::Members, "", "`checks.toml`");

static FILE: &[Key] = &[
    key("gates", Shape::Table(GATES), Looser::Members, "", "One table for each gate."),
    key("rules", Shape::Table(RULES), Looser::Members, "", "One table for each rule."),
    key(
        "waivers",
        Shape::Tables(WAIVER, &["rule", "subject"]),
        Looser::Never,
        "[]",
        "Dated, owned permissions for single findings to stay; head's hold.",
    ),
];

static GATES: &[Key] = &[
    key(
        "contract-gate",
        Shape::Table(CONTRACT_GATE),
        Looser::Members,
        "",
        "Every exchange that was valid stays valid.",
    ),
    key(
        "route-audit",
        Shape::Table(ROUTE_AUDIT),
        Looser::Members,
        "",
        "Each public URL has one owner.",
    ),
    key(
        "sdk-sync",
        Shape::Table(SDK_SYNC),
        Looser::Members,
        "",
        "Each contract has its typed SDK, and consumers keep compiling.",
    ),
    key("policy", Shape::Table(POLICY), Looser::Members, "", "What judges the judges; always on."),
];

static POLICY: &[Key] = &[key(
    "max-waiver-days",
    Shape::Count,
    Looser::Higher,
    "90",
    "The longest time, in days from now, for which a waiver may be given.",
)];

static RULES: &[Key] = &[key("*", Shape::Table(RULE), Looser::Members, "", "A rule by its id.")];

static RULE: &[Key] = &[
    key(
        "level",
        Shape::Choice(LEVELS),
        Looser::Lower,
        "",
        "What a finding does: deny makes the gate red, warn is counted, note is told, off is not looked for.",
    ),
    NEW_ONLY,
];

static WAIVER: &[Key] = &[
    key("rule", Shape::Text, Looser::Never, "", "The rule whose finding may stay."),
    key("subject", Shape::Text, Looser::Never, "", "The finding's subject, exact or as a glob."),
    key("reason", Shape::Text, Looser::Never, "", "Why it may stay."),
    key("owner", Shape::Text, Looser::Never, "", "Who answers for it."),
    key("expires", Shape::Day, Looser::Never, "", "The last day (UTC) on which it counts."),
];

static ROUTE_AUDIT: &[Key] = &[
    ENABLED,
    NEW_ONLY,
    key(
        "internal",
        Shape::Texts,
        Looser::Shorter,
        "[]",
        "Workers that are reached by bindings only.",
    ),
    key(
        "ignore",
        Shape::Texts,
        Looser::Longer,
        "[]",
        "Globs of files that are not read; each file they hide is listed in the proof.",
    ),
    key(
        "undeployed",
        Shape::Texts,
        Looser::Longer,
        "[]",
        "Units nobody deploys: `PATH` for the top level of a file, `PATH#ENV` for an environment.",
    ),
    key(
        "external-services",
        Shape::Texts,
        Looser::Longer,
        "[]",
        "Targets of service bindings that other repositories deploy.",
    ),
    key(
        "saas-hostnames",
        Shape::Texts,
        Looser::Longer,
        "[]",
        "Hosts that legally lie outside their zone; `*.x` takes the sub-hosts of x.",
    ),
    key(
        "require-proof",
        Shape::Choice(&["never", "on-change", "always"]),
        Looser::Lower,
        "\"never\"",
        "Demand a valid proof at head: never, when configurations changed, or always.",
    ),
    key(
        "max-findings",
        Shape::Count,
        Looser::Lower,
        "200",
        "Findings shown per rule; the rest is counted as omitted.",
    ),
    key(
        "pages-domains",
        Shape::Table(PAGES_DOMAINS),
        Looser::Members,
        "",
        "Custom domains of Pages projects, which live in the dashboard only.",
    ),
    key(
        "public-hosts",
        Shape::Tables(PUBLIC_HOST, &["host", "owner"]),
        Looser::Shorter,
        "[]",
        "Hosts with one declared owner.",
    ),
    key(
        "allowed-overlaps",
        Shape::Tables(ALLOWED_OVERLAP, &["winner", "loser", "reason", "owner"]),
        Looser::Longer,
        "[]",
        "Overlaps of two owners that are meant.",
    ),
    key(
        "live",
        Shape::Tables(LIVE, &["url", "expect"]),
        Looser::Shorter,
        "[]",
        "What public URLs answer; looked at with `--live` only.",
    ),
];

static PAGES_DOMAINS: &[Key] =
    &[key("*", Shape::Texts, Looser::Shorter, "[]", "The custom domains of one Pages project.")];

static PUBLIC_HOST: &[Key] = &[
    key("host", Shape::Text, Looser::Another, "", "The host."),
    key("owner", Shape::Text, Looser::Another, "", "The Worker or Pages project that owns it."),
    key(
        "claims",
        Shape::Count,
        Looser::Another,
        "1",
        "How many deployed claims of the owner cover it.",
    ),
];

static ALLOWED_OVERLAP: &[Key] = &[
    key("winner", Shape::Text, Looser::Another, "", "The owner whose route runs."),
    key(
        "loser",
        Shape::Text,
        Looser::Another,
        "",
        "The owner whose route or domain is passed over.",
    ),
    key("within", Shape::Text, Looser::Absent, "", "A pattern that must hold the whole overlap."),
    key("reason", Shape::Text, Looser::Never, "", "Why the overlap is meant."),
    key("owner", Shape::Text, Looser::Never, "", "Who answers for it."),
    key("expires", Shape::Day, Looser::Later, "", "The last day (UTC) on which it permits."),
];

static LIVE: &[Key] = &[
    key("url", Shape::Text, Looser::Another, "", "What is asked; https, or http on loopback."),
    key(
        "expect",
        Shape::Choice(&["json", "jwks"]),
        Looser::Another,
        "",
        "A key set, or JSON with a value at `pointer`.",
    ),
    key("pointer", Shape::Text, Looser::Absent, "", "JSON pointer into the answer."),
    key("equals", Shape::Anything, Looser::Absent, "", "The value expected there."),
];
