// checks:sdk v1 1f4a9ce322bb7396e9c01878039e5c7d370b2ee29c9fef197422bd03492180ae
// What guards are made of: the same bytes in every SDK of one generator version.
// Predicates decide; checks run only after a predicate said no, and tell where and why.

/** One place where a value breaks the contract. */
export interface GuardIssue {
  /** The way to it in the value. */
  readonly path: readonly (string | number)[];
  /** The keyword that it breaks. */
  readonly keyword: string;
  /** One sentence. */
  readonly message: string;
  /** The keyword's place in the contract, as a JSON pointer. */
  readonly schema: string;
}

/** What a Standard Schema answers. */
export type StandardResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[] };

/** A guard as a value: also a Standard Schema, which form libraries and routers take. */
export interface Guard<T> {
  /** Does the value conform? Nothing is copied or altered. */
  readonly is: (value: unknown) => value is T;
  /** Why it does not; empty if it does. */
  readonly issues: (value: unknown, limit?: number) => readonly GuardIssue[];
  /** Does the guard keep every keyword of the contract? */
  readonly complete: boolean;
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "checks";
    readonly validate: (value: unknown) => StandardResult<T>;
    readonly types?: { readonly input: T; readonly output: T } | undefined;
  };
}

export type Path = readonly (string | number)[];
/** Where issues are collected, up to a limit. */
export interface Sink {
  readonly issues: GuardIssue[];
  readonly limit: number;
}
export type Test = (value: unknown) => boolean;
/** Tells what is wrong with a value at a path, by the schema at a pointer. */
export type Check = (value: unknown, path: Path, sink: Sink, schema: string) => void;
/** Notes which members and items of a value a schema looks at. */
export type Mark = (value: unknown, seen: Set<string | number>) => void;

type Members = Readonly<Record<string, unknown>>;

/** The issues of a value that its predicate refused. */
export function collect(check: (value: unknown, path: Path, sink: Sink) => void, value: unknown, limit: number): readonly GuardIssue[] {
  const sink: Sink = { issues: [], limit: Math.max(1, limit) };
  check(value, [], sink);
  if (sink.issues.length === 0) bad([], sink, "", "schema", "does not conform");
  return sink.issues;
}

/** A guard as a value. */
export function guard<T>(is: (value: unknown) => value is T, issues: (value: unknown, limit?: number) => readonly GuardIssue[], complete: boolean): Guard<T> {
  const validate = (value: unknown): StandardResult<T> => (is(value) ? { value } : { issues: issues(value) });
  return { is, issues, complete, "~standard": { version: 1, vendor: "checks", validate } };
}

/** An object, and neither null nor a list. */
export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Has the object a member of its own by this name? */
export function has(value: object, name: string): boolean {
  return Object.hasOwn(value, name);
}

/** Has the text so many code points? A pair of surrogates is one. */
export function atLeast(text: string, min: number): boolean {
  return text.length >= min && (text.length >= 2 * min || points(text) >= min);
}

/** Has the text no more code points than this? */
export function atMost(text: string, max: number): boolean {
  return text.length <= max || (text.length <= 2 * max && points(text) <= max);
}

function points(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length) {
      const next = text.charCodeAt(at + 1);
      if (next >= 0xdc00 && next < 0xe000) at++;
    }
    count++;
  }
  return count;
}

/** Is the number a multiple of the step, both taken as the decimals they are written as? */
export function multiple(value: number, step: string): boolean {
  if (!Number.isFinite(value)) return false;
  const [one, oneScale] = decimal(String(value));
  const [other, otherScale] = decimal(step);
  const scale = Math.max(oneScale, otherScale);
  const left = one * 10n ** BigInt(scale - oneScale);
  return left % (other * 10n ** BigInt(scale - otherScale)) === 0n;
}

function decimal(text: string): [bigint, number] {
  const [mantissa = "0", power = "0"] = text.toLowerCase().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(power);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? [digits, scale] : [digits * 10n ** BigInt(-scale), 0];
}

/** Are they one JSON value? Members count in any order. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    for (let at = 0; at < left.length; at++) if (!same(left[at], right[at])) return false;
    return true;
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  for (const name of names) if (!has(right, name) || !same(left[name], right[name])) return false;
  return true;
}

/** Are no two items one JSON value? */
export function unique(items: readonly unknown[]): boolean {
  const plain = new Set<unknown>();
  const keys = new Set<string>();
  for (const item of items) {
    if (typeof item === "object" && item !== null) {
      const key = canonical(item);
      if (keys.has(key)) return false;
      keys.add(key);
    } else {
      if (plain.has(item)) return false;
      plain.add(item);
    }
  }
  return true;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (!isObject(value)) return JSON.stringify(Object.is(value, -0) ? 0 : value);
  const names = Object.keys(value).sort();
  return "{" + names.map((name) => JSON.stringify(name) + ":" + canonical(value[name])).join(",") + "}";
}

/** Do so many of these tests hold? Stops when that is decided. */
export function exactlyOne(value: unknown, tests: readonly Test[]): boolean {
  let held = false;
  for (const test of tests) {
    if (!test(value)) continue;
    if (held) return false;
    held = true;
  }
  return held;
}

/** Do all members and items that nothing looked at pass? */
export function rest(value: unknown, kind: "members" | "items", mark: Mark, test: Test): boolean {
  const seen = new Set<string | number>();
  mark(value, seen);
  if (kind === "items") return !Array.isArray(value) || value.every((item, at) => seen.has(at) || test(item));
  return !isObject(value) || Object.keys(value).every((name) => seen.has(name) || test(value[name]));
}

// Marks.

export function markMembers(value: unknown, seen: Set<string | number>, ...names: string[]): void {
  if (isObject(value)) for (const name of names) if (has(value, name)) seen.add(name);
}
export function markMatching(value: unknown, seen: Set<string | number>, pattern: RegExp): void {
  if (isObject(value)) for (const name of Object.keys(value)) if (pattern.test(name)) seen.add(name);
}
export function markAllMembers(value: unknown, seen: Set<string | number>): void {
  if (isObject(value)) for (const name of Object.keys(value)) seen.add(name);
}
export function markItems(value: unknown, seen: Set<string | number>, count: number): void {
  if (Array.isArray(value)) for (let at = 0; at < Math.min(count, value.length); at++) seen.add(at);
}
export function markFound(value: unknown, seen: Set<string | number>, test: Test): void {
  if (Array.isArray(value)) value.forEach((item, at) => { if (test(item)) seen.add(at); });
}

// Checks.

function bad(path: Path, sink: Sink, schema: string, keyword: string, message: string): void {
  if (sink.issues.length < sink.limit) sink.issues.push({ path, keyword, message, schema: schema + "/" + keyword });
}

const escaped = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** Runs checks one after the other, as long as there is room for issues. */
export function run(value: unknown, path: Path, sink: Sink, schema: string, checks: readonly Check[]): void {
  for (const check of checks) if (sink.issues.length < sink.limit) check(value, path, sink, schema);
}

/** `test` or one issue. */
export const needs = (keyword: string, message: string, test: Test): Check => (value, path, sink, schema) => {
  if (!test(value)) bad(path, sink, schema, keyword, message);
};
/** The kinds that most schemas ask for. */
export const mustBeString: Check = /* @__PURE__ */ needs("type", "must be string", (value) => typeof value === "string");
export const mustBeNumber: Check = /* @__PURE__ */ needs("type", "must be number", (value) => typeof value === "number");
export const mustBeInteger: Check = /* @__PURE__ */ needs("type", "must be integer", (value) => Number.isInteger(value));
export const mustBeBoolean: Check = /* @__PURE__ */ needs("type", "must be boolean", (value) => typeof value === "boolean");
export const mustBeArray: Check = /* @__PURE__ */ needs("type", "must be array", (value) => Array.isArray(value));
export const mustBeObject: Check = /* @__PURE__ */ needs("type", "must be object", (value) => isObject(value));
export const mustBeNull: Check = /* @__PURE__ */ needs("type", "must be null", (value) => value === null);
export const mayBeNullOrString: Check = /* @__PURE__ */ needs("type", "must be string or null", (value) => typeof value === "string" || value === null);
export const mayBeNullOrNumber: Check = /* @__PURE__ */ needs("type", "must be number or null", (value) => typeof value === "number" || value === null);
export const mayBeNullOrInteger: Check = /* @__PURE__ */ needs("type", "must be integer or null", (value) => Number.isInteger(value) || value === null);
export const mayBeNullOrBoolean: Check = /* @__PURE__ */ needs("type", "must be boolean or null", (value) => typeof value === "boolean" || value === null);
export const mayBeNullOrArray: Check = /* @__PURE__ */ needs("type", "must be array or null", (value) => Array.isArray(value) || value === null);
export const mayBeNullOrObject: Check = /* @__PURE__ */ needs("type", "must be object or null", (value) => isObject(value) || value === null);
export const required = (...names: string[]): Check => (value, path, sink, schema) => {
  if (isObject(value)) for (const name of names) if (!has(value, name)) bad([...path, name], sink, schema, "required", "required");
};
export const member = (name: string, ...checks: Check[]): Check => (value, path, sink, schema) => {
  if (isObject(value) && has(value, name)) run(value[name], [...path, name], sink, schema + "/properties/" + escaped(name), checks);
};
export const matching = (written: string, pattern: RegExp, ...checks: Check[]): Check => (value, path, sink, schema) => {
  if (!isObject(value)) return;
  for (const name of Object.keys(value)) {
    if (pattern.test(name)) run(value[name], [...path, name], sink, schema + "/patternProperties/" + escaped(written), checks);
  }
};
export const others = (names: readonly string[], patterns: readonly RegExp[], ...checks: Check[]): Check => (value, path, sink, schema) => {
  if (!isObject(value)) return;
  for (const name of Object.keys(value)) {
    if (names.includes(name) || patterns.some((pattern) => pattern.test(name))) continue;
    run(value[name], [...path, name], sink, schema + "/additionalProperties", checks);
  }
};
export const named = (test: Test): Check => (value, path, sink, schema) => {
  if (isObject(value)) for (const name of Object.keys(value)) if (!test(name)) bad([...path, name], sink, schema, "propertyNames", "this name is not allowed");
};
/** No value at all. */
export const never: Check = (_value, path, sink, schema) => {
  const at = schema.lastIndexOf("/");
  bad(path, sink, schema.slice(0, at), schema.slice(at + 1), "not allowed here");
};
export const item = (keyword: string, index: number, ...checks: Check[]): Check => (value, path, sink, schema) => {
  if (Array.isArray(value) && value.length > index) run(value[index], [...path, index], sink, schema + "/" + keyword + "/" + index, checks);
};
export const items = (keyword: string, from: number, ...checks: Check[]): Check => (value, path, sink, schema) => {
  if (!Array.isArray(value)) return;
  for (let at = from; at < value.length && sink.issues.length < sink.limit; at++) run(value[at], [...path, at], sink, schema + "/" + keyword, checks);
};
/** The same value by the schema further in: `allOf/0`, `then`. */
export const within = (way: string, ...checks: Check[]): Check => (value, path, sink, schema) => {
  run(value, path, sink, schema + "/" + way, checks);
};
export const when = (test: Test, check: Check): Check => (value, path, sink, schema) => {
  if (test(value)) check(value, path, sink, schema);
};
export const unlooked = (keyword: string, kind: "members" | "items", mark: Mark, test: Test): Check => (value, path, sink, schema) => {
  const seen = new Set<string | number>();
  mark(value, seen);
  const tell = (at: string | number, part: unknown): void => {
    if (!seen.has(at) && !test(part)) bad([...path, at], sink, schema, keyword, "not allowed here");
  };
  if (kind === "items" && Array.isArray(value)) value.forEach((part, at) => tell(at, part));
  if (kind === "members" && isObject(value)) for (const name of Object.keys(value)) tell(name, value[name]);
};
