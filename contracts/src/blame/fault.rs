//! Keywords that mean nothing: told where base did not have the same.

use std::collections::BTreeSet;

use crate::{
    Contract, Evidence, Finding, Located, Revision, Rule, Store, Version,
    blame::{
        asking::Asking,
        place::{shared, spot, way},
        position::Side,
        words::compact,
    },
    inclusion::{InvalidKeyword, KeywordClass, SchemaId, TypeSet},
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

/// The keyword of a schema that leaves no value of its kind, such as a minimum above the maximum.
pub(crate) fn contradiction(
    asking: &mut Asking<'_>,
    side: &Side<'_>,
    part: &Located,
) -> Option<&'static str> {
    const KINDS: [(KeywordClass, TypeSet, [&str; 2]); 3] = [
        (KeywordClass::Number, TypeSet::NUMBER, ["minimum", "exclusiveMinimum"]),
        (KeywordClass::String, TypeSet::STRING, ["minLength", "pattern"]),
        (KeywordClass::Array, TypeSet::ARRAY, ["minItems", "contains"]),
    ];
    let store = asking.store();
    KINDS.into_iter().find_map(|(class, kind, keywords)| {
        let keyword = keywords.into_iter().find(|it| store.get(part.node, it).is_some())?;
        let asked = asking.lower_classes(side, part, &[class]);
        let schemas = asking.schemas();
        let of_kind = schemas.types(kind);
        let left = schemas.all(asked.into_iter().chain([of_kind]));
        asking.included(left, SchemaId::FALSE).then_some(keyword)
    })
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
