//! Every generated file parses, whatever stands in the contract.

use oxc_allocator::Allocator;
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::SourceType;
use serde_json::{Value, json};

use crate::sample;

fn faults(plan: &sdk_gen::Plan) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in plan.files.iter() {
        let Some(kind) = SourceType::from_path(path).ok().filter(|_| !path.ends_with("json"))
        else {
            continue;
        };
        let allocator = Allocator::default();
        let text = text.read();
        let parsed = Parser::new(&allocator, &text, kind).parse();
        faults.extend(parsed.diagnostics.iter().map(|it| format!("{path}: {it}")));
    }
    faults
}

#[test]
fn every_file_parses() {
    for (name, contract) in sample::all() {
        let plan = sample::plan(&contract);
        assert!(plan.files.len() > 20, "{name}");
        assert_eq!(faults(&plan), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn no_line_ends_in_a_blank() {
    for (name, contract) in sample::all() {
        for (path, text) in sample::plan(&contract).files.iter() {
            let text = text.read();
            let found: Vec<&str> = text.lines().filter(|it| it.ends_with([' ', '\t'])).collect();
            assert_eq!(found, Vec::<&str>::new(), "{name}: {path}");
        }
    }
}

/// Texts that would run if they left the place they are written to.
const PAYLOADS: &[&str] = &[
    "*/ globalThis.hit = 1; /*",
    "\"; globalThis.hit = 1; \"",
    "'+(globalThis.hit=1)+'",
    "`${globalThis.hit = 1}`",
    "\n globalThis.hit = 1;\n//",
    "\u{2028}globalThis.hit = 1;\u{2029}",
    "</script><script>globalThis.hit=1</script>",
    "\\\"; globalThis.hit = 1; //\\",
];

fn hostile(payload: &str) -> Value {
    let text = |extra: Value| {
        let mut schema = json!({"type": "string", "description": payload, "title": payload});
        schema.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        schema
    };
    json!({
        "openapi": "3.2.0",
        "info": {"title": payload, "version": payload, "description": payload},
        "servers": [
            {"url": payload},
            {"url": format!("https://{{{payload}}}"), "variables": {payload: {"default": payload, "enum": [payload]}}},
        ],
        "security": [{payload: [payload]}],
        "paths": paths(payload),
        "webhooks": {payload: {"post": operation(payload)}},
        "components": {"securitySchemes": schemes(payload), "schemas": {
            payload: text(json!({"format": payload, "pattern": payload, "x-since": payload})),
            "Enum": {"enum": [payload, {payload: payload}, [payload]], "default": payload},
            "Const": {"const": payload, "example": payload, "deprecated": true, "x-sunset": payload},
            "Object": {
                "type": "object",
                "properties": {payload: text(json!({"x-sdk-name": payload}))},
                "required": [payload, format!("{payload}2")],
                "patternProperties": {payload: true},
                "dependentRequired": {payload: [payload]},
                "dependentSchemas": {payload: {"required": [payload]}},
                "additionalProperties": false,
            },
            "Prefix": {"patternProperties": {format!("^{payload}"): {"type": "integer"}}},
            "Tagged": {
                "oneOf": [{"$ref": "#/components/schemas/Object"}],
                "discriminator": {"propertyName": payload, "mapping": {payload: "Object"}},
            },
            "Named": {"x-sdk-name": payload, "x-extensible-enum": [payload]},
        }},
    })
}

fn paths(payload: &str) -> Value {
    let mut named = operation(payload);
    named["operationId"] = json!(payload);
    let mut given = operation(payload);
    given["x-sdk-name"] = json!(payload);
    json!({
        format!("/{payload}/{{{payload}}}/{{{payload}2}}"): {
            "summary": payload,
            "get": named,
            "put": operation(payload),
            "post": given,
            "additionalOperations": {payload: operation(payload)},
        },
    })
}

fn operation(payload: &str) -> Value {
    let schema = json!({"type": "object", "properties": {payload: {"enum": [payload]}}});
    let parameter = |place: &str| {
        json!({
            "name": payload, "in": place, "required": true, "description": payload,
            "style": payload, "schema": {"enum": [payload]},
        })
    };
    let header = json!({payload: {"description": payload, "schema": {"const": payload}}});
    let content = json!({
        payload: {"schema": schema, "encoding": {payload: {"contentType": payload}}},
        "application/json": {"schema": schema},
        "multipart/form-data": {"schema": schema, "encoding": {payload: {"contentType": payload}}},
        "text/event-stream": {"itemSchema": schema},
        format!("image/*;{payload}"): {},
    });
    let parameters = ["path", "query", "header", "cookie"].map(parameter);
    json!({
        "tags": [payload, payload],
        "summary": payload,
        "description": format!("{payload}\n{payload}"),
        "deprecated": true,
        "x-sunset": payload,
        "x-since": payload,
        "x-stream-end": payload,
        "x-idempotency-key": payload,
        "x-pagination": {"kind": "cursor", "param": payload, "from": format!("/{payload}"), "items": format!("/{payload}")},
        "parameters": parameters,
        "requestBody": {"description": payload, "content": content},
        "responses": {
            "200": {"description": payload, "headers": header, "content": content},
            "default": {"description": payload, "content": content},
            payload: {"description": payload},
        },
        "callbacks": {payload: {payload: {"post": {"responses": {}}}}},
        "servers": [{"url": payload}],
        "security": [{payload: [payload], "key": [], "http": []}, {}],
    })
}

fn schemes(payload: &str) -> Value {
    json!({
        payload: {"type": "apiKey", "in": "header", "name": payload},
        "key": {"type": "apiKey", "in": "query", "name": payload},
        "http": {"type": "http", "scheme": payload},
    })
}

#[test]
fn no_text_of_a_contract_becomes_code() {
    for payload in PAYLOADS {
        let plan = sample::plan(&hostile(payload).to_string());
        assert_eq!(faults(&plan), Vec::<String>::new(), "{payload:?}");
        let readme = plan.files.get("README.md").unwrap();
        // Between fences nothing is markup, and no line starts with text of a contract.
        let words: String = readme.split("```").step_by(2).collect();
        assert!(!words.contains("<script") && !readme.contains("\n globalThis"), "{readme}");
        assert!(plan.n_operations > 3, "{payload:?}");
        for (path, text) in plan.files.iter().filter(|it| is_code(it.0)) {
            let allocator = Allocator::default();
            let kind = SourceType::from_path(path).unwrap();
            let text = text.read();
            let parsed = Parser::new(&allocator, &text, kind).parse();
            let code = without_texts(&text, &parsed.program);
            // Names made from its words are fine, such as `globalThisHit1Issues`.
            let mut behind = code.split("globalThis").skip(1);
            let runs = behind.any(|it| !it.starts_with(|it: char| it.is_alphanumeric()));
            assert!(!runs, "{payload:?} in {path}: {code}");
        }
    }
}

fn is_code(path: &str) -> bool {
    SourceType::from_path(path).is_ok() && !path.ends_with("json")
}

/// The text with comments and string literals blanked, as the parser sees them.
fn without_texts(text: &str, program: &oxc_ast::ast::Program) -> String {
    #[derive(Default)]
    struct Literals(Vec<(u32, u32)>);
    impl<'a> Visit<'a> for Literals {
        fn visit_string_literal(&mut self, it: &oxc_ast::ast::StringLiteral<'a>) {
            self.0.push((it.span.start, it.span.end));
            walk::walk_string_literal(self, it);
        }
        fn visit_template_element(&mut self, it: &oxc_ast::ast::TemplateElement<'a>) {
            self.0.push((it.span.start, it.span.end));
        }
    }
    let mut found = Literals::default();
    found.visit_program(program);
    found.0.extend(program.comments.iter().map(|it| (it.span.start, it.span.end)));
    let mut bytes = text.as_bytes().to_vec();
    for (start, end) in found.0 {
        bytes[start as usize..end as usize].fill(b' ');
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
