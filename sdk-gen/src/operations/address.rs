//! The parameters that a path template asks for.

/// The names in braces, in their order, each once.
pub(crate) fn placeholders(path: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !found.contains(&name) {
            found.push(name);
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_braces() {
        let rows: [(&str, &[&str]); 5] = [
            ("/a", &[]),
            ("/{a}/{b}", &["a", "b"]),
            ("/{a}.{b}/{a}", &["a", "b"]),
            ("/{a", &[]),
            ("/{}", &[""]),
        ];
        for (path, expected) in rows {
            assert_eq!(placeholders(path), expected, "{path}");
        }
    }
}
