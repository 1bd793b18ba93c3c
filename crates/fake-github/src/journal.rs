//! The requests that came in.

use serde_json::{Value, json};

/// All requests to the API, in their order.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: Vec<Entry>,
    n_noted: u64,
}

/// One request, and what became of it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) method: String,
    /// With the query.
    pub(crate) path: String,
    /// Nothing if the connection was cut.
    pub(crate) status: Option<u16>,
    /// What GitHub's description does not allow.
    pub(crate) violation: Option<String>,
    pub(crate) is_fault: bool,
}

impl Journal {
    /// Adds a request; tells how many there were before, also those that were cleared.
    pub(crate) fn note(&mut self, entry: Entry) -> u64 {
        self.entries.push(entry);
        self.n_noted += 1;
        self.n_noted - 1
    }

    pub(crate) fn n_noted(&self) -> u64 {
        self.n_noted
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    pub(crate) fn told(&self) -> Value {
        self.entries.iter().map(Entry::told).collect()
    }
}

impl Entry {
    fn told(&self) -> Value {
        let status = self.status.map_or_else(|| "cut".into(), Value::from);
        let mut told = json!({"method": self.method, "path": self.path, "status": status});
        if let Some(told) = told.as_object_mut() {
            if let Some(violation) = &self.violation {
                told.insert("violation".into(), violation.as_str().into());
            }
            if self.is_fault {
                told.insert("fault".into(), true.into());
            }
        }
        told
    }
}
