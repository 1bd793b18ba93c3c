// checks:sdk v1 7a2accac220f95f706abedf7e1f93edc270c02bb9a201c5dbb96c2a18261e2d9
import { collect, isObject, member, needs, required, run } from "./kit.js";
import type { Check, GuardIssue, Path, Sink } from "./kit.js";
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
    n$67869378074,
    required("subject"),
    member("subject",
      n$886441107227,
      needs("pattern", "does not match the pattern", (v) => typeof v !== "string" || k$977283765506.test(v)),
    ),
  ]);
}
const k$977283765506: RegExp = /* @__PURE__ */ new RegExp("^guest-", "u");
const n$67869378074: Check = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
const n$886441107227: Check = /* @__PURE__ */ needs("type", "must be string", (v) => typeof v === "string");
