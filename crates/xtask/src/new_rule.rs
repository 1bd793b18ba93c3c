//! Makes the folder of a new rule and its two lines in the registry.
//!
//! The new rule works at once: its examples pass, and whoever writes it changes them first.

use anyhow::{Context, Result, bail, ensure};

use crate::tree::{self, Tree};

const REGISTRY: &str = "checks/src/rules.rs";
const GATES: &str = "checks/src/gates.rs";
const LIST: &str = "RULES: &[&dyn Rule] = &[";
const CODE: &str = include_str!("new_rule/mod.rs.txt");
const PAGE: &str = include_str!("new_rule/rule.md.txt");

/// Beginnings that name a cure or a check, where the fault should be named.
const NO_FAULTS: &[&str] = &["check-", "disallow-", "no-", "require-", "valid-"];

/// Makes a rule of this id behind this gate.
pub(crate) fn run(tree: &Tree, id: &str, gate: &str) -> Result<bool> {
    name_is_good(id)?;
    let module = id.replace('-', "_");
    let folder = format!("checks/src/rules/{module}");
    ensure!(!tree.root.join(&folder).exists(), "`{folder}` is already there");
    let gate_name = gate_name(&tree.read(GATES)?, gate)?;
    let rule = type_name(id);
    let words = [("{{id}}", id), ("{{Rule}}", &rule), ("{{GATE}}", &gate_name)];
    let fill = |template: &str| {
        words.iter().fold(template.to_owned(), |text, (name, value)| text.replace(name, value))
    };
    let order = |other: &str| {
        let code = tree.read(&format!("checks/src/rules/{other}/mod.rs")).unwrap_or_default();
        let gate = if other == module { &gate_name } else { gate_of(&code) };
        (gate.to_owned(), other.to_owned())
    };
    let registry = with_module(&tree.read(REGISTRY)?, &module)?;
    let registry = with_entry(&registry, &module, &rule, &order)?;
    tree.write(&format!("{folder}/mod.rs"), &fill(CODE))?;
    tree.write(&format!("{folder}/rule.md"), &fill(PAGE))?;
    tree.write(REGISTRY, &registry)?;
    tree::answer(&mut tree.cargo(&["fmt", "--package", "checks"]))?;
    println!("{folder}/mod.rs   what it looks for");
    println!("{folder}/rule.md  what it says; its examples are tests, and pass");
    println!("next: change the examples, see them fail, write the rule; then `cargo xtask bless`");
    println!("      docs/guides/writing-a-rule.md walks through it");
    Ok(true)
}

fn name_is_good(id: &str) -> Result<()> {
    let is_word = |it: &str| {
        !it.is_empty() && it.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    let is_kebab = id.split('-').all(is_word) && id.starts_with(|it: char| it.is_ascii_lowercase());
    ensure!(is_kebab, "`{id}` is not kebab-case, like `route-claimed-twice`");
    ensure!(id.contains('-'), "`{id}`: one word does not name a fault");
    if let Some(start) = NO_FAULTS.iter().find(|it| id.starts_with(**it)) {
        bail!("`{id}`: name the fault, not the cure; `{start}` does not");
    }
    Ok(())
}

/// The constant that names this gate.
fn gate_name(code: &str, gate: &str) -> Result<String> {
    let constants =
        code.lines().filter_map(|it| it.strip_prefix("pub const ")?.split_once(": &str = \""));
    let gates: Vec<_> =
        constants.filter_map(|(name, it)| Some((name, it.strip_suffix("\";")?))).collect();
    let found = gates.iter().find(|(_, it)| *it == gate).map(|it| it.0.to_owned());
    let known: Vec<_> = gates.iter().map(|it| it.1).collect();
    found.with_context(|| format!("there is no gate `{gate}`, only {}", known.join(", ")))
}

/// The constant of the gate that this rule names, in its code.
fn gate_of(code: &str) -> &str {
    let value = code.split_once("gate: gates::").map_or("", |it| it.1);
    value.split(',').next().unwrap_or_default()
}

fn type_name(id: &str) -> String {
    id.split('-')
        .flat_map(|word| {
            let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
            [first.to_ascii_uppercase(), rest.to_owned()]
        })
        .collect()
}

/// The registry with one more line `mod …;`, in its order.
fn with_module(registry: &str, module: &str) -> Result<String> {
    let line = format!("mod {module};");
    let mut lines: Vec<&str> = registry.lines().collect();
    let is_module = |it: &&str| it.starts_with("mod ");
    let later = lines.iter().position(|it| is_module(it) && *it > line.as_str());
    let last = lines.iter().rposition(is_module);
    let first_use = lines.iter().position(|it| it.starts_with("use "));
    match (later, last) {
        (Some(at), _) => lines.insert(at, &line),
        (None, Some(at)) => lines.insert(at + 1, &line),
        (None, None) => {
            let at = first_use.context("no line `use` in the registry")?;
            lines.splice(at..at, [line.as_str(), ""]);
        }
    }
    Ok(lines.join("\n") + "\n")
}

/// The registry with one more entry of `RULES`, ordered by gate and name.
fn with_entry(
    registry: &str,
    module: &str,
    rule: &str,
    order: &dyn Fn(&str) -> (String, String),
) -> Result<String> {
    let (before, rest) = registry.split_once(LIST).context("no list `RULES` in the registry")?;
    let (items, after) = rest.split_once(']').context("the list `RULES` does not end")?;
    let mut entries: Vec<_> = items.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    let name = |entry: &str| {
        entry.trim_start_matches('&').split("::").next().unwrap_or_default().to_owned()
    };
    let later = entries.iter().position(|it| order(&name(it)) > order(module));
    let new = format!("&{module}::{rule}");
    entries.insert(later.unwrap_or(entries.len()), &new);
    Ok(format!("{before}{LIST}\n    {},\n]{after}", entries.join(",\n    ")))
}

#[cfg(test)]
mod tests {
    use super::{gate_name, gate_of, name_is_good, type_name, with_entry, with_module};

    #[test]
    fn ids_name_a_fault_in_kebab_case() {
        let check = |id: &str, is_good: bool| assert_eq!(name_is_good(id).is_ok(), is_good, "{id}");
        check("route-claimed-twice", true);
        check("jwks-2-keys", true);
        check("route", false);
        check("Route-claimed", false);
        check("route_claimed", false);
        check("route--claimed", false);
        check("-route-claimed", false);
        check("no-claimed-routes", false);
        check("../route-claimed", false);
        assert_eq!(type_name("route-claimed-twice"), "RouteClaimedTwice");
    }

    #[test]
    fn gates_are_known_by_their_constants() {
        let code = "pub const POLICY: &str = \"policy\";\npub const ROUTE_AUDIT: &str = \"route-audit\";\n";
        assert_eq!(gate_name(code, "route-audit").unwrap(), "ROUTE_AUDIT");
        let message = gate_name(code, "routes").unwrap_err().to_string();
        assert_eq!(message, "there is no gate `routes`, only policy, route-audit");
        assert_eq!(gate_of("id: \"a\",\n gate: gates::POLICY,\n"), "POLICY");
    }

    fn check(registry: &str, module: &str, expected: &str) {
        // Rules whose name starts with `p` stand behind the gate POLICY.
        let order = |module: &str| {
            let gate = if module.starts_with('p') { "POLICY" } else { "ROUTE_AUDIT" };
            (gate.to_owned(), module.to_owned())
        };
        let text = with_module(registry, module).unwrap();
        let text = with_entry(&text, module, "New", &order).unwrap();
        assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn lines_stand_in_their_order() {
        let list = "static RULES: &[&dyn Rule] = &[";
        check(
            &format!("//! A.\n\nuse b::C;\n\n{list}];\n"),
            "a_b",
            &format!("//! A. mod a_b; use b::C; {list} &a_b::New, ];"),
        );
        let one = format!("//! A.\n\nmod c_d;\n\nuse b::C;\n\n{list}&c_d::X];\n");
        check(
            &one,
            "a_b",
            &format!("//! A. mod a_b; mod c_d; use b::C; {list} &a_b::New, &c_d::X, ];"),
        );
        check(
            &one,
            "e_f",
            &format!("//! A. mod c_d; mod e_f; use b::C; {list} &c_d::X, &e_f::New, ];"),
        );
        let two = format!(
            "//! A.\n\nmod a_b;\nmod p_q;\n\nuse b::C;\n\n{list}\n    &p_q::X,\n    &a_b::Y,\n];\n"
        );
        check(
            &two,
            "p_a",
            &format!(
                "//! A. mod a_b; mod p_a; mod p_q; use b::C; {list} &p_a::New, &p_q::X, &a_b::Y, ];"
            ),
        );
        check(
            &two,
            "b_c",
            &format!(
                "//! A. mod a_b; mod b_c; mod p_q; use b::C; {list} &p_q::X, &a_b::Y, &b_c::New, ];"
            ),
        );
    }
}
