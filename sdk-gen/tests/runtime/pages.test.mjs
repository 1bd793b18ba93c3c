// Lists that come in pages.

import assert from "node:assert/strict";
import test from "node:test";
import * as runtime from "../../src/kit/runtime.js";
import { json, serve } from "./loopback.mjs";

const LIST = { id: "list", method: "GET", path: "/orders", tags: [], parts: [runtime.inQuery("at"), runtime.inQuery("q")], security: runtime.secured({ a: runtime.bearer }), responses: { 200: { content: { "application/json": {} } }, 404: { content: { "application/json": {} } } } };
const listed = async (client, turn, input) => {
  const found = [];
  for await (const item of runtime.items(runtime.pages({ ...client, auth: { a: "t" } }, LIST, input, {}, turn), ["data"])) found.push(item);
  return [found, client.seen.map((it) => it.url)];
};

test("a cursor is followed until there is none, or it was seen", async () => {
  for (const end of [undefined, null, "", "a"]) {
    const client = await serve((_, response, __, n) => json(response, 200, { data: [n], page: { next: ["a", "b&", end][n - 1] } }));
    assert.deepEqual(await listed(client, runtime.cursor(["query", "at"], ["page", "next"]), { query: { q: "x" } }), [[1, 2, 3], ["/orders?q=x", "/orders?at=a&q=x", "/orders?at=b%26&q=x"]]);
  }
});

test("pages and offsets are counted until one is empty", async () => {
  const answer = (_, response, __, n) => json(response, 200, { data: n < 3 ? [n, n] : [] });
  assert.deepEqual(await listed(await serve(answer), runtime.page(["query", "at"], ["data"])), [[1, 1, 2, 2], ["/orders", "/orders?at=2", "/orders?at=3"]]);
  assert.deepEqual(await listed(await serve(answer), runtime.page(["query", "at"], ["data"], 0)), [[1, 1, 2, 2], ["/orders", "/orders?at=1", "/orders?at=2"]]);
  assert.deepEqual(await listed(await serve(answer), runtime.page(["query", "at"], ["data"]), { query: { at: 5 } }), [[1, 1, 2, 2], ["/orders?at=5", "/orders?at=6", "/orders?at=7"]]);
  assert.deepEqual(await listed(await serve(answer), runtime.offset(["query", "at"], ["data"])), [[1, 1, 2, 2], ["/orders", "/orders?at=2", "/orders?at=4"]]);
});

test("links are followed, relative ones too, and carry no credentials elsewhere", async () => {
  const away = await serve((_, response) => json(response, 200, { data: ["away"] }));
  const links = ['</orders?x=1>; rel="prev", <?x=2>; title="a, b"; rel="first next"', `<${away.baseUrl}/more>; rel=next`];
  const client = await serve((_, response, __, n) => json(response, 200, { data: [n] }, { link: links[n - 1] }));
  assert.deepEqual(await listed(client, runtime.link(), { query: { q: "y" } }), [[1, 2, "away"], ["/orders?q=y", "/orders?x=2"]]);
  assert.deepEqual([client.seen[1].headers.authorization, away.seen[0].headers.authorization], ["Bearer t", undefined]);
  const inBody = await serve((_, response, __, n) => json(response, 200, { data: [n], next: n === 1 ? "/orders?x=3" : null }));
  assert.deepEqual(await listed(inBody, runtime.link(["next"])), [[1, 2], ["/orders", "/orders?x=3"]]);
});

test("a page that failed is the last result, and throws among items", async () => {
  const answer = (_, response, __, n) => json(response, n === 1 ? 200 : 404, { data: [n], next: "b" });
  const statuses = [];
  const client = { ...(await serve(answer)), auth: { a: "t" } };
  for await (const it of runtime.pages(client, LIST, {}, {}, runtime.cursor(["query", "at"], ["next"]))) statuses.push(it.status);
  assert.deepEqual(statuses, [200, 404]);
  await assert.rejects(listed(await serve(answer), runtime.cursor(["query", "at"], ["next"])), (it) => it instanceof runtime.SdkError && it.result.status === 404);
});
