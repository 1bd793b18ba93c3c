//! References over files: where they lead, and what is said of those that lead nowhere.

use contracts::{
    Contract, Limits, Located, ReadingNote, Store, Unreadable, Version, read, regions,
};
use kernel::RepoPath;
use serde_json::{Value, json};

use crate::texts::Texts;

/// Paths and texts.
type Files<'a> = &'a [(&'a str, &'a str)];

const ROOT: &str = "contracts/shop.openapi.yaml";

fn read_all(
    store: &mut Store,
    files: &[(&str, &str)],
    limits: &Limits,
) -> Result<(Contract, Vec<ReadingNote>), Unreadable> {
    read(store, &RepoPath::new(ROOT).unwrap(), &Texts::of(files), limits)
}

/// Follows the reference at `v` to its end, and gives file and pointer of what is there.
fn check(files: &[(&str, &str)], expected: (&str, &str), value: &Value) {
    let mut store = Store::new();
    let read = read_all(&mut store, files, &Limits::default());
    let contract = read.unwrap_or_else(|err| panic!("{files:?}: {err}: {}", err.remedy)).0;
    let mut here = contract.member(&store, &contract.root(), "v").unwrap();
    while let Some(next) = store.get(here.node, "$ref").and_then(|it| store.as_str(it)) {
        here = contract.follow(&store, &here, next).unwrap();
    }
    let path = contract.files[here.file.0 as usize].path.as_str();
    assert_eq!((path, here.pointer.as_str()), expected, "{files:?}");
    assert_eq!(&store.value(here.node), value, "{files:?}");
    assert_eq!(at(&store, &contract, &here), here.node, "{files:?}");
}

fn at(store: &Store, contract: &Contract, here: &Located) -> contracts::NodeId {
    let root = contract.files[here.file.0 as usize].root;
    here.pointer.names().fold(root, |at, name| store.step(at, &name).unwrap())
}

#[test]
fn references_lead_over_files() {
    let rows: &[(&str, Files<'_>, (&str, &str))] = &[
        ("#/a", &[], (ROOT, "/a")),
        ("#/c~1d/e~0f/1", &[], (ROOT, "/c~1d/e~0f/1")),
        ("#/c~1d/e~0f/1", &[], (ROOT, "/c~1d/e~0f/1")),
        ("#/c~1d/%65~0f/1", &[], (ROOT, "/c~1d/e~0f/1")),
        ("b.json", &[("contracts/b.json", r#"{"t":1}"#)], ("contracts/b.json", "")),
        ("./s/b.yaml#/x", &[("contracts/s/b.yaml", "x: {t: 1}")], ("contracts/s/b.yaml", "/x")),
        ("../b.yaml#/x", &[("b.yaml", "x: {t: 1}")], ("b.yaml", "/x")),
        ("s/../b%20c.yaml#", &[("contracts/b c.yaml", "t: 1")], ("contracts/b c.yaml", "")),
        ("./shop.openapi.yaml#/a", &[], (ROOT, "/a")),
        (
            "s/b.yaml#/x",
            &[
                ("contracts/s/b.yaml", "x: {$ref: '../c.yaml#/y'}"),
                ("contracts/c.yaml", "y: {t: 1}"),
            ],
            ("contracts/c.yaml", "/y"),
        ),
        (
            "s/b.yaml#/x",
            &[("contracts/s/b.yaml", "x: {$ref: '../shop.openapi.yaml#/a'}")],
            (ROOT, "/a"),
        ),
        (
            "s/b.yaml#/x",
            &[("contracts/s/b.yaml", "x: {$ref: '#/y'}\ny: {t: 1}")],
            ("contracts/s/b.yaml", "/y"),
        ),
    ];
    for &(reference, more, expected) in rows {
        for version in ["swagger: '2.0'", "openapi: 3.0.3", "openapi: 3.1.0", "openapi: 3.2.0"] {
            let text = format!(
                "{version}\nv: {{$ref: '{reference}'}}\na: {{t: 1}}\nc/d: {{e~f: [0, {{t: 1}}]}}\n"
            );
            let mut files = vec![(ROOT, text.as_str())];
            files.extend(more);
            check(&files, expected, &json!({"t": 1}));
        }
    }
}

#[test]
fn names_of_schemas_are_known_from_3_1_on() {
    let named = "components: {schemas: {A: {$anchor: here, t: 1}, B: {$id: 'https://x.example/b', t: 2, \
                 $defs: {D: {$anchor: here, t: 3}, R: {$ref: '#/$defs/D'}, S: {$ref: 'c'}}}, \
                 C: {$id: 'https://x.example/c', t: 4}, E: {$id: 'other/e', $dynamicAnchor: dyn, t: 5}}}";
    let rows = [
        ("#here", "/components/schemas/A", 1),
        ("https://x.example/b#here", "/components/schemas/B/$defs/D", 3),
        ("https://x.example/b#/$defs/R", "/components/schemas/B/$defs/D", 3),
        ("#/components/schemas/B/$defs/R", "/components/schemas/B/$defs/D", 3),
        ("https://x.example/b#/$defs/S", "/components/schemas/C", 4),
        ("other/e", "/components/schemas/E", 5),
        ("other/e#dyn", "/components/schemas/E", 5),
    ];
    for (reference, pointer, t) in rows {
        for version in ["3.1.0", "3.2.0"] {
            let text = format!("openapi: {version}\nv: {{$ref: '{reference}'}}\n{named}\n");
            let mut store = Store::new();
            let (contract, _) = read_all(&mut store, &[(ROOT, &text)], &Limits::default()).unwrap();
            let mut here = contract.member(&store, &contract.root(), "v").unwrap();
            while let Some(next) = store.get(here.node, "$ref").and_then(|it| store.as_str(it)) {
                here = contract.follow(&store, &here, next).unwrap();
            }
            assert_eq!(here.pointer.as_str(), pointer, "{reference}");
            assert_eq!(store.value(here.node)["t"], json!(t), "{reference}");
        }
    }
    let text = "openapi: 3.0.3\nv: {$ref: '#here'}\na: {$anchor: here}\n";
    assert!(read_all(&mut Store::new(), &[(ROOT, text)], &Limits::default()).is_err());
}

#[test]
fn files_that_name_themselves_are_found_beside_each_other() {
    let root = "openapi: 3.2.0\n$self: https://x.example/api/shop\nv: {$ref: 'b.yaml#/x'}\n\
                w: {$ref: 'https://x.example/api/shop#/y'}\ny: {t: 2}\n";
    let files = [(ROOT, root), ("contracts/b.yaml", "$id: https://x.example/api/b\nx: {t: 1}\n")];
    check(&files, ("contracts/b.yaml", "/x"), &json!({"t": 1}));
}

/// What is said of the reference in `v`, in the contract that holds `more` besides.
fn refused(more: &str, reference: &str, files: &[(&str, &str)], message: &str, remedy: &str) {
    let text = format!("openapi: 3.1.0\n{more}\nv: {{$ref: '{reference}'}}\n");
    let mut all = vec![(ROOT, text.as_str())];
    all.extend(files);
    let err = read_all(&mut Store::new(), &all, &Limits::default()).expect_err(reference);
    assert!(err.message.contains(message), "{reference}: {}", err.message);
    assert!(err.message.contains(&format!("`{reference}`")), "{reference}: {}", err.message);
    assert!(err.remedy.contains(remedy), "{reference}: {}", err.remedy);
    assert_eq!(err.path.as_str(), ROOT);
    assert_eq!(&text[err.span.start..err.span.end], format!("'{reference}'"), "{reference}");
    assert_eq!(regions(text.as_bytes(), &[err.span])[0].column, 11, "{reference}");
}

#[test]
fn references_that_lead_nowhere_say_where_they_end() {
    let some = "components: {schemas: {Order: {type: object}, order-line: {}}, responses: {}}";
    let rows = [
        (
            "#/components/schemas/Ordr",
            "`/components/schemas` has no `Ordr`",
            "`#/components/schemas/Order`?",
        ),
        (
            "#/components/schema/Order",
            "`/components` has no `schema`",
            "`#/components/schemas/Order`?",
        ),
        ("#/definitions/Nothing", "the document has no `definitions`", "correct the `$ref`"),
        (
            "#/components/schemas/orderLine",
            "has no `orderLine`",
            "`#/components/schemas/order-line`?",
        ),
        ("#/components/schemas/Order/type/0", "has no `0`", "correct the `$ref`"),
        ("#anchor", "no `$anchor` is named `anchor`", "add the anchor"),
        (
            "https://x.example/a.json",
            "leads out of the repository",
            "put the file into the repository",
        ),
        ("//x.example/a.json", "leads out of the repository", "relative path"),
        ("file:///etc/passwd", "leads out of the repository", "relative path"),
        ("../../a.yaml", "leaves the repository", "relative path"),
        ("%2e%2e/%2e%2e/a.yaml", "leaves the repository", "relative path"),
        ("/etc/passwd", "is an absolute path", "relative to the file"),
        (
            "missing.yaml#/a",
            "leads to `contracts/missing.yaml`: there is no such file",
            "add the file",
        ),
        ("Order", "leads to `contracts/Order`", "did you mean `#/components/schemas/Order`?"),
        ("#\\components\\schemas", "has a backslash", "write `#/components/schemas`"),
        ("..\\b.yaml", "has a backslash", "write `../b.yaml`"),
        ("b.yaml#/y", "the document of `contracts/b.yaml` has no `y`", "correct the `$ref`"),
        ("#/v", "leads back to itself", "lead to a value"),
    ];
    for (reference, message, remedy) in rows {
        refused(some, reference, &[("contracts/b.yaml", "x: 1")], message, remedy);
    }
    refused(
        "a: {$anchor: here}",
        "#her",
        &[],
        "no `$anchor` is named `her`",
        "did you mean `#here`?",
    );
    let text = "openapi: 3.1.0\na: {$id: 'https://x.example/a/b', p: {$ref: c}}\n";
    let err = read_all(&mut Store::new(), &[(ROOT, text)], &Limits::default()).unwrap_err();
    assert!(err.message.ends_with("to `https://x.example/a/c`"), "{err}");
}

#[test]
fn circles_are_normal_unless_nothing_is_in_them() {
    let fine = [
        "v: {properties: {next: {$ref: '#/v'}}}",
        "v: {$ref: '#/a'}\na: {items: {$ref: '#/v'}}",
        "v: {allOf: [{$ref: '#/v'}]}",
    ];
    for text in fine {
        let text = format!("openapi: 3.0.0\n{text}\n");
        read_all(&mut Store::new(), &[(ROOT, &text)], &Limits::default()).unwrap();
    }
    let circular = [
        "v: {$ref: '#/v'}",
        "v: {$ref: '#/a'}\na: {$ref: '#/v'}",
        "v: {$ref: 'b.yaml#/x'}",
        "a: {$ref: '#/a'}\nv: {$ref: '#/a'}",
    ];
    for text in circular {
        let text = format!("openapi: 3.1.0\n{text}\n");
        let files = [(ROOT, &*text), ("contracts/b.yaml", "x: {$ref: 'shop.openapi.yaml#/v'}")];
        let err = read_all(&mut Store::new(), &files, &Limits::default()).unwrap_err();
        assert!(err.message.contains("leads back to itself"), "{text}: {err}");
    }
}

#[test]
fn chains_and_files_have_bounds() {
    let chain = |n: usize| {
        let links: String =
            (0..n).map(|it| format!("a{it}: {{$ref: '#/a{}'}}\n", it + 1)).collect();
        format!("openapi: 3.0.0\n{links}a{n}: {{type: string}}\n")
    };
    read_all(&mut Store::new(), &[(ROOT, &chain(100))], &Limits::default()).unwrap();
    let err = read_all(&mut Store::new(), &[(ROOT, &chain(101))], &Limits::default()).unwrap_err();
    assert!(err.message.contains("more than 100 others (`reference-chain`)"), "{err}");

    let many: String = (0..10).map(|it| format!("a{it}: {{$ref: 'f{it}.yaml'}}\n")).collect();
    let root = format!("openapi: 3.0.0\n{many}");
    let names: Vec<String> = (0..10).map(|it| format!("contracts/f{it}.yaml")).collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().map(|it| (it.as_str(), "type: string")).collect();
    files.push((ROOT, &root));
    let limits = Limits { files: 11, ..Limits::default() };
    let (contract, _) = read_all(&mut Store::new(), &files, &limits).unwrap();
    assert_eq!(contract.files.len(), 11);
    let limits = Limits { files: 10, ..Limits::default() };
    let err = read_all(&mut Store::new(), &files, &limits).unwrap_err();
    assert!(err.message.contains("(`files`)"), "{err}");
}

#[test]
fn a_name_or_a_value_is_no_reference() {
    for text in [
        "a: {properties: {$ref: {type: string}}}",
        "a: {properties: {enum: {type: string}, $ref: {type: string}}}",
        "a: {enum: [{$ref: 'nowhere.yaml'}]}",
        "a: {const: {$ref: 'nowhere.yaml'}}",
        "a: {default: {$ref: 'nowhere.yaml'}}",
        "a: {example: {$ref: 'nowhere.yaml'}}",
        "a: {examples: {one: {value: {$ref: 'nowhere.yaml'}}}}",
        "a: {x-note: {$ref: 'nowhere.yaml'}}",
        "x-note: {deep: [{$ref: 'nowhere.yaml'}]}",
        "paths: {x-note: {$ref: 'nowhere.yaml'}}",
        "components: {links: {L: {parameters: {a: {$ref: 'nowhere.yaml'}}}}}",
        "a: {$ref: 5}",
        "a: {discriminator: {propertyName: t, mapping: {a: 'nowhere.yaml'}}}",
    ] {
        let text = format!("openapi: 3.1.0\n{text}\n");
        let read = read_all(&mut Store::new(), &[(ROOT, &text)], &Limits::default());
        read.unwrap_or_else(|err| panic!("{text}: {err}"));
    }
    for text in [
        "a: {properties: {default: {$ref: 'nowhere.yaml'}}}",
        "a: {properties: {x-note: {$ref: 'nowhere.yaml'}}}",
        "responses: {default: {$ref: 'nowhere.yaml'}}",
        "a: {anyOf: [{$ref: 'nowhere.yaml'}]}",
        "paths: {$ref: 'nowhere.yaml'}",
        "components: {schemas: {$ref: 'nowhere.yaml'}}",
        "webhooks: {x-sent: {$ref: 'nowhere.yaml'}}",
        "a: {$dynamicRef: '#nowhere'}",
    ] {
        let text = format!("openapi: 3.1.0\n{text}\n");
        let read = read_all(&mut Store::new(), &[(ROOT, &text)], &Limits::default());
        let err = read.expect_err(&text);
        assert!(err.message.contains("nowhere"), "{text}: {err}");
    }
}

#[test]
fn what_stands_beside_a_reference_depends_on_the_version() {
    let text = |version: &str| {
        format!(
            "{version}\na: {{type: string}}\nb: {{$ref: '#/a', minLength: 2, x-b: 1}}\nc: {{$ref: '#/a'}}\n\
             paths: {{/p: {{$ref: '#/x-item', get: {{}}}}}}\nx-item: {{post: {{}}}}\n"
        )
    };
    for (version, n_notes) in
        [("swagger: '2.0'", 1), ("openapi: 3.0.4", 1), ("openapi: 3.1.1", 0), ("openapi: 3.2.0", 0)]
    {
        let text = text(version);
        let (_, notes) = read_all(&mut Store::new(), &[(ROOT, &text)], &Limits::default()).unwrap();
        assert_eq!(notes.len(), n_notes, "{version}: {notes:?}");
        for note in notes {
            assert_eq!(note.pointer.as_str(), "/b");
            assert!(note.message.starts_with("`minLength`, `x-b` beside `$ref`"), "{note:?}");
            assert_eq!(&text[note.span.start..note.span.end], "'#/a'");
        }
    }
    let conflict =
        "openapi: 3.1.0\npaths: {/p: {$ref: '#/x-item', get: {a: 1}}}\nx-item: {get: {a: 2}}\n";
    let err = read_all(&mut Store::new(), &[(ROOT, conflict)], &Limits::default()).unwrap_err();
    assert!(err.message.contains("`get` stands beside the `$ref`"), "{err}");
    let equal = conflict.replace("a: 2", "a: 1.0");
    read_all(&mut Store::new(), &[(ROOT, &equal)], &Limits::default()).unwrap();
}

#[test]
fn versions_are_told_apart() {
    let rows = [
        ("swagger: '2.0'", Version::V2_0, "2.0", 0),
        ("swagger: 2.0", Version::V2_0, "2.0", 0),
        ("openapi: 3.0.0", Version::V3_0, "3.0.0", 0),
        ("openapi: 3.0.4", Version::V3_0, "3.0.4", 0),
        ("openapi: 3.1.1", Version::V3_1, "3.1.1", 0),
        ("openapi: 3.1", Version::V3_1, "3.1", 0),
        ("openapi: 3.2.0", Version::V3_2, "3.2.0", 0),
        ("openapi: 3.9.0", Version::V3_2, "3.9.0", 1),
        ("openapi: 3.10.0", Version::V3_2, "3.10.0", 1),
    ];
    for (text, version, openapi, n_notes) in rows {
        let (contract, notes) =
            read_all(&mut Store::new(), &[(ROOT, text)], &Limits::default()).unwrap();
        assert_eq!((contract.version, &*contract.openapi), (version, openapi), "{text}");
        assert_eq!(notes.len(), n_notes, "{text}");
        for note in notes {
            assert_eq!(&text[note.span.start..note.span.end], openapi);
            assert_eq!((note.here.as_str(), note.pointer.as_str()), ("OpenAPI 3.2", "/openapi"));
        }
    }
}

#[test]
fn a_fault_of_a_file_is_told_of_that_file() {
    let root = "openapi: 3.1.0\nv: {$ref: 'b.json'}\n";
    let files = [(ROOT, root), ("contracts/b.json", "{\"a\":1,}")];
    let err = read_all(&mut Store::new(), &files, &Limits::default()).unwrap_err();
    assert_eq!((err.path.as_str(), err.span.start), ("contracts/b.json", 6));
    let files = [(ROOT, root), ("contracts/b.json", "{\"a\":{\"$ref\":\"#/c\"}}")];
    let err = read_all(&mut Store::new(), &files, &Limits::default()).unwrap_err();
    assert_eq!((err.path.as_str(), err.span.start), ("contracts/b.json", 13));
}

#[test]
fn a_bare_schema_is_followed_like_a_contract() {
    let row = json!({
        "$id": "https://x.example/root",
        "$defs": {"a": {"$anchor": "one", "t": 1}, "b": {"$id": "nested", "$defs": {"c": {"t": 2}}}},
        "definitions": {"d": {"t": 3}},
        "components": {"schemas": {"E": {"t": 4}}},
        "properties": {"self": {"$ref": "#"}},
    });
    let mut store = Store::new();
    let contract = Contract::of_schema(&mut store, &row).unwrap();
    let root = contract.root();
    let rows = [
        ("#", ""),
        ("#/$defs/a", "/$defs/a"),
        ("#one", "/$defs/a"),
        ("nested#/$defs/c", "/$defs/b/$defs/c"),
        ("https://x.example/nested", "/$defs/b"),
        ("root#/definitions/d", "/definitions/d"),
        ("#/definitions/d", "/definitions/d"),
        ("#/components/schemas/E", "/components/schemas/E"),
    ];
    for (reference, pointer) in rows {
        let target = contract.follow(&store, &root, reference).unwrap();
        assert_eq!(target.pointer.as_str(), pointer, "{reference}");
    }
    for nowhere in ["#/x", "#two", "other.json", "https://y.example/", ""] {
        let followed = contract.follow(&store, &root, nowhere);
        assert_eq!(followed.is_ok(), nowhere.is_empty(), "{nowhere}");
    }
    let inside = contract.follow(&store, &root, "nested#/$defs/c").unwrap();
    assert_eq!(contract.resource(&store, &inside).pointer.as_str(), "/$defs/b");
    assert!(Contract::of_schema(&mut store, &json!({"$ref": "#/x"})).is_err());
    assert!(Contract::of_schema(&mut store, &json!(true)).is_ok());
    let old =
        json!({"id": "http://x.example/s", "definitions": {"a": {"id": "#one"}}, "$ref": "#one"});
    assert!(Contract::of_schema(&mut store, &old).is_ok());
}

#[test]
fn schemas_of_schemas_are_known_to_bare_schemas_only() {
    for uri in [
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
    ] {
        let mut store = Store::new();
        let contract = Contract::of_schema(&mut store, &json!({"$ref": uri})).unwrap();
        let target = contract.follow(&store, &contract.root(), uri).unwrap();
        assert!(store.get(target.node, "$schema").is_some(), "{uri}");
        let text = format!("openapi: 3.1.0\nv: {{$ref: '{uri}'}}\n");
        assert!(read_all(&mut store, &[(ROOT, &text)], &Limits::default()).is_err(), "{uri}");
    }
    let unknown = json!({"$ref": "https://json-schema.org/draft/1999/schema"});
    assert!(Contract::of_schema(&mut Store::new(), &unknown).is_err());
}

#[test]
fn dynamic_anchors_are_known_by_resource() {
    let row = json!({
        "$id": "https://x.example/list", "$dynamicAnchor": "items",
        "$defs": {"other": {"$id": "other", "$dynamicAnchor": "items", "$anchor": "plain"}},
    });
    let mut store = Store::new();
    let contract = Contract::of_schema(&mut store, &row).unwrap();
    let root = contract.root();
    let other = contract.follow(&store, &root, "other").unwrap();
    let found = |resource, name| {
        contract.dynamic_anchor(&store, resource, name).map(|it| it.pointer.to_string())
    };
    assert_eq!(found(&root, "items").as_deref(), Some(""));
    assert_eq!(found(&other, "items").as_deref(), Some("/$defs/other"));
    assert_eq!(found(&other, "plain"), None);
    assert_eq!(found(&root, "plain"), None);
}
