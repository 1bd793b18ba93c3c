// A server on loopback that answers as each test wants, and remembers what it was asked.

import http from "node:http";
import { after } from "node:test";

const open = [];
after(() => open.forEach((it) => (it.closeAllConnections(), it.close())));

/** Starts a server; `answer` gets the request, its body and the response. */
export async function serve(answer) {
  const seen = [];
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    seen.push({ method: request.method, url: request.url, headers: request.headers, body: body.toString() });
    await answer(request, response, body, seen.length);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(server);
  return { baseUrl: `http://127.0.0.1:${server.address().port}`, seen, server };
}

/** Answers with JSON. */
export function json(response, status, body, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** A guard of objects that have these members. */
export function having(...names) {
  const is = (value) => typeof value === "object" && value !== null && names.every((it) => Object.hasOwn(value, it));
  const issues = (value) => (is(value) ? [] : [{ path: [names[0]], keyword: "required", message: "required", schema: "/required" }]);
  return { is, issues };
}
