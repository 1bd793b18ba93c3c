// checks:sdk v1 8c65cd3fe62ccc60130dc6c5fd5d81741f228494133f803cb7ac548740fb011f
import { collect, isObject, member, mustBeObject, needs, required, run } from "./kit.js";
export function isReady(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
  {
    const v2 = v1["ok"];
    if (!(v2 === true)) return false;
  }
  return true;
}
export function readyIssues(v, limit = 20) {
  return isReady(v) ? [] : collect(checkReady, v, limit);
}
export function checkReady(v, p, o) {
  run(v, p, o, "/components/schemas/Ready", [
    mustBeObject,
    required("ok"),
    member("ok",
      needs("const", "not one of the allowed values", (v) => v === true),
    ),
  ]);
}
