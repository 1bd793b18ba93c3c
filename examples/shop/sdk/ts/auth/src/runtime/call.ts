// checks:sdk v1 9c8e1cf025a393b23fe25bfe3bddb18bc607af2c439290e94775ba169509bc33
// One call: makes the request, sends it, reads the answer.

import type { GuardIssue, Path } from "../guards/kit.js";
import type { CallOptions, Client, Outcome } from "./client.js";
import type { Draft, Input, Operation, Send, Settings, Sketch } from "./operation.js";

/** Calls an operation. Nothing is thrown. */
export async function call(client: Client, operation: Operation, input: Input = {}, options: CallOptions = {}): Promise<Outcome> {
  const settings: Record<string, unknown> & Settings = { ...client };
  // Whoever says `undefined` says nothing.
  for (const name in options) settings[name] = options[name as keyof CallOptions] ?? settings[name];
  const end = Date.now() + (settings.deadlineMs ?? Infinity);
  const issues: GuardIssue[] = [];
  const sketch = { client, operation, input, settings, path: operation.path, issues, at: ["headers"] } as unknown as Sketch;
  try {
    write(sketch);
  } catch {
    issues.push(issue(sketch.at, "request", "not sendable"));
  }
  const session = operation.security?.(sketch);
  if (issues.length > 0) return { kind: "refused", ok: false, issues };

  const fetcher = client.fetch ?? fetch;
  for (let attempt = 1; ; attempt++) {
    const timer = new AbortController();
    const signal = settings.signal ? AbortSignal.any([settings.signal, timer.signal]) : timer.signal;
    const timeout = setTimeout(() => timer.abort(), Math.min(settings.timeoutMs ?? operation.timeoutMs ?? 3e4, end - Date.now(), 2e9));
    const exchange = async (): Promise<Response> => {
      const send: Send = (request) => (typeof fetcher === "function" ? fetcher(request) : fetcher.fetch(request));
      const draft: Draft = { ...sketch, headers: new Headers(sketch.headers), send };
      signal.throwIfAborted();
      await session?.put(draft);
      signal.throwIfAborted();
      const request = new Request(draft.url, { method: operation.method, headers: draft.headers, signal, ...sketch.payload?.init });
      const response = await (client.use ?? []).reduceRight<Send>((next, one) => (it) => one(it, next, operation), draft.send)(request);
      return (await session?.renew(response)) ? exchange() : response;
    };
    try {
      const response = await within(signal, exchange());
      if (!(await operation.repeat?.(sketch, attempt, end, response))) return await within(signal, receive(sketch, response));
    } catch (error) {
      const reason = settings.signal?.aborted ? "aborted" : timer.signal.aborted ? "timeout" : "network";
      if (reason === "aborted" || !(await operation.repeat?.(sketch, attempt, end))) return { kind: "transport", ok: false, reason, error };
    } finally {
      clearTimeout(timeout);
    }
  }
}

/** The request, but for credentials. */
function write(sketch: Sketch): void {
  const { client, operation, settings } = sketch;
  sketch.headers = new Headers({ accept: operation.accept ?? "application/json", ...client.headers, ...settings.headers });
  for (const part of operation.parts ?? []) part(sketch);
  sketch.at = ["baseUrl"];
  const server = operation.base?.(client) ?? "/";
  const base = client.baseUrl ?? (typeof client.fetch === "object" && !client.server ? server.replace(/^(\w+:\/\/[^/]*)?/, "https://service.binding") : server);
  // A request knows what a browser takes `/` for.
  const { origin, pathname } = new URL(new Request(base).url);
  sketch.origin = origin;
  sketch.url = new URL(operation.at ?? "", origin + pathname.replace(/\/$/, "") + sketch.path);
}

async function receive(sketch: Sketch, response: Response): Promise<Outcome> {
  const { responses, method, id } = sketch.operation;
  const { validate = "result", onViolation } = sketch.settings;
  const { status } = response;
  const spec = responses[status] ?? responses[`${status}`[0] + "XX"] ?? responses["default"];
  const content = spec?.content ?? {};
  const type = /^[^\s;,]+\/[^\s;,]+/.exec(response.headers.get("content-type") ?? "")?.[0].toLowerCase() ?? Object.keys(content)[0] ?? "";
  const isEmpty = method === "HEAD" || [204, 205, 304].includes(status) || (spec && !spec.content);
  const media = isEmpty ? {} : pick(content, type);
  const issues: GuardIssue[] = [];
  const tell = (issues: readonly GuardIssue[]): void => onViolation?.(id, status, issues);
  const body = isEmpty ? undefined : media?.read ? media.read(sketch, response) : await read(response, type, issues);
  if (!spec || !media) return { kind: "undocumented", ok: false, status, body, response };
  const isUnreadable = issues.length > 0;
  const headers = spec.headers?.(response.headers, issues) ?? {};
  if (validate !== "off" && !isUnreadable) {
    if (media.is && !media.is(body)) issues.push(...(media.issues?.(body, 1) ?? []));
    media.remarks?.(body, tell);
  }
  if (issues.length > 0 && (validate !== "off" || isUnreadable)) {
    tell(issues);
    if (validate === "result" || isUnreadable) return { kind: "contract", ok: false, status, issues, body, response };
  }
  return { kind: "documented", ok: response.ok, status, contentType: isEmpty ? undefined : type, body, headers, response };
}

/** The whole body, as its content type says. */
async function read(response: Response, type: string, issues: GuardIssue[]): Promise<unknown> {
  const isJson = /[/+]json$/.test(type);
  if (!isJson && !/^text\/|(xml|urlencoded)$/.test(type)) return response.blob();
  const text = await response.text();
  try {
    return isJson ? JSON.parse(text) : text;
  } catch {
    issues.push(issue([], "json", "not JSON"));
    return text;
  }
}

/** What is said of a media type, or of a range that it is in. */
export function pick<T>(types: Readonly<Record<string, T>>, type: string): T | undefined {
  return types[type] ?? types[type.split("/")[0] + "/*"] ?? types["*/*"];
}

/** A member of the value itself: contracts may call theirs `constructor`. */
export function own(values: object | undefined, name: string): unknown {
  return values && Object.hasOwn(values, name) ? (values as Readonly<Record<string, unknown>>)[name] : undefined;
}

export function issue(path: Path, keyword: string, message: string): GuardIssue {
  return { path, keyword, message, schema: "" };
}

/** The work, unless the signal is faster. */
export function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    work.then(resolve, reject);
  });
}
