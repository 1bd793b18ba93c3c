//! What the judge says to whole messages, by hand.

#![expect(clippy::too_many_lines, clippy::needless_pass_by_value, reason = "tables of cases")]

use std::fs;

use serde_json::{Value, json};

use super::Objection;
use crate::{
    Content, Direction, HttpBody, HttpExchange, HttpRequest, HttpResponse, Revision, Servers,
    Sides,
    judge::{
        Ruling, Settings, World,
        tests::{corpora, instance, texts},
    },
};

/// `GET https://x.example/a?b=c` with header lines and a body `media type|text`.
pub(in crate::judge) fn request(line: &str, headers: &[&str], body: Option<&str>) -> HttpRequest {
    let (method, url) = line.split_once(' ').unwrap();
    let header =
        |it: &&str| it.split_once(": ").map(|it| (it.0.to_owned(), it.1.to_owned())).unwrap();
    HttpRequest {
        method: method.to_owned(),
        url: url.to_owned(),
        headers: headers.iter().map(header).collect(),
        body: body.map(http_body),
    }
}

fn http_body(text: &str) -> HttpBody {
    let (media_type, text) = text.split_once('|').unwrap();
    let json = serde_json::from_str(text).ok().filter(|_| media_type.contains("json"));
    let content = json.map_or_else(|| Content::Text(text.to_owned()), Content::Json);
    HttpBody { media_type: media_type.to_owned(), content }
}

pub(in crate::judge) fn exchange(operation: &str, request: HttpRequest) -> HttpExchange {
    HttpExchange {
        direction: Direction::ToProvider,
        operation: operation.to_owned(),
        accepted_by: Revision::Base,
        refused_by: Revision::Head,
        request,
        response: None,
        because: Sides { base: None, head: None },
    }
}

/// `ok` and the locations that are read, or why not.
fn answer(contract: &Value, exchange: &HttpExchange) -> String {
    let settings = Settings::default();
    let world = World::new(texts(&[("c.json", &contract.to_string())]), texts(&[]), settings);
    match world.side(Revision::Base, false).take(exchange) {
        Ok(reads) => {
            let reads = reads.iter().map(|it| format!("{}={}", it.0, it.1));
            format!("ok {}", reads.collect::<Vec<_>>().join(" "))
        }
        Err(Objection::Refused(why)) => format!("no: {why}"),
        Err(Objection::Unable(why)) => format!("unable: {why}"),
    }
}

/// `expected` is the whole answer if it starts with `ok`, else a part of it.
fn check(contract: &Value, line: &str, headers: &[&str], body: Option<&str>, expected: &str) {
    let exchange = exchange("", request(line, headers, body));
    let seen = answer(contract, &exchange);
    let fits =
        if expected.starts_with("ok") { seen.trim() == expected } else { seen.contains(expected) };
    assert!(fits, "{line} {headers:?} {body:?}\n{seen}\nexpected {expected}\n{contract}");
}

fn operation(version: &str, operation: Value) -> Value {
    json!({"openapi": version, "paths": {"/x": {"get": operation.clone(), "post": operation}}})
}

#[test]
fn a_request_is_routed_by_server_path_and_method() {
    let contract = json!({"openapi": "3.1.0",
        "servers": [{"url": "https://{r}.x.example/v1/", "variables": {"r": {"default": "eu", "enum": ["eu", "us"]}}}],
        "paths": {
            "/u/{id}": {"get": {}, "post": {}, "delete": {"servers": [{"url": "https://del.example"}]}},
            "/u/me": {"get": {}}, "/u/{id}.json": {"get": {}},
            "/o/{a}/p/{b}": {"servers": [{"url": "/o"}], "get": {}},
            "/r": {"$ref": "#/components/pathItems/R"}},
        "components": {"pathItems": {"R": {"put": {}}}}});
    for (line, expected) in [
        ("GET https://eu.x.example/v1/u/5", "ok"),
        ("GET https://US.x.example:443/v1/u/5", "ok"),
        ("GET https://uk.x.example/v1/u/5", "nothing answers"),
        ("GET http://eu.x.example/v1/u/5", "nothing answers"),
        ("GET https://eu.x.example/u/5", "nothing answers"),
        ("GET https://eu.x.example/v1/u/5/6", "nothing answers"),
        ("PUT https://eu.x.example/v1/u/5", "nothing answers"),
        ("POST https://eu.x.example/v1/u/me", "ok"),
        ("DELETE https://eu.x.example/v1/u/5", "nothing answers"),
        ("DELETE https://del.example/u/5", "ok"),
        ("GET https://contract.example/o/o/1/p/2", "ok"),
        ("PUT https://eu.x.example/v1/r", "ok"),
        ("QUERY https://eu.x.example/v1/r", "nothing answers"),
    ] {
        check(&contract, line, &[], None, expected);
    }
}

#[test]
fn the_setting_of_servers_says_what_of_an_address_counts() {
    let contract = json!({"openapi": "3.1.0", "servers": [{"url": "https://x.example/v1"}], "paths": {"/a": {"get": {}}}});
    for (servers, url, expected) in [
        (Servers::Exact, "https://x.example/v1/a", true),
        (Servers::Exact, "https://y.example/v1/a", false),
        (Servers::Path, "https://y.example/v1/a", true),
        (Servers::Path, "https://y.example/v2/a", false),
        (Servers::Ignore, "https://y.example/v2/a", true),
        (Servers::Ignore, "https://y.example/a", true),
        (Servers::Ignore, "https://y.example/b", false),
    ] {
        let settings = Settings { servers, ..Settings::default() };
        let world = World::new(texts(&[("c.json", &contract.to_string())]), texts(&[]), settings);
        let exchange = exchange("GET /a", request(&format!("GET {url}"), &[], None));
        let ruling = world.rule_exchange(&exchange);
        assert_eq!(ruling == Ruling::Confirmed, expected, "{servers:?} {url} {ruling:?}");
    }
}

#[test]
fn servers_of_2_0_are_schemes_host_and_base_path() {
    let contract = json!({"swagger": "2.0", "host": "x.example", "basePath": "/v1", "schemes": ["https", "http"],
        "paths": {"/a": {"get": {}, "put": {"schemes": ["ws"]}}}});
    for (line, expected) in [
        ("GET https://x.example/v1/a", "ok"),
        ("GET http://x.example/v1/a", "ok"),
        ("GET https://y.example/v1/a", "nothing answers"),
        ("PUT https://x.example/v1/a", "nothing answers"),
        ("PUT ws://x.example/v1/a", "ok"),
    ] {
        check(&contract, line, &[], None, expected);
    }
}

#[test]
fn parameters_are_read_as_their_style_says() {
    let url = "https://contract.example/x";
    let query = |parameter: Value| {
        let mut parameter = parameter;
        parameter["name"] = json!("q");
        parameter["in"] = json!("query");
        operation("3.1.0", json!({"parameters": [parameter]}))
    };
    let list = json!({"type": "array", "items": {"type": "string"}});
    let object = json!({"type": "object", "properties": {"a": {"type": "integer"}}});
    for (parameter, sent, expected) in [
        (json!({"schema": {"type": "integer"}}), "", "ok"),
        (json!({"schema": {"type": "integer"}, "required": true}), "", "`query.q` is required"),
        (json!({"schema": {"type": "integer"}}), "?q=5", "ok query.q=\"5\""),
        (json!({"schema": {"type": "integer"}}), "?q=a", "does not fit"),
        (json!({"schema": {"type": "integer"}}), "?q=", "does not fit"),
        (json!({"schema": {"type": "integer"}, "allowEmptyValue": true}), "?q=", "ok query.q=\"\""),
        (json!({"schema": {"type": "string"}}), "?q=5&z=1", "ok query.q=\"5\""),
        (json!({"schema": {"type": "string"}}), "?q=a&q=b", "comes twice"),
        (json!({"schema": {"type": "string"}}), "?q=a%2Fb", "ok query.q=\"a/b\""),
        (json!({"schema": {"type": "string"}}), "?q=a/b", "reserved"),
        (
            json!({"schema": {"type": "string"}, "allowReserved": true}),
            "?q=a/b",
            "ok query.q=\"a/b\"",
        ),
        (json!({"schema": list}), "?q=a&q=b", r#"ok query.q=["a","b"]"#),
        (json!({"schema": list}), "?q=a", "ok query.q=\"a\""),
        (json!({"schema": list}), "?q=a,b", "reserved"),
        (json!({"schema": list, "explode": false}), "?q=a,b", r#"ok query.q=["a","b"]"#),
        (json!({"schema": list, "explode": false}), "?q=a&q=b", "comes twice"),
        (
            json!({"schema": list, "style": "pipeDelimited", "explode": false}),
            "?q=a%7Cb",
            r#"ok query.q=["a","b"]"#,
        ),
        (
            json!({"schema": list, "style": "spaceDelimited", "explode": false}),
            "?q=a%20b",
            r#"ok query.q=["a","b"]"#,
        ),
        (
            json!({"schema": {"type": "array", "minItems": 2}, "explode": false}),
            "?q=a",
            "does not fit",
        ),
        (json!({"schema": object, "style": "deepObject"}), "?q[a]=5", r#"ok query.q[a]="5""#),
        (json!({"schema": object, "style": "deepObject"}), "?q[a]=x", "does not fit"),
        (json!({"schema": object}), "?a=5", r#"ok query.a="5""#),
        (
            json!({"schema": object, "explode": false}),
            "?q=a,5",
            r#"ok query.q={"a":"5"} query.q#/a=null"#,
        ),
        (
            json!({"content": {"application/json": {"schema": object}}}),
            "?q=%7B%22a%22%3A5%7D",
            r#"ok query.q={"a":5} query.q#/a=null"#,
        ),
        (
            json!({"content": {"application/json": {"schema": object}}}),
            "?q=%7B%22a%22%3A%225%22%7D",
            "does not fit",
        ),
        (json!({"content": {"application/json": {"schema": object}}}), "?q=x", "no JSON"),
    ] {
        check(&query(parameter), &format!("GET {url}{sent}"), &[], None, expected);
    }
}

#[test]
fn parameters_stand_in_every_place() {
    let contract = json!({"openapi": "3.2.0", "paths": {
        "/{id}/x": {
            "parameters": [{"$ref": "#/components/parameters/Id"}, {"name": "X-A", "in": "header", "required": true, "schema": {"type": "integer"}},
                {"name": "accept", "in": "header", "required": true, "schema": {"const": "no"}}],
            "get": {"parameters": [{"name": "x-a", "in": "header", "schema": {"type": "string"}},
                {"name": "c", "in": "cookie", "schema": {"type": "boolean"}}]},
            "put": {}},
        "/s": {"get": {"parameters": [{"name": "w", "in": "querystring", "required": true, "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"a": {"type": "integer"}}}}}}]}}},
        "components": {"parameters": {"Id": {"name": "id", "in": "path", "style": "matrix", "schema": {"type": "array", "items": {"type": "integer"}}}}}});
    let url = "https://contract.example";
    for (line, headers, expected) in [
        (format!("GET {url}/;id=1,2/x"), vec![], r#"ok path at 1=["1","2"]"#),
        (format!("GET {url}/1/x"), vec![], "no `;`"),
        (format!("GET {url}/;id=a/x"), vec![], "does not fit"),
        (
            format!("GET {url}/;id=1/x"),
            vec!["X-a: t", "cookie: c=true; d=1"],
            r#"ok cookie.c="true" header.x-a="t" path at 1="1""#,
        ),
        (format!("GET {url}/;id=1/x"), vec!["cookie: c=5"], "`cookie.c` does not fit"),
        (format!("PUT {url}/;id=1/x"), vec![], "`header.X-A` is required"),
        (format!("PUT {url}/;id=1/x"), vec!["x-a: 5"], r#"ok header.x-a="5" path at 1="1""#),
        (format!("GET {url}/s?a=5&b=x"), vec![], r#"ok query.a="5""#),
        (format!("GET {url}/s?a=x"), vec![], "does not fit"),
        (format!("GET {url}/s"), vec![], "required"),
    ] {
        check(&contract, &line, &headers, None, expected);
    }
}

#[test]
fn credentials_are_a_choice_of_sets() {
    let contract = |security: Value| {
        json!({"openapi": "3.1.0", "security": [{"H": []}], "paths": {"/x": {"get": {"security": security}, "put": {}}},
        "components": {"securitySchemes": {
            "H": {"type": "apiKey", "in": "header", "name": "X-Key"}, "Q": {"type": "apiKey", "in": "query", "name": "key"},
            "C": {"type": "apiKey", "in": "cookie", "name": "sid"}, "B": {"type": "http", "scheme": "Basic"},
            "O": {"type": "oauth2"}, "M": {"type": "mutualTLS"}, "R": {"$ref": "#/components/securitySchemes/Q"}}}})
    };
    let url = "https://contract.example/x";
    let no = "do not suffice";
    for (security, query, headers, expected) in [
        (json!([]), "", vec![], "ok"),
        (json!([{}]), "", vec![], "ok"),
        (json!([{"H": []}]), "", vec![], no),
        (
            json!([{"H": []}]),
            "",
            vec!["x-key: ‹other›"],
            "ok credential in header x-key=\"‹other›\"",
        ),
        (json!([{"H": []}]), "?X-Key=‹H›", vec![], no),
        (json!([{"H": []}, {}]), "", vec![], "ok"),
        (
            json!([{"H": []}, {"Q": []}]),
            "?key=%E2%80%B9Q%E2%80%BA",
            vec![],
            "ok credential in query key=\"‹Q›\"",
        ),
        (json!([{"H": [], "R": []}]), "?key=‹Q›", vec![], no),
        (
            json!([{"H": [], "R": []}]),
            "?key=‹Q›",
            vec!["x-key: ‹H›"],
            "ok credential in header x-key=\"‹H›\" credential in query key=\"‹Q›\"",
        ),
        (
            json!([{"C": []}]),
            "",
            vec!["cookie: a=b; sid=‹C›"],
            "ok credential in cookie sid=\"‹C›\"",
        ),
        (
            json!([{"B": []}]),
            "",
            vec!["authorization: basic ‹B›"],
            "ok credential in authorization basic=\"‹B›\"",
        ),
        (json!([{"B": []}]), "", vec!["authorization: Bearer ‹B›"], no),
        (
            json!([{"O": ["r", "w"]}]),
            "",
            vec!["authorization: Bearer ‹O w r›"],
            "ok credential in authorization bearer=\"‹O w r›\"",
        ),
        (json!([{"O": ["r", "w"]}]), "", vec!["authorization: Bearer ‹O r›"], no),
        (
            json!([{"M": []}]),
            "",
            vec!["client-certificate: ‹M›"],
            "ok credential in header client-certificate=\"‹M›\"",
        ),
        (json!([{"M": []}]), "", vec![], no),
    ] {
        check(&contract(security), &format!("GET {url}{query}"), &headers, None, expected);
    }
    check(&contract(json!([])), &format!("PUT {url}"), &[], None, no);
}

#[test]
fn a_body_is_read_by_its_media_type() {
    let contract = |required: bool, content: Value| {
        operation("3.1.0", json!({"requestBody": {"required": required, "content": content}}))
    };
    let schema = json!({"schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}, "l": {"type": "array", "items": {"type": "string"}}}}});
    let line = "POST https://contract.example/x";
    let json_type = json!({"application/json": schema});
    let form = json!({"application/x-www-form-urlencoded": schema});
    let multipart = json!({"multipart/form-data": {"schema": schema["schema"], "encoding": {"a": {"contentType": "text/plain, application/json"}}}});
    let boundary =
        |part: &str| format!("multipart/form-data; boundary=b|--b\r\n{part}\r\n--b--\r\n");
    for (required, content, body, expected) in [
        (false, &json_type, None, "ok"),
        (true, &json_type, None, "a body is required"),
        (
            true,
            &json_type,
            Some(r#"application/json|{"a":1,"z":1}"#),
            r#"ok body="application/json" body#/a=null"#,
        ),
        (true, &json_type, Some(r#"application/json|{"a":"1"}"#), "the body does not fit"),
        (true, &json_type, Some("application/json|{"), "no JSON"),
        (true, &json_type, Some("text/plain|a"), "`text/plain` is not declared"),
        (
            true,
            &json!({"application/*": {}}),
            Some("application/json|1"),
            "ok body=\"application/json\"",
        ),
        (
            true,
            &json!({"text/plain": {"schema": {"type": "integer"}}}),
            Some("text/plain|5"),
            "ok body=\"text/plain\" body value=\"5\"",
        ),
        (
            true,
            &json!({"text/plain": {"schema": {"type": "integer"}}}),
            Some("text/plain|a"),
            "does not fit",
        ),
        (
            true,
            &json!({"application/xml": schema}),
            Some("application/xml|<a/>"),
            "ok body=\"application/xml\"",
        ),
        (
            true,
            &form,
            Some("application/x-www-form-urlencoded|a=1&l=x&l=y"),
            "ok body=\"application/x-www-form-urlencoded\" body value={\"a\":\"1\",\"l\":[\"x\",\"y\"]} body#/a=null body#/l=null",
        ),
        (true, &form, Some("application/x-www-form-urlencoded|a=x"), "does not fit"),
        (true, &form, Some("application/x-www-form-urlencoded|l=x"), "does not fit"),
        (
            true,
            &json!({"application/x-www-form-urlencoded": {"schema": schema["schema"], "encoding": {"l": {"explode": false}}}}),
            Some("application/x-www-form-urlencoded|a=1&l=x,y"),
            "\"l\":[\"x\",\"y\"]",
        ),
        (
            true,
            &json!({"application/jsonl": {"itemSchema": schema["schema"]}}),
            Some("application/jsonl|{\"a\":1}\n{\"a\":2}\n"),
            "ok body=\"application/jsonl\"",
        ),
        (
            true,
            &json!({"application/jsonl": {"itemSchema": schema["schema"]}}),
            Some("application/jsonl|{\"a\":1}\n{}\n"),
            "an item of the body does not fit",
        ),
    ] {
        check(&contract(required, content.clone()), line, &[], body, expected);
    }
    for (part, expected) in [
        ("content-disposition: form-data; name=\"a\"\r\n\r\n5", "\"a\":5"),
        ("content-disposition: form-data; name=\"a\"\r\n\r\nx", "does not fit"),
        (
            "content-disposition: form-data; name=\"a\"\r\ncontent-type: application/json\r\n\r\n5",
            "\"a\":5",
        ),
        (
            "content-disposition: form-data; name=\"a\"\r\ncontent-type: image/png\r\n\r\n5",
            "is not `text/plain",
        ),
    ] {
        check(&contract(true, multipart.clone()), line, &[], Some(&boundary(part)), expected);
    }
    // Nobody can send a body for which there is no media type.
    check(&contract(true, json!({})), line, &[], None, "ok");
    let body = json!({"required": true, "content": json_type});
    let in_3_0 = operation("3.0.0", json!({"requestBody": body}));
    check(&in_3_0, "GET https://contract.example/x", &[], None, "ok");
    check(&in_3_0, line, &[], None, "a body is required");
}

#[test]
fn parameters_of_2_0_are_bodies_and_forms_too() {
    let contract = |parameters: Value| json!({"swagger": "2.0", "consumes": ["application/json"], "paths": {"/x": {"post": {"parameters": parameters}}}});
    let list = |format: &str| json!([{"name": "q", "in": "query", "type": "array", "items": {"type": "integer"}, "collectionFormat": format}]);
    let line = "POST https://contract.example/x";
    for (parameters, query, body, expected) in [
        (list("csv"), "?q=1,2", None, r#"ok query.q=["1","2"]"#),
        (list("ssv"), "?q=1%202", None, r#"ok query.q=["1","2"]"#),
        (list("tsv"), "?q=1%092", None, r#"ok query.q=["1","2"]"#),
        (list("pipes"), "?q=1|2", None, r#"ok query.q=["1","2"]"#),
        (list("multi"), "?q=1&q=2", None, r#"ok query.q=["1","2"]"#),
        (list("csv"), "?q=1|2", None, "does not fit"),
        (
            json!([{"name": "b", "in": "body", "required": true, "schema": {"type": "integer"}}]),
            "",
            None,
            "a body is required",
        ),
        (
            json!([{"name": "b", "in": "body", "schema": {"type": "integer"}}]),
            "",
            Some("application/json|5"),
            "ok body=\"application/json\"",
        ),
        (
            json!([{"name": "b", "in": "body", "schema": {"type": "integer"}}]),
            "",
            Some("application/json|\"5\""),
            "does not fit",
        ),
        (
            json!([{"name": "f", "in": "formData", "type": "integer", "required": true}]),
            "",
            Some("application/x-www-form-urlencoded|f=5"),
            "ok form.f=\"5\"",
        ),
        (
            json!([{"name": "f", "in": "formData", "type": "integer", "required": true}]),
            "",
            Some("application/x-www-form-urlencoded|g=5"),
            "`form.f` is required",
        ),
        (
            json!([{"name": "f", "in": "formData", "type": "integer", "required": true}]),
            "",
            None,
            "a body is required",
        ),
        (
            json!([{"name": "f", "in": "formData", "type": "file"}]),
            "",
            Some(
                "multipart/form-data; boundary=b|--b\r\ncontent-disposition: form-data; name=f\r\n\r\nx\r\n--b--\r\n",
            ),
            "ok form.f=\"x\"",
        ),
    ] {
        check(&contract(parameters), &format!("{line}{query}"), &[], body, expected);
    }
}

#[test]
fn a_response_is_taken_by_status_headers_and_body() {
    let contract = json!({"openapi": "3.1.0", "paths": {"/x": {"get": {"responses": {
        "200": {"headers": {"X-R": {"required": true, "schema": {"enum": ["a"]}}, "Content-Type": {"required": true}},
            "content": {"application/json": {"schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "writeOnly": true}}}}}},
        "2XX": {}, "404": {"$ref": "#/components/responses/E"}}}, "head": {"responses": {"default": {"content": {"text/plain": {}}}}}}},
        "components": {"responses": {"E": {"content": {"text/*": {}}}}}});
    for (method, status, headers, body, expected) in [
        ("GET", 200, vec!["x-r: a"], Some("application/json|{}"), "ok"),
        ("GET", 200, vec!["x-r: a"], Some("application/json|1"), "the body does not fit"),
        ("GET", 200, vec!["x-r: a"], Some("text/plain|1"), "not declared"),
        ("GET", 200, vec!["x-r: a"], None, "a body is announced"),
        ("GET", 200, vec![], Some("application/json|{}"), "`header.x-r` is announced"),
        ("GET", 200, vec!["x-r: b"], Some("application/json|{}"), "`header.x-r` does not fit"),
        ("GET", 202, vec![], None, "ok"),
        ("GET", 204, vec![], Some("text/plain|x"), "ok"),
        ("GET", 404, vec![], Some("text/html|x"), "ok"),
        ("GET", 404, vec![], None, "a body is announced"),
        ("GET", 500, vec![], None, "the status 500 is not announced"),
        ("HEAD", 500, vec![], None, "ok"),
    ] {
        let mut exchange =
            exchange("", request(&format!("{method} https://contract.example/x"), &[], None));
        let headers = request("GET /", &headers, body);
        exchange.response =
            Some(HttpResponse { status, headers: headers.headers, body: headers.body });
        let seen = answer(&contract, &exchange);
        assert!(seen.trim().contains(expected), "{status} {body:?}: {seen}");
    }
}

#[test]
fn events_are_found_by_name_and_come_from_the_provider() {
    let body = json!({"requestBody": {"required": true, "content": {"application/json": {"schema": {"properties": {"w": {"const": 1, "writeOnly": true}}, "required": ["w"]}}}}});
    let contract = json!({"openapi": "3.1.0", "webhooks": {"order.paid": {"post": body}},
        "paths": {"/subs/{id}": {"post": {"callbacks": {"ev#1": {"{$request.body#/u} x": {"put": body}}, "r": {"$ref": "#/components/callbacks/R"}}}}},
        "components": {"callbacks": {"R": {"{$url}": {"post": {"callbacks": {"in": {"{$u}": {"get": {}}}}}}}}}});
    for (name, method, sent, expected) in [
        ("webhook order.paid POST", "POST", Some("application/json|{}"), "ok"),
        ("webhook order.paid POST", "POST", None, "a body is required"),
        ("webhook order.paid PUT", "PUT", None, "there is no"),
        ("webhook order POST", "POST", None, "there is no"),
        (
            "callback POST /subs/{sub}#ev#1 {$request.body#/u} x PUT",
            "PUT",
            Some("application/json|{}"),
            "ok",
        ),
        ("callback POST /subs/{id}#ev#1 {$request.body#/v} PUT", "PUT", None, "there is no"),
        ("callback POST /subs/{id}#r {$url} POST", "POST", None, "ok"),
        ("callback callback POST /subs/{id}#r {$url} POST#in {$u} GET", "GET", None, "ok"),
        ("callback PUT /subs/{id}#r {$url} POST", "POST", None, "there is no"),
    ] {
        let line = format!("{method} https://consumer.example/");
        let seen = answer(&contract, &exchange(name, request(&line, &[], sent)));
        assert!(seen.contains(expected), "{name}: {seen}");
    }
}

#[test]
fn what_is_taken_but_not_read_is_confirmed_too() {
    let contract = |value: Value| operation("3.1.0", value);
    let query = |name: &str, schema: Value| json!({"parameters": [{"name": name, "in": "query", "explode": false, "schema": schema}]});
    let body = |properties: Value| json!({"requestBody": {"content": {"application/json": {"schema": {"properties": properties}}}}});
    let text = json!({"type": "string"});
    let list = json!({"type": "array", "items": {"type": "string"}});
    let piped = json!({"parameters": [{"name": "q", "in": "query", "explode": false, "style": "pipeDelimited", "schema": list}]});
    for (base, head, sent, expected) in [
        (query("q", text.clone()), json!({}), ("?q=a", None), true),
        (query("q", text.clone()), query("q", text.clone()), ("?q=a", None), false),
        (
            query("q", text.clone()),
            query("q", json!({"type": ["integer", "string"]})),
            ("?q=5", None),
            false,
        ),
        (query("q", text.clone()), query("q", list.clone()), ("?q=a", None), false),
        (query("q", list.clone()), piped, ("?q=a,b", None), true),
        (json!({}), query("q", text), ("?q=a", None), false),
        (body(json!({})), json!({}), ("", Some("application/json|{}")), true),
        (body(json!({"a": {}})), body(json!({})), ("", Some("application/json|{\"a\":1}")), true),
        (body(json!({"a": {}})), body(json!({})), ("", Some("application/json|{\"b\":1}")), false),
    ] {
        let (base, head) = (contract(base).to_string(), contract(head).to_string());
        let world = World::new(
            texts(&[("c.json", &base)]),
            texts(&[("c.json", &head)]),
            Settings::default(),
        );
        let line = format!("POST https://contract.example/x{}", sent.0);
        let ruling = world.rule_exchange(&exchange("POST /x", request(&line, &[], sent.1)));
        assert_eq!(ruling == Ruling::Confirmed, expected, "{base} {head} {ruling:?}");
    }
}

#[test]
fn a_value_without_schema_is_judged_by_what_is_declared() {
    let base = json!({"openapi": "3.1.0", "s": {"properties": {"a": {"type": "string"}}}});
    let head = json!({"openapi": "3.1.0", "s": {}, "paths": {"/x/{id}": {
        "parameters": [{"name": "X-A", "in": "header", "schema": {}}],
        "post": {"parameters": [{"name": "q", "in": "query"}], "requestBody": {"content": {"application/*": {}}},
            "responses": {"2XX": {"headers": {"X-R": {}}, "content": {"text/plain": {}}}, "404": {}}}}}});
    let world = World::new(
        texts(&[("c.json", &base.to_string())]),
        texts(&[("c.json", &head.to_string())]),
        Settings::default(),
    );
    let mut witness = instance("/s", json!({"a": "x"}));
    witness.schema.head = None;
    for (operation, location, expected) in [
        ("POST /x/{n}", "query.q", false),
        ("POST /x/{n}", "query.r", true),
        ("POST /x/{n}", "header.x-a", false),
        ("POST /x/{n}", "body", false),
        ("POST /x/{n}", "status.200.body", false),
        ("POST /x/{n}", "status.404.body", true),
        ("POST /x/{n}", "status.500.body", true),
        ("POST /x/{n}", "status.200.header.x-r", false),
        ("POST /x/{n}", "status.200.header.x-s", true),
        ("PUT /x/{n}", "query.q", true),
        ("POST /y", "query.q", true),
    ] {
        operation.clone_into(&mut witness.operation);
        location.clone_into(&mut witness.location);
        let ruling = world.rule_instance(&witness);
        assert_eq!(ruling == Ruling::Confirmed, expected, "{operation} {location} {ruling:?}");
    }
    let mut unread = instance("/s", json!({"a": "x", "b": 1}));
    for (pointer, expected) in [("/a", true), ("/b", false), ("", false)] {
        pointer.clone_into(&mut unread.pointer);
        let ruling = world.rule_instance(&unread);
        assert_eq!(ruling == Ruling::Confirmed, expected, "{pointer} {ruling:?}");
    }
}

#[test]
fn exchanges_of_the_given_cases_are_confirmed() {
    let Some(corpora) = corpora() else { return };
    let url = "https://contract.example/x";
    let to = |headers: &[&str], query: &str, body| {
        exchange("POST /x", request(&format!("POST {url}{query}"), headers, body))
    };
    let from = |status, headers: &[&str], body: Option<&str>| {
        let mut exchange = to(&[], "", None);
        let sent = request("GET /", headers, body);
        exchange.direction = Direction::FromProvider;
        (exchange.accepted_by, exchange.refused_by) = (Revision::Head, Revision::Base);
        exchange.response = Some(HttpResponse { status, headers: sent.headers, body: sent.body });
        exchange
    };
    let mut event = exchange(
        "callback POST /x#ev {$request.body#/u} POST",
        request("POST https://consumer.example/", &[], None),
    );
    event.direction = Direction::FromProvider;
    let mut shadow = from(200, &[], Some("application/json|1"));
    shadow.request = request("GET https://contract.example/u/me", &[], None);
    let mut moved_server = to(&[], "", None);
    moved_server.request.url = "https://api.x.io/v1/x".to_owned();
    for (case, exchange) in [
        ("01-callback-removed", event),
        ("06-param-anyof-narrow", to(&[], "?q=a", None)),
        ("07-param-path-level-required-added", to(&[], "", None)),
        ("08-param-query-to-header", to(&[], "?q=a", None)),
        ("09-param-style-changed", to(&[], "?q=a,b", None)),
        ("11-path-concrete-added-shadows", shadow),
        ("32-req-body-required-true-default", to(&[], "", None)),
        (
            "35-req-discriminator-mapping-swapped",
            to(&[], "", Some(r#"application/json|{"t":"c","d":1}"#)),
        ),
        ("51-resp-200-added-202", from(202, &[], None)),
        ("53-resp-body-removed", from(200, &[], None)),
        ("55-resp-header-enum-widened", from(200, &["x-r: b"], None)),
        ("56-resp-header-required-dropped", from(200, &[], None)),
        ("64-sec-anonymous-removed", to(&[], "", None)),
        ("65-sec-apikey-moved-to-query", to(&["x-a: ‹A›"], "", None)),
        ("66-sec-http-basic-to-bearer", to(&["authorization: Bearer ‹B›"], "", None)),
        ("67-sec-or-to-and", to(&["x-a: ‹A›"], "", None)),
        ("69-servers-url-changed", moved_server),
    ] {
        let read = |side: &str| {
            fs::read_to_string(corpora.join("contracts/given").join(case).join(side)).unwrap()
        };
        let (base, head) = (read("base.yaml"), read("head.yaml"));
        let world = World::new(
            texts(&[("c.json", &base)]),
            texts(&[("c.json", &head)]),
            Settings::default(),
        );
        assert_eq!(world.rule_exchange(&exchange), Ruling::Confirmed, "{case}");
        let same = World::new(
            texts(&[("c.json", &base)]),
            texts(&[("c.json", &base)]),
            Settings::default(),
        );
        let ruling = same.rule_exchange(&exchange);
        assert!(matches!(ruling, Ruling::Contradicted(_)), "{case} against itself: {ruling:?}");
    }
}
