//! Pairs of contracts that differ in one thing outside of schemas: which promises break, and that
//! the judge confirms each exchange.

use contracts::{Comparison, Finding, Settings};

use crate::support::{self, marked, settings, wire};

fn compared(base: &str, head: &str, settings: &Settings) -> Comparison {
    support::compared(base.as_bytes(), head.as_bytes(), settings)
}

fn unconfirmed(
    base: &str,
    head: &str,
    settings: &Settings,
    findings: &[&Finding],
) -> Option<String> {
    support::unconfirmed(base.as_bytes(), head.as_bytes(), settings, findings)
}

/// The ids of all breaks, `?` after those that only warn and `-` after those that only tell.
fn broken(findings: &[&Finding]) -> String {
    let all: Vec<_> = findings.iter().map(|it| marked(it)).collect();
    all.join(" ")
}

type Row = (&'static str, &'static str, &'static str, &'static str);

/// Compares each row (name, base, head, broken promises) after `whole` made documents of them.
fn check(rows: &[Row], whole: impl Fn(&str) -> String, settings: &Settings) {
    let mut faults = Vec::new();
    for (name, base, head, expected) in rows {
        let (base, head) = (whole(base), whole(head));
        let comparison = compared(&base, &head, settings);
        let wire = wire(&comparison);
        let found = broken(&wire);
        if found != *expected {
            faults.push(format!("{name}: expected `{expected}`, found `{found}`: {wire:#?}"));
        } else if let Some(fault) = unconfirmed(&base, &head, settings, &wire) {
            faults.push(format!("{name}: {fault}"));
        }
        if !comparison.undecided.is_empty() {
            faults.push(format!("{name}: {:?}", comparison.undecided));
        }
        let itself = compared(&head, &head, settings).findings;
        if !itself.is_empty() {
            faults.push(format!("{name}: head against itself: {itself:?}"));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn document(version: &str, rest: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: t, version: 1.0.0}}\n{rest}\n")
}

/// The rest of a document, in 3.1.
fn rest(rest: &str) -> String {
    document("3.1.0", rest)
}

/// The members of one operation `POST /x`, in flow style, which answers 200.
fn operation(members: &str) -> String {
    let comma = if members.is_empty() { "" } else { ", " };
    rest(&format!(
        "paths: {{/x: {{post: {{responses: {{'200': {{description: ok}}}}{comma}{members}}}}}}}"
    ))
}

/// Parameters of `POST /x`, in flow style.
fn parameters(list: &str) -> String {
    operation(&format!("parameters: [{list}]"))
}

/// The responses of `GET /x`, in flow style.
fn responses(map: &str) -> String {
    rest(&format!("paths: {{/x: {{get: {{responses: {{{map}}}}}}}}}"))
}

const NEEDS: &[Row] = &[
    (
        "required added",
        "",
        "{name: q, in: query, required: true, schema: {type: string}}",
        "parameter-required",
    ),
    ("optional added", "", "{name: q, in: query, schema: {type: string}}", ""),
    (
        "becomes required",
        "{name: q, in: query, schema: {type: string}}",
        "{name: q, in: query, required: true, schema: {type: string}}",
        "parameter-required",
    ),
    (
        "becomes optional",
        "{name: q, in: cookie, required: true, schema: {type: string}}",
        "{name: q, in: cookie, schema: {type: string}}",
        "",
    ),
    (
        "required header",
        "",
        "{name: X-A, in: header, required: true, schema: {type: string}}",
        "parameter-required",
    ),
    (
        "required cookie",
        "",
        "{name: a, in: cookie, required: true, schema: {type: string}}",
        "parameter-required",
    ),
    (
        "authorization is said elsewhere",
        "",
        "{name: authorization, in: header, required: true, schema: {type: string}}",
        "",
    ),
    (
        "accept with content",
        "",
        "{name: ACCEPT, in: header, required: true, content: {text/plain: {schema: {type: string}}}}",
        "",
    ),
    ("removed", "{name: q, in: query, schema: {type: string}}", "", "input-unread?"),
    (
        "a text becomes a list of texts",
        "{name: q, in: query, schema: {type: string}}",
        "{name: q, in: query, schema: {type: array, items: {type: string}}}",
        "",
    ),
    (
        "a number becomes a list of numbers",
        "{name: q, in: query, schema: {type: integer}}",
        "{name: q, in: query, schema: {type: array, items: {type: integer}}}",
        "",
    ),
    (
        "a text becomes a short list of texts",
        "{name: X-A, in: header, schema: {type: string}}",
        "{name: X-A, in: header, schema: {type: array, maxItems: 1, items: {type: string}}}",
        "input-type-narrowed",
    ),
    (
        "a text becomes a list of numbers",
        "{name: q, in: query, schema: {type: string}}",
        "{name: q, in: query, schema: {type: array, items: {type: integer}}}",
        "input-type-narrowed",
    ),
    (
        "reserved characters no longer",
        "{name: q, in: query, allowReserved: true, schema: {type: string}}",
        "{name: q, in: query, schema: {type: string}}",
        "parameter-serialization-changed",
    ),
    (
        "reserved characters newly",
        "{name: q, in: query, schema: {type: string}}",
        "{name: q, in: query, allowReserved: true, schema: {type: string}}",
        "",
    ),
    (
        "reserved characters that no value has",
        "{name: q, in: query, allowReserved: true, schema: {type: integer}}",
        "{name: q, in: query, schema: {type: integer}}",
        "",
    ),
    (
        "no value no longer",
        "{name: q, in: query, allowEmptyValue: true, schema: {type: integer}}",
        "{name: q, in: query, schema: {type: integer}}",
        "parameter-serialization-changed",
    ),
    (
        "no value is a text",
        "{name: q, in: query, allowEmptyValue: true, schema: {type: string}}",
        "{name: q, in: query, schema: {type: string}}",
        "",
    ),
    (
        "required removed",
        "{name: q, in: query, required: true, schema: {type: string}}",
        "",
        "input-unread?",
    ),
    (
        "two of them needed",
        "",
        "{name: a, in: query, required: true, schema: {type: string}}, {name: b, in: query, required: true, schema: {type: string}}",
        "parameter-required parameter-required",
    ),
    (
        "removed though a header of that name stays",
        "{name: q, in: query, schema: {type: string}}, {name: q, in: header, schema: {type: string}}",
        "{name: q, in: header, schema: {type: string}}",
        "input-unread?",
    ),
    (
        "deprecated and its sunset over",
        "{name: q, in: query, deprecated: true, x-sunset: '2026-12-31', schema: {type: string}}",
        "",
        "input-unread-",
    ),
    (
        "deprecated and its sunset today",
        "{name: q, in: query, deprecated: true, x-sunset: '2027-01-01', schema: {type: string}}",
        "",
        "input-unread?",
    ),
];

#[test]
fn calls_without_what_is_needed_break() {
    check(NEEDS, parameters, &settings());
}

#[test]
fn values_are_read_where_they_were() {
    check(
        &[
            (
                "query to header",
                "{name: q, in: query, schema: {type: string}}",
                "{name: q, in: header, schema: {type: string}}",
                "parameter-moved",
            ),
            (
                "header to cookie, needed",
                "{name: q, in: header, required: true, schema: {type: string}}",
                "{name: q, in: cookie, required: true, schema: {type: string}}",
                "parameter-moved",
            ),
            (
                "another name that is needed",
                "{name: q, in: query, schema: {type: string}}",
                "{name: search, in: query, required: true, schema: {type: string}}",
                "parameter-moved",
            ),
            (
                "another name that is not needed",
                "{name: q, in: query, schema: {type: string}}",
                "{name: search, in: query, schema: {type: string}}",
                "input-unread?",
            ),
            (
                "case of a header",
                "{name: X-Trace, in: header, schema: {type: string}}",
                "{name: x-trace, in: header, schema: {type: string}}",
                "",
            ),
            (
                "case of a query name",
                "{name: Q, in: query, schema: {type: string}}",
                "{name: q, in: query, schema: {type: string}}",
                "parameter-moved",
            ),
            (
                "order of parameters",
                "{name: a, in: query, schema: {type: string}}, {name: b, in: query, schema: {type: string}}",
                "{name: b, in: query, schema: {type: string}}, {name: a, in: query, schema: {type: string}}",
                "",
            ),
        ],
        parameters,
        &settings(),
    );
}

/// Place, style and explode at base and head, schema, and whether the characters change.
type Writing = (&'static str, &'static str, &'static str, &'static str, bool);

const SCALAR: &str = "{type: string}";
const ARRAY: &str = "{type: array, items: {type: string}}";
const OBJECT: &str = "{type: object, properties: {a: {type: string}, b: {type: string}}}";

#[test]
fn characters_keep_their_meaning() {
    let rows: &[Writing] = &[
        ("query", "", "explode: false", SCALAR, false),
        ("query", "", "explode: false", ARRAY, true),
        ("query", "", "explode: false", OBJECT, true),
        ("query", "", "style: form", OBJECT, false),
        ("query", "style: form", "style: spaceDelimited", SCALAR, false),
        ("query", "explode: false", "style: spaceDelimited, explode: false", ARRAY, true),
        ("query", "explode: false", "style: pipeDelimited, explode: false", ARRAY, true),
        ("query", "explode: false", "style: pipeDelimited", ARRAY, true),
        ("query", "", "style: deepObject, explode: true", OBJECT, true),
        ("query", "style: deepObject, explode: true", "", OBJECT, true),
        (
            "query",
            "style: deepObject, explode: true",
            "style: deepObject, explode: true",
            OBJECT,
            false,
        ),
        ("header", "", "explode: true", SCALAR, false),
        ("header", "", "explode: true", ARRAY, false),
        ("header", "", "explode: true", OBJECT, true),
        ("header", "", "style: simple, explode: false", OBJECT, false),
        ("cookie", "", "style: form, explode: true", ARRAY, false),
        ("cookie", "", "explode: false", ARRAY, true),
        ("path", "", "style: label", SCALAR, true),
        ("path", "", "style: matrix", SCALAR, true),
        ("path", "style: label", "style: label, explode: true", SCALAR, false),
        ("path", "style: matrix", "style: matrix, explode: true", SCALAR, false),
        ("path", "style: matrix", "style: matrix, explode: true", ARRAY, true),
        ("path", "", "explode: true", ARRAY, false),
        ("path", "", "explode: true", OBJECT, true),
        ("path", "style: simple", "style: matrix", OBJECT, true),
    ];
    let document = |place: &str, way: &str, schema: &str| {
        let comma = if way.is_empty() { "" } else { ", " };
        let parameter =
            format!("{{name: q, in: {place}, required: true, schema: {schema}{comma}{way}}}");
        let path = if place == "path" { "/x/{q}" } else { "/x" };
        rest(&format!(
            "paths: {{'{path}': {{get: {{parameters: [{parameter}], responses: {{'200': {{description: ok}}}}}}}}}}"
        ))
    };
    let mut faults = Vec::new();
    for (place, base, head, schema, changes) in rows {
        let (one, other) = (document(place, base, schema), document(place, head, schema));
        let comparison = compared(&one, &other, &settings());
        let wire = wire(&comparison);
        let expected = if *changes { "parameter-serialization-changed" } else { "" };
        let name = format!("{place} `{base}` to `{head}` of {schema}");
        if broken(&wire) != expected {
            faults.push(format!("{name}: expected `{expected}`: {wire:?}"));
        } else if let Some(fault) = unconfirmed(&one, &other, &settings(), &wire) {
            faults.push(format!("{name}: {fault}"));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn parameters_are_the_same_wherever_they_are_written() {
    let inline = "paths: {/x: {get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: ok}}}}}";
    check(
        &[
            (
                "at the path",
                inline,
                "paths: {/x: {parameters: [{name: q, in: query, schema: {type: string}}], get: {responses: {'200': {description: ok}}}}}",
                "",
            ),
            (
                "a component",
                inline,
                "paths: {/x: {get: {parameters: [{$ref: '#/components/parameters/Q'}], responses: {'200': {description: ok}}}}}\ncomponents: {parameters: {Q: {name: q, in: query, schema: {type: string}}}}",
                "",
            ),
            (
                "overridden",
                "paths: {/x: {get: {responses: {'200': {description: ok}}}}}",
                "paths: {/x: {parameters: [{name: q, in: query, required: true, schema: {type: string}}], get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: ok}}}}}",
                "",
            ),
            (
                "behind a reference to a path",
                inline,
                "paths: {/x: {$ref: '#/components/pathItems/X'}}\ncomponents: {pathItems: {X: {get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: ok}}}}}}",
                "",
            ),
            (
                "a component that two operations need now",
                "paths: {/x: {get: {parameters: [{$ref: '#/components/parameters/Q'}], responses: {'200': {description: ok}}}}, /y: {get: {parameters: [{$ref: '#/components/parameters/Q'}], responses: {'200': {description: ok}}}}}\ncomponents: {parameters: {Q: {name: q, in: query, schema: {type: string}}}}",
                "paths: {/x: {get: {parameters: [{$ref: '#/components/parameters/Q'}], responses: {'200': {description: ok}}}}, /y: {get: {parameters: [{$ref: '#/components/parameters/Q'}], responses: {'200': {description: ok}}}}}\ncomponents: {parameters: {Q: {name: q, in: query, required: true, schema: {type: string}}}}",
                "parameter-required",
            ),
            (
                "in JSON now",
                inline,
                "paths: {/x: {get: {parameters: [{name: q, in: query, content: {application/json: {schema: {type: string}}}}], responses: {'200': {description: ok}}}}}",
                "parameter-serialization-changed",
            ),
        ],
        rest,
        &settings(),
    );
}

const ADDRESSES: &[Row] = &[
    ("method removed", "/x: {get: R, post: R}", "/x: {get: R}", "operation-removed"),
    ("path removed", "/x: {get: R}, /y: {get: R}", "/x: {get: R}", "operation-removed"),
    ("path added", "/x: {get: R}", "/x: {get: R}, /y: {get: R}", ""),
    ("slash at the end", "/x: {get: R}", "/x/: {get: R}", "operation-removed"),
    ("case", "/x: {get: R}", "/X: {get: R}", "operation-removed"),
    (
        "template renamed",
        "'/x/{id}': {get: {parameters: [P], responses: O}}",
        "'/x/{key}': {get: {parameters: [Q], responses: O}}",
        "",
    ),
    (
        "template narrowed to a literal",
        "'/x/{id}': {get: {parameters: [P], responses: O}}",
        "/x/a: {get: R}",
        "operation-removed",
    ),
    (
        "literal that the template still answers",
        "'/x/{id}': {get: {parameters: [P], responses: O}}, /x/me: {get: R}",
        "'/x/{id}': {get: {parameters: [P], responses: O}}",
        "",
    ),
    (
        "literal that the template refuses",
        "'/x/{id}': {get: {parameters: [N], responses: O}}, /x/me: {get: R}",
        "'/x/{id}': {get: {parameters: [N], responses: O}}",
        "operation-removed",
    ),
    (
        "literal that the template needs more for",
        "'/x/{id}': {get: {parameters: [P, S], responses: O}}, /x/me: {get: R}",
        "'/x/{id}': {get: {parameters: [P, S], responses: O}}",
        "parameter-required",
    ),
    (
        "literal added that answers alike",
        "'/x/{id}': {get: {parameters: [P], responses: O}}",
        "'/x/{id}': {get: {parameters: [P], responses: O}}, /x/me: {get: R}",
        "",
    ),
    (
        "literal added that needs more",
        "'/x/{id}': {get: {parameters: [P], responses: O}}",
        "'/x/{id}': {get: {parameters: [P], responses: O}}, /x/me: {get: {parameters: [S], responses: O}}",
        "operation-shadowed",
    ),
    (
        "literal added that was no value",
        "'/x/{id}': {get: {parameters: [N], responses: O}}",
        "'/x/{id}': {get: {parameters: [N], responses: O}}, /x/me: {get: {parameters: [S], responses: O}}",
        "",
    ),
    (
        "literal added for another method",
        "'/x/{id}': {get: {parameters: [P], responses: O}}",
        "'/x/{id}': {get: {parameters: [P], responses: O}}, /x/me: {post: R}",
        "",
    ),
    (
        "suffix of a template",
        "'/x/{id}.json': {get: {parameters: [P], responses: O}}",
        "'/x/{id}.xml': {get: {parameters: [P], responses: O}}",
        "operation-removed",
    ),
    ("percent-encoding", "/a b: {get: R}", "/a%20b: {get: R}", ""),
    (
        "deprecated, sunset over",
        "/x: {get: {deprecated: true, x-sunset: '2026-12-31', responses: O}}",
        "{}",
        "operation-removed-",
    ),
    (
        "deprecated, sunset to come",
        "/x: {get: {deprecated: true, x-sunset: '2027-06-01', responses: O}}",
        "{}",
        "operation-removed",
    ),
    (
        "sunset without deprecation",
        "/x: {get: {x-sunset: '2026-12-31', responses: O}}",
        "{}",
        "operation-removed",
    ),
    (
        "sunset with a time",
        "/x: {get: {deprecated: true, x-sunset: '2026-12-31T23:00:00Z', responses: O}}",
        "{}",
        "operation-removed-",
    ),
    ("alpha", "/x: {get: {x-stability-level: alpha, responses: O}}", "{}", "operation-removed-"),
    ("alpha path", "/x: {x-stability-level: alpha, get: R}", "{}", "operation-removed-"),
    ("beta", "/x: {get: {x-stability-level: beta, responses: O}}", "{}", "operation-removed"),
];

#[test]
fn addresses_answer_as_before() {
    check(
        ADDRESSES,
        |paths| {
            let paths = paths
                .replace("[P", "[{name: id, in: path, required: true, schema: {type: string}}")
                .replace("[Q", "[{name: key, in: path, required: true, schema: {type: string}}")
                .replace("[N", "[{name: id, in: path, required: true, schema: {type: integer}}")
                .replace("S]", "{name: s, in: query, required: true, schema: {type: string}}]")
                .replace(": R", ": {responses: O}")
                .replace(": O", ": {'200': {description: ok}}");
            let paths = if paths == "{}" { "/z: {}".to_owned() } else { paths };
            rest(&format!("paths: {{{paths}}}"))
        },
        &settings(),
    );
}

#[test]
fn methods_of_three_two_are_operations() {
    check(
        &[
            (
                "query removed",
                "paths: {/x: {query: {responses: {'200': {description: ok}}}}}",
                "paths: {/x: {}}",
                "operation-removed",
            ),
            (
                "another method removed",
                "paths: {/x: {additionalOperations: {COPY: {responses: {'200': {description: ok}}}}}}",
                "paths: {/x: {}}",
                "operation-removed",
            ),
            (
                "the whole query needed",
                "paths: {/x: {get: {responses: {'200': {description: ok}}}}}",
                "paths: {/x: {get: {parameters: [{name: q, in: querystring, required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, required: [a], properties: {a: {type: string}}}}}}], responses: {'200': {description: ok}}}}}",
                "parameter-required",
            ),
        ],
        |it| document("3.2.0", it),
        &settings(),
    );
}

const CREDENTIALS: &[Row] = &[
    ("needed now", "", "security: [{A: []}]", "credentials-no-longer-enough"),
    ("not needed any more", "security: [{A: []}]", "", ""),
    ("empty list is none", "security: []", "security: [{}]", ""),
    ("anonymous too", "security: [{A: []}]", "security: [{A: []}, {}]", ""),
    (
        "anonymous no more",
        "security: [{A: []}, {}]",
        "security: [{A: []}]",
        "credentials-no-longer-enough",
    ),
    ("one more way", "security: [{A: []}]", "security: [{A: []}, {B: []}]", ""),
    (
        "one way less",
        "security: [{A: []}, {B: []}]",
        "security: [{A: []}]",
        "credentials-no-longer-enough",
    ),
    ("order of ways", "security: [{A: []}, {B: []}]", "security: [{B: []}, {A: []}]", ""),
    ("both, then one", "security: [{A: [], B: []}]", "security: [{B: []}]", ""),
    (
        "one, then both",
        "security: [{A: []}]",
        "security: [{A: [], B: []}]",
        "credentials-no-longer-enough",
    ),
    (
        "either, then both",
        "security: [{A: []}, {B: []}]",
        "security: [{A: [], B: []}]",
        "credentials-no-longer-enough",
    ),
    (
        "another scheme",
        "security: [{A: []}]",
        "security: [{B: []}]",
        "credentials-no-longer-enough",
    ),
    ("the same under another name", "security: [{B: []}]", "security: [{B2: []}]", ""),
    (
        "a further scope",
        "security: [{O: [r]}]",
        "security: [{O: [r, w]}]",
        "credentials-no-longer-enough",
    ),
    ("a scope less", "security: [{O: [r, w]}]", "security: [{O: [w]}]", ""),
    (
        "another scope",
        "security: [{O: [r]}]",
        "security: [{O: [w]}]",
        "credentials-no-longer-enough",
    ),
    ("scopes of OpenID", "security: [{O: [r]}]", "security: [{D: [r]}]", ""),
    ("a token is a token", "security: [{O: [r]}]", "security: [{B: []}]", ""),
    (
        "a token without the scope",
        "security: [{B: []}]",
        "security: [{O: [r]}]",
        "credentials-no-longer-enough",
    ),
    (
        "either scope, then one",
        "security: [{O: [r]}, {O: [w]}]",
        "security: [{O: [w]}]",
        "credentials-no-longer-enough",
    ),
    (
        "a key of the same name in the query",
        "security: [{A: []}]",
        "security: [{K: []}]",
        "credential-moved",
    ),
    ("a certificate", "security: [{A: []}]", "security: [{M: []}]", "credentials-no-longer-enough"),
    (
        "key and token, then key and certificate",
        "security: [{A: [], B: []}]",
        "security: [{A: [], M: []}]",
        "credentials-no-longer-enough",
    ),
];

#[test]
fn credentials_that_sufficed_suffice() {
    check(
        CREDENTIALS,
        |members| {
            let comma = if members.is_empty() { "" } else { ", " };
            rest(&format!(
                "paths: {{/x: {{post: {{responses: {{'200': {{description: ok}}}}{comma}{members}}}}}}}
components:
  securitySchemes:
    A: {{type: apiKey, in: header, name: X-A}}
    K: {{type: apiKey, in: query, name: X-A}}
    B: {{type: http, scheme: bearer}}
    B2: {{type: http, scheme: Bearer, bearerFormat: JWT}}
    M: {{type: mutualTLS}}
    O: {{type: oauth2, flows: {{}}}}
    D: {{type: openIdConnect, openIdConnectUrl: 'https://id.example/'}}"
            ))
        },
        &settings(),
    );
}

const SCHEMES: &[Row] = &[
    (
        "name of a key",
        "{type: apiKey, in: header, name: X-A}",
        "{type: apiKey, in: header, name: X-B}",
        "credential-moved",
    ),
    (
        "case of a header",
        "{type: apiKey, in: header, name: X-A}",
        "{type: apiKey, in: header, name: x-a}",
        "",
    ),
    (
        "case of a query",
        "{type: apiKey, in: query, name: K}",
        "{type: apiKey, in: query, name: k}",
        "credential-moved",
    ),
    (
        "to a cookie",
        "{type: apiKey, in: query, name: K}",
        "{type: apiKey, in: cookie, name: K}",
        "credential-moved",
    ),
    ("case of a scheme", "{type: http, scheme: bearer}", "{type: http, scheme: BEARER}", ""),
    (
        "format of a token",
        "{type: http, scheme: bearer}",
        "{type: http, scheme: bearer, bearerFormat: JWT}",
        "",
    ),
    (
        "bearer to basic",
        "{type: http, scheme: bearer}",
        "{type: http, scheme: basic}",
        "credential-moved",
    ),
    (
        "basic to digest",
        "{type: http, scheme: basic}",
        "{type: http, scheme: digest}",
        "credential-moved",
    ),
    ("bearer to OAuth", "{type: http, scheme: bearer}", "{type: oauth2, flows: {}}", ""),
    (
        "where tokens come from",
        "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example/', scopes: {}}}}",
        "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://b.example/', scopes: {}}}}",
        "",
    ),
    (
        "bearer to key",
        "{type: http, scheme: bearer}",
        "{type: apiKey, in: header, name: X-A}",
        "credential-moved",
    ),
    (
        "key to nothing that is a scheme",
        "{type: apiKey, in: header, name: X-A}",
        "{in: header, name: X-A}",
        "credential-moved",
    ),
];

#[test]
fn schemes_are_compared_by_what_travels() {
    check(
        SCHEMES,
        |scheme| {
            rest(&format!(
                "security: [{{A: []}}]
paths: {{/x: {{get: {{responses: {{'200': {{description: ok}}}}}}}}, /y: {{get: {{responses: {{'200': {{description: ok}}}}}}}}}}
components: {{securitySchemes: {{A: {scheme}}}}}"
            ))
        },
        &settings(),
    );
}

#[test]
fn global_security_is_inherited() {
    check(
        &[
            ("added", "", "security: [{A: []}]", "credentials-no-longer-enough"),
            ("removed", "security: [{A: []}]", "", ""),
            ("moved into the operations", "security: [{A: []}]", "O", ""),
        ],
        |it| {
            let own = if it == "O" { "security: [{A: []}], " } else { "" };
            let all = if it == "O" { "" } else { it };
            rest(&format!(
                "{all}
paths: {{/x: {{get: {{{own}responses: {{'200': {{description: ok}}}}}}}}, /y: {{get: {{{own}responses: {{'200': {{description: ok}}}}}}}}, /z: {{get: {{security: [], responses: {{'200': {{description: ok}}}}}}}}}}
components: {{securitySchemes: {{A: {{type: http, scheme: bearer}}}}}}"
            ))
        },
        &settings(),
    );
}

const SERVERS: &[Row] = &[
    ("host", "[{url: 'https://a.example'}]", "[{url: 'https://b.example'}]", "server-removed"),
    (
        "prefix",
        "[{url: 'https://a.example/v1'}]",
        "[{url: 'https://a.example/v2'}]",
        "server-removed",
    ),
    ("scheme", "[{url: 'http://a.example'}]", "[{url: 'https://a.example'}]", "server-removed"),
    (
        "one more",
        "[{url: 'https://a.example'}]",
        "[{url: 'https://a.example'}, {url: 'https://b.example'}]",
        "",
    ),
    (
        "one less",
        "[{url: 'https://a.example'}, {url: 'https://b.example'}]",
        "[{url: 'https://a.example'}]",
        "server-removed",
    ),
    (
        "order",
        "[{url: 'https://a.example'}, {url: 'https://b.example'}]",
        "[{url: 'https://b.example'}, {url: 'https://a.example'}]",
        "",
    ),
    ("slash at the end", "[{url: 'https://a.example/v1'}]", "[{url: 'https://a.example/v1/'}]", ""),
    ("case and port", "[{url: 'https://a.example:443/v1'}]", "[{url: 'HTTPS://A.Example/v1'}]", ""),
    (
        "another port",
        "[{url: 'https://a.example'}]",
        "[{url: 'https://a.example:8443'}]",
        "server-removed",
    ),
    (
        "description",
        "[{url: 'https://a.example'}]",
        "[{url: 'https://a.example', description: d}]",
        "",
    ),
    ("no list is a slash", "[]", "[{url: /}]", ""),
    ("relative", "[{url: /v1}]", "[{url: /v2}]", "server-removed"),
    (
        "variable filled in",
        "[{url: 'https://a.example'}]",
        "[{url: 'https://{h}.example', variables: {h: {default: a}}}]",
        "",
    ),
    (
        "value of a variable removed",
        "[{url: 'https://{h}.example', variables: {h: {default: a, enum: [a, b]}}}]",
        "[{url: 'https://{h}.example', variables: {h: {default: a, enum: [a]}}}]",
        "server-removed",
    ),
    (
        "value of a variable added",
        "[{url: 'https://{h}.example', variables: {h: {default: a, enum: [a]}}}]",
        "[{url: 'https://{h}.example', variables: {h: {default: b, enum: [a, b]}}}]",
        "",
    ),
    (
        "variables written out",
        "[{url: 'https://{h}.example/{v}', variables: {h: {default: a, enum: [a, b]}, v: {default: v1, enum: [v1, v2]}}}]",
        "[{url: 'https://a.example/v1'}, {url: 'https://a.example/v2'}, {url: 'https://b.example/v1'}, {url: 'https://b.example/v2'}]",
        "",
    ),
    (
        "default of a variable",
        "[{url: 'https://a.example/{v}', variables: {v: {default: v1}}}]",
        "[{url: 'https://a.example/{v}', variables: {v: {default: v2}}}]",
        "server-removed",
    ),
];

fn served(servers: &str) -> String {
    let ok = "{responses: {'200': {description: ok}}}";
    rest(&format!("servers: {servers}\npaths: {{/x: {{get: {ok}}}, /y: {{get: {ok}}}}}"))
}

#[test]
fn base_urls_are_served_as_before() {
    check(SERVERS, served, &settings());
}

#[test]
fn hosts_may_be_left_out_of_addresses() {
    let only_path = Settings { servers: contracts::Servers::Path, ..settings() };
    let rows = [
        ("host", "[{url: 'https://a.example/v1'}]", "[{url: 'https://b.example/v1'}]", ""),
        (
            "prefix",
            "[{url: 'https://a.example/v1'}]",
            "[{url: 'https://a.example/v2'}]",
            "server-removed",
        ),
    ];
    check(&rows, served, &only_path);
    let neither = Settings { servers: contracts::Servers::Ignore, ..settings() };
    let rows =
        [("prefix", "[{url: 'https://a.example/v1'}]", "[{url: 'https://b.example/v2'}]", "")];
    check(&rows, served, &neither);
}

#[test]
fn servers_of_paths_and_operations_go_before() {
    check(
        &[
            (
                "moved into the operation",
                "servers: [{url: 'https://a.example'}]\npaths: {/x: {get: {responses: {'200': {description: ok}}}}}",
                "paths: {/x: {get: {servers: [{url: 'https://a.example'}], responses: {'200': {description: ok}}}}}",
                "",
            ),
            (
                "overridden at the path",
                "servers: [{url: 'https://a.example'}]\npaths: {/x: {get: {responses: {'200': {description: ok}}}}}",
                "servers: [{url: 'https://a.example'}]\npaths: {/x: {servers: [{url: 'https://b.example'}], get: {responses: {'200': {description: ok}}}}}",
                "server-removed",
            ),
            (
                "prefix moved into the path",
                "servers: [{url: 'https://a.example/v1/'}]\npaths: {/x: {get: {responses: {'200': {description: ok}}}}}",
                "servers: [{url: 'https://a.example'}]\npaths: {/v1/x: {get: {responses: {'200': {description: ok}}}}}",
                "",
            ),
        ],
        rest,
        &settings(),
    );
}

const JSON: &str = "application/json: {schema: {type: string}}";

#[test]
#[expect(clippy::too_many_lines, reason = "one table of cases")]
fn bodies_are_read_as_before() {
    check(
        &[
            ("optional body added", "", "requestBody: {content: {J}}", ""),
            (
                "required body added",
                "",
                "requestBody: {required: true, content: {J}}",
                "request-body-required",
            ),
            (
                "becomes required",
                "requestBody: {content: {J}}",
                "requestBody: {required: true, content: {J}}",
                "request-body-required",
            ),
            (
                "becomes optional",
                "requestBody: {required: true, content: {J}}",
                "requestBody: {content: {J}}",
                "",
            ),
            ("removed", "requestBody: {content: {J}}", "", "input-unread?"),
            ("of no type removed", "requestBody: {required: true}", "", ""),
            (
                "member becomes read-only",
                "requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}",
                "requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {a: {type: string, readOnly: true}}}}}}",
                "input-unread?",
            ),
            (
                "read-only member removed",
                "requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {a: {type: string, readOnly: true}}}}}}",
                "requestBody: {required: true, content: {application/json: {schema: {type: object}}}}",
                "",
            ),
            (
                "required removed",
                "requestBody: {required: true, content: {J}}",
                "",
                "input-unread?",
            ),
            (
                "media type added",
                "requestBody: {content: {J}}",
                "requestBody: {content: {J, application/xml: {}}}",
                "",
            ),
            (
                "media type removed",
                "requestBody: {content: {J, application/xml: {}}}",
                "requestBody: {content: {J}}",
                "request-media-type-refused",
            ),
            (
                "media type replaced",
                "requestBody: {content: {J}}",
                "requestBody: {content: {application/vnd.a+json: {schema: {type: string}}}}",
                "request-media-type-refused",
            ),
            (
                "range that covers",
                "requestBody: {content: {J}}",
                "requestBody: {content: {application/*: {schema: {type: string}}}}",
                "",
            ),
            (
                "range of all",
                "requestBody: {content: {J}}",
                "requestBody: {content: {'*/*': {schema: {type: string}}}}",
                "",
            ),
            (
                "range narrowed",
                "requestBody: {content: {application/*: {schema: {type: string}}}}",
                "requestBody: {content: {J}}",
                "request-media-type-refused",
            ),
            (
                "other range",
                "requestBody: {content: {image/*: {}}}",
                "requestBody: {content: {'image/png': {}, 'image/jpeg': {}}}",
                "request-media-type-refused",
            ),
            (
                "case and charset",
                "requestBody: {content: {J}}",
                "requestBody: {content: {'Application/JSON; charset=UTF-8': {schema: {type: string}}}}",
                "",
            ),
            (
                "parameter added",
                "requestBody: {content: {J}}",
                "requestBody: {content: {'application/json; v=1': {schema: {type: string}}}}",
                "request-media-type-refused",
            ),
            (
                "parameter removed",
                "requestBody: {content: {'application/json; v=1': {schema: {type: string}}}}",
                "requestBody: {content: {J}}",
                "",
            ),
            (
                "another parameter",
                "requestBody: {content: {'application/json; v=1': {}}}",
                "requestBody: {content: {'application/json; v=2': {}}}",
                "request-media-type-refused",
            ),
        ],
        |it| {
            operation(
                &it.replace('J', JSON)
                    .replace("application/{schema", "application/J{schema")
                    .replace(
                        "Application/application/json: {schema: {type: string}}SON",
                        "Application/JSON",
                    ),
            )
        },
        &settings(),
    );
}

const FORM: &str = "requestBody: {content: {multipart/form-data: {schema: {type: object, required: [f], properties: {f: {type: string}, l: {type: array, items: {type: string}}}}E}}}";

#[test]
fn parts_of_forms_are_read_as_before() {
    let rows = [
        ("said as by default", "", ", encoding: {f: {contentType: text/plain}}", ""),
        (
            "another type",
            "",
            ", encoding: {f: {contentType: image/png}}",
            "request-encoding-changed",
        ),
        (
            "type widened",
            ", encoding: {f: {contentType: image/png}}",
            ", encoding: {f: {contentType: 'image/png, image/jpeg'}}",
            "",
        ),
        (
            "type narrowed",
            ", encoding: {f: {contentType: 'image/png, image/jpeg'}}",
            ", encoding: {f: {contentType: image/png}}",
            "request-encoding-changed",
        ),
        (
            "range",
            ", encoding: {f: {contentType: image/png}}",
            ", encoding: {f: {contentType: image/*}}",
            "",
        ),
    ];
    check(&rows, |it| operation(&FORM.replace('E', it)), &settings());
    let rows = [
        ("style as by default", "", ", encoding: {l: {style: form, explode: true}}", ""),
        (
            "joined",
            "",
            ", encoding: {l: {style: form, explode: false}}",
            "request-encoding-changed",
        ),
        (
            "pipes",
            ", encoding: {l: {style: pipeDelimited, explode: false}}",
            ", encoding: {l: {style: form, explode: false}}",
            "request-encoding-changed",
        ),
        ("style of a scalar", "", ", encoding: {f: {explode: false}}", ""),
    ];
    let form = FORM.replace("multipart/form-data", "application/x-www-form-urlencoded");
    check(&rows, |it| operation(&form.replace('E', it)), &settings());
}

#[test]
fn bodies_without_meaning_are_ignored_in_three_zero() {
    let rows = [(
        "body needed",
        "",
        "requestBody: {required: true, content: {application/json: {}}}, ",
        "",
    )];
    let whole = |version: &'static str, method: &'static str| {
        move |it: &str| {
            document(
                version,
                &format!(
                    "paths: {{/x: {{{method}: {{{it}responses: {{'200': {{description: ok}}}}}}}}}}"
                ),
            )
        }
    };
    for method in ["get", "head", "delete"] {
        check(&rows, whole("3.0.3", method), &settings());
    }
    let rows = [("body needed", rows[0].1, rows[0].2, "request-body-required")];
    check(&rows, whole("3.0.3", "post"), &settings());
    check(&rows, whole("3.1.0", "get"), &settings());
}

const ANSWERS: &[Row] = &[
    ("success added", "'200': D", "'200': D, '201': D", "response-status-unannounced"),
    ("redirection added", "'200': D", "'200': D, '302': D", "response-status-unannounced"),
    ("information added", "'200': D", "'200': D, '103': D", "response-status-unannounced"),
    ("error added", "'200': D", "'200': D, '404': D", ""),
    ("error range added", "'200': D", "'200': D, 5XX: D", ""),
    ("default added", "'200': D", "'200': D, default: D", ""),
    ("success within a range", "2XX: D", "'200': D, '201': D", ""),
    ("success range for a code", "'200': D", "2XX: D", "response-status-unannounced"),
    ("success within default", "'200': D, default: D", "'200': D, '201': D", ""),
    ("success replaced", "'200': D", "'204': D", "response-status-unannounced"),
    ("one success less", "'200': D, '201': D", "'200': D", ""),
    ("no success left", "'200': D, '400': D", "'400': D", "response-success-removed"),
    ("error removed", "'200': D, '404': D", "'200': D", ""),
    ("only default, then a code", "default: D", "'200': D", ""),
    ("body gone", "'200': J", "'200': D", "response-body-missing"),
    ("body gone in an error", "'200': D, '400': J", "'200': D, '400': D", "response-body-missing"),
    ("body new", "'200': D", "'200': J", ""),
    (
        "new success without the body of default",
        "'200': J, default: J",
        "'200': J, '202': D",
        "response-body-missing",
    ),
    (
        "media type added",
        "'200': J",
        "'200': {description: ok, content: {K, application/xml: {}}}",
        "response-media-type-unannounced",
    ),
    (
        "media type removed",
        "'200': {description: ok, content: {K, application/xml: {}}}",
        "'200': J",
        "",
    ),
    (
        "range widened",
        "'200': J",
        "'200': {description: ok, content: {'application/*': {schema: {type: string}}}}",
        "response-media-type-unannounced",
    ),
    (
        "range narrowed",
        "'200': {description: ok, content: {'*/*': {schema: {type: string}}}}",
        "'200': J",
        "",
    ),
    (
        "another JSON",
        "'200': J",
        "'200': {description: ok, content: {application/problem+json: {schema: {type: string}}}}",
        "response-media-type-unannounced",
    ),
];

#[test]
fn only_announced_answers_come() {
    check(
        ANSWERS,
        |it| {
            responses(
                &it.replace(": D", ": {description: ok}")
                    .replace(": J", ": {description: ok, content: {K}}")
                    .replace('K', JSON),
            )
        },
        &settings(),
    );
}

#[test]
fn errors_may_have_to_be_announced() {
    let announced = Settings { error_statuses: contracts::ErrorStatuses::Announced, ..settings() };
    check(
        &[
            ("error added", "'200': D", "'200': D, '404': D", "response-status-unannounced"),
            ("error within a range", "'200': D, 4XX: D", "'200': D, '404': D", ""),
            ("error within default", "'200': D, default: D", "'200': D, '404': D", ""),
        ],
        |it| responses(&it.replace(": D", ": {description: ok}")),
        &announced,
    );
}

#[test]
fn header_fields_come_as_before() {
    check(
        &[
            (
                "becomes optional",
                "X-R: {required: true, schema: {type: string}}",
                "X-R: {schema: {type: string}}",
                "response-header-not-guaranteed",
            ),
            (
                "removed",
                "X-R: {required: true, schema: {type: string}}",
                "",
                "response-header-not-guaranteed",
            ),
            ("optional removed", "X-R: {schema: {type: string}}", "", ""),
            ("added", "", "X-R: {required: true, schema: {type: string}}", ""),
            (
                "becomes required",
                "X-R: {schema: {type: string}}",
                "X-R: {required: true, schema: {type: string}}",
                "",
            ),
            (
                "case",
                "X-R: {required: true, schema: {type: string}}",
                "x-r: {required: true, schema: {type: string}}",
                "",
            ),
            (
                "content type is said elsewhere",
                "Content-Type: {required: true, schema: {type: string}}",
                "",
                "",
            ),
        ],
        |it| responses(&format!("'200': {{description: ok, headers: {{{it}}}}}")),
        &settings(),
    );
}

const EVENTS: &[Row] = &[
    ("removed", "e: {post: {B, responses: O}}", "f: {post: {B, responses: O}}", "event-removed"),
    ("method", "e: {post: {B, responses: O}}", "e: {put: {B, responses: O}}", "event-removed"),
    (
        "added",
        "e: {post: {B, responses: O}}",
        "e: {post: {B, responses: O}}, f: {post: {B, responses: O}}",
        "",
    ),
    (
        "body always came",
        "e: {post: {Q, responses: O}}",
        "e: {post: {B, responses: O}}",
        "response-body-missing",
    ),
    ("body always comes", "e: {post: {B, responses: O}}", "e: {post: {Q, responses: O}}", ""),
    (
        "no body",
        "e: {post: {Q, responses: O}}",
        "e: {post: {responses: O}}",
        "response-body-missing",
    ),
    (
        "header always came",
        "e: {post: {parameters: [H], responses: O}}",
        "e: {post: {parameters: [I], responses: O}}",
        "response-header-not-guaranteed",
    ),
    (
        "header always comes",
        "e: {post: {parameters: [I], responses: O}}",
        "e: {post: {parameters: [H], responses: O}}",
        "",
    ),
    (
        "header gone",
        "e: {post: {parameters: [H], responses: O}}",
        "e: {post: {responses: O}}",
        "response-header-not-guaranteed",
    ),
    (
        "optional header gone",
        "e: {post: {parameters: [I], responses: O}}",
        "e: {post: {responses: O}}",
        "",
    ),
    ("header new", "e: {post: {responses: O}}", "e: {post: {parameters: [H], responses: O}}", ""),
    (
        "media type new",
        "e: {post: {B, responses: O}}",
        "e: {post: {X, responses: O}}",
        "response-media-type-unannounced",
    ),
    ("media type less", "e: {post: {X, responses: O}}", "e: {post: {B, responses: O}}", ""),
    (
        "answer refused",
        "e: {post: {B, responses: {'200': {description: ok}, '202': {description: ok}}}}",
        "e: {post: {B, responses: O}}",
        "response-status-unannounced",
    ),
    (
        "answer taken",
        "e: {post: {B, responses: O}}",
        "e: {post: {B, responses: {'200': {description: ok}, '202': {description: ok}}}}",
        "",
    ),
    (
        "sunset over",
        "e: {post: {deprecated: true, x-sunset: '2026-12-31', B, responses: O}}",
        "f: {post: {B, responses: O}}",
        "event-removed-",
    ),
];

#[test]
fn events_come_as_before() {
    check(
        EVENTS,
        |it| {
            let it = it
                .replace("B,", "requestBody: {content: {application/json: {schema: {type: string}}}},")
                .replace("Q,", "requestBody: {required: true, content: {application/json: {schema: {type: string}}}},")
                .replace("X,", "requestBody: {content: {application/json: {schema: {type: string}}, application/xml: {schema: {type: string}}}},")
                .replace("[H]", "[{name: X-H, in: header, required: true, schema: {type: string}}]")
                .replace("[I]", "[{name: X-H, in: header, schema: {type: string}}]")
                .replace(": O", ": {'200': {description: ok}}");
            rest(&format!("webhooks: {{{it}}}"))
        },
        &settings(),
    );
}

#[test]
fn callbacks_are_known_by_their_expression() {
    check(
        &[
            ("removed", "callbacks: {ev: {'{$request.body#/u}': C}}", "", "event-removed"),
            ("added", "", "callbacks: {ev: {'{$request.body#/u}': C}}", ""),
            (
                "another expression",
                "callbacks: {ev: {'{$request.body#/u}': C}}",
                "callbacks: {ev: {'{$request.body#/v}': C}}",
                "event-removed",
            ),
            (
                "another name",
                "callbacks: {ev: {'{$request.body#/u}': C}}",
                "callbacks: {other: {'{$request.body#/u}': C}}",
                "",
            ),
            (
                "a component",
                "callbacks: {ev: {'{$request.body#/u}': C}}",
                "callbacks: {ev: {$ref: '#/components/callbacks/Ev'}}",
                "",
            ),
            (
                "body always came",
                "callbacks: {ev: {'{$request.body#/u}': {post: {requestBody: {required: true, content: {application/json: {}}}, responses: {'200': {description: ok}}}}}}",
                "callbacks: {ev: {'{$request.body#/u}': {post: {requestBody: {content: {application/json: {}}}, responses: {'200': {description: ok}}}}}}",
                "response-body-missing",
            ),
        ],
        |it| {
            let callback = "{post: {responses: {'200': {description: ok}}}}";
            let it = it.replace(": C", &format!(": {callback}"));
            let components = format!(
                "components: {{callbacks: {{Ev: {{'{{$request.body#/u}}': {callback}}}}}}}"
            );
            format!("{}{components}\n", operation(&it))
        },
        &settings(),
    );
}

fn swagger(rest: &str) -> String {
    format!("swagger: '2.0'\ninfo: {{title: t, version: 1.0.0}}\n{rest}\n")
}

#[test]
fn swagger_is_read_in_the_same_notions() {
    let ok = "responses: {'200': {description: ok, schema: {type: string}}}";
    let list = |format: &str| {
        format!(
            "parameters: [{{name: q, in: query, type: array, items: {{type: string}}{format}}}], "
        )
    };
    let file = "consumes: [multipart/form-data], parameters: [{name: f, in: formData, type: file, required: true}], ";
    let rows: Vec<(&str, String, String, &str)> = vec![
        ("csv is the default", list(""), list(", collectionFormat: csv"), ""),
        ("csv to multi", list(""), list(", collectionFormat: multi"), "parameter-serialization-changed"),
        ("csv to pipes", list(""), list(", collectionFormat: pipes"), "parameter-serialization-changed"),
        ("csv to tabs", list(""), list(", collectionFormat: tsv"), "parameter-serialization-changed"),
        ("media type refused", "consumes: [application/json, application/xml], parameters: [{name: b, in: body, schema: {type: string}}], ".to_owned(), "consumes: [application/json], parameters: [{name: b, in: body, schema: {type: string}}], ".to_owned(), "request-media-type-refused"),
        ("body needed", "parameters: [{name: b, in: body, schema: {type: string}}], ".to_owned(), "parameters: [{name: c, in: body, required: true, schema: {type: string}}], ".to_owned(), "request-body-required"),
        ("field needed", "consumes: [application/x-www-form-urlencoded], parameters: [{name: a, in: formData, type: string}], ".to_owned(), "consumes: [application/x-www-form-urlencoded], parameters: [{name: a, in: formData, type: string}, {name: b, in: formData, type: string, required: true}], ".to_owned(), "parameter-required"),
        ("field removed", "parameters: [{name: a, in: formData, type: string}, {name: b, in: formData, type: string}], ".to_owned(), "parameters: [{name: a, in: formData, type: string}], ".to_owned(), "input-unread?"),
        ("media type announced", "produces: [application/json], ".to_owned(), "produces: [application/json, text/plain], ".to_owned(), "response-media-type-unannounced"),
        ("media type left out", "produces: [application/json, text/plain], ".to_owned(), "produces: [application/json], ".to_owned(), ""),
        ("file described", file.to_owned(), file.replace("type: file", "type: file, description: d"), ""),
    ];
    for (name, base, head, expected) in rows {
        let whole = |it: &str| swagger(&format!("paths: {{/x: {{post: {{{it}{ok}}}}}}}"));
        let (base, head) = (whole(&base), whole(&head));
        let comparison = compared(&base, &head, &settings());
        let wire = wire(&comparison);
        assert_eq!(broken(&wire), expected, "{name}: {wire:?}");
        assert_eq!(unconfirmed(&base, &head, &settings(), &wire), None, "{name}");
    }
}

#[test]
fn fields_of_swagger_are_members_of_newer_forms() {
    let base = swagger(
        "schemes: [https]
host: a.example
paths: {/x: {post: {consumes: [application/x-www-form-urlencoded], parameters: [{name: a, in: formData, type: string}, {name: b, in: formData, type: integer}], responses: {'200': {description: ok}}}}}",
    );
    let head = |schema: &str| {
        document(
            "3.0.3",
            &format!(
                "servers: [{{url: 'https://a.example'}}]
paths: {{/x: {{post: {{requestBody: {{content: {{application/x-www-form-urlencoded: {{schema: {schema}}}}}}}, responses: {{'200': {{description: ok}}}}}}}}}}"
            ),
        )
    };
    let rows = [
        ("{type: object, properties: {a: {type: string}, b: {type: integer}}}", ""),
        ("{type: object, properties: {a: {type: string}, b: {type: string}}}", ""),
        ("{type: object, properties: {b: {type: integer}}}", "input-unread?"),
        (
            "{type: object, properties: {a: {type: integer}, b: {type: integer}}}",
            "input-type-narrowed",
        ),
        (
            "{type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}}",
            "parameter-required",
        ),
    ];
    for (schema, expected) in rows {
        let comparison = compared(&base, &head(schema), &settings());
        let wire = wire(&comparison);
        assert_eq!(broken(&wire), expected, "{schema}: {wire:?}");
        assert_eq!(unconfirmed(&base, &head(schema), &settings(), &wire), None, "{schema}");
    }
}

#[test]
fn a_contract_may_move_to_another_version() {
    let base = swagger(
        "host: a.example
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json]
securityDefinitions: {k: {type: apiKey, in: header, name: X-K}, b: {type: basic}}
security: [{k: []}, {b: []}]
paths:
  /x/{id}:
    parameters: [{name: id, in: path, required: true, type: string}]
    post:
      parameters:
        - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: multi}
        - {name: b, in: body, required: true, schema: {$ref: '#/definitions/B'}}
      responses:
        '200': {description: ok, schema: {$ref: '#/definitions/B'}, headers: {X-R: {type: string}}}
definitions: {B: {type: object, properties: {a: {type: string}}}}",
    );
    let head = document(
        "3.0.3",
        "servers: [{url: 'https://a.example/v1'}]
security: [{key: []}, {basic: []}]
paths:
  /x/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post:
      parameters: [{name: tags, in: query, schema: {type: array, items: {type: string}}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}, headers: {X-R: {schema: {type: string}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-K}, basic: {type: http, scheme: basic}}
  schemas: {B: {type: object, properties: {a: {type: string}}}}",
    );
    let comparison = compared(&base, &head, &settings());
    assert_eq!(broken(&wire(&comparison)), "", "{comparison:?}");
    let comparison = compared(&head, &base, &settings());
    assert_eq!(broken(&wire(&comparison)), "", "{comparison:?}");
}

#[test]
fn header_fields_and_headers_of_parts_are_written_as_before() {
    let of = |header: &str, part: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: 1.0.0}}\npaths: {{/a: {{post: {{\
             requestBody: {{content: {{multipart/form-data: {{\
             schema: {{type: object, properties: {{f: {{type: string}}}}}}, \
             encoding: {{f: {{headers: {{X-P: {{{part}schema: {{type: string}}}}}}}}}}}}}}}}, \
             responses: {{'200': {{description: ok, headers: {{X-A: {{{header}\
             schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}}}}}}}}}\n"
        )
    };
    let base = of("", "");
    let rows = [
        (of("explode: true, ", ""), "parameter-serialization-changed"),
        (of("explode: false, ", ""), ""),
        (of("", "required: true, "), "request-encoding-changed"),
    ];
    for (head, expected) in rows {
        let comparison = compared(&base, &head, &settings());
        let wire = wire(&comparison);
        assert_eq!(broken(&wire), expected, "{head}");
        assert_eq!(comparison.undecided, [], "{head}");
        assert_eq!(unconfirmed(&base, &head, &settings(), &wire), None, "{head}");
    }
}
