//! Types as text.

use contracts::{Kind, NodeId, Store};

use crate::{
    model::{Model, UnitId, View},
    module::Module,
    schemas::{
        Types, docs,
        types::{Member, ObjectType, TupleType, Type},
    },
    writer::{To, Writer},
};

/// Writes a type.
pub(crate) fn print(types: &Types, module: &mut Module, it: &Type) {
    let model = types.model();
    match it {
        Type::Never => module.out.put("never").end(),
        Type::Unknown => module.out.put("unknown").end(),
        Type::Null => module.out.put("null").end(),
        Type::Boolean => module.out.put("boolean").end(),
        Type::Number => module.out.put("number").end(),
        Type::String => module.out.put("string").end(),
        Type::AnyOtherString => module.out.put("(string & {})").end(),
        Type::Literal(node) => literal(&mut module.out, model.store, *node),
        Type::Text(text) => module.out.literal(text).end(),
        Type::Brand(node) => {
            let out = module.out.put("{ readonly __brand: ");
            out.value(model.store, *node).put(" }").end();
        }
        Type::Own(words) => module.out.put(words).end(),
        Type::Named(unit, view) => reference(model, module, *unit, *view),
        Type::Array(item) => {
            let is_joined = matches!(**item, Type::Union(_) | Type::Intersection(_));
            module.out.put(if is_joined { "(" } else { "" });
            print(types, module, item);
            module.out.put(if is_joined { ")[]" } else { "[]" });
        }
        Type::Tuple(tuple) => print_tuple(types, module, tuple),
        Type::Object(object) => print_object(types, module, object),
        Type::Union(parts) => joined(types, module, parts, " | "),
        Type::Intersection(parts) => joined(types, module, parts, " & "),
    }
}

fn joined(types: &Types, module: &mut Module, parts: &[Type], between: &'static str) {
    for (idx, part) in parts.iter().enumerate() {
        module.out.put(if idx > 0 { between } else { "" });
        let is_joined = matches!(part, Type::Union(_) | Type::Intersection(_));
        module.out.put(if is_joined { "(" } else { "" });
        print(types, module, part);
        module.out.put(if is_joined { ")" } else { "" });
    }
}

/// Writes the name of a unit's type, and imports it.
pub(crate) fn reference(model: &Model, module: &mut Module, unit: UnitId, view: View) {
    let unit = model.unit(unit);
    let name = unit.type_name(view);
    let is_declared = matches!(module.out.target(), To::All | To::Types | To::Declaration);
    module.use_type(&unit.types, name, is_declared);
    module.out.name(name);
}

fn print_tuple(types: &Types, module: &mut Module, tuple: &TupleType) {
    module.out.put("[");
    for (idx, item) in tuple.items.iter().enumerate() {
        module.out.comma(idx);
        let is_optional = idx >= tuple.n_required;
        let is_joined = is_optional && matches!(item, Type::Union(_) | Type::Intersection(_));
        module.out.put(if is_joined { "(" } else { "" });
        print(types, module, item);
        module.out.put(if is_joined { ")" } else { "" });
        module.out.put(if is_optional { "?" } else { "" });
    }
    if let Some(rest) = &tuple.rest {
        module.out.put(if tuple.items.is_empty() { "..." } else { ", ..." });
        print(types, module, &Type::Array(rest.clone()));
    }
    module.out.put("]");
}

fn print_object(types: &Types, module: &mut Module, object: &ObjectType) {
    // A type alias that names itself inside `Record` would have no end.
    if let Some(others) = object.others.as_deref().filter(|_| object.is_map())
        && !names_a_circle(types, others)
    {
        module.out.put("Record<string, ");
        print(types, module, others);
        module.out.put(">");
        return;
    }
    body(types, module, object);
}

fn names_a_circle(types: &Types, it: &Type) -> bool {
    match it {
        Type::Named(unit, _) => types.model().unit(*unit).is_recursive,
        Type::Array(item) => names_a_circle(types, item),
        Type::Tuple(it) => {
            it.items.iter().chain(it.rest.as_deref()).any(|it| names_a_circle(types, it))
        }
        Type::Object(it) => {
            let members = it.members.iter().map(|it| &it.of).chain(it.others.as_deref());
            members.into_iter().any(|it| names_a_circle(types, it))
        }
        Type::Union(parts) | Type::Intersection(parts) => {
            parts.iter().any(|it| names_a_circle(types, it))
        }
        Type::Never
        | Type::Unknown
        | Type::Null
        | Type::Boolean
        | Type::Number
        | Type::String
        | Type::AnyOtherString
        | Type::Literal(_)
        | Type::Text(_)
        | Type::Brand(_)
        | Type::Own(_) => false,
    }
}

/// Writes the members of an object type, in braces.
pub(super) fn body(types: &Types, module: &mut Module, object: &ObjectType) {
    let is_bare = object.members.is_empty() && object.prefixes.is_empty();
    if is_bare && object.others.is_none() {
        // `{}` would take every value but null.
        module.out.put("{ [key: string]: never }");
        return;
    }
    module.out.put("{").indent();
    for member in &object.members {
        print_member(types, module, member);
    }
    for (prefix, of) in &object.prefixes {
        module.out.line().put("[key: `").template(prefix).put("${string}`]: ");
        print(types, module, of);
        module.out.put(";");
    }
    if let Some(others) = &object.others {
        module.out.line().put("[key: string]: ");
        print(types, module, &rest_of(object, others));
        module.out.put(";");
    }
    module.out.outdent().line().put("}");
}

/// An index signature holds for declared members too, so it takes their types as well.
fn rest_of(object: &ObjectType, others: &Type) -> Type {
    let members = object.members.iter().map(|it| it.of.clone());
    let prefixes = object.prefixes.iter().map(|it| it.1.clone());
    let parts = std::iter::once(others.clone()).chain(members).chain(prefixes);
    Type::union(parts.chain(object.untold.iter().cloned()))
}

fn print_member(types: &Types, module: &mut Module, member: &Member) {
    let model = types.model();
    if let Some(shape) = member.docs {
        module.out.line();
        docs::write(&mut module.out, model.store, model.shape(shape).node);
    } else {
        module.out.line();
    }
    module.out.key(&member.name).put(if member.is_optional { "?: " } else { ": " });
    print(types, module, &member.of);
    module.out.put(";");
}

/// Writes a value of the contract as a literal type.
fn literal(out: &mut Writer, store: &Store, node: NodeId) {
    match store.kind(node) {
        Kind::Number => {
            let text = store.as_number(node).unwrap_or_default();
            let is_exact = text.parse::<f64>().is_ok_and(f64::is_finite);
            if is_exact { out.number(text).end() } else { out.put("number").end() }
        }
        Kind::String if store.as_str(node).is_none() => out.put("string").end(),
        Kind::Null | Kind::Bool | Kind::String => out.value(store, node).end(),
        Kind::Array => {
            out.put("[");
            for (idx, item) in store.items(node).iter().enumerate() {
                out.comma(idx);
                literal(out, store, *item);
            }
            out.put("]");
        }
        Kind::Object => {
            out.put("{ ");
            for (name, value) in store.members(node) {
                out.key(name).put(": ");
                literal(out, store, value);
                out.put("; ");
            }
            out.put(if store.n_members(node) > 0 { "}" } else { "[key: string]: never }" });
        }
    }
}
