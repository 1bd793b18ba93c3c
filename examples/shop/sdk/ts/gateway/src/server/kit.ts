// checks:sdk v1 f96e555a5e122d24f11e8bfe8b3b8349a67fc47036cedb8f815d607d694b9251
// The server side: requests are read and guarded, handlers answer with values. The same bytes in every SDK of one generator version.

import type { GuardIssue } from "../guards/kit.js";
import type { Input } from "../runtime/operation.js";
import { pick } from "../runtime/call.js";
import { SdkError } from "../runtime/result.js";
import { inputOf, pathValues, type Problem, type Reply, type Served } from "./request.js";

export * from "./request.js";
export * as kinds from "./kinds.js";
export * as styles from "./styles.js";

/** What of a router's context is used; Hono's has it. */
export interface Exchange {
  readonly req: {
    readonly raw: Request;
    readonly bodyCache: object;
    arrayBuffer(): Promise<ArrayBuffer>;
  };
  set(key: string, value: unknown): void;
}
type Next = () => Promise<void>;
export type Middleware = (context: Exchange, next: Next) => Promise<Response | void>;
/** What of a router is used; Hono has it. */
export interface Router {
  on(method: string, path: string, handler: Middleware): unknown;
}

/** What a handler answers; a `Response` goes out as it is. */
export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}
export type Handler = (input: Input, context: Exchange) => Answer | Response | Promise<Answer | Response>;

export interface MountOptions<Context = Exchange> {
  /** Answers a request that breaks the contract; `undefined`: as usual, with `application/problem+json`. */
  readonly onInvalid?: (problem: Problem, context: Context) => Response | undefined | Promise<Response | undefined>;
  /** Are answers held against the contract? */
  readonly checkReplies?: "off" | "report" | "throw";
  /** Where broken answers are reported; the console if absent. */
  readonly onReport?: (operation: string, status: number, issues: readonly GuardIssue[]) => void;
}

/** Registers all operations; each one has a handler. */
export function mount(app: Router, operations: readonly Served[], handlers: object, options: MountOptions<never> = {}): void {
  const missing = operations.filter(({ name }) => !Object.hasOwn(handlers, name));
  if (missing.length > 0) throw new TypeError(`no handler for ${missing.map((it) => it.name).join(", ")}`);
  mountSome(app, operations, handlers, options);
}

/** Registers the operations that have a handler. Whoever is more concrete comes first. */
export function mountSome(app: Router, operations: readonly Served[], handlers: object, options: MountOptions<never> = {}): void {
  const sorted = operations.filter(({ name }) => Object.hasOwn(handlers, name)).map((it) => [rank(it), it] as const);
  sorted.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  for (const [, operation] of sorted) {
    const handler = (handlers as Readonly<Record<string, Handler>>)[operation.name] as Handler;
    // A router answers HEAD like GET: who wants it for itself is asked first.
    const method = operation.method === "HEAD" ? "GET" : operation.method;
    app.on(method, routed(operation.path), async (context, next) => {
      const { method, url } = context.req.raw;
      const isOurs = (operation.method !== "HEAD" || method === "HEAD") && pathValues(operation.path, new URL(url).pathname);
      if (!isOurs) return next();
      const { input, answer } = await entered(operation, context, options as MountOptions);
      return answer ?? replied(operation, await handler(input, context), options as MountOptions);
    });
  }
}

/** Reads and guards a request for handlers of an existing app, which find the input as `context.get("input")`. */
export const validated = (operation: Served, options: MountOptions<never> = {}): Middleware => async (context, next) => {
  const { input, answer } = await entered(operation, context, options as MountOptions);
  if (answer) return answer;
  context.set("input", input);
  return next();
};

/** The input, or the answer to who sent none. */
async function entered(operation: Served, context: Exchange, options: MountOptions): Promise<{ readonly input: Input; readonly answer?: Response }> {
  const { raw } = context.req;
  const { input, problem } = await inputOf(operation, raw, (limit) => bytesOf(context, limit));
  if (!problem) return { input };
  const own = await options.onInvalid?.(problem, context);
  return { input, answer: own ?? problemResponse(problem) };
}

/** RFC 9457, with each issue as a pointer into the input. */
export function problemResponse({ status, title, issues }: Problem): Response {
  const pointed = issues.map((it) => ({ pointer: it.path.map((part) => "/" + String(part).replaceAll("~", "~0").replaceAll("/", "~1")).join(""), ...it }));
  return new Response(JSON.stringify({ type: "about:blank", title, status, issues: pointed }), { status, headers: { "content-type": "application/problem+json" } });
}

/** The whole body, unless it is larger; what comes later in the app finds it read. */
async function bytesOf({ req }: Exchange, limit: number): Promise<ArrayBuffer | undefined> {
  if (req.raw.bodyUsed || Object.keys(req.bodyCache).length > 0 || limit === Infinity) {
    const bytes = await req.arrayBuffer();
    return bytes.byteLength > limit ? undefined : bytes;
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = (req.raw.body as ReadableStream<Uint8Array<ArrayBuffer>> | null)?.getReader();
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    size += step.value.byteLength;
    if (size > limit) {
      void reader?.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(step.value);
  }
  const bytes = await new Blob(chunks).arrayBuffer();
  Object.assign(req.bodyCache, { arrayBuffer: Promise.resolve(bytes) });
  return bytes;
}

/** What a handler said, as a response. */
async function replied(operation: Served, answer: Answer | Response, options: MountOptions): Promise<Response> {
  if (answer instanceof Response) return answer;
  const { status, body } = answer;
  const reply = operation.replies[status] ?? operation.replies[`${status}`[0] + "XX"] ?? operation.replies["default"];
  const type = answer.contentType ?? Object.keys(reply?.content ?? {})[0];
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : String(value));
  }
  const isEmpty = body === undefined || [204, 205, 304].includes(status);
  if (!isEmpty && type !== undefined && !headers.has("content-type")) headers.set("content-type", type.includes("*") ? ((body instanceof Blob && body.type) || "application/octet-stream") : type);
  const issues = options.checkReplies && options.checkReplies !== "off" ? broken(reply, type, body, headers) : [];
  const response = new Response(isEmpty ? null : written(body, type ?? "application/json"), { status, headers });
  if (issues.length === 0) return response;
  if (options.checkReplies === "throw") throw new SdkError({ kind: "contract", ok: false, status, issues, body, response });
  (options.onReport ?? ((...all) => console.error(...all)))(operation.id, status, issues);
  return response;
}

/** What breaks the contract in an answer. */
function broken(reply: Reply | undefined, type: string | undefined, body: unknown, headers: Headers): readonly GuardIssue[] {
  const issue = (path: readonly string[], keyword: string): GuardIssue => ({ path, keyword, message: "not in the contract", schema: "" });
  if (!reply) return [issue(["status"], "responses")];
  const issues = (reply.required ?? []).filter((it) => !headers.has(it)).map((it) => ({ ...issue(["headers", it], "required"), message: "required" }));
  if (!reply.content) return body === undefined ? issues : [...issues, issue(["body"], "content")];
  const media = type === undefined ? undefined : pick(reply.content, type);
  if (!media) return [...issues, issue(["contentType"], "content")];
  if (!media.is || media.is(body)) return issues;
  return [...issues, ...(media.issues?.(body) ?? []).map((it) => ({ ...it, path: ["body", ...it.path] }))];
}

function written(body: unknown, type: string): BodyInit {
  if (typeof body === "object" && body !== null && Symbol.asyncIterator in body && !(body instanceof ReadableStream)) return streamed(body as AsyncIterable<unknown>, type);
  if (/[/+]json$/.test(type.split(";")[0] ?? "")) return JSON.stringify(body);
  const isRaw = body instanceof Blob || body instanceof ReadableStream || body instanceof ArrayBuffer || ArrayBuffer.isView(body) || body instanceof FormData || body instanceof URLSearchParams;
  return isRaw ? (body as BodyInit) : typeof body === "object" ? JSON.stringify(body) : String(body);
}

/** Items as they come: events, records or lines. */
function streamed(items: AsyncIterable<unknown>, type: string): ReadableStream<Uint8Array> {
  const [start, end] = type.startsWith("text/event-stream") ? ["data: ", "\n\n"] : type.startsWith("application/json-seq") ? ["\x1e", "\n"] : ["", "\n"];
  const encoder = new TextEncoder();
  const iterator = items[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(start + JSON.stringify(value) + end));
    },
    cancel: async () => void (await iterator.return?.()),
  });
}

/** Concrete segments before templated ones; HEAD before GET. */
function rank({ path, method }: Served): string {
  const segments = path.split("/").map((it) => (/^\{[^{}]*\}$/.test(it) ? "2" : /[{}]/.test(it) ? "1" : "0"));
  return segments.join("") + (method === "HEAD" ? "0" : "1");
}

/** The path as a router takes it; what it cannot say is looked at by the handler. */
function routed(path: string): string {
  return (path.split(/[?#]/)[0] ?? "").split("/").map((it, at) => (/^[\w.~!$&'()+,;=@%-]*$/.test(it) ? it : `:p${at}`)).join("/");
}
