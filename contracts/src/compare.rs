//! Two revisions of one contract, compared by meaning.
//!
//! First it is found out which values differ at all ([`touched`]); only operations that hold one
//! are worked out and compared. What is no schema is compared here, pairs of schemas become
//! [`question`]s.

mod characters;
mod contents;
mod encoding;
mod events;
mod evidence;
pub(crate) mod exchange;
mod fields;
pub(crate) mod form;
mod headers;
pub(crate) mod lifecycle;
mod matching;
mod parameters;
mod part_headers;
mod path_values;
mod pieces;
mod presence;
pub(crate) mod question;
mod reply_parts;
mod request;
mod response;
mod sample;
mod security;
mod shape;
mod signs;
mod split;
mod spread;
mod text;
pub(crate) mod touched;
mod values;
mod verdict;
mod words;
mod work;
mod writing;

pub(crate) use form::query as form_text;
pub(crate) use values::BARE;

use std::collections::BTreeSet;

use kernel::Level;

use crate::{
    Category, Comparison, Contract, Finding, Rule, Settings, Store, UndecidedPart,
    blame::blame,
    compare::{
        events::{Shadow, Walk},
        question::{SchemaQuestion, Sight},
        touched::Touched,
        work::Work,
    },
    operations::{self, Listed, Reading},
};

/// Every root cause that breaks an exchange, generated code or the life cycle, and what could
/// not be decided.
#[must_use]
pub fn compare(
    store: &mut Store,
    base: &Contract,
    head: &Contract,
    settings: &Settings,
) -> Comparison {
    let (gathered, walk) = gather(store, (base, head), settings, None);
    let mut comparison = Comparison { n_operations: walk.n_operations, ..Comparison::default() };
    let mut findings = gathered.findings;
    comparison.undecided.extend(gathered.undecided);
    let mut sight = Sight { store, base, head, settings };
    for shadow in walk.shadows {
        findings.extend(shadowed(&mut sight, shadow, &mut comparison));
    }
    findings.extend(answers(&mut sight, &gathered.questions, &mut comparison));
    let (base, head) = (Reading { store, contract: base }, Reading { store, contract: head });
    let mut findings = verdict::merged(findings);
    findings.extend(words::compare(base, head));
    verdict::lower(&mut findings, &below(base, settings));
    comparison.bump = verdict::bump(&findings, signs::version(base).as_deref());
    findings.extend(verdict::not_raised(base, head, comparison.bump));
    findings.sort_by(|one, other| (one.rule, &one.subject).cmp(&(other.rule, &other.subject)));
    comparison.findings = findings;
    comparison
}

/// What breaks for one operation of base, named by its label; nothing else is looked at.
#[must_use]
pub fn compare_operation(
    store: &mut Store,
    (base, head): (&Contract, &Contract),
    settings: &Settings,
    label: &str,
) -> Vec<Finding> {
    let mut comparison = Comparison::default();
    let gathered = gather(store, (base, head), settings, Some(label)).0;
    let mut findings = gathered.findings;
    let mut sight = Sight { store, base, head, settings };
    findings.extend(answers(&mut sight, &gathered.questions, &mut comparison));
    let mut findings = verdict::merged(findings);
    let reading = Reading { store, contract: base };
    verdict::lower(&mut findings, &below(reading, settings));
    findings.retain(|it| it.operations.iter().any(|it| it == label));
    findings.sort_by(|one, other| (one.rule, &one.subject).cmp(&(other.rule, &other.subject)));
    findings
}

/// What the walk over both sides gathers while the store is only read.
struct Gathered {
    findings: Vec<Finding>,
    questions: Vec<SchemaQuestion>,
    undecided: Vec<UndecidedPart>,
}

fn gather(
    store: &Store,
    (base, head): (&Contract, &Contract),
    settings: &Settings,
    only: Option<&str>,
) -> (Gathered, Walk) {
    let mut work = Work {
        base: Reading { store, contract: base },
        head: Reading { store, contract: head },
        settings,
        touched: Touched::between(store, base, head),
        literals: BTreeSet::new(),
        findings: Vec::new(),
        questions: Vec::new(),
        undecided: Vec::new(),
    };
    let walk = events::compare(&mut work, only);
    let Work { findings, questions, undecided, .. } = work;
    (Gathered { findings, questions, undecided }, walk)
}

fn answers(
    sight: &mut Sight,
    questions: &[SchemaQuestion],
    comparison: &mut Comparison,
) -> Vec<Finding> {
    let blamed = blame(sight.store, sight.base, sight.head, sight.settings, questions);
    comparison.n_schemas += blamed.n_schemas;
    comparison.undecided.extend(blamed.undecided);
    blamed.findings
}

/// The one finding of an operation that takes requests away from an older one and answers them
/// in another way.
fn shadowed(sight: &mut Sight, shadow: Shadow, comparison: &mut Comparison) -> Option<Finding> {
    let mut findings = shadow.findings;
    findings.extend(answers(sight, &shadow.questions, comparison));
    let breaks = |it: &Finding| it.rule.category() == Category::Wire && it.level == Level::Deny;
    findings.sort_by_key(|it| it.rule);
    let first = findings.into_iter().find(breaks)?;
    let (over, by) = (shadow.over.label(), &shadow.label);
    Some(Finding {
        rule: Rule::OperationShadowed,
        level: Rule::OperationShadowed.level(),
        subject: shadow.label.clone(),
        message: format!(
            "`{by}` answers what `{over}` answered, in another way: {}",
            first.message
        ),
        remedy: "choose a path that no template of base covers".to_owned(),
        operations: vec![over],
        head: Some(shadow.by.at.spot()),
        base: Some(shadow.over.at.spot()),
        evidence: first.evidence,
    })
}

/// The operations and events of base that promise less than the floor. What is new at head has
/// promised nothing yet.
fn below(base: Reading, settings: &Settings) -> BTreeSet<String> {
    let is_below = |it: &Listed| lifecycle::stability(base, it) < settings.stability_floor;
    let mut found = BTreeSet::new();
    for operation in operations::calls(base).into_iter().chain(operations::webhooks(base)) {
        let is_whole = is_below(&operation);
        // A callback promises no more than the operation that asks for it.
        let inner = operations::callbacks(base, &operation, 0).into_iter();
        found.extend(inner.filter(|it| is_whole || is_below(it)).map(|it| it.label()));
        if is_whole {
            found.insert(operation.label());
        }
    }
    found
}
