// A Worker that calls another one by a service binding, and answers with what it got.

import * as runtime from "../../../src/kit/runtime.js";

const ASK = {
  id: "ask", method: "POST", path: "/ask/{id}", tags: [], base: () => "https://api.shop.example/v1",
  parts: [runtime.inPath("id"), runtime.inQuery("tags", runtime.formExploded), runtime.body({ "application/json": runtime.json }), runtime.idempotencyKey("Idempotency-Key")],
  security: runtime.secured({ key: runtime.keyInHeader("x-key") }),
  repeat: runtime.repeated({ baseMs: 1 }),
  responses: { 200: { content: { "application/json": {} }, headers: runtime.headers(["x-tokens", runtime.asInteger, true]) }, 400: { content: { "application/problem+json": {} } } },
};
const STREAM = { ...ASK, id: "stream", path: "/stream/{id}", accept: "text/event-stream", responses: { 200: { content: { "text/event-stream": { read: runtime.events() } } } } };
const SLOW = { id: "slow", base: ASK.base, method: "GET", path: "/slow", tags: [], timeoutMs: 20, responses: { 204: {} } };

export default {
  async fetch(_, env) {
    const client = { fetch: env.SI, auth: { key: async () => "k" } };
    const plain = ({ kind, status, body, headers, issues, reason }) => ({ kind, status, body, headers, issues, reason });
    const input = { path: { id: "a/b" }, query: { tags: ["x", "y"] }, body: { prompt: "hi" } };
    const events = [];
    for await (const event of runtime.expectOk(await runtime.call(client, STREAM, input))) events.push(event);
    return Response.json({
      ok: plain(await runtime.call(client, ASK, input)),
      invalid: plain(await runtime.call(client, ASK, { ...input, body: {} })),
      events,
      slow: plain(await runtime.call(client, SLOW)),
      aborted: plain(await runtime.call(client, SLOW, {}, { signal: AbortSignal.abort() })),
    });
  },
};
