// checks:sdk v1 d36bc810a1008eb60da07a5f46bbbdfe1aa8202f64b8d703b0c6eb63b74de720
// What becomes of a result that nobody wants to look into.

import type { GuardIssue } from "../guards/kit.js";
import type { Outcome } from "./client.js";

/** A result that was not what was expected, as an exception. */
export class SdkError<Result = Outcome> extends Error {
  readonly result: Result;
  readonly issues: readonly GuardIssue[];
  constructor(result: Result & object) {
    const it: { readonly kind?: unknown; readonly status?: unknown; readonly reason?: unknown; readonly issues?: readonly GuardIssue[]; readonly error?: unknown } = result;
    const issues = it.issues ?? [];
    const first = issues[0];
    super([it.kind, it.status ?? it.reason, first && `at ${first.path.join("/") || "the value itself"}: ${first.message}`].filter(Boolean).join(" "), { cause: it.error });
    this.name = "SdkError";
    this.result = result;
    this.issues = issues;
  }
}

/** The body of a 2xx answer; anything else is thrown as an `SdkError`. */
export function expectOk<Result extends Outcome>(result: Result): Extract<Result, { readonly ok: true }>["body"] {
  if (result.ok) return result.body as Extract<Result, { readonly ok: true }>["body"];
  throw new SdkError(result);
}
