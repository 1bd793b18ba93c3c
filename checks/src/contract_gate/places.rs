//! Lines and columns of the places that findings name.

use std::collections::BTreeMap;

use contracts::{Places as Found, Pointer, Spot, locate, regions};
use kernel::{Place, Span};
use serde_json::{Value, json};

use crate::contract_gate::Read;

/// Longer values are marked at their names.
const LONGEST_MARK: usize = 120;

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
            let Some(bytes) = read.bytes(&file.path).filter(|_| !wanted.is_empty()) else {
                continue;
            };
            let pointers: Vec<Pointer> = wanted.iter().map(|it| it.pointer.clone()).collect();
            let spans = locate(bytes, &pointers).into_iter().map(span);
            let regions = regions(bytes, &spans.collect::<Vec<_>>());
            for (spot, region) in wanted.into_iter().zip(regions) {
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

/// What is marked: the value if it is short, or else the name in front of it, which tells more than
/// a brace.
fn span(found: Option<Found>) -> Span {
    let Some(places) = found else { return Span::default() };
    let is_long = places.value.end.saturating_sub(places.value.start) > LONGEST_MARK;
    places.key.filter(|_| is_long).unwrap_or(places.value)
}
