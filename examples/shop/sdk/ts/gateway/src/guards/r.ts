// checks:sdk v1 db3e06c4d0f1563f511ddba0e7b1de7a59753d54aa525de356fc098172b25cd2
import { collect, isObject, member, mustBeObject, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
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
    mustBeObject,
    required("ok"),
    member("ok",
      needs("const", "not one of the allowed values", (v) => v === true),
    ),
  ]);
}
