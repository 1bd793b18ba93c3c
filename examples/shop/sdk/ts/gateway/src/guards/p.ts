// checks:sdk v1 bc045d1f0305a50968abd628152b9fedec206559792a665c0a8712245b282381
import { collect, isObject, member, mustBeObject, mustBeString, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
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
    mustBeObject,
    required("error"),
    member("error",
      mustBeString,
    ),
  ]);
}
