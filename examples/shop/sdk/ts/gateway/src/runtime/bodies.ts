// checks:sdk v1 6f1b53c1d8d2933a9c98f657f1e54294eb317eefe9f3c40c3c987766fcbec9ea
// How bodies are written.

import type { WriteBody, Write } from "./operation.js";
import { formExploded, scalar } from "./styles.js";

/** `application/json` and whatever ends in `+json`. */
export const json: WriteBody = (value) => ({ init: { body: JSON.stringify(value) } });
/** `text/*`, and what has no schema of its own. */
export const text: WriteBody = (value) => ({ init: { body: String(value) } });
/** One JSON text a line: `application/jsonl`, `application/x-ndjson`. */
export const lines: WriteBody = (value) => ({ init: { body: sequence(value, "") } });
/** `application/json-seq`. */
export const records: WriteBody = (value) => ({ init: { body: sequence(value, "\x1e") } });
const sequence = (value: unknown, start: string): string => (value as readonly unknown[]).map((it) => start + JSON.stringify(it) + "\n").join("");

/** Bytes as they are. A file may know its type better than a contract that takes any. */
export const binary: WriteBody = (value, type) => {
  const own = (value instanceof Blob && value.type) || "application/octet-stream";
  const common = { type: type.includes("*") ? own : undefined };
  if (value instanceof ReadableStream) return { ...common, init: { body: value as ReadableStream<Uint8Array>, duplex: "half" }, isOnce: true };
  return { ...common, init: { body: value as BodyInit } };
};

/** What `encoding` says of a property. */
export interface Field {
  /** Its media type; several are possible. */
  readonly type?: string;
  /** Its style, in forms that are one text. */
  readonly write?: Write;
}
type Fields = Readonly<Record<string, Field>>;

const present = (value: unknown): [string, unknown][] => Object.entries(value as object).filter(([, it]) => it !== undefined);

/** `application/x-www-form-urlencoded`: lists repeat their name, objects are JSON. */
export const urlencoded = (fields: Fields = {}): WriteBody => (value) => {
  const body = present(value).map(([name, it]) => {
    const { type = "", write } = Object.hasOwn(fields, name) ? (fields[name] ?? {}) : {};
    const written = /[/+]json$/.test(type) ? JSON.stringify(it) : it;
    return (write ?? formExploded)(name, write || Array.isArray(written) ? written : scalar(written), encodeURIComponent);
  });
  return { init: { body: body.filter((it) => it !== undefined).join("&") } };
};

/** `multipart/form-data` and its like: lists are repeated parts, objects are JSON, files keep name and type. */
export const multipart = (fields: Fields = {}): WriteBody => (value, type) => {
  const boundary = "part-" + crypto.randomUUID();
  const body: BlobPart[] = [];
  for (const [name, it] of present(value)) {
    const { type: known = "" } = Object.hasOwn(fields, name) ? (fields[name] ?? {}) : {};
    const isWhole = !Array.isArray(it) || /[/+]json$/.test(known);
    for (const part of isWhole ? [it] : it) body.push(`--${boundary}\r\n`, ...written(name, part, known.split(",")[0]?.trim() ?? ""), "\r\n");
  }
  return { init: { body: new Blob([...body, `--${boundary}--\r\n`]) }, type: `${type}; boundary=${boundary}` };
};

/** Header and content of a part. */
function written(name: string, value: unknown, known: string): BlobPart[] {
  const isFile = value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
  const isJson = !isFile && (/[/+]json$/.test(known) || (typeof value === "object" && value !== null));
  const concrete = known.includes("*") ? "" : known;
  const type = isFile ? (value instanceof Blob && value.type) || concrete || "application/octet-stream" : concrete || (isJson ? "application/json" : "");
  const file = value instanceof File ? value.name : isFile ? name : undefined;
  const header = `content-disposition: form-data; name="${quoted(name)}"${file === undefined ? "" : `; filename="${quoted(file)}"`}\r\n${type && `content-type: ${type}\r\n`}\r\n`;
  return [header, isFile ? (value as BlobPart) : isJson ? JSON.stringify(value) : String(value)];
}

/** As the HTML standard escapes names: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const quoted = (name: string): string => name.replace(/["\r\n]/g, encodeURIComponent);
