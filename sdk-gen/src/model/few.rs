//! Lists that are mostly empty.

use std::{ops::Deref, slice};

/// A list that takes one word where it is empty: as most lists of a shape are, of which a large
/// contract has tens of thousands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::box_collection, reason = "one word instead of three")]
pub struct Few<T>(Option<Box<Vec<T>>>);

impl<T> Few<T> {
    pub(super) const NONE: Self = Self(None);

    pub(super) fn push(&mut self, item: T) {
        self.0.get_or_insert_default().push(item);
    }

    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        self.0.as_deref().map(Vec::as_slice).unwrap_or_default()
    }
}

impl<T> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|it| self.push(it));
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(list: Vec<T>) -> Self {
        Self((!list.is_empty()).then(|| Box::new(list)))
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
