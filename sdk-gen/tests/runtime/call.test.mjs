// Results, headers, validation, retries, time: over a real socket.

import assert from "node:assert/strict";
import test from "node:test";
import * as runtime from "../../src/kit/runtime.js";
import { having, json, serve } from "./loopback.mjs";
import { READ, input, quiet, read } from "./reading.mjs";

test("each answer becomes the result that the contract has for it", async () => {
  const rows = [
    // status, headers, body; kind, ok, what it is about
    [200, { "content-type": "application/json", "x-count": "3" }, '{"id":1}', "documented", true, { id: 1 }],
    [200, { "content-type": "Application/JSON; charset=utf-8", "x-count": "3" }, '{"id":1}', "documented", true, { id: 1 }],
    [200, { "content-type": "text/csv", "x-count": "3" }, "a,b", "documented", true, "a,b"],
    [200, { "content-type": "application/json" }, '{"id":1}', "contract", false, ["headers", "x-count"]],
    [200, { "content-type": "application/json", "x-count": "3.5" }, '{"id":1}', "contract", false, ["headers", "x-count"]],
    [200, { "content-type": "application/json", "x-count": "3" }, "{}", "contract", false, ["id"]],
    [200, { "content-type": "application/json", "x-count": "3" }, "{", "contract", false, []],
    [200, { "content-type": "application/json", "x-count": "3" }, "", "contract", false, []],
    [200, { "content-type": "application/xml", "x-count": "3" }, "<a/>", "undocumented", false, "<a/>"],
    [200, { "content-type": "constructor", "x-count": "3" }, '{"id":1}', "documented", true, { id: 1 }],
    [200, { "x-count": "3" }, '{"id":1}', "documented", true, { id: 1 }],
    [204, {}, "", "documented", true, undefined],
    [404, { "content-type": "application/problem+json" }, '{"title":"no"}', "documented", false, { title: "no" }],
    [404, { "content-type": "application/json" }, '{"title":"no"}', "undocumented", false, { title: "no" }],
    [418, { "content-type": "application/json" }, '{"error":"tea"}', "documented", false, { error: "tea" }],
    [418, { "content-type": "application/json" }, "{}", "contract", false, ["error"]],
    [500, { "content-type": "application/json" }, "[1]", "documented", false, [1]],
    [500, { "content-type": "application/json" }, "oops", "contract", false, []],
    [500, { "content-type": "text/html" }, "<p>", "undocumented", false, "<p>"],
  ];
  let row;
  const { baseUrl } = await serve((_, response) => response.writeHead(row[0], row[1]).end(row[2]));
  for (row of rows) {
    const result = await read({ baseUrl });
    const about = result.kind === "contract" ? result.issues[0].path : result.body;
    assert.deepEqual([result.kind, result.ok, result.status, about], [row[3], row[4], row[0], row[5]], JSON.stringify(row));
    assert.ok(result.response instanceof Response);
  }
});

test("documented headers are values, and bytes are a Blob", async () => {
  const { baseUrl } = await serve((_, response) => json(response, 200, { id: 1 }, { "x-count": "3", "X-Rate": "0.5", "x-tags": "a, b", "x-new": "true", "x-other": "1" }));
  const result = await read({ baseUrl });
  assert.deepEqual(result.headers, { "x-count": 3, "x-rate": 0.5, "x-tags": ["a", "b"], "x-new": true });
  assert.equal(result.contentType, "application/json");
  const bytes = await serve((_, response) => response.writeHead(200, { "content-type": "image/png" }).end(Buffer.from([1, 2, 3])));
  const image = { id: "image", method: "GET", path: "/i", tags: [], responses: { 200: { content: { "image/*": {} } } } };
  const blob = await runtime.call(bytes, image);
  assert.deepEqual([blob.kind, blob.contentType, [...new Uint8Array(await blob.body.arrayBuffer())]], ["documented", "image/png", [1, 2, 3]]);
});

test("a violation is a result, is told, or is not looked for", async () => {
  const { baseUrl } = await serve((_, response) => json(response, 200, {}, {}));
  const told = [];
  const onViolation = (...all) => told.push(all.slice(0, 2).concat(all[2].map((it) => it.path.join("."))));
  assert.equal((await read({ baseUrl, onViolation })).kind, "contract");
  assert.equal((await read({ baseUrl, onViolation, validate: "report" })).kind, "documented");
  assert.equal((await read({ baseUrl, onViolation, validate: "report" }, input, { validate: "off" })).kind, "documented");
  assert.deepEqual(told, [["read", 200, "headers.x-count", "id"], ["read", 200, "headers.x-count", "id"]]);
});

test("what is no JSON is a violation however little is looked for", async () => {
  const { baseUrl } = await serve((_, response) => response.writeHead(200, { "content-type": "application/json", "x-count": "1" }).end("{"));
  for (const validate of ["result", "report", "off"]) {
    const result = await read({ baseUrl, validate });
    assert.deepEqual([result.kind, result.issues?.[0].keyword, result.body], ["contract", "json", "{"], validate);
  }
});

test("an option that is undefined says nothing", async () => {
  const { baseUrl } = await serve((_, response) => json(response, 200, {}, {}));
  const result = await read({ baseUrl, validate: "off" }, input, { validate: undefined, signal: undefined, retry: undefined, headers: undefined });
  assert.equal(result.kind, "documented");
});

test("HEAD has no body", async () => {
  const { baseUrl } = await serve((_, response) => response.writeHead(200, { "content-type": "application/json" }).end());
  const result = await runtime.call({ baseUrl }, { id: "head", method: "HEAD", path: "/", tags: [], responses: { 200: { content: { "application/json": having("id") } } } });
  assert.deepEqual([result.kind, result.body], ["documented", undefined]);
});

test("parameters go where they belong", async () => {
  const { baseUrl, seen } = await serve((_, response) => response.writeHead(204).end());
  const all = { path: { id: "a/b?c#d %ü" }, query: { limit: 5 }, headers: { "X-Trace": "t" }, cookies: { session: "s;1" } };
  await read({ baseUrl: baseUrl + "/v1/", headers: { "x-own": "1", cookie: "a=b" } }, all, { headers: { "x-call": "2" } });
  const [{ url, headers }] = seen;
  assert.equal(url, "/v1/orders/a%2Fb%3Fc%23d%20%25%C3%BC?limit=5");
  assert.deepEqual([headers["x-trace"], headers.cookie, headers["x-own"], headers["x-call"], headers.accept], ["t", "a=b; session=s%3B1", "1", "2", "application/json"]);
});

test("what cannot be sent is refused, and nothing is sent", async () => {
  const { baseUrl, seen } = await serve((_, response) => response.writeHead(204).end());
  const rows = [
    [{ path: { id: "" } }, ["path", "id"]],
    [{ path: {} }, ["path", "id"]],
    [{}, ["path", "id"]],
    [{ path: { id: "." } }, ["path", "id"]],
    [{ path: { id: ".." } }, ["path", "id"]],
    [{ path: { id: "\ud800" } }, ["path", "id"]],
    [{ ...input, headers: { "X-Trace": "a\nb" } }, ["headers", "X-Trace"]],
    [{ ...input, headers: { "X-Trace": "€" } }, ["headers", "X-Trace"]],
    [{ ...input, headers: { "X-Trace": " a" } }, ["headers", "X-Trace"]],
  ];
  for (const [more, path] of rows) {
    const result = await read({ baseUrl }, more);
    assert.deepEqual([result.kind, result.ok, result.issues?.[0].path], ["refused", false, path], JSON.stringify(more));
  }
  assert.equal((await read({ baseUrl: "nowhere" })).issues[0].path[0], "baseUrl");
  assert.equal(seen.length, 0);
});

test("requests are held against the contract when asked for", async () => {
  const { baseUrl, seen } = await serve((_, response) => response.writeHead(204).end());
  const guard = having("prompt");
  const ask = { id: "ask", method: "POST", path: "/", tags: [], responses: { 204: {} }, parts: [runtime.body({ "application/json": runtime.json }), runtime.checked([["body"], guard.is, guard.issues, true], [["query", "n"], (it) => it > 0, () => [{ path: [], keyword: "minimum", message: "", schema: "" }]])] };
  assert.equal((await runtime.call({ baseUrl }, ask, { body: {} })).kind, "documented");
  const rows = [
    [{ body: {} }, [["body", "prompt"]]],
    [{}, [["body"]]],
    [{ body: { prompt: 1 }, query: { n: 0 } }, [["query", "n"]]],
    [{ body: { prompt: 1 }, query: { n: 1 } }, undefined],
  ];
  for (const [more, paths] of rows) {
    const result = await runtime.call({ baseUrl, checkRequests: true }, ask, more);
    assert.deepEqual(result.issues?.map((it) => it.path), paths, JSON.stringify(more));
  }
  assert.deepEqual(seen.map((it) => it.body), ["{}", '{"prompt":1}']);
});

test("repeatable operations are tried again, others are not", async () => {
  const post = { id: "post", method: "POST", path: "/", tags: [], responses: { 204: {} }, parts: [runtime.body({ "application/json": runtime.json })] };
  const keyed = { ...post, repeat: runtime.repeated(), parts: [...post.parts, runtime.idempotencyKey("Idempotency-Key")] };
  const put = { ...post, method: "PUT", repeat: runtime.repeated({ attempts: 5, on: [500] }) };
  const rows = [
    // operation, client, options, status of the answers, attempts
    [READ, {}, {}, 503, 3], [READ, {}, {}, 429, 3], [READ, {}, {}, 408, 3], [READ, {}, {}, 502, 3], [READ, {}, {}, 504, 3],
    [READ, {}, {}, 500, 1], [READ, {}, {}, 400, 1],
    [READ, { retry: false }, {}, 503, 1],
    [READ, { retry: { attempts: 2 } }, {}, 503, 2],
    [READ, { retry: false }, { retry: { attempts: 4 } }, 503, 4],
    [READ, { retry: { attempts: 4 } }, { retry: false }, 503, 1],
    [post, {}, {}, 503, 1], [keyed, {}, {}, 503, 3],
    [put, {}, {}, 500, 5], [put, {}, {}, 503, 1], [put, { retry: { attempts: 2 } }, {}, 500, 2],
  ];
  for (const [operation, client, options, status, attempts] of rows) {
    const { baseUrl, seen } = await serve((_, response) => json(response, status, { error: "x" }));
    const result = await runtime.call({ ...quiet, baseUrl, ...client }, operation, operation === READ ? input : { body: 1 }, options);
    assert.deepEqual([seen.length, result.status], [attempts, status], `${operation.id} ${status} ${JSON.stringify([client, options])}`);
    const keys = new Set(seen.map((it) => it.headers["idempotency-key"]));
    assert.equal(keys.size, 1);
    if (operation === keyed) assert.match([...keys][0], /^[0-9a-f-]{36}$/);
  }
  const { baseUrl, seen } = await serve((_, response) => response.writeHead(204).end());
  await runtime.call({ baseUrl }, keyed, { body: 1 }, { idempotencyKey: "mine" });
  assert.equal(seen[0].headers["idempotency-key"], "mine");
});

test("a lost connection is tried again; the last failure is a value", async () => {
  const { baseUrl, seen } = await serve((request, response, _, n) => (n < 3 ? request.socket.destroy() : response.writeHead(204).end()));
  assert.equal((await read({ baseUrl })).kind, "documented");
  assert.equal(seen.length, 3);
  const broken = await serve((request) => request.socket.destroy());
  const result = await read(broken);
  assert.deepEqual([result.kind, result.ok, result.reason, broken.seen.length], ["transport", false, "network", 3]);
  assert.ok(result.error instanceof Error);
  const cut = await serve((request, response, _, n) => {
    if (n === 3) return json(response, 200, { id: 1 }, { "x-count": "1" });
    response.writeHead(200, { "content-type": "application/json", "x-count": "1", "content-length": "100" }).write('{"id"');
    setTimeout(() => request.socket.destroy(), 5);
  });
  assert.deepEqual([(await read(cut)).kind, cut.seen.length], ["documented", 3]);
});

test("pauses grow with jitter, and Retry-After is obeyed as far as it is bearable", async () => {
  const cases = [
    // Retry-After, retry, deadline; pauses
    [undefined, {}, undefined, [100, 200]],
    [undefined, { baseMs: 1000, maxMs: 1500 }, undefined, [500, 750]],
    ["2", {}, undefined, [2000, 2000]],
    ["0", {}, undefined, [0, 0]],
    ["nonsense", {}, undefined, [100, 200]],
    ["21", {}, undefined, []],
    ["2", { maxMs: 1000 }, undefined, []],
    ["20", {}, 15_000, []],
    ["date", {}, undefined, "date"],
    ["past", {}, undefined, [0, 0]],
  ];
  for (const [header, retry, deadlineMs, expected] of cases) {
    const after = header === "date" ? new Date(Date.now() + 9000).toUTCString() : header === "past" ? new Date(0).toUTCString() : header;
    const { baseUrl, seen } = await serve((_, response) => json(response, 429, { error: "x" }, after === undefined ? {} : { "retry-after": after }));
    const pauses = [];
    const told = [];
    const client = { baseUrl, retry, random: () => 0.5, sleep: async (ms) => void pauses.push(ms), onRetry: (...all) => told.push(all) };
    const result = await runtime.call(client, READ, input, deadlineMs === undefined ? {} : { deadlineMs });
    assert.equal(result.status, 429);
    assert.equal(seen.length, pauses.length + 1);
    assert.deepEqual(told, pauses.map((ms, at) => ["read", at + 1, ms, 429]));
    if (expected === "date") assert.ok(pauses.length === 2 && pauses.every((it) => it > 5000 && it <= 9000), `${pauses}`);
    else assert.deepEqual(pauses, expected, `${header} ${JSON.stringify(retry)}`);
  }
});

test("time runs out as a value", async () => {
  let n_sent = 0;
  const deaf = { baseUrl: "https://x.example", fetch: () => (n_sent++, new Promise(() => {})) };
  const rows = [
    // client, options, what the contract says, attempts
    [{ timeoutMs: 20, retry: false }, {}, {}, 1],
    [{ timeoutMs: 20 }, {}, {}, 3],
    [{ timeoutMs: 1e9 }, { timeoutMs: 20 }, {}, 3],
    [{}, { timeoutMs: 20 }, { timeoutMs: 1e9 }, 3],
    [{}, {}, { timeoutMs: 20, repeat: undefined }, 1],
    [{ timeoutMs: Infinity }, { deadlineMs: 20 }, {}, 1],
  ];
  for (const [client, options, contract, attempts] of rows) {
    n_sent = 0;
    const result = await runtime.call({ ...quiet, ...deaf, ...client }, { ...READ, ...contract }, input, options);
    assert.deepEqual([result.kind, result.reason, n_sent], ["transport", "timeout", attempts], JSON.stringify([client, options, contract]));
  }
  const late = await serve(() => {});
  assert.equal((await read({ ...late, timeoutMs: 20, retry: false })).reason, "timeout");
  const half = await serve((_, response) => response.writeHead(200, { "content-type": "application/json", "x-count": "1" }).write("{"));
  assert.equal((await read({ ...half, timeoutMs: 50, retry: false })).reason, "timeout");
  const hung = await runtime.call({ ...deaf, timeoutMs: 20, auth: { a: () => new Promise(() => {}) } }, { ...READ, repeat: undefined, security: runtime.secured({ a: runtime.bearer }) }, input);
  assert.equal(hung.reason, "timeout");
});

test("an abort is a value: before, during and between attempts, and while the body comes", async () => {
  const { baseUrl, seen } = await serve(() => {});
  const before = await read({ baseUrl }, input, { signal: AbortSignal.abort() });
  assert.deepEqual([before.kind, before.reason, seen.length], ["transport", "aborted", 0]);
  const asking = new AbortController();
  const secured = { ...READ, security: runtime.secured({ a: runtime.bearer }) };
  const auth = { a: async () => (asking.abort(), "t") };
  assert.deepEqual([(await runtime.call({ baseUrl, auth }, secured, input, { signal: asking.signal })).reason, seen.length], ["aborted", 0]);
  const during = new AbortController();
  const arrived = await serve(() => during.abort());
  assert.equal((await read(arrived, input, { signal: during.signal })).reason, "aborted");
  const between = new AbortController();
  const busy = await serve((_, response) => json(response, 503, {}));
  const slept = await read({ ...busy, sleep: async () => between.abort() }, input, { signal: between.signal });
  assert.deepEqual([slept.reason, busy.seen.length], ["aborted", 1]);
  const real = new AbortController();
  const waiting = runtime.call({ ...busy, retry: { baseMs: 20_000 }, random: () => 1, onRetry: () => real.abort() }, READ, input, { signal: real.signal });
  assert.equal((await waiting).reason, "aborted");
  const reading = new AbortController();
  const half = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "x-count": "1" }).write("{");
    setTimeout(() => reading.abort(), 5);
  });
  assert.equal((await read(half, input, { signal: reading.signal })).reason, "aborted");
  const after = new AbortController();
  const done = await serve((_, response) => json(response, 200, { id: 1 }, { "x-count": "1" }));
  const result = await read(done, input, { signal: after.signal });
  after.abort();
  assert.equal(result.kind, "documented");
});

test("middleware runs around each attempt, the first outermost", async () => {
  const { baseUrl, seen } = await serve((_, response, __, n) => json(response, n === 1 ? 503 : 200, { id: 1 }, { "x-count": "1" }));
  const log = [];
  const use = ["a", "b"].map((name) => async (request, next, { id, method, path, tags }) => {
    log.push(name + ">" + [id, method, path, tags].join(" "));
    request.headers.set("x-" + name, "1");
    const response = await next(request);
    log.push(name + "<" + response.status);
    return response;
  });
  await read({ baseUrl, use });
  const one = (status) => ["a>read GET /orders/{id} orders", "b>read GET /orders/{id} orders", "b<" + status, "a<" + status];
  assert.deepEqual(log, [...one(503), ...one(200)]);
  assert.deepEqual(seen.map((it) => it.headers["x-a"] + it.headers["x-b"]), ["11", "11"]);
});

test("a server is the contract's, one of its choices, or a service binding", async () => {
  const urls = [];
  const answer = async (request) => (urls.push(request.url), new Response(null, { status: 204 }));
  const base = runtime.servers({ "https://{region}.shop.example/v1": { region: "eu" }, "https://other.example": {} });
  const operation = { ...READ, base };
  const rows = [
    [{ fetch: answer }, "https://eu.shop.example/v1/orders/7"],
    [{ fetch: answer, server: { url: "https://{region}.shop.example/v1", variables: { region: "us" } } }, "https://us.shop.example/v1/orders/7"],
    [{ fetch: answer, server: { url: "https://other.example" } }, "https://other.example/orders/7"],
    [{ fetch: answer, baseUrl: "https://own.example/a/" }, "https://own.example/a/orders/7"],
    [{ fetch: { fetch: answer } }, "https://service.binding/v1/orders/7"],
    [{ fetch: { fetch: answer }, baseUrl: "https://own.example" }, "https://own.example/orders/7"],
  ];
  for (const [client, url] of rows) {
    assert.equal((await runtime.call(client, operation, input)).status, 204);
    assert.equal(urls.at(-1), url);
  }
  class Binding {
    #status = 204;
    async fetch() {
      return new Response(null, { status: this.#status });
    }
  }
  assert.equal((await runtime.call({ fetch: new Binding() }, READ, input)).status, 204);
});

test("expectOk gives the body or throws what happened", async () => {
  const { baseUrl } = await serve((request, response) => json(response, request.url.endsWith("/7") ? 200 : 418, { id: 1, error: "x" }, { "x-count": "1" }));
  assert.deepEqual(runtime.expectOk(await read({ baseUrl })), { id: 1, error: "x" });
  const failed = await read({ baseUrl }, { path: { id: "8" } });
  assert.throws(() => runtime.expectOk(failed), (it) => it instanceof runtime.SdkError && it instanceof Error && it.name === "SdkError" && it.result === failed && it.issues.length === 0 && it.message === "documented 418");
  const refused = await read({ baseUrl }, {});
  assert.throws(() => runtime.expectOk(refused), (it) => it.issues === refused.issues && it.message.startsWith("refused at path/id"));
});

test("integers that lost digits are told and not refused", async () => {
  const { baseUrl } = await serve((_, response) => response.writeHead(200, { "content-type": "application/json" }).end('{"a":[9007199254740993,1,"9007199254740993"]}'));
  const told = [];
  const operation = { id: "big", method: "GET", path: "/", tags: [], responses: { 200: { content: { "application/json": { remarks: runtime.unsafeIntegers } } } } };
  const result = await runtime.call({ baseUrl, onViolation: (...all) => told.push(all) }, operation);
  assert.equal(result.kind, "documented");
  assert.deepEqual(told.map(([id, status, issues]) => [id, status, issues.map((it) => [it.keyword, it.path])]), [["big", 200, [["unsafe-integer", ["a", 0]]]]]);
});
