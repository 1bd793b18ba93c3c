// What guards are made of: the same bytes in every SDK of one generator version.
// Predicates decide; checks run only after a predicate said no, and tell where and why.
/** The issues of a value that its predicate refused. */
export function collect(check, value, limit) {
    const sink = { issues: [], limit: Math.max(1, limit) };
    check(value, [], sink);
    if (sink.issues.length === 0)
        bad([], sink, "", "schema", "does not conform");
    return sink.issues;
}
/** A guard as a value. */
export function guard(is, issues, complete) {
    const validate = (value) => (is(value) ? { value } : { issues: issues(value) });
    return { is, issues, complete, "~standard": { version: 1, vendor: "checks", validate } };
}
/** An object, and neither null nor a list. */
export function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** Has the object a member of its own by this name? */
export function has(value, name) {
    return Object.hasOwn(value, name);
}
/** Has the text so many code points? A pair of surrogates is one. */
export function atLeast(text, min) {
    return text.length >= min && (text.length >= 2 * min || points(text) >= min);
}
/** Has the text no more code points than this? */
export function atMost(text, max) {
    return text.length <= max || (text.length <= 2 * max && points(text) <= max);
}
function points(text) {
    let count = 0;
    for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at);
        if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length) {
            const next = text.charCodeAt(at + 1);
            if (next >= 0xdc00 && next < 0xe000)
                at++;
        }
        count++;
    }
    return count;
}
/** Is the number a multiple of the step, both taken as the decimals they are written as? */
export function multiple(value, step) {
    if (!Number.isFinite(value))
        return false;
    const [one, oneScale] = decimal(String(value));
    const [other, otherScale] = decimal(step);
    const scale = Math.max(oneScale, otherScale);
    const left = one * 10n ** BigInt(scale - oneScale);
    return left % (other * 10n ** BigInt(scale - otherScale)) === 0n;
}
function decimal(text) {
    const [mantissa = "0", power = "0"] = text.toLowerCase().split("e");
    const [whole = "0", fraction = ""] = mantissa.split(".");
    const scale = fraction.length - Number(power);
    const digits = BigInt(whole + fraction);
    return scale >= 0 ? [digits, scale] : [digits * 10n ** BigInt(-scale), 0];
}
/** Are they one JSON value? Members count in any order. */
export function same(left, right) {
    if (left === right)
        return true;
    if (Array.isArray(left)) {
        if (!Array.isArray(right) || left.length !== right.length)
            return false;
        for (let at = 0; at < left.length; at++)
            if (!same(left[at], right[at]))
                return false;
        return true;
    }
    if (!isObject(left) || !isObject(right))
        return false;
    const names = Object.keys(left);
    if (names.length !== Object.keys(right).length)
        return false;
    for (const name of names)
        if (!has(right, name) || !same(left[name], right[name]))
            return false;
    return true;
}
/** Are no two items one JSON value? */
export function unique(items) {
    const plain = new Set();
    const keys = new Set();
    for (const item of items) {
        if (typeof item === "object" && item !== null) {
            const key = canonical(item);
            if (keys.has(key))
                return false;
            keys.add(key);
        }
        else {
            if (plain.has(item))
                return false;
            plain.add(item);
        }
    }
    return true;
}
function canonical(value) {
    if (Array.isArray(value))
        return "[" + value.map(canonical).join(",") + "]";
    if (!isObject(value))
        return JSON.stringify(Object.is(value, -0) ? 0 : value);
    const names = Object.keys(value).sort();
    return "{" + names.map((name) => JSON.stringify(name) + ":" + canonical(value[name])).join(",") + "}";
}
/** Do so many of these tests hold? Stops when that is decided. */
export function exactlyOne(value, tests) {
    let held = false;
    for (const test of tests) {
        if (!test(value))
            continue;
        if (held)
            return false;
        held = true;
    }
    return held;
}
/** Do all members and items that nothing looked at pass? */
export function rest(value, kind, mark, test) {
    const seen = new Set();
    mark(value, seen);
    if (kind === "items")
        return !Array.isArray(value) || value.every((item, at) => seen.has(at) || test(item));
    return !isObject(value) || Object.keys(value).every((name) => seen.has(name) || test(value[name]));
}
// Marks.
export function markMembers(value, seen, ...names) {
    if (isObject(value))
        for (const name of names)
            if (has(value, name))
                seen.add(name);
}
export function markMatching(value, seen, pattern) {
    if (isObject(value))
        for (const name of Object.keys(value))
            if (pattern.test(name))
                seen.add(name);
}
export function markAllMembers(value, seen) {
    if (isObject(value))
        for (const name of Object.keys(value))
            seen.add(name);
}
export function markItems(value, seen, count) {
    if (Array.isArray(value))
        for (let at = 0; at < Math.min(count, value.length); at++)
            seen.add(at);
}
export function markFound(value, seen, test) {
    if (Array.isArray(value))
        value.forEach((item, at) => { if (test(item))
            seen.add(at); });
}
// Checks.
function bad(path, sink, schema, keyword, message) {
    if (sink.issues.length < sink.limit)
        sink.issues.push({ path, keyword, message, schema: schema + "/" + keyword });
}
const escaped = (name) => name.replaceAll("~", "~0").replaceAll("/", "~1");
/** Runs checks one after the other, as long as there is room for issues. */
export function run(value, path, sink, schema, checks) {
    for (const check of checks)
        if (sink.issues.length < sink.limit)
            check(value, path, sink, schema);
}
/** `test` or one issue. */
export const needs = (keyword, message, test) => (value, path, sink, schema) => {
    if (!test(value))
        bad(path, sink, schema, keyword, message);
};
/** The kinds that most schemas ask for. */
export const mustBeString = /* @__PURE__ */ needs("type", "must be string", (value) => typeof value === "string");
export const mustBeNumber = /* @__PURE__ */ needs("type", "must be number", (value) => typeof value === "number");
export const mustBeInteger = /* @__PURE__ */ needs("type", "must be integer", (value) => Number.isInteger(value));
export const mustBeBoolean = /* @__PURE__ */ needs("type", "must be boolean", (value) => typeof value === "boolean");
export const mustBeArray = /* @__PURE__ */ needs("type", "must be array", (value) => Array.isArray(value));
export const mustBeObject = /* @__PURE__ */ needs("type", "must be object", (value) => isObject(value));
export const mustBeNull = /* @__PURE__ */ needs("type", "must be null", (value) => value === null);
export const mayBeNullOrString = /* @__PURE__ */ needs("type", "must be string or null", (value) => typeof value === "string" || value === null);
export const mayBeNullOrNumber = /* @__PURE__ */ needs("type", "must be number or null", (value) => typeof value === "number" || value === null);
export const mayBeNullOrInteger = /* @__PURE__ */ needs("type", "must be integer or null", (value) => Number.isInteger(value) || value === null);
export const mayBeNullOrBoolean = /* @__PURE__ */ needs("type", "must be boolean or null", (value) => typeof value === "boolean" || value === null);
export const mayBeNullOrArray = /* @__PURE__ */ needs("type", "must be array or null", (value) => Array.isArray(value) || value === null);
export const mayBeNullOrObject = /* @__PURE__ */ needs("type", "must be object or null", (value) => isObject(value) || value === null);
export const required = (...names) => (value, path, sink, schema) => {
    if (isObject(value))
        for (const name of names)
            if (!has(value, name))
                bad([...path, name], sink, schema, "required", "required");
};
export const member = (name, ...checks) => (value, path, sink, schema) => {
    if (isObject(value) && has(value, name))
        run(value[name], [...path, name], sink, schema + "/properties/" + escaped(name), checks);
};
export const matching = (written, pattern, ...checks) => (value, path, sink, schema) => {
    if (!isObject(value))
        return;
    for (const name of Object.keys(value)) {
        if (pattern.test(name))
            run(value[name], [...path, name], sink, schema + "/patternProperties/" + escaped(written), checks);
    }
};
export const others = (names, patterns, ...checks) => (value, path, sink, schema) => {
    if (!isObject(value))
        return;
    for (const name of Object.keys(value)) {
        if (names.includes(name) || patterns.some((pattern) => pattern.test(name)))
            continue;
        run(value[name], [...path, name], sink, schema + "/additionalProperties", checks);
    }
};
export const named = (test) => (value, path, sink, schema) => {
    if (isObject(value))
        for (const name of Object.keys(value))
            if (!test(name))
                bad([...path, name], sink, schema, "propertyNames", "this name is not allowed");
};
/** No value at all. */
export const never = (_value, path, sink, schema) => {
    const at = schema.lastIndexOf("/");
    bad(path, sink, schema.slice(0, at), schema.slice(at + 1), "not allowed here");
};
export const item = (keyword, index, ...checks) => (value, path, sink, schema) => {
    if (Array.isArray(value) && value.length > index)
        run(value[index], [...path, index], sink, schema + "/" + keyword + "/" + index, checks);
};
export const items = (keyword, from, ...checks) => (value, path, sink, schema) => {
    if (!Array.isArray(value))
        return;
    for (let at = from; at < value.length && sink.issues.length < sink.limit; at++)
        run(value[at], [...path, at], sink, schema + "/" + keyword, checks);
};
/** The same value by the schema further in: `allOf/0`, `then`. */
export const within = (way, ...checks) => (value, path, sink, schema) => {
    run(value, path, sink, schema + "/" + way, checks);
};
export const when = (test, check) => (value, path, sink, schema) => {
    if (test(value))
        check(value, path, sink, schema);
};
export const unlooked = (keyword, kind, mark, test) => (value, path, sink, schema) => {
    const seen = new Set();
    mark(value, seen);
    const tell = (at, part) => {
        if (!seen.has(at) && !test(part))
            bad([...path, at], sink, schema, keyword, "not allowed here");
    };
    if (kind === "items" && Array.isArray(value))
        value.forEach((part, at) => tell(at, part));
    if (kind === "members" && isObject(value))
        for (const name of Object.keys(value))
            tell(name, value[name]);
};
