//! Keywords of values without values inside, and of constants.

use contracts::{Dialect, Formats, Kind, NodeId, decimal::Decimal, inclusion::TypeSet};

use crate::model::{
    dialect,
    keywords::Keywords,
    pattern::Pattern,
    shape::{Bound, Limit, TextRules},
};

/// The integer formats of the OpenAPI format registry, as the contract gate has them.
const RANGES: &[(&str, &str, &str)] = &[
    ("int8", "-128", "127"),
    ("int16", "-32768", "32767"),
    ("int32", "-2147483648", "2147483647"),
    ("int64", "-9223372036854775808", "9223372036854775807"),
    ("uint8", "0", "255"),
    ("uint16", "0", "65535"),
    ("uint32", "0", "4294967295"),
    ("uint64", "0", "18446744073709551615"),
];

impl<'a> Keywords<'_, 'a, '_> {
    /// `type`, and what makes it take `null`.
    pub(super) fn types(&mut self) {
        let Some(node) = self.keyword("type") else { return };
        let Some(mut types) = self.type_set(node) else {
            self.invalid("type", "no type");
            return;
        };
        let nullable = dialect::nullable(self.around.dialect).and_then(|it| self.keyword(it));
        if nullable.and_then(|it| self.model.store.as_bool(it)) == Some(true) {
            types = types | TypeSet::NULL;
        }
        self.shape.types = types;
    }

    fn type_set(&self, node: NodeId) -> Option<TypeSet> {
        let store = self.model.store;
        let named = |it: NodeId| store.as_str(it).and_then(TypeSet::named);
        if store.kind(node) == Kind::Array {
            let types: Option<Vec<_>> = store.items(node).iter().map(|it| named(*it)).collect();
            let types = types.filter(|it| !it.is_empty())?;
            return Some(types.into_iter().fold(TypeSet::NONE, |sum, it| sum | it));
        }
        // The content of a file is no JSON value.
        if self.around.dialect == Dialect::Oas20 && store.as_str(node) == Some("file") {
            return Some(TypeSet::ALL);
        }
        named(node)
    }

    /// `enum`, `const`, `x-extensible-enum`
    pub(super) fn values(&mut self) {
        let store = self.model.store;
        if let Some(node) = self.keyword("enum") {
            if store.kind(node) == Kind::Array {
                self.shape.values.push(("enum", store.items(node).to_vec()));
            } else {
                self.invalid("enum", "no list");
            }
        }
        if let Some(node) =
            self.keyword("const").filter(|_| dialect::has_draft6(self.around.dialect))
        {
            self.shape.values.push(("const", vec![node]));
        }
        if let Some(node) = self.keyword("x-extensible-enum") {
            self.shape.is_extensible = store.as_bool(node) == Some(true);
            self.shape.suggested = store.items(node).to_vec().into();
        }
    }

    /// The keywords of numbers.
    pub(super) fn numbers(&mut self) {
        let is_boolean = dialect::has_boolean_bounds(self.around.dialect);
        let sides = [
            ("minimum", "exclusiveMinimum", Limit::Minimum, Limit::Above),
            ("maximum", "exclusiveMaximum", Limit::Maximum, Limit::Below),
        ];
        for (name, exclusive, limit, strict) in sides {
            let is_strict = is_boolean && self.flag(exclusive);
            self.bound(name, if is_strict { strict } else { limit });
            if !is_boolean {
                self.bound(exclusive, strict);
            }
        }
        self.bound("multipleOf", Limit::MultipleOf);
        self.range();
    }

    fn bound(&mut self, keyword: &'static str, limit: Limit) {
        let Some(node) = self.keyword(keyword) else { return };
        let Some(number) = self.model.store.as_number(node) else {
            self.invalid(keyword, "no number");
            return;
        };
        let step = Decimal::parse(number);
        if limit == Limit::MultipleOf && !step.is_some_and(|it| it.is_positive()) {
            self.invalid(keyword, "no positive number");
            return;
        }
        self.shape.bounds.push(Bound { keyword, limit, number: number.to_owned() });
    }

    fn range(&mut self) {
        let formats = self.model.options.formats;
        let Some(format) = self.text("format").filter(|_| formats != Formats::None) else { return };
        let Some((_, low, high)) = RANGES.iter().find(|it| it.0 == format) else { return };
        for (limit, number) in [(Limit::Minimum, low), (Limit::Maximum, high)] {
            let number = (*number).to_owned();
            self.shape.bounds.push(Bound { keyword: "format", limit, number });
        }
    }

    /// The keywords of texts.
    pub(super) fn texts(&mut self) {
        let min = self.count("minLength").filter(|it| *it > 0);
        let max = self.count("maxLength");
        let pattern = self.keyword("pattern").and_then(|_| self.pattern());
        if min.is_some() || max.is_some() || pattern.is_some() {
            self.shape.text = Some(Box::new(TextRules { min, max, pattern }));
        }
    }

    fn pattern(&mut self) -> Option<Pattern<'a>> {
        let Some(text) = self.text("pattern") else {
            self.invalid("pattern", "no text");
            return None;
        };
        self.compiled("pattern", text)
    }

    /// A pattern of a keyword; one that no engine keeps is noted.
    pub(super) fn compiled(&mut self, keyword: &'static str, text: &'a str) -> Option<Pattern<'a>> {
        match Pattern::read(text) {
            Ok(pattern) => Some(pattern),
            Err(why) => {
                self.unguarded(keyword, format!("the pattern `{text}` is not checked: {why}"));
                None
            }
        }
    }
}
