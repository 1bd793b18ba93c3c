//! What a comparison gathers while it walks over operations.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Level;

use crate::{
    Direction, Evidence, Finding, Located, Revision, Rule, Settings, Spot, UndecidedPart,
    compare::{question::SchemaQuestion, touched::Touched},
    operations::{Fit, Operation, Reading},
};

/// Everything that the comparing functions share.
pub(crate) struct Work<'a> {
    /// The older side.
    pub base: Reading<'a>,
    /// The newer side.
    pub head: Reading<'a>,
    /// The policy.
    pub settings: &'a Settings,
    /// Which values differ at all.
    pub touched: Touched,
    /// The literal segments of all paths: what a free path parameter must not say by chance.
    pub literals: BTreeSet<String>,
    /// Root causes so far, one for each operation they reach.
    pub findings: Vec<Finding>,
    /// Schemas to be compared.
    pub questions: Vec<SchemaQuestion>,
    /// What changed in a way that is not decided here: told, and never green.
    pub undecided: Vec<UndecidedPart>,
}

/// Two operations that answer the same requests.
pub(crate) struct Pair<'a> {
    /// The operation of base.
    pub base: &'a Operation,
    /// The operation of head.
    pub head: &'a Operation,
    /// The name in findings.
    pub label: String,
    /// Who sends the request.
    pub request: Direction,
    /// What each path parameter of head is at base.
    pub fits: BTreeMap<String, Fit>,
    /// The one value of each path parameter of base that is asked for here; usually none.
    pub fixed: BTreeMap<String, String>,
}

/// A root cause in the making.
pub(crate) struct Cause<'a> {
    /// The promise.
    pub rule: Rule,
    /// The operation that it reaches.
    pub operation: &'a str,
    /// The deepest shared place, or the operation.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// What to do instead.
    pub remedy: String,
    /// The place at base.
    pub base: Option<Spot>,
    /// The place at head.
    pub head: Option<Spot>,
    /// What shows it.
    pub evidence: Evidence,
}

impl Direction {
    /// The other way.
    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::ToProvider => Self::FromProvider,
            Self::FromProvider => Self::ToProvider,
        }
    }

    /// Whose promise binds what is sent, and who has to take it.
    pub(crate) fn sides<T>(self, base: T, head: T) -> (T, T) {
        match self {
            Self::ToProvider => (base, head),
            Self::FromProvider => (head, base),
        }
    }

    /// Who sends under which revision, and which one refuses.
    pub(crate) fn revisions(self) -> (Revision, Revision) {
        self.sides(Revision::Base, Revision::Head)
    }
}

impl Located {
    /// Where it stands, without the value.
    pub(crate) fn spot(&self) -> Spot {
        Spot { file: self.file, pointer: self.pointer.clone() }
    }
}

impl Work<'_> {
    /// Keeps a root cause.
    pub(crate) fn tell(&mut self, cause: Cause) {
        self.tell_at(cause.rule.level(), cause);
    }

    /// Keeps a root cause at another level than the rule's own.
    pub(crate) fn tell_at(&mut self, level: Level, cause: Cause) {
        let Cause { rule, operation, subject, message, remedy, base, head, evidence } = cause;
        self.findings.push(Finding {
            rule,
            level,
            subject,
            message,
            remedy,
            operations: vec![operation.to_owned()],
            head: head.and_then(|it| self.head.surviving(&it)),
            base,
            evidence,
        });
    }

    /// The reader of one side.
    pub(crate) fn reading(&self, revision: Revision) -> Reading<'_> {
        match revision {
            Revision::Base => self.base,
            Revision::Head => self.head,
        }
    }

    /// Are two values the same, with all that they refer to?
    pub(crate) fn same(&mut self, base: &Located, head: &Located) -> bool {
        let store = self.base.store;
        self.touched.same(store, base, head)
    }

    /// The same for what may be absent.
    pub(crate) fn same_option(&mut self, base: Option<&Located>, head: Option<&Located>) -> bool {
        let store = self.base.store;
        self.touched.same_option(store, base, head)
    }

    /// `path#pointer` of a place.
    pub(crate) fn address(&self, revision: Revision, spot: &Spot) -> String {
        let reading = self.reading(revision);
        let file = reading.contract.files.get(spot.file.0 as usize);
        let path = file.filter(|_| spot.file != crate::FileId::ROOT).map(|it| it.path.to_string());
        format!("{}#{}", path.unwrap_or_default(), spot.pointer)
    }
}

/// The name of a shared component, or the operation with what is concerned in it.
pub(crate) fn subject(at: &Spot, operation: &str, inner: &str) -> String {
    let text = at.pointer.as_str();
    let is_shared = ["/components/", "/parameters/", "/responses/", "/securityDefinitions/"]
        .iter()
        .any(|it| text.starts_with(it));
    if is_shared {
        return text.trim_start_matches('/').to_owned();
    }
    // What a path says for all its operations is one cause.
    let names: Vec<String> = at.pointer.names().take(3).collect();
    if let [kind, path, list] = names.as_slice()
        && (kind.as_str(), list.as_str()) == ("paths", "parameters")
    {
        return format!("{path}#{inner}");
    }
    format!("{operation}#{inner}")
}
