//! Everything around the modules: `package.json`, `tsconfig.json`, the index, the lock.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use crate::{
    model::Model,
    module::Modules,
    operations::Operations,
    options::{Emit, Options},
    plan::{Files, Plan},
    readme,
};

/// The flags that generated code is clean under.
const STRICT: &[&str] = &[
    "strict",
    "exactOptionalPropertyTypes",
    "noUncheckedIndexedAccess",
    "noPropertyAccessFromIndexSignature",
    "noImplicitOverride",
    "noImplicitReturns",
    "isolatedModules",
    "isolatedDeclarations",
    "verbatimModuleSyntax",
    "erasableSyntaxOnly",
    "declaration",
];

/// The ways into an SDK, and the modules that they lead to.
const EXPORTS: &[(&str, &str)] = &[
    (".", "index"),
    ("./operations/*", "operations/*"),
    ("./guards", "guards"),
    ("./zod", "zod"),
    ("./server", "server"),
    ("./server/zod", "server/zod"),
    ("./webhooks", "webhooks"),
    ("./runtime", "runtime"),
];

/// A module of the kit as source, script and declarations.
macro_rules! of_kit {
    ($path:literal) => {
        (
            $path,
            [
                include_str!(concat!("kit/", $path, ".ts")),
                include_str!(concat!("kit/", $path, ".js")),
                include_str!(concat!("kit/", $path, ".d.ts")),
            ],
        )
    };
}

/// Modules that are the same in every SDK. A macro, since a function has no way to `include_str!`.
const STATIC: &[(&str, [&str; 3])] = &[
    of_kit!("guards/kit"),
    of_kit!("runtime"),
    of_kit!("runtime/bodies"),
    of_kit!("runtime/call"),
    of_kit!("runtime/client"),
    of_kit!("runtime/headers"),
    of_kit!("runtime/operation"),
    of_kit!("runtime/pages"),
    of_kit!("runtime/parts"),
    of_kit!("runtime/remarks"),
    of_kit!("runtime/repeat"),
    of_kit!("runtime/result"),
    of_kit!("runtime/security"),
    of_kit!("runtime/streams"),
    of_kit!("runtime/styles"),
    of_kit!("server/kinds"),
    of_kit!("server/kit"),
    of_kit!("server/request"),
    of_kit!("server/schemas"),
    of_kit!("server/styles"),
];

/// The files of those modules with their digests, which are worked out once for all services.
static KIT: OnceLock<Files> = OnceLock::new();

fn kit() -> Files {
    let mut files = Files::default();
    for (path, [source, script, declaration]) in STATIC {
        files.code(format!("src/{path}.ts"), source);
        files.code(format!("dist/{path}.js"), script);
        files.code(format!("dist/{path}.d.ts"), declaration);
    }
    files
}

/// All files of an SDK.
pub(crate) fn plan(
    mut model: Model,
    modules: Modules,
    operations: &Operations,
    options: &Options,
) -> Plan {
    let Modules { mut files, mut paths, has_scripts } = modules;
    paths.extend(STATIC.iter().map(|it| it.0.to_owned()));
    files.share(KIT.get_or_init(kit), |path| has_scripts || path.starts_with("src/"));
    files.markdown("README.md".to_owned(), &readme::text(&model, operations, options));
    files.bare("package.json".to_owned(), package(&paths, options));
    files.bare("tsconfig.json".to_owned(), pretty(&tsconfig()));
    files.bare("sdk.lock.json".to_owned(), lock(&files, options));
    let mut notes = std::mem::take(&mut model.notes);
    notes.sort();
    notes.dedup();
    let n_schemas = model.units().filter(|it| it.1.is_listed()).count();
    let (names, n_operations) = (model.names.into_spellings(), operations.all.len());
    Plan { files, notes, names, n_operations, n_schemas }
}

/// As text: a map would sort `default` before `types`, and whoever resolves takes the first that fits.
fn package(paths: &[String], options: &Options) -> String {
    let mut exports = String::new();
    for (way, module) in EXPORTS {
        let folder = module.strip_suffix('*').unwrap_or("\0");
        if !paths.iter().any(|it| it == module || it.starts_with(folder)) {
            continue;
        }
        let target = match options.emit {
            Emit::SourceAndScript => format!(
                "{{\n      \"types\": \"./dist/{module}.d.ts\",\n      \"default\": \"./dist/{module}.js\"\n    }}"
            ),
            Emit::Source => format!("\"./src/{module}.ts\""),
        };
        exports.push_str(&format!("    \"{way}\": {target},\n"));
    }
    let name = json!(options.package);
    format!(
        r#"{{
  "name": {name},
  "version": "0.0.0",
  "type": "module",
  "sideEffects": false,
  "exports": {{
{exports}    "./package.json": "./package.json"
  }},
  "peerDependencies": {{
    "hono": "^4",
    "zod": "^4.6"
  }},
  "peerDependenciesMeta": {{
    "hono": {{
      "optional": true
    }},
    "zod": {{
      "optional": true
    }}
  }}
}}
"#
    )
}

fn tsconfig() -> Value {
    let mut options: Map<String, Value> =
        STRICT.iter().map(|it| ((*it).to_owned(), json!(true))).collect();
    let rest = json!({
        "target": "es2022",
        "lib": ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
        "module": "nodenext",
        "moduleResolution": "nodenext",
        "outDir": "dist",
        "rootDir": "src",
        "skipLibCheck": false,
        "types": [],
    });
    if let Value::Object(rest) = rest {
        options.extend(rest);
    }
    json!({"compilerOptions": options, "include": ["src"]})
}

fn lock(files: &Files, options: &Options) -> String {
    let digests: Map<String, Value> =
        files.digests().map(|(path, digest)| (path.to_owned(), json!(digest))).collect();
    let emit = match options.emit {
        Emit::SourceAndScript => "ts+js",
        Emit::Source => "ts",
    };
    let formats = match options.formats {
        contracts::Formats::None => "none",
        contracts::Formats::Numeric => "numeric",
        contracts::Formats::All => "all",
    };
    kernel::canonical_json(&json!({
        "schema": "checks-sdk/v1",
        "contract": {"path": options.contract_path, "digest": options.contract_digest},
        "generator": options.generator,
        "options": {"emit": emit, "formats": formats, "package": options.package, "service": options.service},
        "files": digests,
    }))
}

/// JSON as people write it: two spaces, one newline at the end.
fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
