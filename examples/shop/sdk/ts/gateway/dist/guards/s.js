// checks:sdk v1 ad5a676e68ea31132564fc8227a29831ddce8614cd0e47930aa3edc54dcc855a
import { collect, isObject, member, mustBeObject, mustBeString, needs, required, run } from "./kit.js";
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
    mustBeObject,
    required("subject"),
    member("subject",
      mustBeString,
      needs("pattern", "does not match the pattern", (v) => typeof v !== "string" || k$977283765506.test(v)),
    ),
  ]);
}
const k$977283765506 = /* @__PURE__ */ new RegExp("^guest-", "u");
