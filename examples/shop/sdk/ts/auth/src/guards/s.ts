// checks:sdk v1 da4091eb953686bde355eb96e3f27239de56c6de168fc53bb725aa7ea262ec74
import { collect, isObject, member, mustBeObject, mustBeString, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { Subject } from "../schemas/s.js";
export function isSubject(v: unknown): v is Subject {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  {
    const v2 = v1["subject"];
    if (!(typeof v2 === "string")) return false;
    if (!k$977283765506.test(v2)) return false;
  }
  return true;
}
export function subjectIssues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isSubject(v) ? [] : collect(checkSubject, v, limit);
}
export function checkSubject(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/components/schemas/Subject", [
    mustBeObject,
    required("subject"),
    member("subject",
      mustBeString,
      needs("pattern", "does not match the pattern", (v) => typeof v !== "string" || k$977283765506.test(v)),
    ),
  ]);
}
const k$977283765506: RegExp = /* @__PURE__ */ new RegExp("^guest-", "u");
