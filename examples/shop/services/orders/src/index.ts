// Orders of signed-in customers. It has no public address: the gateway is the only way in.
import { getSubject } from "@shop/auth";

interface Env {
  AUTH: Fetcher;
}

interface Order {
  id: string;
  article: string;
  count: number;
}

// In the isolate only: enough for an example, and gone with it.
const orders = new Map<string, Order[]>();

function json(value: unknown, status = 200): Response {
  return Response.json(value, { status });
}

/** Who asks, as the auth Worker sees it. */
async function customerOf(request: Request, env: Env): Promise<string | undefined> {
  const guest = request.headers.get("Authorization")?.replace(/^Bearer /, "");
  if (!guest) return undefined;
  const answer = await getSubject({ fetch: env.AUTH, auth: { guest } });
  return answer.kind === "documented" && answer.status === 200 ? answer.body.subject : undefined;
}

function isOrder(value: unknown): value is Omit<Order, "id"> {
  const order = value as Partial<Order> | null;
  return typeof order?.article === "string" && Number.isInteger(order.count) && Number(order.count) > 0;
}

async function place(request: Request, customer: string): Promise<Response> {
  const wanted: unknown = await request.json().catch(() => null);
  if (!isOrder(wanted)) return json({ error: "article and a positive count are needed" }, 422);
  const order = { id: crypto.randomUUID(), article: wanted.article, count: wanted.count };
  orders.set(customer, [...(orders.get(customer) ?? []), order]);
  return json(order, 201);
}

export default {
  async fetch(request, env): Promise<Response> {
    const customer = await customerOf(request, env);
    if (!customer) return json({ error: "sign in first" }, 401);
    if (request.method === "POST") return place(request, customer);
    return json(orders.get(customer) ?? []);
  },
} satisfies ExportedHandler<Env>;
