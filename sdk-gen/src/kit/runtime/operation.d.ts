import type { GuardIssue } from "../guards/kit.js";
import type { CallOptions, Client, Outcome, OperationInfo, Retry, Validate } from "./client.js";
export type Test = (value: unknown) => boolean;
export type Explain = (value: unknown, limit?: number) => readonly GuardIssue[];
/** What a call takes, by where it goes. The inputs of operations are narrower. */
export interface Input {
    readonly path?: object;
    readonly query?: object;
    readonly headers?: object;
    readonly cookies?: object;
    readonly body?: unknown;
    /** Which of several media types the body has. */
    readonly contentType?: string;
}
/** Makes text of what is sent: percent-encoding in paths and queries. */
export type Encode = (text: string) => string;
/**
 * The text of a parameter: what stands for `{name}` in a path, `name=value` (or several joined by `&`) in a query,
 * the value of a header, `name=value` (or several joined by `; `) in a cookie. Nothing: left out.
 */
export type Write = (name: string, value: unknown, encode: Encode) => string | undefined;
export interface Parameter {
    readonly in: "path" | "query" | "headers" | "cookies";
    readonly name: string;
    /** How a value is written; absent: as one text, as `simple` and `form` do with scalars. */
    readonly write?: Write;
    /** Absent: percent-encoding in paths, queries and cookies, none in headers. `reserved` for `allowReserved`. */
    readonly encode?: Encode;
}
/** The part of a request that a body makes. The media type is the contract's if `type` is missing, and fetch's own if it is null. */
export interface Payload {
    readonly body: BodyInit;
    readonly type?: string | null;
    /** Can it be read but once? */
    readonly once?: boolean;
}
export type WriteBody = (value: unknown, type: string) => Payload;
/** How a body is written, by its media type; the first is taken if the caller does not say. */
export type BodySpec = Readonly<Record<string, WriteBody>>;
/** An answer that is being read. */
export interface Reading {
    readonly operation: Operation;
    readonly response: Response;
    readonly media: Media;
    readonly validate: Validate;
    readonly client: Client;
    readonly options: CallOptions;
    /** Sends the same request once more with further headers. */
    readonly again: (headers: Readonly<Record<string, string>>) => Promise<Outcome>;
}
/** One media type of a response. */
export interface Media {
    readonly is?: Test;
    readonly issues?: Explain;
    /** For streams; absent: read whole, as its content type says. */
    readonly read?: (reading: Reading) => unknown;
    /** What is told about a value though it conforms: `unsafeIntegers`. */
    readonly remarks?: (value: unknown) => readonly GuardIssue[];
}
export interface ResponseSpec {
    /** By media type: lower case, no parameters; ranges as `text/*`. Absent: no body. */
    readonly content?: Readonly<Record<string, Media>>;
    /** Reads the documented headers, and collects what is wrong with them: `headers(…)`. */
    readonly headers?: (headers: Headers, issues: GuardIssue[]) => object;
}
/** Where a request goes, before it is made. */
export interface Draft {
    readonly url: URL;
    readonly headers: Headers;
}
export type Send = (request: Request) => Promise<Response>;
/** The credentials of one call. */
export interface Session {
    /** Puts them into the request of an attempt. */
    readonly put: (draft: Draft) => Promise<void>;
    /** Asks for new ones after a 401; no if there is nobody to ask. */
    readonly renew: () => Promise<boolean>;
    /** Sends a request and follows redirects: without credentials where they lead to another origin. */
    readonly send: (request: Request, next: Send, payload: Payload | undefined) => Promise<Response>;
}
/** Nothing: credentials are needed and not given. */
export type Security = (client: Client, origin: string) => Session | undefined;
/** Everything that a call has to know of an operation. */
export interface Operation extends OperationInfo {
    /** The contract's server: `servers(…)`. */
    readonly base?: (client: Client) => string;
    /** `application/json` if absent. */
    readonly accept?: string;
    readonly parameters?: readonly Parameter[];
    readonly body?: BodySpec;
    /** By status, `2XX`, `default`. */
    readonly responses: Readonly<Record<string, ResponseSpec>>;
    /** `secured(…)`. */
    readonly security?: Security;
    /** May it be sent twice? GET, HEAD, OPTIONS, PUT, DELETE, `x-idempotent`. */
    readonly repeatable?: boolean;
    /** Makes it repeatable: `idempotencyKey(…)`. */
    readonly key?: (headers: Headers, options: CallOptions) => void;
    /** What the contract says of retries, and of time. */
    readonly retry?: Partial<Retry>;
    readonly timeoutMs?: number;
    /** What breaks the contract in a request: `checked(…)`. */
    readonly check?: (input: Input) => readonly GuardIssue[];
    /** Instead of server, path and parameters: where a page of a list is. */
    readonly at?: URL;
}
