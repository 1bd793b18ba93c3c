// checks:sdk v1 f4334aebefe3711ecdb90a21d09880294955f5afc9fca477f7cde95d01a98f2b
import { collect, isObject, member, needs, required, run } from "./kit.js";
export function isProblem(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
  if (!(v1["error"] !== undefined)) return false;
  {
    const v2 = v1["error"];
    if (!(typeof v2 === "string")) return false;
  }
  return true;
}
export function problemIssues(v, limit = 20) {
  return isProblem(v) ? [] : collect(checkProblem, v, limit);
}
export function checkProblem(v, p, o) {
  run(v, p, o, "/components/schemas/Problem", [
    needs("type", "must be object", (v) => isObject(v)),
    required("error"),
    member("error", 
      needs("type", "must be string", (v) => typeof v === "string"),
    ),
  ]);
}
