// What compiles and what does not: both compilers read this beside the generated SDK.

import { addPicture, ask, askStream, createOrder, deleteOrdersByIdByUndeclared, download, expectOk, follow, getOrder, listOrdersItems, type Branded, type Client, type GuardIssue, type OrderId } from "./index.js";
import { letter, orderId, weightInKg } from "./guards.js";
import { mount, mountSome, type GetOrderRequest, type Handlers } from "./server.js";
import { createOrderRequestSchema, getOrderRequestSchema } from "./server/zod.js";
import type { Hono } from "hono";
import type { output, ZodType } from "zod";
import type { CreateOrderOnPaidReply, CreateOrderOnPaidRequest } from "./webhooks.js";

type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
function same<One, Other>(_: Same<One, Other>): void {}

export async function calls(client: Client): Promise<void> {
  const path = { id: 1, undeclared: "x" };
  const headers = { "X-Trace-Id": "1" };
  const result = await getOrder(client, { path, headers });
  if (result.kind === "documented" && result.status === 200 && result.contentType === "application/json") {
    same<typeof result.ok, true>(true);
    same<typeof result.body.id, number>(true);
    same<(typeof result.headers)["x-tokens-in"], number>(true);
    same<(typeof result.headers)["x-tags"], readonly number[] | undefined>(true);
    // @ts-expect-error: what is only written never comes back
    void result.body.secret;
  }
  if (result.kind === "documented" && result.status === 404) same<typeof result.ok, false>(true);
  if (result.kind === "contract") same<typeof result.issues, readonly GuardIssue[]>(true);
  if (result.kind === "transport") same<typeof result.reason, "timeout" | "aborted" | "network">(true);
  // @ts-expect-error: a body is there only after its kind is known
  void result.body;

  // @ts-expect-error: the path is needed
  await getOrder(client, { headers });
  // @ts-expect-error: so is a header
  await getOrder(client, { path });
  // @ts-expect-error: a number is no text
  await getOrder(client, { path: { id: "1", undeclared: "x" }, headers });
  // @ts-expect-error: no such parameter
  await getOrder(client, { path, headers, query: { unheard: 1 } });
  // @ts-expect-error: not one of the values
  await getOrder(client, { path, headers, query: { csv: ["c"] } });
  // @ts-expect-error: undefined is no value
  await getOrder(client, { path, headers, query: { plain: undefined } });

  await createOrder(client, { body: { total: 1, secret: "s" } });
  // @ts-expect-error: the total is needed
  await createOrder(client, { body: { secret: "s" } });
  await createOrder(client, { contentType: "multipart/form-data", body: { file: new Blob([]) } });
  // @ts-expect-error: the body follows the media type
  await createOrder(client, { contentType: "text/plain", body: { total: 1 } });
  await createOrder(client, { contentType: "image/png", body: new Uint8Array() });

  const whole = await ask(client);
  if (whole.kind === "documented") same<typeof whole.body.total, number>(true);
  const stream = await askStream(client, {});
  if (stream.kind === "documented") for await (const event of stream.body) same<typeof event.text, string>(true);
  const lines = await follow(client);
  if (lines.kind === "documented" && lines.status === 206) for await (const it of lines.body) same<typeof it, number>(true);
  for await (const order of listOrdersItems(client)) same<typeof order.total, number>(true);
  same<ReturnType<typeof expectOk<Awaited<ReturnType<typeof download>>>>, ReadableStream<Uint8Array>>(true);
  const deleted = await deleteOrdersByIdByUndeclared(client, { path });
  if (deleted.kind === "documented") same<typeof deleted.status, 204>(true);
}

export const client: Client = {
  auth: { token: async (why) => (why === "first" ? "a" : "b"), login: { username: "u", password: "p" } },
  server: { url: "https://{region}.shop.example/{base}", variables: { region: "us" } },
};
// @ts-expect-error: no such scheme
export const other: Client = { auth: { unheard: "x" } };
// @ts-expect-error: no such region
export const far: Client = { server: { url: "https://{region}.shop.example/{base}", variables: { region: "mars" } } };

export function serve(app: Hono, handlers: Handlers): void {
  mount(app, handlers);
  // @ts-expect-error: handlers are missing
  mount(app, {});
  mountSome(app, { listOrders: ({ query }) => ({ status: 200, body: { data: [], next: query.after ?? null } }) });
  // @ts-expect-error: not what the contract answers
  mountSome(app, { listOrders: () => ({ status: 200, body: { data: [1] } }) });
  // @ts-expect-error: a status that the contract does not have
  mountSome(app, { listOrders: () => ({ status: 201, body: { data: [] } }) });
  // @ts-expect-error: a header is needed
  mountSome(app, { getOrder: () => ({ status: 200, contentType: "application/json", body: { id: 1, total: 1 } }) });
}

export function paid({ body }: CreateOrderOnPaidRequest): CreateOrderOnPaidReply {
  same<typeof body.order.id, number>(true);
  // @ts-expect-error: what is only written never comes
  void body.order.secret;
  return { status: 200, body: { seen: true } };
}

export function branded(id: OrderId): Branded {
  same<ReturnType<typeof orderId>, OrderId>(true);
  same<OrderId, string & { readonly __brand: "OrderId" }>(true);
  same<Branded["maybe"], OrderId | null>(true);
  // @ts-expect-error: a text is not an order's id by itself
  const other: OrderId = "o-1";
  // @ts-expect-error: nor is a number a weight
  void ({ order: other, weight: 1, maybe: null } satisfies Branded);
  const text: string = id;
  return { order: id, weight: weightInKg(1), maybe: orderId(text), list: [letter("a")] };
}

export async function forms(client: Client): Promise<void> {
  await addPicture(client, { body: { text: "x", picture: new Blob([]) } });
  // @ts-expect-error: a text is no file
  await addPicture(client, { body: { text: "x", picture: "x" } });
}

export function schemas(): void {
  same<output<typeof getOrderRequestSchema>, GetOrderRequest>(true);
  same<(typeof getOrderRequestSchema.shape)["path"], ZodType<GetOrderRequest["path"]>>(true);
  const body: ZodType<unknown> = createOrderRequestSchema.shape.body;
  void body;
  // @ts-expect-error: it has no cookies
  void createOrderRequestSchema.shape.cookies;
}
