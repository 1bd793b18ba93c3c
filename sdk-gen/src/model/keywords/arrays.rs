//! Keywords of lists.

use contracts::{Dialect, Kind, NodeId};

use crate::model::{Contains, ShapeId, Step, dialect, keywords::Keywords, shape::ArrayRules};

/// All keywords of lists.
const WORDS: &[&str] = &[
    "items",
    "prefixItems",
    "additionalItems",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "unevaluatedItems",
];

impl Keywords<'_, '_, '_> {
    pub(super) fn items(&mut self) {
        let store = self.model.store;
        if !store.members(self.node).any(|it| WORDS.contains(&it.0)) {
            return;
        }
        let (prefix, rest) = self.tuple();
        let unevaluated = if dialect::has_draft2019(self.around.dialect) {
            self.below("unevaluatedItems")
        } else {
            None
        };
        let rules = ArrayRules {
            prefix,
            rest,
            min: self.count("minItems").filter(|it| *it > 0),
            max: self.count("maxItems"),
            is_unique: self.flag("uniqueItems"),
            contains: self.contains(),
            unevaluated,
        };
        self.shape.array = Some(Box::new(rules));
    }

    /// The schemas of the first items, and the one of all others.
    fn tuple(&mut self) -> (Vec<ShapeId>, Option<ShapeId>) {
        if self.around.dialect == Dialect::Draft2020 {
            let prefix = self.list("prefixItems");
            return (prefix, self.below("items"));
        }
        let Some(items) = self.keyword("items") else { return (Vec::new(), None) };
        let is_tuple = self.model.store.kind(items) == Kind::Array
            && dialect::is_json_schema(self.around.dialect);
        if !is_tuple {
            return (Vec::new(), self.below("items"));
        }
        let nodes = self.model.store.items(items);
        let build = |(idx, node): (usize, &NodeId)| self.build(*node, Step::Item("items", idx));
        let prefix = nodes.iter().enumerate().map(build).collect();
        (prefix, self.below("additionalItems"))
    }

    fn contains(&mut self) -> Option<Contains> {
        if !dialect::has_draft6(self.around.dialect) {
            return None;
        }
        let shape = self.below("contains")?;
        let counted = dialect::has_draft2019(self.around.dialect);
        let min = if counted { self.count("minContains") } else { None };
        let max = if counted { self.count("maxContains") } else { None };
        // Before 2020-12, an item that `contains` found still counted as not looked at.
        let evaluates = self.around.dialect == Dialect::Draft2020;
        Some(Contains { shape, min: min.unwrap_or(1), max, evaluates })
    }
}
