// checks:sdk v1 f53098e6dcf5a99d14b59a8fbcd1be1d4e26b459c20459f72ada5836a6e63c5c
import { collect, isObject, member, needs, required, run } from "./kit.js";
import type { Check, GuardIssue, Path, Sink } from "./kit.js";
import type { Ready } from "../schemas/r.js";
export function isReady(v: unknown): v is Ready {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  {
    const v2 = v1["ok"];
    if (!(v2 === true)) return false;
  }
  return true;
}
export function readyIssues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isReady(v) ? [] : collect(checkReady, v, limit);
}
export function checkReady(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/components/schemas/Ready", [
    n$67869378074,
    required("ok"),
    member("ok",
      needs("const", "not one of the allowed values", (v) => v === true),
    ),
  ]);
}
const n$67869378074: Check = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
