// Credentials: which are given, where they go, how they are renewed, and where redirects may not carry them.

import type { BasicCredential, Client, Why } from "./client.js";
import type { Draft, Security } from "./operation.js";
import { own } from "./call.js";

/** Puts a credential into a request. */
export type Place = (credential: never, draft: Draft) => void;
type Ask = (why: Why) => unknown;

/** The last renewal by each function that gets credentials: calls that were refused together share one. */
const renewals: WeakMap<Ask, Promise<unknown>> = new WeakMap();

/** The alternatives of an operation, by the names of their schemes: the first one is taken of which all credentials are given. */
export const secured = (...alternatives: readonly Readonly<Record<string, Place>>[]): Security => (client, origin) => {
  const given = (scheme: string): unknown => own(client.auth, scheme);
  const chosen = alternatives.find((it) => Object.keys(it).every((scheme) => given(scheme) !== undefined));
  if (!chosen) return undefined;
  const had = new Map<string, unknown>();
  const seen = new Map<string, Promise<unknown> | undefined>();

  const put = async (draft: Draft): Promise<void> => {
    for (const scheme in chosen) {
      const value = given(scheme);
      if (!had.has(scheme)) {
        seen.set(scheme, renewals.get(value as Ask));
        had.set(scheme, typeof value === "function" ? await (value as Ask)("first") : value);
      }
      try {
        chosen[scheme]?.(had.get(scheme) as never, draft);
      } catch {
        // What was thrown may quote the credential.
        throw new TypeError(`the credential of ${scheme} cannot be written into a request`);
      }
    }
  };

  return {
    put: async (draft) => {
      if (draft.url.origin === origin) await put(draft);
    },
    renew: async () => {
      let renewed = false;
      for (const scheme in chosen) {
        const ask = given(scheme) as Ask;
        if (typeof ask !== "function") continue;
        if (renewals.get(ask) === seen.get(scheme)) renewals.set(ask, new Promise((resolve) => resolve(ask("refused"))));
        try {
          had.set(scheme, await renewals.get(ask));
          renewed = true;
        } catch {
          return false;
        }
      }
      return renewed;
    },
    send: async (request, next, payload) => {
      for (let hops = 0; ; hops++) {
        const response = await next(request);
        const { status } = response;
        const to = response.headers.get("location");
        const isOpaque = response.type === "opaqueredirect";
        if (!isOpaque && (to === null || ![301, 302, 303, 307, 308].includes(status) || hops > 19)) return response;
        const turnsToGet = !isOpaque && (status === 303 ? request.method !== "HEAD" : status < 303 && request.method === "POST");
        if (payload?.once && !turnsToGet) return response;
        const url = new URL(to ?? request.url, request.url);
        const headers = new Headers(request.headers);
        // A browser does not say where the way leads: then nothing secret goes along.
        if (isOpaque || url.origin !== origin) {
          const secrets = new Headers({ authorization: "", cookie: "" });
          await put({ url: new URL(origin), headers: secrets });
          secrets.forEach((_, name) => headers.delete(name));
        }
        if (turnsToGet) headers.delete("content-type");
        void response.body?.cancel();
        request = new Request(url, {
          method: turnsToGet ? "GET" : request.method,
          headers,
          signal: request.signal,
          redirect: isOpaque ? "follow" : "manual",
          ...(payload && !turnsToGet && { body: payload.body }),
        });
      }
    },
  };
};

export const bearer: Place = (token: string, { headers }) => headers.set("authorization", "Bearer " + token);
export const basic: Place = ({ username, password }: BasicCredential, { headers }) =>
  headers.set("authorization", "Basic " + btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`))));
/** Another scheme of HTTP: what is given stands after its name. */
export const authorization = (scheme: string): Place => (credential: string, { headers }) => headers.set("authorization", scheme + " " + credential);
export const keyInHeader = (name: string): Place => (key: string, { headers }) => headers.set(name, key);
export const keyInQuery = (name: string): Place => (key: string, { url }) => {
  url.search += (url.search && "&") + encodeURIComponent(name) + "=" + encodeURIComponent(key);
};
export const keyInCookie = (name: string): Place => (key: string, { headers }) => {
  const others = headers.get("cookie");
  headers.set("cookie", (others ? others + "; " : "") + name + "=" + encodeURIComponent(key));
};

/** The servers of a contract and the defaults of their variables, the first one first. */
export const servers = (known: Readonly<Record<string, Readonly<Record<string, string>>>>) => ({ server }: Client): string => {
  const url = server?.url ?? Object.keys(known)[0] ?? "";
  const values = { ...known[url], ...server?.variables };
  return url.replace(/\{([^{}]*)\}/g, (whole, name: string) => String(own(values, name) ?? whole));
};

/** The header that makes an operation repeatable: one key for all attempts of a call. */
export const idempotencyKey = (name: string) => (headers: Headers, options: { readonly idempotencyKey?: string }): void =>
  headers.set(name, options.idempotencyKey ?? crypto.randomUUID());
