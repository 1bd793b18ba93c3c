// One call: makes the request, sends it as often as it may, reads the answer.
const RETRY = { attempts: 3, baseMs: 200, maxMs: 20_000, on: [408, 429, 502, 503, 504] };
/** The longest time that a timer can wait for. */
const FOREVER = 2 ** 31 - 1;
/** Calls an operation. Nothing is thrown. */
export async function call(client, operation, input = {}, options = {}) {
    const settings = { ...client, ...options };
    const started = performance.now();
    const issues = (settings.checkRequests && operation.check?.(input)) || [];
    const prepared = issues.length > 0 ? issues : prepare(client, operation, input, options);
    if (!("url" in prepared))
        return { kind: "refused", ok: false, issues: prepared };
    const session = operation.security?.(client, prepared.origin);
    if (operation.security && !session)
        return { kind: "refused", ok: false, issues: [issue(["auth"], "security", "no credential is given")] };
    const policy = { ...RETRY, ...operation.retry, ...client.retry, ...options.retry };
    const isOnce = prepared.payload?.once;
    const isRepeatable = (operation.repeatable || operation.key) && !isOnce && settings.retry !== false;
    const left = () => (options.deadlineMs ?? Infinity) - (performance.now() - started);
    for (let attempt = 1, renewed = false;; attempt++) {
        const mayRepeat = isRepeatable && attempt < policy.attempts;
        const timer = new AbortController();
        const signal = options.signal ? AbortSignal.any([options.signal, timer.signal]) : timer.signal;
        const limit = Math.min(settings.timeoutMs ?? operation.timeoutMs ?? 30_000, left(), FOREVER);
        const timeout = setTimeout(() => timer.abort(new DOMException("no answer in time", "TimeoutError")), limit);
        let wait = (settings.random ?? Math.random)() * Math.min(policy.maxMs, policy.baseMs * 2 ** (attempt - 1));
        let status;
        try {
            const response = await within(signal, transmit(client, operation, prepared, signal, session));
            status = response.status;
            if (status === 401 && session && !renewed && !isOnce && (await within(signal, session.renew()))) {
                renewed = true;
                attempt--;
                void response.body?.cancel();
                continue;
            }
            const asked = mayRepeat && policy.on.includes(status) ? retryAfter(response) ?? wait : NaN;
            if (!(asked <= policy.maxMs && asked < left()))
                return await within(signal, receive(client, operation, input, options, response));
            wait = asked;
            void response.body?.cancel();
        }
        catch (error) {
            const reason = options.signal?.aborted ? "aborted" : timer.signal.aborted ? "timeout" : "network";
            if (reason === "aborted" || !mayRepeat || wait >= left())
                return { kind: "transport", ok: false, reason, error };
        }
        finally {
            clearTimeout(timeout);
        }
        settings.onRetry?.(operation.id, attempt, wait, status);
        await (settings.sleep ?? pause)(wait, options.signal).catch(() => { });
    }
}
/** The request without credentials, or why there is none. */
function prepare(client, operation, input, options) {
    let at = ["headers"];
    try {
        const headers = new Headers({ accept: operation.accept ?? "application/json", ...client.headers, ...options.headers });
        let path = operation.path;
        const query = [];
        const cookies = [];
        for (const { in: place, name, write, encode = place === "headers" ? String : encodeURIComponent } of operation.parameters ?? []) {
            at = [place, name];
            const value = own(input[place], name);
            const isNamed = place === "query" || place === "cookies";
            const text = value === undefined ? value : write ? write(name, value, encode) : (isNamed ? encodeURIComponent(name) + "=" : "") + encode(String(value));
            if (place === "path")
                path = path.replaceAll(`{${name}}`, () => text || refuse());
            else if (text === undefined)
                continue;
            else if (isNamed)
                (place === "query" ? query : cookies).push(text);
            else {
                headers.set(name, text);
                if (headers.get(name) !== text)
                    refuse();
            }
        }
        if (cookies.length > 0)
            headers.set("cookie", [headers.get("cookie") ?? [], cookies].flat().join("; "));
        at = ["path"];
        // NOTE: a URL has no spelling of `.` and `..` as plain values: `%2e%2e` is a way up as well.
        if (operation.parameters && /\/(\.|%2e){1,2}([/?]|$)/i.test(path))
            refuse();
        at = ["baseUrl"];
        const base = new URL(baseOf(client, operation), globalThis.location?.href);
        const search = query.length > 0 ? (path.includes("?") ? "&" : "?") + query.join("&") : "";
        const url = operation.at ?? new URL(base.origin + base.pathname.replace(/\/$/, "") + path + search);
        at = ["body"];
        operation.key?.(headers, options);
        const payload = load(operation, input, headers);
        // Would there be such a request at all? None has a body under GET, or a method TRACE.
        new Request(url, { method: operation.method, ...(payload && { body: "" }) });
        return { url, headers, origin: base.origin, payload };
    }
    catch {
        return [issue(at, "request", "missing, or not to be written into a request")];
    }
}
function refuse() {
    throw undefined;
}
function baseOf(client, operation) {
    const server = operation.base?.(client) ?? "";
    const isBinding = typeof client.fetch === "object" && !client.server;
    return client.baseUrl ?? (isBinding ? "https://service.binding" + server.replace(/^\w+:\/\/[^/]*/, "") : server);
}
function load(operation, input, headers) {
    if (input.body === undefined || !operation.body)
        return undefined;
    const type = input.contentType ?? Object.keys(operation.body)[0] ?? "";
    const payload = (pick(operation.body, type) ?? refuse())(input.body, type);
    if (payload.type !== null)
        headers.set("content-type", payload.type ?? type);
    return payload;
}
/** One attempt. */
async function transmit(client, operation, prepared, signal, session) {
    const draft = { url: new URL(prepared.url), headers: new Headers(prepared.headers) };
    signal.throwIfAborted();
    await session?.put(draft);
    signal.throwIfAborted();
    const { payload } = prepared;
    const fetcher = client.fetch ?? globalThis.fetch;
    const send = (request) => (typeof fetcher === "function" ? fetcher(request) : fetcher.fetch(request));
    const last = session ? (request) => session.send(request, send, payload) : send;
    const init = { method: operation.method, headers: draft.headers, signal, ...(payload && { body: payload.body }), ...(payload?.once && { duplex: "half" }), ...(session && { redirect: "manual" }) };
    return (client.use ?? []).reduceRight((next, one) => (request) => one(request, next, operation), last)(new Request(draft.url, init));
}
/** How long the server asks to wait, in milliseconds. */
function retryAfter(response) {
    const text = response.headers.get("retry-after") ?? "";
    const ms = /^\d+$/.test(text) ? +text * 1000 : Date.parse(text) - Date.now();
    return ms >= 0 ? ms : ms < 0 ? 0 : undefined;
}
async function receive(client, operation, input, options, response) {
    const { responses, id } = operation;
    const { status } = response;
    const { validate = "result", onViolation } = { ...client, ...options };
    const spec = responses[status] ?? responses[`${status}`[0] + "XX"] ?? responses["default"];
    const type = /^[^\s;,]+\/[^\s;,]+/.exec(response.headers.get("content-type") ?? "")?.[0].toLowerCase();
    const content = operation.method === "HEAD" || [204, 205, 304].includes(status) ? undefined : (spec ?? { content: {} }).content;
    const media = content && (type ? pick(content, type) : Object.values(content)[0]);
    const issues = [];
    let body;
    if (media?.read) {
        const again = (headers) => call(client, operation, input, { ...options, headers: { ...options.headers, ...headers } });
        body = media.read({ operation, response, media, validate, client, options, again });
    }
    else if (content) {
        body = await read(response, type ?? "application/json", issues);
    }
    if (!spec || (content && !media))
        return { kind: "undocumented", ok: false, status, body, response };
    const isUnreadable = issues.length > 0;
    const headers = spec.headers?.(response.headers, issues) ?? {};
    if (validate !== "off" && media && !isUnreadable) {
        if (media.is && !media.is(body))
            issues.push(...(media.issues?.(body, 1) ?? []));
        const remarks = media.remarks?.(body) ?? [];
        if (remarks.length > 0)
            onViolation?.(id, status, remarks);
    }
    if (issues.length > 0 && (validate !== "off" || isUnreadable)) {
        onViolation?.(id, status, issues);
        if (validate === "result" || isUnreadable)
            return { kind: "contract", ok: false, status, issues, body, response };
    }
    return { kind: "documented", ok: response.ok, status, contentType: media && type, body, headers, response };
}
/** The whole body, as its content type says. */
async function read(response, type, issues) {
    if (!/^text\/|[/+](json|xml|x-www-form-urlencoded)$/.test(type))
        return response.blob();
    const text = await response.text();
    if (!/[/+]json$/.test(type))
        return text;
    try {
        return JSON.parse(text);
    }
    catch {
        issues.push(issue([], "json", "not readable as JSON"));
        return text;
    }
}
/** What is said of a media type, or of a range that it is in. */
function pick(types, type) {
    return types[type] ?? types[type.split("/")[0] + "/*"] ?? types["*/*"];
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
        if (signal.aborted)
            reject(signal.reason);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        work.then(resolve, reject);
    });
}
/** Waits; shorter if nobody wants to know any more. */
export function pause(ms, signal) {
    return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
}
