// checks:sdk v1 3cb51617ad548359bcba5d1ed3ae1a7be03cf763c2fa36176359f593f214de18
// When a call is tried again.

import type { Retry } from "./client.js";
import type { Repeat } from "./operation.js";

/** Tries again what may be sent twice; `contract` is what `x-retry` says. */
export const repeated = (contract?: Partial<Retry>): Repeat => async ({ operation, client, settings, payload }, attempt, end, response) => {
  const { attempts = 3, baseMs = 200, maxMs = 20_000, on = [408, 429, 502, 503, 504] }: Partial<Retry> = { ...contract, ...client.retry, ...settings.retry };
  const asked = response?.headers.get("retry-after") ?? "";
  let wait = /^\d+$/.test(asked) ? +asked * 1000 : Math.max(0, Date.parse(asked) - Date.now());
  // Not asked for, or not readable.
  if (!(wait >= 0)) wait = (settings.random ?? Math.random)() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
  if (settings.retry === false || payload?.isOnce || attempt >= attempts || wait > maxMs || Date.now() + wait >= end || (response && !on.includes(response.status))) return false;
  void response?.body?.cancel();
  settings.onRetry?.(operation.id, attempt, wait, response?.status);
  await (settings.sleep ?? pause)(wait, settings.signal).catch(() => {});
  return true;
};

/** Waits; shorter if nobody wants to know any more. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()));
  });
}
