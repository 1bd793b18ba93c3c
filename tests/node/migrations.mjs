// Red examples of many shapes: what was promised, what head says instead, a provider that does what
// head says, and the same provider at the addresses where the migration puts it.

const json = (schema) => ({ "application/json": { schema } });
const object = (properties, required = Object.keys(properties)) => ({ type: "object", required, properties });
const text = { type: "string" };
const number = { type: "integer" };

/** A contract with one operation. */
function contract(path, method, operation, more = {}) {
  const info = { title: path, version: "1.0.0" };
  const responses = { 200: { description: "done" } };
  return { openapi: "3.1.0", info, paths: { [path]: { [method]: { responses, ...operation } } }, ...more };
}

const takes = (schema) => ({ requestBody: { required: true, content: json(schema) } });
const answers = (schema) => ({ responses: { 200: { description: "done", content: json(schema) } } });
const asks = (name, schema, required = false) => ({ parameters: [{ name, in: "query", required, schema }] });
const post = (body) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** Answers 200 if a claim about the request holds, else 422. */
const when = (claim) => async (context) => {
  const body = await context.req.text();
  const url = new URL(context.req.url);
  const holds = claim({ body: body === "" ? {} : JSON.parse(body), query: url.searchParams, context });
  return context.json({}, holds ? 200 : 422);
};

export const examples = [
  {
    name: "narrowed-text",
    shim: "placeOrder",
    base: contract("/orders", "post", { operationId: "placeOrder", ...takes(object({ sku: text })) }),
    head: contract("/orders", "post", { operationId: "placeOrder", ...takes(object({ sku: { type: "string", minLength: 2 } })) }),
    old: (app) => app.post("/orders", when(({ body }) => body.sku.length >= 2)),
    renewed: (app) => app.post("/v2/orders", when(({ body }) => body.sku.length >= 2)),
    fill: [["return old as unknown as NewRequest", 'return { ...old, sku: old.sku.padEnd(2, "-") }']],
    ask: { path: "/orders", init: post({ sku: "" }), successor: "/v2/orders" },
  },
  {
    // No new address is needed: head goes on taking what it took.
    name: "required-member",
    consumer: "pay",
    base: contract("/payments", "post", { operationId: "pay", ...takes(object({ sum: number, note: text }, ["sum"])) }),
    head: contract("/payments", "post", { operationId: "pay", ...takes(object({ sum: number, note: text })) }),
    old: (app) => app.post("/payments", when(({ body }) => body.note !== undefined)),
    renewed: (app) => app.post("/payments", when(() => true)),
  },
  {
    name: "invented-member",
    shim: "putBoxesId",
    base: contract("/boxes/{id}", "put", {
      parameters: [{ name: "id", in: "path", required: true, schema: text }],
      ...takes(object({ kind: text })),
    }),
    head: contract("/boxes/{id}", "put", {
      parameters: [{ name: "id", in: "path", required: true, schema: text }],
      ...takes(object({ kind: number, count: number })),
    }),
    old: (app) => app.put("/boxes/:id", when(({ body }) => Number.isInteger(body.kind) && Number.isInteger(body.count))),
    renewed: (app) =>
      app.put("/v2/boxes/:id", when(({ body, context }) => context.req.param("id") !== "" && body.kind === 7 && body.count === 1)),
    fill: [
      ["...(old as object),", "...(old as object),\n    kind: 7,"],
      ['count: invent("count")', "count: 1"],
    ],
    ask: {
      path: "/boxes/a%2Fb", init: { ...post({ kind: "x" }), method: "PUT" }, successor: "/v2/boxes/a%2Fb",
    },
  },
  {
    name: "lost-member",
    shim: "getInvoice",
    base: contract("/invoices/{id}", "get", {
      operationId: "getInvoice",
      parameters: [{ name: "id", in: "path", required: true, schema: text }],
      ...answers(object({ sum: number, fee: number })),
    }),
    head: contract("/invoices/{number}", "get", {
      operationId: "getInvoice",
      parameters: [{ name: "number", in: "path", required: true, schema: text }],
      ...answers(object({ sum: number })),
    }),
    old: (app) => app.get("/invoices/:number", (context) => context.json({ sum: 1 })),
    renewed: (app) => app.get("/v2/invoices/:number", (context) => context.json({ sum: 1, of: context.req.param("number") })),
    fill: [['fee: invent("fee")', "fee: 0"]],
    ask: { path: "/invoices/7", successor: "/v2/invoices/7" },
  },
  {
    name: "fewer-values",
    consumer: "wrap",
    base: contract("/wraps", "post", { operationId: "wrap", ...takes(object({ paper: { enum: ["red", "blue"] } })) }),
    head: contract("/wraps", "post", { operationId: "wrap", ...takes(object({ paper: { enum: ["red"] } })) }),
    old: (app) => app.post("/wraps", when(({ body }) => body.paper === "red")),
    renewed: (app) => app.post("/wraps", when(() => true)),
  },
  {
    name: "more-values",
    shim: "getState",
    base: contract("/state", "get", { operationId: "getState", ...answers(object({ now: { enum: ["on", "off"] } })) }),
    head: contract("/state", "get", { operationId: "getState", ...answers(object({ now: { enum: ["on", "off", "idle"] } })) }),
    old: (app) => app.get("/state", (context) => context.json({ now: "idle" })),
    renewed: (app) => app.get("/v2/state", (context) => context.json({ now: "idle" })),
    fill: [["return fresh as unknown as OldResponse", 'return { now: fresh.now === "idle" ? "off" : fresh.now }']],
    ask: { path: "/state", successor: "/v2/state" },
  },
  {
    name: "nullable-list",
    shim: "listItems",
    base: contract("/lists", "get", { operationId: "listItems", ...answers(object({ items: { type: "array", items: object({ label: text }) } })) }),
    head: contract("/lists", "get", {
      operationId: "listItems",
      ...answers(object({ items: { type: "array", items: object({ label: { type: ["string", "null"] } }) } })),
    }),
    old: (app) => app.get("/lists", (context) => context.json({ items: [{ label: null }] })),
    renewed: (app) => app.get("/v2/lists", (context) => context.json({ items: [{ label: null }] })),
    fill: [["return fresh as unknown as OldResponse", 'return { items: fresh.items.map((it) => ({ label: it.label ?? "" })) }']],
    ask: { path: "/lists", successor: "/v2/lists" },
  },
  {
    name: "renamed-parameter",
    shim: "search",
    base: contract("/search", "get", { operationId: "search", ...asks("q", text, true) }),
    head: contract("/search", "get", { operationId: "search", ...asks("query", text, true) }),
    old: (app) => app.get("/search", when(({ query }) => query.has("query"))),
    renewed: (app) => app.get("/v2/search", when(({ query }) => query.has("query"))),
    fill: [["const response = await provider", 'url.searchParams.set("query", url.searchParams.get("q") ?? "");\n    const response = await provider']],
    ask: { path: "/search?q=a", successor: "/v2/search" },
  },
  {
    name: "smaller-number",
    shim: "getPagesIdJson",
    base: contract("/pages/{id}.json", "get", {
      parameters: [{ name: "id", in: "path", required: true, schema: text }, ...asks("limit", { type: "integer", maximum: 100 }).parameters],
    }),
    head: contract("/pages/{id}.json", "get", {
      parameters: [{ name: "id", in: "path", required: true, schema: text }, ...asks("limit", { type: "integer", maximum: 10 }).parameters],
    }),
    old: (app) => app.get("/pages/:name", when(({ query }) => Number(query.get("limit") ?? 0) <= 10)),
    renewed: (app) => app.get("/v2/pages/:name", when(({ query, context }) => Number(query.get("limit") ?? 0) <= 10 && context.req.param("name").endsWith(".json"))),
    fill: [["const response = await provider", 'url.searchParams.set("limit", "10");\n    const response = await provider']],
    ask: { path: "/pages/a.json?limit=11", successor: "/v2/pages/a.json" },
  },
  {
    // Head has no successor: the route stays, and says that it will end.
    name: "removed-path",
    shim: "legacy",
    base: {
      ...contract("/legacy", "get", { operationId: "legacy", responses: { 204: { description: "done" } } }),
      servers: [{ url: "https://api.shop.example/v1" }],
    },
    head: { ...contract("/other", "get", { operationId: "other" }), servers: [{ url: "https://api.shop.example/v1" }] },
    old: () => {},
    renewed: (app) => app.get("/v1/legacy", (context) => context.body(null, 204)),
    ask: { path: "/v1/legacy" },
  },
  {
    name: "credentials",
    consumer: "secret",
    base: contract("/secrets", "get", { operationId: "secret" }),
    head: contract("/secrets", "get", { operationId: "secret", security: [{ key: [] }] }, {
      components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } },
    }),
    old: (app) => app.get("/secrets", (context) => context.json({}, context.req.header("x-key") ? 200 : 401)),
    renewed: (app) => app.get("/secrets", (context) => context.json({})),
  },
];
