// The parts of a request: parameters, body, key, check. Each one names its functions, so that none is paid for unused.
import { own, pick } from "./call.js";
import { raw } from "./styles.js";
const nothing = () => {
    throw undefined;
};
const encoded = encodeURIComponent;
/** A scalar as it is written as one text. */
const one = (_, value, encode) => encode(String(value));
const pair = (name, value, encode) => encoded(name) + "=" + encode(String(value));
/** Calls with the value if there is one. */
const parameter = (place, name, put) => (sketch) => {
    sketch.at = [place, name];
    const value = own(sketch.input[place], name);
    if (value !== undefined)
        put(sketch, value);
    else if (place === "path")
        nothing();
};
/** `{name}` in the path. No value is empty, and none is a way up. */
export const inPath = (name, write = one, encode = encoded) => parameter("path", name, (sketch, value) => {
    sketch.path = sketch.path.replaceAll(`{${name}}`, () => write(name, value, encode) || nothing());
    // NOTE: a URL has no spelling of `.` and `..` as plain values: `%2e%2e` is a way up as well.
    if (/\/(\.|%2e){1,2}(\/|$)/i.test(sketch.path))
        nothing();
});
export const inQuery = (name, write = pair, encode = encoded) => parameter("query", name, (sketch, value) => {
    const text = write(name, value, encode);
    if (text !== undefined)
        sketch.path += (sketch.path.includes("?") ? "&" : "?") + text;
});
export const inHeader = (name, write = one, encode = raw) => parameter("headers", name, (sketch, value) => {
    const text = write(name, value, encode);
    if (text === undefined)
        return;
    sketch.headers.set(name, text);
    // A header loses spaces at its ends: better none than another one.
    if (sketch.headers.get(name) !== text)
        nothing();
});
export const inCookie = (name, write = pair, encode = encoded) => parameter("cookies", name, ({ headers }, value) => {
    let text = write(name, value, encode);
    if (text === undefined)
        return;
    if (/[;\s]/.test(text))
        nothing();
    if (typeof value === "object")
        text = text.replaceAll("&", "; ");
    const others = headers.get("cookie");
    headers.set("cookie", (others ? others + "; " : "") + text);
});
/** The body by its media types; the first is taken if the caller does not say. */
export const body = (types) => (sketch) => {
    const { input, operation } = sketch;
    sketch.at = ["body"];
    if (input.body === undefined)
        return;
    const type = input.contentType ?? Object.keys(types)[0] ?? "";
    const payload = (pick(types, type) ?? nothing)(input.body, type);
    if (payload.type !== null)
        sketch.headers.set("content-type", payload.type ?? type);
    sketch.payload = payload;
    // There is no such request under GET, and this is who knows.
    new Request("http://body.example", { method: operation.method, body: "" });
};
/** The header that makes an operation repeatable: one key for all attempts of a call. */
export const idempotencyKey = (name) => ({ headers, settings }) => headers.set(name, settings.idempotencyKey ?? crypto.randomUUID());
/** A part of a form that is bytes. */
export const isFile = (value) => value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
export const isFiles = (value) => Array.isArray(value) && value.every(isFile);
/** A part that is text, and no file. */
export const isText = (value) => typeof value === "string";
export const noText = () => [{ path: [], keyword: "type", message: "must be string", schema: "" }];
export const noFile = () => [{ path: [], keyword: "format", message: "must be a file", schema: "" }];
/** Holds a request against the contract if the caller wants that. */
export const checked = (...rows) => ({ issues, input, settings }) => {
    if (settings.checkRequests)
        issues.push(...faults(input, rows, 1));
};
/** What breaks the contract in an input. */
export function faults(input, rows, limit) {
    const found = [];
    for (const [path, is, issues, isRequired, types] of rows) {
        if (types && !types.includes(input.contentType))
            continue;
        // A body that may be left out needs none of its parts then.
        if (path[0] === "body" && path.length > 1 && input.body === undefined)
            continue;
        let value = input;
        for (const name of path)
            value = own(value, String(name));
        if (value === undefined) {
            if (isRequired)
                found.push({ path, keyword: "required", message: "required", schema: "" });
        }
        else if (!is(value)) {
            for (const it of issues(value, limit))
                found.push({ ...it, path: [...path, ...it.path] });
        }
    }
    return found;
}
