use crate::{Kind, NodeId, Store};

/// A JSON value whose members keep their order; scalars are JSON texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// `null`, a truth value, a number or a quoted text.
    Scalar(String),
    /// A list.
    List(Vec<Tree>),
    /// An object.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// A value of a store.
    #[must_use]
    pub fn of(store: &Store, id: NodeId) -> Self {
        match store.kind(id) {
            Kind::Array => {
                Self::List(store.items(id).iter().map(|it| Self::of(store, *it)).collect())
            }
            Kind::Object => {
                let members =
                    store.members(id).map(|(name, it)| (name.to_owned(), Self::of(store, it)));
                Self::Map(members.collect())
            }
            Kind::Null | Kind::Bool | Kind::Number | Kind::String => {
                Self::Scalar(store.value(id).to_string())
            }
        }
    }

    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Scalar(serde_json::Value::from(text).to_string())
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<String> {
        if let Self::Scalar(text) = self { serde_json::from_str(text).ok() } else { None }
    }

    /// The members of an object, or none.
    #[must_use]
    pub fn members(&self) -> &[(String, Self)] {
        if let Self::Map(members) = self { members } else { &[] }
    }

    /// The items of a list, or none.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// One member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().find(|it| it.0 == name).map(|it| &it.1)
    }

    /// One member, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        let Self::Map(members) = self else { return None };
        members.iter_mut().find(|it| it.0 == name).map(|it| &mut it.1)
    }

    /// Sets a member: in its place if there is one, else at the end.
    pub fn set(&mut self, name: &str, value: Self) {
        let Self::Map(members) = self else { return };
        match members.iter_mut().find(|it| it.0 == name) {
            Some(member) => member.1 = value,
            None => members.push((name.to_owned(), value)),
        }
    }

    /// Sets a member that was not there, right after another one if that is there.
    pub fn set_after(&mut self, neighbour: &str, name: &str, value: Self) {
        if self.get(name).is_some() {
            return self.set(name, value);
        }
        let Self::Map(members) = self else { return };
        let idx =
            members.iter().position(|it| it.0 == neighbour).map_or(members.len(), |it| it + 1);
        members.insert(idx, (name.to_owned(), value));
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Self> {
        let Self::Map(members) = self else { return None };
        let idx = members.iter().position(|it| it.0 == name)?;
        Some(members.remove(idx).1)
    }

    /// The value at the end of a JSON pointer.
    #[must_use]
    pub fn at(&self, pointer: &crate::Pointer) -> Option<&Self> {
        pointer.names().try_fold(self, |at, name| match at {
            Self::Map(_) => at.get(&name),
            Self::List(items) => items.get(name.parse::<usize>().ok()?),
            Self::Scalar(_) => None,
        })
    }

    /// The value at the end of a JSON pointer, to be changed.
    pub fn at_mut(&mut self, pointer: &crate::Pointer) -> Option<&mut Self> {
        pointer.names().try_fold(self, |at, name| match at {
            Self::Map(_) => at.get_mut(&name),
            Self::List(items) => items.get_mut(name.parse::<usize>().ok()?),
            Self::Scalar(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_set_in_its_place_or_after_its_neighbour() {
        let mut tree =
            Tree::Map(vec![("a".into(), Tree::text("1")), ("c".into(), Tree::text("3"))]);
        tree.set_after("a", "b", Tree::text("2"));
        tree.set("c", Tree::text("4"));
        let names: Vec<_> = tree.members().iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(tree.get("c").and_then(Tree::as_text).as_deref(), Some("4"));
        assert!(tree.remove("a").is_some());
        assert!(tree.get("a").is_none());
    }
}
