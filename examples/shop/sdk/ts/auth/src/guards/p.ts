// checks:sdk v1 a026ef338ef3d3e6668864364cafc7bb7da76c580c9c9d5d72d00b78f829e6af
import { collect, isObject, member, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { Problem } from "../schemas/p.js";
export function isProblem(v: unknown): v is Problem {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  if (!(v1["error"] !== undefined)) return false;
  {
    const v2 = v1["error"];
    if (!(typeof v2 === "string")) return false;
  }
  return true;
}
export function problemIssues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isProblem(v) ? [] : collect(checkProblem, v, limit);
}
export function checkProblem(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/components/schemas/Problem", [
    needs("type", "not of this type", (v) => isObject(v)),
    required("error"),
    member("error", 
      needs("type", "not of this type", (v) => typeof v === "string"),
    ),
  ]);
}
