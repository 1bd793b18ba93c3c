// Credentials: where they go, where never, and when they are asked for again.

import assert from "node:assert/strict";
import test from "node:test";
import * as runtime from "../../src/kit/runtime.js";
import { json, serve } from "./loopback.mjs";
import { READ, input, quiet } from "./reading.mjs";

test("a credential function is asked again once, and by concurrent calls together", async () => {
  const asked = [];
  const secured = { ...READ, security: runtime.secured({ bearerAuth: runtime.bearer }) };
  const { baseUrl, seen } = await serve((request, response) => (request.headers.authorization === "Bearer new" ? json(response, 200, { id: 1 }, { "x-count": "1" }) : json(response, 401, { error: "old" })));
  const bearerAuth = async (why) => {
    asked.push(why);
    return why === "first" ? "old" : "new";
  };
  const all = await Promise.all(Array.from({ length: 5 }, () => runtime.call({ baseUrl, auth: { bearerAuth } }, secured, input)));
  assert.deepEqual(all.map((it) => it.status), [200, 200, 200, 200, 200]);
  assert.deepEqual([asked.filter((it) => it === "first").length, asked.filter((it) => it === "refused").length], [5, 1]);
  assert.equal(seen.length, 10);
  asked.length = 0;
  const useless = async (why) => (asked.push(why), "still old");
  const result = await runtime.call({ baseUrl, auth: { bearerAuth: useless } }, secured, input);
  assert.deepEqual([result.kind, result.status, asked], ["documented", 401, ["first", "refused"]]);
  const lost = await runtime.call({ baseUrl, auth: { bearerAuth: async (why) => { if (why === "refused") throw new Error("no"); return "old"; } } }, secured, input);
  assert.deepEqual([lost.kind, lost.status, lost.body], ["documented", 401, { error: "old" }]);
  const fixed = await runtime.call({ baseUrl, auth: { bearerAuth: "fixed" } }, secured, input);
  assert.equal(fixed.status, 401);
});

test("each kind of credential goes to its place; the first complete alternative is taken", async () => {
  const { baseUrl, seen } = await serve((_, response) => response.writeHead(204).end());
  const { bearer, basic, authorization, keyInHeader, keyInQuery, keyInCookie } = runtime;
  const rows = [
    [[{ a: bearer }], { a: "t" }, { authorization: "Bearer t" }],
    [[{ a: basic }], { a: { username: "ü", password: "p:w" } }, { authorization: "Basic " + Buffer.from("ü:p:w").toString("base64") }],
    [[{ a: authorization("DPoP") }], { a: "x" }, { authorization: "DPoP x" }],
    [[{ a: keyInHeader("X-Key") }], { a: () => "k" }, { "x-key": "k" }],
    [[{ a: keyInQuery("key") }], { a: "k&" }, { url: "/orders/7?limit=1&key=k%26" }],
    [[{ a: keyInCookie("key") }], { a: "k;" }, { cookie: "session=s; key=k%3B" }],
    [[{ a: bearer, b: keyInHeader("x-key") }, { b: keyInHeader("x-other") }], { b: "k" }, { authorization: undefined, "x-key": undefined, "x-other": "k" }],
    [[{ a: bearer, b: keyInHeader("x-key") }, { b: keyInHeader("x-other") }], { a: "t", b: "k" }, { authorization: "Bearer t", "x-key": "k" }],
    [[{ a: bearer }, {}], {}, { authorization: undefined }],
  ];
  for (const [alternatives, auth, expected] of rows) {
    const operation = { ...READ, security: runtime.secured(...alternatives) };
    const result = await runtime.call({ baseUrl, auth }, operation, { ...input, query: { limit: 1 }, cookies: { session: "s" } });
    assert.equal(result.status, 204);
    const { url, headers } = seen.at(-1);
    for (const [name, value] of Object.entries(expected)) assert.equal(name === "url" ? url : headers[name], value, JSON.stringify(expected));
  }
  const none = await runtime.call({ baseUrl }, { ...READ, security: runtime.secured({ a: bearer }) }, input);
  assert.deepEqual([none.kind, none.issues[0].path], ["refused", ["auth"]]);
});

test("credentials never come into what is told", async () => {
  const { baseUrl } = await serve((_, response) => response.writeHead(204).end());
  const secret = "s3cret\nvalue";
  for (const place of [runtime.bearer, runtime.keyInHeader("x-key"), runtime.authorization("X")]) {
    const result = await runtime.call({ baseUrl, ...quiet, auth: { a: secret } }, { ...READ, security: runtime.secured({ a: place }) }, input);
    assert.ok(!result.ok);
    assert.ok(!`${JSON.stringify(result)} ${result.error} ${result.error?.stack} ${new runtime.SdkError(result)}`.includes("s3cret"));
  }
});

test("redirects keep credentials on their origin", async () => {
  const away = await serve((_, response) => json(response, 200, { id: 1 }, { "x-count": "1" }));
  const { bearer, keyInHeader, keyInCookie, keyInQuery } = runtime;
  const places = [[bearer, "authorization"], [keyInHeader("X-Key"), "x-key"], [keyInCookie("key"), "cookie"], [keyInQuery("key"), undefined]];
  for (const [place, header] of places) {
    for (const status of [301, 302, 303, 307, 308]) {
      const home = await serve((request, response, _, n) => {
        if (n === 1) return response.writeHead(status, { location: "/here" }).end();
        response.writeHead(status, { location: away.baseUrl + "/there" }).end();
      });
      const operation = { ...READ, security: runtime.secured({ a: place }) };
      const result = await runtime.call({ ...home, auth: { a: "s3cret" } }, operation, { ...input, headers: { "X-Trace": "t" } });
      assert.equal(result.kind, "documented");
      const last = away.seen.at(-1);
      assert.equal(home.seen.length, 2);
      assert.deepEqual([last.url, last.headers["x-trace"]], ["/there", "t"]);
      assert.ok(!JSON.stringify(last).includes("s3cret"), `${header} ${status}`);
      if (header) assert.ok(home.seen.every((it) => it.headers[header].includes("s3cret")));
    }
  }
  const post = { id: "post", method: "POST", path: "/", tags: [], responses: { 200: { content: { "application/json": {} } } }, parts: [runtime.body({ "application/json": runtime.json })], security: runtime.secured({ a: keyInHeader("x-key") }) };
  for (const [status, method, body] of [[302, "GET", ""], [303, "GET", ""], [307, "POST", "[1]"], [308, "POST", "[1]"]]) {
    const home = await serve((_, response, __, n) => (n === 1 ? response.writeHead(status, { location: "/next" }).end() : json(response, 200, 1)));
    await runtime.call({ ...home, auth: { a: "k" } }, post, { body: [1] });
    const last = home.seen[1];
    assert.deepEqual([last.method, last.body, last.headers["content-type"]], [method, body, body ? "application/json" : undefined]);
  }
});
