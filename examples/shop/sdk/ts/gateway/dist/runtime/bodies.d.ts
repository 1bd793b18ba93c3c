// checks:sdk v1 e020a4628c370c3548fb17597ba58040a9a67bea93428477b46f409140fbd08b
import type { WriteBody, Write } from "./operation.js";
/** `application/json` and whatever ends in `+json`. */
export declare const json: WriteBody;
/** `text/*`, and what has no schema of its own. */
export declare const text: WriteBody;
/** One JSON text a line: `application/jsonl`, `application/x-ndjson`. */
export declare const lines: WriteBody;
/** `application/json-seq`. */
export declare const records: WriteBody;
/** Bytes as they are. A file may know its type better than a contract that takes any. */
export declare const binary: WriteBody;
/** What `encoding` says of a property. */
export interface Field {
    /** Its media type; several are possible. */
    readonly type?: string;
    /** Its style, in forms that are one text. */
    readonly write?: Write;
}
type Fields = Readonly<Record<string, Field>>;
/** `application/x-www-form-urlencoded`: lists repeat their name, objects are JSON. */
export declare const urlencoded: (fields?: Fields) => WriteBody;
/** `multipart/form-data` and its like: lists are repeated parts, objects are JSON, files keep name and type. */
export declare const multipart: (fields?: Fields) => WriteBody;
export {};
