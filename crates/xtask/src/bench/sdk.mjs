// What only a bundler and a running engine know of an SDK: bytes of a bundle, time of a guard.
//
// Arguments: the folder with the packages, the folder with the SDKs, the program `checks`, and the
// names of the SDKs to bundle. Out: one line of JSON.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [packages, sdks, checks, ...names] = process.argv.slice(2);
const require = createRequire(join(packages, "package.json"));
const esbuild = require("esbuild");

/** Bytes over the wire of a bundle that calls these operations. */
function bundle(folder, imports) {
  const contents = imports.map(({ module, name }, at) => {
    const from = JSON.stringify(`./dist/operations/${module}`);
    return `import { ${name} as o${at} } from ${from}; globalThis.o${at} = o${at};`;
  });
  const { outputFiles } = esbuild.buildSync({
    stdin: { contents: contents.join("\n"), resolveDir: folder },
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    write: false,
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/** All operations of an SDK: what it exports and begins with a client. */
function operations(folder) {
  const found = [];
  for (const module of readdirSync(join(folder, "dist/operations")).filter((it) => it.endsWith(".js")).sort()) {
    const text = readFileSync(join(folder, "dist/operations", module), "utf8");
    for (const [, name] of text.matchAll(/^export function (\w+)\(client\b/gm)) found.push({ module, name });
  }
  return found;
}

/** The operation whose bundle is the one in the middle of a sample, and what one more costs. */
function measured(contract) {
  const folder = join(sdks, contract);
  const all = operations(folder);
  const step = Math.max(1, Math.floor(all.length / 25));
  const sample = all.filter((_, at) => at % step === 0);
  const sized = sample.map((it) => ({ it, bytes: bundle(folder, [it]) })).sort((a, b) => a.bytes - b.bytes);
  const middle = sized[Math.floor(sized.length / 2)];
  const others = sized.filter(({ it }) => it !== middle.it);
  const growth = others.map(({ it }) => bundle(folder, [middle.it, it]) - middle.bytes).sort((a, b) => a - b);
  return {
    contract,
    operation: middle.it.name,
    bytes: middle.bytes,
    furtherBytes: growth[Math.floor(growth.length / 2)] ?? null,
  };
}

const NESTED = {
  type: "object",
  required: ["id", "model", "choices", "usage"],
  properties: {
    id: { type: "string", minLength: 1 },
    model: { type: "string" },
    choices: {
      type: "array",
      items: {
        type: "object",
        required: ["index", "message"],
        properties: {
          index: { type: "integer", minimum: 0 },
          message: {
            type: "object",
            required: ["role", "content"],
            properties: { role: { enum: ["user", "assistant"] }, content: { type: ["string", "null"] } },
          },
        },
      },
    },
    usage: {
      type: "object",
      required: ["in", "out"],
      properties: { in: { type: "integer" }, out: { type: "integer" }, cost: { type: "number" } },
    },
  },
};
const VALUE = {
  id: "a1",
  model: "m",
  choices: [{ index: 0, message: { role: "assistant", content: "hello" } }],
  usage: { in: 12, out: 40, cost: 0.25 },
};

/** Best time of a call, in nanoseconds, over rounds in turn with the others. */
function times(functions) {
  const best = functions.map(() => Infinity);
  const calls = 200_000;
  for (let round = 0; round < 12; round++) {
    functions.forEach((accepts, at) => {
      let good = 0;
      const start = process.hrtime.bigint();
      for (let call = 0; call < calls; call++) if (accepts(VALUE)) good++;
      const took = Number(process.hrtime.bigint() - start) / calls;
      if (good !== calls) throw new Error(`guard ${at} refuses a good value`);
      if (round > 1) best[at] = Math.min(best[at], took);
    });
  }
  return best;
}

async function guards() {
  const folder = join(sdks, "nested");
  mkdirSync(folder, { recursive: true });
  const contract = join(sdks, "nested.openapi.json");
  const info = { title: "Nested", version: "1.0.0" };
  writeFileSync(contract, JSON.stringify({ openapi: "3.1.0", info, paths: {}, components: { schemas: { Nested: NESTED } } }));
  execFileSync(checks, ["sdk", "generate", "--contract", contract, "--out", folder], { stdio: "ignore" });
  const { isNested } = await import(pathToFileURL(join(folder, "dist/guards.js")));
  const { schemas } = await import(pathToFileURL(join(folder, "dist/zod.js")));
  const Ajv = require("ajv/dist/2020.js").default;
  const standalone = require("ajv/dist/standalone").default;
  const ajv = new Ajv({ code: { source: true, esm: false } });
  const file = join(folder, "ajv.cjs");
  writeFileSync(file, standalone(ajv, ajv.compile(NESTED)));
  const byAjv = createRequire(join(packages, "package.json"))(file);
  return times([isNested, byAjv, (value) => schemas.Nested.safeParse(value).success]);
}

const bundles = names.map(measured);
const [guardNanoseconds, ajvNanoseconds, zodNanoseconds] = await guards();
console.log(JSON.stringify({ bundles, guardNanoseconds, ajvNanoseconds, zodNanoseconds }));
