// checks:sdk v1 41bc7e10ecf38f741b455d6f9a4933ec4746cf266a309d4be58c062a0fb76f69
import { collect, isObject, member, needs, required, run } from "./kit.js";
export function isSubject(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
  {
    const v2 = v1["subject"];
    if (!(typeof v2 === "string")) return false;
    if (!k$977283765506.test(v2)) return false;
  }
  return true;
}
export function subjectIssues(v, limit = 20) {
  return isSubject(v) ? [] : collect(checkSubject, v, limit);
}
export function checkSubject(v, p, o) {
  run(v, p, o, "/components/schemas/Subject", [
    n$67869378074,
    required("subject"),
    member("subject",
      n$886441107227,
      needs("pattern", "does not match the pattern", (v) => typeof v !== "string" || k$977283765506.test(v)),
    ),
  ]);
}
const k$977283765506 = /* @__PURE__ */ new RegExp("^guest-", "u");
const n$67869378074 = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
const n$886441107227 = /* @__PURE__ */ needs("type", "must be string", (v) => typeof v === "string");
