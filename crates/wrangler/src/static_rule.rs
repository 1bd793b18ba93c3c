use kernel::Span;

/// How many rules Cloudflare takes, and how long each may be.
pub(crate) const MAX_RULES: usize = 100;
pub(crate) const MAX_LENGTH: usize = 100;

/// What is wrong with a list of static routing rules, or with one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFault {
    /// What is wrong.
    pub kind: RuleFaultKind,
    /// The rule as written; empty if the file or list as a whole is at fault.
    pub rule: Box<str>,
    /// The rule that makes this one redundant.
    pub by: Option<Box<str>>,
    /// Where it stands in the document.
    pub span: Span,
}

/// What is wrong with static routing rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleFaultKind {
    /// `_routes.json` is no object.
    NotAnObject,
    /// `version` is not 1.
    Version,
    /// No list `include`.
    IncludeMissing,
    /// `include` has no rule.
    IncludeEmpty,
    /// No list `exclude`.
    ExcludeMissing,
    /// `run_worker_first` is neither a boolean nor a list.
    NotAList,
    /// `run_worker_first` is an empty list.
    Empty,
    /// More than 100 rules.
    RuleCount,
    /// A rule of more than 100 characters.
    RuleTooLong,
    /// A rule that does not begin with `/` (or `!/`, where that is known).
    RuleLeadingSlash,
    /// A rule that a `*` rule of its list covers.
    RuleOverlapped,
    /// A rule that is no text.
    RuleNotString,
    /// A rule that stands there twice.
    Duplicate,
    /// Only rules that begin with `!`.
    NoPositive,
}

impl RuleFaultKind {
    /// The stable code of this fault.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAnObject => "not-an-object",
            Self::Version => "version",
            Self::IncludeMissing => "include-missing",
            Self::IncludeEmpty => "include-empty",
            Self::ExcludeMissing => "exclude-missing",
            Self::NotAList => "not-a-list",
            Self::Empty => "empty",
            Self::RuleCount => "rule-count",
            Self::RuleTooLong => "rule-too-long",
            Self::RuleLeadingSlash => "rule-leading-slash",
            Self::RuleOverlapped => "rule-overlapped",
            Self::RuleNotString => "rule-not-string",
            Self::Duplicate => "duplicate",
            Self::NoPositive => "no-positive",
        }
    }
}

impl RuleFault {
    /// A fault of a file or list as a whole.
    pub(crate) fn whole(kind: RuleFaultKind, span: Span) -> Self {
        Self { kind, rule: Box::default(), by: None, span }
    }

    /// A fault of one rule.
    pub(crate) fn of(kind: RuleFaultKind, rule: &Rule<'_>) -> Self {
        Self { kind, rule: rule.text.into(), by: None, span: rule.span }
    }
}

/// One rule of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule<'a> {
    pub(crate) text: &'a str,
    pub(crate) span: Span,
}

/// Is the rule longer than Cloudflare takes? It counts as JavaScript does.
pub(crate) fn is_too_long(rule: &Rule<'_>) -> bool {
    rule.text.encode_utf16().count() > MAX_LENGTH
}

/// The rules of one list that another one with a `*` at its end covers.
///
/// Only the first covering rule is named. The rules of a list are few (see [`MAX_RULES`]), but a
/// hostile file may hold any number, so no more of them are compared.
pub(crate) fn overlapped(rules: &[Rule<'_>]) -> Vec<RuleFault> {
    let rules = rules.get(..MAX_RULES).unwrap_or(rules);
    let covers = |wide: &Rule<'_>, rule: &Rule<'_>| {
        wide.text != rule.text
            && wide.text.strip_suffix('*').is_some_and(|it| rule.text.starts_with(it))
    };
    let fault = |rule: &Rule<'_>| {
        let wide = rules.iter().find(|it| covers(it, rule))?;
        let fault = RuleFault::of(RuleFaultKind::RuleOverlapped, rule);
        Some(RuleFault { by: Some(wide.text.into()), ..fault })
    };
    rules.iter().filter_map(fault).collect()
}
