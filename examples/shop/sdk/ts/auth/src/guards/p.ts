// checks:sdk v1 5dc5d4528b72293205134eded3d0820b44de5c957de44797388514de5e4ec9ee
import { collect, isObject, member, needs, required, run } from "./kit.js";
import type { Check, GuardIssue, Path, Sink } from "./kit.js";
import type { Problem } from "../schemas/p.js";
export function isProblem(v: unknown): v is Problem {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  if (!(typeof v1["error"] === "string")) return false;
  return true;
}
export function problemIssues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isProblem(v) ? [] : collect(checkProblem, v, limit);
}
export function checkProblem(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/components/schemas/Problem", [
    n$67869378074,
    required("error"),
    member("error",
      n$886441107227,
    ),
  ]);
}
const n$67869378074: Check = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
const n$886441107227: Check = /* @__PURE__ */ needs("type", "must be string", (v) => typeof v === "string");
