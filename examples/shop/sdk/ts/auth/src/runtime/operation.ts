// checks:sdk v1 a1bf6c3dd4bfdb098d7f277f9f8617fe3fbdd5abcf80dd10790781b75e3b4ea7
// What an operation is made of. Whatever costs bytes is a function in it, so that a bundle has only what its operations use.

import type { GuardIssue, Path } from "../guards/kit.js";
import type { CallOptions, Client, OperationInfo } from "./client.js";

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
 * The text of a parameter: what stands for `{name}` in a path, `name=value` (or several joined by `&`) in a query or in a cookie,
 * the value of a header. Nothing: left out.
 */
export type Write = (name: string, value: unknown, encode: Encode) => string | undefined;

/** Everything that is said of a call, the options before the client. */
export type Settings = Client & CallOptions;

/** A call, and the request that is being made of it. */
export interface Sketch {
  readonly client: Client;
  readonly operation: Operation;
  readonly input: Input;
  readonly settings: Settings;
  /** The template, into which values of the path are put, and behind which queries stand. */
  path: string;
  headers: Headers;
  payload?: Payload;
  url: URL;
  /** The only one that credentials are for. */
  origin: string;
  /** Why nothing is sent. */
  readonly issues: GuardIssue[];
  /** Where in the input that is what is being written. */
  at: Path;
}
/** Writes a part of the input into a request: `inPath`, `inQuery`, `inHeader`, `inCookie`, `body`, `idempotencyKey`, `checked`. */
export type Part = (sketch: Sketch) => void;

/** What a body is in a request. */
export interface Payload {
  readonly init: { readonly body: BodyInit; readonly duplex?: "half" };
  /** Its media type if it is not the one of the contract; null: `fetch` says it. */
  readonly type?: string | null | undefined;
  /** Can it be read but once? */
  readonly isOnce?: boolean;
}
export type WriteBody = (value: unknown, type: string) => Payload;
/** One media type of a response. */
export interface Media {
  readonly is?: Test;
  readonly issues?: Explain;
  /** For streams; absent: read whole, as its content type says. */
  readonly read?: (sketch: Sketch, response: Response) => unknown;
  /** What is told about a value though it conforms: `unsafeIntegers`. */
  readonly remarks?: (value: unknown, tell: (issues: readonly GuardIssue[]) => void) => void;
}

export interface ResponseSpec {
  /** By media type: lower case, no parameters; ranges as `text/*`. Absent: no body. */
  readonly content?: Readonly<Record<string, Media>>;
  /** Reads the documented headers, and collects what is wrong with them: `headers(…)`. */
  readonly headers?: (headers: Headers, issues: GuardIssue[]) => object;
}

export type Send = (request: Request) => Promise<Response>;

/** The request of one attempt, before it is made. */
export interface Draft extends Sketch {
  /** What sends it; whoever puts a secret in, sees to redirects. */
  send: Send;
}

/** The credentials of one call. */
export interface Session {
  /** Puts them into the request of an attempt. */
  readonly put: (draft: Draft) => Promise<void>;
  /** Asks for new ones if they were refused; no if there is nobody to ask. */
  readonly renew: (response: Response) => Promise<boolean>;
}
/** Tells the sketch if credentials are needed and not given. */
export type Security = (sketch: Sketch) => Session | undefined;

/** Decides whether a call is tried again before `end`, and waits until then; without a response the transport failed. */
export type Repeat = (sketch: Sketch, attempt: number, end: number, response?: Response) => Promise<boolean>;

/** Everything that a call has to know of an operation. */
export interface Operation extends OperationInfo {
  /** The contract's server: `servers(…)`. */
  readonly base?: (client: Client) => string;
  /** `application/json` if absent. */
  readonly accept?: string;
  /** What a call writes into the request: first those of the path. */
  readonly parts?: readonly Part[];
  /** By status, `2XX`, `default`. */
  readonly responses: Readonly<Record<string, ResponseSpec>>;
  /** `secured(…)`. */
  readonly security?: Security;
  /** `repeated(…)` where it may be sent twice: GET, HEAD, OPTIONS, PUT, DELETE, `x-idempotent`, or with a key. */
  readonly repeat?: Repeat;
  /** What the contract says of the time of an attempt. */
  readonly timeoutMs?: number;
  /** Instead of server, path and parameters: where a page of a list is. */
  readonly at?: string;
}
