//! Which texts of workflows and packages may deploy, where they start, and where they stand.
#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod documents;

use kernel::{Digest, Document, Entry, Kind, Node, RepoPath, Span};
use wrangler::commands::{Form, package_sources, workflow_sources};

fn node(kind: Kind) -> Node {
    Node { span: Span::default(), kind }
}

#[test]
fn scripts_of_a_package_start_in_its_folder() {
    let text = r#"{"scripts": {"a": "wrangler deploy", "b": 3, "c": "tsc"}, "x": {"scripts": "wrangler deploy"}}"#;
    let document =
        documents::parse("apps/a/package.json", text).expect("the test's own text parses");
    let sources = package_sources(&document);
    let found: Vec<_> =
        sources.iter().map(|it| (it.folder.as_deref(), it.commands().len())).collect();
    assert_eq!(found, [(Some("apps/a"), 1), (Some("apps/a"), 0)]);
    let place = sources[0].place(&document, &sources[0].commands()[0]);
    assert_eq!((place.region.line, place.region.column), (1, 19));
}

#[test]
fn workflows_hand_down_folders_and_variables() {
    let text = r#"{
        "env": {"WRANGLER_CI_OVERRIDE_NAME": "w"},
        "defaults": {"run": {"working-directory": "d"}},
        "jobs": {
            "a": {
                "env": {"WRANGLER_CI_OVERRIDE_NAME": "j"},
                "steps": [
                    {"run": "1"},
                    {"run": "2", "working-directory": "s", "env": {"WRANGLER_CI_OVERRIDE_NAME": ""}},
                    {"run": "3", "working-directory": "${{ matrix.a }}"},
                    {"uses": "cloudflare/wrangler-action@v3", "with": {"command": "4", "workingDirectory": "x"}},
                    {"uses": "Cloudflare/Wrangler-Action@da0e0dfe58b7a431659754fdf3f186c529afbe65", "with": {"preCommands": "5a", "command": "5", "postCommands": "5b"}},
                    {"uses": "other/wrangler-action@v3", "with": {"command": "6"}},
                    {"uses": "cloudflare/wrangler-action@v3"},
                    {"uses": "cloudflare/wrangler-action@v4", "with": {"command": " ", "workingDirectory": "y"}},
                    {"uses": "cloudflare/wrangler-action@v5", "with": {"command": 7}},
                    {"run": 7}
                ]
            },
            "b": {"defaults": {"run": {"working-directory": "e"}}, "steps": [{"run": "8"}, null]},
            "c": {"uses": "./.github/workflows/x.yml"}
        },
        "runs": {"using": "composite", "steps": [{"run": "9", "shell": "bash"}]}
    }"#;
    let document = documents::parse("x.json", text).expect("the test's own text parses");
    let found: Vec<_> = workflow_sources(&document)
        .into_iter()
        .map(|it| {
            let text = it.node.as_str().unwrap_or_default().to_owned();
            (text, it.form, it.folder, it.override_name)
        })
        .collect();
    let row = |text: &str, form, folder: Option<&str>, name: &str| {
        (text.to_owned(), form, folder.map(str::to_owned), Some(name.to_owned()))
    };
    assert_eq!(
        found,
        [
            row("1", Form::Shell, Some("d"), "j"),
            row("2", Form::Shell, Some("s"), ""),
            row("3", Form::Shell, None, "j"),
            row("4", Form::Action, Some("x"), "j"),
            row("5a", Form::Shell, Some(""), "j"),
            row("5", Form::Action, Some(""), "j"),
            row("5b", Form::Shell, Some(""), "j"),
            row("cloudflare/wrangler-action@v3", Form::ActionDefault, Some(""), "j"),
            row("cloudflare/wrangler-action@v4", Form::ActionDefault, Some("y"), "j"),
            row("8", Form::Shell, Some("e"), "w"),
            row("9", Form::Shell, Some("d"), "w"),
        ]
    );
}

/// A `package.json` in YAML, whose only script has this value from this byte on.
fn scripts(text: &str, start: usize, value: &str) -> Document {
    let span = Span { start, end: text.len() };
    let entry = |key: &str, value| Entry { key: key.into(), key_span: Span::default(), value };
    let run = Node { span, kind: Kind::String(value.into()) };
    let scripts = node(Kind::Table(vec![entry("run", run)]));
    let root = node(Kind::Table(vec![entry("scripts", scripts)]));
    let path = RepoPath::new("package.json").expect("the path is relative");
    Document::new(path, text.into(), Digest::of(text.as_bytes()), root)
}

#[test]
fn a_block_scalar_has_a_place_for_each_line() {
    let text = "scripts:\n  run: |\n    npm ci\n    npx wrangler deploy --name x\n    # end\n";
    let commented = text.replace("|\n    npm", "|- # npm\n    npm");
    let value = "npm ci\nnpx wrangler deploy --name x\n# end\n";
    for (text, start) in
        [(text, text.find('|')), (text, text.find("npm")), (&commented, commented.find("npm ci"))]
    {
        let document = scripts(text, start.expect("the test's own text has it"), value);
        let sources = package_sources(&document);
        let region = sources[0].place(&document, &sources[0].commands()[0]).region;
        let found = (region.line, region.column, region.end_line, region.end_column);
        assert_eq!(found, (4, 5, 4, 33), "{text}");
    }
}
