//! GitHub's OpenAPI description, of which only what is asked for is read.

mod operation;
mod schema;
mod template;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use serde::Deserialize;
use serde_json::{Value, value::RawValue};

pub(crate) use crate::description::{
    operation::{Operation, Parameter},
    template::Template,
};

/// The description, with the values of its parts still as text: it has 13 MB.
pub(crate) struct Description {
    paths: Vec<(Template, Box<RawValue>)>,
    components: BTreeMap<String, BTreeMap<String, Box<RawValue>>>,
    operations: Mutex<BTreeMap<(String, String), Arc<Operation>>>,
}

/// Why there is no description.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum DescriptionError {
    #[error("`{}`: {reason}", path.display())]
    Read { path: PathBuf, reason: std::io::Error },
    #[error("`{}`: {reason}", path.display())]
    Parse { path: PathBuf, reason: serde_json::Error },
}

#[derive(Deserialize)]
struct Raw {
    paths: BTreeMap<String, Box<RawValue>>,
    components: BTreeMap<String, BTreeMap<String, Box<RawValue>>>,
}

impl Description {
    /// Reads a file; the same file only once in a process.
    pub(crate) fn read(path: &Path) -> Result<Arc<Self>, DescriptionError> {
        static READ: Mutex<BTreeMap<PathBuf, Arc<Description>>> = Mutex::new(BTreeMap::new());
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(description) = read.get(path) {
            return Ok(Arc::clone(description));
        }
        let text = fs::read_to_string(path);
        let text = text.map_err(|reason| DescriptionError::Read { path: path.into(), reason })?;
        let raw: Raw = serde_json::from_str(&text)
            .map_err(|reason| DescriptionError::Parse { path: path.into(), reason })?;
        let mut paths: Vec<_> =
            raw.paths.into_iter().map(|(path, item)| (Template::of(&path), item)).collect();
        // The more a template says, the earlier it is asked.
        paths.sort_by_key(|it| std::cmp::Reverse(it.0.n_literals()));
        let description =
            Arc::new(Self { paths, components: raw.components, operations: Mutex::default() });
        read.insert(path.to_owned(), Arc::clone(&description));
        Ok(description)
    }

    /// The path of the description that a request asks for.
    pub(crate) fn template(&self, path: &str) -> Option<&Template> {
        self.paths.iter().map(|it| &it.0).find(|it| it.values(path).is_some())
    }

    /// A method at a path.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<Arc<Operation>> {
        let mut operations = self.operations.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (method.to_ascii_lowercase(), path.to_owned());
        if let Some(operation) = operations.get(&key) {
            return Some(Arc::clone(operation));
        }
        let item = self.paths.iter().find(|it| it.0.text() == path)?;
        let item: Value = serde_json::from_str(item.1.get()).ok()?;
        let operation = Arc::new(Operation::of(self, &item, item.get(&key.0)?));
        operations.insert(key, Arc::clone(&operation));
        Some(operation)
    }

    /// What a reference below `#/components` means.
    fn component(&self, reference: &str) -> Option<Value> {
        let (kind, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
        serde_json::from_str(self.components.get(kind)?.get(name)?.get()).ok()
    }

    /// A value without the reference that stands in its place.
    fn resolved(&self, value: &Value) -> Value {
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|it| self.component(it));
        target.map_or_else(|| value.clone(), |it| self.resolved(&it))
    }
}
