// Both sides of a generated SDK answer each other, and each one guards what the other sends.
// usage: SDK=folder PEERS=…/x.js node --test gateway.test.mjs

import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { peer } from "../runtime/peers.mjs";

const part = (name) => import(pathToFileURL(path.join(process.env.SDK, "dist", name)).href);
const sdk = await part("operations/default.js");
const runtime = await part("runtime.js");
const server = await part("server.js");
const { Hono } = await peer("hono");

const usage = { tokens_in: 1, tokens_out: 2 };
const headers = { "x-tokens-in": 1, "x-tokens-out": 2, "x-credits-used": 3, "x-credits-balance": 4, "x-provider": "p", "x-model": "m" };
const handlers = {
  ready: () => ({ status: 200, body: { ok: true } }),
  guestToken: () => ({ status: 200, body: { token: "a.b.c", token_type: "Bearer", expires_in: 60 } }),
  jwks: () => ({ status: 200, body: { keys: [{ kty: "RSA", kid: "1", alg: "RS256", use: "sig", n: "n", e: "AQAB" }] } }),
  aiBinding: () => ({ status: 200, body: { ai_bound: true } }),
  credits: () => ({ status: 200, headers: { "x-credits-balance": 7 }, body: { balance: 7, currency: "credits" } }),
  ask: ({ body }) => (body.prompt === "" ? { status: 422, body: { error: "empty" } } : { status: 200, headers, body: { answer: body.prompt, usage } }),
  upload: async ({ body, contentType }) => ({ status: 201, body: { id: "7c9e6679-7425-40de-944b-e07fc1f90ae7", size: body.size, content_type: contentType } }),
};
const joined = (more = {}, options = { checkReplies: "throw" }) => {
  const app = new Hono();
  server.mount(app, { ...handlers, ...more }, options);
  app.onError(() => new Response("broken", { status: 599 }));
  return { fetch: (request) => app.fetch(request) };
};

test("every operation is answered as the contract has it", async () => {
  const client = joined();
  const rows = [
    [sdk.ready, undefined, 200, { ok: true }, {}],
    [sdk.guestToken, undefined, 200, handlers.guestToken().body, {}],
    [sdk.jwks, undefined, 200, handlers.jwks().body, {}],
    [sdk.aiBinding, undefined, 200, { ai_bound: true }, {}],
    [sdk.credits, {}, 200, { balance: 7, currency: "credits" }, { "x-credits-balance": 7 }],
    [sdk.ask, { body: { prompt: "hi", more: [1] } }, 200, { answer: "hi", usage }, headers],
    [sdk.ask, { body: { prompt: "" } }, 422, { error: "empty" }, {}],
    [sdk.upload, { body: new Blob(["abc"]), contentType: "text/css" }, 201, { id: "7c9e6679-7425-40de-944b-e07fc1f90ae7", size: 3, content_type: "text/css" }, {}],
  ];
  for (const [operation, input, status, body, fields] of rows) {
    const result = await operation(client, input);
    assert.deepEqual([result.kind, result.status, result.body, result.headers], ["documented", status, body, fields], operation.name);
    if (result.ok) assert.deepEqual(runtime.expectOk(result), body);
  }
});

test("the server refuses what breaks the contract, and the client refuses to send it", async () => {
  const client = joined();
  const input = { body: { prompt: 1 } };
  const answered = await sdk.ask(client, input);
  assert.deepEqual([answered.kind, answered.status, answered.body.issues.map((it) => it.pointer)], ["undocumented", 400, ["/body/prompt"]]);
  const refused = await sdk.ask({ ...client, checkRequests: true }, input);
  assert.deepEqual([refused.kind, refused.issues.map((it) => it.path)], ["refused", [["body", "prompt"]]]);
});

test("the server holds its answers against the contract, and the client does too", async () => {
  const rows = [
    [{ status: 200, headers, body: { answer: 1, usage } }, ["answer"]],
    [{ status: 200, headers, body: { answer: "x", usage: { tokens_in: 0, tokens_out: 0 } } }, ["usage", "tokens_in"]],
    [{ status: 200, headers: { ...headers, "x-model": undefined }, body: { answer: "x", usage } }, ["headers", "x-model"]],
  ];
  for (const [reply, way] of rows) {
    const strict = await sdk.ask(joined({ ask: () => reply }), { body: { prompt: "x" } });
    assert.deepEqual([strict.kind, strict.status], ["undocumented", 599]);
    const lax = await sdk.ask(joined({ ask: () => reply }, {}), { body: { prompt: "x" } });
    assert.deepEqual([lax.kind, lax.issues.map((it) => it.path)], ["contract", [way]]);
  }
});
