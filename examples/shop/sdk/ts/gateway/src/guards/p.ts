// checks:sdk v1 f06b70b26322b6e40b7a916b14e5abe088408f29df2f14402c7c7e3f3b26ad1f
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
    needs("type", "must be object", (v) => isObject(v)),
    required("error"),
    member("error", 
      needs("type", "must be string", (v) => typeof v === "string"),
    ),
  ]);
}
