// checks:sdk v1 922fbde4083b4b7b9ca089bb99ad83c1f8df284299f7c3ae136e6bdf5e3a5e1a
import type { GuardIssue } from "../guards/kit.js";
import type { Input } from "../runtime/operation.js";
import { type Row } from "../runtime/parts.js";
import { type Kind } from "./kinds.js";
import { type Read } from "./styles.js";
export { isFile, isFiles, isText, noFile, noText } from "../runtime/parts.js";
/** A parameter as the server reads it. */
export interface Parameter {
    readonly in: "path" | "query" | "headers" | "cookies";
    readonly name: string;
    readonly read: Read;
    readonly kind: Kind;
    /** Its text is not percent-encoded, though it is in a cookie: style `cookie`. */
    readonly isRaw?: boolean;
}
/** All of a query as one value (3.2), from what stands behind the `?`. */
export type ReadQuery = (search: string) => unknown;
/** A body as it came. */
export interface Sent {
    readonly type: string;
    readonly request: Request;
    /** All of it, up to the limit. */
    readonly bytes: () => Promise<ArrayBuffer>;
}
export type ReadBody = (sent: Sent) => Promise<unknown>;
/** An operation as the server knows it. */
export interface Served {
    /** The name of its handler. */
    readonly name: string;
    readonly id: string;
    readonly method: string;
    readonly path: string;
    readonly parameters?: readonly Parameter[];
    /** The parameter that is the whole query. */
    readonly query?: ReadQuery;
    /** By media type: lower case, no parameters; ranges as `text/*`. */
    readonly body?: Readonly<Record<string, ReadBody>>;
    /** `x-max-bytes`. */
    readonly maxBytes?: number;
    /** The guards of what was read; the body is `["body"]`. */
    readonly rows: readonly Row[];
    readonly replies: Readonly<Record<string, Reply>>;
}
/** One status of an operation. */
export interface Reply {
    readonly content?: Readonly<Record<string, ReplyMedia>>;
    /** The names of the headers that must be there, in lower case. */
    readonly required?: readonly string[];
}
export interface ReplyMedia {
    readonly is?: (value: unknown) => boolean;
    readonly issues?: (value: unknown, limit?: number) => readonly GuardIssue[];
}
/** Why a request has no handler: it is answered with this. */
export interface Problem {
    readonly status: 400 | 413 | 415;
    readonly title: string;
    readonly issues: readonly GuardIssue[];
}
/** Reads and guards everything that the operation takes. */
export declare function inputOf(operation: Served, request: Request, bytes: (limit: number) => Promise<ArrayBuffer | undefined>): Promise<{
    readonly input: Input;
    readonly problem?: Problem;
}>;
export declare const json: ReadBody;
export declare const text: ReadBody;
export declare const binary: ReadBody;
/** `x-stream`: not even the limit is looked at. */
export declare const stream: ReadBody;
export declare const lines: ReadBody;
export declare const records: ReadBody;
/** How the properties of a form are read that are not written as usual. */
type Reads = Readonly<Record<string, Read>>;
/** `application/x-www-form-urlencoded`. */
export declare const urlencoded: (kind: Kind, reads?: Reads) => ReadBody;
/** `multipart/form-data`: files are `File`. */
export declare const multipart: (kind: Kind) => ReadBody;
export declare const queryForm: (kind: Kind) => ReadQuery;
export declare const queryJson: ReadQuery;
export declare const queryText: ReadQuery;
/** The values of a path by their names, still encoded; nothing if it is another path. */
export declare function pathValues(template: string, pathname: string): Map<string, string> | undefined;
