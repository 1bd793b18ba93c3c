// Which browsers may read an answer: the origins of the environment, by name, never all.

const METHODS = "GET, HEAD, POST, DELETE, OPTIONS";
const HEADERS = "Authorization, Content-Type, X-Request-Id";

function isAllowed(origin: string, allowed: string): boolean {
  return allowed.split(",").some((it) => it.trim() === origin);
}

/** Answers a preflight request; an unknown origin gets no permission. */
export function preflight(request: Request, allowed: string): Response {
  const headers = new Headers({ "Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": HEADERS });
  return withCors(new Response(null, { status: 204, headers }), request, allowed);
}

/** The same answer, readable by the origin that asked if it is one of ours. */
export function withCors(response: Response, request: Request, allowed: string): Response {
  const readable = new Response(response.body, response);
  readable.headers.append("Vary", "Origin");
  const origin = request.headers.get("Origin");
  if (origin && isAllowed(origin, allowed)) readable.headers.set("Access-Control-Allow-Origin", origin);
  return readable;
}
