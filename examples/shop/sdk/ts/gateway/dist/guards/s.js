// checks:sdk v1 7a6e24f80f69ea837734e79be63e27b5e1d240aa887bbc1b4963a9d390d6822a
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
    needs("type", "must be object", (v) => isObject(v)),
    required("subject"),
    member("subject", 
      needs("type", "must be string", (v) => typeof v === "string"),
      needs("pattern", "does not match the pattern", (v) => typeof v !== "string" || k$isSubject$1.test(v)),
    ),
  ]);
}
const k$isSubject$1 = /* @__PURE__ */ new RegExp("^guest-", "u");
