// checks:sdk v1 881028213ebc7701f3d79561bb42dc5c6d2399d5722716b97c80bb082d0394b5
import { collect, isObject, member, mustBeObject, mustBeString, required, run } from "./kit.js";
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
    mustBeObject,
    required("error"),
    member("error",
      mustBeString,
    ),
  ]);
}
