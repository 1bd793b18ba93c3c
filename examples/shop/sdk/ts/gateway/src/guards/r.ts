// checks:sdk v1 c8cf3461bfc467f78920b38dfc10ef85e48d6dfba9df7d3c632349f2a0b79d28
import { collect, isObject, member, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { Ready } from "../schemas/r.js";
export function isReady(v: unknown): v is Ready {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  if (!(v1["ok"] !== undefined)) return false;
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
    needs("type", "must be object", (v) => isObject(v)),
    required("ok"),
    member("ok", 
      needs("const", "not one of the allowed values", (v) => v === true),
    ),
  ]);
}
