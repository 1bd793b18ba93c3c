// checks:sdk v1 b2a7f71c8c58ac0fe0fa36377bb6fc566ea4faa015c3a89cc6fb995ac2ed2dd7
import { collect, isObject, member, needs, required, run } from "./kit.js";
export function isSubject(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
  if (!(v1["subject"] !== undefined)) return false;
  {
    const v2 = v1["subject"];
    if (!(typeof v2 === "string")) return false;
    if (!k$isSubject$1.test(v2)) return false;
  }
  return true;
}
export function subjectIssues(v, limit = 20) {
  return isSubject(v) ? [] : collect(checkSubject, v, limit);
}
export function checkSubject(v, p, o) {
  run(v, p, o, "/components/schemas/Subject", [
    needs("type", "not of this type", (v) => isObject(v)),
    required("subject"),
    member("subject", 
      needs("type", "not of this type", (v) => typeof v === "string"),
      needs("pattern", "does not match the pattern", (v) => typeof v !== "string" || k$isSubject$1.test(v)),
    ),
  ]);
}
const k$isSubject$1 = /* @__PURE__ */ new RegExp("^guest-", "u");
