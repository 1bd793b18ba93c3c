//! What a file of TypeScript imports, found without a parser: a name too many costs time only.

/// The texts that a file names after `from`, `import`, `require`, `module`, or in a reference.
pub(crate) fn specifiers(text: &str) -> Vec<&str> {
    let starts = text.match_indices(['"', '\'', '`']);
    let quoted = starts.filter_map(|(at, quote)| {
        let (before, rest) = (text.get(..at)?, text.get(at + quote.len()..)?);
        let end = rest.find([quote.chars().next()?, '\n'])?;
        let inner = rest.get(..end)?;
        let is_closed = rest.get(end..)?.starts_with(quote) && !inner.is_empty();
        (is_closed && names_a_module(before)).then_some(inner)
    });
    quoted.collect()
}

/// Does the text before a quote say that a module follows?
fn names_a_module(before: &str) -> bool {
    let before = without_comments(before);
    let before = without_comments(before.strip_suffix('(').unwrap_or(before));
    let is_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '$');
    ["from", "import", "require", "module"].iter().any(|word| {
        before.strip_suffix(word).is_some_and(|it| !it.ends_with(is_word) && !it.ends_with('.'))
    }) || ["types=", "path="].iter().any(|it| before.ends_with(it))
}

fn without_comments(before: &str) -> &str {
    let trimmed = before.trim_end();
    let inside = trimmed.strip_suffix("*/").and_then(|it| it.rfind("/*"));
    inside.and_then(|at| trimmed.get(..at)).map_or(trimmed, str::trim_end)
}

/// The part of a specifier below a package: empty for the package itself.
pub(crate) fn below<'a>(specifier: &'a str, package: &str) -> Option<&'a str> {
    let rest = specifier.strip_prefix(package)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// Is this specifier a path?
pub(crate) fn is_relative(specifier: &str) -> bool {
    matches!(specifier, "." | "..") || specifier.starts_with("./") || specifier.starts_with("../")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_an_import_is_seen() {
        let check =
            |text: &str, expected: &[&str]| assert_eq!(specifiers(text), expected, "{text}");
        check("import {a} from \"@acme/shop\";", &["@acme/shop"]);
        check("import type {a}\n  from '@acme/shop/zod'", &["@acme/shop/zod"]);
        check("import \"a\"; export * from 'b'", &["a", "b"]);
        check("const a = await import(/* lazy */ `a`);", &["a"]);
        check("import a = require(\"a\"); const b = require('b')", &["a", "b"]);
        check("type A = import(\"a\").A; declare module 'b' {}", &["a", "b"]);
        check("/// <reference types=\"a\" />", &["a"]);
        check("// don't\nimport {b} from 'b'", &["b"]);
        check("const from = \"a\"; f(\"b\"); x.from(\"c\"); it's from \"d\n\"", &[]);
        check("Array.from(\"a\"); reimport(\"b\"); from \"\"", &[]);
    }

    #[test]
    fn a_package_has_ways_into_it() {
        let check = |specifier: &str, expected: Option<&str>| {
            assert_eq!(below(specifier, "@acme/shop"), expected, "{specifier}");
        };
        check("@acme/shop", Some(""));
        check("@acme/shop/operations/orders", Some("operations/orders"));
        check("@acme/shop-admin", None);
        check("@acme", None);
    }

    #[test]
    fn relative_paths_are_told_from_names() {
        assert!(is_relative("./a") && is_relative("..") && !is_relative("a") && !is_relative(".a"));
    }
}
