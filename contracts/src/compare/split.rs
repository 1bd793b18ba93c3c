//! A template of base that head answers in parts: `/pets/{kind}`, whose kinds are few, became
//! `/pets/cats` and `/pets/dogs`. OAS: concrete paths are matched before templated ones.

use std::collections::BTreeMap;

use crate::{
    compare::{
        matching::{Directory, Found},
        path_values,
        work::Work,
    },
    operations::{Address, Listed, Server, expand},
};

/// More combinations of values than this are not told apart.
const MOST: usize = 256;

/// The values of the path parameters that are few.
type Case = BTreeMap<String, String>;

/// How head answers the requests of one operation of base.
#[derive(Default)]
pub(crate) struct Split {
    /// Each operation that answers some of them, with values that lead there.
    pub parts: Vec<(Found, Case)>,
    /// Values that nothing answers.
    pub lost: Option<Case>,
}

/// The parts, if there is more to say than of the template as a whole.
pub(crate) fn split(
    work: &Work,
    (base, head): (&Directory, &Directory),
    idx: usize,
) -> Option<Split> {
    let operation = base.operations.get(idx)?;
    let (by, formats) = (work.settings.servers, work.settings.formats);
    if !base.may_split(idx, head) {
        return None;
    }
    let servers = base.servers.get(idx)?;
    let server =
        servers.iter().find(|it| is_served(head, operation, it, work)).or(servers.first())?;
    let address = Address::parse(&format!("{}{}", server.key(by), operation.path));
    let values = path_values::few(work.base, &expand(work.base, operation), formats);
    let mut split = Split::default();
    let twin = head.exactly(&operation.method, &address).map(|it| it.idx);
    for case in cases(&values)? {
        let asked = address.with(&case);
        if base.answer(&operation.method, &asked).is_none_or(|it| it.idx != idx) {
            // Another operation of base answers it, and is compared by itself.
            continue;
        }
        let found = head.answer(&operation.method, &asked);
        match found.filter(|it| head.admits(work.head, it, formats) != Some(false)) {
            None => split.lost = split.lost.or(Some(case)),
            Some(found) if split.parts.iter().any(|it| it.0.idx == found.idx) => {}
            Some(found) => split.parts.push((found, case)),
        }
    }
    let is_whole = split.parts.iter().any(|it| Some(it.0.idx) == twin);
    let is_split = !split.parts.is_empty() && !is_whole;
    is_split.then_some(split)
}

/// Does head answer anything at this base URL and below this path?
fn is_served(head: &Directory, operation: &Listed, server: &Server, work: &Work) -> bool {
    let by = work.settings.servers;
    let address = Address::parse(&format!("{}{}", server.key(by), operation.path));
    head.has_within(&operation.method, &address)
}

/// All combinations of values; nothing if there are none, or too many.
fn cases(values: &BTreeMap<String, Vec<String>>) -> Option<Vec<Case>> {
    let n_cases = values.values().map(Vec::len).try_fold(1_usize, usize::checked_mul);
    n_cases.filter(|it| *it <= MOST && !values.is_empty())?;
    let mut found = vec![Case::new()];
    for (name, texts) in values {
        let with = |case: &Case, text: &String| {
            let mut case = case.clone();
            case.insert(name.clone(), text.clone());
            case
        };
        found = found.iter().flat_map(|case| texts.iter().map(|it| with(case, it))).collect();
    }
    Some(found)
}
