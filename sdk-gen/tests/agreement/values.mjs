// Values for the components of a contract: what fits, what nearly fits, and what does not.

/** A generator of numbers that is the same in every run of a seed. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { next, below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)] };
}

const POOL = [
  null, true, false, 0, 1, -1, 2, 3, 5, 10, 1.5, 0.1, 0.3, 19.99, 1e20, -1e20, 1e-7, 2147483648, 9007199254740993,
  "", "a", "b", "ab", "abc", "abcdefghij", "😀", "😀😀", "é", "a\u2028b", "A1", "x-a", "2020-02-30", "1", "true", " ",
  [], [null], [1], ["a"], [1, 1], [1, "1"], [[1], [1]], [{ a: 1, b: 2 }, { b: 2, a: 1 }], ["a", "b", "c"], [1, 2, 3, 4, 5],
  {}, { a: 1 }, { a: "a" }, { b: null }, { a: { a: 1 } }, { "x-a": 1 }, { constructor: 1 }, { toString: "a" },
  { valueOf: 1, a: 1 }, JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":{"a":1}}'), { a: 1, b: 2, c: 3, d: 4 },
];

/** One value that the schema may take, more or less. */
export function sample(schema, world, depth = 0) {
  const { dice, resolve } = world;
  if (schema === true || schema === false || typeof schema !== "object" || schema === null) return dice.pick(POOL);
  if (depth > 6) return dice.pick(POOL.slice(0, 30));
  if (dice.next() < 0.03) return dice.pick(POOL);
  const further = (inner) => sample(inner, world, depth + 1);
  const ref = schema.$ref ?? schema.$dynamicRef;
  if (typeof ref === "string") {
    const target = resolve(ref);
    const base = target === undefined ? dice.pick(POOL) : further(target);
    return joined(base, { ...schema, $ref: undefined, $dynamicRef: undefined }, world, depth);
  }
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return dice.pick(schema.enum);
  for (const word of ["oneOf", "anyOf"]) {
    if (Array.isArray(schema[word])) {
      return joined(further(dice.pick(schema[word])), { ...schema, [word]: undefined }, world, depth);
    }
  }
  if (Array.isArray(schema.allOf)) {
    let value = joined({}, { ...schema, allOf: undefined }, world, depth);
    for (const part of schema.allOf) value = merged(value, further(part));
    return value;
  }
  return plain(schema, world, depth);
}

function joined(base, schema, world, depth) {
  const says = ["type", "properties", "required", "items", "allOf", "anyOf", "oneOf"].some((it) => schema[it] !== undefined);
  return says ? merged(base, sample(schema, world, depth + 1)) : base;
}

const isObject = (it) => typeof it === "object" && it !== null && !Array.isArray(it);
const merged = (one, other) => (isObject(one) && isObject(other) ? { ...one, ...other } : isObject(one) && Object.keys(one).length > 0 ? one : other);

function plain(schema, world, depth) {
  const { dice } = world;
  const types = schema.type === undefined ? guessed(schema, dice) : [schema.type].flat();
  switch (dice.pick(types)) {
    case "null": return null;
    case "boolean": return dice.next() < 0.5;
    case "integer": case "number": return number(schema, dice);
    case "string": return text(schema, dice);
    case "array": return list(schema, world, depth);
    case "object": return object(schema, world, depth);
    default: return dice.pick(POOL);
  }
}

function guessed(schema, dice) {
  if (schema.properties || schema.required || schema.additionalProperties !== undefined || schema.patternProperties) return ["object", "object", "object", "string"];
  if (schema.items || schema.prefixItems || schema.contains || schema.uniqueItems) return ["array", "array", "array", "number"];
  if (schema.minLength !== undefined || schema.maxLength !== undefined || schema.pattern) return ["string", "string", "number"];
  if (["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"].some((it) => schema[it] !== undefined)) return ["number", "number", "string"];
  return [dice.pick(["null", "boolean", "number", "string", "array", "object"])];
}

function number(schema, dice) {
  const step = typeof schema.multipleOf === "number" ? schema.multipleOf : 1;
  const anchor = [schema.minimum, schema.maximum, schema.exclusiveMinimum, schema.exclusiveMaximum].filter((it) => typeof it === "number");
  const base = anchor.length > 0 ? dice.pick(anchor) : dice.below(7) * step;
  return dice.pick([base, base, base + step, base - step, base + 0.5, dice.below(100) * step]);
}

function text(schema, dice) {
  const length = dice.pick([schema.minLength ?? 1, schema.maxLength ?? 3, (schema.minLength ?? 1) - 1, (schema.maxLength ?? 3) + 1]);
  const alphabet = dice.pick(["a", "ab", "A0", "😀", "x-"]);
  let out = "";
  while ([...out].length < Math.min(length, 200)) out += dice.pick([...alphabet]);
  if (schema.example !== undefined && typeof schema.example === "string" && dice.next() < 0.5) return schema.example;
  return typeof schema.pattern === "string" && dice.next() < 0.7 ? matching(schema.pattern, dice) : out;
}

/** A text that simple patterns match; others need luck. */
function matching(pattern, dice) {
  let out = "";
  const parts = pattern.replace(/^\^|\$$/g, "").match(/\\.|\[[^\]]*\]|\([^)]*\)|[^*+?{}]|\{[^}]*\}|[*+?]/gu) ?? [];
  for (const part of parts) {
    if (/^[*+?]$|^\{/.test(part)) continue;
    if (part === "\\d") out += dice.below(10);
    else if (part === "\\w") out += "a";
    else if (part.startsWith("\\")) out += part[1];
    else if (part.startsWith("[^")) out += "q";
    else if (part.startsWith("[")) out += dice.pick([part[1], part[part.length - 2] ?? "a"]);
    else if (part.startsWith("(")) out += part.slice(1, -1).replace(/^\?:/, "").split("|")[0];
    else if (part !== "^" && part !== "$") out += part;
  }
  return out;
}

function list(schema, world, depth) {
  const { dice } = world;
  const size = dice.pick([schema.minItems ?? 0, schema.maxItems ?? 2, (schema.minItems ?? 1) - 1, (schema.maxItems ?? 3) + 1, 2]);
  const out = [];
  for (let at = 0; at < Math.min(Math.max(size, 0), 12); at++) {
    const part = schema.prefixItems?.[at] ?? (dice.next() < 0.3 ? schema.contains : undefined) ?? schema.items ?? schema.contains ?? true;
    out.push(sample(Array.isArray(part) ? part[at] ?? true : part, world, depth + 1));
  }
  return out;
}

function object(schema, world, depth) {
  const { dice } = world;
  const out = {};
  const set = (name, value) => Object.defineProperty(out, name, { value, enumerable: true, configurable: true, writable: true });
  const properties = schema.properties ?? {};
  for (const name of Object.keys(properties)) {
    const needed = schema.required?.includes(name);
    if (dice.next() < (needed ? 0.96 : depth > 3 ? 0.2 : 0.6)) set(name, sample(properties[name], world, depth + 1));
  }
  for (const name of schema.required ?? []) if (!Object.hasOwn(out, name) && dice.next() < 0.9) set(name, dice.pick(POOL));
  for (const pattern of Object.keys(schema.patternProperties ?? {})) {
    if (dice.next() < 0.6) set(matching(pattern, dice), sample(schema.patternProperties[pattern], world, depth + 1));
  }
  const more = schema.additionalProperties ?? schema.unevaluatedProperties;
  if (isObject(more) && dice.next() < 0.7) set(dice.pick(["k1", "k2", "a"]), sample(more, world, depth + 1));
  return out;
}

/** The value with one thing changed somewhere. */
export function mutated(value, dice) {
  const copy = structuredClone(value);
  if (Array.isArray(copy) && copy.length > 0) {
    const at = dice.below(copy.length);
    const way = dice.below(4);
    if (way === 0) copy.splice(at, 1);
    else if (way === 1) copy.push(structuredClone(copy[at]));
    else copy[at] = way === 2 ? dice.pick(POOL) : mutated(copy[at], dice);
    return copy;
  }
  if (isObject(copy) && Object.keys(copy).length > 0) {
    const name = dice.pick(Object.keys(copy));
    const way = dice.below(5);
    const set = (key, it) => Object.defineProperty(copy, key, { value: it, enumerable: true, configurable: true, writable: true });
    if (way === 0) delete copy[name];
    else if (way === 1) set(dice.pick(["extra", "x-a", "a", "toString", "__proto__", "constructor"]), dice.pick(POOL));
    else set(name, way === 2 ? dice.pick(POOL) : mutated(copy[name], dice));
    return copy;
  }
  if (typeof copy === "string") return dice.pick([copy + "a", copy.slice(1), copy + "😀", copy.toUpperCase(), 1]);
  if (typeof copy === "number") return dice.pick([copy + 1, copy - 1, copy + 0.5, -copy, String(copy)]);
  return dice.pick(POOL);
}

export const pool = POOL;
