//! Lists that travel as characters: a list of one is mostly no other than its item.

use serde_json::{Map, Value};

use crate::{
    Answer,
    blame::{
        asking::Asking,
        text::{AsText, TRIES, alike, forms, meanings, readings},
    },
    compare::BARE,
    inclusion::{SchemaId, TypeSet},
};

/// How a list becomes characters. A list of one is mostly no other than its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lists {
    /// Not at all.
    Never,
    /// Each item is an element, and `null` is no empty text (XML).
    Elements,
    /// Each item is a piece of its own, or the separators between them stand in no item.
    Pieces,
    /// One text with separators.
    Joined,
    /// One text with dots, which numbers may have too.
    Dotted,
}

/// The values of the sending side whose characters the receiving side reads, as a value of another
/// kind, as a list, or as the item of one.
pub(crate) fn read_alike(
    asking: &mut Asking<'_>,
    (sub, sup): (SchemaId, SchemaId),
    lists: Lists,
) -> SchemaId {
    let scalars = alike(asking, sub, sup);
    match lists {
        Lists::Never => return scalars,
        Lists::Elements => {
            let schemas = asking.schemas();
            let null = schemas.types(TypeSet::NULL);
            let other = schemas.not(null);
            return schemas.all([scalars, other]);
        }
        Lists::Pieces | Lists::Joined | Lists::Dotted => {}
    }
    let of_lists = as_lists(asking, (sub, sup), lists);
    let items = as_items(asking, sub, sup);
    asking.schemas().any([scalars, of_lists, items])
}

/// The values without structure whose characters the receiving side reads as a list, whatever they
/// are: a text may hold the separators of lists, so it has to take lists of any length.
fn as_lists(asking: &mut Asking<'_>, (sub, sup): (SchemaId, SchemaId), lists: Lists) -> SchemaId {
    let texts = asking.schemas().types(TypeSet::STRING);
    if takes_lists(asking, texts, sup) {
        let schemas = asking.schemas();
        let kinds = [TypeSet::NULL, TypeSet::BOOLEAN, TypeSet::NUMBER, TypeSet::STRING];
        let all: Vec<_> = kinds.iter().map(|it| schemas.types(*it)).collect();
        return schemas.any(all);
    }
    let mut all = Vec::new();
    for kind in [TypeSet::NULL, TypeSet::BOOLEAN, TypeSet::NUMBER, TypeSet::STRING] {
        let one = ones(asking, kind, lists);
        let schemas = asking.schemas();
        let sent = schemas.all([sub, one]);
        if sent == SchemaId::FALSE || asking.included(sent, SchemaId::FALSE) {
            continue;
        }
        if takes_one(asking, sent, sup) {
            all.push(one);
        } else {
            all.extend(lists_of_one(asking, sent, sup));
        }
    }
    asking.schemas().any(all)
}

/// The values of a kind that are one item, however they are cut.
fn ones(asking: &mut Asking<'_>, kind: TypeSet, lists: Lists) -> SchemaId {
    let schemas = asking.schemas();
    let of_kind = schemas.types(kind);
    if kind == TypeSet::NUMBER && lists == Lists::Dotted {
        return schemas.types(TypeSet::INTEGER);
    }
    if kind != TypeSet::STRING || lists == Lists::Pieces {
        return of_kind;
    }
    let bare = schemas.pattern(BARE);
    schemas.all([of_kind, bare])
}

/// Lists of one that the receiving side reads as their item. An empty list leaves no characters: to
/// whoever takes no lists, nothing is sent.
fn as_items(asking: &mut Asking<'_>, sub: SchemaId, sup: SchemaId) -> SchemaId {
    let schemas = asking.schemas();
    let lists = schemas.types(TypeSet::ARRAY);
    let (sent, read) = (schemas.all([sub, lists]), schemas.all([sup, lists]));
    if sent == SchemaId::FALSE || asking.included(sent, sup) {
        return SchemaId::FALSE;
    }
    let takes_none = asking.included(read, SchemaId::FALSE);
    let kinds = TypeSet::BOOLEAN | TypeSet::NUMBER | TypeSet::STRING;
    let scalars = asking.schemas().types(kinds);
    let items = alike(asking, scalars, sup);
    let schemas = asking.schemas();
    let items = schemas.any([sup, items]);
    let items = schemas.all([scalars, items]);
    let one = lists_of(asking, items, Some(1));
    if !takes_none {
        return one;
    }
    let schemas = asking.schemas();
    let none = schemas.item_count(0, Some(0));
    let none = schemas.all([lists, none]);
    schemas.any([one, none])
}

/// Single texts that the receiver reads as lists of one.
fn lists_of_one(asking: &mut Asking<'_>, sent: SchemaId, sup: SchemaId) -> Vec<SchemaId> {
    let schemas = asking.schemas();
    let lists = schemas.types(TypeSet::ARRAY);
    let lists = schemas.all([lists, sup]);
    if asking.included(lists, SchemaId::FALSE) {
        return Vec::new();
    }
    let mut rest = sent;
    let mut found = Vec::new();
    for _ in 0..TRIES {
        let Answer::NotIncluded(value) = asking.fits(rest, sup) else { break };
        let meant = [value.clone()].into_iter().chain(readings(&value));
        let is_read = meant.map(|it| Value::from(vec![it])).any(|it| asking.takes(sup, &it));
        let schemas = asking.schemas();
        let tried = schemas.constant(&value);
        found.extend(is_read.then_some(tried));
        let other = schemas.not(tried);
        rest = schemas.all([rest, other]);
    }
    found
}

/// Are lists of one such item taken, the item as it is or as its characters can be read?
fn takes_one(asking: &mut Asking<'_>, item: SchemaId, sup: SchemaId) -> bool {
    let of_one = |asking: &mut Asking<'_>, item: SchemaId| {
        let lists = lists_of(asking, item, Some(1));
        asking.included(lists, sup)
    };
    of_one(asking, item) || forms(asking, item).into_iter().any(|it| of_one(asking, it))
}

fn takes_lists(asking: &mut Asking<'_>, item: SchemaId, sup: SchemaId) -> bool {
    let lists = lists_of(asking, item, None);
    asking.included(lists, sup)
}

/// Lists of such items, one at least and so many at most.
pub(crate) fn lists_of(asking: &mut Asking<'_>, item: SchemaId, most: Option<u64>) -> SchemaId {
    let schemas = asking.schemas();
    let parts = [schemas.types(TypeSet::ARRAY), schemas.item_count(1, most), schemas.items(item)];
    schemas.all(parts)
}

/// The members that leave characters: an empty list where no list is read is nothing at all.
pub(crate) fn sent(
    asking: &mut Asking<'_>,
    members: &Map<String, Value>,
    (as_text, sup): (&AsText, SchemaId),
) -> Map<String, Value> {
    let mut sent = members.clone();
    sent.retain(|name, member| {
        let is_empty = member.as_array().is_some_and(Vec::is_empty);
        if !is_empty || as_text.inside(Some(name)).lists().is_none() {
            return true;
        }
        let schemas = asking.schemas();
        let (lists, having) = (schemas.types(TypeSet::ARRAY), schemas.required(name));
        let listing = schemas.property(name, lists);
        let objects = schemas.types(TypeSet::OBJECT);
        let read = schemas.all([sup, objects, having, listing]);
        !asking.included(read, SchemaId::FALSE)
    });
    sent
}

/// Objects each of whose members leaves characters.
pub(crate) fn written(asking: &mut Asking<'_>, as_text: &AsText) -> SchemaId {
    let AsText::Members(names) = as_text else { return SchemaId::TRUE };
    let schemas = asking.schemas();
    let (lists, none) = (schemas.types(TypeSet::ARRAY), schemas.item_count(0, Some(0)));
    let empty = schemas.all([lists, none]);
    let some = schemas.not(empty);
    let json = names.iter().filter(|it| it.1.is_none());
    let json = json.map(|it| schemas.text(it.0)).collect();
    schemas.other_properties(json, Vec::new(), some)
}

/// All that the characters of a value can be read as, among them lists of one and their items.
pub(crate) fn all_meanings(asking: &mut Asking<'_>, value: &Value, lists: Lists) -> SchemaId {
    let own = meanings(asking, value, lists);
    match value {
        _ if matches!(lists, Lists::Never | Lists::Elements) => own,
        Value::Array(items) => match items.as_slice() {
            [item] if !item.is_array() && !item.is_object() => {
                let item = meanings(asking, item, lists);
                asking.schemas().any([own, item])
            }
            _ => own,
        },
        Value::Object(_) => own,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            if is_one(value, lists) { or_list_of_one(asking, own) } else { own }
        }
    }
}

/// Is it one item of a list?
fn is_one(value: &Value, lists: Lists) -> bool {
    let is_separator = |it: char| ",;.|&=".contains(it) || it.is_whitespace();
    match value {
        Value::Null | Value::Bool(_) => true,
        Value::Number(it) => lists != Lists::Dotted || !it.to_string().contains('.'),
        Value::String(it) => lists == Lists::Pieces || !it.contains(is_separator),
        Value::Array(_) | Value::Object(_) => false,
    }
}

fn or_list_of_one(asking: &mut Asking<'_>, item: SchemaId) -> SchemaId {
    let lists = lists_of(asking, item, Some(1));
    asking.schemas().any([item, lists])
}
