// The only Worker with a public address: it checks who asks, then passes the request on by binding.
import { preflight, withCors } from "./cors";

interface Env {
  ALLOWED_ORIGINS: string;
  AUTH: Fetcher;
  ORDERS: Fetcher;
}

const SECURITY = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
};

function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { "Cache-Control": "no-store" } });
}

/** The service behind the first segment of a path, if it has one. */
function serviceOf(pathname: string, env: Env): Fetcher | undefined {
  if (pathname.startsWith("/auth/")) return env.AUTH;
  if (pathname === "/orders" || pathname.startsWith("/orders/")) return env.ORDERS;
  return undefined;
}

async function answer(request: Request, env: Env): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/ready") return json({ ok: true });
  const service = serviceOf(pathname, env);
  if (!service) return json({ error: "not found", path: pathname }, 404);
  return service.fetch(request);
}

export default {
  async fetch(request, env): Promise<Response> {
    if (request.method === "OPTIONS") return preflight(request, env.ALLOWED_ORIGINS);
    const response = withCors(await answer(request, env), request, env.ALLOWED_ORIGINS);
    for (const [name, value] of Object.entries(SECURITY)) response.headers.set(name, value);
    response.headers.set("X-Request-Id", request.headers.get("X-Request-Id") ?? crypto.randomUUID());
    return response;
  },
} satisfies ExportedHandler<Env>;
