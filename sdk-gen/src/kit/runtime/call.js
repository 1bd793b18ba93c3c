// One call: makes the request, sends it, reads the answer.
/** Calls an operation. Nothing is thrown. */
export async function call(client, operation, input = {}, options = {}) {
    const settings = { ...client, ...options };
    const end = Date.now() + (options.deadlineMs ?? Infinity);
    const sketch = sketched(client, operation, input, settings);
    const { issues, payload } = sketch;
    const fetcher = client.fetch ?? fetch;
    const send = (request) => (typeof fetcher === "function" ? fetcher(request) : fetcher.fetch(request));
    const session = operation.security?.(client, sketch, send);
    if (issues.length > 0)
        return { kind: "refused", ok: false, issues };
    for (let attempt = 1;; attempt++) {
        const timer = new AbortController();
        const signal = options.signal ? AbortSignal.any([options.signal, timer.signal]) : timer.signal;
        const timeout = setTimeout(() => timer.abort(), Math.min(settings.timeoutMs ?? operation.timeoutMs ?? 30_000, end - Date.now(), 2 ** 31 - 1));
        const exchange = async () => {
            const { url, headers } = { url: new URL(sketch.url), headers: new Headers(sketch.headers) };
            signal.throwIfAborted();
            await session?.put({ url, headers });
            signal.throwIfAborted();
            const request = new Request(url, { method: operation.method, headers, signal, ...payload?.init });
            const response = await (client.use ?? []).reduceRight((next, one) => (it) => one(it, next, operation), session?.follow ?? send)(request);
            return (await session?.renew(response)) ? exchange() : response;
        };
        const isRepeated = (response) => operation.repeat?.({ operation, client, options, sketch, attempt, end, response });
        try {
            const response = await within(signal, exchange());
            if (!(await isRepeated(response)))
                return await within(signal, receive(client, operation, input, options, response));
        }
        catch (error) {
            const reason = options.signal?.aborted ? "aborted" : timer.signal.aborted ? "timeout" : "network";
            if (reason === "aborted" || !(await isRepeated()))
                return { kind: "transport", ok: false, reason, error };
        }
        finally {
            clearTimeout(timeout);
        }
    }
}
/** The request without credentials, or why there is none. */
function sketched(client, operation, input, settings) {
    const issues = [];
    const sketch = { path: operation.path, issues, at: ["headers"] };
    try {
        sketch.headers = new Headers({ accept: operation.accept ?? "application/json", ...client.headers, ...settings.headers });
        for (const part of operation.parts ?? [])
            part(sketch, input, settings);
        sketch.at = ["baseUrl"];
        const server = operation.base?.(client) ?? "";
        const isBinding = typeof client.fetch === "object" && !client.server;
        const base = client.baseUrl ?? (isBinding ? "https://service.binding" + server.replace(/^\w+:\/\/[^/]*/, "") : server);
        const { origin, pathname } = new URL(base, typeof location === "object" ? location.href : undefined);
        sketch.origin = origin;
        sketch.url = new URL(operation.at ?? "", origin + pathname.replace(/\/$/, "") + sketch.path);
        sketch.at = ["body"];
        // Is there such a request at all? None has a body under GET, or a method TRACE.
        new Request(sketch.url, { method: operation.method, body: sketch.payload ? "" : null });
    }
    catch {
        issues.push(issue(sketch.at, "request", "missing or not sendable"));
    }
    return sketch;
}
async function receive(client, operation, input, options, response) {
    const { status } = response;
    const { validate = "result", onViolation } = { ...client, ...options };
    const spec = operation.responses[status] ?? operation.responses[`${status}`[0] + "XX"] ?? operation.responses["default"];
    const type = /^[^\s;,]+\/[^\s;,]+/.exec(response.headers.get("content-type") ?? "")?.[0].toLowerCase();
    const isEmpty = operation.method === "HEAD" || [204, 205, 304].includes(status) || (spec && !spec.content);
    const media = isEmpty ? {} : type ? pick(spec?.content, type) : Object.values(spec?.content ?? {})[0];
    const issues = [];
    const tell = (issues) => onViolation?.(operation.id, status, issues);
    const body = isEmpty ? undefined : media?.read ? media.read({ operation, response, media, validate, client, input, options }) : await read(response, type ?? "application/json", issues);
    if (!spec || !media)
        return { kind: "undocumented", ok: false, status, body, response };
    const isUnreadable = issues.length > 0;
    const headers = spec.headers?.(response.headers, issues) ?? {};
    if (validate !== "off" && !isUnreadable) {
        if (media.is && !media.is(body))
            issues.push(...(media.issues?.(body, 1) ?? []));
        media.remarks?.(body, tell);
    }
    if (issues.length > 0 && (validate !== "off" || isUnreadable)) {
        tell(issues);
        if (validate === "result" || isUnreadable)
            return { kind: "contract", ok: false, status, issues, body, response };
    }
    return { kind: "documented", ok: response.ok, status, contentType: isEmpty ? undefined : type, body, headers, response };
}
/** The whole body, as its content type says. */
async function read(response, type, issues) {
    const isJson = /[/+]json$/.test(type);
    if (!isJson && !/^text\/|[/+]xml$/.test(type))
        return response.blob();
    const text = await response.text();
    try {
        return isJson ? JSON.parse(text) : text;
    }
    catch {
        issues.push(issue([], "json", "not JSON"));
        return text;
    }
}
/** What is said of a media type, or of a range that it is in. */
export function pick(types, type) {
    return types?.[type] ?? types?.[type.split("/")[0] + "/*"] ?? types?.["*/*"];
}
/** A member of the value itself: contracts may call theirs `constructor`. */
export function own(values, name) {
    return values && Object.hasOwn(values, name) ? values[name] : undefined;
}
export function issue(path, keyword, message) {
    return { path, keyword, message, schema: "" };
}
/** The work, unless the signal is faster. */
export function within(signal, work) {
    return new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        work.then(resolve, reject);
    });
}
