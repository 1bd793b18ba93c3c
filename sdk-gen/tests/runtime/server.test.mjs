// The server side answers the client side: every style, both ways.

import assert from "node:assert/strict";
import test from "node:test";
import * as runtime from "../../src/kit/runtime.js";
import * as kit from "../../src/kit/server/kit.js";
import { having } from "./loopback.mjs";
import { peer } from "./peers.mjs";

const { Hono } = await peer("hono");
const { kinds, styles } = kit;
const served = (more) => ({ name: "run", id: "run", method: "GET", path: "/", rows: [], replies: { 200: { content: { "application/json": {} } }, 204: {} }, ...more });
/** An app with one operation that remembers its inputs. */
const app = (operation, answer = { status: 204 }, options = {}) => {
  const inputs = [];
  const hono = new Hono();
  kit.mount(hono, [operation], { [operation.name]: (input) => (inputs.push(input), typeof answer === "function" ? answer(input) : answer) }, options);
  return { inputs, hono, client: { baseUrl: "https://x.example", fetch: (request) => hono.fetch(request) } };
};

// A small generator with a seed, so that a failure can be had again.
const seed = Number(process.env.SEED ?? 20261121);
let state = seed;
const random = (n) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};
const alphabet = ["a", "B", "7", " ", "+", "%", "%41", "&", "=", "?", "#", "/", "\\", ".", "..", ",", ";", "|", "'", '"', "[", "]", "{id}", "ü", "😀", "\n", "true", "null", "0"];
const someText = () => Array.from({ length: random(5) }, () => alphabet[random(alphabet.length)]).join("");
const someNumber = () => [0, -1, 1.5, 1e21, 12345678901, -0.25][random(6)];
const scalars = { text: someText, number: someNumber, boolean: () => random(2) === 0 };

test(`what the client writes in any style, the server reads (seed ${seed})`, async () => {
  const { inPath, inQuery, inHeader, inCookie } = runtime;
  const places = {
    path: [inPath, [["simple", "simple"], ["simpleExploded", "simpleExploded"], ["label", "label"], ["labelExploded", "labelExploded"], ["matrix", "matrix"], ["matrixExploded", "matrixExploded"], ["asJson", "asJson"]]],
    query: [inQuery, [["form", "form"], ["formExploded", "formExploded"], ["spaceDelimited", "spaceDelimited"], ["pipeDelimited", "pipeDelimited"], ["tabDelimited", "tabDelimited"], ["deepObject", "deepObject"], ["formJson", "formJson"]]],
    headers: [inHeader, [["simple", "simple"], ["simpleExploded", "simpleExploded"], ["asJson", "asJson"]]],
    cookies: [inCookie, [["form", "form"], ["formExploded", "formExploded"], ["formJson", "formJson"]]],
  };
  let n_sent = 0;
  let n_refused = 0;
  for (const [place, [part, pairs]] of Object.entries(places)) {
    for (const [write, read] of pairs) {
      for (const [kindName, make] of Object.entries(scalars)) {
        const scalar = kinds[kindName];
        const cases = [
          [scalar, make],
          [kinds.list(scalar), () => Array.from({ length: 1 + random(3) }, make)],
          [kinds.object({ a: scalar, "b c": scalar }, scalar), () => Object.fromEntries(["a", "b c", "x&y", "k="].slice(0, 1 + random(4)).map((it) => [it, make()]))],
          [kinds.object({ a: kinds.list(scalar), b: kinds.object({ c: scalar }) }), () => ({ a: [make(), make()], b: { c: make() } }), "deepObject"],
        ];
        for (const [kind, makeValue, only] of cases) {
          if ((only && only !== write) || (write === "deepObject" && !kind.members)) continue;
          // Scalars have no list to be of in these styles.
          for (const encode of place === "query" || place === "path" ? [undefined, place === "path" ? runtime.reservedInPath : runtime.reserved] : [undefined]) {
            const path = place === "path" ? "/p/{v w}/end" : "/p";
            const operation = served({ path, parameters: [{ in: place, name: "v w".replace(" ", place === "path" ? " " : "-"), read: styles[read], kind }, { in: "query", name: "other", read: styles.form, kind: kinds.text }] });
            const name = operation.parameters[0].name;
            const { inputs, client } = app(operation);
            const call = { id: "run", method: "GET", path, tags: [], parts: [part(name, runtime[write], encode), inQuery("other")], responses: { 204: {} } };
            for (let round = 0; round < 12; round++) {
              const value = makeValue();
              const result = await runtime.call(client, call, { [place]: { [name]: value, ...(place === "query" && { other: "o" }) } });
              n_sent++;
              if (result.kind === "refused") {
                n_refused++;
                continue;
              }
              const at = `${place} ${write} ${kindName} ${JSON.stringify(value)} (seed ${seed})`;
              assert.equal(result.status, 204, `${at}: ${JSON.stringify(result)}`);
              assert.deepEqual(inputs.at(-1)[place][name], value, at);
            }
          }
        }
      }
    }
  }
  assert.ok(n_refused < n_sent / 3, `${n_refused} of ${n_sent}`);
});

test("bodies come as they were sent", async () => {
  const fields = kinds.object({ count: kinds.number, list: kinds.list(kinds.number), object: kinds.object({ a: kinds.number }), on: kinds.boolean });
  const body = { "application/json": kit.json, "text/*": kit.text, "image/*": kit.binary, "application/x-www-form-urlencoded": kit.urlencoded(fields), "multipart/form-data": kit.multipart(fields), "application/jsonl": kit.lines, "application/json-seq": kit.records };
  const { inputs, client } = app(served({ method: "POST", body }));
  const types = { "application/json": runtime.json, "text/plain": runtime.text, "image/png": runtime.binary, "application/x-www-form-urlencoded": runtime.urlencoded(), "multipart/form-data": runtime.multipart(), "application/jsonl": runtime.lines, "application/json-seq": runtime.records };
  const call = { id: "run", method: "POST", path: "/", tags: [], parts: [runtime.body(types)], responses: { 204: {} } };
  const form = { count: 3, list: [1, 2], object: { a: 1 }, on: true, other: "a+b c&%" };
  const rows = [
    ["application/json", { a: [null] }], ["text/plain", "hé"], ["application/jsonl", [1, { a: "\n" }]], ["application/json-seq", [1, "\x1e"]],
    ["application/x-www-form-urlencoded", form], ["application/x-www-form-urlencoded", { list: [7] }], ["multipart/form-data", form], ["multipart/form-data", { list: [7] }],
  ];
  for (const [contentType, value] of rows) {
    const result = await runtime.call(client, call, { contentType, body: value });
    assert.equal(result.status, 204, JSON.stringify(result));
    assert.deepEqual(inputs.at(-1), { contentType, body: value });
  }
  await runtime.call(client, call, { contentType: "image/png", body: new Blob(["x"]) });
  const { body: blob } = inputs.at(-1);
  assert.deepEqual([blob.type, await blob.text()], ["image/png", "x"]);
  await runtime.call(client, call, { contentType: "multipart/form-data", body: { file: new File(["x"], "n.txt", { type: "text/plain" }) } });
  const { file } = inputs.at(-1).body;
  assert.deepEqual([file.name, file.type, await file.text()], ["n.txt", "text/plain", "x"]);
});

test("a request that breaks the contract is a problem with pointers", async () => {
  const guard = having("prompt");
  const operation = served({
    method: "POST",
    path: "/orders/{id}",
    parameters: [{ in: "path", name: "id", read: styles.simple, kind: kinds.number }, { in: "query", name: "a/b", read: styles.form, kind: kinds.text }],
    body: { "application/json": kit.json },
    maxBytes: 20,
    rows: [[["path", "id"], (it) => typeof it === "number", () => [{ path: [], keyword: "type", message: "a number", schema: "/x" }], true], [["query", "a/b"], () => true, () => [], true], [["body"], guard.is, guard.issues, true]],
  });
  const { hono, inputs } = app(operation);
  const ask = async (path, body, headers = { "content-type": "application/json" }) => {
    const response = await hono.request(path, { method: "POST", headers, body, duplex: "half" });
    if (response.status === 204) return [204];
    assert.equal(response.headers.get("content-type"), "application/problem+json", `${path} ${body} ${response.status}`);
    const problem = await response.json();
    assert.equal(problem.status, response.status);
    return [response.status, ...problem.issues.map((it) => it.pointer)];
  };
  const large = new ReadableStream({ start: (it) => (it.enqueue(new TextEncoder().encode('{"prompt":"123456789')), it.enqueue(new Uint8Array(9)), it.close()) });
  const rows = [
    ["/orders/7?a%2Fb=1", '{"prompt":1}', undefined, [204]],
    ["/orders/x", "{}", undefined, [400, "/path/id", "/query/a~1b", "/body/prompt"]],
    ["/orders/7?a%2Fb=%", '{"prompt":1}', undefined, [400, "/query/a~1b"]],
    ["/orders/%E0?a%2Fb=1", '{"prompt":1}', undefined, [400, "/path/id"]],
    ["/orders/7?a%2Fb=1", "{", undefined, [400, "/body"]],
    ["/orders/7?a%2Fb=1", "", undefined, [400, "/body"]],
    ["/orders/7?a%2Fb=1", undefined, {}, [400, "/body"]],
    ["/orders/7?a%2Fb=1", '{"prompt":1}', { "content-type": "text/plain" }, [415, "/body"]],
    ["/orders/7?a%2Fb=1", '{"prompt":1}', { "content-type": "constructor" }, [415, "/body"]],
    ["/orders/7?a%2Fb=1", '{"prompt":"12345678901234567890"}', undefined, [413, "/body"]],
    ["/orders/7?a%2Fb=1", large, undefined, [413, "/body"]],
    ["/orders/7?a%2Fb=1", '{"prompt":1}', { "content-type": "Application/JSON; charset=utf-8" }, [204]],
  ];
  for (const [path, body, headers, expected] of rows) assert.deepEqual(await ask(path, body, headers), expected, `${path} ${body}`);
  assert.deepEqual(inputs, Array.from({ length: 2 }, () => ({ path: { id: 7 }, query: { "a/b": "1" }, contentType: "application/json", body: { prompt: 1 } })));
  const own = app(operation, { status: 204 }, { onInvalid: ({ status, issues }) => (status === 400 ? new Response(String(issues.length), { status: 422 }) : undefined) });
  const response = await own.hono.request("/orders/x", { method: "POST", body: "{}", headers: { "content-type": "application/json" } });
  assert.deepEqual([response.status, await response.text()], [422, "3"]);
  assert.equal((await own.hono.request("/orders/7", { method: "POST", body: "{}" })).status, 415);
});

test("queries and cookies of other clients are understood", async () => {
  const { list, number, object, text } = kinds;
  const operation = served({
    parameters: [
      { in: "query", name: "q", read: styles.form, kind: text }, { in: "query", name: "ids", read: styles.form, kind: list(number) },
      { in: "query", name: "deep", read: styles.deepObject, kind: object({ a: list(number), b: text }) }, { in: "query", name: "pipe", read: styles.pipeDelimited, kind: list(text) },
      { in: "headers", name: "X-List", read: styles.simple, kind: list(number) }, { in: "cookies", name: "c", read: styles.form, kind: text },
    ],
  });
  const { hono, inputs } = app(operation);
  await hono.request("/?q=a+b%2B&ids=1&ids=2,3&deep[a][]=1&deep[a][]=2&deep[b]=x&deep[__proto__]=y&pipe=a|b%7Cc", { headers: { "x-list": "1 , 2", cookie: "x=1;c=a%20b; d=2" } });
  const [{ query, headers, cookies }] = inputs;
  assert.deepEqual([query.q, query.ids, query.pipe, headers, cookies], ["a b+", [1, 2, 3], ["a", "b", "c"], { "X-List": [1, 2] }, { c: "a b" }]);
  assert.deepEqual([query.deep.a, query.deep.b, Object.getPrototypeOf(query.deep) === Object.prototype], [[1, 2], "x", true]);
});

test("a parameter that is the whole query is read by its media type", async () => {
  const kind = kinds.object({ a: kinds.number });
  for (const [query, search, expected] of [
    [kit.queryForm(kind), "?a=1&b=x%20y", { query: { a: 1, b: "x y" } }],
    [kit.queryForm(kind), "?", { query: {} }],
    [kit.queryForm(kind), "", {}],
    [kit.queryJson, "?%7B%22a%22%3A%5B1%5D%7D", { query: { a: [1] } }],
    [kit.queryJson, "?", {}],
    [kit.queryJson, "?{", 400],
    [kit.queryText, "?a%26b", { query: "a&b" }],
    [kit.queryText, "?%", 400],
    [kit.queryText, "#?a", {}],
  ]) {
    const { inputs, hono } = app(served({ query }));
    const { status } = await hono.fetch(new Request(`https://x.example/${search}`));
    assert.deepEqual(status === 204 ? inputs[0] : status, expected, search);
  }
  const needed = app(served({ query: kit.queryText, rows: [[["query"], () => true, () => [], true]] }));
  assert.equal((await needed.hono.fetch(new Request("https://x.example/"))).status, 400);
});

test("concrete paths come before templated ones, and templates end where they end", async () => {
  const paths = ["/a/{x}", "/a/{x}.json", "/a/b", "/{y}/b", "/a/{x}:cancel", "/a/b:cancel", "/a/{x}/c", "/*/b"];
  const operations = paths.map((path) => served({ name: path, path, parameters: ["x", "y"].filter((it) => path.includes(`{${it}}`)).map((name) => ({ in: "path", name, read: styles.simple, kind: kinds.text })) }));
  const inner = new Hono();
  kit.mount(inner, operations, Object.fromEntries(paths.map((path) => [path, (input) => ({ status: 200, body: [path, input.path?.x ?? input.path?.y ?? null] })])));
  const outer = new Hono().route("/v1", inner);
  for (const [hono, prefix] of [[inner, ""], [outer, "/v1"]]) {
    const rows = [
      ["/a/b", ["/a/b", null]],
      ["/a/z", ["/a/{x}", "z"]],
      ["/a/z.json", ["/a/{x}.json", "z"]],
      ["/a/z:cancel", ["/a/{x}:cancel", "z"]],
      ["/a/b:cancel", ["/a/b:cancel", null]],
      ["/a/q%2Fr", ["/a/{x}", "q/r"]],
      ["/a/100%25", ["/a/{x}", "100%"]],
      ["/k/b", ["/{y}/b", "k"]],
      ["/*/b", ["/*/b", null]],
      ["/a/z/c", ["/a/{x}/c", "z"]],
      ["/a/z/d", undefined],
      ["/nowhere", undefined],
    ];
    for (const [path, expected] of rows) {
      const response = await hono.request(prefix + path);
      assert.deepEqual(response.status === 200 ? await response.json() : undefined, expected, prefix + path);
    }
  }
});

test("HEAD is an operation of its own if the contract says so", async () => {
  const hono = new Hono();
  const seen = [];
  kit.mount(hono, [served({ name: "get" }), served({ name: "head", method: "HEAD" })], { get: () => (seen.push("get"), { status: 204 }), head: () => (seen.push("head"), { status: 204 }) });
  await hono.request("/", { method: "HEAD" });
  await hono.request("/");
  assert.deepEqual(seen, ["head", "get"]);
});

test("a forgotten handler is said at once, unless some are enough", () => {
  assert.throws(() => kit.mount(new Hono(), [served({}), served({ name: "other" })], { run: () => ({ status: 204 }) }), /no handler for other/);
  kit.mountSome(new Hono(), [served({}), served({ name: "toString" })], { run: () => ({ status: 204 }) });
});

test("answers are what the contract has for them, or it is told", async () => {
  const guard = having("id");
  const operation = served({ replies: { 200: { content: { "application/json": guard, "text/plain": {} }, required: ["x-count"] }, 204: {}, "4XX": { content: { "application/problem+json": {} } } } });
  const headers = { "X-Count": 3, "x-list": [1, 2], "x-none": undefined };
  const rows = [
    [{ status: 200, body: { id: 1 }, headers }, 200, "application/json", '{"id":1}', undefined],
    [{ status: 200, body: "hi", contentType: "text/plain", headers }, 200, "text/plain", "hi", undefined],
    [{ status: 404, body: { title: "no" } }, 404, "application/problem+json", '{"title":"no"}', undefined],
    [{ status: 204 }, 204, null, "", undefined],
    [{ status: 200, body: {}, headers }, 200, "application/json", "{}", [["body", "id"]]],
    [{ status: 200, body: { id: 1 } }, 200, "application/json", '{"id":1}', [["headers", "x-count"]]],
    [{ status: 200, body: "x", contentType: "text/css", headers }, 200, "text/css", "x", [["contentType"]]],
    [{ status: 500, body: 1 }, 500, null, "1", [["status"]]],
    [new Response("as it is", { status: 418 }), 418, "text/plain;charset=UTF-8", "as it is", undefined],
  ];
  for (const [answer, status, type, body, paths] of rows) {
    const reports = [];
    const { hono } = app(operation, () => (answer instanceof Response ? answer.clone() : answer), { checkReplies: "report", onReport: (...all) => reports.push(all) });
    const response = await hono.request("/");
    assert.deepEqual([response.status, await response.text()], [status, body]);
    if (type !== null) assert.equal(response.headers.get("content-type"), type);
    assert.deepEqual(reports.map(([id, code, issues]) => [id, code, issues.map((it) => it.path)]), paths ? [["run", status, paths]] : []);
    const strict = app(operation, () => (answer instanceof Response ? answer.clone() : answer), { checkReplies: "throw" });
    let thrown;
    strict.hono.onError((error) => ((thrown = error), new Response(null, { status: 599 })));
    assert.equal((await strict.hono.request("/")).status, paths ? 599 : status);
    assert.deepEqual(thrown?.issues.map((it) => it.path), paths);
  }
  const response = await app(operation, rows[0][0]).hono.request("/");
  assert.deepEqual([response.headers.get("x-count"), response.headers.get("x-list"), response.headers.has("x-none")], ["3", "1, 2", false]);
});

test("streams go out as they come, and end when the client leaves", async () => {
  const rows = [["text/event-stream", runtime.events], ["application/jsonl", runtime.jsonLines], ["application/json-seq", runtime.jsonSequence]];
  for (const [type, read] of rows) {
    let left = false;
    async function* body() {
      try {
        for (let n = 1; ; n++) yield { n, text: "a\nb" };
      } finally {
        left = true;
      }
    }
    const { client } = app(served({ replies: { 200: { content: { [type]: {} } } } }), () => ({ status: 200, body: body() }));
    const call = { id: "run", method: "GET", path: "/", tags: [], accept: type, responses: { 200: { content: { [type]: { read: read() } } } } };
    const result = await runtime.call(client, call);
    const found = [];
    for await (const it of result.body) {
      found.push(it.n);
      if (found.length === 3) break;
    }
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([found, left], [[1, 2, 3], true], type);
  }
});

test("an existing app validates, and reads the body again", async () => {
  const guard = having("prompt");
  const hono = new Hono();
  const operation = served({ method: "POST", body: { "application/json": kit.json }, maxBytes: 99, rows: [[["body"], guard.is, guard.issues, true]] });
  hono.post("/", kit.validated(operation), async (context) => context.json([context.get("input").body, await context.req.json()]));
  const ask = (body) => hono.request("/", { method: "POST", body, headers: { "content-type": "application/json" } });
  assert.deepEqual(await (await ask('{"prompt":1}')).json(), [{ prompt: 1 }, { prompt: 1 }]);
  assert.equal((await ask("{}")).status, 400);
});
