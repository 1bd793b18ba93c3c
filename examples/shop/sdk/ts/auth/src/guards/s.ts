// checks:sdk v1 b5f946442448770cfaef371186417c64d6d341234edfb2b60238526397b41f80
import { collect, isObject, member, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { Subject } from "../schemas/s.js";
export function isSubject(v: unknown): v is Subject {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  if (!(v1["subject"] !== undefined)) return false;
  {
    const v2 = v1["subject"];
    if (!(typeof v2 === "string")) return false;
    if (!k$isSubject$1.test(v2)) return false;
  }
  return true;
}
export function subjectIssues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isSubject(v) ? [] : collect(checkSubject, v, limit);
}
export function checkSubject(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/components/schemas/Subject", [
    needs("type", "must be object", (v) => isObject(v)),
    required("subject"),
    member("subject", 
      needs("type", "must be string", (v) => typeof v === "string"),
      needs("pattern", "does not match the pattern", (v) => typeof v !== "string" || k$isSubject$1.test(v)),
    ),
  ]);
}
const k$isSubject$1: RegExp = /* @__PURE__ */ new RegExp("^guest-", "u");
