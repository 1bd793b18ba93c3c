// checks:sdk v1 2870e8fd74091a61271d1bdddf7486fbf98a805fe6e14b1bb699f9a71c209b6e
// How bodies are written.
import { formExploded, scalar } from "./styles.js";
/** `application/json` and whatever ends in `+json`. */
export const json = (value) => ({ init: { body: JSON.stringify(value) } });
/** `text/*`, and what has no schema of its own. */
export const text = (value) => ({ init: { body: String(value) } });
/** One JSON text a line: `application/jsonl`, `application/x-ndjson`. */
export const lines = (value) => ({ init: { body: sequence(value, "") } });
/** `application/json-seq`. */
export const records = (value) => ({ init: { body: sequence(value, "\x1e") } });
const sequence = (value, start) => value.map((it) => start + JSON.stringify(it) + "\n").join("");
/** Bytes as they are. A file may know its type better than a contract that takes any. */
export const binary = (value, type) => {
    const own = (value instanceof Blob && value.type) || "application/octet-stream";
    const common = { type: type.includes("*") ? own : undefined };
    if (value instanceof ReadableStream)
        return { ...common, init: { body: value, duplex: "half" }, isOnce: true };
    return { ...common, init: { body: value } };
};
const present = (value) => Object.entries(value).filter(([, it]) => it !== undefined);
/** `application/x-www-form-urlencoded`: lists repeat their name, objects are JSON. */
export const urlencoded = (fields = {}) => (value) => {
    const body = present(value).map(([name, it]) => {
        const { type = "", write } = Object.hasOwn(fields, name) ? (fields[name] ?? {}) : {};
        const written = /[/+]json$/.test(type) ? JSON.stringify(it) : it;
        return (write ?? formExploded)(name, write || Array.isArray(written) ? written : scalar(written), encodeURIComponent);
    });
    return { init: { body: body.filter((it) => it !== undefined).join("&") } };
};
/** `multipart/form-data` and its like: lists are repeated parts, objects are JSON, files keep name and type. */
export const multipart = (fields = {}) => (value, type) => {
    const boundary = "part-" + crypto.randomUUID();
    const body = [];
    for (const [name, it] of present(value)) {
        const { type: known = "" } = Object.hasOwn(fields, name) ? (fields[name] ?? {}) : {};
        const isWhole = !Array.isArray(it) || /[/+]json$/.test(known);
        for (const part of isWhole ? [it] : it)
            body.push(`--${boundary}\r\n`, ...written(name, part, known.split(",")[0]?.trim() ?? ""), "\r\n");
    }
    return { init: { body: new Blob([...body, `--${boundary}--\r\n`]) }, type: `${type}; boundary=${boundary}` };
};
/** Header and content of a part. */
function written(name, value, known) {
    const isFile = value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
    const isJson = !isFile && (/[/+]json$/.test(known) || (typeof value === "object" && value !== null));
    const concrete = known.includes("*") ? "" : known;
    const type = isFile ? (value instanceof Blob && value.type) || concrete || "application/octet-stream" : concrete || (isJson ? "application/json" : "");
    const file = value instanceof File ? value.name : isFile ? name : undefined;
    const header = `content-disposition: form-data; name="${quoted(name)}"${file === undefined ? "" : `; filename="${quoted(file)}"`}\r\n${type && `content-type: ${type}\r\n`}\r\n`;
    return [header, isFile ? value : isJson ? JSON.stringify(value) : String(value)];
}
/** As the HTML standard escapes names: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const quoted = (name) => name.replace(/["\r\n]/g, encodeURIComponent);
