// Client and server of one generated SDK, face to face: what one sends is what the other gets.
// usage: node exchange.mjs SDK-FOLDER; prints "agreed", or throws.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const need = createRequire(process.env.PEERS ?? import.meta.url);
const { Hono } = need("hono");
const dist = (name) => import(pathToFileURL(path.join(process.argv[2], "dist", name)).href);
const [sdk, server, hooks] = await Promise.all(["index.js", "server.js", "webhooks.js"].map(dist));
const schemas = await dist("server/zod.js");
const { isBranded, letter, orderId, weightInKg } = await dist("guards.js");

let seen;
let answered = 0;
const app = new Hono();
server.mountSome(app, {
  getOrder: (input) => {
    seen = input;
    return { status: 200, contentType: "application/json", body: { id: input.path.id, total: 1 }, headers: { "x-tokens-in": 3, "x-tags": [1, 2], "x-flag": true, "x-ratio": 0.5 } };
  },
  createOrder: (input) => {
    seen = input;
    return { status: 201, body: { id: 1, total: 2 } };
  },
  listOrders: ({ query }) => ({ status: 200, body: query.after === undefined ? { data: [{ id: 1, total: 1 }], next: "n" } : { data: [{ id: 2, total: 2 }], next: null } }),
  follow: () => ({ status: 200, body: events("a", "b") }),
  ask: ({ body }) => (body.prompt === "whole" ? { status: 200, contentType: "application/json", body: { id: 1, total: 1 } } : { status: 200, contentType: "text/event-stream", body: events("a", "b") }),
  download: () => ({ status: 200, body: new Blob(["bytes"]) }),
  whole: (input) => {
    seen = input;
    return { status: 200 };
  },
  addPicture: () => ({ status: 200 }),
  mix: (input) => {
    seen = input;
    return { status: 200 };
  },
  deleteOrdersByIdByUndeclared: () => (answered++, { status: 204 }),
});
async function* events(...texts) {
  for (const text of texts) yield { text };
}
const client = { baseUrl: "https://shop.example", fetch: (request) => app.fetch(request), auth: { token: "t" }, checkRequests: true, retry: false };
const documented = (result, status) => {
  assert.deepEqual([result.kind, result.status], ["documented", status], JSON.stringify(result.issues ?? result.body ?? String(result.error)));
  return result;
};

// Each style of a parameter, and each kind of a header.
const input = {
  path: { id: 7, undeclared: "ü/x" },
  query: { plain: "a b&c", csv: ["a", "b"], many: [1, 2], space: [1, 2], pipe: [3, 4], deep: { min: 1, name: "n&" }, json: { min: 2 }, told: "7", rest: { more: "1" }, free: "a/b?c", class: true },
  headers: { "X-Trace-Id": "1", "X-List": [1.5, 2] },
  cookies: { session: "s;s" },
};
let result = documented(await sdk.getOrder(client, input), 200);
assert.deepEqual(seen, input);
assert.deepEqual(result.body, { id: 7, total: 1 });
assert.deepEqual(result.headers, { "x-tokens-in": 3, "x-tags": [1, 2], "x-flag": true, "x-ratio": 0.5 });

// The request is held against the contract on both sides.
const small = { ...input, path: { id: 0, undeclared: "x" } };
result = await sdk.getOrder(client, small);
assert.equal(result.kind, "refused");
assert.deepEqual(result.issues[0].path, ["path", "id"]);
result = await sdk.getOrder({ ...client, checkRequests: false }, small);
assert.equal(result.status, 400);
assert.equal(result.body.issues[0].pointer, "/path/id");
assert.equal((await sdk.deleteOrdersByIdByUndeclared({ ...client, auth: {} }, { path: { id: 1, undeclared: "x" } })).kind, "refused");
assert.equal(answered, 0);

// A parameter that is the whole query.
documented(await sdk.whole(client, { query: { a: 1, b: ["x y", "&=é"] } }), 200);
assert.deepEqual(seen, { query: { a: 1, b: ["x y", "&=é"] } });
documented(await sdk.whole(client), 200);
assert.deepEqual(seen, {});
result = await sdk.whole(client, { query: { b: ["x"] } });
assert.deepEqual([result.kind, result.issues[0].path], ["refused", ["query", "a"]]);
result = await sdk.whole({ ...client, checkRequests: false }, { query: { a: "x" } });
assert.deepEqual([result.status, result.body.issues[0].pointer], [400, "/query/a"]);

// Each media type of a body.
for (const body of [
  { body: { total: 1 } },
  { contentType: "application/x-www-form-urlencoded", body: { total: 2, tags: ["a", "b&c"] } },
  { contentType: "text/plain", body: "hi" },
]) {
  documented(await sdk.createOrder(client, body), 201);
  assert.deepEqual(seen.body, body.body);
}
documented(await sdk.createOrder(client, { contentType: "multipart/form-data", body: { file: new Blob(["x"]), files: [new Blob(["y"])], order: { total: 3 } } }), 201);
assert.deepEqual([await seen.body.file.text(), seen.body.file.type, await seen.body.files[0].text(), seen.body.order], ["x", "image/png", "y", { total: 3 }]);
documented(await sdk.createOrder(client, { contentType: "image/png", body: new Uint8Array([1, 2]) }), 201);
assert.deepEqual([seen.contentType, seen.body.size], ["image/png", 2]);

// A body is held against the schema of its own media type, a form part by part.
const file = new Blob(["x"]);
for (const [body, path] of [
  [{ body: { total: "1" } }, ["body", "total"]],
  [{ contentType: "application/json", body: {} }, ["body", "total"]],
  [{ contentType: "application/x-www-form-urlencoded", body: { tags: ["a"] } }, ["body", "total"]],
  [{ contentType: "multipart/form-data", body: { order: { total: 3 } } }, ["body", "file"]],
  [{ contentType: "multipart/form-data", body: { file: "x" } }, ["body", "file"]],
  [{ contentType: "multipart/form-data", body: { file, files: ["y"] } }, ["body", "files"]],
  [{ contentType: "multipart/form-data", body: { file, title: file } }, ["body", "title"]],
  [{ contentType: "multipart/form-data", body: { file, order: { total: "3" } } }, ["body", "order", "total"]],
]) {
  const written = JSON.stringify(body);
  result = await sdk.createOrder(client, body);
  assert.deepEqual([result.kind, result.issues?.[0].path], ["refused", path], written);
  result = await sdk.createOrder({ ...client, checkRequests: false }, body);
  assert.deepEqual([result.status, result.body.issues?.[0].pointer], [400, "/" + path.join("/")], written);
}

for (const [picture, kind] of [[{}, "documented"], [{ body: { text: "t", picture: file } }, "documented"], [{ body: { text: "t" } }, "refused"], [{ body: { picture: file } }, "refused"]]) {
  assert.equal((await sdk.addPicture(client, picture)).kind, kind, JSON.stringify(picture));
}
assert.equal((await sdk.addPicture({ ...client, checkRequests: false }, { body: {} })).status, 400);

documented(await sdk.mix(client, { body: { order: { total: 1 } } }), 200);
assert.deepEqual(seen.body, { order: { total: 1 } });

// Streams and pages.
const collected = async (all, most = Infinity) => {
  const found = [];
  for await (const it of all) {
    found.push(it);
    if (found.length === most) break;
  }
  return found;
};
result = documented(await sdk.follow(client), 200);
assert.deepEqual(await collected(result.body), [{ text: "a" }, { text: "b" }]);
result = documented(await sdk.ask(client, { body: { prompt: "whole" } }), 200);
assert.deepEqual(result.body, { id: 1, total: 1 });
result = documented(await sdk.askStream(client, { body: { prompt: "stream" } }), 200);
assert.deepEqual(await collected(result.body, 2), [{ text: "a" }, { text: "b" }]);
assert.deepEqual(await collected(sdk.listOrdersItems(client)), [{ id: 1, total: 1 }, { id: 2, total: 2 }]);
assert.equal((await collected(sdk.listOrdersPages(client))).length, 2);
result = documented(await sdk.download(client), 200);
assert.equal(await new Response(result.body).text(), "bytes");

// A webhook: what only the provider has, arrives.
const hook = new Hono();
hook.post("/paid", hooks.validateOrderPaid(), (context) => context.json(context.get("input").body));
const sent = (body, headers) => hook.request("/paid", { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } });
assert.equal((await sent({ order: { id: 1, total: 1 } }, { "x-signature": "s" })).status, 200);
assert.equal((await sent({ order: { total: 1 } }, { "x-signature": "s" })).status, 400);
assert.equal((await sent({ order: { id: 1, total: 1 } }, {})).status, 400);

// A callback arrives like a webhook, where the receiver wants it; one of several operations is one.
const backs = new Hono();
backs.post("/back", hooks.validateCreateOrderOnPaid(), (context) => context.json({ seen: context.get("input").body.order.id === 1 }));
backs.put("/again", hooks.validateCreateOrderOnPaidAgainPut(), (context) => context.body(null, 204));
backs.post("/shipped", hooks.validateShipped(), (context) => context.json(context.get("input").headers));
const back = (body) => backs.request("/back", { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });
assert.deepEqual(await (await back({ order: { id: 1, total: 1 } })).json(), { seen: true });
assert.equal((await back({ order: { total: 1 } })).status, 400);
assert.equal((await backs.request("/again", { method: "PUT" })).status, 204);
assert.deepEqual(await (await backs.request("/shipped", { method: "POST", headers: { "x-day": "3" } })).json(), { "X-Day": 3 });
assert.equal((await backs.request("/shipped", { method: "POST", headers: { "x-day": "soon" } })).status, 400);

// A brand is made by who checks it, and costs nothing at run time.
assert.deepEqual([orderId("o-1"), weightInKg(2.5), letter("b")], ["o-1", 2.5, "b"]);
for (const wrong of [() => orderId("1"), () => orderId(1), () => weightInKg(0), () => letter("c")]) assert.throws(wrong, TypeError);
assert(isBranded({ order: "o-1", weight: 1, maybe: null }) && !isBranded({ order: "1", weight: 1, maybe: null }));

// What a handler takes, as a schema: whole, and each member by itself.
const fits = (schema, value) => schema.safeParse(value).success;
const { getOrderRequestSchema: whole, createOrderRequestSchema: created } = schemas;
assert(fits(whole, input) && fits(created, { body: { total: 1 } }) && fits(created, { contentType: "text/plain", body: "hi" }));
for (const wrong of [small, { ...input, path: {} }, { ...input, headers: {} }, null, []]) assert(!fits(whole, wrong), JSON.stringify(wrong));
for (const wrong of [{}, { body: {} }, { contentType: "text/html", body: "hi" }]) assert(!fits(created, wrong), JSON.stringify(wrong));
assert(fits(created.shape.body, { total: 1 }) && !fits(created.shape.body, { total: "1" }));
assert.deepEqual(created.shape.body.safeParse({ total: "1" }).error.issues[0].path, ["total"]);
assert(fits(whole.shape.path, { id: 1 }) && !fits(whole.shape.path, { id: 0 }));
console.log("agreed");
