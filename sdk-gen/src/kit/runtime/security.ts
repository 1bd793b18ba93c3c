// Credentials: which are given, where they go, how they are renewed, and where redirects may not carry them.

import type { BasicCredential, Client, Why } from "./client.js";
import type { Draft, Security, Send, Sketch } from "./operation.js";
import { issue, own } from "./call.js";

/** Puts a credential into a request. */
export interface Place {
  (credential: never, draft: Draft): void;
  /** Follows redirects, since `fetch` takes none but `authorization` for a secret. */
  readonly follow?: (send: Send, sketch: Sketch, put: (draft: Draft) => Promise<void>) => Send;
}
type Ask = (why: Why) => unknown;

/** The last renewal by each function that gets credentials: calls that were refused together share one. */
const renewals: WeakMap<Ask, Promise<unknown>> = new WeakMap();

/** The alternatives of an operation, by the names of their schemes: the first one is taken of which all credentials are given. */
export const secured = (...alternatives: readonly Readonly<Record<string, Place>>[]): Security => (client, sketch, send) => {
  const chosen = alternatives.find((it) => Object.keys(it).every((scheme) => own(client.auth, scheme) !== undefined));
  if (!chosen) return void sketch.issues.push(issue(["auth"], "security", "no credential"));
  const parts = Object.entries(chosen).map(([scheme, place]) => {
    const given = own(client.auth, scheme);
    const ask = typeof given === "function" ? (given as Ask) : undefined;
    return { scheme, place, ask, credential: given, isAsked: !ask, seen: ask && renewals.get(ask) };
  });
  let isRenewed = false;
  const put = async (draft: Draft): Promise<void> => {
    if (draft.url.origin !== sketch.origin) return;
    for (const it of parts) {
      if (!it.isAsked) it.credential = await it.ask?.("first");
      it.isAsked = true;
      try {
        it.place(it.credential as never, draft);
      } catch {
        // What was thrown may quote the credential.
        throw new TypeError("not sendable: auth." + it.scheme);
      }
    }
  };
  const follow = parts.map((it) => it.place.follow).find(Boolean)?.(send, sketch, put);
  return {
    put,
    renew: async (response) => {
      if (response.status !== 401 || isRenewed || sketch.payload?.isOnce) return false;
      isRenewed = true;
      let isNew = false;
      for (const it of parts) {
        const { ask } = it;
        if (!ask) continue;
        if (renewals.get(ask) === it.seen) renewals.set(ask, new Promise((resolve) => resolve(ask("refused"))));
        try {
          it.credential = await renewals.get(ask);
          isNew = true;
        } catch {
          return false;
        }
      }
      if (isNew) void response.body?.cancel();
      return isNew;
    },
    ...(follow && { follow }),
  };
};

// NOTE: `fetch` itself drops `authorization` where a redirect leads to another origin (https://fetch.spec.whatwg.org/#http-redirect-fetch, step 13).
export const bearer: Place = (token: string, { headers }: Draft) => headers.set("authorization", "Bearer " + token);
export const basic: Place = ({ username, password }: BasicCredential, { headers }: Draft) =>
  headers.set("authorization", "Basic " + btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`))));
/** Another scheme of HTTP: what is given stands after its name. */
export const authorization = (scheme: string): Place => (credential: string, { headers }: Draft) => headers.set("authorization", scheme + " " + credential);

export const keyInHeader = (name: string): Place => followed((key, { headers }) => headers.set(name, key));
export const keyInQuery = (name: string): Place => followed((key, { url }) => (url.search += (url.search && "&") + encodeURIComponent(name) + "=" + encodeURIComponent(key)));
export const keyInCookie = (name: string): Place => followed((key, { headers }) => {
  const others = headers.get("cookie");
  headers.set("cookie", (others ? others + "; " : "") + name + "=" + encodeURIComponent(key));
});

const followed = (place: (key: string, draft: Draft) => void): Place => Object.assign(place, { follow });

const follow: NonNullable<Place["follow"]> = (send, sketch, put) => async (first) => {
  let request = new Request(first, { redirect: "manual" });
  for (let hops = 0; ; hops++) {
    const response = await send(request);
    const { status } = response;
    const to = response.headers.get("location");
    // A browser does not say where the way leads: then nothing secret goes along.
    const isHidden = response.type === "opaqueredirect";
    if (!isHidden && (to === null || ![301, 302, 303, 307, 308].includes(status) || hops > 19)) return response;
    const isGet = !isHidden && (status === 303 ? request.method !== "HEAD" : status < 303 && request.method === "POST");
    if (sketch.payload?.isOnce && !isGet) return response;
    const url = new URL(to ?? request.url, request.url);
    const headers = new Headers(request.headers);
    if (isHidden || url.origin !== sketch.origin) {
      const secrets = new Headers({ authorization: "", cookie: "" });
      await put({ url: new URL(sketch.origin), headers: secrets });
      secrets.forEach((_, name) => headers.delete(name));
    }
    if (isGet) headers.delete("content-type");
    void response.body?.cancel();
    const { signal } = request;
    const hasBody = !isGet && request.method !== "GET" && request.method !== "HEAD";
    request = new Request(url, { method: isGet ? "GET" : request.method, headers, signal, redirect: isHidden ? "follow" : "manual", ...(hasBody && sketch.payload?.init) });
  }
};

/** The servers of a contract and the defaults of their variables, the first one first. */
export const servers = (known: Readonly<Record<string, Readonly<Record<string, string>>>>) => ({ server }: Client): string => {
  const url = server?.url ?? Object.keys(known)[0] ?? "";
  const values = { ...known[url], ...server?.variables };
  return url.replace(/\{([^{}]*)\}/g, (whole, name: string) => String(own(values, name) ?? whole));
};
