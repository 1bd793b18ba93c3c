// The Worker behind the binding: the server side, on Hono.

import { Hono } from "hono";
import * as kit from "../../../src/kit/server/kit.js";

const { kinds, styles } = kit;
const isAsk = (value) => typeof value === "object" && value !== null && typeof value.prompt === "string";
const ask = {
  name: "ask", id: "ask", method: "POST", path: "/ask/{id}",
  parameters: [{ in: "path", name: "id", read: styles.simple, kind: kinds.text }, { in: "query", name: "tags", read: styles.formExploded, kind: kinds.list(kinds.text) }],
  body: { "application/json": kit.json }, maxBytes: 1000,
  rows: [[["body"], isAsk, () => [{ path: ["prompt"], keyword: "required", message: "required", schema: "" }], true]],
  replies: { 200: { content: { "application/json": {}, "text/event-stream": {} } } },
};
const slow = { name: "slow", id: "slow", method: "GET", path: "/slow", rows: [], replies: { 204: {} } };

async function* counted() {
  yield 1;
  yield { two: "a\nb" };
}
const app = new Hono();
const inner = new Hono();
let n_seen = 0;
kit.mount(inner, [ask, { ...ask, name: "stream", path: "/stream/{id}" }, slow], {
  ask: (input, { req }) => {
    if (++n_seen === 1) return { status: 503 };
    return { status: 200, headers: { "x-tokens": 7 }, body: { input, url: req.raw.url, key: req.raw.headers.get("x-key") } };
  },
  stream: () => ({ status: 200, contentType: "text/event-stream", body: counted() }),
  slow: () => new Promise((resolve) => setTimeout(() => resolve({ status: 204 }), 500)),
});
app.route("/v1", inner);
export default app;
