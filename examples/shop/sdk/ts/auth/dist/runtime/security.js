// checks:sdk v1 2d59a74890d8c4950e95f56ad6e803fc79a20a983a6144de0d51f9728e8b5897
// Credentials: which are given, where they go, how they are renewed, and where redirects may not carry them.
import { issue, own } from "./call.js";
/** The last renewal by each function that gets credentials: calls that were refused together share one. */
const renewals = new WeakMap();
/** The alternatives of an operation, by the names of their schemes: the first one is taken of which all credentials are given. */
export const secured = (...alternatives) => (sketch) => {
    const { auth } = sketch.client;
    const parts = alternatives
        .map((it) => Object.entries(it).map(([scheme, place]) => ({ place, credential: own(auth, scheme), ask: undefined, seen: undefined })))
        .find((it) => it.every(({ credential }) => credential !== undefined));
    if (!parts)
        return void sketch.issues.push(issue(["auth"], "security", "not given"));
    for (const it of parts) {
        if (typeof it.credential !== "function")
            continue;
        it.ask = it.credential;
        it.credential = undefined;
        it.seen = renewals.get(it.ask);
    }
    let asked = parts.filter((it) => it.ask);
    return {
        put: async (draft) => {
            if (draft.url.origin !== sketch.origin)
                return;
            for (const it of parts) {
                it.credential ??= await it.ask?.("first");
                try {
                    it.place(it.credential, draft);
                }
                catch {
                    // What was thrown may quote the credential.
                    throw new TypeError("not sendable");
                }
            }
        },
        renew: async ({ status, body }) => {
            if (status !== 401 || asked.length === 0 || sketch.payload?.isOnce)
                return false;
            try {
                for (const it of asked) {
                    const ask = it.ask;
                    if (renewals.get(ask) === it.seen)
                        renewals.set(ask, new Promise((resolve) => resolve(ask("refused"))));
                    it.credential = await renewals.get(ask);
                }
            }
            catch {
                return false;
            }
            asked = [];
            void body?.cancel();
            return true;
        },
    };
};
// NOTE: `fetch` itself drops `authorization` where a redirect leads to another origin (https://fetch.spec.whatwg.org/#http-redirect-fetch, step 13).
export const bearer = (token, { headers }) => headers.set("authorization", "Bearer " + token);
export const basic = ({ username, password }, { headers }) => headers.set("authorization", "Basic " + btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`))));
/** Another scheme of HTTP: what is given stands after its name. */
export const authorization = (scheme) => (credential, { headers }) => headers.set("authorization", scheme + " " + credential);
export const keyInHeader = (name) => (key, draft) => {
    draft.headers.set(name, key);
    draft.send = followed(draft, name);
};
export const keyInQuery = (name) => (key, draft) => {
    const url = new URL(draft.url);
    url.search += (url.search && "&") + encodeURIComponent(name) + "=" + encodeURIComponent(key);
    draft.url = url;
};
export const keyInCookie = (name) => (key, draft) => {
    const others = draft.headers.get("cookie");
    draft.headers.set("cookie", (others ? others + "; " : "") + name + "=" + encodeURIComponent(key));
    draft.send = followed(draft, "cookie");
};
/** What `followed` is already there for. */
const secrets = new WeakMap();
/** Follows redirects: `fetch` would take this header along to another origin. */
function followed({ url: { origin }, payload, send }, name) {
    const known = secrets.get(send);
    if (known)
        return known.push(name), send;
    const names = ["authorization", "cookie", name];
    const follow = async (first) => {
        let request = new Request(first, { redirect: "manual" });
        for (let hops = 0;; hops++) {
            const response = await send(request);
            const { status } = response;
            const to = response.headers.get("location");
            // A browser does not say where the way leads: then nothing secret goes along.
            const isHidden = response.type === "opaqueredirect";
            if (!isHidden && (to === null || ![301, 302, 303, 307, 308].includes(status) || hops > 19))
                return response;
            const { method, signal } = request;
            const turnsToGet = !isHidden && (status === 303 ? method !== "HEAD" : status < 303 && method === "POST");
            if (payload?.isOnce && !turnsToGet)
                return response;
            const url = new URL(to ?? request.url, request.url);
            const headers = new Headers(request.headers);
            if (isHidden || url.origin !== origin)
                for (const it of names)
                    headers.delete(it);
            if (turnsToGet)
                headers.delete("content-type");
            void response.body?.cancel();
            const hasBody = !turnsToGet && method !== "GET" && method !== "HEAD";
            request = new Request(url, { method: turnsToGet ? "GET" : method, headers, signal, redirect: isHidden ? "follow" : "manual", ...(hasBody && payload?.init) });
        }
    };
    secrets.set(follow, names);
    return follow;
}
/** The servers of a contract and the defaults of their variables, the first one first. */
export const servers = (known) => ({ server }) => {
    const url = server?.url ?? Object.keys(known)[0] ?? "";
    const values = { ...known[url], ...server?.variables };
    return url.replace(/\{([^{}]*)\}/g, (whole, name) => String(own(values, name) ?? whole));
};
