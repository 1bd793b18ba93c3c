//! A monorepo: services that each have a configuration, a contract, a workflow and a package.

use serde_json::{Value, json};

use crate::generate::File;

/// Operations and schemas of a contract; it then has about 23 KB.
const OPERATIONS: usize = 22;

/// The files of so many services, all green under the policy that comes with them.
pub(crate) fn files(n_services: usize) -> impl Iterator<Item = File> {
    let policy = ("checks.toml".to_owned(), POLICY.to_owned());
    std::iter::once(policy).chain((0..n_services).flat_map(service))
}

const POLICY: &str = "# A policy as `checks init` leaves it: the defaults.\n[gates.route-audit]\n";

fn service(number: usize) -> [File; 4] {
    let name = format!("svc-{number:04}");
    [
        (format!("services/{name}/wrangler.toml"), wrangler(&name, number)),
        (format!("services/{name}/package.json"), package(&name)),
        (format!("contracts/{name}.openapi.json"), contract(&name, number)),
        (format!(".github/workflows/{name}.yml"), workflow(&name)),
    ]
}

/// The configuration of one service; `number` makes its routes its own. No zone gets more routes
/// than Cloudflare allows.
pub(crate) fn wrangler(name: &str, number: usize) -> String {
    let zone = format!("shop{}.example", number / 250);
    format!(
        r#"name = "{name}"
main = "src/index.ts"
compatibility_date = "2026-05-01"
workers_dev = false
preview_urls = false

# What the outside reaches.
routes = [
  {{ pattern = "api.{zone}/v1/s{number}/*", zone_name = "{zone}" }},
  {{ pattern = "api.{zone}/v1/s{number}", zone_name = "{zone}" }},
]

[vars]
STAGE = "production"
LEVEL = {number}

[[kv_namespaces]]
binding = "CACHE"
id = "{number:032x}"

[env.staging]
routes = [{{ pattern = "staging.{zone}/v1/s{number}/*", zone_name = "{zone}" }}]

[env.staging.vars]
STAGE = "staging"
LEVEL = {number}

[[env.staging.kv_namespaces]]
binding = "CACHE"
id = "{number:032x}"

[observability]
enabled = true
"#
    )
}

fn package(name: &str) -> String {
    let package = json!({
        "name": format!("@shop/{name}"),
        "version": "1.0.0",
        "private": true,
        "scripts": {
            "build": "tsc --noEmit",
            "test": "vitest run",
            "deploy": "wrangler deploy",
            "deploy:staging": "wrangler deploy --env staging"
        },
        "devDependencies": {"typescript": "5.9.0", "vitest": "4.0.0", "wrangler": "4.164.0"}
    });
    format!("{package:#}\n")
}

fn workflow(name: &str) -> String {
    format!(
        r"name: {name}
on:
  push:
    branches: [main]
    paths: ['services/{name}/**']
  pull_request:
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - name: Install and test
        run: |
          npm ci
          npm test
      - uses: cloudflare/wrangler-action@v3
        with:
          apiToken: ${{{{ secrets.CLOUDFLARE_API_TOKEN }}}}
          workingDirectory: services/{name}
"
    )
}

fn contract(name: &str, number: usize) -> String {
    let paths = (0..OPERATIONS).map(|it| {
        (format!("/v1/s{number}/things{it}/{{id}}"), json!({"get": operation(name, it)}))
    });
    let schemas = (0..OPERATIONS).map(|it| (format!("Thing{it}"), schema(name, number, it)));
    let error = json!({"type": "object",
                       "properties": {"code": {"type": "string"}, "message": {"type": "string"}}});
    let schemas = schemas.chain([("Error".to_owned(), error)]);
    json!({
        "openapi": "3.1.0",
        "info": {"title": name, "version": format!("1.0.{number}")},
        "paths": Value::Object(paths.collect()),
        "components": {"schemas": Value::Object(schemas.collect())},
    })
    .to_string()
}

fn operation(name: &str, number: usize) -> Value {
    let reference = |it: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{it}")}}});
    json!({
        "operationId": format!("getThing{number}"),
        "summary": format!("Get thing {number} of service {name}"),
        "tags": [format!("t{number}")],
        "parameters": [
            {"name": "id", "in": "path", "required": true,
             "schema": {"type": "string", "pattern": format!("^[a-z0-9-]{{1,{}}}$", 20 + number)}},
            {"name": "limit", "in": "query",
             "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}}
        ],
        "responses": {
            "200": {"description": "ok", "content": reference(&format!("Thing{number}"))},
            "404": {"description": "missing", "content": reference("Error")}
        }
    })
}

fn schema(name: &str, service: usize, number: usize) -> Value {
    json!({
        "type": "object",
        "required": ["id", "name"],
        "description": format!("Thing {number} in service {name}"),
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "name": {"type": "string", "minLength": 1, "maxLength": 60 + service % 7 + number},
            "created_at": {"type": "string", "format": "date-time"},
            "state": {"type": "string", "enum": ["open", "closed", "draft", name]},
            "count": {"type": "integer", "minimum": 0},
            "labels": {"type": "array", "items": {"type": "string"}},
            "meta": {"type": "object", "additionalProperties": {"type": "string"}}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn a_thousand_services_have_four_thousand_files_and_24_megabytes() {
        let all: Vec<_> = files(100).collect();
        assert_eq!(all.len(), 401);
        let n_bytes: usize = all.iter().map(|it| it.1.len()).sum();
        assert!((2_200_000..2_600_000).contains(&n_bytes), "{n_bytes}");
    }
}
