// checks:sdk v1 4c46c2a22a6dbcdc343d36c48b4870346676bd36d47170ce4d76b0ab15636d52
import { collect, isObject, member, needs, required, run } from "./kit.js";
export function isProblem(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
  if (!(typeof v1["error"] === "string")) return false;
  return true;
}
export function problemIssues(v, limit = 20) {
  return isProblem(v) ? [] : collect(checkProblem, v, limit);
}
export function checkProblem(v, p, o) {
  run(v, p, o, "/components/schemas/Problem", [
    n$67869378074,
    required("error"),
    member("error",
      n$886441107227,
    ),
  ]);
}
const n$67869378074 = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
const n$886441107227 = /* @__PURE__ */ needs("type", "must be string", (v) => typeof v === "string");
