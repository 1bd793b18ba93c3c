//! Members that do not travel in a direction.

use crate::{
    Direction, Located, Store,
    blame::position::{DEPTH, Side, flag},
};

impl Side<'_> {
    /// Does this member not travel in this direction?
    pub(crate) fn drops(&self, store: &Store, at: &Located) -> bool {
        let keyword = match self.direction {
            Direction::ToProvider => "readOnly",
            Direction::FromProvider => "writeOnly",
        };
        store.has_text(keyword)
            && self.numbers.drops((self.aspect(), at), || self.is_dropped(store, at, keyword))
    }

    fn is_dropped(&self, store: &Store, at: &Located, keyword: &str) -> bool {
        // Most members are one schema, perhaps behind references; that needs no list of parts.
        let mut here = at.clone();
        for _ in 0..DEPTH {
            if store.get(here.node, "allOf").is_some() {
                break;
            }
            let next = self.target(store, &here);
            let counts = next.is_none() || self.is_modern();
            if counts && flag(store, here.node, keyword) {
                return true;
            }
            let Some(next) = next else { return false };
            here = next;
        }
        let position = self.position(store, at);
        position.parts.iter().any(|it| flag(store, it.node, keyword))
    }
}
