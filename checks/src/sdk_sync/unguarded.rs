//! Values that a contract refuses and a guard takes, for keywords that no guard keeps.

use std::sync::Arc;

use contracts::{
    Answer, Contract, Direction, FileId, Files, JsonInstance, Limits, Located, Pointer, Revision,
    Sides, Store,
    inclusion::{Inclusion, View},
    judge::{self, Ruling, Texts, World},
};
use kernel::{RepoPath, Witness};
use serde::Serialize;
use serde_json::{Value, json};

use crate::config::ContractGate;

/// A value that shows what a guard does not keep.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct GuardInstance {
    /// Who takes it.
    pub(crate) accepted_by: &'static str,
    /// Who refuses it.
    pub(crate) refused_by: &'static str,
    /// The value.
    pub(crate) instance: Value,
    /// The keyword that makes the difference.
    pub(crate) keyword: String,
    /// The schema: `path#pointer`.
    pub(crate) schema: String,
}

/// The contract as it is, and as its guard keeps it.
pub(crate) struct Weakened {
    contract: Vec<(RepoPath, Arc<[u8]>)>,
    guard: Vec<(RepoPath, Arc<[u8]>)>,
    settings: judge::Settings,
}

/// What a search for such a value found.
pub(crate) enum Shown {
    /// This one.
    Value(GuardInstance, Weakened),
    /// Nothing, and why.
    Nothing(String),
}

/// The texts of one contract, by path.
struct Kept<'a>(&'a [(RepoPath, Arc<[u8]>)]);

impl Files for Kept<'_> {
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String> {
        let found = self.0.iter().find(|it| it.0 == *path).map(|it| Arc::clone(&it.1));
        found.ok_or_else(|| format!("`{path}` is no part of the contract"))
    }
}

/// Looks for a value that the keyword at a place refuses, and nothing else does.
pub(crate) fn show(
    texts: &[(RepoPath, Arc<[u8]>)],
    (path, pointer): (&RepoPath, &Pointer),
    gate: &ContractGate,
    formats: contracts::Formats,
) -> Shown {
    let nothing = |why: &str| Shown::Nothing(why.to_owned());
    let Some(schema) = pointer.parent() else { return nothing("it is the contract itself") };
    let Some(guard) = without(texts, path, pointer) else {
        return nothing("the contract cannot be written without it");
    };
    let settings = judge::Settings { formats, ..judge::Settings::default() };
    let weakened = Weakened { contract: texts.to_vec(), guard, settings };
    let mut values: Vec<(Pointer, Value)> = Vec::new();
    for place in [named(pointer), Some(schema.clone())].into_iter().flatten() {
        if let Some(Answer::NotIncluded(value)) = weakened.search(path, &place, gate) {
            values.push((place, value));
        }
    }
    values.extend(samples().into_iter().map(|it| (schema.clone(), it)));
    let court = weakened.court();
    let mut why = "no value was found that shows it".to_owned();
    for (place, instance) in values {
        let schema = format!("{path}#{}", place.as_str());
        match court.rule_instance(&asked(&schema, &instance)) {
            Ruling::Confirmed => {
                let (accepted_by, refused_by) = ("guard", "contract");
                let keyword = pointer.names().last().unwrap_or_default();
                let it = GuardInstance { accepted_by, refused_by, instance, keyword, schema };
                return Shown::Value(it, weakened);
            }
            Ruling::Unable(reason) => why = reason,
            Ruling::Contradicted(_) => {}
        }
    }
    Shown::Nothing(why)
}

/// The component that a place is part of, whose guard has a name.
fn named(pointer: &Pointer) -> Option<Pointer> {
    let names: Vec<String> = pointer.names().collect();
    let depth = match names.first().map(String::as_str) {
        Some("components") => 3,
        Some("definitions") => 2,
        Some(_) | None => return None,
    };
    let way = names.get(..depth).filter(|it| it.len() < names.len())?;
    Some(way.iter().fold(Pointer::root(), |at, name| at.child(name)))
}

/// Plain values for what no search can look into.
fn samples() -> Vec<Value> {
    let texts = ["", "a", "A", "0", " ", "-", "\n", "é", "😀", "aaaaaaaaaaaaaaaaaaaaaaaa"];
    let mut values: Vec<Value> = texts.iter().map(|it| json!(it)).collect();
    values.extend(texts.iter().map(|it| json!({*it: null})));
    values.extend([json!(null), json!(0), json!(1.5), json!(true), json!([]), json!([0])]);
    values
}

/// The same texts, without the keyword at a place.
fn without(
    texts: &[(RepoPath, Arc<[u8]>)],
    path: &RepoPath,
    pointer: &Pointer,
) -> Option<Vec<(RepoPath, Arc<[u8]>)>> {
    let names: Vec<String> = pointer.names().collect();
    let (keyword, way) = names.split_last()?;
    let mut out = Vec::new();
    for (name, bytes) in texts {
        if name != path {
            out.push((name.clone(), Arc::clone(bytes)));
            continue;
        }
        let text = str::from_utf8(bytes).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(_) => snapshot::parse_yaml(text).ok()?.to_json(),
        };
        let mut here = &mut value;
        for step in way {
            here = match here {
                Value::Object(members) => members.get_mut(step)?,
                Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?)?,
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
            };
        }
        here.as_object_mut()?.remove(keyword)?;
        out.push((name.clone(), value.to_string().into_bytes().into()));
    }
    Some(out)
}

fn asked(locator: &str, instance: &Value) -> JsonInstance {
    JsonInstance {
        direction: Direction::FromProvider,
        operation: String::new(),
        location: "schema".to_owned(),
        media_type: None,
        status: None,
        pointer: String::new(),
        instance: instance.clone(),
        accepted_by: Revision::Base,
        refused_by: Revision::Head,
        schema: Sides { base: Some(locator.to_owned()), head: Some(locator.to_owned()) },
    }
}

impl Weakened {
    /// Asks for a value that fits without the keyword, and not with it.
    fn search(&self, path: &RepoPath, schema: &Pointer, gate: &ContractGate) -> Option<Answer> {
        let mut store = Store::new();
        let guard = read(&mut store, &self.guard, &gate.limits)?;
        let contract = read(&mut store, &self.contract, &gate.limits)?;
        let (sub, sup) =
            (located(&store, &guard, path, schema)?, located(&store, &contract, path, schema)?);
        let mut inclusion = Inclusion::new(&store, &guard, &contract, gate.budgets);
        let place = inclusion.lowering.place(Revision::Base, sub);
        let sub = inclusion.lowering.lower(&place, View::PLAIN);
        let place = inclusion.lowering.place(Revision::Head, sup);
        let sup = inclusion.lowering.lower(&place, View::PLAIN);
        Some(inclusion.includes(sub, sup))
    }

    fn court(&self) -> World {
        let texts = |files: &[_]| Texts::new(files.to_vec());
        World::new(texts(&self.guard), texts(&self.contract), self.settings)
    }
}

fn read(store: &mut Store, texts: &[(RepoPath, Arc<[u8]>)], limits: &Limits) -> Option<Contract> {
    let path = &texts.first()?.0;
    contracts::read(store, path, &Kept(texts), limits).ok().map(|it| it.0)
}

fn located(store: &Store, contract: &Contract, path: &RepoPath, at: &Pointer) -> Option<Located> {
    let idx = contract.files.iter().position(|it| it.path == *path)?;
    let root = contract.files.get(idx)?.root;
    let file = FileId(u32::try_from(idx).ok()?);
    let start = Located { file, pointer: Pointer::root(), node: root };
    at.names().try_fold(start, |here, name| contract.step(store, &here, &name))
}

impl Witness for GuardInstance {
    const KIND: &'static str = "json-instance";
    type World = Weakened;

    fn replay(&self, world: &Weakened) -> bool {
        world.court().rule_instance(&asked(&self.schema, &self.instance)) == Ruling::Confirmed
    }
}
