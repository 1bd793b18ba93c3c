// Bodies as a server reads them.

import assert from "node:assert/strict";
import test from "node:test";
import * as runtime from "../../src/kit/runtime.js";
import { serve } from "./loopback.mjs";

const { baseUrl, seen } = await serve((_, response) => response.writeHead(204).end());
const post = async (types, input, more = {}) => {
  const operation = { id: "post", method: "POST", path: "/", tags: [], parts: [runtime.body(types)], responses: { 204: {} }, ...more };
  const result = await runtime.call({ baseUrl, retry: { baseMs: 0 } }, operation, input);
  return { result, ...seen.at(-1) };
};

test("each media type is written as what it is", async () => {
  const rows = [
    [{ "application/json": runtime.json }, { body: { a: [1, null] } }, "application/json", '{"a":[1,null]}'],
    [{ "application/json": runtime.json }, { body: null }, "application/json", "null"],
    [{ "application/merge-patch+json": runtime.json }, { body: {} }, "application/merge-patch+json", "{}"],
    [{ "application/json": runtime.json, "text/plain": runtime.text }, { body: "hé", contentType: "text/plain" }, "text/plain", "hé"],
    [{ "application/x-ndjson": runtime.lines }, { body: [1, { a: 2 }] }, "application/x-ndjson", '1\n{"a":2}\n'],
    [{ "application/json-seq": runtime.records }, { body: [1] }, "application/json-seq", "\x1e1\n"],
    [{ "application/octet-stream": runtime.binary }, { body: new Uint8Array([97, 98]) }, "application/octet-stream", "ab"],
    [{ "image/png": runtime.binary }, { body: new Blob(["x"], { type: "image/gif" }) }, "image/png", "x"],
    [{ "image/*": runtime.binary }, { body: new Blob(["x"], { type: "image/gif" }) }, "image/gif", "x"],
    [{ "*/*": runtime.binary }, { body: new ArrayBuffer(1) }, "application/octet-stream", "\0"],
    [{ "*/*": runtime.binary }, { body: new Uint8Array([97]), contentType: "image/jpeg" }, "image/jpeg", "a"],
    [{ "application/x-www-form-urlencoded": runtime.urlencoded() }, { body: { a: "b c&", d: [1, 2], e: { f: 1 }, g: undefined } }, "application/x-www-form-urlencoded", "a=b%20c%26&d=1&d=2&e=%7B%22f%22%3A1%7D"],
    [{ "application/x-www-form-urlencoded": runtime.urlencoded({ a: { write: runtime.deepObject }, b: { write: runtime.form }, c: { type: "application/json" } }) }, { body: { a: { x: 1 }, b: [1, 2], c: [1, 2] } }, "application/x-www-form-urlencoded", "a%5Bx%5D=1&b=1,2&c=%5B1%2C2%5D"],
  ];
  for (const [types, input, type, body] of rows) {
    const last = await post(types, input);
    assert.deepEqual([last.result.kind, last.headers["content-type"], last.body], ["documented", type, body]);
  }
});

test("no body is no content type", async () => {
  const last = await post({ "application/json": runtime.json }, {});
  assert.deepEqual([last.headers["content-type"], last.body], [undefined, ""]);
});

test("what is no body is refused", async () => {
  const before = seen.length;
  const rows = [[{ body: 1n }, "POST"], [{ body: {}, contentType: "text/css" }, "POST"], [{ body: {} }, "GET"]];
  for (const [input, method] of rows) {
    const { result } = await post({ "application/json": runtime.json }, input, { method });
    assert.deepEqual([result.kind, result.issues[0].path], ["refused", ["body"]]);
  }
  assert.equal(seen.length, before);
});

test("multipart is read by an independent reader as it was meant", async () => {
  const fields = { meta: { type: "application/json" }, image: { type: "image/png, image/jpeg" }, note: { type: "text/markdown" } };
  const last = await post({ "multipart/form-data": runtime.multipart(fields) }, {
    body: {
      text: "hé\r\n--x", count: 3, list: ["a", "b"], object: { a: 1 }, meta: [1, 2], note: "# hi", none: undefined, 'odd"\n': "q",
      file: new File(["content"], 'na"me.txt', { type: "text/plain" }), image: new Uint8Array([1, 2]),
    },
  });
  assert.match(last.headers["content-type"], /^multipart\/form-data; boundary=/);
  const form = await new Response(last.body, { headers: { "content-type": last.headers["content-type"] } }).formData();
  assert.deepEqual(["text", "count", "object", "meta", "note"].map((it) => form.get(it)), ["hé\r\n--x", "3", '{"a":1}', "[1,2]", "# hi"]);
  assert.deepEqual(form.getAll("list"), ["a", "b"]);
  const file = form.get("file");
  assert.deepEqual([file.name, file.type, await file.text()], ['na"me.txt', "text/plain", "content"]);
  assert.deepEqual([form.get("image").type, form.get("none")], ["image/png", null]);
  for (const header of ['name="object"\r\ncontent-type: application/json', 'name="note"\r\ncontent-type: text/markdown', 'name="text"\r\n\r\n', 'name="odd%22%0A"']) assert.ok(last.body.includes(header), header);
  assert.equal(last.headers["content-length"], String(Buffer.byteLength(last.body)));
});

test("a stream is sent once, whatever happens", async () => {
  const busy = await serve((_, response) => response.writeHead(503).end());
  const operation = { id: "put", method: "PUT", path: "/", tags: [], repeat: runtime.repeated(), parts: [runtime.body({ "application/octet-stream": runtime.binary })], responses: { 204: {} } };
  const stream = () => new Blob(["abc"]).stream();
  const result = await runtime.call(busy, operation, { body: stream() });
  assert.deepEqual([result.status, busy.seen.map((it) => it.body)], [503, ["abc"]]);
  const stranger = await serve((_, response) => response.writeHead(401).end());
  const asked = [];
  const secured = { ...operation, security: runtime.secured({ a: runtime.bearer }) };
  await runtime.call({ ...stranger, auth: { a: (why) => (asked.push(why), "t") } }, secured, { body: stream() });
  assert.deepEqual([asked, stranger.seen.length], [["first"], 1]);
});
