//! Lines and columns of the places that findings name.

use std::collections::BTreeMap;

use contracts::Spot;
use kernel::{LineIndex, Place, Region, Span};
use serde_json::{Value, json};

use crate::contract_gate::Read;

/// The places of one revision, looked up once for all findings.
pub(crate) struct Places {
    known: BTreeMap<Spot, Place>,
}

impl Places {
    /// Looks all spots up, each file once.
    pub(crate) fn of(read: &Read, spots: &[&Spot]) -> Self {
        let mut known = BTreeMap::new();
        for (idx, file) in read.contract.files.iter().enumerate() {
            let mut wanted: Vec<&Spot> =
                spots.iter().copied().filter(|it| it.file.0 as usize == idx).collect();
            wanted.sort();
            wanted.dedup();
            let Some(text) = read.text(&file.path).filter(|_| !wanted.is_empty()) else { continue };
            let lines = LineIndex::new(&text);
            let spans = spans(&text, &wanted);
            for (spot, span) in wanted.into_iter().zip(spans) {
                let region = span.map_or(Region::START, |it| lines.region(&text, it));
                known.insert(spot.clone(), Place { path: file.path.clone(), region });
            }
        }
        Self { known }
    }

    /// The place of a spot, if the revision has its file.
    pub(crate) fn get(&self, spot: &Spot) -> Option<&Place> {
        self.known.get(spot)
    }

    /// The place as findings show the one at base.
    pub(crate) fn shown(&self, spot: Option<&Spot>) -> Value {
        let Some((spot, place)) = spot.and_then(|it| Some((it, self.get(it)?))) else {
            return Value::Null;
        };
        let region = place.region;
        json!({"path": place.path, "line": region.line, "column": region.column,
               "pointer": spot.pointer.as_str()})
    }
}

/// The bytes of each spot in one text.
fn spans(text: &str, wanted: &[&Spot]) -> Vec<Option<Span>> {
    let root = snapshot::parse_jsonc(text).or_else(|_| snapshot::parse_yaml(text)).ok();
    let span = |spot: &&Spot| {
        let step = |node: &kernel::Node, name: String| {
            let item = || node.as_list()?.get(name.parse::<usize>().ok()?);
            node.get(&name).or_else(item).cloned()
        };
        let found = spot.pointer.names().try_fold(root.clone()?, |node, name| step(&node, name))?;
        Some(found.span)
    };
    wanted.iter().map(span).collect()
}
