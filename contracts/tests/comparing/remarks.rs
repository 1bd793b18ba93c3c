//! What is told beside breaks: names that generated code takes, words, life cycle, versions.

use contracts::{Bump, Comparison, Content, Evidence, Rule, Settings};

use crate::support::{self, settings, wire};

fn compared(base: &str, head: &str, settings: &Settings) -> Comparison {
    support::compared(base.as_bytes(), head.as_bytes(), settings)
}

fn document(version: &str, rest: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{title: t, version: {version}}}\n{rest}\n")
}

/// The members of one operation that answers 200, in flow style.
fn operation(members: &str) -> String {
    let responses = "responses: {'200': {description: ok}}";
    let comma = if members.is_empty() { "" } else { ", " };
    document("1.0.0", &format!("paths: {{/x: {{get: {{{responses}{comma}{members}}}}}}}"))
}

type Row = (&'static str, &'static str, &'static str, &'static str);

/// Compares each row (name, base, head, rules but those of versions and words).
fn check(rows: &[Row], whole: impl Fn(&str) -> String, settings: &Settings) {
    for (name, base, head, expected) in rows {
        let comparison = compared(&whole(base), &whole(head), settings);
        let told = comparison.findings.iter().map(|it| it.rule);
        let told = told.filter(|it| !matches!(it, Rule::VersionNotRaised | Rule::TextChanged));
        let told: Vec<_> = told.map(Rule::id).collect();
        assert_eq!(told.join(" "), *expected, "{name}: {:?}", comparison.findings);
    }
}

const LIFE: &[Row] = &[
    ("deprecated", "", "deprecated: true", "operation-deprecated"),
    ("in use again", "deprecated: true", "", ""),
    ("with enough notice", "", "deprecated: true, x-sunset: '2027-06-30'", "operation-deprecated"),
    (
        "a day too soon",
        "",
        "deprecated: true, x-sunset: '2027-06-29'",
        "operation-deprecated sunset-too-soon",
    ),
    (
        "beta needs less",
        "x-stability-level: beta",
        "x-stability-level: beta, deprecated: true, x-sunset: '2027-02-01'",
        "operation-deprecated",
    ),
    (
        "beta needs some",
        "x-stability-level: beta",
        "x-stability-level: beta, deprecated: true, x-sunset: '2027-01-31'",
        "operation-deprecated sunset-too-soon",
    ),
    (
        "moved nearer",
        "deprecated: true, x-sunset: '2028-06-30'",
        "deprecated: true, x-sunset: '2028-06-29'",
        "sunset-too-soon",
    ),
    (
        "moved away",
        "deprecated: true, x-sunset: '2027-02-01'",
        "deprecated: true, x-sunset: '2027-03-01'",
        "",
    ),
    (
        "the same day, as an instant",
        "deprecated: true, x-sunset: '2027-02-01'",
        "deprecated: true, x-sunset: '2027-02-01T12:00:00Z'",
        "",
    ),
    (
        "named later, too soon",
        "deprecated: true",
        "deprecated: true, x-sunset: '2027-02-01'",
        "sunset-too-soon",
    ),
    (
        "day taken back",
        "deprecated: true, x-sunset: '2027-02-01'",
        "deprecated: true",
        "sunset-missing",
    ),
    ("less stable", "", "x-stability-level: beta", "stability-lowered"),
    ("stable is what is not said", "", "x-stability-level: stable", ""),
    ("more stable", "x-stability-level: alpha", "x-stability-level: beta", ""),
    ("to draft", "x-stability-level: alpha", "x-stability-level: draft", "stability-lowered"),
];

#[test]
fn the_life_of_an_operation_is_told() {
    check(LIFE, operation, &settings());
    let rows = [("no day", "", "deprecated: true", "operation-deprecated sunset-missing")];
    check(&rows, operation, &Settings { require_sunset: true, ..settings() });
}

const NAMES: &[Row] = &[
    ("identifier", "operationId: a", "operationId: b", "operation-id-changed"),
    ("identifier gone", "operationId: a", "", "operation-id-changed"),
    ("identifier given", "", "operationId: a", ""),
    ("tag", "tags: [a]", "tags: [b]", "tag-changed"),
    ("tag gone", "tags: [a]", "", "tag-changed"),
    ("tag given", "", "tags: [a]", "tag-changed"),
    ("second tag", "tags: [a]", "tags: [a, b]", ""),
    ("order of tags", "tags: [a, b]", "tags: [b, a]", "tag-changed"),
];

#[test]
fn names_of_generated_code_are_told() {
    check(NAMES, operation, &settings());
    let path = |it: &str| {
        let parameter =
            format!("{{name: {it}, in: path, required: true, schema: {{type: string}}}}");
        let get =
            format!("{{parameters: [{parameter}], responses: {{'200': {{description: ok}}}}}}");
        document("1.0.0", &format!("paths: {{'/x/{{{it}}}': {{get: {get}}}}}"))
    };
    check(&[("name in the path", "id", "key", "parameter-renamed")], path, &settings());
}

const RESULTS: &[Row] = &[
    (
        "a type joins",
        "'2XX': D, '200': A",
        "'2XX': D, '200': A, '201': B",
        "success-type-changed output-narrowed",
    ),
    ("the same type", "'2XX': D, '200': A", "'2XX': D, '200': A, '201': A", "output-narrowed"),
    ("operation gained an error", "'200': A", "'200': A, '404': B", "error-status-added"),
    ("an error less", "'200': A, '404': B", "'200': A", "output-narrowed"),
];

#[test]
fn results_of_calls_are_told() {
    let whole = |it: &str| {
        let content = |name: &str| {
            format!(
                "{{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}"
            )
        };
        let it = it
            .replace(": A", &format!(": {}", content("A")))
            .replace(": B", &format!(": {}", content("B")));
        let it = it.replace(": D", ": {description: ok, content: {application/json: {}}}");
        let schemas = "components: {schemas: {A: {type: object, properties: {a: {type: string}}}, B: {type: object, properties: {b: {type: string}}}}}";
        document("1.0.0", &format!("paths: {{/x: {{get: {{responses: {{{it}}}}}}}}}\n{schemas}"))
    };
    check(RESULTS, whole, &settings());
}

#[test]
fn more_is_told_as_more() {
    let rows = [
        ("operation", "paths: {/x: {}}", "paths: {/x: {get: {responses: {}}}}", "operation-added"),
        ("event", "webhooks: {}", "webhooks: {e: {post: {responses: {}}}}", "operation-added"),
        (
            "server",
            "servers: [{url: 'https://a.example'}]\npaths: {/x: {get: {responses: {}}}}",
            "servers: [{url: 'https://a.example'}, {url: 'https://b.example'}]\npaths: {/x: {get: {responses: {}}}}",
            "input-widened",
        ),
        (
            "parameter",
            "paths: {/x: {get: {responses: {}}}}",
            "paths: {/x: {get: {parameters: [{name: a, in: query, schema: {type: string}}], responses: {}}}}",
            "input-widened",
        ),
    ];
    check(&rows, |it| document("1.0.0", it), &settings());
}

#[test]
fn versions_rise_with_what_changed() {
    let operation = "{get: {responses: {'200': {description: ok}}}}";
    let removed = (
        format!("paths: {{/x: {operation}, /y: {operation}}}"),
        format!("paths: {{/x: {operation}}}"),
    );
    let added = (removed.1.clone(), removed.0.clone());
    let words = (removed.1.clone(), removed.1.replace("ok", "fine"));
    let rows = [
        (&removed, "1.2.3", "1.2.3", Bump::Major, true),
        (&removed, "1.2.3", "1.3.0", Bump::Major, true),
        (&removed, "1.2.3", "2.0.0", Bump::Major, false),
        (&removed, "0.2.3", "0.3.0", Bump::Minor, false),
        (&removed, "0.2.3", "0.2.4", Bump::Minor, true),
        (&added, "1.2.3", "1.3.0", Bump::Minor, false),
        (&added, "1.2.3", "1.2.4", Bump::Minor, true),
        (&added, "v1.2", "v1.3", Bump::Minor, false),
        (&added, "2027-01-01", "2027-01-01", Bump::Minor, false),
        (&words, "1.2.3", "1.2.4", Bump::Patch, false),
        (&words, "1.2.3", "1.2.3", Bump::Patch, true),
    ];
    for ((base, head), was, is, bump, is_told) in rows {
        let comparison = compared(&document(was, base), &document(is, head), &settings());
        assert_eq!(comparison.bump, bump, "{was} {is}: {:?}", comparison.findings);
        let told = comparison.findings.iter().any(|it| it.rule == Rule::VersionNotRaised);
        assert_eq!(told, is_told, "{was} {is}: {:?}", comparison.findings);
    }
    let same =
        compared(&document("1.0.0", &removed.0), &document("1.0.0", &removed.0), &settings());
    assert_eq!((same.bump, same.findings.len()), (Bump::None, 0));
}

#[test]
fn one_cause_lists_all_operations_that_it_reaches() {
    let whole = |required: bool| {
        let operation = "{get: {parameters: [{$ref: '#/components/parameters/Q'}], responses: {'200': {description: ok}}}}";
        document(
            "1.0.0",
            &format!(
                "paths: {{/x: {operation}, /y: {operation}}}\ncomponents: {{parameters: {{Q: {{name: q, in: query, required: {required}, schema: {{type: string}}}}}}}}"
            ),
        )
    };
    let comparison = compared(&whole(false), &whole(true), &settings());
    let wire = wire(&comparison);
    let [finding] = wire.as_slice() else { panic!("{wire:?}") };
    assert_eq!(finding.subject, "components/parameters/Q");
    assert_eq!(finding.operations, ["GET /x", "GET /y"]);
    assert_eq!(finding.head.as_ref().unwrap().pointer.as_str(), "/components/parameters/Q");
    assert_eq!(comparison.n_operations, 2);
}

#[test]
fn a_list_of_media_types_is_one_cause() {
    let answers =
        "responses: {'200': {description: ok, schema: {}}, '404': {description: no, schema: {}}}";
    let whole = |global: &str, own: &str| {
        format!(
            "swagger: '2.0'\ninfo: {{title: t, version: '1'}}\nproduces: [{global}]\npaths:\n  \
             /x: {{get: {{{answers}}}}}\n  /y: {{get: {{{answers}}}}}\n  /z: {{get: {{produces: [{own}], {answers}}}}}\n"
        )
    };
    let check = |head: &str, expected: &[(&str, &[&str])]| {
        let comparison = compared(&whole("a/a", "a/a"), head, &settings());
        let found = wire(&comparison).into_iter();
        let found: Vec<_> = found.map(|it| (it.subject.as_str(), it.operations.clone())).collect();
        let found: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|(subject, all)| (*subject, all.iter().map(String::as_str).collect()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(it, all)| (*it, all.to_vec())).collect();
        assert_eq!(found, expected);
    };
    check(&whole("a/a, b/b", "a/a"), &[("produces b/b", &["GET /x", "GET /y"])]);
    check(&whole("a/a", "a/a, b/b"), &[("GET /z#produces b/b", &["GET /z"])]);
}

#[test]
fn a_witness_shows_its_member_where_the_base_url_is_gone_besides() {
    let whole = |base: &str, members: &str| {
        format!(
            "swagger: '2.0'\ninfo: {{title: t, version: '1'}}\nbasePath: {base}\npaths:\n  /x:\n    post:\n      \
             parameters: [{{name: b, in: body, schema: {{properties: {{{members}}}}}}}]\n      \
             responses: {{'200': {{description: ok}}}}\n"
        )
    };
    let (base, head) = (whole("/v1", "a: {}, b: {}"), whole("/v2", "a: {}"));
    let comparison = compared(&base, &head, &settings());
    let unread = comparison.findings.iter().find(|it| it.rule == Rule::InputUnread).unwrap();
    let Evidence::Exchange(exchange) = &unread.evidence else { panic!("{unread:?}") };
    let world = support::world(base.as_bytes(), head.as_bytes(), &settings());
    let Content::Json(body) = world.shrink_exchange(exchange).request.body.unwrap().content else {
        panic!("{exchange:?}")
    };
    assert!(body.get("b").is_some(), "{body}");
}

/// A parent with a discriminator, and what only its heir says of a member `x`.
fn heir(x: &str) -> String {
    let tag = "required: [t], properties: {t: {type: string}}, discriminator: {propertyName: t}";
    let schemas = format!(
        "Pet: {{type: object, {tag}}}, Cat: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{properties: {{{x}}}}}]}}"
    );
    let pet = "application/json: {schema: {$ref: '#/components/schemas/Pet'}}";
    let response = format!("'200': {{description: ok, content: {{{pet}}}}}");
    let paths = format!("paths: {{/x: {{get: {{responses: {{{response}}}}}}}}}");
    document("1.0.0", &format!("{paths}\ncomponents: {{schemas: {{{schemas}}}}}"))
}

const OF_HEIRS: &[Row] = &[
    ("a member goes", "x: {type: string}, y: {}", "x: {type: string}", "output-property-removed"),
    (
        "a default",
        "x: {type: string, default: a}",
        "x: {type: string, default: b}",
        "default-changed",
    ),
    ("a format", "x: {type: string, format: a}", "x: {type: string, format: b}", "format-changed"),
    ("an order", "x: {enum: [a, b]}", "x: {enum: [b, a]}", "enum-order-changed"),
    (
        "a schema of nothing",
        "x: {type: integer, minimum: 1}",
        "x: {type: integer, minimum: 1, maximum: 0}",
        "output-narrowed invalid-schema",
    ),
];

#[test]
fn what_only_an_heir_says_is_told() {
    check(OF_HEIRS, heir, &settings());
}
