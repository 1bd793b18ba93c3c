// The components of a contract as JSON Schema 2020-12, judged by ajv.

import { createRequire } from "node:module";

// ajv compares objects with members named `toString` or `valueOf` by calling them; JSON has no such thing.
const require = createRequire(process.env.PEERS ?? import.meta.url);
const comparison = require.resolve("fast-deep-equal", { paths: [require.resolve("ajv")] });
require(comparison);
require.cache[comparison].exports = equal;
const Ajv = require("ajv/dist/2020.js").default;

function equal(left, right) {
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((it) => Object.hasOwn(right, it) && equal(left[it], right[it]));
}

/** ajv divides binary fractions; the specification means the decimals. */
const multipleOf = {
  keyword: "multipleOf",
  type: "number",
  validate: (step, value) => {
    const [top, low] = [value, step].map((it) => Number(it).toExponential().match(/^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/));
    if (top === null || low === null) return false;
    const [scale, integer] = [(it) => Number(it[4]) - (it[3]?.length ?? 0), (it) => BigInt(it[2] + (it[3] ?? ""))];
    const least = Math.min(scale(top), scale(low));
    const whole = (it) => integer(it) * 10n ** BigInt(scale(it) - least);
    return whole(top) % whole(low) === 0n;
  },
};

const RANGES = {
  int8: [-128, 127], int16: [-32768, 32767], int32: [-2147483648, 2147483647], int64: [-(2 ** 63), 2 ** 63],
  uint8: [0, 255], uint16: [0, 65535], uint32: [0, 4294967295], uint64: [0, 2 ** 64],
};
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const MAPS = ["properties", "patternProperties", "dependentSchemas", "$defs"];
const SINGLE = ["items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else", "unevaluatedProperties", "unevaluatedItems"];
const OLD = ["const", "if", "then", "else", "patternProperties", "prefixItems", "contains", "propertyNames", "dependentSchemas", "dependentRequired", "unevaluatedProperties", "unevaluatedItems", "$defs", "$anchor", "$id"];

/** A schema of OpenAPI 3.0 or Swagger 2.0 in the words of 2020-12. */
export function rewritten(schema, version) {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return schema;
  const isOld = version.startsWith("3.0") || version.startsWith("2");
  if (isOld && schema.$ref !== undefined) return { $ref: schema.$ref };
  const out = { ...schema };
  if (isOld) {
    for (const word of OLD) delete out[word];
    if (version.startsWith("2")) for (const word of ["anyOf", "oneOf", "not"]) delete out[word];
    const nullable = version.startsWith("2") ? out["x-nullable"] : out.nullable;
    if (nullable === true && out.type !== undefined) out.type = [...[out.type].flat(), "null"];
    if (out.type === "file") delete out.type;
    for (const [strict, plain] of [["exclusiveMinimum", "minimum"], ["exclusiveMaximum", "maximum"]]) {
      const isStrict = out[strict] === true;
      delete out[strict];
      if (isStrict && out[plain] !== undefined) {
        out[strict] = out[plain];
        delete out[plain];
      }
    }
  }
  // Said beside `type` above; elsewhere it means nothing, and ajv refuses it.
  delete out.nullable;
  if (out["x-extensible-enum"] === true) delete out.enum;
  // Annotations may hold anything, also what looks like a name of a schema; and 2020-12 has no recursive references, ajv does.
  for (const word of Object.keys(out)) if (word.startsWith("x-") || ["discriminator", "$recursiveRef", "$recursiveAnchor", "example", "examples", "default"].includes(word)) delete out[word];
  for (const word of LISTS) if (Array.isArray(out[word])) out[word] = out[word].map((it) => rewritten(it, version));
  for (const word of MAPS) {
    if (typeof out[word] === "object" && out[word] !== null) {
      out[word] = Object.fromEntries(Object.entries(out[word]).map(([name, it]) => [name, rewritten(it, version)]));
    }
  }
  for (const word of SINGLE) if (out[word] !== undefined) out[word] = rewritten(out[word], version);
  return out;
}

/** For each component a test, or the reason why there is none. */
export function oracle(contract) {
  const version = contract.openapi ?? contract.swagger;
  const schemas = (version.startsWith("2") ? contract.definitions : contract.components?.schemas) ?? {};
  const names = Object.keys(schemas);
  const inside = Object.fromEntries(names.map((name) => [name, rewritten(schemas[name], version)]));
  const document = version.startsWith("2") ? { definitions: inside } : { components: { schemas: inside } };
  const regExp = (pattern, flags) => {
    try {
      return new RegExp(pattern, flags);
    } catch {
      return new RegExp(pattern);
    }
  };
  regExp.code = "new RegExp";
  const ajv = new Ajv({ strict: false, logger: false, allErrors: false, ownProperties: true, code: { regExp }, validateSchema: false, addUsedSchema: false });
  ajv.removeKeyword("multipleOf");
  ajv.addKeyword(multipleOf);
  for (const [name, [low, high]] of Object.entries(RANGES)) {
    ajv.addFormat(name, { type: "number", validate: (it) => it >= low && it <= high });
  }
  ajv.addSchema({ $id: "https://contract.example/", ...document });
  const prefix = version.startsWith("2") ? "/definitions/" : "/components/schemas/";
  const tests = new Map();
  for (const name of names) {
    const way = prefix + encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
    try {
      tests.set(name, ajv.compile({ $ref: `https://contract.example/#${way}` }));
    } catch (error) {
      tests.set(name, String(error.message));
    }
  }
  return { tests, schemas, inside, document };
}
