//! A template of base that head answers in parts: `/pets/{kind}`, whose kinds are few, became
//! `/pets/cats` and `/pets/dogs`. OAS: concrete paths are matched before templated ones.

use std::collections::BTreeMap;

use crate::{
    compare::{
        matching::{Directory, Found},
        path_values,
        work::Work,
    },
    operations::{Address, Server, expand},
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
    /// Values that nothing answers, at a base URL where others are answered.
    pub lost: Option<(Server, Case)>,
    /// The base URLs at which nothing answers.
    pub unserved: Vec<Server>,
}

/// The parts, if there is more to say than of the template as a whole.
pub(crate) fn split(
    work: &Work,
    (base, head): (&Directory, &Directory),
    (idx, new): (usize, &[(String, Address)]),
) -> Option<Split> {
    let operation = base.operations.get(idx)?;
    // Only what is new at head takes requests from a template.
    let mut new = new.iter().filter(|it| it.0 == operation.method).peekable();
    new.peek()?;
    let own = base.addresses(idx, work.settings.servers);
    let is_kept = own.iter().all(|it| head.answer(&operation.method, it).is_some());
    if is_kept && !new.any(|it| own.iter().any(|own| own.answers(&it.1).is_some())) {
        return None;
    }
    let formats = work.settings.formats;
    let values = path_values::few(work.base, &expand(work.base, operation), formats);
    let cases = cases(&values)?;
    let mut split = Split::default();
    let mut twins = Vec::new();
    for server in base.servers.get(idx)? {
        let address =
            Address::parse(&format!("{}{}", server.key(work.settings.servers), operation.path));
        twins.extend(head.exactly(&operation.method, &address).map(|it| it.idx));
        // Another operation of base may answer some of them, and is compared by itself.
        let is_own =
            |asked: &Address| base.answer(&operation.method, asked).is_some_and(|it| it.idx == idx);
        let asked = cases.iter().map(|it| (it, address.with(it))).filter(|it| is_own(&it.1));
        let answered = asked.map(|(case, asked)| {
            let found = head.answer(&operation.method, &asked);
            (case, found.filter(|it| head.admits(work.head, it, formats) != Some(false)))
        });
        split.take(server, answered.collect());
    }
    let is_whole = split.parts.iter().any(|it| twins.contains(&it.0.idx));
    let is_split = !split.parts.is_empty() && !is_whole;
    is_split.then_some(split)
}

impl Split {
    /// Takes what happens at one base URL.
    fn take(&mut self, server: &Server, answered: Vec<(&Case, Option<Found>)>) {
        if answered.iter().all(|it| it.1.is_none()) {
            self.unserved.push(server.clone());
            return;
        }
        for (case, found) in answered {
            match found {
                None => self.lost = self.lost.take().or(Some((server.clone(), case.clone()))),
                Some(found) if self.parts.iter().any(|it| it.0.idx == found.idx) => {}
                Some(found) => self.parts.push((found, case.clone())),
            }
        }
    }
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
