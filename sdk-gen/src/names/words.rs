//! Names out of the words of a text.

use unicode_ident::{is_xid_continue, is_xid_start};

use crate::names::Role;

/// The words of a text, joined as TypeScript spells them.
pub(super) fn joined(text: &str, role: Role) -> String {
    let mut out = String::new();
    for word in text.split(|it: char| !is_xid_continue(it) || it == '_') {
        let upper = role != Role::Function || !out.is_empty();
        push_with_first(&mut out, word, upper);
    }
    if !out.starts_with(is_xid_start) {
        out.insert(0, '_');
    }
    out
}

/// The text behind another one, with its first letter in upper or in lower case.
pub(super) fn push_with_first(out: &mut String, text: &str, upper: bool) {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return };
    if upper {
        out.extend(first.to_uppercase());
    } else {
        out.extend(first.to_lowercase());
    }
    out.push_str(letters.as_str());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_names() {
        let rows = [
            ("order-item", Role::Type, "OrderItem"),
            ("list orders/by id", Role::Function, "listOrdersById"),
            ("3d", Role::Type, "_3d"),
            ("", Role::Type, "_"),
            ("é-à", Role::Function, "éÀ"),
            ("a.b.v1.Pod", Role::Type, "ABV1Pod"),
            ("日本-語", Role::Type, "日本語"),
            ("*/alert(1)//", Role::Function, "alert1"),
        ];
        for (text, role, expected) in rows {
            assert_eq!(joined(text, role), expected, "{text}");
        }
    }
}
