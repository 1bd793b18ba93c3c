//! Witnesses about static routing rules: `_routes.json` and `assets.run_worker_first`.

use kernel::{Document, Kind, Node, Step, Witness};
use serde::Serialize;
use wrangler::{RuleFault, RuleFaultKind};

/// A rule that Cloudflare refuses; the rule is empty if the list or file as a whole is refused.
#[derive(Debug, Serialize)]
pub struct RejectedRule {
    /// The rule as written.
    pub rule: String,
    /// Why.
    pub code: &'static str,
}

/// The value that rules stand in.
#[derive(Debug)]
pub struct RuleList {
    value: Node,
    is_pages: bool,
}

impl RuleList {
    /// A whole `_routes.json`.
    #[must_use]
    pub fn pages(document: &Document) -> Self {
        Self { value: document.root.clone(), is_pages: true }
    }

    /// A value of `run_worker_first`.
    #[must_use]
    pub fn assets(document: &Document, steps: &[Step]) -> Option<Self> {
        Some(Self { value: document.root.at(steps)?.clone(), is_pages: false })
    }

    fn list(&self, name: &str) -> Option<&[Node]> {
        self.value.get(name)?.as_list()
    }

    /// The lists whose rules are compared with each other, as texts.
    fn lists(&self) -> Vec<Vec<&Node>> {
        if self.is_pages {
            let of = |name| self.list(name).unwrap_or_default().iter().collect();
            return vec![of("include"), of("exclude")];
        }
        let items = self.value.as_list().unwrap_or_default();
        let is_negative = |it: &&Node| it.as_str().is_some_and(|it| it.starts_with('!'));
        let (negative, positive) = items.iter().partition(is_negative);
        vec![positive, negative]
    }

    fn has(&self, rule: &str) -> bool {
        self.lists().iter().flatten().any(|it| it.as_str() == Some(rule))
    }

    fn count(&self, rule: &str) -> usize {
        self.lists().iter().flatten().filter(|it| it.as_str() == Some(rule)).count()
    }

    fn n_rules(&self) -> usize {
        self.lists().iter().map(Vec::len).sum()
    }

    /// Is the rule covered by another one of its list that ends in `*`?
    fn is_covered(&self, rule: &str) -> bool {
        let covers = |it: &Node| {
            let wide = it.as_str().filter(|it| *it != rule && it.ends_with('*'));
            wide.is_some_and(|it| rule.get(..it.len() - 1) == it.get(..it.len() - 1))
        };
        let holds = |list: &&Vec<&Node>| list.iter().any(|it| it.as_str() == Some(rule));
        let lists = self.lists();
        lists.iter().filter(holds).any(|list| list.iter().any(|it| covers(it)))
    }

    fn is_version_one(&self) -> bool {
        let Some(Kind::Number(text)) = self.value.get("version").map(|it| &it.kind) else {
            return false;
        };
        text.parse::<f64>().is_ok_and(|it| (it - 1.0).abs() < f64::EPSILON)
    }

    fn is_wrong_start(&self, rule: &str) -> bool {
        let start = if self.is_pages { rule } else { rule.strip_prefix('!').unwrap_or(rule) };
        self.has(rule) && !start.starts_with('/')
    }
}

impl Witness for RejectedRule {
    const KIND: &'static str = "rejected-rule";
    type World = RuleList;

    fn replay(&self, world: &RuleList) -> bool {
        let rule = self.rule.as_str();
        let is_list = world.value.as_list().is_some();
        let starts = |it: &Node| it.as_str().is_some_and(|it| it.starts_with('/'));
        let has_positive = || world.lists().iter().flatten().any(|it| starts(it));
        match self.code {
            "not-an-object" => world.value.as_table().is_none(),
            "version" => !world.is_version_one(),
            "include-missing" => world.list("include").is_none(),
            "include-empty" => world.list("include").is_some_and(<[Node]>::is_empty),
            "exclude-missing" => world.list("exclude").is_none(),
            "not-a-list" => !is_list && world.value.as_bool().is_none(),
            "empty" => is_list && world.n_rules() == 0,
            "rule-count" => world.n_rules() > 100,
            "rule-too-long" => world.has(rule) && rule.encode_utf16().nth(100).is_some(),
            "rule-leading-slash" => world.is_wrong_start(rule),
            "rule-overlapped" => world.is_covered(rule),
            "rule-not-string" => world.lists().iter().flatten().any(|it| it.as_str().is_none()),
            "duplicate" => world.count(rule) > 1,
            "no-positive" => is_list && !has_positive(),
            _ => false,
        }
    }
}

/// How many characters of a rule a subject or a message shows.
const MAX_SHOWN: usize = 110;

/// The rule behind a blank, cut to a length that can be read; nothing for a list as a whole.
#[must_use]
pub fn short(fault: &RuleFault) -> String {
    if fault.rule.is_empty() { String::new() } else { format!(" {}", cut(&fault.rule)) }
}

fn cut(rule: &str) -> String {
    match rule.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", rule.get(..end).unwrap_or_default()),
        None => rule.to_owned(),
    }
}

/// What is wrong with the rule or its list.
#[must_use]
pub fn message(fault: &RuleFault) -> String {
    let rule = cut(&fault.rule);
    match fault.kind {
        RuleFaultKind::NotAnObject => "`_routes.json` is no object".to_owned(),
        RuleFaultKind::Version => "`version` is not 1".to_owned(),
        RuleFaultKind::IncludeMissing => "`include` is no list".to_owned(),
        RuleFaultKind::IncludeEmpty => "`include` has no rule".to_owned(),
        RuleFaultKind::ExcludeMissing => "`exclude` is no list".to_owned(),
        RuleFaultKind::NotAList => "`run_worker_first` is neither a boolean nor a list".to_owned(),
        RuleFaultKind::Empty => "`run_worker_first` has no rule".to_owned(),
        RuleFaultKind::RuleCount => "there are more than 100 rules".to_owned(),
        RuleFaultKind::RuleTooLong => format!("`{rule}` is longer than 100 characters"),
        RuleFaultKind::RuleLeadingSlash => format!("`{rule}` does not begin with `/`"),
        RuleFaultKind::RuleOverlapped => {
            let by = fault.by.as_deref().map(cut).unwrap_or_default();
            format!("`{rule}` is covered by `{by}`")
        }
        RuleFaultKind::RuleNotString => "a rule is no string".to_owned(),
        RuleFaultKind::Duplicate => format!("`{rule}` stands there twice"),
        RuleFaultKind::NoPositive => "all rules begin with `!`, so none takes a URL".to_owned(),
    }
}

/// What to do about it.
#[must_use]
pub fn remedy(fault: &RuleFault) -> &'static str {
    match fault.kind {
        RuleFaultKind::NotAnObject => {
            "write `{\"version\": 1, \"include\": [...], \"exclude\": []}`"
        }
        RuleFaultKind::Version => "write `\"version\": 1`",
        RuleFaultKind::IncludeMissing | RuleFaultKind::IncludeEmpty => {
            "list at least one rule in `include`, for example `/*`"
        }
        RuleFaultKind::ExcludeMissing => "write `\"exclude\": []`",
        RuleFaultKind::NotAList | RuleFaultKind::Empty => {
            "write `true`, `false` or a list of rules"
        }
        RuleFaultKind::RuleCount => "join rules by a `*`, until there are at most 100",
        RuleFaultKind::RuleTooLong => "shorten it to 100 characters, for example by a `*`",
        RuleFaultKind::RuleLeadingSlash => "begin it with `/`",
        RuleFaultKind::RuleOverlapped | RuleFaultKind::Duplicate => "remove it",
        RuleFaultKind::RuleNotString => "write a string",
        RuleFaultKind::NoPositive => "add a rule that begins with `/`",
    }
}
