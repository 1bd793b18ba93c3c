// checks:sdk v1 1229e900eabab111d0c1d735e8edfb66d1650364489ecf5a482c364e78b192be
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
    needs("type", "not of this type", (v) => isObject(v)),
    required("error"),
    member("error", 
      needs("type", "not of this type", (v) => typeof v === "string"),
    ),
  ]);
}
