// checks:sdk v1 99e55992122ecf4a8a03f39187b4ebd8c44e41f9e7adb429935d1edb161cba8a
// A request becomes the input that its handler takes, or what is wrong with it.
import { own, pick } from "../runtime/call.js";
import { faults } from "../runtime/parts.js";
import { memberOf, parsed, text as asText, valueOf } from "./kinds.js";
import { formExploded, halves } from "./styles.js";
export { isFile, isFiles, isText, noFile, noText } from "../runtime/parts.js";
const ISSUES = 20;
const invalid = (path, keyword, message) => ({ path, keyword, message, schema: "" });
/** Reads and guards everything that the operation takes. */
export async function inputOf(operation, request, bytes) {
    const issues = [];
    const input = {};
    read(operation, request, input, issues);
    const problem = await withBody(operation, request, bytes, input, issues);
    if (problem)
        return { input, problem };
    // What could not even be read is not held against its guard too.
    const unread = new Set(issues.map((it) => it.path.join("/")));
    issues.push(...faults(input, operation.rows, ISSUES).filter((it) => !unread.has(it.path.join("/"))));
    return issues.length === 0 ? { input } : { input, problem: { status: 400, title: "Bad Request", issues: issues.slice(0, ISSUES) } };
}
function read(operation, request, input, issues) {
    const url = new URL(request.url);
    // Nothing behind a `?` is a query still, of no members.
    const hasQuery = /^[^#]*\?/.test(request.url);
    try {
        const value = hasQuery ? operation.query?.(url.search.slice(1)) : undefined;
        if (value !== undefined)
            input["query"] = value;
    }
    catch {
        issues.push(invalid(["query"], "encoding", "not readable"));
    }
    const segments = pathValues(operation.path, url.pathname);
    const query = pairsOf(url.search.slice(1), "&");
    const cookies = pairsOf(request.headers.get("cookie") ?? "", ";");
    for (const { in: place, name, read, kind, isRaw } of operation.parameters ?? []) {
        const taken = new Set(operation.parameters?.filter((it) => it.in === place && it.name !== name).map((it) => it.name));
        const decode = place === "headers" || isRaw ? (it) => it.trim() : place === "query" ? (it) => decodeURIComponent(it.replaceAll("+", " ")) : decodeURIComponent;
        const pairs = place === "query" ? query : cookies;
        const text = place === "path" ? segments?.get(name) : place === "headers" ? (request.headers.get(name) ?? undefined) : undefined;
        const source = { text, pairs, taken, decode };
        const group = (input[place] ??= {});
        try {
            const value = read(source, name, kind);
            if (value !== undefined)
                Object.defineProperty(group, name, { value, enumerable: true, configurable: true, writable: true });
        }
        catch {
            issues.push(invalid([place, name], "encoding", "not percent-encoded"));
        }
    }
}
const pairsOf = (written, delimiter) => written.split(delimiter).filter((it) => it.trim() !== "").map((it) => halves(it.trimStart()));
async function withBody(operation, request, bytes, input, issues) {
    if (!operation.body || (request.body === null && !request.headers.has("content-type")))
        return undefined;
    const type = /^[^\s;,]+\/[^\s;,]+/.exec(request.headers.get("content-type") ?? "")?.[0].toLowerCase() ?? "application/octet-stream";
    const readBody = pick(operation.body, type);
    const limit = operation.maxBytes ?? Infinity;
    const tooLarge = { status: 413, title: "Content Too Large", issues: [invalid(["body"], "x-max-bytes", `more than ${limit} bytes`)] };
    if (Number(request.headers.get("content-length") ?? 0) > limit)
        return tooLarge;
    if (!readBody) {
        // Nothing is no body of the wrong kind.
        if (request.headers.get("content-length") === "0")
            return undefined;
        return { status: 415, title: "Unsupported Media Type", issues: [invalid(["body"], "content-type", `none of ${Object.keys(operation.body).join(", ")}`)] };
    }
    let isLarge = false;
    const all = async () => {
        const found = await bytes(limit);
        isLarge = found === undefined;
        return found ?? new ArrayBuffer(0);
    };
    try {
        input["contentType"] = type;
        input["body"] = await readBody({ type: request.headers.get("content-type") ?? type, request, bytes: all });
    }
    catch {
        issues.push(invalid(["body"], "body", `not readable as ${type}`));
    }
    return isLarge ? tooLarge : undefined;
}
// Bodies.
const decoded = async ({ bytes }) => new TextDecoder().decode(await bytes());
export const json = async (sent) => {
    const written = await decoded(sent);
    return written === "" ? undefined : JSON.parse(written);
};
export const text = decoded;
export const binary = async ({ bytes, type }) => new Blob([await bytes()], { type });
/** `x-stream`: not even the limit is looked at. */
export const stream = async ({ request }) => request.body;
export const lines = async (sent) => (await decoded(sent)).split("\n").filter((it) => it.trim() !== "").map((it) => JSON.parse(it));
export const records = async (sent) => (await decoded(sent)).split("\x1e").filter((it) => it.trim() !== "").map((it) => JSON.parse(it));
/** `application/x-www-form-urlencoded`. */
export const urlencoded = (kind, reads) => async (sent) => formOf(await decoded(sent), kind, reads);
/** The members of a form. */
function formOf(written, kind, reads = {}) {
    const pairs = pairsOf(written, "&");
    const source = { pairs, taken: new Set(), decode: (it) => decodeURIComponent(it.replaceAll("+", " ")) };
    const names = new Set([...Object.keys(kind.members ?? {}), ...pairs.map(([name]) => source.decode(name))]);
    const members = [...names].flatMap((name) => {
        const known = memberOf(kind, name);
        const special = own(reads, name);
        // An object is one JSON text here, and no spread of members.
        const value = special ? special(source, name, known ?? asText) : formExploded(source, name, known ? { ...known, ...(!known.items && { scalar: (it) => valueOf(it, known) }) } : { scalar: asIs, items: asText });
        return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(members);
}
const asIs = (it) => it;
/** `multipart/form-data`: files are `File`. */
export const multipart = (kind) => async ({ bytes, type }) => {
    // Platforms read parts of no other kind, though all are written alike.
    const known = type.replace(/^\s*multipart\/[^\s;,]+/i, "multipart/form-data");
    const form = await new Response(await bytes(), { headers: { "content-type": known } }).formData();
    const members = [...new Set(form.keys())].map((name) => {
        const known = memberOf(kind, name) ?? asText;
        const all = form.getAll(name);
        const one = (it, of) => (typeof it === "string" ? valueOf(it, of) : it);
        const [first = ""] = all;
        if (!known.items)
            return [name, all.length > 1 && !memberOf(kind, name) ? all : one(first, known)];
        // A list may also have come as one JSON text.
        const whole = all.length === 1 && typeof first === "string" ? parsed(first) : undefined;
        return [name, Array.isArray(whole) ? whole : all.map((it) => one(it, known.items ?? asText))];
    });
    return Object.fromEntries(members);
};
// Whole queries, by their media types.
export const queryForm = (kind) => (search) => formOf(search, kind);
export const queryJson = (search) => (search === "" ? undefined : JSON.parse(decodeURIComponent(search)));
export const queryText = decodeURIComponent;
// Paths.
/** A template as an expression of its end: a mounted app may have something before it. */
const expressions = new Map();
function expression(template) {
    const known = expressions.get(template);
    if (known)
        return known;
    const names = [];
    const source = template.replace(/\{([^{}]*)\}|[^{}]+|[{}]/g, (part, name) => {
        if (name === undefined)
            return part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
        names.push(name);
        return "([^/]+?)";
    });
    const made = { pattern: new RegExp(source + "$"), names };
    expressions.set(template, made);
    return made;
}
/** The values of a path by their names, still encoded; nothing if it is another path. */
export function pathValues(template, pathname) {
    const { pattern, names } = expression(template.split(/[?#]/)[0] ?? "");
    const match = pattern.exec(pathname);
    return match ? new Map(names.map((name, at) => [name, match[at + 1] ?? ""])) : undefined;
}
