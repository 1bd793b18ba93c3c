//! `$ref` and `$dynamicRef`.

use contracts::{Dialect, Kind};

use crate::model::{UnitId, keywords::Keywords};

impl Keywords<'_, '_, '_> {
    /// Reads the references; tells whether there is a `$ref`.
    pub(super) fn references(&mut self) -> bool {
        let referred = self.keyword("$ref").is_some();
        if referred {
            let target = self.target("$ref");
            self.shape.references.extend(target);
        }
        let dynamic = match self.around.dialect {
            Dialect::Draft2020 => self.keyword("$dynamicRef"),
            Dialect::Draft2019 => self.keyword("$recursiveRef"),
            Dialect::Oas20
            | Dialect::Oas30
            | Dialect::Draft4
            | Dialect::Draft6
            | Dialect::Draft7 => None,
        };
        if dynamic.is_some() {
            let target = self.dynamic_target();
            self.shape.references.extend(target);
        }
        referred
    }

    fn target(&mut self, keyword: &'static str) -> Option<UnitId> {
        let Some(text) = self.text(keyword) else {
            self.invalid(keyword, "no text");
            return None;
        };
        let at = self.at();
        let target = self.model.refer(&at, self.around.scope, text);
        if target.is_none() {
            self.invalid(keyword, "a reference that leads nowhere");
        }
        target
    }

    fn dynamic_target(&mut self) -> Option<UnitId> {
        if self.around.dialect == Dialect::Draft2019 {
            self.unguarded("$recursiveRef", "`$recursiveRef` is not kept".to_owned());
            return None;
        }
        let Some(text) = self.text("$dynamicRef") else {
            self.invalid("$dynamicRef", "no text");
            return None;
        };
        let model = &mut *self.model;
        let at = model.located(self.id);
        let Ok(target) = model.contract.follow(model.store, &at, text) else {
            self.invalid("$dynamicRef", "a reference that leads nowhere");
            return None;
        };
        let name = text.split_once('#').map_or("", |it| it.1);
        let anchor = model.store.get(target.node, "$dynamicAnchor");
        let is_dynamic = anchor.is_some_and(|it| {
            model.store.kind(it) == Kind::String && model.store.as_str(it) == Some(name)
        });
        let scope = self.around.scope;
        // The resource that the reference stands in belongs to the way.
        let scope = model.scopes.entered(model.store, model.contract, scope, &at);
        let found = model.scopes.anchor(model.store, model.contract, scope, name);
        let target = found.filter(|_| is_dynamic).unwrap_or(target);
        Some(model.refer_to(&target, scope))
    }
}
