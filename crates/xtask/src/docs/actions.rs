//! A README beside each `action.yml`, and the action at the root.

use std::fmt::Write as _;

use anyhow::{Context, Result};

use crate::{
    docs::{
        Files, MARK,
        action_form::{Action, Field},
        markdown_mark,
    },
    tree::Tree,
};

/// The action that is also offered at the root, for `uses: OWNER/REPO@SHA`.
const MAIN: &str = "actions/checks/action.yml";

pub(super) fn files(tree: &Tree) -> Result<Files> {
    let mut files = Files::new();
    for path in tree.files()? {
        let Some(folder) = path.strip_suffix("/action.yml").filter(|it| it.starts_with("actions/"))
        else {
            continue;
        };
        let text = tree.read(&path)?;
        let action = Action::parse(&text).with_context(|| format!("cannot read `{path}`"))?;
        files.insert(format!("{folder}/README.md"), readme(folder, &action)?);
        if path == MAIN {
            files.insert("action.yml".into(), at_root(&text));
        }
    }
    Ok(files)
}

/// The main action, as it must be written one folder higher up.
fn at_root(text: &str) -> String {
    let text = text.replace("$GITHUB_ACTION_PATH/../", "$GITHUB_ACTION_PATH/actions/");
    format!("# {MARK} from {MAIN}; do not edit.\n{text}")
}

fn readme(folder: &str, action: &Action) -> Result<String> {
    let Action { name, description, inputs, outputs } = action;
    let mut page = markdown_mark("action.yml");
    write!(page, "# {name}\n\n{description}\n\n{}\n", example(folder))?;
    page.push_str("## Inputs\n\n| input | what | default |\n|---|---|---|\n");
    for Field { name, description, default, is_required } in inputs {
        let default = match default.as_deref() {
            _ if *is_required => "required".into(),
            None | Some("") => "empty".into(),
            Some(default) => format!("`{default}`"),
        };
        writeln!(page, "| `{name}` | {description} | {default} |")?;
    }
    page.push_str("\n## Outputs\n\n| output | what |\n|---|---|\n");
    for Field { name, description, .. } in outputs {
        writeln!(page, "| `{name}` | {description} |")?;
    }
    Ok(page)
}

/// A job that uses the action.
fn example(folder: &str) -> String {
    let lines = [
        "```yaml",
        "permissions:",
        "  contents: read",
        "steps:",
        "  - uses: actions/checkout@<40 hex>",
        "    with:",
        "      fetch-depth: 0",
        "      persist-credentials: false",
        &format!("  - uses: OWNER/REPO/{folder}@<40 hex>"),
        "```",
        "",
    ];
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{at_root, readme};
    use crate::{
        docs::action_form::{Action, Field},
        tree::Tree,
    };

    #[test]
    fn every_field_has_its_row() {
        let field = |name: &str, default: Option<&str>| Field {
            name: name.into(),
            description: "Text.".into(),
            default: default.map(String::from),
            is_required: name == "config",
        };
        let action = Action {
            inputs: vec![field("root", Some(".")), field("base", Some("")), field("config", None)],
            outputs: vec![field("verdict", None)],
            ..Action::default()
        };
        let page = readme("actions/checks", &action).unwrap();
        let rows: Vec<_> = page.lines().filter(|it| it.starts_with("| `")).collect();
        let expected = [
            "| `root` | Text. | `.` |",
            "| `base` | Text. | empty |",
            "| `config` | Text. | required |",
            "| `verdict` | Text. |",
        ];
        assert_eq!(rows, expected);
    }

    /// What every gate takes and gives, beside its own.
    const IN_ALL: &[&str] = &[
        "root",
        "base",
        "strict",
        "summary",
        "annotations",
        "sarif-file",
        "junit-file",
        "comment",
        "check-run",
        "token",
        "binary",
        "fallback",
        "write-proofs",
    ];
    const OUT_OF_ALL: &[&str] =
        &["verdict", "findings", "report", "proofs", "exit-code", "installed-from"];

    fn named<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
        fields.iter().find(|it| it.name == name)
    }

    fn check_common(action: &str, names: &[&str], expected: &[Field], found: &[Field]) {
        for name in names {
            assert!(named(found, name).is_some(), "`{action}` has no `{name}`");
            assert_eq!(named(found, name), named(expected, name), "{action}: {name}");
        }
    }

    #[test]
    fn what_the_actions_have_in_common_is_the_same_in_each() {
        let tree = Tree::find().unwrap();
        let read = |name: &str| {
            Action::parse(&tree.read(&format!("actions/{name}/action.yml")).unwrap()).unwrap()
        };
        let first = read("checks");
        for name in ["checks", "route-audit", "contract-gate", "sdk-sync"] {
            let action = read(name);
            check_common(name, IN_ALL, &first.inputs, &action.inputs);
            check_common(name, OUT_OF_ALL, &first.outputs, &action.outputs);
        }
    }

    #[test]
    fn the_root_finds_the_script_below_actions() {
        let text = "run: bash \"$GITHUB_ACTION_PATH/../checks/run.sh\"\n";
        assert!(
            at_root(text).ends_with("\nrun: bash \"$GITHUB_ACTION_PATH/actions/checks/run.sh\"\n")
        );
    }
}
