//! Keywords that mean nothing: told where base did not have the same.

use std::collections::BTreeSet;

use crate::{
    Contract, Evidence, Finding, Revision, Rule, Store, Version,
    blame::{
        asking::Asking,
        place::{shared, spot, way},
        words::compact,
    },
    inclusion::InvalidKeyword,
};

/// The keywords of head that mean nothing, and meant nothing else at base.
pub(crate) fn faults(asking: &Asking<'_>) -> Vec<Finding> {
    let store = asking.store();
    let all = asking.lowering().invalid();
    let of = |revision| all.iter().filter(move |it| it.revision == revision);
    let known: BTreeSet<_> = of(Revision::Base)
        .map(|it| (it.at.pointer.clone(), it.keyword.clone(), store.value(it.value).to_string()))
        .collect();
    let head = asking.contract(Revision::Head);
    let new = of(Revision::Head).filter(|it| {
        let text = store.value(it.value).to_string();
        !known.contains(&(it.at.pointer.clone(), it.keyword.clone(), text))
            && !is_flag_of_parameter(store, head, it)
    });
    new.map(|it| finding(store, head, it)).collect()
}

/// In Swagger 2.0 a parameter is its own schema, and `required` speaks of the parameter.
fn is_flag_of_parameter(store: &Store, contract: &Contract, it: &InvalidKeyword) -> bool {
    contract.version == Version::V2_0
        && it.keyword == "required"
        && store.as_bool(it.value).is_some()
}

fn finding(store: &Store, contract: &Contract, it: &InvalidKeyword) -> Finding {
    let spot = spot(&it.at);
    let keyword = it.at.pointer.child(&it.keyword);
    let place = shared(contract, &spot);
    let (subject, noun) = match &place {
        Some(place) => {
            let way = way(&place.inside);
            let name = &place.name;
            let noun =
                if way.is_empty() { format!("`{name}`") } else { format!("`{way}` of `{name}`") };
            (format!("{}#{}", place.anchor, place.inside), noun)
        }
        None => (format!("#{}", spot.pointer), format!("`{}`", spot.pointer)),
    };
    let value = store.value(it.value);
    Finding {
        rule: Rule::InvalidSchema,
        level: Rule::InvalidSchema.level(),
        subject: format!("{subject}/{}", it.keyword),
        message: format!(
            "`{}: {}` of {noun} means nothing and is ignored",
            it.keyword,
            compact(&value)
        ),
        remedy: format!("write what `{}` can be, or drop it", it.keyword),
        operations: Vec::new(),
        head: Some(crate::Spot { file: spot.file, pointer: keyword.clone() }),
        base: None,
        evidence: Evidence::Rejected { pointer: keyword, keyword: it.keyword.clone(), value },
    }
}
