// Guest tokens: a random name with a time, sealed by a key that lives as long as the isolate.

interface Env {
  TOKEN_TTL_SECONDS: string;
}

const text = new TextEncoder();
const key = crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((it) => it.toString(16).padStart(2, "0")).join("");
}

function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (it) => Number.parseInt(it, 16));
}

async function guestToken(lifetime: number): Promise<string> {
  const claims = `guest-${crypto.randomUUID()}.${Math.floor(Date.now() / 1000) + lifetime}`;
  const seal = await crypto.subtle.sign("HMAC", (await key) as CryptoKey, text.encode(claims));
  return `${claims}.${hex(seal)}`;
}

/** Whom a token names, if it is ours and still valid. */
async function subjectOf(token: string): Promise<string | undefined> {
  const [subject, expiry, seal] = token.split(".");
  if (!subject || !expiry || !seal || Number(expiry) * 1000 < Date.now()) return undefined;
  const isOurs = await crypto.subtle.verify("HMAC", (await key) as CryptoKey, bytesOf(seal), text.encode(`${subject}.${expiry}`));
  return isOurs ? subject : undefined;
}

export default {
  async fetch(request, env): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && pathname === "/auth/guest") {
      return Response.json({ token: await guestToken(Number(env.TOKEN_TTL_SECONDS)) });
    }
    if (pathname === "/auth/whoami") {
      const token = request.headers.get("Authorization")?.replace(/^Bearer /, "") ?? "";
      const subject = await subjectOf(token);
      return subject ? Response.json({ subject }) : Response.json({ error: "no valid token" }, { status: 401 });
    }
    return Response.json({ error: "not found" }, { status: 404 });
  },
} satisfies ExportedHandler<Env>;
